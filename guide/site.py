"""The site map: every page's address, title, template, and the facts that its template is given."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from guide.coverage import Age, Offer, Ranking, Tier, age_of, says_it_serves, served_counties
from guide.drawing import Maps
from guide.loading import STATES
from guide.model import (
    AreaPlace,
    ClosedListing,
    County,
    Guide,
    Listing,
    PublicPlace,
    Region,
    Service,
    ServiceGroup,
    Term,
)  # fmt: skip

SHOWN_BEFORE_FOLD = 5


@dataclass(frozen=True, slots=True)
class Page:
    """One page: where it stands, what it is called, and what its template is given."""

    address: str
    template: str
    title: str
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Shared:
    """What every page's template is given."""

    guide: Guide
    edition: date
    services: Mapping[str, Service]
    people: Mapping[str, Term]
    languages: Mapping[str, Term]
    counties: Mapping[str, County]
    regions: Mapping[str, Region]
    maps: Maps
    ranking: Ranking

    def counties_of(self, region: str) -> tuple[str, ...]:
        """List the ids of a region's counties."""
        return tuple(county.id for county in self.guide.counties if county.region == region)

    def area_name(self, area: str) -> str:
        """Name a county, region, state or the nation, as a reader says it."""
        if area in self.counties:
            return self.counties[area].full_name
        if area in self.regions:
            name = self.regions[area].name
            return name if area == "metro-east" else f"{name} region"
        return {"us": "the whole country", "mo": "all of Missouri", "il": "all of Illinois"}[area]

    def office(self, listing: Listing) -> str:
        """Say where a listing's office is, as exactly as it may be told."""
        city = listing.location.city if isinstance(listing.location, PublicPlace | AreaPlace) else None
        county = self.counties[listing.area].full_name if listing.area in self.counties else ""
        state = {"mo": "Missouri", "il": "Illinois"}.get(listing.area[:2], "")
        if listing.area == "us":
            return city or "National"
        return ", ".join(part for part in (city, county or state) if part)


@dataclass(frozen=True, slots=True)
class Section:
    """Offers under one heading of a county page: what shows at once, and what folds away; each by tier."""

    id: str
    label: str
    count: int
    shown: tuple[tuple[Tier, tuple[Offer, ...]], ...]
    folded: tuple[tuple[Tier, tuple[Offer, ...]], ...]
    folded_count: int
    line: str = ""


@dataclass(frozen=True, slots=True)
class Need:
    """A group of services on a county page, and which of its services nobody offers."""

    group: ServiceGroup
    sections: tuple[Section, ...]
    missing: tuple[Service, ...]


def shared_facts(guide: Guide, edition: date) -> Shared:
    """Gather what every page's template is given."""
    return Shared(
        guide=guide,
        edition=edition,
        services={service.id: service for group in guide.groups for service in group.services},
        people={term.id: term for term in guide.people},
        languages={term.id: term for term in guide.languages},
        counties={county.id: county for county in guide.counties},
        regions={region.id: region for region in guide.regions.regions},
        maps=Maps(guide.shapes),
        ranking=Ranking(guide.listings, guide.site.freshness, edition),
    )


def pages(shared: Shared) -> Iterator[Page]:
    """List every page of the site."""
    guide = shared.guide
    ranking = shared.ranking
    yield Page("index.html", "home.html", "", {"here": Counter(listing.area for listing in guide.listings)})
    yield Page("counties.html", "counties.html", "Counties", {"letters": _by_letter(guide.counties)})
    yield Page("services.html", "services.html", "Kinds of help",
               {"counts": Counter(service for listing in guide.listings for service in listing.services)})  # fmt: skip
    yield Page("listings.html", "listings.html", "All listings, A to Z", {"letters": _by_letter(guide.listings)})
    yield Page("data.html", "data.html", "The data", {"numbers": _numbers(shared)})
    yield Page("search.html", "search.html", "Search", {})
    yield Page("404.html", "404.html", "Page not found", {})
    for county in guide.counties:
        yield _county_page(shared, ranking, county)
    for region in guide.regions.regions:
        yield _region_page(shared, ranking, region)
    for group in guide.groups:
        for service in group.services:
            yield _service_page(shared, ranking, group, service)
    for listing in guide.listings:
        yield _listing_page(shared, listing)
    for closed in guide.closed:
        yield _closed_page(closed)
    for article in guide.articles:
        yield Page(f"{article.name}.html", "article.html", article.head.title, {"article": article})


def _county_page(shared: Shared, ranking: Ranking, county: County) -> Page:
    offers = ranking.offers(county)
    by_service: dict[str, list[Offer]] = defaultdict(list)
    for offer in offers:
        for service in offer.listing.services:
            by_service[service].append(offer)
    needs = tuple(
        Need(
            group,
            tuple(_section(service.id, service.label, by_service[service.id], service.line)
                  for service in group.services if by_service.get(service.id)),
            tuple(service for service in group.services if not by_service.get(service.id)),
        )
        for group in shared.guide.groups
    )
    facts = {
        "county": county,
        "region": shared.regions[county.region],
        "neighbors": tuple(shared.counties[neighbor] for neighbor in county.neighbors),
        "trafficking": _section("trafficking", "Says it serves trafficking survivors",
                                [offer for offer in offers if offer.listing.trafficking]),
        "needs": needs,
        "here": sum(offer.tier is Tier.HERE for offer in offers),
        "total": len(offers),
    }
    return Page(f"{county.id}.html", "county.html", county.full_name, facts)


def _section(slug: str, label: str, offers: Sequence[Offer], line: str = "") -> Section:
    # one listing more than the fold is not worth a click
    cut = SHOWN_BEFORE_FOLD if len(offers) > SHOWN_BEFORE_FOLD + 1 else len(offers)
    return Section(slug, label, len(offers), _tiers(offers[:cut]), _tiers(offers[cut:]), len(offers) - cut, line)


def _tiers(offers: Sequence[Offer]) -> tuple[tuple[Tier, tuple[Offer, ...]], ...]:
    return tuple((tier, tuple(same)) for tier, same in groupby(offers, key=lambda offer: offer.tier))


def _region_page(shared: Shared, ranking: Ranking, region: Region) -> Page:
    guide = shared.guide
    counties = tuple(county for county in guide.counties if county.region == region.id)
    ids = {county.id for county in counties}
    inside = [listing for listing in guide.listings if listing.area in ids or ids & set(listing.serves)
              or region.id in listing.serves]  # fmt: skip
    facts = {
        "region": region,
        "counties": counties,
        "here": Counter(listing.area for listing in guide.listings),
        "trafficking": ranking.sort(listing for listing in inside if listing.trafficking),
        "whole": ranking.sort(listing for listing in inside if region.id in listing.serves),
        "crisis": ranking.sort(listing for listing in inside if listing.is_crisis_line and not listing.trafficking),
        "services": Counter(service for listing in inside for service in listing.services),
        "offices": {service for listing in guide.listings if listing.area in ids for service in listing.services},
    }
    return Page(f"regions/{region.id}.html", "region.html", _capital(shared.area_name(region.id)), facts)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _service_page(shared: Shared, ranking: Ranking, group: ServiceGroup, service: Service) -> Page:
    listings = ranking.sort(listing for listing in shared.guide.listings if service.id in listing.services)
    wide = tuple(listing for listing in listings if listing.area in (*STATES, "us") or {"us", *STATES} & set(listing.serves))
    regions = []
    for region in shared.guide.regions.regions:
        counties = []
        for county in shared.guide.counties:
            here = tuple(listing for listing in listings if listing.area == county.id)
            if county.region == region.id and here:
                counties.append((county, here))
        if counties:
            regions.append((region, tuple(counties), sum(len(here) for _, here in counties)))
    facts = {"service": service, "group": group, "wide": wide, "regions": tuple(regions), "total": len(listings)}
    return Page(f"services/{service.id}.html", "service.html", service.label, facts)


def _listing_page(shared: Shared, listing: Listing) -> Page:
    served = served_counties(listing, shared.guide.counties)
    county = shared.counties.get(listing.area)
    facts = {
        "listing": listing,
        "county": county,
        "served": tuple(county.id for county in served),
        "whole": tuple(area for area in listing.serves if area not in shared.counties),
        "named": tuple(shared.counties[area] for area in listing.serves if area in shared.counties),
        "ask": not listing.serves,
        "ask_home": bool(county and listing.serves and not says_it_serves(listing, county)),
    }
    return Page(f"listings/{listing.id}.html", "listing.html", listing.name, facts)


def _closed_page(closed: ClosedListing) -> Page:
    return Page(f"listings/{closed.id}.html", "closed.html", closed.name, {"closed": closed})


def _by_letter(things: Sequence[Any]) -> tuple[tuple[str, tuple[Any, ...]], ...]:
    """Group things by the first letter of their names; what begins with no letter comes first, under '0-9'."""

    def letter(thing: Any) -> str:
        first: str = thing.name[0].upper()
        return first if first.isalpha() else "0-9"

    ordered = sorted(things, key=lambda thing: (letter(thing), thing.name.casefold(), thing.id))
    return tuple((first, tuple(same)) for first, same in groupby(ordered, key=letter))


@dataclass(frozen=True, slots=True)
class Numbers:
    """What the data page counts."""

    listings: int
    by_area: tuple[tuple[str, int, int, int], ...]
    """Region or width, listings, of them with a phone, of them serving trafficking survivors."""
    ages: tuple[tuple[str, int], ...]
    source_years: tuple[tuple[str, int], ...]
    counties_without: tuple[County, ...]


def _numbers(shared: Shared) -> Numbers:
    guide = shared.guide
    region_of = {county.id: shared.regions[county.region].name for county in guide.counties}
    widths = {"mo": "Missouri, statewide", "il": "Illinois, statewide", "us": "National"}
    by_area: dict[str, list[Listing]] = {region.name: [] for region in guide.regions.regions}
    for listing in guide.listings:
        by_area.setdefault(region_of.get(listing.area) or widths[listing.area], []).append(listing)
    ages = Counter(
        "Never confirmed" if not listing.confirmed else
        {Age.CONFIRMED: "Confirmed", Age.DUE: "Due to be confirmed again", Age.UNCONFIRMED: "Confirmed long ago"}[
            age_of(listing, guide.site.freshness, shared.edition)]
        for listing in guide.listings
    )  # fmt: skip
    years = Counter(str(newest.year) if (newest := listing.newest_source) else "not known" for listing in guide.listings)
    return Numbers(
        listings=len(guide.listings),
        by_area=tuple((name, len(some), sum(bool(one.phones) for one in some), sum(one.trafficking for one in some))
                      for name, some in by_area.items()),
        ages=tuple((name, ages[name]) for name in
                   ("Confirmed", "Due to be confirmed again", "Confirmed long ago", "Never confirmed")),
        source_years=tuple(sorted(years.items(), reverse=True)),
        counties_without=tuple(c for c in guide.counties if not any(one.area == c.id for one in guide.listings)),
    )  # fmt: skip
