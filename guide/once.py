"""What a file says of a listing is made once: as long as the listing stays as it is, it is the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeVar

from guide.kept import digest
from guide.model import Listing

T = TypeVar("T")


class Once:
    """Knows what was made. `known` is what an earlier one had in `made`, of the same program, names and edition."""

    def __init__(self, marks: Mapping[str, bytes], known: Mapping[tuple[str, bytes], Any]) -> None:
        self.made: dict[tuple[str, bytes], Any] = {}
        self.new: list[str] = []
        """The texts that were not known of a listing."""
        self._marks = marks
        self._known = known

    def knows(self, file: str, listing: Listing) -> bool:
        """Say whether what a file says of a listing was made before."""
        return (file, self._marks.get(listing.id, b"")) in self._known

    def of(self, file: str, listing: Listing, make: Callable[[Listing], T]) -> T:
        """Give what a file says of a listing. One that was not read from a file has no mark, and is made each time."""
        if listing.id not in self._marks:
            return make(listing)
        key = file, self._marks[listing.id]
        is_new = key not in self.made and key not in self._known
        made = self._of(key, lambda: make(listing))
        if is_new:
            self.new += _texts(made)
        return made

    def of_all(self, file: str, listings: Iterable[Listing], make: Callable[[], T]) -> T:
        """Give what a file says of several listings together."""
        marks = [self._marks.get(listing.id, b"") for listing in listings]
        return self._of((file, digest(*marks)), make) if all(marks) else make()

    def of_facts(self, file: str, facts: Iterable[str], make: Callable[[], T]) -> T:
        """Give what a file says of these facts, and of nothing else of any listing."""
        return self._of((file, digest(*facts)), make)

    def _of(self, key: tuple[str, bytes], make: Callable[[], T]) -> T:
        if key not in self.made:
            self.made[key] = self._known[key] if key in self._known else make()
        made: T = self.made[key]
        return made


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from _texts(tuple(value.values()))
    elif isinstance(value, Iterable):
        for one in value:
            yield from _texts(one)
