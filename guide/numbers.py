"""What the page about the data counts: how fresh the listings are, and where."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from guide.coverage import Age, age_of
from guide.model import County, Guide, Listing

STATES_OF_AGE = ("Confirmed", "Due", "Old", "Never")
_CONFIRMED = {Age.CONFIRMED: "Confirmed", Age.DUE: "Due", Age.UNCONFIRMED: "Old"}


class Row(Struct, frozen=True):
    """A region, or how wide a listing works: its listings, of them with a phone, of them serving trafficking survivors."""

    name: str
    listings: int
    with_phone: int
    trafficking: int
    ages: tuple[int, ...]
    """How many are confirmed, due, old, never asked, in the order of `STATES_OF_AGE`."""


class Numbers(Struct, frozen=True):
    """The counts, on the day of an edition."""

    rows: tuple[Row, ...]
    whole: Row
    """The same of all listings."""
    source_years: tuple[tuple[str, int], ...]
    counties_without: tuple[County, ...]


def numbers_of(guide: Guide, edition: date) -> Numbers:
    """Count the listings of a guide by region, and all of them."""
    names = {region.id: region.name for region in guide.regions.regions}
    region_of = {county.id: names[county.region] for county in guide.counties}
    widths = {"mo": "Missouri, statewide", "il": "Illinois, statewide", "us": "National"}
    by_name: dict[str, list[Listing]] = defaultdict(list, {name: [] for name in names.values()})
    for listing in guide.listings:
        by_name[region_of.get(listing.area) or widths[listing.area]].append(listing)
    with_some = {listing.area for listing in guide.listings}
    years = Counter(str(newest.year) if (newest := listing.newest_source) else "not known" for listing in guide.listings)
    rows = tuple(_row(name, some, guide, edition) for name, some in by_name.items())
    return Numbers(
        rows=rows,
        whole=Row("All", sum(row.listings for row in rows), sum(row.with_phone for row in rows),
                  sum(row.trafficking for row in rows), tuple(map(sum, zip(*(row.ages for row in rows), strict=True)))),
        source_years=tuple(sorted(years.items(), reverse=True)),
        counties_without=tuple(county for county in guide.counties if county.id not in with_some),
    )  # fmt: skip


def _row(name: str, listings: Sequence[Listing], guide: Guide, edition: date) -> Row:
    limits = guide.site.freshness
    ages = Counter(_CONFIRMED[age_of(one, limits, edition)] if one.confirmed else "Never" for one in listings)
    return Row(name, len(listings), sum(bool(one.phones) for one in listings), sum(one.trafficking for one in listings),
               tuple(ages[age] for age in STATES_OF_AGE))  # fmt: skip
