"""Which counties a ZIP code or a city lies in, and the rule that a listing's place fits its file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from guide.model import AreaPlace, County, Listing, PublicPlace, ZipCode
from guide.problems import Problem
from guide.reading import Entry
from guide.words import words


class Places:
    """Which counties a ZIP code or a city lies in. Without counties nothing is known to lie anywhere."""

    def __init__(self, counties: Iterable[County], zip_codes: Iterable[ZipCode]) -> None:
        self.counties = {county.id: county for county in counties}
        self.county_of_zip: dict[str, str] = {}
        self.counties_of_city: dict[tuple[str, str], set[str]] = defaultdict(set)
        for place in zip_codes:
            self.county_of_zip[place.zip] = place.county
            for city in (place.city, *place.also_known_as):
                self.counties_of_city[place.county[:2], _plain_city(city)].add(place.county)


def places_lie_in_their_county(entry: Entry[Listing], places: Places) -> Iterator[Problem]:
    """A shown ZIP code or city lies in the county of the listing's file, or next to it.

    The list of ZIP codes knows one county for each ZIP code, and a ZIP code can cross the line; so neighbors pass.
    """
    county = places.counties.get(entry.record.area)
    location = entry.record.location
    if not county or not isinstance(location, PublicPlace | AreaPlace):
        return
    near = {county.id, *county.neighbors}
    found = places.county_of_zip.get((location.zip or "")[:5]) if isinstance(location, PublicPlace) else None
    if isinstance(location, PublicPlace) and found and found not in near:
        yield entry.problem("location.zip", _elsewhere(f"ZIP code {location.zip}", [places.counties[found]], county))
    lies_in = places.counties_of_city.get((county.state, _plain_city(location.city or "")), set())
    if location.city and lies_in and not lies_in & near:
        where = [places.counties[one] for one in sorted(lies_in)]
        yield entry.problem("location.city", _elsewhere(location.city, where, county))


def _elsewhere(what: str, lies_in: Iterable[County], county: County) -> str:
    names = list(lies_in)
    return (f"{what} lies in {' or '.join(c.full_name for c in names)}, not in or next to {county.full_name}; mend it, or "
            f"move the listing to data/resources/{names[0].id}.yaml")  # fmt: skip


def _plain_city(name: str) -> str:
    return " ".join(words(name, {"st": "saint", "ste": "sainte"}))
