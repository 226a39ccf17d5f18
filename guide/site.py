"""The site map: every page's address, title, template, and the facts that its template is given."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain, groupby
from operator import itemgetter
from typing import Any

from msgspec import Struct

from guide.charts import chart, in_words, with_figures
from guide.chronicle import COUNTED, Chronicle
from guide.corrections import Corrections
from guide.coverage import Offer, Tier, says_it_serves, served_counties
from guide.discreet import Discreet
from guide.exports.download import Download
from guide.gaps import Survey
from guide.loading import STATES
from guide.model import (
    Article,
    ClosedListing,
    County,
    Figure,
    Guide,
    Listing,
    Region,
    Service,
    ServiceGroup,
)  # fmt: skip
from guide.numbers import numbers_of
from guide.once import blocks
from guide.shared import Row, Shared

SHOWN_BEFORE_FOLD = 5
LISTINGS_TOGETHER = 8
"""Listings at most whose pages are made together: to make some in vain is quicker than to ask of each whether it must be."""


class Page(Struct, frozen=True):
    """One page: where it stands, what it is called, and what its template is given.

    It is made of its facts, and of what all pages share. What is worked out from both takes its time, and is therefore worked
    out only where the page is rendered.
    """

    address: str
    template: str
    title: str
    facts: Mapping[str, Any]
    worked_out: Callable[[], Mapping[str, Any]] = dict


class Chapter(Struct, frozen=True):
    """Pages that are listed when they are needed.

    As long as what it is made of is the same, all its pages are; None where only the pages themselves can tell.
    """

    name: str
    pages: Callable[[], Iterator[Page]]
    made_of: Callable[[], object] | None = None


class Section(Struct, frozen=True):
    """Offers under one heading of a county page: what shows at once, and what folds away; each by tier."""

    id: str
    label: str
    count: int
    shown: tuple[tuple[Tier, tuple[Offer, ...]], ...]
    folded: tuple[tuple[Tier, tuple[Offer, ...]], ...]
    folded_count: int
    line: str = ""


class Need(Struct, frozen=True):
    """A group of services on a county page, and which of its services nobody offers."""

    group: ServiceGroup
    sections: tuple[Section, ...]
    missing: tuple[Service, ...]


def data_page(shared: Shared, downloads: Sequence[Download] = ()) -> Page:
    """Make the page about the data; `downloads` are the files that the site offers."""
    facts = {"numbers": numbers_of(shared.guide, shared.edition), "downloads": downloads}
    return Page("data.html", "data.html", "The data", facts)


def pages(shared: Shared, changed: Chronicle | None = None) -> Iterator[Page]:
    """List every page of the site but that about the data; `changed` is what is known of its history."""
    together = chain.from_iterable(chapters(shared, changed))
    return chain(*(chapter.pages() for chapter in together), listing_pages(shared, shared.guide.listings))


def chapters(shared: Shared, changed: Chronicle | None = None) -> Iterator[Sequence[Chapter]]:
    """Deal all but the listings' pages into chapters, those with the same cards together.

    First comes what takes longest if one listing changed.
    """
    guide = shared.guide
    counts = Counter(service for listing in guide.listings for service in listing.services)
    yield (Chapter("front", partial(_front_pages, shared, changed, counts)),)
    for region in guide.regions.regions:
        yield tuple(_chapters_of_region(shared, region))
    yield tuple(_chapters_of_services(shared))
    yield (Chapter("articles", partial(_article_pages, shared, counts)),)
    yield (Chapter("closed", partial(_closed_pages, shared)),)


def _front_pages(shared: Shared, changed: Chronicle | None, counts: Mapping[str, int]) -> Iterator[Page]:
    guide = shared.guide
    yield Page("index.html", "home.html", "", {"here": Counter(listing.area for listing in guide.listings)})
    yield Page("counties.html", "counties.html", "Counties", {"letters": _by_letter(guide.counties)})
    yield Page("services.html", "services.html", "Kinds of help",
               {"counts": counts})  # fmt: skip
    rows = list(map(shared.row, guide.listings))
    yield Page("listings.html", "listings.html", "All listings, A to Z", {"rows": rows, "total": len(rows)},
               lambda: {"letters": _by_letter(rows)})  # fmt: skip
    yield Page("search.html", "search.html", "Search", {})
    yield Page("coverage.html", "coverage.html", "Gaps in the listings",
               {"gaps": shared.gaps, "table": shared.gaps.rows(guide.counties), "total": len(guide.listings)})  # fmt: skip
    yield Page("reports.html", "reports.html", "Reports", {"reports": _reports(guide.articles)})
    yield Page("sheet.html", "sheet.html", "Sheet", {})
    yield Page("changes.html", "changes.html", "What changed", {"chronicle": changed or Chronicle(), "counted": COUNTED})
    yield Page("404.html", "404.html", "Page not found", {})
    yield Page("measures.html", "neutral.html", "", {})


def _chapters_of_region(shared: Shared, region: Region) -> Iterator[Chapter]:
    areas = *shared.counties_of(region.id), region.id
    yield Chapter(region.id, partial(_alone, _region_page, shared, region), partial(_made_of, shared, areas))
    for county in shared.guide.counties:
        if county.region == region.id:
            areas = county.id, region.id, county.state, "us"
            yield Chapter(county.id, partial(_alone, county_page, shared, county), partial(_made_of, shared, areas))


def _made_of(shared: Shared, areas: Sequence[str]) -> object:
    return shared.ranking.reached(areas), shared.gaps


def _alone(page: Callable[..., Page], *facts: object) -> Iterator[Page]:
    yield page(*facts)


def _chapters_of_services(shared: Shared) -> Iterator[Chapter]:
    offering: dict[str, list[Listing]] = defaultdict(list)
    for listing in shared.ranking.all:
        for name in listing.services:
            offering[name].append(listing)
    for group in shared.guide.groups:
        for service in group.services:
            listings = offering[service.id]
            yield Chapter(f"services/{service.id}", partial(_alone, _service_page, shared, group, service, listings),
                          partial(_made_of_service, shared, service, listings))  # fmt: skip


def _made_of_service(shared: Shared, service: Service, listings: Sequence[Listing]) -> object:
    return listings, shared.gaps.of(service.id)


def listings_together(guide: Guide) -> tuple[Sequence[Listing], ...]:
    """Deal the listings into those whose pages are made together."""
    return tuple(blocks(guide.listings, LISTINGS_TOGETHER))


def made_of_listings(shared: Shared, listings: Sequence[Listing]) -> Sequence[object]:
    """Give what the pages of some listings hang on: them, each one's line in its file, and whether another bears its name."""
    lines = shared.guide.lines
    return listings, [lines.get(one.id) for one in listings], [one.name in shared.namesakes for one in listings]


def listing_pages(shared: Shared, listings: Iterable[Listing]) -> Iterator[Page]:
    """Make the pages of some listings."""
    discreet = Discreet(shared.guide.site.telling)
    for listing in listings:
        office = _capital(shared.office(listing))
        title = discreet.listing(listing, office)
        yield _listing_page(shared, listing, f"{title}, {office}" if listing.name in shared.namesakes else title)


def _article_pages(shared: Shared, counts: Mapping[str, int]) -> Iterator[Page]:
    for article in shared.guide.articles:
        yield _article_page(shared, article, counts)


def _closed_pages(shared: Shared) -> Iterator[Page]:
    discreet = Discreet(shared.guide.site.telling)
    for closed in shared.guide.closed:
        yield _closed_page(closed, "Closed" if discreet.tells(closed.name) else closed.name)


def county_page(shared: Shared, county: County) -> Page:
    """Make the page of a county: who serves it, need by need."""
    offers = shared.ranking.offers(county)
    offered = {service for offer in offers for service in offer.listing.services}
    nearest = {service: shared.gaps.nearest[service, county.id] for service in shared.services if service not in offered}
    facts = {"county": county, "offers": offers, "nearest": nearest}
    return Page(f"{county.id}.html", "county.html", county.full_name, facts, partial(_of_county, shared, county, offers))


def _of_county(shared: Shared, county: County, offers: Sequence[Offer]) -> Mapping[str, Any]:
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
    here = sum(offer.tier is Tier.HERE for offer in offers)
    return {
        "region": shared.regions[county.region],
        "neighbors": tuple(shared.counties[neighbor] for neighbor in county.neighbors),
        "trafficking": _section("trafficking", "Says it serves trafficking survivors",
                                [offer for offer in offers if offer.listing.trafficking]),
        "needs": needs,
        "here": here,
        "ways": Corrections(shared.guide).of_county(county.id, county.full_name, has_listings=here > 0),
        "total": len(offers),
    }


def _section(slug: str, label: str, offers: Sequence[Offer], line: str = "") -> Section:
    # one listing more than the fold is not worth a click
    cut = SHOWN_BEFORE_FOLD if len(offers) > SHOWN_BEFORE_FOLD + 1 else len(offers)
    return Section(slug, label, len(offers), _tiers(offers[:cut]), _tiers(offers[cut:]), len(offers) - cut, line)


def _tiers(offers: Sequence[Offer]) -> tuple[tuple[Tier, tuple[Offer, ...]], ...]:
    return tuple((tier, tuple(same)) for tier, same in groupby(offers, key=lambda offer: offer.tier))


def _region_page(shared: Shared, region: Region) -> Page:
    guide = shared.guide
    counties = tuple(county for county in guide.counties if county.region == region.id)
    ids = {county.id for county in counties}
    inside = shared.ranking.reaching((*ids, region.id))

    def rows(listings: Iterable[Listing]) -> tuple[Row, ...]:
        return tuple(map(shared.row, listings))

    facts = {
        "region": region,
        "counties": counties,
        "table": shared.gaps.rows(counties),
        "groups": shared.gaps.groups,
        "here": Counter(listing.area for listing in inside),
        "trafficking": rows(listing for listing in inside if listing.trafficking),
        "whole": rows(listing for listing in inside if region.id in listing.serves),
        "crisis": rows(listing for listing in inside if listing.is_crisis_line and not listing.trafficking),
        "services": Counter(service for listing in inside for service in listing.services),
        "offices": sorted({service for listing in inside if listing.area in ids for service in listing.services}),
    }
    return Page(f"regions/{region.id}.html", "region.html", _capital(shared.area_name(region.id)), facts)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _service_page(shared: Shared, group: ServiceGroup, service: Service, listings: Sequence[Listing]) -> Page:
    wide = tuple(shared.row(listing) for listing in listings
                 if listing.area in (*STATES, "us") or {"us", *STATES} & set(listing.serves))  # fmt: skip
    here: dict[str, list[Row]] = defaultdict(list)
    for listing in listings:
        here[listing.area].append(shared.row(listing))
    regions = []
    for region in shared.guide.regions.regions:
        counties = tuple((shared.counties[county], tuple(here[county]))
                         for county in shared.counties_of(region.id) if here[county])  # fmt: skip
        if counties:
            regions.append((region, counties, sum(len(some) for _, some in counties)))
    facts = {"service": service, "group": group, "wide": wide, "regions": tuple(regions), "total": len(listings),
             "survey": shared.gaps.of(service.id)}
    title = Discreet(shared.guide.site.telling).service(service)
    return Page(f"services/{service.id}.html", "service.html", title, facts)


def _reports(articles: Sequence[Article]) -> tuple[Article, ...]:
    reports = (article for article in articles if article.name.startswith("reports/"))
    return tuple(sorted(reports, key=lambda article: (article.head.order is None, article.head.order, article.head.title)))


class Drawn(Struct, frozen=True):
    """A figure with its drawing, its numbers in words, and what this guide lists today for each of its rows."""

    figure: Figure
    svg: str
    words: str
    today: tuple[tuple[Survey, int], ...]
    """For each kind of help that a row names: its survey and the number of its listings."""


def _article_page(shared: Shared, article: Article, counts: Mapping[str, int]) -> Page:
    placed = {figure.id: figure for figure in shared.guide.figures if figure.id in set(article.places)}
    today = {name: tuple((shared.gaps.of(service), counts[service]) for row in figure.values for service in row.services)
             for name, figure in placed.items()}  # fmt: skip

    def worked_out() -> Mapping[str, Any]:
        guide = shared.guide
        drawn = {name: Drawn(figure, chart(figure), in_words(figure), today[name]) for name, figure in placed.items()}
        return {"text": guide.prose[article.name], "figures": drawn, "with_figures": with_figures,
                "ways": Corrections(guide).of_text(article.name, article.head.title)}  # fmt: skip

    return Page(f"{article.name}.html", "article.html", article.head.title, {"article": article, "today": today}, worked_out)


def _listing_page(shared: Shared, listing: Listing, title: str) -> Page:
    facts = {"listing": listing, "line": shared.guide.lines.get(listing.id)}
    return Page(f"listings/{listing.id}.html", "listing.html", title, facts, partial(_of_listing, shared, listing))


def _of_listing(shared: Shared, listing: Listing) -> Mapping[str, Any]:
    served = served_counties(listing, shared.guide.counties)
    county = shared.counties.get(listing.area)
    return {
        "county": county,
        "served": tuple(county.id for county in served),
        "whole": tuple(area for area in listing.serves if area not in shared.counties),
        "named": tuple(shared.counties[area] for area in listing.serves if area in shared.counties),
        "ask": not listing.serves,
        "ways": Corrections(shared.guide).of_listing(listing, county.full_name if county else shared.area_name(listing.area)),
        "ask_home": bool(county and listing.serves and not says_it_serves(listing, county)),
    }


def _closed_page(closed: ClosedListing, title: str) -> Page:
    return Page(f"listings/{closed.id}.html", "closed.html", title, {"closed": closed})


def _by_letter(things: Sequence[Any]) -> tuple[tuple[str, tuple[Any, ...]], ...]:
    """Group things by the first letter of their names; what begins with no letter comes first, under '0-9'."""

    def letter(thing: Any) -> str:
        first: str = thing.name[0].upper()
        return first if first.isalpha() else "0-9"

    ordered = sorted((letter(thing), thing.name.casefold(), thing.id, thing) for thing in things)
    return tuple((first, tuple(thing for *_, thing in same)) for first, same in groupby(ordered, key=itemgetter(0)))
