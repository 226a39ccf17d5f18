"""The list of what is due as a sheet to print: a block for each listing, with a box to tick for each fact."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from guide.editing.due import Due
from guide.editing.summary import words_of
from guide.editing.wording import Words
from guide.model import AreaPlace, Guide, Listing, PublicPlace
from guide.rendering import long_date


def call_sheet(root: Path, guide: Guide, some: Sequence[Due], total: int, where: str, day: date) -> bytes:
    """Write the sheet as one page of HTML that needs nothing else; nothing of a withheld place is in it.

    `some` of `total` listings are due in a place, `where` in words, on a day.
    """
    words = words_of(guide)
    environment = Environment(loader=FileSystemLoader(root / "templates/editing"), autoescape=True, undefined=StrictUndefined,
                              trim_blocks=True, lstrip_blocks=True)  # fmt: skip
    environment.filters["long_date"] = long_date
    page = environment.get_template("call-sheet.html").render(
        some=some, total=total, where=where, day=day, words=words, facts=lambda listing: list(_facts(listing, words)))
    return page.encode()


def _facts(listing: Listing, words: Words) -> Iterator[tuple[str, str]]:
    def many(names: Sequence[str]) -> str:
        return ", ".join(words.of(name) for name in names)

    yield "Website", listing.website or ""
    yield "E-mail of the office", listing.email or ""
    yield "Office hours", listing.hours.words if listing.hours else ""
    yield "Place that is shown", _place(listing)
    yield "Kinds of help", many(listing.services)
    yield "Serves trafficking survivors", "says so" if listing.trafficking else ""
    yield "Counties served", many(listing.serves)
    yield "Who it serves", many(listing.people)
    yield "Who can be helped", listing.eligibility or ""
    yield "Cost", listing.fees or ""
    yield "Languages", many(listing.languages)
    yield "How to refer", listing.how_to_refer or ""


def _place(listing: Listing) -> str:
    place = listing.location
    if isinstance(place, PublicPlace):
        return ", ".join(part for part in (place.street, place.city, place.zip) if part)
    return f"{place.city}, no address" if isinstance(place, AreaPlace) and place.city else "the county only"
