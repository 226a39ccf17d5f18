"""The search puts the right listing first: a floor for the share of the queries for which it does."""

from __future__ import annotations

import pytest
from looking import Way
from playwright.sync_api import Browser

from guide.model import Guide
from tools.relevance import Outcome, ask_all, read_queries, score

QUERIES = read_queries()


@pytest.fixture(scope="module")
def outcomes(folder: Way, browser: Browser) -> list[Outcome]:
    page = browser.new_page()
    page.goto(folder("search.html"))
    found = list(ask_all(page, QUERIES))
    page.close()
    return found


def test_the_right_listing_is_first_or_among_the_first_three(outcomes: list[Outcome]):
    reached = score(outcomes)
    assert reached.success_at_3 >= 0.97
    assert reached.success_at_1 >= 0.90


def test_no_listing_that_must_not_be_there_is_among_the_first_ten(outcomes: list[Outcome]):
    assert [(one.query.text, one.wrong) for one in outcomes if one.wrong] == []


def test_a_query_without_an_answer_gives_no_error(outcomes: list[Outcome]):
    assert len(outcomes) == len(QUERIES)


def test_there_are_at_least_150_queries_and_each_names_listings_that_exist(guide: Guide):
    known = {one.id for one in guide.listings}
    assert len(QUERIES) >= 150
    assert {one for query in QUERIES for one in (*query.first, *query.never)} <= known


def test_every_service_and_every_region_is_asked_for(guide: Guide):
    asked = {one for query in QUERIES for one in query.first}
    listings = [one for one in guide.listings if one.id in asked]
    assert {service for one in listings for service in one.services} == {s.id for group in guide.groups for s in group.services}
    regions = {county.id: county.region for county in guide.counties}
    assert {regions[one.area] for one in listings if one.area in regions} == {region.id for region in guide.regions.regions}
