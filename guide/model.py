"""What the guide knows: listings, counties, regions, services. Values are frozen once loaded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, TypeAlias

from guide.kinds import (
    COUNTY,
    DAY,
    EMAIL,
    FIPS,
    HOURS,
    NUMBER,
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
from guide.shapes import Choice, Field, Many, Record, told

# Listings

@dataclass(frozen=True, slots=True, kw_only=True)
class Phone:
    """A number to call."""

    number: PhoneNumber = told(PHONE, "Ten digits, like 573-634-4911; 'x12' behind it is dialed as extension.", required=True)
    label: str | None = told(TEXT, "Who or what answers: '24-hour crisis line', 'office'.")
    hours: Hours | None = told(HOURS, "When it is answered: 24/7, or Mo-Fr 08:00-17:00. Leave out if not known.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a fact comes from."""

    url: str | None = told(URL, "The public page that says it.")
    title: str | None = told(TEXT, "The list or document, where no public page can be linked.")
    published: PartialDate | None = told(PARTIAL_DATE, "Its date, as exact as known: 2022, 2022-07 or 2022-07-13.")
    supports: str | None = told(TEXT, "Which facts of the listing it supports: 'phones, counties served'.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmation:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicPlace:
    """An office whose address the provider itself publishes."""

    NOT_KEPT: ClassVar = (VISIBILITY,)
    city: str | None = told(TEXT, _CITY)
    street: str | None = told(TEXT, "Street and number. Only where visibility is public.")
    zip: str | None = told(ZIP, "ZIP code. Only where visibility is public.")
    address_published_by: str | None = told(
        one_of("provider"), "Who published the address. A shelter's street needs it: 'provider'.")


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaPlace:
    """An office of which only the city is told. It has no street, so none can leak."""

    NOT_KEPT: ClassVar = (VISIBILITY,)
    NOT_HERE: ClassVar = _ONLY_PUBLIC
    city: str | None = told(TEXT, _CITY)


@dataclass(frozen=True, slots=True, kw_only=True)
class WithheldPlace:
    """A place that is kept confidential. It holds nothing at all, so nothing can leak."""

    NOT_HERE: ClassVar = _ONLY_PUBLIC
    NOT_KEPT: ClassVar = (VISIBILITY, Field("city", TEXT, _CITY + " Never shown for a withheld place.", False, False))


Place: TypeAlias = PublicPlace | AreaPlace | WithheldPlace
PLACE = Choice("visibility", {"public": PublicPlace, "area": AreaPlace, "withheld": WithheldPlace}, "withheld")

SHELTERING = frozenset({"emergency-shelter", "transitional-housing"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
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
        return max((source.published for source in self.sources if source.published), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedListing:
    """A listing that the guide once had. Its address stays, and says that it is closed."""

    id: str = told(SLUG, "The id that it had.", required=True)
    name: str = told(TEXT, "The name that it had.", required=True)
    area: str = told(name_of("file"), "The file that it stood in: mo/cole, mo, il or us.", required=True)
    on: PartialDate = told(PARTIAL_DATE, "Since when it is closed, as exact as known.", required=True)
    source: Source | None = told(Record(Source), "Where that is said.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Listings:
    """A file of `data/resources/`."""

    listings: tuple[Listing, ...] = told(
        Many(Record(Listing), 0), "The listings whose office is in this county.", required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedListings:
    """The file `data/closed.yaml`."""

    closed: tuple[ClosedListing, ...] = told(Many(Record(ClosedListing), 0), "Listings that are no more.", required=True)


# Places

@dataclass(frozen=True, slots=True, kw_only=True)
class County:
    """A county, or the City of St. Louis."""

    id: str = told(COUNTY, "State and name: mo/cole.", required=True)
    name: str = told(TEXT, "As people say it: Cole County.", required=True)
    fips: str = told(FIPS, "The Census Bureau's code.", required=True)
    region: str = told(name_of("region"), "The region that it lies in.", required=True)
    neighbors: tuple[str, ...] = told(Many(name_of("county")), "The counties that it touches.", required=True)

    @property
    def state(self) -> str:
        """`mo` or `il`."""
        return self.id[:2]

    @property
    def full_name(self) -> str:
        """The name, with the state where it is not Missouri."""
        return f"{self.name}, Illinois" if self.state == "il" else self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Counties:
    """The file `data/counties.yaml`."""

    counties: tuple[County, ...] = told(Many(Record(County)), "All counties.", required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A part of Missouri, or the Metro East of Illinois."""

    id: str = told(SLUG, "Its name in the data.", required=True)
    name: str = told(TEXT, "Its name on the pages.", required=True)
    about: str = told(TEXT, "Where it is, in one line.", required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Regions:
    """The file `data/regions.yaml`."""

    regions: tuple[Region, ...] = told(Many(Record(Region)), "All regions.", required=True)
    note: str = told(TEXT, "How the regions are drawn.", required=True)
    sources: tuple[Source, ...] = told(Many(Record(Source)), "Where that is said.", required=True)


@dataclass(frozen=True, slots=True)
class ZipCode:
    """A ZIP code: its post-office city, other names of that place, and its county."""

    zip: str
    city: str
    county: str
    also_known_as: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shapes:
    """County outlines in one flat drawing, x right and y down: county → rings of (x, y)."""

    width: float
    height: float
    rings: Mapping[str, tuple[tuple[tuple[float, float], ...], ...]]


# Vocabularies

@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """A kind of help."""

    id: str = told(SLUG, "Its name in the data.", required=True)
    label: str = told(TEXT, "Its name on the pages.", required=True)
    line: str = told(TEXT, "One plain line: what a person gets.", required=True)
    words: tuple[str, ...] = told(Many(TEXT), "What people type who look for it.", required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceGroup:
    """A need, with the services that answer it."""

    id: str = told(SLUG, "Its name in the data.", required=True)
    label: str = told(TEXT, "Its name on the pages.", required=True)
    services: tuple[Service, ...] = told(Many(Record(Service)), "The services of the group.", required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """The file `data/services.yaml`."""

    groups: tuple[ServiceGroup, ...] = told(Many(Record(ServiceGroup)), "The groups, most urgent first.", required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A word of a vocabulary: people served, or a language."""

    id: str = told(SLUG, "Its name in the data.", required=True)
    label: str = told(TEXT, "Its name on the pages.", required=True)
    words: tuple[str, ...] = told(Many(TEXT), "What people type who look for it.")


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """The file `data/people.yaml`."""

    people: tuple[Term, ...] = told(Many(Record(Term)), "Who is served.", required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Languages:
    """The file `data/languages.yaml`."""

    languages: tuple[Term, ...] = told(Many(Record(Term)), "Languages, by ISO 639 code.", required=True)


# Open Eligibility

@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceTerm:
    """A service in the words of Open Eligibility."""

    service: str = told(name_of("service"), "The service, as in services.yaml.", required=True)
    id: str = told(TEXT, "The term's id, in quotes: '1305'.", required=True)
    title: str = told(TEXT, "The term's title; the same id stands for several.", required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleTerm:
    """Who is served, in the words of Open Eligibility."""

    people: str = told(name_of("people"), "Who is served, as in people.yaml.", required=True)
    id: str = told(TEXT, "The term's id, in quotes: '20036'.", required=True)
    title: str = told(TEXT, "The term's title.", required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenEligibility:
    """The file `data/open_eligibility.yaml`: our names and the terms of that taxonomy that fit."""

    attribution: str = told(TEXT, "Who made the taxonomy, and under which license; exports repeat it.", required=True)
    license: str = told(TEXT, "The license of the taxonomy and of this file.", required=True)
    terms: tuple[ServiceTerm, ...] = told(Many(Record(ServiceTerm)), "Services and their terms.", required=True)
    people: tuple[PeopleTerm, ...] = told(Many(Record(PeopleTerm)), "Who is served, and the terms for it.")


# The site

@dataclass(frozen=True, slots=True, kw_only=True)
class EmergencyLine:
    """A number that stands on every page."""

    number: PhoneNumber = told(PHONE, "The number.", required=True)
    shown: str = told(TEXT, "The number as it is shown.", required=True)
    label: str = told(TEXT, "When to call it.", required=True)
    text: TextLine | None = told(TEXT_LINE, "A number for text messages.")
    text_shown: str | None = told(TEXT, "How the text number is shown.")
    urgent: bool = told(YES_NO, "true for 911.", default=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Freshness:
    """After how many days a confirmed fact is due, and old."""

    due_after: int = told(NUMBER, "Days after which a confirmed listing is due.", required=True)
    old_after: int = told(NUMBER, "Days after which it is old.", required=True)
    crisis_due_after: int = told(NUMBER, "The same for crisis lines.", required=True)
    crisis_old_after: int = told(NUMBER, "The same for crisis lines.", required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """The file `data/site.yaml`."""

    title: str = told(TEXT, "The site's name, in neutral words: it stands in the browser's title.", required=True)
    description: str = told(TEXT, "What the guide is, in one neutral line.", required=True)
    exit_to: str = told(URL, "Where 'Leave this page' goes: a neutral page that shows nothing personal.", required=True)
    emergency: tuple[EmergencyLine, ...] = told(Many(Record(EmergencyLine)), "Numbers on every page.", required=True)
    freshness: Freshness = told(Record(Freshness), "When facts are due and old.", required=True)
    doorways: tuple[str, ...] = told(Many(name_of("service")), "The needs on the home page, most urgent first.", required=True)
    address: str | None = told(URL, "Where the guide is published, with a slash at the end. It makes '404.html' work there.")
    repository: str | None = told(URL, "The repository's address; corrections go there.")
    email: str | None = told(EMAIL, "An address for corrections by professionals.")


# The search

@dataclass(frozen=True, slots=True, kw_only=True)
class Spelling:
    """A word that is read as another."""

    word: str = told(TEXT, "How it is written.", required=True)
    means: str = told(TEXT, "How it is read.", required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class CalledPlace:
    """What people call a place."""

    name: str = told(TEXT, "What it is called.", required=True)
    means: tuple[str, ...] = told(Many(name_of("area")), "The counties or the region that it means.", required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """The file `data/search.yaml`: how the search reads words."""

    same: tuple[Spelling, ...] = told(Many(Record(Spelling)), "Words that are read as others.", required=True)
    dropped: tuple[str, ...] = told(Many(TEXT), "Words that join others.", required=True)
    ignored: tuple[str, ...] = told(Many(TEXT), "Words that are not searched for by themselves.", required=True)
    common: tuple[str, ...] = told(Many(TEXT), "Cities that bear a common word's name.", required=True)
    places: tuple[CalledPlace, ...] = told(Many(Record(CalledPlace)), "What people call places.", required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontMatter:
    """The head of a Markdown page in `content/`."""

    title: str = told(TEXT, "The page's title.", required=True)
    summary: str = told(TEXT, "What the page is, in one line.", required=True)


@dataclass(frozen=True, slots=True)
class Article:
    """A page of `content/`: its name (`about`), head, and Markdown text."""

    name: str
    head: FrontMatter
    markdown: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """All that the guide knows, checked."""

    site: Site
    regions: Regions
    counties: tuple[County, ...]
    groups: tuple[ServiceGroup, ...]
    people: tuple[Term, ...]
    languages: tuple[Term, ...]
    open_eligibility: OpenEligibility
    zip_codes: tuple[ZipCode, ...]
    shapes: Shapes
    listings: tuple[Listing, ...]
    closed: tuple[ClosedListing, ...]
    articles: tuple[Article, ...]
    search: Search

    @property
    def spelling(self) -> Mapping[str, str]:
        """Words that the search reads as others: `st` → `saint`."""
        return {same.word: same.means for same in self.search.same}
