"""Who serves a county, in which tier, in which order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from guide.model import County, Freshness, Listing


class Tier(IntEnum):
    """How near a listing is to a county; nearest first."""

    HERE = 0
    SERVES = 1
    STATEWIDE = 2
    NATIONAL = 3


class Age(IntEnum):
    """How fresh a listing's confirmation is on some day; freshest first."""

    CONFIRMED = 0
    DUE = 1
    UNCONFIRMED = 2
    """Old, or never confirmed."""


@dataclass(frozen=True, slots=True)
class Offer:
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
    return not {county.id, county.region, county.state, "us"}.isdisjoint(listing.serves)


def served_counties(listing: Listing, counties: Iterable[County]) -> tuple[County, ...]:
    """List the counties that a source says the listing serves."""
    return tuple(county for county in counties if says_it_serves(listing, county))


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
        self._rank = {listing.id: rank for rank, listing in enumerate(ranked)}
        self._reaching: dict[str, list[Listing]] = defaultdict(list)
        for listing in ranked:
            for area in {listing.area, *listing.serves}:
                self._reaching[area].append(listing)

    def rank(self, listing: Listing) -> int:
        """Give the listing's place in the guide's order, 0 for the first."""
        return self._rank[listing.id]

    def sort(self, listings: Iterable[Listing]) -> tuple[Listing, ...]:
        """Order listings of one tier."""
        return tuple(sorted(listings, key=lambda listing: self._rank[listing.id]))

    def offers(self, county: County) -> tuple[Offer, ...]:
        """List who serves a county: nearest tier first, and in each tier in the guide's order."""
        reaching = {
            listing.id: listing
            for area in (county.id, county.region, county.state, "us")
            for listing in self._reaching.get(area, ())
        }
        offers = [
            Offer(listing, tier, not says_it_serves(listing, county))
            for listing in reaching.values()
            if (tier := tier_of(listing, county)) is not None
        ]
        return tuple(sorted(offers, key=lambda offer: (offer.tier, self._rank[offer.listing.id])))


def _newest_first(listing: Listing) -> tuple[int, int, int]:
    newest = listing.newest_source
    return (-newest.year, -newest.month, -newest.day) if newest else (0, 0, 0)
