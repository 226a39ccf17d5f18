"""Listings: what a person can be referred to, where that is, and how sure it is."""

from __future__ import annotations

from typing import ClassVar, TypeAlias

from guide.kinds import (
    DAY,
    EMAIL,
    HOURS,
    PARTIAL_DATE,
    PHONE,
    SLUG,
    TEXT,
    TEXT_LINE,
    URL,
    YES_NO,
    ZIP,
    Hours,
    PartialDate,
    PhoneNumber,
    TextLine,
    name_of,
    one_of,
)  # fmt: skip
from guide.shapes import Choice, Field, FromFile, Many, Record, told


class Phone(FromFile):
    """A number to call."""

    number: PhoneNumber = told(PHONE, "Ten digits, like 573-634-4911; 'x12' behind it is dialed as extension.", required=True)
    label: str | None = told(TEXT, "Who or what answers: '24-hour crisis line', 'office'.")
    hours: Hours | None = told(HOURS, "When it is answered: 24/7, or Mo-Fr 08:00-17:00. Leave out if not known.")


class Source(FromFile):
    """Where a fact comes from."""

    url: str | None = told(URL, "The public page that says it.")
    title: str | None = told(TEXT, "The list or document, where no public page can be linked.")
    published: PartialDate | None = told(PARTIAL_DATE, "Its date, as exact as known: 2022, 2022-07 or 2022-07-13.")
    supports: str | None = told(TEXT, "Which facts of the listing it supports: 'phones, counties served'.")


class Confirmation(FromFile):
    """A person asked the provider, and all was right."""

    on: PartialDate = told(DAY, "The day on which a person confirmed the listing.", required=True)
    how: str = told(one_of("phone", "email", "visit", "website"), "How it was confirmed.", required=True)


VISIBILITY = Field("visibility", one_of("public", "area", "withheld"),
                   "'public' shows the address, 'area' the city, 'withheld' the county only. Left out means withheld.",
                   required=False, kept=False)  # fmt: skip
_CITY = "The city or town of the office."
_ONLY_PUBLIC = {
    key: f"a {what} may stand only where 'visibility: public' says so; delete the line, in a place that is not public "
         "it must never be in this file"
    for keys, what in {
        "street address street_address": "street",
        "zip zip_code zipcode postcode postal_code": "ZIP code",
        "lat lon lng latitude longitude coordinates geo point map": "point on the map",
    }.items()
    for key in keys.split()
} | {"address_published_by": "belongs to the street of a public place, and none may stand here; delete the line"}  # fmt: skip


class PublicPlace(FromFile, tag="public"):
    """An office whose address the provider itself publishes."""

    NOT_KEPT: ClassVar = (VISIBILITY,)
    street: str | None = told(TEXT, "Street and number. Only where visibility is public.")
    city: str | None = told(TEXT, _CITY)
    zip: str | None = told(ZIP, "ZIP code. Only where visibility is public.")
    address_published_by: str | None = told(
        one_of("provider"), "Who published the address. A shelter's street needs it: 'provider'.")


class AreaPlace(FromFile, tag="area"):
    """An office of which only the city is told. It has no street, so none can leak."""

    NOT_KEPT: ClassVar = (VISIBILITY,)
    NOT_HERE: ClassVar = _ONLY_PUBLIC
    city: str | None = told(TEXT, _CITY)


class WithheldPlace(FromFile, tag="withheld"):
    """A place that is kept confidential. It holds nothing at all, so nothing can leak."""

    NOT_HERE: ClassVar = _ONLY_PUBLIC
    NOT_KEPT: ClassVar = (VISIBILITY, Field("city", TEXT, _CITY + " Never shown for a withheld place.", False, False))


Place: TypeAlias = PublicPlace | AreaPlace | WithheldPlace
PLACE = Choice("visibility", {"public": PublicPlace, "area": AreaPlace, "withheld": WithheldPlace}, "withheld")

SHELTERING = frozenset({"emergency-shelter", "transitional-housing"})


class Listing(FromFile):
    """One organization or program that a person can be referred to."""

    NOT_HERE: ClassVar = {
        "county": "the county is the file that the listing stands in; which counties it serves stands under 'serves'",
        "phone": "write 'phones:' and below it '- number: 573-634-4911'",
        **dict.fromkeys(("address", "street", "city", "zip", "visibility"),
                        "write 'location:', and below it visibility and what may be shown of the place: city, street, zip"),
        "source": "write 'sources:' and below it '- url: https://…'",
    }

    NOT_KEPT: ClassVar = (
        Field("editor_note", TEXT, "For editors. Never shown, never exported, but public in the repository.", False, False),
    )
    id: str = told(SLUG, "The page's address: it never changes and is never used again.", required=True)
    name: str = told(TEXT, "The name that the provider uses.", required=True)
    also_known_as: tuple[str, ...] = told(Many(TEXT), "Short names and former names that people search for.")
    summary: str = told(TEXT, "One or two plain sentences: what it does, and for whom.", required=True)
    services: tuple[str, ...] = told(Many(name_of("service")), "What it offers; names from services.yaml.", required=True)
    trafficking: bool = told(YES_NO, "true where a source says that it serves trafficking survivors; else leave it out.",
                             default=False)  # fmt: skip
    serves: tuple[str, ...] = told(Many(name_of("area")),
                                   "Counties (mo/cole), regions (central), states (mo, il) or us. "
                                   "Left out: its own county, and the page says 'ask'.")  # fmt: skip
    people: tuple[str, ...] = told(Many(name_of("people")), "Who it serves; names from people.yaml. Left out: not known.")
    languages: tuple[str, ...] = told(Many(name_of("language")), "Languages spoken, as in languages.yaml: en, es.")
    phones: tuple[Phone, ...] = told(Many(Record(Phone)), "Numbers to call, the first one to call first.")
    text: TextLine | None = told(TEXT_LINE, "A number that takes text messages: 573-433-4631 or START (88788).")
    email: str | None = told(EMAIL, "An address of the office, never a person's own.")
    website: str | None = told(URL, "The provider's own site.")
    location: Place = told(PLACE, "Where the office is, and how much of that may be shown.", default=None)
    hours: Hours | None = told(HOURS, "When the office is open, in OpenStreetMap's syntax: Mo-Fr 08:00-17:00.")
    eligibility: str | None = told(TEXT, "Who can be helped, and who cannot.")
    fees: str | None = told(TEXT, "What it costs: Free, Sliding scale by income.")
    how_to_refer: str | None = told(TEXT, "What to do first: call, walk in, ask for whom, bring what.")
    confirmed: Confirmation | None = told(Record(Confirmation), "Only when a person confirmed the listing.")
    sources: tuple[Source, ...] = told(Many(Record(Source)), "Where the facts come from. At least one.", required=True)
    area: str = ""
    """The file that it stands in: the county of its office (`mo/cole`), or `mo`, `il`, `us`."""

    @property
    def answers_all_day(self) -> bool:
        """Some phone is answered at any hour."""
        return any(phone.hours and phone.hours.all_day for phone in self.phones)

    @property
    def is_crisis_line(self) -> bool:
        """Offers a crisis line: its facts age faster."""
        return "crisis-line" in self.services

    @property
    def newest_source(self) -> PartialDate | None:
        """The date of the newest source that has one."""
        return max([source.published for source in self.sources if source.published], default=None)


class ClosedListing(FromFile):
    """A listing that the guide once had. Its address stays, and says that it is closed."""

    id: str = told(SLUG, "The id that it had.", required=True)
    name: str = told(TEXT, "The name that it had.", required=True)
    area: str = told(name_of("file"), "The file that it stood in: mo/cole, mo, il or us.", required=True)
    on: PartialDate = told(PARTIAL_DATE, "Since when it is closed, as exact as known.", required=True)
    source: Source | None = told(Record(Source), "Where that is said.")


class Listings(FromFile):
    """A file of `data/resources/`."""

    listings: tuple[Listing, ...] = told(
        Many(Record(Listing), 0), "The listings whose office is in this county.", required=True)


class ClosedListings(FromFile):
    """The file `data/closed.yaml`."""

    closed: tuple[ClosedListing, ...] = told(Many(Record(ClosedListing), 0), "Listings that are no more.", required=True)
