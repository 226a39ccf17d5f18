"""The gaps in the listings, as the pages and the CSV tell them: each need in each county, and the totals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from msgspec import Struct
from msgspec.msgpack import encode

from guide.coverage import Cover, Coverage
from guide.kept import digest
from guide.model import County, Guide

COVER_NAMES = {Cover.HERE: "here", Cover.SERVES: "serves it", Cover.WIDE: "statewide only", Cover.NOBODY: "nobody listed"}
NEAR = (Cover.HERE, Cover.SERVES)


class Gap(Struct, frozen=True):
    """A county with nobody near for a need, and the nearest counties that have an office for it."""

    county: str
    cover: Cover
    nearest: tuple[str, ...]


class Survey(Struct, frozen=True):
    """One need over all counties. `id` is a service, or a group of services."""

    id: str
    label: str
    services: tuple[str, ...]
    covers: tuple[tuple[str, Cover], ...]
    """County → the best that it has, in the guide's order of counties."""
    gaps: tuple[Gap, ...]
    regions: tuple[tuple[str, int, int], ...]
    """Region, its counties, and how many of them have nobody near."""

    def count(self, cover: Cover) -> int:
        """Count the counties for which this is the best."""
        return sum(one is cover for _, one in self.covers)

    def with_cover(self, cover: Cover) -> tuple[str, ...]:
        """List the counties for which this is the best."""
        return tuple(county for county, one in self.covers if one is cover)


def survey(guide: Guide, coverage: Coverage, need: str, label: str, services: Sequence[str]) -> Survey:
    """Look at one need in every county."""
    covers = tuple((county.id, coverage.cover(county.id, services)) for county in guide.counties)
    gaps = tuple(Gap(county, cover, coverage.nearest(county, services)) for county, cover in covers if cover not in NEAR)
    without, all_counties = Counter[str](), Counter[str]()
    missing = {gap.county for gap in gaps}
    for county in guide.counties:
        all_counties[county.region] += 1
        without[county.region] += county.id in missing
    regions = tuple((region.id, all_counties[region.id], without[region.id]) for region in guide.regions.regions)
    return Survey(need, label, tuple(services), covers, gaps, regions)


class Gaps(Struct, frozen=True):
    """Every group of services, and every service, in every county."""

    groups: tuple[Survey, ...]
    services: tuple[Survey, ...]
    nearest: Mapping[tuple[str, str], tuple[str, ...]]
    """Service and county, where nobody is near → the nearest counties with an office."""

    def of(self, need: str) -> Survey:
        """Give the survey of a service."""
        return next(one for one in self.services if one.id == need)

    def rows(self, counties: Sequence[County]) -> tuple[tuple[County, tuple[Cover, ...]], ...]:
        """Give the table of some counties: each with its cover for each group."""
        by_group = [dict(group.covers) for group in self.groups]
        return tuple((county, tuple(covers[county.id] for covers in by_group)) for county in counties)


def all_gaps(guide: Guide, coverage: Coverage) -> Gaps:
    """Look at every need in every county."""
    groups = tuple(survey(guide, coverage, group.id, group.label, [service.id for service in group.services])
                   for group in guide.groups)  # fmt: skip
    services = tuple(survey(guide, coverage, service.id, service.label, [service.id])
                     for group in guide.groups for service in group.services)  # fmt: skip
    return Gaps(groups, services, {(one.id, gap.county): gap.nearest for one in services for gap in one.gaps})


def told_of(guide: Guide) -> bytes:
    """Give a number that stands for all that the gaps hang on, but for the counties and the names of services."""
    return digest(encode([(one.area, one.serves, one.services) for one in guide.listings]))


COLUMNS = ("county_id", "fips", "county", "state", "region", "need", "kind_of_help", "best", "nearest_counties_with_an_office",
           "edition")  # fmt: skip


def coverage_table(guide: Guide, gaps: Gaps, edition: date) -> Iterator[tuple[str, ...]]:
    """Give the lines of `coverage.csv`, the names of its columns first: a line for each county, need and kind of help."""
    names = {county.id: county.full_name for county in guide.counties}
    regions = {region.id: region.name for region in guide.regions.regions}
    need_of = {service.id: group.label for group in guide.groups for service in group.services}
    surveys = [(one.label, "", one) for one in gaps.groups] + [(need_of[one.id], one.label, one) for one in gaps.services]
    nearest = {(one.id, gap.county): gap.nearest for _, _, one in surveys for gap in one.gaps}
    yield COLUMNS
    for position, county in enumerate(guide.counties):
        for need, kind, one in surveys:
            yield (county.id, county.fips, county.name, county.state.upper(), regions[county.region], need, kind,
                   COVER_NAMES[one.covers[position][1]],
                   "; ".join(names[near] for near in nearest.get((one.id, county.id), ())), edition.isoformat())  # fmt: skip
