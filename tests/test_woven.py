"""Large files are woven of what stands in the site and what is new; whoever reads or writes one gets just its bytes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample import EDITION, TODAY, copy_of_few, listing

from guide.building import Builder
from guide.kept import FOLDER
from guide.once import Once
from guide.spool import Files, Spool
from guide.woven import Standing, Stretch, Woven, holds, parts_of
from guide.writing import MARK, MARKER, write_site

OLD = bytes(range(256)) * 4_000
LARGE = (300, 900_000)


def standing(path: Path) -> Standing:
    state = path.stat()
    return Standing(str(path), state.st_size, state.st_mtime_ns, state.st_ino)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site with a large file."""
    site = tmp_path / "site"
    write_site({MARKER: MARK, "large.json": OLD}, site)
    return site


def woven(site: Path) -> Files:
    """The same site with a large file that begins anew, and goes on as it was."""
    file = standing(site / "large.json")
    files = Files(Spool())
    files.put([(MARKER, MARK), ("large.json", Woven((b"new", Stretch(file, LARGE), b"between", Stretch(file, (3, 5)))))])
    return files


WANTED = b"new" + OLD[300:900_300] + b"between" + OLD[3:8]


def test_a_woven_file_is_written_and_read_as_its_parts_say(site: Path) -> None:
    files = woven(site)
    assert files["large.json"] == WANTED and files.size("large.json") == len(WANTED)
    write_site(files, site)
    assert (site / "large.json").read_bytes() == WANTED


def test_it_is_written_where_the_system_copies_nothing_by_itself(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: int) -> int:
        raise OSError

    monkeypatch.setattr(os, "sendfile", refuse, raising=False)
    write_site(woven(site), site)
    assert (site / "large.json").read_bytes() == WANTED


@pytest.mark.parametrize("spoil", [lambda path: path.write_bytes(OLD[::-1]), lambda path: path.write_bytes(b""), Path.unlink],
                         ids=["other bytes", "none", "gone"])  # fmt: skip
def test_a_file_that_changed_meanwhile_is_told_and_the_site_stays(site: Path, spoil) -> None:
    files = woven(site)
    path = site / "large.json"
    spoil(path)
    if path.exists():
        os.utime(path, ns=(1, 1))
    left = path.read_bytes() if path.exists() else None
    with pytest.raises(FileNotFoundError):
        write_site(files, site)
    assert (path.read_bytes() if path.exists() else None) == left
    assert not site.with_name(".site.new").exists()


def test_what_stays_in_its_place_counts_as_the_same_without_being_read(site: Path) -> None:
    path = site / "large.json"
    file = standing(path)
    same = Woven((OLD[:300], Stretch(file, (300, 900)), OLD[1200:]))
    moved = Woven((OLD[:1], Stretch(file, (2, len(OLD) - 2)), OLD[-1:]))
    assert holds(str(path), parts_of(same), len(OLD)) and not holds(str(path), parts_of(moved), len(OLD))
    other = path.with_name("other.json")
    other.write_bytes(OLD[::-1])
    assert not holds(str(other), [Stretch(file, (0, len(OLD)))], len(OLD))
    assert holds(str(path), parts_of(OLD), len(OLD)) and not holds(str(path), parts_of(OLD[:-1] + b"?"), len(OLD))


@given(st.lists(st.tuples(st.sampled_from(["mo/cole", "mo/worth", "il/bond"]), st.integers(0, 40)), max_size=60, unique=True),
       st.lists(st.tuples(st.sampled_from(["mo/cole", "mo/worth", "il/bond"]), st.integers(0, 40)), max_size=60, unique=True),
       st.sets(st.integers(0, 40)), st.sampled_from([b"", b",\n"]))  # fmt: skip
def test_a_file_woven_of_an_older_one_is_what_a_new_one_is(tmp_path_factory: pytest.TempPathFactory, before, after, edited,
                                                           between: bytes) -> None:  # fmt: skip
    def once(version: int, old=None) -> Once:
        marks = {f"{number}-{area.replace('/', '-')}": f"{area} {number} {version if number in edited else 0}".encode()
                 for area, number in {*before, *after}}  # fmt: skip
        return Once(marks, old=old)

    def weave(once: Once, some, version: int) -> Woven:
        def make(block) -> bytes:
            return between.join(f"{one.id} {version if one.summary in edited else 0}".encode() for one in block if one.summary % 3)

        listings = tuple(listing(f"{number}-{area.replace('/', '-')}", area=area, summary=number) for area, number in sorted(some))
        return once.woven("file", b"[\n", listings, make, b"\n]\n", between)

    path = tmp_path_factory.mktemp("woven") / "file"
    first = once(1)
    path.write_bytes(weave(first, before, 1).read())
    again = once(2, {"file": (standing(path), first.told["file"])})
    assert weave(again, after, 2).read() == weave(once(2), after, 2).read()
    assert weave(once(1, {"file": (standing(path), first.told["file"])}), before, 1).read() == path.read_bytes()


def test_where_an_older_file_told_what_is_not_taken_for_a_newer_one(tmp_path: Path) -> None:
    """A build that is killed may have kept the one and not the other."""
    root = copy_of_few(tmp_path / "few", ("mo/cole", "mo/worth"))
    path = root / "data/resources/mo/cole.yaml"

    def build(word: str) -> None:
        path.write_text(path.read_text(encoding="utf-8").replace("    summary: ", f"    summary: {word} ", 1), encoding="utf-8")
        Builder(root, root / "site").build(EDITION, TODAY)

    build("One")
    older = {file.name: file.read_bytes() for file in (root / FOLDER).glob("*-woven")}
    build("Seventeen")
    for name, data in older.items():
        (root / FOLDER / name).write_bytes(data)
    build("Three")
    made = Builder(root, root / "site").make(EDITION, TODAY).site
    assert {name for name in made if (root / "site" / name).read_bytes() != made[name]} == set()
