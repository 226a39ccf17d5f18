"""A site's new files until they are written: in memory while they are few, else in a temporary file of the system's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from tempfile import SpooledTemporaryFile, TemporaryFile
from typing import IO

MEMORY = 32 * 1024 * 1024
"""Bytes that are held in memory. A guide of a thousand listings has hardly more."""
Places = Mapping[str, tuple[int, int]]


class Spool(Mapping[str, bytes]):
    """Bytes by name. What is put a second time replaces the first.

    `shared` with a second process that is split off later: one fills it, and tells the `places`; the other takes them.
    """

    def __init__(self, *, shared: bool = False) -> None:
        self._file: IO[bytes] = TemporaryFile() if shared else SpooledTemporaryFile(MEMORY)  # noqa: SIM115  it lives as long
        self._places: dict[str, tuple[int, int]] = {}
        self._end = 0

    def put(self, files: Iterable[tuple[str, bytes]]) -> tuple[str, ...]:
        """Take files; give their names. Raises `OSError` where the system's temporary folder is full."""
        names = []
        for name, data in files:
            names.append(name)
            self._file.seek(self._end)
            self._file.write(data)
            self._places[name] = self._end, len(data)
            self._end += len(data)
        self._file.flush()
        return tuple(names)

    @property
    def places(self) -> Places:
        """Where each file stands."""
        return self._places

    def take(self, places: Places) -> None:
        """Take what another process put."""
        self._places |= places

    def size(self, name: str) -> int:
        """Give the bytes of a file."""
        return self._places[name][1]

    def __getitem__(self, name: str) -> bytes:
        start, length = self._places[name]
        self._file.seek(start)
        return self._file.read(length)

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)
