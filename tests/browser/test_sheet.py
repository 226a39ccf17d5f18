"""The referral sheet: picked on any page, kept in the tab alone, put in order, printed for the file or for a pocket."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from looking import CUT, DESK, FAINT, PHONE, SMALL, Way
from playwright.sync_api import BrowserContext, Locator, Page, expect

from guide.model import Guide, WithheldPlace

PageOf = Callable[..., Page]
RACS, PATROL, SHELTER = "rape-and-abuse-crisis-service", "missouri-state-highway-patrol", "green-hills-womens-shelter"
TELLING = re.compile(r"traffick|abus|assault|violen|\bsex|rape|victim|survivor|shelter|crisis|domestic|hotline", re.IGNORECASE)


def link(page: Page) -> Locator:
    return page.locator("[data-sheet]")  # on a phone it is shown while something is on it


def picked(page: Page) -> list[str]:
    return page.locator(".picked > li").evaluate_all("items => items.map(one => one.dataset.id)")


@pytest.fixture
def sheet(way: Way, page_of: PageOf) -> Page:
    """The sheet with three listings on it."""
    page = page_of(PHONE)
    page.goto(way(f"sheet.html#{RACS},{PATROL},{SHELTER}"))
    expect(page.locator(".picked > li")).to_have_count(3)
    return page


def paper(page: Page) -> Locator:
    return page.get_by_role("region", name="What will be printed")


# Picking

def test_a_card_a_row_a_result_and_a_listing_can_be_picked(way: Way, page_of: PageOf) -> None:
    page = page_of(PHONE)
    page.goto(way("mo/cole.html"))
    page.get_by_role("button", name="Add to the sheet: Rape and Abuse Crisis Service").first.click()
    page.goto(way("services/emergency-shelter.html"))
    page.get_by_role("button", name="Add to the sheet: Green Hills Women's Shelter").click()
    page.goto(way("index.html"))
    page.get_by_role("searchbox").fill("MOCSA")
    page.locator("#results [data-listing]").first.get_by_role("button", name="Add").click()
    page.get_by_role("searchbox").fill("")
    page.goto(way(f"listings/{PATROL}.html"))
    page.get_by_role("main").get_by_role("button", name="Add").click()
    expect(link(page)).to_have_text("Sheet (4)")
    link(page).click()
    expect(page.locator(".picked > li")).to_have_count(4)
    assert picked(page)[:2] == [RACS, SHELTER] and picked(page)[3] == PATROL


def test_a_listing_is_picked_and_put_back_everywhere_on_a_page_and_said_aloud(folder: Way, page_of: PageOf) -> None:
    page = page_of(DESK)
    page.goto(folder("mo/cole.html"))
    buttons = page.locator(f"button.add[data-id='{RACS}']")
    assert buttons.count() > 1
    buttons.first.focus()
    page.keyboard.press("Enter")
    assert set(buttons.all_text_contents()) == {"Added"}
    expect(page.get_by_role("status").filter(has_text="is on the sheet. 1 on it.")).to_have_count(1)
    page.keyboard.press("Space")
    assert set(buttons.all_text_contents()) == {"Add"}
    expect(link(page)).to_have_text("Sheet")


def test_the_sheet_ends_with_the_tab(way: Way, context_of: Callable[..., BrowserContext]) -> None:
    context = context_of()
    page = context.new_page()
    page.goto(way(f"sheet.html#{RACS}"))
    expect(page.locator(".picked > li")).to_have_count(1)
    other = context.new_page()
    other.goto(way("sheet.html"))
    expect(other.get_by_text("Nothing is picked yet.")).to_be_visible()
    assert page.evaluate("[localStorage.length, document.cookie]") == [0, ""]


def test_leaving_empties_the_sheet(way: Way, sheet: Page, guide: Guide) -> None:
    sheet.route(guide.site.exit_to, lambda route: route.fulfill(body="x", content_type="text/html"))
    sheet.get_by_role("banner").get_by_role("link", name="Leave this page").click()
    sheet.wait_for_url(re.compile("measures|weather"))
    sheet.goto(way("sheet.html"))
    expect(sheet.get_by_text("Nothing is picked yet.")).to_be_visible()


def test_without_scripts_the_page_says_what_to_do_instead(way: Way, page_of: PageOf) -> None:
    page = page_of(java_script_enabled=False)
    page.goto(way("sheet.html"))
    expect(page.get_by_text("This page needs scripts")).to_be_visible()
    assert page.get_by_role("button").count() == 0


# Order

def test_the_order_is_changed_with_the_keyboard_and_said_aloud(sheet: Page) -> None:
    sheet.get_by_role("button", name="Down: Rape and Abuse Crisis Service").focus()
    sheet.keyboard.press("Enter")
    assert picked(sheet) == [PATROL, RACS, SHELTER]
    expect(sheet.locator(".told")).to_have_text("Rape and Abuse Crisis Service is number 2 of 3.")
    sheet.keyboard.press("Enter")  # the button kept the focus
    assert picked(sheet) == [PATROL, SHELTER, RACS]
    expect(sheet.locator(":focus")).to_have_accessible_name("Up: Rape and Abuse Crisis Service")


def test_the_order_is_changed_with_the_mouse(way: Way, page_of: PageOf) -> None:
    page = page_of(DESK)
    page.goto(way(f"sheet.html#{RACS},{PATROL},{SHELTER}"))
    page.locator(f".picked > li[data-id='{SHELTER}']").drag_to(page.locator(f".picked > li[data-id='{RACS}']"))
    assert picked(page) == [SHELTER, RACS, PATROL]


def test_the_order_stays_from_page_to_page(way: Way, sheet: Page) -> None:
    sheet.get_by_role("button", name="Up: Missouri State Highway Patrol").click()
    sheet.goto(way("index.html"))
    sheet.goto(way("sheet.html"))
    expect(sheet.locator(".picked > li")).to_have_count(3)
    assert picked(sheet) == [PATROL, RACS, SHELTER]


def test_what_is_removed_leaves_the_focus_in_the_list(sheet: Page) -> None:
    sheet.get_by_role("button", name="Remove: Missouri State Highway Patrol").press("Enter")
    assert picked(sheet) == [RACS, SHELTER]
    expect(sheet.locator(":focus")).to_have_accessible_name("Remove: Green Hills Women's Shelter")


def test_clear_takes_all_away_and_the_note_too(way: Way, sheet: Page) -> None:
    sheet.get_by_label("Note").fill("Ask for Ana")
    sheet.get_by_role("button", name="Clear").click()
    expect(sheet.get_by_text("Nothing is picked yet.")).to_be_visible()
    expect(link(sheet)).to_have_text("Sheet")
    assert sheet.evaluate("sessionStorage.length") == 0
    assert sheet.locator("#sheet-note").input_value() == ""


# The paper

def test_the_sheet_for_the_file_has_all_facts(sheet: Page, guide: Guide) -> None:
    racs = next(one for one in guide.listings if one.id == RACS)
    entry = paper(sheet).locator(".entry").filter(has=sheet.get_by_role("heading", name="Rape and Abuse Crisis Service"))
    for phone in racs.phones:
        expect(entry).to_contain_text(str(phone.number))
    for words in ("Call first. Not confirmed; newest public source: July 13, 2022", racs.eligibility or "", "Kept confidential or not known; Cole County", "Sources: "):
        expect(entry).to_contain_text(words)


def test_name_and_note_are_printed_and_kept_nowhere(way: Way, sheet: Page) -> None:
    sheet.get_by_label("Name").fill("Prepared by Ana")
    sheet.get_by_label("Note").fill("First line\nSecond line")
    expect(paper(sheet)).to_contain_text("Prepared by Ana")
    expect(paper(sheet)).to_contain_text("Second line")
    assert "Ana" not in sheet.evaluate("JSON.stringify({...sessionStorage}) + window.name + location.href")
    sheet.goto(way("index.html"))
    sheet.go_back()
    expect(sheet.locator(".picked > li")).to_have_count(3)
    assert [sheet.get_by_label("Name").input_value(), sheet.get_by_label("Note").input_value()] == ["", ""]


@pytest.mark.parametrize(("language", "words"), [("English", ["Phone numbers", "24 hours"]), ("Español", ["Teléfonos", "24 horas"])])
def test_the_slip_for_a_pocket_has_numbers_and_no_word_that_tells(sheet: Page, language: str, words: list[str]) -> None:
    sheet.get_by_label("a pocket").check()
    sheet.get_by_label(language).check()
    sheet.emulate_media(media="print")
    printed = sheet.evaluate("document.body.innerText")
    for said in ("RACS", "800-303-0013", *words):
        assert said in printed
    assert not TELLING.search(printed) and "Missouri Resource Guide" not in printed
    assert sheet.title() == words[0]  # which is also the name of a PDF


def test_every_listing_makes_a_slip_that_does_not_tell(folder: Way, page_of: PageOf, guide: Guide) -> None:
    page = page_of()
    ids = ",".join(one.id for one in guide.listings)
    page.goto(folder(f"sheet.html#{ids}"))
    expect(page.locator(".picked > li")).to_have_count(len(guide.listings))
    page.get_by_label("a pocket").check()
    assert not (found := TELLING.findall(paper(page).inner_text())), found
    for listing in guide.listings:
        if isinstance(listing.location, WithheldPlace) and listing.phones:
            expect(paper(page)).to_contain_text(str(listing.phones[0].number))
            break


def test_a_note_that_tells_is_pointed_out(sheet: Page) -> None:
    sheet.get_by_label("a pocket").check()
    sheet.get_by_label("Note").fill("Ask at the Shelter")
    expect(sheet.locator(".warning")).to_contain_text("give it away: shelter.")
    sheet.get_by_label("Note").fill("Ask for Ana")
    expect(sheet.locator(".warning")).not_to_contain_text("give it away")


def test_a_listing_without_a_number_is_not_on_the_slip_and_that_is_said(sheet: Page) -> None:
    sheet.get_by_label("a pocket").check()
    expect(sheet.locator(".warning")).to_contain_text("Not on the slip, for no number is known: Green Hills Women's Shelter")


def test_a_slip_is_as_wide_as_a_wallet_and_large_to_read(sheet: Page) -> None:
    sheet.get_by_label("a pocket").check()
    sheet.emulate_media(media="print")
    slip = paper(sheet).locator(".slip").bounding_box()
    assert slip and slip["width"] / 96 * 2.54 <= 10
    points = paper(sheet).locator(".slip b").evaluate_all("all => all.map(one => parseFloat(getComputedStyle(one).fontSize) * 0.75)")
    assert points and min(points) >= 16


def test_paper_shows_the_sheet_and_nothing_to_press(sheet: Page) -> None:
    sheet.emulate_media(media="print")
    shown = [one.inner_text() for one in sheet.locator("button, input, textarea, nav, [data-exit], .lead").all() if one.is_visible()]
    assert shown == []
    expect(paper(sheet).get_by_role("heading", name="Referral sheet")).to_be_visible()


# Copying

def test_the_sheet_is_copied_as_text(sheet: Page) -> None:
    sheet.get_by_role("button", name="Copy as text").click()
    text = sheet.get_by_label("This was copied").input_value()
    assert text.startswith("Referral sheet\n")
    for words in ("Rape and Abuse Crisis Service", "800-303-0013", "How to refer: ", "Sources: "):
        assert words in text
    expect(sheet.locator(".told")).to_contain_text(re.compile("copied|Copy the text from the field"))


def test_a_link_to_the_sheet_opens_the_same_sheet_and_leaves_the_address_at_once(
        way: Way, sheet: Page, page_of: PageOf) -> None:  # fmt: skip
    sheet.get_by_role("button", name="Copy a link").click()
    address = sheet.get_by_label("This was copied").input_value()
    assert address == way(f"sheet.html#{RACS},{PATROL},{SHELTER}")
    other = page_of()
    other.goto(address)
    expect(other.locator(".picked > li")).to_have_count(3)
    assert other.url == way("sheet.html")
    assert other.evaluate("history.length") <= 2


@pytest.mark.parametrize("fragment", ["no-such-listing", "%3Cscript%3E,../../x", ",,,", "x" * 5000])
def test_a_link_with_what_is_not_listed_says_so_or_shows_an_empty_sheet(way: Way, page_of: PageOf, fragment: str) -> None:
    page = page_of()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(way(f"sheet.html#{fragment}"))
    expect(page.get_by_text("Nothing is picked yet.")).to_be_visible()
    assert page.url == way("sheet.html")
    assert faults == []


def test_the_sheet_looks_as_pages_do(folder: Way, page_of: PageOf) -> None:
    for size, scheme in ((PHONE, "light"), (DESK, "dark")):
        page = page_of(size, color_scheme=scheme)
        page.goto(folder(f"sheet.html#{RACS},{PATROL},{SHELTER}"))
        for layout in ("the file", "a pocket"):
            page.get_by_label(layout).check()
            assert [page.evaluate(script) for script in (CUT, SMALL, FAINT)] == [[], [], []], layout
