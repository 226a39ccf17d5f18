"""What a file says of a listing is made once: as long as the listing stays as it is, it is the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby
from typing import Any, TypeVar

from msgspec import DecodeError, Struct
from msgspec.msgpack import decode, encode
from msgspec.structs import astuple

from guide.kept import Key, Piece, digest
from guide.model import Listing

T = TypeVar("T")
_BLOCK = 16
"""Listings at most of which a file tells together."""


class Once:
    """Knows what was made. `known` are the `pieces` of an earlier one, of the same program, names and edition."""

    def __init__(self, marks: Mapping[str, bytes], known: Mapping[Key, Piece]) -> None:
        self._marks = marks
        self._known = dict(known)
        self._made: dict[Key, Any] = {}
        self._new: list[Any] = []
        self.used: dict[Key, None] = {}
        """What was asked for, in that order."""

    def knows(self, file: str, listing: Listing) -> bool:
        """Say whether what a file says of a listing was made before; it is of use then, even if it is not asked for."""
        key = file, self._marks.get(listing.id, b"")
        if key in self._known:
            self.used[key] = None
        return key in self._known

    def pieces(self, keys: Iterable[Key]) -> Iterator[tuple[Key, Piece]]:
        """Give some of what was `used`, for a later one to know."""
        return ((key, self._known[key] if key in self._known else encode(self._made[key])) for key in keys)

    @property
    def new(self) -> str:
        """All texts that were not known, in lines."""
        return "\n".join(_texts(self._new))

    def of(self, file: str, listing: Listing, make: Callable[[Listing], T], kind: type[T]) -> T:
        """Give what a file says of a listing. One that was not read from a file has no mark, and is made each time."""
        if listing.id not in self._marks:
            return make(listing)
        return self._of((file, self._marks[listing.id]), lambda: make(listing), kind)

    def of_blocks(self, file: str, listings: Sequence[Listing], make: Callable[[Sequence[Listing]], T],
                  kind: type[T]) -> list[T]:  # fmt: skip
        """Give what a file says of listings, a few that stand together at a time: so there are fewer pieces to keep."""
        return [self.of_all(file, block, partial(make, block), kind) for block in blocks(listings, _BLOCK)]

    def of_all(self, file: str, listings: Iterable[Listing], make: Callable[[], T], kind: type[T]) -> T:
        """Give what a file says of several listings together."""
        marks = [self._marks.get(listing.id, b"") for listing in listings]
        return self._of((file, digest(b"".join(marks))), make, kind) if all(marks) else make()

    def of_facts(self, file: str, facts: Iterable[str], make: Callable[[], T], kind: type[T], *, told: bool = False) -> T:
        """Give what a file says of these facts, and of nothing else of any listing. `told`: it holds no text but known ones."""
        return self._of((file, digest(*facts)), make, kind, told=told)

    def _of(self, key: Key, make: Callable[[], T], kind: type[T], *, told: bool = False) -> T:
        self.used[key] = None
        if key not in self._made and key in self._known:
            try:
                self._made[key] = decode(self._known[key], type=kind)
            except DecodeError:  # it bears our seal, and was made by hand
                del self._known[key]
        if key not in self._made:
            self._made[key] = make()
            if not told:
                self._new.append(self._made[key])
        made: T = self._made[key]
        return made


def blocks(listings: Sequence[Listing], most: int) -> Iterator[Sequence[Listing]]:
    """Part listings where an area ends, so that one that comes or goes changes no other area's, and after so many."""
    for _, area in groupby(listings, key=lambda listing: listing.area):
        some = tuple(area)
        yield from (some[at : at + most] for at in range(0, len(some), most))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, bytes | memoryview):
        yield str(value, "utf-8")
    elif isinstance(value, Struct):
        yield from _texts(astuple(value))
    elif isinstance(value, Mapping):
        yield from _texts(tuple(value.values()))
    elif isinstance(value, Iterable):
        for one in value:
            yield from _texts(one)
