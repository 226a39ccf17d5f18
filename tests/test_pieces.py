"""What was kept in pieces is read sort by sort, when it is asked for; what is damaged is missing."""

from __future__ import annotations

from pathlib import Path

import pytest

from guide.kept import FOLDER, Kept

PIECES = {("csv", b"1"): b"one", ("csv", b"2"): b"two", ("json", b"1"): b"three" * 1_000}


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    kept = Kept(tmp_path, b"program")
    kept.keep_pieces("exports", b"context", PIECES.items())
    kept.trust()
    return kept


def test_pieces_are_given_as_they_were_kept(kept: Kept) -> None:
    assert dict(kept.read_pieces("exports", b"context")) == PIECES


def test_in_another_context_there_are_none(kept: Kept) -> None:
    assert dict(kept.read_pieces("exports", b"another context")) == {}


def test_a_damaged_piece_is_missing_with_those_of_its_sort_and_the_others_are_not(kept: Kept) -> None:
    path = kept.root / FOLDER / "exports"
    path.write_bytes(path.read_bytes().replace(b"two", b"too"))
    pieces = kept.read_pieces("exports", b"context")
    assert {key: pieces.get(key) for key in PIECES if key[0] == "csv"} == {("csv", b"1"): None, ("csv", b"2"): None}
    assert pieces["json", b"1"] == b"three" * 1_000


def test_a_piece_is_known_before_it_is_read_and_missing_if_it_cannot_be(kept: Kept) -> None:
    pieces = kept.read_pieces("exports", b"context")
    (kept.root / FOLDER / "exports").unlink()
    assert ("json", b"1") in pieces and pieces.get(("json", b"1")) is None


def test_where_the_contents_are_damaged_there_are_none(kept: Kept) -> None:
    path = kept.root / FOLDER / "exports"
    whole = path.read_bytes()
    for spoilt in (whole[:-1], whole[:10], b"", whole + b"1", whole.replace(b"json", b"jso?")):
        path.write_bytes(spoilt)
        assert dict(kept.read_pieces("exports", b"context")) == {}
