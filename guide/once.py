"""What a file says of a listing is made once: as long as the listing stays as it is, it is the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from itertools import chain, groupby
from typing import Any, TypeAlias, TypeVar

from msgspec import DecodeError, Struct
from msgspec.msgpack import decode, encode
from msgspec.structs import astuple

from guide.kept import digest
from guide.model import Listing
from guide.pieces import Key, Piece
from guide.woven import Part, Place, Standing, Stretch, Woven, size_of

T = TypeVar("T")
_BLOCK = 16
"""Listings at most of which a file tells together."""

OldFiles: TypeAlias = Mapping[str, tuple[Standing, Mapping[bytes, Place]]]
"""Files as they stand: the address of each, and where in it a block of listings is told, by the number of the block."""


class Once:
    """Knows what was made: `known` are the `pieces` of earlier ones, of the same program, names and edition.

    What a whole file tells of listings is taken from that file, as far as it stands.
    """

    def __init__(self, marks: Mapping[str, bytes], *known: Mapping[Key, Piece], old: OldFiles | None = None) -> None:
        self._marks = marks
        self._known = known
        self._old = old or {}
        self._blocks: tuple[Sequence[Listing], list[tuple[Sequence[Listing], bytes]]] = ((), [])
        self._made: dict[Key, Any] = {}
        self._new: list[Any] = []
        self.fresh: set[Key] = set()
        """Pieces that are made here."""
        self.used: dict[Key, None] = {}
        """What was asked for, in that order."""
        self._of_use: dict[str, list[bytes]] = defaultdict(list)
        self.told: dict[str, dict[bytes, Place]] = defaultdict(dict)
        """Each whole file → where in it each of its parts stands."""

    def mark(self, *listings: Listing) -> bytes:
        """Give the number of some listings, which is empty where one was not read from a file."""
        if len(listings) == 1:
            return self._marks.get(listings[0].id, b"")
        marks = [self._marks.get(listing.id, b"") for listing in listings]
        return digest(b"".join(marks)) if all(marks) else b""

    def knows(self, file: str, mark: bytes) -> bool:
        """Say whether what a file says of the listings of a number was made before."""
        return self._found((file, mark)) is not None

    def pieces(self, keys: Iterable[Key]) -> Iterator[tuple[Key, Piece]]:
        """Give some of what was `used`, those of one sort together, for a later one to know."""
        for key in sorted(keys, key=lambda key: key[0]):
            if key in self.fresh:
                yield key, encode(self._made[key])
            elif piece := self._found(key):
                yield key, piece

    def all_used(self) -> Iterable[Key]:
        """List what was asked for, and what is of use still."""
        return self.used | {(file, number): None for file, numbers in self._of_use.items() for number in numbers}

    def used_since(self, most: Mapping[Key, Piece], more: Mapping[Key, Piece]) -> list[Key]:
        """List what of that is not kept among `most`; `more` are those that were kept beside them."""
        of_use = {file: frozenset(numbers) for file, numbers in self._of_use.items()} if more else {}
        asked = (key for key in self.used if key in self.fresh or key not in most)
        still = (key for key in more if key[1] in of_use.get(key[0], ()) and key not in most)
        return list(dict.fromkeys(chain(asked, still)))

    @property
    def new(self) -> str:
        """All texts that were not known, in lines."""
        return "\n".join(_texts(self._new))

    def of(self, file: str, mark: bytes, make: Callable[[], T], kind: type[T]) -> T:
        """Give what a file says of the listings of a number. Without one it is made each time."""
        return self._of((file, mark), make, kind) if mark else make()

    def of_blocks(self, file: str, listings: Sequence[Listing], make: Callable[[Sequence[Listing]], T], kind: type[T],
                  ) -> list[tuple[Sequence[Listing], T]]:  # fmt: skip
        """Give what is known of listings, a few that stand together at a time: so there are fewer pieces to keep.

        It holds no texts; those are told by `note`.
        """
        return [(block, self._of((file, mark), partial(make, block), kind, told=True) if mark else make(block))
                for block, mark in self._together(listings)]  # fmt: skip

    def of_facts(self, file: str, facts: Iterable[str], make: Callable[[], T], kind: type[T]) -> T:
        """Give what a file says of these facts, and of nothing else of any listing."""
        return self._of((file, number_of(facts)), make, kind)

    def note(self, file: str, text: bytes) -> bytes:
        """Take a text of a file that was made; give the number by which `text` gives it."""
        key = file, digest(text)
        self.used[key] = None
        if key not in self._made and not any(key in known for known in self._known):
            self._add(key, text)
        return key[1]

    def text(self, file: str, number: bytes, make: Callable[[], bytes]) -> Piece:
        """Give the text that has a number."""
        return self._of((file, number), make, memoryview)

    def use(self, file: str, numbers: Iterable[bytes]) -> None:
        """Note that what a file says of some numbers is of use still, though nobody asks for it."""
        self._of_use[file] += numbers

    def woven(self, address: str, head: bytes, listings: Sequence[Listing], make: Callable[[Sequence[Listing]], bytes],
              tail: bytes, between: bytes = b"") -> Woven:  # fmt: skip
        """Give a whole file, which tells of a few listings that stand together at a time: so there are fewer places to know."""
        parts: list[Part] = [head]
        at = len(head)
        for block, mark in self._together(listings):
            part: Part | None = self.stretch(address, mark)
            if not part:
                part = make(block)
                self._new.append(part)
            if size := size_of(part):
                at += len(between) if len(parts) > 1 else 0
                _join(parts, part, between)
            self.tell(address, mark, (at, size))
            at += size
        return Woven((*parts, tail))

    def stretch(self, address: str, made_of: bytes) -> Stretch | None:
        """Give the part of a file that is made of what has a number, if it stands."""
        standing, places = self._old.get(address, (None, {}))
        place = places.get(made_of) if made_of else None
        return Stretch(standing, place) if standing and place else None

    def tell(self, address: str, made_of: bytes, place: Place) -> None:
        """Note where in a file the part stands that is made of what has a number."""
        self.told[address][made_of] = place

    def _together(self, listings: Sequence[Listing]) -> list[tuple[Sequence[Listing], bytes]]:
        """Part listings, as several files of all of them do; give each block's number, too."""
        if self._blocks[0] is not listings:
            self._blocks = listings, [(block, self.mark(*block)) for block in blocks(listings, _BLOCK)]
        return self._blocks[1]

    def _found(self, key: Key) -> Piece | None:
        for known in self._known:
            with suppress(KeyError):  # it may also be damaged
                return known[key]
        return None

    def _of(self, key: Key, make: Callable[[], Any], kind: type[T], *, told: bool = False) -> T:
        self.used[key] = None
        if key not in self._made:
            piece = self._found(key)
            with suppress(DecodeError):  # it bears our seal, and was made by hand
                if piece is not None:
                    self._made[key] = decode(piece, type=kind)
        if key not in self._made:
            self._add(key, make(), told=told)
        made: T = self._made[key]
        return made

    def _add(self, key: Key, made: Any, *, told: bool = False) -> None:
        self._made[key] = made
        self.fresh.add(key)
        if not told:
            self._new.append(made)


def number_of(facts: Iterable[str]) -> bytes:
    """Give the number of some facts."""
    return digest(encode(list(facts)))


def blocks(listings: Sequence[Listing], most: int) -> Iterator[Sequence[Listing]]:
    """Part listings where an area ends, so that one that comes or goes changes no other area's, and after so many."""
    for _, area in groupby(listings, key=lambda listing: listing.area):
        some = tuple(area)
        yield from (some[at : at + most] for at in range(0, len(some), most))


def _join(parts: list[Part], part: Part, between: bytes) -> None:
    """Add a part behind others and what stands between them. What stood one behind the other before stays in one stretch."""
    last = parts[-1]
    if isinstance(part, Stretch) and isinstance(last, Stretch):
        start, (next_start, size) = last.place[0], part.place
        if start + last.size + len(between) == next_start:
            parts[-1] = Stretch(last.of, (start, next_start + size - start))
            return
    parts += [between, part] if len(parts) > 1 else [part]


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
