"""The archive of HSDS's tables: what did not change is taken from the one that stands, packed as it is."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace
from sample import EDITION

from guide.exports.hsds.files import PACKAGE, hsds_files
from guide.exports.imprint import imprint_of
from guide.exports.names import names_of
from guide.model import Guide
from guide.once import OldFiles, Once
from guide.woven import Content, Standing, Stretch, bytes_of, parts_of


def packed(guide: Guide, old: OldFiles | None = None) -> tuple[Content, Once]:
    once = Once(guide.marks, old=old)
    return dict(hsds_files(guide, names_of(guide), imprint_of(guide, EDITION), once))[PACKAGE], once


def standing(path: Path, once: Once) -> OldFiles:
    state = path.stat()
    return {PACKAGE: (Standing(str(path), state.st_size, state.st_mtime_ns, state.st_ino), once.told[PACKAGE])}


def renamed(guide: Guide) -> Guide:
    first, *others = guide.listings
    return replace(guide, listings=(replace(first, name="Another name"), *others))


def test_what_changed_is_packed_and_all_else_is_taken_as_it_stands(guide, tmp_path):
    content, once = packed(guide)
    archive = tmp_path / "hsds.zip"
    archive.write_bytes(bytes_of(content))
    again, _ = packed(renamed(guide), standing(archive, once))
    taken = [isinstance(part, Stretch) for part in parts_of(again)]
    assert 0 < taken.count(False) < taken.count(True)
    assert bytes_of(again) == bytes_of(packed(renamed(guide))[0])


def test_an_archive_that_cannot_be_read_is_packed_anew(guide, tmp_path):
    content, once = packed(guide)
    broken = tmp_path / "hsds.zip"
    broken.write_bytes(b"\0" * len(bytes_of(content)))
    again, _ = packed(guide, standing(broken, once))
    assert not any(isinstance(part, Stretch) for part in parts_of(again))
    assert bytes_of(again) == bytes_of(content)
