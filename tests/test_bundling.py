"""The bundle for a stick: the same bytes for the same edition, names for every disk, and nothing lost when it fails."""

from __future__ import annotations

import hashlib
import re
import zipfile

import pytest
from sample import EDITION, ROOT, TODAY

from guide.building import Builder
from guide.bundling import LARGEST, PAGES, READ_ME, START, Bundle, make_bundle
from guide.file_names import LONGEST, unfit
from guide.model import Guide

TOP = f"missouri-resource-guide-{EDITION}"


@pytest.fixture(scope="module")
def bundle(tmp_path_factory) -> Bundle:
    return make_bundle(ROOT, tmp_path_factory.mktemp("dist"), EDITION, TODAY)


@pytest.fixture(scope="module")
def packed(bundle) -> dict[str, bytes]:
    with zipfile.ZipFile(bundle.path) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_second_bundle_of_an_edition_has_the_same_bytes(bare, tmp_path):
    first, second = (make_bundle(bare, tmp_path / name, EDITION, TODAY) for name in ("one", "two"))
    assert first.path.read_bytes() == second.path.read_bytes()


def test_the_checksum_is_right_and_written_as_sha256sum_reads_it(bundle):
    told = (bundle.path.parent / f"{bundle.path.name}.sha256").read_text(encoding="ascii")
    assert told == f"{hashlib.sha256(bundle.path.read_bytes()).hexdigest()}  {bundle.path.name}\n"
    assert bundle.checksum == told.split()[0]


def test_it_holds_the_whole_site_and_what_to_open_first(packed, tmp_path):
    made = Builder(ROOT, tmp_path).make(EDITION, TODAY)
    beside = {f"{TOP}/{START}", f"{TOP}/{READ_ME}"}
    assert set(packed) == beside | {f"{TOP}/{PAGES}/{name}" for name in made.site.files if name != "404.html"}
    assert all(packed[f"{TOP}/{PAGES}/{name}"] == data for name, data in made.site.files.items() if name != "404.html")


def test_it_fits_on_a_small_stick_and_in_a_mail(bundle):
    assert bundle.size == bundle.path.stat().st_size < LARGEST == 15_000_000


def test_every_name_fits_on_every_disk(packed):
    assert list(unfit(packed)) == []
    assert max(map(len, packed)) < LONGEST == 150
    assert len({name.lower() for name in packed}) == len(packed)


@pytest.mark.parametrize(("paths", "fault"), [
    (["a/con.html"], "Windows can have no file 'con.html'"),
    (["a/LPT1"], "Windows can have no file 'LPT1'"),
    (["a/B.html", "a/b.html"], "are the same on Windows"),
    (["a/x?.html"], "is no name for every disk"),
    (["a/x."], "is no name for every disk"),
    (["a/" + "x" * 150], "characters long"),
])  # fmt: skip
def test_a_name_that_a_stick_cannot_hold_is_told(paths, fault):
    assert [told for _, told in unfit(paths) if fault in told]


def test_the_text_to_read_fits_on_a_page_and_shows_in_notepad(packed, guide: Guide):
    text = packed[f"{TOP}/{READ_ME}"].decode("ascii")
    assert text.count("\r\n") == text.count("\n") <= 66
    assert max(map(len, text.splitlines())) <= 80
    for words in ("November 24, 2026", START, "Call first", *(line.shown for line in guide.site.emergency)):
        assert words in text


def test_the_text_tells_where_a_newer_copy_is_or_whom_to_ask(bare, tmp_path):
    def read(address):
        with zipfile.ZipFile(make_bundle(bare, tmp_path, EDITION, TODAY, address).path) as archive:
            return archive.read(f"{TOP}/{READ_ME}").decode()

    assert "https://example.org/guide/" in read("https://example.org/guide/")
    assert re.search(r"Ask the person who gave it\s+to you", read(None))


def test_what_cannot_be_written_leaves_the_old_bundle(bare, tmp_path):
    made = make_bundle(bare, tmp_path, EDITION, TODAY)
    before = made.path.read_bytes()
    (tmp_path / f"{made.path.name}.sha256").unlink()
    (tmp_path / f"{made.path.name}.sha256").mkdir()
    with pytest.raises(OSError, match="is a folder"):
        make_bundle(bare, tmp_path, EDITION, TODAY, "https://example.org/")
    assert made.path.read_bytes() == before
    assert not list(tmp_path.glob("*.part"))
