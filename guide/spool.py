"""A site's new files until they are written: in memory while they are few, else in a temporary file of the system's."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from tempfile import SpooledTemporaryFile, TemporaryFile
from typing import IO, TypeAlias

from guide.woven import Content, Part, Place, Stretch, bytes_of, copied, holds, parts_of, write

MEMORY = 8 * 1024 * 1024
"""Bytes that are held in memory."""
_BUFFER = 1024 * 1024
"""Bytes that are written together: a page at a time would take twice as long."""
_LARGE = 256 * 1024
"""Bytes from which on the system copies them by itself, where it can: that takes half as long."""

Source: TypeAlias = Place | Stretch
"""A part of a file: where it is in the spool, or in the site."""


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

    def send(self, place: Place, file: int) -> None:
        """Write the bytes of a place into an open file."""
        if place[1] >= _LARGE and (self._shared or self._end > MEMORY):
            self._file.flush()
            place = copied(self._file.fileno(), place, file)
        write(file, self.read(place))

    def close(self) -> None:
        """Give back the room that it takes."""
        self._file.close()


class Files(Mapping[str, bytes]):
    """Files by name, in a spool. What is put a second time replaces the first."""

    def __init__(self, spool: Spool) -> None:
        self._spool = spool
        self._parts: dict[str, tuple[Spool, tuple[Source, ...]]] = {}

    @classmethod
    def of(cls, files: Mapping[str, bytes]) -> Files:
        """Give some files as these are."""
        if isinstance(files, Files):
            return files
        made = cls(Spool())
        made.put(files.items())
        return made

    def put(self, files: Iterable[tuple[str, Content]]) -> None:
        """Take files. Raises `OSError` where the system's temporary folder is full."""
        for name, content in files:
            parts = (part if isinstance(part, Stretch) else self._spool.add(part) for part in parts_of(content))
            self._parts[name] = self._spool, tuple(parts)
        self._spool.flush()

    @property
    def places(self) -> dict[str, tuple[Source, ...]]:
        """Where the parts of each file stand, those of one spool."""
        return {name: parts for name, (_, parts) in self._parts.items()}

    def take(self, places: Mapping[str, tuple[Source, ...]], spool: Spool) -> None:
        """Take files that stand in another spool."""
        self._parts |= {name: (spool, parts) for name, parts in places.items()}

    def size(self, name: str) -> int:
        """Give the bytes of a file."""
        return sum([part.size if isinstance(part, Stretch) else part[1] for part in self._parts[name][1]])

    def stands(self, name: str, path: str) -> bool:
        """Say whether a file on the disk has the same bytes as the one of a name. Raises `OSError`."""
        return holds(path, self._read(name), self.size(name))

    def send(self, name: str, file: int) -> None:
        """Write a file's bytes into an open one. Raises `OSError`."""
        spool, parts = self._parts[name]
        for part in parts:
            if isinstance(part, Stretch):
                part.send(file)
            else:
                spool.send(part, file)

    def _read(self, name: str) -> Iterator[Part]:
        spool, parts = self._parts[name]
        return (part if isinstance(part, Stretch) else spool.read(part) for part in parts)

    def close(self) -> None:
        """Give back the room that they take: they cannot be read any more."""
        for spool in {self._spool, *(spool for spool, _ in self._parts.values())}:
            spool.close()

    def __getitem__(self, name: str) -> bytes:
        return b"".join(map(bytes_of, self._read(name)))

    def __contains__(self, name: object) -> bool:  # without reading it, as a mapping's own would
        return name in self._parts

    def __iter__(self) -> Iterator[str]:
        return iter(self._parts)

    def __len__(self) -> int:
        return len(self._parts)
