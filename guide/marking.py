"""What a file of the site is made of → one number: with the same number it need not be made again."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from msgspec.msgpack import encode

from guide.coverage import Cover, Offer, Reached, Tier
from guide.gaps import Gaps, Survey
from guide.kept import digest
from guide.model import County, Listing, Region, Service, ServiceGroup, Term
from guide.shared import Row

_PLAIN = {int, bool, str, bytes, type(None)}


class Marking:
    """Gives the numbers. `context` stands for all that every file hangs on: the program, the templates, the vocabularies."""

    def __init__(self, context: bytes, listings: Mapping[str, bytes]) -> None:
        self._context = context
        self._listings = listings
        self._surveys: dict[int, bytes] = {}
        self._rows: dict[str, str] = {}
        self._reached: dict[str, bytes] = {}
        self._told_of: dict[type, Callable[[Any], Any]] = {
            Listing: lambda one: listings[one.id], Row: self._row, Survey: self._survey, Reached: self._reach,
            Gaps: lambda one: [self._survey(survey) for survey in (*one.groups, *one.services)],
            Cover: int, Tier: int, tuple: self._several, list: self._several, dict: self._by_name,
            **dict.fromkeys((County, Region, Service, ServiceGroup, Term), lambda one: one.id),  # of the context
        }  # fmt: skip

    def of(self, *facts: object) -> bytes:
        """Give the number of what a file is made of. A listing counts with all that its file says of it."""
        return self._number(self._told(facts))

    def _number(self, told: Any) -> bytes:
        return digest(self._context, encode(told))

    def _told(self, fact: Any) -> Any:
        """Write a fact in fewer and plainer values, from which it follows."""
        tell = self._told_of.get(type(fact))
        return tell(fact) if tell else fact

    def _several(self, facts: Sequence[Any]) -> Any:
        kinds = set(map(type, facts))
        if kinds == {Offer}:
            return b"".join([self._listings[one.listing.id] + bytes((one.tier, one.ask)) for one in facts])
        if kinds == {Row}:
            return list(map(self._row, facts))
        if kinds == {Listing}:
            return b"".join([self._listings[one.id] for one in facts])
        if kinds <= _PLAIN:
            return facts
        return [self._told(fact) for fact in facts]

    def _by_name(self, facts: Mapping[Any, Any]) -> Any:
        return {name: self._told(fact) for name, fact in facts.items()}

    def _row(self, row: Row) -> str:
        told = self._rows.get(row.id)
        if not told:
            told = self._rows[row.id] = "\0".join((row.id, row.name, str(row.number), row.office, str(row.trafficking)))
        return told

    def _reach(self, reached: Reached) -> bytes:
        """Give the number of who reaches an area; many pages show the same ones."""
        if reached.area not in self._reached:
            self._reached[reached.area] = self._number([reached.area, self._several(reached.listings)])
        return self._reached[reached.area]

    def _survey(self, survey: Survey) -> bytes:
        """Give the number of what a survey found; many pages show the same one."""
        if id(survey) not in self._surveys:
            gaps = [(gap.county, int(gap.cover), gap.nearest) for gap in survey.gaps]
            covers = [(county, int(cover)) for county, cover in survey.covers]
            self._surveys[id(survey)] = self._number([survey.id, survey.label, survey.services, covers, gaps, survey.regions])
        return self._surveys[id(survey)]
