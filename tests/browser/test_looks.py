"""How the pages look: on a phone and a desk, in the dark, on paper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Literal

import pytest
from looking import CUT, DESK, DRAWN, FAINT, PHONE, SMALL, SMALL_ON_PAPER, TABLET, UNFOLD, Way
from playwright.sync_api import Browser, Locator, Page, expect

from guide.model import Guide

PageOf = Callable[..., Page]


@dataclass(frozen=True, slots=True)
class Faults:
    """What a look at one page of each kind found, with all folds open."""

    cut: list[str]
    small: list[str]
    faint: list[str]
    small_on_paper: list[str]


@pytest.fixture(scope="module")
def look(browser: Browser, folder: Way, addresses: list[str]) -> Callable[..., Faults]:
    """Look at one page of each kind; the same look is taken once."""

    @cache
    def look(size: tuple[int, int] = PHONE, scheme: Literal["light", "dark"] = "light",
             media: Literal["screen", "print"] = "screen") -> Faults:  # fmt: skip
        found = Faults([], [], [], [])
        page = browser.new_page(viewport={"width": size[0], "height": size[1]}, color_scheme=scheme)
        page.emulate_media(media=media)
        for address in addresses:
            page.goto(folder(address))
            page.evaluate(UNFOLD)
            looks = [(found.cut, CUT), (found.small, SMALL)] if (scheme, media) == ("light", "screen") else []
            looks += [(found.faint, FAINT)] if (size, media) == (PHONE, "screen") else []
            looks += [(found.small_on_paper, SMALL_ON_PAPER)] if media == "print" else []
            for faults, script in looks:
                faults += [f"{address}: {fault}" for fault in page.evaluate(script)]
        page.close()
        return found

    return look


@pytest.mark.parametrize("size", [PHONE, TABLET, DESK], ids=lambda size: f"{size[0]} wide")
def test_no_page_scrolls_sideways_or_cuts_its_text(look: Callable[..., Faults], size: tuple[int, int]) -> None:
    assert look(size).cut == []


@pytest.mark.parametrize("size", [PHONE, TABLET, DESK], ids=lambda size: f"{size[0]} wide")
def test_every_target_is_large_enough_for_a_finger(look: Callable[..., Faults], size: tuple[int, int]) -> None:
    assert look(size).small == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_stands_out_from_its_paper(look: Callable[..., Faults], scheme: str) -> None:
    assert look(PHONE, scheme).faint == []


def test_dark_is_dark_and_light_is_light(folder: Way, page_of: PageOf) -> None:
    brightness = {}
    for scheme in ("light", "dark"):
        page = page_of(color_scheme=scheme)
        page.goto(folder("index.html"))
        paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
        brightness[scheme] = sum(int(part) for part in paper.removeprefix("rgb(").rstrip(")").split(","))
    assert brightness["light"] > 600 and brightness["dark"] < 165


# The first screen of a phone

def off_screen(page: Page, wanted: dict[str, Locator]) -> dict[str, float]:
    """Give those things that are not wholly on the first screen, with where they end."""
    height = page.viewport_size["height"] if page.viewport_size else 0
    ends = {}
    for name, thing in wanted.items():
        box = thing.bounding_box()
        assert box, f"{name} is not shown"
        if box["y"] < 0 or box["y"] + box["height"] > height:
            ends[name] = box["y"] + box["height"]
    return ends


def emergency(page: Page) -> dict[str, Locator]:
    return {link: page.locator(f"a[href='{link}']").first for link in ("tel:911", "tel:+18883737888", "tel:988")}


def test_home_begins_with_emergency_search_field_and_six_needs(way: Way, guide: Guide, page_of: PageOf) -> None:
    page = page_of(PHONE)
    page.goto(way("index.html"))
    needs = {need: page.locator(f"a[href='services/{need}.html']").first for need in guide.site.doorways}
    assert len(needs) == 6
    assert off_screen(page, {**emergency(page), "field": page.locator("input").filter(visible=True).first, **needs}) == {}


def test_a_county_begins_with_emergency_name_and_a_number_to_call(folder: Way, page_of: PageOf) -> None:
    page = page_of(PHONE)
    for county in ("mo/jackson", "mo/worth", "mo/st-louis-city", "mo/cape-girardeau", "il/st-clair"):
        page.goto(folder(f"{county}.html"))
        number = page.get_by_role("main").locator("a[href^='tel:']").first
        name = page.get_by_role("heading", level=1)
        assert off_screen(page, {**emergency(page), "name": name, "number": number}) == {}, county


# On paper

@pytest.fixture
def printed(folder: Way, page_of: PageOf) -> Page:
    page = page_of(color_scheme="dark")
    page.goto(folder("mo/jackson.html"))
    page.emulate_media(media="print")
    page.evaluate(DRAWN)
    return page


def test_paper_shows_numbers_and_no_navigation(printed: Page) -> None:
    for thing in (*emergency(printed).values(), printed.get_by_role("heading", level=1)):
        expect(thing).to_be_visible()
    shown = [one.inner_text() for one in printed.locator("nav, [data-exit], form, button, summary").all() if one.is_visible()]
    assert shown == []
    skip = printed.locator("a[href='#content']").bounding_box()
    assert skip is None or skip["y"] + skip["height"] <= 0


def test_paper_shows_what_the_screen_folds_away(printed: Page) -> None:
    hidden = printed.get_by_role("main").locator("a[href*='listings/']").evaluate_all(
        "links => links.filter(one => !one.checkVisibility({contentVisibilityAuto: true}) || !one.getClientRects().length)"
        ".map(one => one.textContent)")  # fmt: skip
    assert printed.locator("details").count() > 3
    assert hidden == []


def test_paper_is_black_on_white_also_in_the_dark(printed: Page) -> None:
    style = printed.evaluate("[getComputedStyle(document.body).color, getComputedStyle(document.body).backgroundColor]")
    assert style[0] == "rgb(0, 0, 0)"
    assert style[1] in ("rgb(255, 255, 255)", "rgba(0, 0, 0, 0)")


def test_a_number_on_paper_is_at_least_13_points_high(look: Callable[..., Faults]) -> None:
    assert look(DESK, "light", "print").small_on_paper == []


def test_a_county_can_be_made_a_pdf(folder: Way, page_of: PageOf) -> None:
    page = page_of()
    page.goto(folder("mo/worth.html"))
    pdf = page.pdf(format="Letter")
    assert pdf.startswith(b"%PDF") and len(pdf) > 10_000
