"""A build that takes from the last one gives, byte for byte, what a build without it gives."""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sample import EDITION, ROOT, TODAY, copy_of_few

from guide import gathered
from guide.building import Builder, Done
from guide.gathered import GROUPS, MAKE, Weave
from guide.history import Told
from guide.kept import FOLDER, Kept, program
from guide.loading import load
from guide.making import Before, Templates
from guide.once import Once
from guide.problems import InputError
from guide.reloading import Basis
from guide.shared import Shared
from guide.standing import standing
from guide.woven import Content

FILES = ("mo/cole", "mo/worth", "il/bond")
NEW = """\
  - id: {id}
    name: {name}
    summary: Helps whoever asks.
    services: [case-management]
    location:
      visibility: withheld
    sources:
      - title: A list
"""


def edit(file: str, old: str, new: str) -> Callable[[Path, random.Random], None]:
    """Make an edit of one of the places where a pattern stands."""

    def change(root: Path, chance: random.Random) -> None:
        path = root / file
        text = path.read_text(encoding="utf-8")
        places = list(re.finditer(old, text, re.MULTILINE))
        place = chance.choice(places)
        path.write_text(text[: place.start()] + place.expand(new) + text[place.end() :], encoding="utf-8")

    return change


def resource(old: str, new: str) -> Callable[[Path, random.Random], None]:
    return lambda root, chance: edit(f"data/resources/{chance.choice(FILES)}.yaml", old, new)(root, chance)


def add(root: Path, chance: random.Random) -> None:
    path = root / f"data/resources/{chance.choice(FILES)}.yaml"
    number = chance.randrange(10**9)
    with path.open("a", encoding="utf-8") as file:
        file.write(NEW.format(id=f"new-{number}", name=f"New {number}"))


def delete(root: Path, chance: random.Random) -> None:
    path = root / f"data/resources/{chance.choice(FILES)}.yaml"
    begin, *listings = re.split(r"(?m)^(?=  - id: )", path.read_text(encoding="utf-8"))
    if len(listings) > 1:
        listings.pop(chance.randrange(len(listings)))
        path.write_text(begin + "".join(listings), encoding="utf-8")


def note(root: Path, chance: random.Random) -> None:
    """Give a listing that has none an editor's note."""
    path = root / f"data/resources/{chance.choice(FILES)}.yaml"
    begin, *listings = re.split(r"(?m)^(?=  - id: )", path.read_text(encoding="utf-8"))
    if without := [place for place, one in enumerate(listings) if "    editor_note:" not in one]:
        place = chance.choice(without)
        told = "    editor_note: The number of last year was wrong by one digit.\n    sources:"
        listings[place] = listings[place].replace("    sources:", told, 1)
        path.write_text(begin + "".join(listings), encoding="utf-8")


def reorder(root: Path, chance: random.Random) -> None:
    path = root / "data/resources/mo/cole.yaml"
    begin, *listings = re.split(r"(?m)^(?=  - id: )", path.read_text(encoding="utf-8"))
    chance.shuffle(listings)
    path.write_text(begin + "".join(listings), encoding="utf-8")


def spoil_site(root: Path, chance: random.Random) -> None:
    """Take a page away, write over another, and put in what no build made."""
    pages = sorted(path for path in (root / "site").rglob("*") if path.is_file() and path.name != "edition.txt")
    if pages:
        for path, spoil in zip(chance.sample(pages, 3), (Path.unlink, _overwrite, _overwrite), strict=True):
            spoil(path)
        (root / "site/foreign").mkdir(exist_ok=True)
        (root / "site/foreign/note.txt").write_text("x", encoding="utf-8")


def _overwrite(path: Path) -> None:
    state = path.stat()
    path.write_bytes(b"x" * state.st_size)


def spoil_kept(root: Path, chance: random.Random) -> None:
    """Damage what was kept: cut it, change a byte of it, or swap two files of it."""
    kept = sorted((root / FOLDER).glob("*")) if (root / FOLDER).is_dir() else []
    for path in kept:
        data = bytearray(path.read_bytes())
        data[chance.randrange(len(data))] ^= 1
        path.write_bytes(chance.choice([data, data[: len(data) // 2], b"", b"no cache"]))


def fail(root: Path, chance: random.Random) -> None:
    """Build with a mistake in the data; then mend it."""
    path = root / "data/resources/mo/worth.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("summary:", "sumary:"), encoding="utf-8")
    with pytest.raises(InputError):
        build(root)
    path.write_text(text, encoding="utf-8")


EDITS = {
    "a word": resource("summary: ", r"\g<0>Newly "),
    "a name": resource(r"^    name: ['\"]?", r"\g<0>Zebra "),
    "a phone": resource(r"number: \d{3}", "number: 816"),
    "a service area": resource(r"serves: \[[^\]]*\]", "serves: [mo/cole, mo/boone, central]"),
    "a kind of help": resource(r"^    services: \[.*\]$", "    services: [legal-aid, case-management]"),
    "an editor's note": note,
    "a comment, so that lines move": resource("^listings:", r"# A comment.\nlistings:"),
    "a new listing": add,
    "a listing that goes": delete,
    "another order": reorder,
    "a label": edit("data/services.yaml", "label: ", r"\g<0>Very "),
    "a county's name": edit("data/counties.yaml", "name: Cole", r"\g<0>r"),
    "the site's title": edit("data/site.yaml", "^title: ['\"]?", r"\g<0>Our "),
    "a text": edit("content/about.md", "^title: ", r"\g<0>All "),
    "a template": edit("templates/parts/phones.html", "{% macro", r"changed \g<0>"),
    "a style": edit("templates/assets/guide.css", "^body ?{", r"\g<0>color:red;"),
    "a spoilt site": spoil_site,
    "a spoilt cache": spoil_kept,
    "a build that fails": fail,
}  # fmt: skip


def build(root: Path) -> None:
    Builder(root, root / "site").build(EDITION, TODAY)


def first(root: Path) -> dict[str, bytes]:
    """Give what a first build gives, made in memory."""
    site = Builder(root, root / "site").make(EDITION, TODAY).site
    return {address: site[address] for address in site}


def contents(root: Path) -> dict[str, bytes]:
    site = root / "site"
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of few listings."""
    return copy_of_few(tmp_path_factory.mktemp("few"), FILES)


@settings(max_examples=5)
@given(st.lists(st.sampled_from(list(EDITS)), min_size=4, max_size=6), st.integers(0, 10**6))
def test_after_any_edits_it_is_what_a_first_build_gives(few: Path, tmp_path_factory: pytest.TempPathFactory, edits: list[str],
                                                         seed: int) -> None:  # fmt: skip
    root = Path(shutil.copytree(few, tmp_path_factory.mktemp("again") / "kept"))
    build(root)
    chance = random.Random(seed)
    for name in edits:
        EDITS[name](root, chance)
        build(root)
    one, other = contents(root), first(root)
    assert {name for name in one.keys() | other.keys() if one.get(name) != other.get(name)} == set()


@pytest.fixture(scope="module")
def edited(few: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built project for one edit after the other."""
    root = Path(shutil.copytree(few, tmp_path_factory.mktemp("edited") / "kept"))
    build(root)
    return root


@pytest.mark.parametrize("name", EDITS)
def test_each_edit_gives_what_a_first_build_gives(edited: Path, name: str) -> None:
    EDITS[name](edited, random.Random(7))
    build(edited)
    one, other = contents(edited), first(edited)
    assert {name for name in one.keys() | other.keys() if one.get(name) != other.get(name)} == set()


def test_what_is_made_in_memory_is_what_a_first_build_writes(few: Path, tmp_path: Path) -> None:
    root = Path(shutil.copytree(few, tmp_path / "new"))
    made = first(root)
    build(root)
    assert contents(root) == made


def test_nothing_is_written_where_nothing_changed(few: Path, tmp_path: Path) -> None:
    root = Path(shutil.copytree(few, tmp_path / "kept"))
    build(root)
    before = standing(root / "site")
    build(root)
    assert standing(root / "site") == before


def test_what_another_project_kept_is_not_taken(few: Path, tmp_path: Path) -> None:
    root, other = (Path(shutil.copytree(few, tmp_path / name)) for name in ("one", "two"))
    EDITS["a name"](other, random.Random(1))
    EDITS["a label"](other, random.Random(1))
    build(other)
    expected = contents(other)
    build(root)
    shutil.rmtree(other / FOLDER)
    shutil.copytree(root / FOLDER, other / FOLDER)
    shutil.rmtree(other / "site")
    build(other)
    assert contents(other) == expected
    shutil.rmtree(other / "site")
    shutil.copytree(root / "site", other / "site")
    build(other)
    assert contents(other) == expected


def test_a_template_is_given_no_listing_but_by_the_facts_of_its_page() -> None:
    """All else that it can reach hangs on files that, once they change, have every page rendered anew."""
    allowed = {"area_name", "booklets", "counties", "counties_of", "edition", "languages", "maps", "office", "people", "regions",
               "services", "guide.counties", "guide.groups", "guide.open_eligibility", "guide.regions"}  # fmt: skip
    for path in (ROOT / "templates").rglob("*.html"):
        for used in re.findall(r"\bshared\.(guide\.\w+|\w+)", path.read_text(encoding="utf-8")):
            assert used in allowed, f"{path.name} uses shared.{used}: give it to the page as a fact"


def test_pages_may_come_before_what_holds_all_listings_and_all_is_what_a_first_build_gives_in_the_end(few: Path, tmp_path: Path) -> None:
    root = Path(shutil.copytree(few, tmp_path / "kept"))
    builder = Builder(root, root / "site")
    builder.build(EDITION, TODAY)
    before = contents(root)
    EDITS["a name"](root, random.Random(7))
    builder.build(EDITION, TODAY, soon=True)
    soon, expected = contents(root), first(root)
    late = {name for name in expected if soon[name] != expected[name]} - {"data.html"}  # it tells the sizes of the others
    assert {name.partition("/")[0] for name in late} == {"assets", "downloads"}
    assert all(soon[name] == before[name] for name in late)
    builder.build(EDITION, TODAY)
    assert contents(root) == expected


def test_a_first_build_makes_everything_even_if_somebody_waits(few: Path, tmp_path: Path) -> None:
    root = Path(shutil.copytree(few, tmp_path / "kept"))
    Builder(root, root / "site").build(EDITION, TODAY, soon=True)
    assert contents(root) == first(root)


def test_nothing_stays_as_it_stands_if_other_things_are_withheld_now(few: Path, tmp_path: Path) -> None:
    root = Path(shutil.copytree(few, tmp_path / "kept"))
    build(root)
    note(root, random.Random(7))
    Builder(root, root / "site").build(EDITION, TODAY, soon=True)
    assert contents(root) == first(root)


def test_what_a_build_found_out_is_kept_by_the_next_if_somebody_waited(few: Path, tmp_path: Path) -> None:
    root = Path(shutil.copytree(few, tmp_path / "kept"))
    builder = Builder(root, root / "site")
    builder.build(EDITION, TODAY, soon=True)
    assert not (root / FOLDER / "made").exists()
    before = standing(root / "site")
    assert not builder.build(EDITION, TODAY).written.changed
    assert standing(root / "site") == before
    assert Kept(root, program()).read("done", Done)


def test_nothing_is_kept_under_the_name_of_a_program_that_changed_meanwhile(few: Path, tmp_path: Path,
                                                                             monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    root = Path(shutil.copytree(few, tmp_path / "kept"))
    builder = Builder(root, root / "site")
    monkeypatch.setattr("guide.building.program", lambda: b"the program as somebody saved it while it ran")
    builder.build(EDITION, TODAY)
    assert not (root / FOLDER / "made").exists()


def test_a_page_written_over_before_that_is_written_anew(few: Path, tmp_path: Path) -> None:
    root = Path(shutil.copytree(few, tmp_path / "kept"))
    builder = Builder(root, root / "site")
    builder.build(EDITION, TODAY, soon=True)
    before = contents(root)
    _overwrite(root / "site/mo/cole.html")
    builder.build(EDITION, TODAY)
    assert contents(root) == before


def test_what_was_kept_may_be_deleted(few: Path, tmp_path: Path) -> None:
    root = Path(shutil.copytree(few, tmp_path / "kept"))
    build(root)
    before = contents(root)
    shutil.rmtree(root / ".cache")
    build(root)
    assert contents(root) == before


def test_a_leak_is_told_at_every_build_until_it_is_mended(few: Path, tmp_path: Path) -> None:
    root = Path(shutil.copytree(few, tmp_path / "kept"))
    note = "The number of last year was wrong by one digit."
    path = root / "data/resources/mo/worth.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("    sources:", f"    editor_note: {note}\n    sources:"), encoding="utf-8")
    build(root)
    before = contents(root)
    site = root / "data/site.yaml"  # the title of the guide stands in every export, and is no listing's text
    site.write_text(re.sub("(?m)^title: .*", f"title: {note}", site.read_text(encoding="utf-8")), encoding="utf-8")
    for _ in range(2):
        with pytest.raises(InputError, match="must never leave this file"):
            build(root)
    assert contents(root) == before


def test_what_the_search_tells_anew_is_looked_through(few: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = Path(shutil.copytree(few, tmp_path / "kept"))
    note(root, random.Random(7))
    build(root)
    search = gathered.MAKE["search"]
    told = b"The number of last year was wrong by one digit."
    monkeypatch.setitem(gathered.MAKE, "search", lambda shared, once: (
        (address, data + told if address.endswith("part-central.js") else data) for address, data in search(shared, once)))  # fmt: skip
    edit("data/resources/mo/cole.yaml", "^    summary: ", r"\g<0>Today ")(root, random.Random(7))
    with pytest.raises(InputError, match="must never leave this file"):
        Builder(root, root / "site").build(EDITION, TODAY)


def test_what_a_build_that_failed_found_out_is_never_taken(few: Path, tmp_path: Path) -> None:
    root = Path(shutil.copytree(few, tmp_path / "kept"))
    build(root)
    kept = {path.name: path.read_bytes() for path in (root / FOLDER).iterdir() if path.name not in ("made", "done", "history")}
    (root / "templates/pages/home.html").rename(root / "home.html")
    with pytest.raises(InputError):
        build(root)
    (root / "home.html").rename(root / "templates/pages/home.html")
    Builder(root, root / "site").build(EDITION, TODAY + timedelta(1))
    assert {name: (root / FOLDER / name).read_bytes() for name in kept} == kept


def test_all_that_a_build_kept_can_be_read(few: Path, tmp_path: Path) -> None:
    root = Path(shutil.copytree(few, tmp_path / "kept"))
    subprocess.run(["git", "init", "-q"], cwd=root, check=True)
    subprocess.run(["git", "-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "-q", "--allow-empty", "-m", "Begin"],
                   cwd=root, check=True)  # fmt: skip
    build(root)
    kept = Kept(root, program())
    kinds = {"done": Done, "history": Told, "loaded": Basis, "made": Before, "templates": Templates,
             **{f"{name}-woven": Weave for name in GROUPS}}  # fmt: skip
    pieces = {f"{name}-more" for name in GROUPS}  # as long as the listings are few
    assert {path.name for path in (root / FOLDER).iterdir()} == kinds.keys() | pieces
    assert [name for name, kind in kinds.items() if kept.read(name, kind) is None] == []
    context = kept.read("made", Before).context
    assert [name for name in pieces if not dict(kept.read_pieces(name, context))] == []


@pytest.mark.parametrize("name", GROUPS)
def test_what_was_told_of_other_listings_is_not_made_again(name: str, few: Path, tmp_path: Path,
                                                           monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    root = Path(shutil.copytree(few, tmp_path / "kept"))
    build(root)
    make, told = MAKE[name], tmp_path / "new"

    def remembering(shared: Shared, once: Once) -> list[tuple[str, Content]]:
        made = list(make(shared, once))
        told.write_text(once.new, encoding="utf-8")  # it may be another process
        return made

    monkeypatch.setitem(gathered.MAKE, name, remembering)
    edit("data/resources/mo/worth.yaml", "^    summary: ", r"\g<0>Zebras ")(root, random.Random(7))
    build(root)
    new = told.read_text(encoding="utf-8")
    cole = [one for one in load(root, TODAY).listings if one.area == "mo/cole" and {*one.serves} <= {"mo/cole"}]
    assert "zebra" in new.lower() and not [one.name for one in cole if one.name in new]


def test_a_kept_file_gives_nothing_but_what_is_asked_for(tmp_path: Path) -> None:
    kept = Kept(tmp_path, b"program")
    kept.keep("made", {"site": "site", "os.system": "touch harm"})
    assert kept.read("made", Before) is None
    assert dict(kept.read_pieces("made", b"")) == {}


def test_a_kept_piece_of_another_kind_is_made_anew(tmp_path: Path) -> None:
    first = Once({})
    first.of_facts("file", ["fact"], lambda: 5, int)
    again = Once({}, dict(first.pieces(first.used)))
    assert again.of_facts("file", ["fact"], lambda: "made", str) == "made"
    assert dict(again.pieces(again.used)) != dict(first.pieces(first.used))


def test_names_that_are_no_unicode_cannot_be_kept_and_do_no_harm(tmp_path: Path) -> None:
    kept = Kept(tmp_path, b"program")
    kept.keep("made", {os.fsdecode(b"\xff"): 1})
    assert list((tmp_path / FOLDER).iterdir()) == []
