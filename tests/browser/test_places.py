"""Finding a county, on the map and by its name; with a keyboard alone."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from looking import CUT, DESK, FAINT, PHONE, SMALL, Way
from playwright.sync_api import Locator, Page, expect

from guide.model import Guide

PageOf = Callable[..., Page]
MAP = re.compile("map", re.IGNORECASE)


# The map

FOCUSED = """() => {
  const one = document.activeElement;
  const map = one.closest('svg');
  const shown = [...(map ? map.querySelectorAll('text') : [])].filter(text => text.checkVisibility());
  return {href: one.getAttribute('href'), name: one.getAttribute('aria-label'), shown: shown.map(text => text.textContent)};
}"""


@pytest.mark.parametrize("address", ["index.html", "counties.html"])
def test_every_county_of_the_map_is_reached_by_keyboard_and_tells_its_name(
        folder: Way, guide: Guide, page_of: PageOf, address: str) -> None:  # fmt: skip
    page = page_of(DESK)
    page.goto(folder(address))
    page.get_by_role("link", name=re.compile("skip the map", re.IGNORECASE)).focus()
    reached = []
    for _ in guide.counties:
        page.keyboard.press("Tab")
        reached.append(page.evaluate(FOCUSED))
    assert {one["href"]: one["name"] for one in reached} == {f"{county.id}.html": county.full_name for county in guide.counties}
    assert [one for one in reached if one["shown"] != [one["name"]]] == []
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(reached[-1]["name"])


def test_the_map_can_be_skipped(folder: Way, page_of: PageOf) -> None:
    page = page_of(DESK)
    page.goto(folder("index.html"))
    page.get_by_role("link", name=re.compile("skip the map", re.IGNORECASE)).press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("!document.activeElement.closest('svg') && document.activeElement.tagName") == "A"


def test_pointing_at_a_county_tells_its_name_and_a_click_opens_it(way: Way, page_of: PageOf) -> None:
    page = page_of(DESK)
    page.goto(way("index.html"))
    drawn = page.get_by_role("group", name=MAP)
    for name in ("Boone County", "Cole County"):
        drawn.get_by_role("link", name=name, exact=True).hover()
        expect(drawn.get_by_text(name, exact=True)).to_be_visible()
    expect(drawn.get_by_text("Boone County", exact=True)).to_be_hidden()
    drawn.get_by_role("link", name="Cole County", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Cole County")


# The field

@pytest.fixture
def page(way: Way, page_of: PageOf) -> Page:
    """The start page, with the search field reached by keyboard."""
    page = page_of(PHONE)
    page.goto(way("index.html"))
    for _ in range(15):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.tagName") == "INPUT":
            return page
    raise AssertionError("15 times Tab, and no field yet")


def results(page: Page) -> Locator:
    return page.get_by_role("region", name=re.compile("results", re.IGNORECASE))


@pytest.mark.parametrize("typed", ["65101", "jefferson city", "cole county"])
def test_a_place_is_found_and_opened_with_the_keyboard(page: Page, typed: str) -> None:
    page.keyboard.type(typed)
    expect(results(page).locator("a[href$='mo/cole.html']").first).to_be_visible()
    expect(page.locator("#results[data-state=ready]")).to_be_visible()  # what arrives later draws the results again
    for _ in range(15):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('a[href$=\"mo/cole.html\"]')"):
            break
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Cole County")


NAMES = {
    "St. Louis": ["mo/st-louis-city", "mo/st-louis-county"],
    "st louis city": ["mo/st-louis-city"],
    "O\u2019Fallon": ["mo/st-charles", "il/st-clair"],
    "madison county": ["mo/madison", "il/madison"],
    "Ste. Genevieve": ["mo/ste-genevieve"],
    "62201": ["il/st-clair"],
    "63101-1234": ["mo/st-louis-city"],
}


def test_every_county_of_a_name_is_offered(folder: Way, page_of: PageOf) -> None:
    page = page_of(PHONE)
    page.goto(folder("index.html"))
    for typed, counties in NAMES.items():
        page.get_by_role("searchbox").fill(typed)
        for county in counties:
            expect(results(page).locator(f"a[href$='{county}.html']").first, typed).to_be_visible()


def test_nonsense_is_answered_in_words_and_with_the_hotline(page: Page) -> None:
    page.keyboard.type("xqzzy")
    expect(results(page)).to_contain_text(re.compile(r"no .*found", re.IGNORECASE))
    expect(results(page).locator("a[href='tel:+18883737888']").first).to_be_visible()


def test_what_is_typed_stays_in_the_page(page: Page, way: Way) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.keyboard.type("jefferson city")
    expect(results(page).get_by_role("link").first).to_be_visible()
    assert page.url == way("index.html")
    assert [url for url in asked if not url.startswith(way.start) or "jeff" in url.lower()] == []
    assert page.evaluate("history.length") <= 2
    assert page.evaluate("[Object.keys(localStorage), Object.keys(sessionStorage), document.cookie]") == [[], [], ""]


def test_results_look_as_pages_do(folder: Way, page_of: PageOf) -> None:
    page = page_of(PHONE, color_scheme="dark")
    page.goto(folder("index.html"))
    page.get_by_role("searchbox").fill("shelter in St. Louis")
    expect(results(page).locator("[data-listing]").first).to_be_visible()
    expect(page.get_by_role("search").get_by_role("status")).to_contain_text("listings: Emergency shelter for")
    assert [page.evaluate(script) for script in (CUT, SMALL, FAINT)] == [[], [], []]
