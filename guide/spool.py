"""A site's new files until they are written: in memory while they are few, else in a temporary file of the system's."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from tempfile import SpooledTemporaryFile, TemporaryFile
from typing import IO

MEMORY = 8 * 1024 * 1024
"""Bytes that are held in memory."""
_BUFFER = 1024 * 1024
"""Bytes that are written together: a page at a time would take twice as long."""
Place = tuple[int, int]
"""Where bytes begin in a spool, and how many they are."""


class Spool:
    """Bytes, one after the other. `shared` with a process that is split off later: one fills it, then the other reads."""

    def __init__(self, *, shared: bool = False) -> None:
        self._shared = shared
        new = TemporaryFile if shared else partial(SpooledTemporaryFile, MEMORY)
        self._file: IO[bytes] = new(buffering=_BUFFER)
        self._end = 0

    def add(self, data: bytes) -> Place:
        """Take bytes. Raises `OSError` where the system's temporary folder is full."""
        self._file.write(data)
        place = self._end, len(data)
        self._end += len(data)
        return place

    def flush(self) -> None:
        """Let the other process see what was added."""
        self._file.flush()

    def read(self, place: Place) -> bytes:
        """Give the bytes of a place."""
        start, size = place
        if sys.platform != "win32" and (self._shared or self._end > MEMORY):
            self._file.flush()
            return os.pread(self._file.fileno(), size, start)  # both processes may read: neither moves the other's place
        self._file.seek(start)
        data = self._file.read(size)
        self._file.seek(self._end)
        return data

    def close(self) -> None:
        """Give back the room that it takes."""
        self._file.close()


class Files(Mapping[str, bytes]):
    """Files by name, in a spool. What is put a second time replaces the first."""

    def __init__(self, spool: Spool) -> None:
        self._spool = spool
        self._places: dict[str, tuple[Spool, Place]] = {}

    def put(self, files: Iterable[tuple[str, bytes]]) -> tuple[str, ...]:
        """Take files; give their names. Raises `OSError` where the system's temporary folder is full."""
        names = []
        for name, data in files:
            names.append(name)
            self._places[name] = self._spool, self._spool.add(data)
        self._spool.flush()
        return tuple(names)

    @property
    def places(self) -> dict[str, Place]:
        """Where each file stands in its spool."""
        return {name: place for name, (_, place) in self._places.items()}

    def take(self, places: Mapping[str, Place], spool: Spool) -> None:
        """Take files that stand in another spool."""
        self._places |= {name: (spool, place) for name, place in places.items()}

    def size(self, name: str) -> int:
        """Give the bytes of a file."""
        return self._places[name][1][1]

    def close(self) -> None:
        """Give back the room that they take: they cannot be read any more."""
        for spool in {self._spool, *(spool for spool, _ in self._places.values())}:
            spool.close()

    def __getitem__(self, name: str) -> bytes:
        spool, place = self._places[name]
        return spool.read(place)

    def __contains__(self, name: object) -> bool:  # without reading it, as a mapping's own would
        return name in self._places

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)
