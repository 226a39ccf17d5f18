"""What changed up to an edition, told by month and county, as the page and the feed show it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from itertools import groupby

from msgspec import Struct

from guide.changes import Change, Crowd, History
from guide.kinds import PartialDate
from guide.model import Guide

MONTHS = 24
"""Months, with that of the edition, of which every change is told; of older ones only numbers."""
FEW = 300
"""As long as there are no more changes than this, every one is told, however old."""
COUNTED = ("added", "changed", "confirmed", "closed", "taken out")
"""What is counted of an older month."""
_COUNTED_AS = {"opened": "added", "removed": "taken out", "moved": "changed"}
_WIDE = {"mo": "Missouri, statewide", "il": "Illinois, statewide", "us": "National"}


class Area(Struct, frozen=True):
    """A county, or what is wider: its name, and its page where it has one."""

    id: str
    name: str
    address: str | None = None


class Line(Struct, frozen=True):
    """One change. `address` is the listing's page; None where that is gone."""

    change: Change
    area: Area
    name: str
    address: str | None


class Many(Struct, frozen=True):
    """Listings that are told as a number, and how many they are in each area."""

    crowd: Crowd
    counts: tuple[tuple[Area, int], ...]


class Month(Struct, frozen=True):
    """What changed in a month, newest first; by area, in the order of the counties."""

    id: str
    name: str
    crowds: tuple[Many, ...]
    areas: tuple[tuple[Area, tuple[Line, ...]], ...]


class Chronicle(Struct, frozen=True):
    """All that is told of the guide's history, newest first."""

    since: date | None = None
    """The first day known; None where nothing is known."""
    whole: bool = False
    """Known from the guide's beginning."""
    told_since: date | None = None
    """The first day of which every change is told."""
    months: tuple[Month, ...] = ()
    older: tuple[tuple[str, tuple[int, ...]], ...] = ()
    """Months of which only numbers are told: of each of `COUNTED`."""

    @property
    def entries(self) -> list[Line | Many]:
        """Every change that is told by itself, the newest first."""
        lines = [line for month in self.months for _, some in month.areas for line in some]
        crowds = [many for month in self.months for many in month.crowds]
        return sorted([*lines, *crowds], key=lambda one: one.crowd.at if isinstance(one, Many) else one.change.at, reverse=True)


def chronicle(history: History, guide: Guide, edition: date) -> Chronicle:
    """Tell a history up to a day, with the names that the listings bear now."""
    if not history.since or history.since > edition:
        return Chronicle()
    changes = [change for change in history.changes if change.on <= edition]
    crowds = [crowd for crowd in history.crowds if crowd.on <= edition]
    first = history.since
    if len(changes) > FEW:
        month = edition.year * 12 + edition.month - MONTHS
        first = max(first, date(month // 12, month % 12 + 1, 1))
    told = _Names(guide)
    return Chronicle(
        history.since, history.whole, first,
        tuple(told.month(id_, [one for one in some if isinstance(one, Change)], [one for one in some if isinstance(one, Crowd)])
              for id_, some in _by_month([*changes, *crowds]) if some[0].on >= first),
        tuple((_month_name(id_), _counts(some)) for id_, some in _by_month([*changes, *crowds]) if some[0].on < first),
    )  # fmt: skip


def _by_month(happened: Iterable[Change | Crowd]) -> list[tuple[str, list[Change | Crowd]]]:
    ordered = sorted(happened, key=lambda one: one.at[:7], reverse=True)
    return [(month, list(some)) for month, some in groupby(ordered, key=lambda one: one.at[:7])]


def _month_name(month: str) -> str:
    return PartialDate(int(month[:4]), int(month[5:])).words


def _counts(happened: Iterable[Change | Crowd]) -> tuple[int, ...]:
    counts: Counter[str] = Counter()
    for one in happened:
        if isinstance(one, Crowd):
            counts["added"] += one.total
        else:
            counts.update({_COUNTED_AS.get(kind, kind) for kind in one.kinds} | ({"changed"} if one.facts else set()))
    return tuple(counts[name] for name in COUNTED)


class _Names:
    """Knows the names and pages of listings and areas, as the guide has them now."""

    def __init__(self, guide: Guide) -> None:
        self.listings = {one.id: one.name for one in guide.closed} | {one.id: one.name for one in guide.listings}
        areas = [*(Area(one.id, one.full_name, f"{one.id}.html") for one in guide.counties),
                 *(Area(id_, name) for id_, name in _WIDE.items())]  # fmt: skip
        self.areas = {area.id: area for area in areas}
        self.order = {area.id: number for number, area in enumerate(areas)}

    def area(self, area: str) -> Area:
        return self.areas.get(area) or Area("", "Elsewhere")

    def line(self, change: Change) -> Line:
        known = self.listings.get(change.listing)
        address = f"listings/{change.listing}.html" if known else None
        return Line(change, self.area(change.area), known or change.name or "A listing", address)

    def month(self, month: str, changes: Iterable[Change], crowds: Iterable[Crowd]) -> Month:
        def place(area: Area) -> int:
            return self.order.get(area.id, len(self.order))

        lines = sorted(map(self.line, changes), key=lambda line: (line.name.casefold(), line.change.listing))
        lines.sort(key=lambda line: line.change.on, reverse=True)
        lines.sort(key=lambda line: place(line.area))
        return Month(
            month, _month_name(month),
            tuple(Many(crowd, self.counts(crowd)) for crowd in sorted(crowds, key=lambda crowd: crowd.at, reverse=True)),
            tuple((area, tuple(some)) for area, some in groupby(lines, key=lambda line: line.area)),
        )  # fmt: skip

    def counts(self, crowd: Crowd) -> tuple[tuple[Area, int], ...]:
        known = [(self.area(area), number) for area, number in crowd.counts]
        return tuple(sorted(known, key=lambda pair: self.order.get(pair[0].id, len(self.order))))
