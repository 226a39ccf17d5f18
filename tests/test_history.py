"""What the commits of a repository tell: each kind of change, what must not be told, and every way in which git can fail."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from textwrap import indent
from typing import Any

import pytest
import yaml
from repository import Repository, listing

from guide.changes import History
from guide.history import read_history
from guide.kept import Kept

NUMBER, OTHER = "573-555-0100", "573-555-0101"
UNKNOWN = History()


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """A repository whose first commit is of January 1: 'one' in Cole County, and an empty Boone County."""
    repository = Repository(tmp_path / "guide")
    repository.write("mo/cole", listing("one"))
    repository.write("mo/boone")
    repository.close()
    repository.commit("2026-01-01")
    return repository


def told(root: Repository | Path) -> list[tuple[str, str, str, str]]:
    """Read each change: its day, listing, area and words."""
    history = read_history(root if isinstance(root, Path) else root.root)
    return [(str(change.on), change.listing, change.area, change.words) for change in history.changes]


# Kinds of changes

def test_the_first_listings_are_told_as_a_number_by_county(repository: Repository) -> None:
    history = read_history(repository.root)
    assert (history.since, history.whole, history.changes) == (date(2026, 1, 1), True, ())
    assert [(crowd.words, crowd.counts) for crowd in history.crowds] == [("The guide began with 1 listings", (("mo/cole", 1),))]


def test_a_listing_that_comes_is_added(repository: Repository) -> None:
    repository.write("mo/boone", listing("two"))
    repository.commit("2026-02-01")
    assert told(repository) == [("2026-02-01", "two", "mo/boone", "Added")]


def test_more_than_a_hundred_that_come_on_one_day_are_told_as_a_number(repository: Repository) -> None:
    repository.write("mo/cole", listing("one", fees="Free"), *(listing(f"new-{number}") for number in range(1_000)))
    repository.write("mo/boone", listing("two"))
    repository.commit("2026-02-01")
    assert told(repository) == [("2026-02-01", "one", "mo/cole", "Changed: fees")]
    crowd = read_history(repository.root).crowds[-1]
    assert (crowd.words, crowd.counts) == ("1,001 listings were added", (("mo/boone", 1), ("mo/cole", 1000)))


PUBLIC = {"visibility": "public", "city": "Zzyzx", "street": "12 Zzyzx Street", "zip": "65101"}
FACTS: list[tuple[dict[str, Any], dict[str, Any], str]] = [
    ({"phones": [{"number": NUMBER}]}, {"phones": [{"number": OTHER}]}, "phone numbers"),
    ({"phones": [{"number": NUMBER}]}, {"phones": [{"number": NUMBER, "label": "office"}]}, "what a number is for"),
    ({"phones": [{"number": NUMBER}]}, {"phones": [{"number": NUMBER, "hours": "24/7"}]}, "when a phone is answered"),
    ({"phones": [{"number": NUMBER, "label": "office"}]}, {"phones": [{"number": OTHER, "label": "line"}]}, "phone numbers"),
    ({}, {"text": "START (88788)"}, "number for text messages"),
    ({}, {"name": "Uno"}, "name"),
    ({}, {"also_known_as": ["Uno"]}, "other names"),
    ({}, {"summary": "Helps more."}, "description"),
    ({}, {"services": ["legal-aid"]}, "kinds of help"),
    ({}, {"trafficking": "true"}, "whether it says that it serves trafficking survivors"),
    ({"serves": ["mo/cole"]}, {"serves": ["mo/cole", "mo/boone"]}, "service area"),
    ({}, {"people": ["women"]}, "who it serves"),
    ({}, {"eligibility": "Anybody."}, "who can be helped"),
    ({}, {"how_to_refer": "Call."}, "how to refer"),
    ({"fees": "Free"}, {}, "fees"),
    ({"languages": ["en"]}, {"languages": ["en", "es"]}, "languages"),
    ({"hours": "Mo-Fr 08:00-17:00"}, {"hours": "Mo-Fr 08:00-16:00"}, "hours"),
    ({"location": PUBLIC}, {"location": {**PUBLIC, "zip": "65102"}}, "place"),
    ({"location": PUBLIC}, {"location": {"visibility": "withheld"}}, "place"),
    ({}, {"website": "https://one.example.org/"}, "website"),
    ({}, {"email": "office@example.org"}, "e-mail"),
    ({}, {"sources": [{"title": "Another list"}]}, "sources"),
    ({"confirmed": {"on": "2026-01-01", "how": "phone"}}, {}, "confirmation"),
]


@pytest.mark.parametrize(("before", "after", "fact"), FACTS, ids=[f"{fact} {number}" for number, (*_, fact) in enumerate(FACTS)])
def test_a_changed_fact_is_told_by_its_kind(repository: Repository, before: dict[str, Any], after: dict[str, Any], fact: str) -> None:
    repository.write("mo/cole", listing("one", **before))
    repository.commit("2026-02-01")
    repository.write("mo/cole", listing("one", **after))
    repository.commit("2026-03-01")
    assert told(repository)[-1:] == [("2026-03-01", "one", "mo/cole", f"Changed: {fact}")]


def test_several_facts_are_told_in_one_line(repository: Repository) -> None:
    repository.write("mo/cole", listing("one", fees="Free", phones=[{"number": NUMBER}]))
    repository.commit("2026-02-01")
    assert told(repository) == [("2026-02-01", "one", "mo/cole", "Changed: phone numbers, fees")]


def test_a_newer_confirmation_is_told_as_such(repository: Repository) -> None:
    for day in ("2026-02-01", "2026-03-01"):
        repository.write("mo/cole", listing("one", confirmed={"on": day, "how": "phone"}))
        repository.commit(day)
    assert told(repository) == [(day, "one", "mo/cole", "Confirmed") for day in ("2026-02-01", "2026-03-01")]


def test_a_listing_that_goes_to_another_file_has_moved(repository: Repository) -> None:
    repository.write("mo/cole")
    repository.write("mo/boone", listing("one", fees="Free"))
    repository.commit("2026-02-01")
    assert told(repository) == [("2026-02-01", "one", "mo/boone", "Now listed here; changed: fees")]


def test_a_listing_that_is_noted_as_closed_is_closed(repository: Repository) -> None:
    repository.write("mo/cole")
    repository.close(("one", "mo/cole"))
    repository.commit("2026-02-01")
    assert told(repository) == [("2026-02-01", "one", "mo/cole", "Closed")]


def test_a_listing_that_is_noted_as_closed_later_is_told_twice(repository: Repository) -> None:
    repository.write("mo/cole")
    repository.commit("2026-02-01")
    repository.close(("one", "mo/cole"))
    repository.commit("2026-03-01")
    assert told(repository) == [("2026-02-01", "one", "mo/cole", "Taken out of the guide"),
                                ("2026-03-01", "one", "mo/cole", "Closed")]  # fmt: skip


def test_a_closed_listing_that_comes_back_is_open_again(repository: Repository) -> None:
    repository.write("mo/cole")
    repository.close(("one", "mo/cole"))
    repository.commit("2026-02-01")
    repository.write("mo/cole", listing("one"))
    repository.close()
    repository.commit("2026-03-01")
    assert told(repository)[-1] == ("2026-03-01", "one", "mo/cole", "Open again")


def test_a_deleted_file_takes_its_listings_out(repository: Repository) -> None:
    (repository.root / "data/resources/mo/cole.yaml").unlink()
    repository.commit("2026-02-01")
    assert told(repository) == [("2026-02-01", "one", "mo/cole", "Taken out of the guide")]


def test_what_is_changed_and_changed_back_on_one_day_is_not_told(repository: Repository) -> None:
    for hour, fees in ((9, "Free"), (10, None)):
        repository.write("mo/cole", listing("one", fees=fees))
        repository.commit("2026-02-01", hour)
    assert told(repository) == []


def test_the_commits_of_one_day_are_told_as_one_change(repository: Repository) -> None:
    for hour, facts in ((9, {"fees": "Free"}), (10, {"fees": "Free", "eligibility": "Anybody."})):
        repository.write("mo/cole", listing("one", **facts))
        repository.commit("2026-02-01", hour)
    assert told(repository) == [("2026-02-01", "one", "mo/cole", "Changed: who can be helped, fees")]
    assert read_history(repository.root).changes[0].at == "2026-02-01T10:00:00Z"


def test_a_day_is_that_of_utc(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "America/Adak")
    repository.write("mo/boone", listing("two"))
    repository.commit("2026-02-01", 1)
    assert told(repository)[0][0] == "2026-02-01"


def test_clocks_that_went_wrong_tell_a_listing_once_a_day(repository: Repository) -> None:
    for day, facts in (("2026-02-02", {"fees": "Free"}), ("2026-02-01", {"fees": "None"}),
                       ("2026-02-02", {"fees": "None", "name": "Uno"})):  # fmt: skip
        repository.write("mo/cole", listing("one", **facts))
        repository.commit(day)
    assert told(repository) == [("2026-02-01", "one", "mo/cole", "Changed: fees"),
                                ("2026-02-02", "one", "mo/cole", "Changed: name, fees")]  # fmt: skip


# What is no change

def test_an_editors_note_is_no_change(repository: Repository) -> None:
    repository.write("mo/cole", listing("one", editor_note="Ask again."))
    repository.commit("2026-02-01")
    assert told(repository) == []


def test_another_way_to_write_the_same_is_no_change(repository: Repository) -> None:
    facts = {"phones": [{"number": NUMBER}], "people": ["women", "men"], "summary": "Helps many people."}
    repository.write("mo/cole", listing("one", **facts))
    repository.commit("2026-02-01")
    repository.write_text("data/resources/mo/cole.yaml", """\
# a comment
listings:
- phones: [{number: (573) 555-0100}]
  id: 'one'
  name: "One"
  people: [men, women]
  summary: Helps
    many people.

  services: [case-management]  # another
  sources: [{title: A list}]
""")
    repository.commit("2026-03-01")
    assert [change for change in told(repository) if change[0] == "2026-03-01"] == []


def test_what_is_not_committed_is_not_told(repository: Repository) -> None:
    repository.write("mo/boone", listing("two"))
    assert told(repository) == []


def test_who_published_an_address_is_no_change(repository: Repository) -> None:
    for day, more in (("2026-02-01", {}), ("2026-03-01", {"address_published_by": "provider"})):
        repository.write("mo/cole", listing("one", location={**PUBLIC, **more}))
        repository.commit(day)
    assert [change for change in told(repository) if change[0] == "2026-03-01"] == []


# What is withheld

def test_nothing_that_is_or_was_withheld_is_told(repository: Repository) -> None:
    for day, facts in (
        ("2026-02-01", {"location": PUBLIC, "phones": [{"number": NUMBER, "label": "12 Zzyzx Street"}]}),
        ("2026-03-01", {"location": {"visibility": "withheld", "city": "Zzyzx"}, "editor_note": "Zzyzx"}),
    ):
        repository.write("mo/cole", listing("one", **facts))
        repository.commit(day)
    history = read_history(repository.root)
    assert [change.words for change in history.changes] == ["Changed: phone numbers, place"] * 2
    assert "one" in repr(history) and "Zzyzx" not in repr(history) and NUMBER not in repr(history)


def test_a_former_name_that_told_a_place_is_not_told(repository: Repository) -> None:
    repository.write("mo/cole", listing("one", name="House at 12 Zzyzx Street"))
    repository.commit("2026-02-01")
    repository.write("mo/cole")
    repository.commit("2026-03-01")
    assert "Zzyzx" not in repr(read_history(repository.root))


# Odd histories

@pytest.mark.parametrize("write", [
    lambda items: yaml.safe_dump({"listings": items}), lambda items: json.dumps({"listings": items}),
    lambda items: "listings:\n" + indent(yaml.safe_dump(items, sort_keys=False), "    "),
    lambda items: "# x\n\nlistings:\n" + "".join(f"  # y\n{indent(yaml.safe_dump([one], sort_keys=False), '  ')}\n" for one in items),
])  # fmt: skip
def test_however_a_file_is_written_the_same_is_told(repository: Repository, write: Callable[[Any], str]) -> None:
    for day, fees in (("2026-02-01", "None"), ("2026-03-01", "Free")):
        repository.write_text("data/resources/mo/cole.yaml", write([listing("one", fees=fees), listing("two")]))
        repository.commit(day)
    assert told(repository) == [("2026-02-01", "one", "mo/cole", "Changed: fees"), ("2026-02-01", "two", "mo/cole", "Added"),
                                ("2026-03-01", "one", "mo/cole", "Changed: fees")]  # fmt: skip


def test_a_listing_that_cannot_be_read_at_the_beginning_comes_when_it_can(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "guide")
    repository.write_text("data/resources/mo/cole.yaml", "listings:\n  - id: one\n    name: 'One\n")
    repository.commit("2026-01-01")
    repository.write("mo/cole", listing("one"))
    repository.commit("2026-02-01")
    assert told(repository) == [("2026-02-01", "one", "mo/cole", "Added")]


def test_a_file_that_cannot_be_read_is_passed_over(repository: Repository) -> None:
    repository.write_text("data/resources/mo/cole.yaml", "listings:\n<<<<<<< HEAD\n\t- id: one\n")
    repository.commit("2026-02-01")
    repository.write("mo/cole", listing("one", fees="Free"))
    repository.commit("2026-03-01")
    assert told(repository) == [("2026-03-01", "one", "mo/cole", "Changed: fees")]


def test_a_merge_is_told_on_the_day_of_the_merge(repository: Repository) -> None:
    repository.git("checkout", "--quiet", "-b", "side")
    repository.write("mo/boone", listing("two"))
    repository.commit("2026-02-01")
    repository.git("checkout", "--quiet", "main")
    repository.write("mo/cole", listing("one", fees="Free"))
    repository.commit("2026-02-02")
    repository.git("merge", "--quiet", "--no-ff", "--message=x", "side", day="2026-02-03")
    assert told(repository) == [("2026-02-02", "one", "mo/cole", "Changed: fees"), ("2026-02-03", "two", "mo/boone", "Added")]


def test_odd_characters_do_no_harm(repository: Repository) -> None:
    repository.write("mo/boone", listing("two", name="Ñandú \U0001f3e0 <b>&amp;</b> \"it's\" \u2028 : #"))
    repository.write_text("data/resources/mo/ö \"x\"\n.yaml", "listings: [{id: three}]\n")
    repository.write_text("data/resources/notes.txt", "x")
    repository.commit("2026-02-01")
    assert [change[1:] for change in told(repository)][-1] == ("two", "mo/boone", "Added")


def test_lists_of_nonsense_do_no_harm(repository: Repository) -> None:
    repository.write_text("data/resources/mo/boone.yaml", "listings: [1, [2], {id: [3]}, {id: ''}, {name: x}, {id: two, phones: x}]\n")
    repository.write_text("data/closed.yaml", "closed: {id: one}\n")
    repository.commit("2026-02-01")
    assert told(repository) == [("2026-02-01", "two", "mo/boone", "Added")]


def test_a_users_settings_and_a_hooks_environment_change_nothing(repository: Repository, tmp_path: Path,
                                                                 monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    repository.write("mo/boone", listing("two"))
    repository.commit("2026-02-01")
    for name, value in (("log.showRoot", "false"), ("log.showSignature", "true"), ("color.ui", "always"), ("diff.renames", "copies"),
                        ("core.quotePath", "true"), ("core.abbrev", "4"), ("log.decorate", "full"), ("core.pager", "false")):  # fmt: skip
        repository.git("config", name, value)
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "index"))
    history = read_history(repository.root)
    assert [crowd.total for crowd in history.crowds] == [1]
    assert [change.listing for change in history.changes] == ["two"]


def test_a_project_in_a_folder_of_a_repository_knows_its_history(tmp_path: Path) -> None:
    outer = Repository(tmp_path)
    outer.write_text("guide/data/resources/mo/cole.yaml", "listings: [{id: one}]\n")
    outer.commit("2026-01-01")
    outer.write_text("guide/data/resources/mo/cole.yaml", "listings: [{id: one}, {id: two}]\n")
    outer.commit("2026-02-01")
    assert told(tmp_path / "guide") == [("2026-02-01", "two", "mo/cole", "Added")]


# Where little or nothing is known

def test_a_shallow_clone_knows_what_came_after_its_first_commit(repository: Repository, tmp_path: Path) -> None:
    for day, more in (("2026-02-01", ["two"]), ("2026-03-01", ["two", "three"])):
        repository.write("mo/boone", *map(listing, more))
        repository.commit(day)
    for depth, known in ((1, []), (2, [("2026-03-01", "three", "mo/boone", "Added")])):
        clone = tmp_path / f"clone {depth}"
        repository.git("clone", "--quiet", "--depth", str(depth), repository.root.as_uri(), str(clone))
        history = read_history(clone)
        assert (history.since, history.whole, history.crowds) == (date(2026, 4 - depth, 1), False, ())
        assert told(clone) == known


def test_a_clone_that_was_shallow_tells_all_once_it_is_whole(repository: Repository, tmp_path: Path) -> None:
    repository.write("mo/boone", listing("two"))
    repository.commit("2026-02-01")
    repository.git("clone", "--quiet", "--depth", "1", repository.root.as_uri(), str(tmp_path / "clone"))
    assert not read_history(tmp_path / "clone").whole
    repository.git("-C", str(tmp_path / "clone"), "fetch", "--quiet", "--unshallow")
    assert read_history(tmp_path / "clone") == read_history(repository.root)


def _without_git(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")


def _outside_of_git(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.rmtree(repository.root / ".git")


def _of_another_owner(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    program = repository.root.parent / "programs/git"  # git itself, told by its own means that the folder is a stranger's
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nGIT_TEST_ASSUME_DIFFERENT_OWNER=1 exec {shutil.which("git")} "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)


def _without_a_commit(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.rmtree(repository.root / ".git")
    repository.git("init", "--quiet")


def _with_damaged_objects(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    for path in (repository.root / ".git/objects").rglob("*"):
        if path.is_file():
            path.chmod(0o644)
            path.write_bytes(b"damaged")


def _with_a_damaged_head(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    (repository.root / ".git/HEAD").write_bytes(b"\xff\x00")


def _without_listings(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.rmtree(repository.root / ".git")
    repository.git("init", "--quiet")
    repository.git("commit", "--quiet", "--allow-empty", "--message=x")


SPOILERS = (_without_git, _outside_of_git, _of_another_owner, _without_a_commit, _with_damaged_objects, _with_a_damaged_head,
            _without_listings)  # fmt: skip


@pytest.mark.parametrize("spoil", SPOILERS)
def test_where_git_cannot_tell_nothing_is_known(repository: Repository, monkeypatch: pytest.MonkeyPatch,
                                                spoil: Callable[[Repository, pytest.MonkeyPatch], None]) -> None:  # fmt: skip
    spoil(repository, monkeypatch)
    assert read_history(repository.root) == UNKNOWN


# What is kept

def test_what_is_kept_tells_the_same(repository: Repository) -> None:
    repository.write("mo/cole", listing("one", fees="Free"), *(listing(f"new-{number}") for number in range(101)))
    repository.commit("2026-02-01")
    first = read_history(repository.root, Kept(repository.root, b"program"))
    assert read_history(repository.root, Kept(repository.root, b"program")) == first == read_history(repository.root)


def test_what_is_kept_is_taken_and_not_read_anew(repository: Repository) -> None:
    first = read_history(repository.root, Kept(repository.root, b"program"))
    shutil.rmtree(repository.root / ".git/objects/pack", ignore_errors=True)
    for path in (repository.root / ".git/objects").glob("??/*"):
        path.chmod(0o644)
        path.unlink()
    assert read_history(repository.root, Kept(repository.root, b"program")) == first


def test_a_place_that_cannot_be_written_costs_only_time(repository: Repository) -> None:
    (repository.root / ".cache").write_text("a file", encoding="utf-8")
    assert read_history(repository.root, Kept(repository.root, b"program")).whole


def test_a_new_commit_is_told_although_something_is_kept(repository: Repository) -> None:
    read_history(repository.root, Kept(repository.root, b"program"))
    repository.write("mo/boone", listing("two"))
    repository.commit("2026-02-01")
    assert read_history(repository.root, Kept(repository.root, b"program")) == read_history(repository.root)
