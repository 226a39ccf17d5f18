"""The gaps in the listings: what is told of each county and need agrees with a plain count, made in another way."""

from __future__ import annotations

from datetime import date
from itertools import product

from hypothesis import given
from hypothesis import strategies as st
from sample import listing

from guide.coverage import Cover, Coverage
from guide.gaps import COLUMNS, all_gaps, coverage_table
from guide.model import County, Guide

TODAY = date(2026, 11, 24)
SERVICES = ("emergency-shelter", "legal-aid", "transportation")
REGIONS = {"mo/a": "north", "mo/b": "north", "mo/c": "south", "mo/d": "south", "il/e": "metro-east"}
FILES = (*REGIONS, "mo", "il", "us")
AREAS = (*FILES, *sorted(set(REGIONS.values())))


@st.composite
def worlds(draw):
    """Five counties with some borders, and listings in any file that serve anything."""
    pairs = [pair for pair in product(REGIONS, REGIONS) if pair[0] < pair[1]]
    borders = draw(st.sets(st.sampled_from(pairs)))
    counties = [
        County(id=name, name=name, fips="29001", region=region,
               neighbors=tuple(other for other in REGIONS if (name, other) in borders or (other, name) in borders))
        for name, region in REGIONS.items()
    ]  # fmt: skip
    facts = st.tuples(st.sampled_from(FILES), st.lists(st.sampled_from(AREAS), unique=True, max_size=3),
                      st.lists(st.sampled_from(SERVICES), unique=True, min_size=1))  # fmt: skip
    listings = [listing(f"listing-{number}", area=area, serves=tuple(serves), services=tuple(services))
                for number, (area, serves, services) in enumerate(draw(st.lists(facts, max_size=8)))]  # fmt: skip
    return counties, borders, listings


def plainly(county, service, listings):
    """Count by the words of the legend, from each listing's own fields."""
    offering = [one for one in listings if service in one.services]
    if any(one.area == county for one in offering):
        return Cover.HERE
    if any(name in (county, REGIONS[county]) for one in offering for name in one.serves):
        return Cover.SERVES
    reaching = {name for one in offering for name in (one.serves or (one.area,))}
    return Cover.WIDE if reaching & {county.split("/")[0], "us"} else Cover.NOBODY


@given(worlds())
def test_each_cover_agrees_with_a_plain_count(world):
    counties, _, listings = world
    coverage = Coverage(counties, listings)
    for county, service in product(REGIONS, SERVICES):
        assert coverage.cover(county, [service]) is plainly(county, service, listings)


@given(worlds())
def test_a_need_is_covered_as_well_as_the_best_of_its_services(world):
    counties, _, listings = world
    coverage = Coverage(counties, listings)
    for county in REGIONS:
        assert coverage.cover(county, SERVICES) == min(plainly(county, service, listings) for service in SERVICES)


@given(worlds())
def test_the_nearest_counties_have_an_office_and_none_with_one_is_nearer(world):
    counties, borders, listings = world
    coverage = Coverage(counties, listings)
    away = {(one, other): 0 if one == other else 1 if {(one, other), (other, one)} & borders else 99
            for one, other in product(REGIONS, REGIONS)}  # fmt: skip
    for middle, one, other in product(REGIONS, REGIONS, REGIONS):  # Floyd and Warshall
        away[one, other] = min(away[one, other], away[one, middle] + away[middle, other])
    for county, service in product(REGIONS, SERVICES):
        offices = {one.area for one in listings if service in one.services} & set(REGIONS) - {county}
        reached = {office: away[county, office] for office in offices if away[county, office] < 99}
        nearest = min(reached.values(), default=0)
        assert coverage.nearest(county, [service]) == tuple(sorted(o for o, far in reached.items() if far == nearest))


def test_the_totals_are_the_sum_of_the_counties(guide: Guide):
    gaps = all_gaps(guide, Coverage(guide.counties, guide.listings))
    for survey in (*gaps.groups, *gaps.services):
        assert sum(survey.count(cover) for cover in Cover) == len(guide.counties)
        assert len(survey.gaps) == survey.count(Cover.WIDE) + survey.count(Cover.NOBODY)
        assert sum(all_ for _, all_, _ in survey.regions) == len(guide.counties)
        assert sum(without for *_, without in survey.regions) == len(survey.gaps)


def test_the_table_has_a_line_for_each_county_need_and_service(guide: Guide):
    gaps = all_gaps(guide, Coverage(guide.counties, guide.listings))
    head, *lines = coverage_table(guide, gaps, TODAY)
    assert head == COLUMNS
    services = [service for group in guide.groups for service in group.services]
    assert len(lines) == len(guide.counties) * (len(guide.groups) + len(services))
    assert len({(line[0], line[5], line[6]) for line in lines}) == len(lines)
