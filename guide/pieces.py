"""Pieces of what files of the site say, in one file of `.cache/build/`: those of one sort are read only if one is asked for."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import TypeAlias

from msgspec import Struct

Key: TypeAlias = tuple[str, bytes]
"""What a piece is of: its sort, and a number that stands for what it is told of."""
Piece: TypeAlias = bytes | memoryview
"""A value as MessagePack writes it."""


class Section(Struct, frozen=True, array_like=True):
    """Pieces of one sort, one after the other: where they begin, what stands for their bytes, each one's number and size."""

    sort: str
    start: int
    crc: int
    pieces: list[tuple[bytes, int]]


class Pieces(Mapping[Key, Piece]):
    """What a file holds. Whether a piece is there is told without reading it; a damaged one is missing when it is read."""

    def __init__(self, path: Path, sections: Iterable[Section]) -> None:
        self._path = path
        self._sections = {section.sort: section for section in sections}
        self._sizes = {name: dict(section.pieces) for name, section in self._sections.items()}
        self._read: dict[str, Mapping[bytes, Piece]] = {}

    def __getitem__(self, key: Key) -> Piece:
        sort, of = key
        if sort not in self._read:
            self._read[sort] = self._sound(self._sections[sort])
        return self._read[sort][of]

    def _sound(self, section: Section) -> Mapping[bytes, Piece]:
        """Read a section, unless it is damaged."""
        try:
            with self._path.open("rb") as file:
                file.seek(section.start)
                data = memoryview(file.read(sum(size for _, size in section.pieces)))
        except OSError:
            return {}
        pieces, at = {}, 0
        for of, size in section.pieces:
            pieces[of] = data[at : at + size]
            at += size
        return pieces if zlib.crc32(data) == section.crc else {}

    def __contains__(self, key: object) -> bool:
        sort, of = key if isinstance(key, tuple) else ("", b"")
        return of in self._sizes.get(sort, {})

    def __iter__(self) -> Iterator[Key]:
        return ((sort, of) for sort, sizes in self._sizes.items() for of in sizes)

    def __len__(self) -> int:
        return sum(map(len, self._sizes.values()))


def laid_out(pieces: Iterable[tuple[Key, Piece]], sections: list[Section]) -> Iterator[Piece]:
    """Give what a file of pieces holds; those of one sort must come together. Fills in the sections as it goes."""
    at = 0
    for sort, some in groupby(pieces, key=lambda piece: piece[0][0]):
        start, crc, sizes = at, 0, []
        for (_, of), piece in some:
            crc, at = zlib.crc32(piece, crc), at + len(piece)
            sizes.append((of, len(piece)))
            yield piece
        sections.append(Section(sort, start, crc, sizes))
