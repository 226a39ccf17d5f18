"""What a file of the site is made of → one number: with the same number it need not be made again."""

from __future__ import annotations

import io
import pickle
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from guide.coverage import Cover, Offer, Tier
from guide.gaps import Survey
from guide.kept import digest
from guide.model import County, Listing, Region, Service, Term
from guide.site import Row


class Marking:
    """Gives the numbers. `context` stands for all that every file hangs on: the program, the templates, the vocabularies."""

    def __init__(self, context: bytes, listings: Mapping[str, bytes]) -> None:
        self._context = context
        self._listings = listings
        self._surveys: dict[int, bytes] = {}

    def of(self, *facts: object) -> bytes:
        """Give the number of what a file is made of. A listing counts with all that its file says of it."""
        told = io.BytesIO()
        pickler = _Marker(told, 5)
        pickler.fast = True  # what is equal is written alike, be it one object or two
        pickler.marking = self
        pickler.dump(facts)
        return digest(self._context, told.getvalue())

    def of_listing(self, listing: Listing) -> bytes:
        """Give the number of the text that a listing was read from."""
        return self._listings[listing.id]

    def of_survey(self, survey: Survey) -> bytes:
        """Give the number of what a survey found; many pages show the same one."""
        if id(survey) not in self._surveys:
            self._surveys[id(survey)] = self.of([getattr(survey, field.name) for field in fields(survey)])
        return self._surveys[id(survey)]


class _Marker(pickle.Pickler):
    marking: Marking

    def reducer_override(self, value: Any) -> Any:
        kind = type(value)
        if kind is Offer:
            return tuple, ((self.marking.of_listing(value.listing), int(value.tier), value.ask),)
        if kind is Listing:
            return bytes, (self.marking.of_listing(value),)
        if kind is Row:
            return tuple, ((value.id, value.name, str(value.number), value.office, value.trafficking),)
        if kind is Survey:
            return bytes, (self.marking.of_survey(value),)
        if kind is Cover or kind is Tier:
            return int, (int(value),)
        if kind in _OF_THE_CONTEXT:
            return kind, (value.id,)
        return NotImplemented


_OF_THE_CONTEXT = frozenset({County, Region, Service, Term})
