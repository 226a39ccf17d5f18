"""A pull request in words: old and new values, what is worth a look, what is wrong; and nothing of a hidden place."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from repository import Repository, listing
from sample import NOTE, ROOT, TODAY

from guide.editing.summary import MOST, code, escaped, markdown, summary_of
from guide.editing.wording import NOT_REPEATED

STREET = "12 Elm Street"
PUBLIC = {"visibility": "public", "street": "9 Main Street", "city": "Jefferson City", "zip": "65101"}
ONE: dict[str, Any] = {
    "name": "RACS", "phones": [{"number": "573-634-4911", "label": "24-hour line", "hours": "24/7"}, {"number": "573-634-8346"}],
    "website": "https://example.org/", "services": ["crisis-line", "legal-aid"], "serves": ["mo/cole"],
    "location": PUBLIC, "editor_note": NOTE,
}  # fmt: skip


@pytest.fixture(scope="module")
def repository(bare: Path, tmp_path_factory: pytest.TempPathFactory) -> Repository:
    """A guide of one listing, committed."""
    root = tmp_path_factory.mktemp("changed") / "guide"
    shutil.copytree(bare, root)
    made = Repository(root)
    made.write("mo/cole", listing("one", **ONE), listing("shut"), listing("gone"))
    made.commit("2026-01-01")
    return made


def told(repository: Repository, **facts: Any) -> list[str]:
    """Change the listing; give what the summary says of it."""
    repository.write("mo/cole", listing("one", **{**ONE, **facts}), listing("shut"), listing("gone"))
    found = summary_of(repository.root, "HEAD", TODAY)
    assert [one.name for one in found.changed] in ([], [facts.get("name", "RACS")])
    return [line for one in found.changed for line in one.lines]


PHONE, OFFICE = ONE["phones"]


@pytest.mark.parametrize(("facts", "lines"), [
    ({}, []),
    ({"phones": [{**PHONE, "number": "573-634-4912"}, OFFICE]}, ["24-hour line: 573-634-4911 → 573-634-4912"]),
    ({"phones": [{**PHONE, "number": "(573) 634-4911"}, OFFICE]}, []),
    ({"phones": [PHONE]}, ["taken out: 573-634-8346"]),
    ({"phones": [PHONE, OFFICE, {"number": "988", "label": "text too"}]}, ["added: 988 (text too)"]),
    ({"phones": [OFFICE, PHONE]}, ["the number to call first is now 573-634-8346"]),
    ({"phones": [{**PHONE, "hours": "Mo-Fr 08:00-17:00"}, {**OFFICE, "label": "office"}]},
     ["when 573-634-4911 is answered: 24/7 → Mo-Fr 08:00-17:00", "added: what 573-634-8346 is for: office"]),
    ({"website": "https://example.com/"}, ["website: https://example.org/ → https://example.com/"]),
    ({"website": None}, ["taken out: website: https://example.org/"]),
    ({"fees": "Free"}, ["added: cost: Free"]),
    ({"services": ["legal-aid", "medical-care"]}, ["added: kinds of help: Medical care", "taken out: kinds of help: Crisis line"]),
    ({"services": ["legal-aid", "crisis-line"]}, []),
    ({"serves": ["mo/cole", "il/madison", "central"]}, ["added: counties served: Madison County, Illinois, Central region"]),
    ({"trafficking": True}, ["now says that it serves trafficking survivors"]),
    ({"confirmed": {"on": "2026-10-01", "how": "phone"}}, ["confirmed by phone on 2026-10-01"]),
    ({"sources": [{"url": "https://example.org/a", "published": "2024"}]},
     ["added: source: https://example.org/a, 2024", "taken out: source: A list, no date"]),
    ({"location": {**PUBLIC, "street": "10 Main Street"}}, ["street: 9 Main Street → 10 Main Street"]),
    ({"location": {"visibility": "area", "city": "Jefferson City"}}, ["place: only the city is shown now"]),
    ({"name": "Other"}, ["name: RACS → Other"]),
    ({"editor_note": "Another"}, ["the editors' note changed"]),
])  # fmt: skip
def test_a_change_is_told_in_words(repository, facts, lines):
    assert told(repository, **facts) == lines


def test_a_place_that_is_no_longer_public_is_not_repeated(repository):
    lines = told(repository, location=None, summary=f"Come to {STREET}.")
    assert "place: only the county is shown now" in lines
    assert f"summary: Helps. → {NOT_REPEATED}" in lines
    assert not re.search("Main Street|Elm|65101", " ".join(lines))


def test_nothing_of_an_editors_note_is_told(repository):
    told(repository, editor_note=f"{NOTE} again")
    assert NOTE not in markdown(summary_of(repository.root, "HEAD", TODAY))


def test_what_came_and_went_is_told_by_county(repository):
    repository.write("mo/cole", listing("one", **ONE))
    repository.write("mo/boone", listing("new", name="New", phones=[{"number": "573-874-0000"}]))
    repository.close(("shut", "mo/cole"))
    found = summary_of(repository.root, "HEAD", TODAY)
    repository.git("checkout", "--quiet", "--", "data")
    assert [(one.area, one.name, one.lines[0]) for one in found.changed] == [
        ("Boone County", "New", "new in the guide"),
        ("Cole County", "Gone", "taken out of the guide, and not noted in data/closed.yaml"),
        ("Cole County", "Shut", "closed"),
    ]
    assert "573-874-0000" in found.changed[0].lines


def test_a_listing_that_moves_is_told_once(repository):
    repository.write("mo/cole", listing("shut"), listing("gone"))
    repository.write("mo/boone", listing("one", **ONE))
    found = summary_of(repository.root, "HEAD", TODAY)
    repository.git("checkout", "--quiet", "--", "data")
    assert [(one.area, one.lines) for one in found.changed] == [("Boone County", ("moved from Cole County to Boone County",))]


# What is worth a look

def test_a_shared_number_an_old_source_and_a_strange_area_code(bare, tmp_path):
    shutil.copytree(bare, tmp_path / "guide")
    made = Repository(tmp_path / "guide")
    made.write("mo/cole", listing("one", **ONE), listing("two", phones=[{"number": "573-634-0001"}, {"number": "800-634-0001"}]))
    made.commit("2026-01-01")
    made.write("mo/cole", listing("one", **{**ONE, "phones": [{"number": "212-634-8346"}, {"number": "573-634-0001"}, {"number": "800-634-0009"}],
                                            "sources": [{"title": "A list", "published": "2012"}]}),
               listing("two", phones=[{"number": "573-634-0001"}, {"number": "800-634-0001"}]))  # fmt: skip
    found = summary_of(made.root, "HEAD", TODAY)
    assert [(one.area, one.name, one.lines) for one in found.warned] == [("Cole County", "RACS", (
        "212-634-8346 has the area code 212, which no other listing in or next to its county has",
        "573-634-0001 is the number of Two too",
        "its newest source is of 2012, more than 5 years ago",
    ))]  # fmt: skip


# What is wrong

def test_problems_are_told_with_file_line_and_remedy(repository):
    told(repository, phones=[{"number": "573-634"}])
    text = markdown(summary_of(repository.root, "HEAD", TODAY))
    assert "## 1 problem to mend" in text
    assert re.search(r"- `data/resources/mo/cole.yaml` line \d+: `phones\[0\].number: '573-634' is not a US phone number", text)


def test_a_file_that_cannot_be_read_is_told_and_the_rest_too(repository):
    told(repository)
    repository.write_text("data/resources/mo/cole.yaml", "listings:\n\t- id: one\n")
    repository.write("mo/boone", listing("new"))
    text = markdown(summary_of(repository.root, "HEAD", TODAY))
    repository.git("checkout", "--quiet", "--", "data")
    assert "line 2: `a tab; YAML knows only blanks" in text
    assert "**mo/boone · New**" in text, "no words are known for the county where the data have mistakes"


# Markdown

HOSTILE = ["@octocat", "#1", "<img src=x>", "[a](https://e.example)", "![a](b)", "`x` ``y``", "*b* _i_ ~s~", "| a | b |", "https://e.example", "a\n# b",
           "&lt;b&gt;", "<!-- x", "- [ ] x", "www.e.example"]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_of_a_listing_is_only_text(text):
    in_code = code(text)
    ticks = re.match("`+", in_code)
    assert ticks and in_code.endswith(ticks[0]) and ticks[0] not in in_code[len(ticks[0]) : -len(ticks[0])].strip() and "\n" not in in_code
    name = escaped(text)
    assert not re.search(r"[@<>\[\]`*_~|#!:](?!\d+;)", name.replace("&#", "&")), name


def test_a_long_summary_is_cut_and_says_so(repository):
    repository.write("mo/cole", *(listing(f"new-{number}", summary="word " * 60) for number in range(400)))
    text = markdown(summary_of(repository.root, "HEAD", TODAY))
    repository.git("checkout", "--quiet", "--", "data")
    assert len(text) <= MOST + 100
    assert re.search(r"\n… and [\d,]+ lines more\.\n$", text)


# The command

def run(root: Path, *arguments: str) -> tuple[int, str, str]:
    done = subprocess.run([sys.executable, str(ROOT / "build.py"), "--root", str(root), "summary", *arguments],
                          capture_output=True, text=True, check=False)  # fmt: skip
    return done.returncode, done.stdout, done.stderr


def test_the_command_writes_the_same(repository, tmp_path):
    told(repository, fees="Free")
    said = "## What changes\n\n**Cole County · RACS**\n\n- `added: cost: Free`\n"
    assert run(repository.root, "--base", "main") == (0, said, "")
    assert run(repository.root, "--base", "HEAD", "--output", str(tmp_path / "it.md")) == (0, "", "")
    assert (tmp_path / "it.md").read_text(encoding="utf-8") == said


@pytest.mark.parametrize("base", ["nowhere", "--all", "HEAD:data", ""])
def test_a_commit_that_git_does_not_know(repository, base):
    code_, out, err = run(repository.root, f"--base={base}")
    assert (code_, out) == (2, "") and err.startswith(f"git knows no '{base}' in ")


def test_the_base_must_be_named(repository):
    assert run(repository.root)[0] == 2
