"""What must hold beyond one value: ids, counties, confidential places, dates, sources. One rule, one function."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher

import yaml

from guide.model import (
    SHELTERING, AreaPlace, ClosedListing, County, Listing, PublicPlace, ServiceGroup, Shapes, WithheldPlace, ZipCode,
)  # fmt: skip
from guide.problems import Problem
from guide.reading import places_of, texts_of


@dataclass(frozen=True, slots=True)
class Entry:
    """A listing with the file and the tree that it was read from."""

    listing: Listing
    file: str
    node: yaml.Node

    def problem(self, where: str, message: str) -> Problem:
        """Note what is wrong at a place inside the listing; the listing's own line where that place is not."""
        node = next((node for path, node in places_of(self.node) if path == where), self.node)
        return Problem(self.file, node.start_mark.line + 1, node.start_mark.column + 1, where, message)


@dataclass(frozen=True, slots=True)
class Draft:
    """All that was read, before it is known to be right."""

    counties: tuple[County, ...]
    groups: tuple[ServiceGroup, ...]
    zip_codes: tuple[ZipCode, ...]
    shapes: Shapes
    entries: tuple[Entry, ...]
    closed: tuple[ClosedListing, ...]
    published_ids: tuple[tuple[str, int], ...]
    unread_ids: frozenset[str]


def check(draft: Draft, today: date) -> Iterator[Problem]:
    """Apply every rule; `today` is the last day that a date may name."""
    yield from ids_are_unique(draft)
    yield from published_ids_stay(draft)
    yield from places_lie_in_their_county(draft)
    yield from counties_fit_together(draft)
    for entry in draft.entries:
        yield from a_shelters_address_is_its_own_choice(entry)
        yield from withheld_places_stay_out_of_texts(entry)
        yield from dates_are_past(entry, today)
        yield from sources_can_be_found(entry)


# Ids

def ids_are_unique(draft: Draft) -> Iterator[Problem]:
    """No id stands twice, in whatever files."""
    first: dict[str, Entry] = {}
    for entry in draft.entries:
        listing_id = entry.listing.id
        if not listing_id:
            continue
        if listing_id in first:
            other = first[listing_id]
            place = f"{other.file}:{other.node.start_mark.line + 1}"
            yield entry.problem("id", f"'{listing_id}' stands in {place} too; an id belongs to one listing")
        first.setdefault(listing_id, entry)
    for closed in draft.closed:
        if closed.id in first:
            yield first[closed.id].problem(
                "id", f"'{closed.id}' is closed (data/closed.yaml) and an id is never used again; give this listing a new one")


def published_ids_stay(draft: Draft) -> Iterator[Problem]:
    """An id of the last release is still a listing, or is closed: it is a page's address."""
    present = {entry.listing.id for entry in draft.entries} | {closed.id for closed in draft.closed} | draft.unread_ids
    published = {listing_id for listing_id, _ in draft.published_ids}
    new = [entry for entry in draft.entries if entry.listing.id and entry.listing.id not in published]
    for listing_id, line in draft.published_ids:
        if listing_id in present:
            continue
        renamed = max(new, key=lambda entry: _likeness(listing_id, entry.listing.id), default=None)
        if renamed and _likeness(listing_id, renamed.listing.id) > 0.6:
            yield renamed.problem("id", f"'{renamed.listing.id}' was '{listing_id}' in the last release; an id never "
                                        f"changes, it is the page's address: write '{listing_id}' again")  # fmt: skip
        else:
            yield Problem("data/published_ids.txt", line, 1, "", f"the listing '{listing_id}' of the last release is gone; "
                          "put it back under this id, or, if the provider closed, note it in data/closed.yaml")  # fmt: skip


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other).ratio()


# Places

def places_lie_in_their_county(draft: Draft) -> Iterator[Problem]:
    """A shown ZIP code or city lies in the county of the listing's file, or next to it.

    The list of ZIP codes knows one county for each ZIP code, and a ZIP code can cross the line; so neighbors pass.
    """
    counties = {county.id: county for county in draft.counties}
    county_of_zip = {place.zip: place.county for place in draft.zip_codes}
    counties_of_city: dict[tuple[str, str], set[str]] = defaultdict(set)
    for place in draft.zip_codes:
        for city in (place.city, *place.also_known_as):
            counties_of_city[place.county[:2], _plain_city(city)].add(place.county)
    for entry in draft.entries:
        county = counties.get(entry.listing.area)
        location = entry.listing.location
        if not county or not isinstance(location, PublicPlace | AreaPlace):
            continue
        near = {county.id, *county.neighbors}
        found = county_of_zip.get((location.zip or "")[:5]) if isinstance(location, PublicPlace) else None
        if isinstance(location, PublicPlace) and found and found not in near:
            yield entry.problem("location.zip", _elsewhere(f"ZIP code {location.zip}", [counties[found]], county))
        lies_in = counties_of_city.get((county.state, _plain_city(location.city or "")), set())
        if location.city and lies_in and not lies_in & near:
            yield entry.problem("location.city", _elsewhere(location.city, [counties[c] for c in sorted(lies_in)], county))


def _elsewhere(what: str, lies_in: Iterable[County], county: County) -> str:
    names = list(lies_in)
    return (f"{what} lies in {' or '.join(c.full_name for c in names)}, not in or next to {county.full_name}; mend it, or "
            f"move the listing to data/resources/{names[0].id}.yaml")  # fmt: skip


def _plain_city(name: str) -> str:
    words = re.sub(r"[^a-z ]", "", name.lower().replace("-", " ")).split()
    return " ".join({"st": "saint", "ste": "sainte"}.get(word, word) for word in words)


def counties_fit_together(draft: Draft) -> Iterator[Problem]:
    """Each county stands once, has an outline, and its neighbors name it too."""
    file = "data/counties.yaml"
    named = [county for county in draft.counties if county.id]
    counties = {county.id: county for county in named}
    if len(counties) < len(named):
        twice = sorted({c.id for c in named if [d.id for d in named].count(c.id) > 1})
        yield Problem(file, 1, 1, "", f"{', '.join(twice)} stands twice")
    for county in named:
        if county.id not in draft.shapes.rings:
            yield Problem(file, 1, 1, county.id, "has no outline in data/county_shapes.json")
        for neighbor in county.neighbors or ():
            if neighbor in counties and county.id not in (counties[neighbor].neighbors or ()):
                yield Problem(file, 1, 1, county.id, f"names {neighbor} as a neighbor, but not the other way round")


# Confidential places

def a_shelters_address_is_its_own_choice(entry: Entry) -> Iterator[Problem]:
    """A place where people shelter shows a street only where the provider itself published it."""
    location = entry.listing.location
    sheltering = SHELTERING & set(entry.listing.services or ())
    if sheltering and isinstance(location, PublicPlace) and location.street and not location.address_published_by:
        yield entry.problem("location.street", f"a street of a listing that offers {' and '.join(sorted(sheltering))}: delete "
                            "street and zip and write 'visibility: withheld'; only if the provider itself publishes its "
                            "address, add 'address_published_by: provider'")  # fmt: skip


_KIND_OF_STREET = (
    "street|str|st|avenue|ave|av|road|rd|boulevard|blvd|drive|dr|lane|ln|court|ct|circle|cir|parkway|pkwy|plaza|square|sq|"
    "trail|trl|terrace|ter|highway|hwy|freeway|expressway|turnpike|loop|alley|pike|row|walk|crossing|outer road"
)
_NO_STREET_WORD = (
    "the|a|an|and|or|of|in|on|at|to|for|from|with|by|is|are|was|were|beds?|hours?|days?|weeks?|months?|years?|counties|county|"
    "people|women|men|children|families|survivors|calls?|text|ext|am|pm|am to|per|percent|units?|rooms?|offices?|locations?"
)
_STREET = re.compile(
    rf"(?<![\w.,$/-])\d{{1,5}}(?:\s?1/2|[A-Z]\b)?\s+"
    rf"(?:(?!(?:{_NO_STREET_WORD})\b)[\w'.\u2019-]+\s+){{1,4}}?"
    rf"(?:{_KIND_OF_STREET})\b(?!\.?\s+(?:louis|charles|joseph|clair|francois|james|peters|genevieve|ann|robert|mary|luke|vincent))",
    re.IGNORECASE,
)
_ROUTE = re.compile(
    r"(?<![\w.,$/-])\d{1,5}\s+(?:[nsew]\.?\s+|north\s+|south\s+|east\s+|west\s+)?"
    r"(?:highway|hwy|county road|state road|state route|state highway|us highway|rural route|route|rr)\s+[a-z0-9]{1,4}\b",
    re.IGNORECASE,
)
_ZIP = re.compile(r"(?<![\d$.,/#-])(?:6[0-2]\d{3}|63[0-9]\d{2}|64\d{3}|65[0-8]\d{2})(?:-\d{4})?(?![\d,.%]*\d|-\d)")
_STATE_ZIP = re.compile(r"\b(?:mo|missouri|il|illinois|ks|kansas)\.?,?\s+\d{5}\b", re.IGNORECASE)
_POINT = re.compile(r"\b(?:3[6-9]|4[0-2])\.\d{3,}\W+-(?:8[7-9]|9[0-6])\.\d{3,}")


def withheld_places_stay_out_of_texts(entry: Entry) -> Iterator[Problem]:
    """No street, ZIP code or map point stands in any text of a listing whose place is withheld."""
    if not isinstance(entry.listing.location, WithheldPlace):
        return
    for path, node, text in texts_of(entry.node):
        if path.endswith("url") or path in ("website", "text", "id") or path.endswith(".number"):
            continue
        for pattern, what in ((_STREET, "a street address"), (_ROUTE, "a street address"), (_STATE_ZIP, "a ZIP code"),
                              (_ZIP, "a ZIP code"), (_POINT, "a point on the map")):  # fmt: skip
            if found := pattern.search(text):
                yield Problem(entry.file, _line_of(node, text, found.start()), node.start_mark.column + 1, path,
                              f"'{found.group()}' looks like {what}, and the place is withheld: delete it; "
                              "if it was published by mistake, follow 'After a mistake' in CONTRIBUTING.md")  # fmt: skip
                break


def _line_of(node: yaml.Node, text: str, start: int) -> int:
    return int(node.start_mark.line) + 1


# Dates and sources

def dates_are_past(entry: Entry, today: date) -> Iterator[Problem]:
    """No date lies in the future."""
    confirmed = entry.listing.confirmed
    dates = [("confirmed.on", confirmed.on if confirmed else None)]
    dates += [(f"sources[{n}].published", s.published) for n, s in enumerate(entry.listing.sources or ())]
    for where, day in dates:
        if day and day.first_day() > today:
            yield entry.problem(where, f"{day} lies in the future; write the date on the page or of the call, like {today}")


def sources_can_be_found(entry: Entry) -> Iterator[Problem]:
    """Each source has a link or a title."""
    for number, source in enumerate(entry.listing.sources or ()):
        if not source.url and not source.title:
            yield entry.problem(f"sources[{number}]", "needs a url, or a title where no public page can be linked")
