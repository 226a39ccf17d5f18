"""What changed between two states of a listing, in words: which facts, never their values."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from typing import Any

from msgspec import Struct

from guide.model import Listing, Phone, Place, PublicPlace

KINDS = {
    "added": "added", "opened": "open again", "moved": "now listed here", "closed": "closed",
    "removed": "taken out of the guide", "confirmed": "confirmed",
}  # fmt: skip
"""What can happen to a listing, in words; what else changed are facts."""


class Change(Struct, frozen=True):
    """What happened to one listing on one day."""

    at: str
    """When it was last changed on that day, in UTC: `2026-11-25T02:35:13Z`."""
    listing: str
    area: str
    name: str
    """The name that it had; empty where that told a place."""
    kinds: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()

    @property
    def on(self) -> date:
        """The day."""
        return date.fromisoformat(self.at[:10])

    @property
    def words(self) -> str:
        """What happened: `Confirmed; changed: phone numbers, hours`."""
        changed = [f"changed: {', '.join(self.facts)}"] if self.facts else []
        words = "; ".join([KINDS[kind] for kind in self.kinds] + changed)
        return words[:1].upper() + words[1:]

    def and_then(self, later: Change) -> Change:
        """Take two changes of one listing on one day together."""
        return Change(max(self.at, later.at), self.listing, later.area, later.name,
                      tuple(kind for kind in KINDS if kind in (*self.kinds, *later.kinds)),
                      tuple(fact for fact in ALL_FACTS if fact in (*self.facts, *later.facts)))  # fmt: skip


class Crowd(Struct, frozen=True):
    """So many listings added on one day that only their number is told, by area; `began`: the first of the guide."""

    at: str
    counts: tuple[tuple[str, int], ...]
    began: bool = False

    @property
    def on(self) -> date:
        """The day."""
        return date.fromisoformat(self.at[:10])

    @property
    def total(self) -> int:
        """How many they are."""
        return sum(number for _, number in self.counts)

    @property
    def words(self) -> str:
        """What happened: `The guide began with 1,113 listings`."""
        return f"The guide began with {self.total:,} listings" if self.began else f"{self.total:,} listings were added"


class History(Struct, frozen=True):
    """What changed, oldest first, as far as it is known; `since` is the first day known, None where nothing is."""

    since: date | None = None
    whole: bool = False
    """Known from the guide's beginning."""
    changes: tuple[Change, ...] = ()
    crowds: tuple[Crowd, ...] = ()


def what_happened(before: Listing | None, after: Listing | None, *, was_closed: bool = False,
                  is_closed: bool = False) -> tuple[tuple[str, ...], tuple[str, ...]]:  # fmt: skip
    """Compare a listing before and after; give the kinds (of `KINDS`) and the facts that changed, neither where nothing did.

    `was_closed` and `is_closed` say whether `data/closed.yaml` names it.
    """
    if not after:
        gone = "closed" if is_closed and not was_closed else "removed" if before and not is_closed else ""
        return ((gone,) if gone else ()), ()
    if not before:
        return ("opened" if was_closed and not is_closed else "added",), ()
    moved = before.area != after.area
    kinds = [kind for kind, so in (("moved", moved), ("confirmed", _confirmed_anew(before, after))) if so]
    return tuple(kinds), facts_changed(before, after)


def facts_changed(before: Listing, after: Listing) -> tuple[str, ...]:
    """List in words which facts that a page shows differ. The order of names in a list is no fact; that of phones is."""
    changed = {words for words, fact in _FACTS.items() if fact(before) != fact(after)}
    both = {phone.number for phone in before.phones} & {phone.number for phone in after.phones}
    changed |= {words for words, fact in _OF_PHONES.items() if fact(before.phones, both) != fact(after.phones, both)}
    if before.confirmed != after.confirmed and not _confirmed_anew(before, after):
        changed.add(_CONFIRMATION)
    return tuple(words for words in ALL_FACTS if words in changed)


def _confirmed_anew(before: Listing, after: Listing) -> bool:
    return bool(after.confirmed and (not before.confirmed or after.confirmed.on > before.confirmed.on))


def _shown(place: Place) -> Place:
    # who published an address is for the check, not for readers
    return PublicPlace(city=place.city, street=place.street, zip=place.zip) if isinstance(place, PublicPlace) else place


_FACTS: dict[str, Callable[[Listing], Any]] = {
    "phone numbers": lambda one: tuple(phone.number for phone in one.phones),
    "number for text messages": lambda one: one.text,
    "name": lambda one: one.name,
    "other names": lambda one: frozenset(one.also_known_as),
    "description": lambda one: one.summary,
    "kinds of help": lambda one: frozenset(one.services),
    "whether it says that it serves trafficking survivors": lambda one: one.trafficking,
    "service area": lambda one: frozenset(one.serves),
    "who it serves": lambda one: frozenset(one.people),
    "who can be helped": lambda one: one.eligibility,
    "how to refer": lambda one: one.how_to_refer,
    "fees": lambda one: one.fees,
    "languages": lambda one: frozenset(one.languages),
    "hours": lambda one: one.hours and one.hours.words,
    "place": lambda one: _shown(one.location),
    "website": lambda one: one.website,
    "e-mail": lambda one: one.email,
    "sources": lambda one: frozenset(one.sources),
}
_OF_PHONES: dict[str, Callable[[Collection[Phone], Collection[Any]], Any]] = {
    "what a number is for": lambda phones, of: [(one.number, one.label) for one in _sorted(phones, of)],
    "when a phone is answered": lambda phones, of: [(one.number, one.hours and one.hours.words) for one in _sorted(phones, of)],
}
_CONFIRMATION = "confirmation"
ALL_FACTS = (*_FACTS, *_OF_PHONES, _CONFIRMATION)
"""Every fact in words, in the order in which they are told."""


def _sorted(phones: Collection[Phone], of: Collection[Any]) -> list[Phone]:
    return sorted((phone for phone in phones if phone.number in of), key=lambda phone: (str(phone.number), phone.label or ""))
