"""Who serves a county, in which tier, in which order; and what it has nobody for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from enum import IntEnum

from msgspec import Struct

from guide.model import County, Freshness, Listing


class Tier(IntEnum):
    """How near a listing is to a county; nearest first."""

    HERE = 0
    SERVES = 1
    STATEWIDE = 2
    NATIONAL = 3


class Cover(IntEnum):
    """The best that a county has for a need; best first."""

    HERE = 0
    """A listing has its office in the county."""
    SERVES = 1
    """None has, but one elsewhere names the county or its region as served."""
    WIDE = 2
    """Only statewide or national listings."""
    NOBODY = 3


class Age(IntEnum):
    """How fresh a listing's confirmation is on some day; freshest first."""

    CONFIRMED = 0
    DUE = 1
    UNCONFIRMED = 2
    """Old, or never confirmed."""


class Reached(Struct, frozen=True):
    """An area, and who has an office in it or says that it is served, in the guide's order."""

    area: str
    listings: tuple[Listing, ...]


class Offer(Struct, frozen=True):
    """A listing as one county sees it. `ask`: no source says that it serves this very county."""

    listing: Listing
    tier: Tier
    ask: bool


def tier_of(listing: Listing, county: County) -> Tier | None:
    """Tell how a listing serves a county; None where it does not."""
    if listing.area == county.id:
        return Tier.HERE
    serves = listing.serves or (listing.area,)
    if county.id in serves or county.region in serves:
        return Tier.SERVES
    if county.state in serves:
        return Tier.STATEWIDE
    return Tier.NATIONAL if "us" in serves else None


def says_it_serves(listing: Listing, county: County) -> bool:
    """Tell whether a source says that the listing serves the county."""
    return not _areas(county).isdisjoint(listing.serves)


def _areas(county: County) -> frozenset[str]:
    return frozenset((county.id, county.region, county.state, "us"))


def served_counties(listing: Listing, counties: Iterable[County]) -> tuple[County, ...]:
    """List the counties that a source says the listing serves."""
    reached = set(listing.serves)
    if not reached:
        return ()
    return tuple(county for county in counties if county.id in reached or county.region in reached
                 or county.state in reached or "us" in reached)  # fmt: skip


def age_of(listing: Listing, limits: Freshness, on: date) -> Age:
    """Tell how fresh the listing is on a day."""
    if not listing.confirmed:
        return Age.UNCONFIRMED
    days = (on - listing.confirmed.on.first_day()).days
    due, old = ((limits.crisis_due_after, limits.crisis_old_after) if listing.is_crisis_line
                else (limits.due_after, limits.old_after))  # fmt: skip
    return Age.CONFIRMED if days <= due else Age.DUE if days <= old else Age.UNCONFIRMED


class Ranking:
    """The order inside a tier: says it serves trafficking survivors, 24-hour line, confirmed, newer sources, name."""

    def __init__(self, listings: Iterable[Listing], limits: Freshness, on: date) -> None:
        ranked = sorted(
            listings,
            key=lambda listing: (
                not listing.trafficking,
                not listing.answers_all_day,
                age_of(listing, limits, on),
                _newest_first(listing),
                listing.name.casefold(),
                listing.id,
            ),
        )
        self.all = tuple(ranked)
        """Every listing, in this order."""
        self._offers: dict[str, tuple[Offer, ...]] = {}
        self._rank = {listing.id: rank for rank, listing in enumerate(ranked)}
        self._reaching: dict[str, list[Listing]] = defaultdict(list)
        for listing in ranked:
            self._reaching[listing.area].append(listing)
            for area in listing.serves:
                if area != listing.area:
                    self._reaching[area].append(listing)

    def ranks(self, listings: Iterable[Listing]) -> list[int]:
        """Give the places of some listings in the guide's order, 0 for the first."""
        return [self._rank[listing.id] for listing in listings]

    def reached(self, areas: Iterable[str]) -> tuple[Reached, ...]:
        """Give each of some areas with those who reach it."""
        return tuple(Reached(area, tuple(self._reaching.get(area, ()))) for area in areas)

    def reaching(self, areas: Iterable[str]) -> tuple[Listing, ...]:
        """List whose office is in one of some areas, or who says that they serve one, in the guide's order."""
        return self.sort(self._found(areas).values())

    def sort(self, listings: Iterable[Listing]) -> tuple[Listing, ...]:
        """Order listings of one tier."""
        return tuple(sorted(listings, key=lambda listing: self._rank[listing.id]))

    def offers(self, county: County) -> tuple[Offer, ...]:
        """List who serves a county: nearest tier first, and in each tier in the guide's order."""
        if county.id in self._offers:
            return self._offers[county.id]
        areas = _areas(county)
        offers = sorted((tier, self._rank[id_], listing) for id_, listing in self._found(areas).items()
                        if (tier := tier_of(listing, county)) is not None)  # fmt: skip
        found = tuple(Offer(listing, tier, areas.isdisjoint(listing.serves)) for tier, _, listing in offers)
        return self._offers.setdefault(county.id, found)

    def _found(self, areas: Iterable[str]) -> Mapping[str, Listing]:
        return {listing.id: listing for area in areas for listing in self._reaching.get(area, ())}


def _newest_first(listing: Listing) -> int:
    newest = listing.newest_source
    return -(newest.year * 10_000 + newest.month * 100 + newest.day) if newest else 0


class Coverage:
    """What each county has of each kind of help. A need is named by the services that answer it."""

    def __init__(self, counties: Collection[County], listings: Iterable[Listing]) -> None:
        self._neighbors = {county.id: county.neighbors for county in counties}
        self._covers = _covers(counties, listings)
        self._rings: dict[str, tuple[frozenset[str], ...]] = {}
        self._having: dict[tuple[str, ...], frozenset[str]] = {}

    def cover(self, county: str, services: Iterable[str]) -> Cover:
        """Give the best that a county has for any of the services."""
        covers = self._covers[county]
        return min((covers.get(service, Cover.NOBODY) for service in services), default=Cover.NOBODY)

    def nearest(self, county: str, services: Collection[str]) -> tuple[str, ...]:
        """List the counties with an office for any of the services that are fewest borders away; none where none has."""
        having = self._offices(tuple(services))
        return next((tuple(sorted(found)) for ring in self._around(county) if (found := ring & having)), ())

    def _offices(self, services: tuple[str, ...]) -> frozenset[str]:
        if services not in self._having:
            self._having[services] = frozenset(one for one in self._covers if self.cover(one, services) is Cover.HERE)
        return self._having[services]

    def _around(self, county: str) -> tuple[frozenset[str], ...]:
        """Give the counties that are one border away, those that are two, and so on."""
        if county not in self._rings:
            rings, seen = [frozenset((county,))], {county}
            while rings[-1]:
                rings.append(frozenset(near for one in rings[-1] for near in self._neighbors[one] if near not in seen))
                seen |= rings[-1]
            self._rings[county] = tuple(rings[1:])
        return self._rings[county]


def _covers(counties: Iterable[County], listings: Iterable[Listing]) -> dict[str, dict[str, Cover]]:
    """Give the best that each county has for each service, by what is offered in each area and to it: `tier_of`, for many."""
    offered_in: dict[str, set[str]] = defaultdict(set)
    offered_to: dict[str, set[str]] = defaultdict(set)
    for listing in listings:
        offered_in[listing.area].update(listing.services)
        for area in listing.serves or (listing.area,):
            offered_to[area].update(listing.services)
    return {
        county.id: {
            **dict.fromkeys(offered_to[county.state] | offered_to["us"], Cover.WIDE),
            **dict.fromkeys(offered_to[county.id] | offered_to[county.region], Cover.SERVES),
            **dict.fromkeys(offered_in[county.id], Cover.HERE),
        }
        for county in counties
    }
