"""What a file says of a listing is made once: as long as the listing stays as it is, it is the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby
from typing import Any, TypeVar

from guide.kept import digest
from guide.model import Listing

T = TypeVar("T")
_BLOCK = 16
"""Listings at most of which a file tells together."""


class Once:
    """Knows what was made. `known` is what an earlier one had in `made`, of the same program, names and edition."""

    def __init__(self, marks: Mapping[str, bytes], known: Mapping[tuple[str, bytes], Any]) -> None:
        self.made: dict[tuple[str, bytes], Any] = {}
        self._new: list[Any] = []
        self._marks = marks
        self._known = known

    def knows(self, file: str, listing: Listing) -> bool:
        """Say whether what a file says of a listing was made before."""
        return (file, self._marks.get(listing.id, b"")) in self._known

    @property
    def new(self) -> str:
        """All texts that were not known, in lines."""
        return "\n".join(_texts(self._new))

    def of(self, file: str, listing: Listing, make: Callable[[Listing], T]) -> T:
        """Give what a file says of a listing. One that was not read from a file has no mark, and is made each time."""
        if listing.id not in self._marks:
            return make(listing)
        return self._of((file, self._marks[listing.id]), lambda: make(listing))

    def of_blocks(self, file: str, listings: Sequence[Listing], make: Callable[[Sequence[Listing]], T]) -> list[T]:
        """Give what a file says of listings, a few that stand together at a time: so there are fewer pieces to keep."""
        return [self.of_all(file, block, partial(make, block)) for block in blocks(listings, _BLOCK)]

    def of_all(self, file: str, listings: Iterable[Listing], make: Callable[[], T]) -> T:
        """Give what a file says of several listings together."""
        marks = [self._marks.get(listing.id, b"") for listing in listings]
        return self._of((file, digest(b"".join(marks))), make) if all(marks) else make()

    def of_facts(self, file: str, facts: Iterable[str], make: Callable[[], T], *, told: bool = False) -> T:
        """Give what a file says of these facts, and of nothing else of any listing. `told`: it holds no text but known ones."""
        return self._of((file, digest(*facts)), make, told=told)

    def _of(self, key: tuple[str, bytes], make: Callable[[], T], *, told: bool = False) -> T:
        if key not in self.made and key in self._known:
            self.made[key] = self._known[key]
        elif key not in self.made:
            self.made[key] = make()
            if not told:
                self._new.append(self.made[key])
        made: T = self.made[key]
        return made


def blocks(listings: Sequence[Listing], most: int) -> Iterator[Sequence[Listing]]:
    """Part listings where an area ends, so that one that comes or goes changes no other area's, and after so many."""
    for _, area in groupby(listings, key=lambda listing: listing.area):
        some = tuple(area)
        yield from (some[at : at + most] for at in range(0, len(some), most))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str | bytes):
        yield value.decode() if isinstance(value, bytes) else value
    elif isinstance(value, Mapping):
        yield from _texts(tuple(value.values()))
    elif isinstance(value, Iterable):
        for one in value:
            yield from _texts(one)
