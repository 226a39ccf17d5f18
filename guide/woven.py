"""What a file of the site holds: bytes, or parts of which some stand in the site already. Those are read only if they must be.

Of the largest files one changed listing changes a little: the system copies the rest by itself, and no memory holds it.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from typing import TypeAlias

from msgspec import Struct

_READ = os.O_RDONLY | getattr(os, "O_BINARY", 0)

Place: TypeAlias = tuple[int, int]
"""Where bytes begin in a file, and how many they are."""


class Standing(Struct, frozen=True):
    """A file of the site as it stands: its path, size, time, and place on the disk."""

    path: str
    size: int
    time: int
    number: int

    def has(self, state: os.stat_result) -> bool:
        """Say whether a file's state is this one's."""
        return (state.st_size, state.st_mtime_ns, state.st_ino) == (self.size, self.time, self.number)

    def open(self) -> int:
        """Open the file. Raises `OSError`, where it is another now, too."""
        file = os.open(self.path, _READ)
        if not self.has(os.fstat(file)):
            os.close(file)
            raise FileNotFoundError(errno.ENOENT, "was changed while the guide was built; build again", self.path)
        return file


class Stretch(Struct, frozen=True):
    """Bytes that stand already."""

    of: Standing
    place: Place

    @property
    def size(self) -> int:
        """How many bytes it has."""
        return self.place[1]

    def read(self) -> bytes:
        """Give the bytes. Raises `OSError`, where the file is another now, too."""
        with os.fdopen(self.of.open(), "rb") as file:
            file.seek(self.place[0])
            return file.read(self.size)

    def send(self, target: int) -> None:
        """Write the bytes into an open file. Raises `OSError`, where the one that has them is another now, too."""
        source = self.of.open()
        try:
            rest = copied(source, self.place, target)
        finally:
            os.close(source)
        if rest[1]:
            write(target, Stretch(self.of, rest).read())


Part: TypeAlias = bytes | Stretch


class Woven(Struct, frozen=True):
    """The content of a file, part by part."""

    parts: tuple[Part, ...]

    @property
    def size(self) -> int:
        """How many bytes it has."""
        return sum(map(size_of, self.parts))

    def read(self) -> bytes:
        """Give all its bytes. Raises `OSError` where a file that it is woven of is another now."""
        return b"".join(map(bytes_of, self.parts))


Content: TypeAlias = bytes | Woven


def parts_of(content: Content) -> tuple[Part, ...]:
    """Give the parts of a content."""
    return content.parts if isinstance(content, Woven) else (content,)


def size_of(content: Content | Stretch) -> int:
    """Say how many bytes a content or a part has."""
    return len(content) if isinstance(content, bytes) else content.size


def bytes_of(content: Content | Stretch) -> bytes:
    """Give all bytes of a content or a part. Raises `OSError` where a file that it is woven of is another now."""
    return content if isinstance(content, bytes) else content.read()


def holds(path: str, parts: Iterable[Part], size: int) -> bool:
    """Say whether a file has these parts, so many bytes in all. A stretch of it that stays in its place is not read.

    Raises `OSError`.
    """
    file = os.open(path, _READ)
    try:
        state = os.fstat(file)
        if state.st_size != size:
            return False
        at = 0
        for part in parts:
            if isinstance(part, Stretch) and part.place[0] == at and part.of.has(state):
                at = os.lseek(file, part.size, os.SEEK_CUR)
                continue
            content = bytes_of(part)
            if os.read(file, len(content)) != content:
                return False
            at += len(content)
        return True
    finally:
        os.close(file)


def copied(source: int, place: Place, target: int) -> Place:
    """Let the system write bytes of one open file into another, as far as it can; give the place of the rest."""
    start, size = place
    if sys.platform == "linux":
        with suppress(OSError):
            while size and (sent := os.sendfile(target, source, start, size)):
                start, size = start + sent, size - sent
    return start, size


def write(file: int, content: bytes) -> None:
    """Write all of a content into an open file: the system may take it in parts."""
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(file, rest) :]
