"""The way out: from every page, with a finger, a mouse, a keyboard; nothing of the page stays behind."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from looking import DESK, PHONE, TABLET, Way
from playwright.sync_api import Locator, Page, expect

from guide.model import Guide

PageOf = Callable[..., Page]
Open = Callable[..., Page]
LEFT = "Cole County"


@pytest.fixture
def opened(way: Way, guide: Guide, page_of: PageOf) -> Open:
    """Open a page whose way out ends at a stand-in, for the tests touch no network."""

    def open_page(address: str = "mo/cole.html", size: tuple[int, int] = PHONE, **options: bool) -> Page:
        page = page_of(size, **options)
        page.route(guide.site.exit_to, lambda route: route.fulfill(body="<h1>Weather</h1>", content_type="text/html"))
        page.goto(way(address))
        return page

    return open_page


@pytest.fixture
def outside(way: Way, guide: Guide) -> str:
    """Where the way out ends: on the web at the weather, from a folder at a page that lies in it."""
    return guide.site.exit_to if way.start.startswith("http") else way("measures.html")


def button(page: Page) -> Locator:
    return page.get_by_role("banner").get_by_role("link", name="Leave this page")


def press_shift(page: Page, times: int) -> None:
    for _ in range(times):
        page.keyboard.press("Shift")


def test_the_button_leads_out(opened: Open, outside: str) -> None:
    page = opened()
    button(page).click()
    expect(page).to_have_url(outside)


def test_the_button_is_a_link_where_no_scripts_run(opened: Open, guide: Guide) -> None:
    page = opened(java_script_enabled=False)
    button(page).click()
    expect(page).to_have_url(guide.site.exit_to)


def test_the_second_stop_of_the_keyboard_leads_out(opened: Open, outside: str) -> None:
    page = opened()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Leave this page")
    expect(page.locator(":focus")).to_be_in_viewport(ratio=1)
    page.keyboard.press("Enter")
    expect(page).to_have_url(outside)


@pytest.mark.parametrize("size", [PHONE, TABLET, DESK], ids=lambda size: f"{size[0]} wide")
def test_the_button_stays_in_view(opened: Open, size: tuple[int, int]) -> None:
    page = opened(size=size)
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    expect(button(page)).to_be_in_viewport(ratio=1)
    assert button(page).evaluate("""one => {
      const box = one.getBoundingClientRect();
      return one.contains(document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2));
    }""")


def test_back_does_not_show_the_page_that_was_left(opened: Open, way: Way, outside: str) -> None:
    page = opened("index.html")
    page.goto(way("mo/cole.html"))
    before = page.evaluate("history.length")
    button(page).click()
    expect(page).to_have_url(outside)
    assert page.evaluate("history.length") == before
    page.go_back()
    expect(page).to_have_url(way("index.html"))


def test_forward_does_not_show_it_either(opened: Open, way: Way, outside: str) -> None:
    page = opened("index.html")
    page.goto(way("mo/cole.html"))
    button(page).click()
    expect(page).to_have_url(outside)
    page.go_back()
    page.go_forward()
    expect(page).to_have_url(outside)


AT_ONCE = """() => {
  document.querySelector('.exit').click();  // what follows still runs in the page that is left
  const cover = document.querySelector('[role=alert]'), box = cover.getBoundingClientRect();
  return {said: cover.textContent, text: document.documentElement.textContent, title: document.title,
          covered: box.width >= innerWidth && box.height >= innerHeight && document.elementFromPoint(5, 5) === cover,
          stored: Object.keys(sessionStorage)};
}"""


def test_the_pages_text_is_gone_and_covered_before_the_other_page_has_come(opened: Open) -> None:
    page = opened()
    page.evaluate("sessionStorage.setItem('picked', 'one')")
    seen = page.evaluate(AT_ONCE)
    assert LEFT not in seen["text"] and "hotline" not in seen["text"].lower()
    assert seen["title"] == "Weather"
    assert seen["covered"]
    assert seen["stored"] == []


def test_a_screen_reader_is_told_that_the_page_is_left(opened: Open) -> None:
    assert opened().evaluate(AT_ONCE)["said"] == "Leaving this page."


# Without a network

def test_without_a_network_the_page_becomes_the_neutral_one(server: Way, page_of: PageOf) -> None:
    page = page_of()
    page.goto(server("index.html"))
    page.goto(server("mo/cole.html"))
    page.context.set_offline(True)
    button(page).click()
    expect(page).to_have_url(server("measures.html"))
    expect(page).to_have_title("Kitchen measures")
    expect(page.get_by_role("heading")).to_have_text("Kitchen measures")
    assert LEFT not in page.content()


def test_without_a_network_nothing_stays_of_a_listing(server: Way, page_of: PageOf) -> None:
    page = page_of()
    page.goto(server("listings/2001-state-street-center.html"))
    name = page.locator("h1").inner_text()
    assert "ld+json" in page.content()
    page.context.set_offline(True)
    button(page).click()
    expect(page).to_have_title("Kitchen measures")
    assert name not in page.content() and "ld+json" not in page.content()


def test_the_neutral_page_names_nothing_of_the_guide(way: Way, page_of: PageOf) -> None:
    page = page_of()
    page.goto(way("measures.html"))
    expect(page.get_by_role("table")).to_contain_text("tablespoon")
    said = page.evaluate("document.documentElement.textContent + document.title").lower()
    assert not re.search("missouri|guide|hotline|traffick|shelter|help", said)
    assert page.get_by_role("link").count() == 0


# Shift three times

def test_shift_three_times_leads_out(opened: Open, outside: str) -> None:
    page = opened()
    press_shift(page, 3)
    expect(page).to_have_url(outside)


def test_each_press_lights_a_lamp_and_is_counted_aloud(opened: Open) -> None:
    page = opened()
    lamps = button(page).locator(".light")
    expect(lamps.first).to_be_hidden()
    for pressed, words in ((1, "press 2 more times"), (2, "press 1 more time ")):
        press_shift(page, 1)
        expect(button(page).locator(".light.on")).to_have_count(pressed)
        expect(lamps.first).to_be_visible()
        expect(page.get_by_role("status").filter(has_text="Shift")).to_contain_text(words)


def test_after_five_seconds_the_count_begins_anew(opened: Open, way: Way) -> None:
    page = opened("about.html")
    page.clock.install(time=0)
    page.goto(way("mo/cole.html"))
    page.clock.pause_at(3_600)
    press_shift(page, 2)
    page.clock.run_for(4_900)
    expect(button(page).locator(".light.on")).to_have_count(2)
    page.clock.run_for(200)
    expect(button(page).locator(".light").first).to_be_hidden()
    expect(page.get_by_role("status").filter(has_text="called off")).to_have_count(1)
    press_shift(page, 2)
    expect(page).to_have_url(way("mo/cole.html"))


@pytest.mark.parametrize("keys", ["Shift+A", "A", "Shift+Tab", "Control+Shift+ArrowLeft", "Alt+Shift"])
def test_another_key_ends_the_count(opened: Open, way: Way, keys: str) -> None:
    page = opened()
    press_shift(page, 2)
    page.keyboard.press(keys)
    expect(button(page).locator(".light").first).to_be_hidden()
    press_shift(page, 2)
    expect(page).to_have_url(way("mo/cole.html"))


def test_capital_letters_in_the_search_field_do_not_lead_out(opened: Open, way: Way) -> None:
    page = opened()
    field = page.get_by_role("searchbox").filter(visible=True)
    field.focus()
    for letter in "STL":
        page.keyboard.press(f"Shift+{letter}")
    expect(field).to_have_value("STL")
    expect(page).to_have_url(way("mo/cole.html"))


def test_shift_leads_out_from_the_search_field_too(opened: Open, outside: str) -> None:
    page = opened()
    page.get_by_role("searchbox").filter(visible=True).fill("shelter")
    press_shift(page, 3)
    expect(page).to_have_url(outside)


def test_a_page_kept_in_memory_does_not_come_back_blank(opened: Open) -> None:
    page = opened()
    page.evaluate("location.replace = () => {}")
    page.route(re.compile("measures|weather"), lambda route: route.fulfill(status=204))  # the browser stays where it is
    button(page).click(no_wait_after=True)
    expect(page.get_by_role("alert")).to_be_visible()
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
    expect(page.get_by_role("heading", level=1)).to_have_text(LEFT)
