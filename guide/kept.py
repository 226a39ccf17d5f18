"""What the last build found out, in `.cache/build/`: so that the next one does again only what changed.

The folder may be deleted at any time. What is damaged, or was kept by another version of the program, is passed over. It can
give nothing but plain values and the guide's own records, whoever wrote it; and templates as Jinja compiled them, which are
code: a test sees to it that no such file gets into the repository.
"""

from __future__ import annotations

import hashlib
import os
import sys
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, TypeVar

from msgspec import Struct, field
from msgspec.msgpack import decode, encode

from guide.pieces import Key, Piece, Pieces, Section, laid_out

T = TypeVar("T")

FOLDER = ".cache/build"
_ON_TRIAL = "-new"
_SEAL = 32
_SIZE = 8


class Kept(Struct, frozen=True, eq=False):
    """Values by name, each in a file of its own, sealed with the program that kept them."""

    root: Path
    program: bytes
    memory: dict[str, tuple[tuple[int, ...], Any]] = field(default_factory=dict)
    """What this process remembers of it, with the state of its file: `serve` need not read it again."""

    def read(self, name: str, kind: type[T], *, remember: bool = False) -> T | None:
        """Give what was kept under a name; None where there is nothing, or nothing sound of that kind."""
        with suppress(OSError), (self._folder / name).open("rb") as file:
            state, value = self.memory.get(name, (None, None))
            if state == _state(file):
                remembered: T | None = value
                return remembered
            # a file that bears our seal may still have been made by hand
            with suppress(Exception):
                read = decode(self._unsealed(file.read()), type=kind)
                if remember:
                    self.memory[name] = _state(file), read
                return read
        return None

    def read_pieces(self, name: str, context: bytes) -> Pieces:
        """Give the pieces that were kept under a name in this context, none of them read yet."""
        path = self._folder / name
        with suppress(OSError), path.open("rb") as file, suppress(Exception):
            file.seek(-_SIZE, os.SEEK_END)
            size = int.from_bytes(file.read(_SIZE), "big")
            file.seek(-_SIZE - size, os.SEEK_END)
            kept_in, sections = decode(self._unsealed(file.read(size)), type=tuple[bytes, list[Section]])
            if kept_in == context:
                return Pieces(path, sections)
        return Pieces(path, ())

    def keep(self, name: str, value: Any, *, remember: bool = False) -> None:
        """Keep a value under a name. A disk that cannot take it only makes the next build slower."""

        def sealed() -> Iterator[bytes]:
            data = encode(value)
            yield from (self._seal(data), data)

        state = self._write(name, sealed())
        if state and remember:
            self.memory[name] = state, value

    def keep_pieces(self, name: str, context: bytes, pieces: Iterable[tuple[Key, Piece]]) -> None:
        """Keep pieces under a name, those of one sort together; they count only if this build does not fail."""

        def parts() -> Iterator[Piece]:
            sections: list[Section] = []
            yield from laid_out(pieces, sections)
            contents = encode((context, sections))
            yield from (self._seal(contents), contents, (_SEAL + len(contents)).to_bytes(_SIZE, "big"))

        self._write(f"{name}{_ON_TRIAL}", parts())

    def _write(self, name: str, parts: Iterable[Piece]) -> tuple[int, ...] | None:
        """Write a file; give its state, or None where it could not be written: names that are no Unicode cannot be kept."""
        part = self._folder / f"{name}.{os.getpid()}.part"
        with suppress(OSError, UnicodeError):
            self._folder.mkdir(parents=True, exist_ok=True)
            try:
                with part.open("wb") as file:
                    file.writelines(parts)
                    file.flush()
                    state = _state(file)
                part.replace(self._folder / name)
                return state
            finally:
                part.unlink(missing_ok=True)
        return None

    def remember(self, name: str, value: Any) -> None:
        """Remember what stands under a name, which another process may have kept."""
        with suppress(OSError), (self._folder / name).open("rb") as file:
            self.memory[name] = _state(file), value

    def keep_on_trial(self, name: str, value: Any) -> None:
        """Keep a value that counts only if this build does not fail: nothing reads it before `trust`."""
        self.keep(f"{name}{_ON_TRIAL}", value)

    def drop_trials(self) -> None:
        """Keep nothing of what was on trial: a build that failed may have left it."""
        for file in self._trials():
            with suppress(OSError):
                file.unlink()

    def trust(self) -> None:
        """Let what is on trial take the place of what was kept under the same names."""
        for file in self._trials():
            with suppress(OSError):
                file.replace(self._folder / file.name.removesuffix(_ON_TRIAL))

    def _trials(self) -> list[Path]:
        return list(self._folder.glob(f"*{_ON_TRIAL}"))

    @property
    def _folder(self) -> Path:
        return self.root / FOLDER

    def _unsealed(self, sealed: bytes) -> memoryview:
        """Give what follows a seal. Raises `ValueError` where that is damaged, or another program kept it."""
        data = memoryview(sealed)
        if data[:_SEAL] != self._seal(data[_SEAL:]):
            raise ValueError("it is damaged, or another program kept it")
        return data[_SEAL:]

    def _seal(self, data: Piece) -> bytes:
        """Seal data against damage; a better digest of so much would take a tenth of a small build."""
        return digest(self.program, f"{len(data)} {zlib.crc32(data)}")


def _state(file: IO[bytes]) -> tuple[int, ...]:
    state = os.fstat(file.fileno())
    return state.st_ino, state.st_size, state.st_mtime_ns


def digest(*parts: bytes | str) -> bytes:
    """Give a number that stands for some texts, in their order."""
    found = hashlib.blake2b(digest_size=32)
    for part in parts:
        data = part.encode("utf-8", "surrogateescape") if isinstance(part, str) else part
        found.update(len(data).to_bytes(8, "big"))
        found.update(data)
    return found.digest()


def digests(root: Path, folders: Iterable[str]) -> dict[str, bytes]:
    """Give every file below some folders of `root`: its address there → a number that stands for its bytes.

    Folders are told, too. What cannot be read is never what it was before.
    """
    found = {}
    waiting = [folder for folder in folders if os.path.isdir(root / folder)]
    while waiting:
        inside = waiting.pop()
        found[f"{inside}/"] = b"link" if os.path.islink(root / inside) else b""
        try:
            with os.scandir(root / inside) as entries:
                for entry in entries:
                    name = f"{inside}/{entry.name}"
                    if entry.is_dir(follow_symlinks=False):
                        if entry.name != "__pycache__":
                            waiting.append(name)
                    elif entry.is_file(follow_symlinks=False):
                        with open(entry.path, "rb") as file:
                            found[name] = digest(file.read())
                    else:
                        found[name] = os.urandom(8)
        except OSError:
            found[f"{inside}/"] = os.urandom(8)
    return dict(sorted(found.items()))


def program() -> bytes:
    """Give a number that stands for the program: its own code, Python, and the packages that are installed."""
    here = Path(__file__).resolve().parent
    code = digests(here.parent, [here.name])
    packages = sorted(name for folder in sys.path if os.path.basename(folder) == "site-packages" and os.path.isdir(folder)
                      for name in os.listdir(folder) if name.endswith(".dist-info"))  # fmt: skip
    return digest(sys.version, *packages, *(part for item in code.items() for part in item))
