"""The search box, as readers use it: from a folder and from a server, by keyboard and by ear."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from looking import DESK, PHONE, TABLET, Way
from playwright.sync_api import Browser, Page, expect


@pytest.fixture
def search(way: Way, page_of: Callable[..., Page]) -> Callable[..., Page]:
    """Open a page, type a query into its box, and wait until the results are complete."""

    def type_query(query: str, address: str = "index.html", size: tuple[int, int] = DESK, **options: Any) -> Page:
        page = page_of(size, **options)
        page.goto(way(address))
        page.locator("#q").fill(query)
        if query.strip():
            expect(page.locator("#results[data-state=ready]")).to_be_visible()
        return page

    return type_query


@pytest.fixture(scope="module")
def open_page(folder: Way, browser: Browser) -> Iterator[Page]:
    """A page from the folder that stays open, for tests that only read what is found."""
    page = browser.new_page(viewport={"width": DESK[0], "height": DESK[1]})
    page.goto(folder("index.html"))
    yield page
    page.close()


@pytest.fixture
def ask(open_page: Page) -> Callable[[str], Page]:
    """Type a query into the open page, and wait until the results are complete."""

    def type_query(query: str) -> Page:
        open_page.locator("#q").fill("")
        open_page.locator("#q").fill(query)
        expect(open_page.locator("#results[data-state=ready]")).to_be_visible()
        return open_page

    return type_query


def found(page: Page) -> list[str]:
    return page.locator("#results .found [data-listing]").evaluate_all("all => all.map(one => one.dataset.listing)")


def chips(page: Page) -> list[str]:
    return [text.rstrip("\u00d7").strip() for text in page.locator("#results .chip").all_inner_texts()]


# The five of the issue: the right number in the first three


@pytest.mark.parametrize(
    ("query", "right"),
    [
        ("rape kit 63701", {"southeast-missouri-network-against-sexual-violence"}),
        ("somewhere safe tonight st joe", {"ywca-st-joseph"}),
        ("traficking lawyer springfeild", {"greene-county-family-justice-center", "legal-services-southern-missouri"}),
        ("abogado inmigracion", {"mica-project", "asylum-clinic-kc", "legal-services-of-eastern-missouri"}),
    ],
)
def test_the_right_listing_is_among_the_first_three(search, query: str, right: set[str]):
    assert right & set(found(search(query))[:3])


def test_counseling_for_a_teen_is_looked_for_in_the_county(ask):
    page = ask("counseling for teen girl boone county")
    assert chips(page) == ["Mental health and counseling", "teens", "children", "Boone County"]
    expect(page.locator("#results .found li").first).to_contain_text("mental health and counseling")


@pytest.mark.parametrize(
    ("query", "understood"),
    [
        pytest.param("diapers and baby formula", ["Food, clothing and basics", "children"], id="two words for one need"),
        pytest.param("i need help with rent", ["Rent and housing help"], id="a plea beside a need"),
        pytest.param("im scared of my husband", ["Domestic violence help"], id="fear beside a need"),
        pytest.param("please help me", ["Crisis line"], id="a plea alone"),
        pytest.param("can i sleep there tonight", ["Emergency shelter"], id="can i"),
        pytest.param("tattoo removal", ["Case management"], id="no removal from the country"),
        pytest.param("life skills", ["Jobs, school and classes"], id="life is not in the life"),
        pytest.param("he beat me up", ["Domestic violence help"], id="up is no ride"),
        pytest.param("court date tomorrow", ["Advocacy and court help"], id="a date in court"),
        pytest.param("i was drugged", ["Sexual assault help / Exam after assault or abuse"], id="drugged by somebody"),
        pytest.param("brother touched me", ["Child advocacy"], id="a brother is no brothel"),
        pytest.param("poster trafficking hotline", ["Crisis line", "trafficking survivors"], id="no town by a typo of a common word"),
    ],
)
def test_each_thing_is_understood_once_and_nothing_that_was_not_said(ask, query: str, understood: list[str]):
    assert chips(ask(query)) == understood


# What is loaded, and when


def test_nothing_of_the_search_loads_before_it_is_used(way: Way, page_of):
    page = page_of()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(way("mo/boone.html"))
    assert not [url for url in asked if "/assets/search/" in url]
    page.locator("#q").focus()
    page.wait_for_function("() => Boolean(window.lunr)")


def test_the_query_leaves_no_trace_in_address_history_or_storage(search):
    page = search("shelter columbia")
    assert "shelter" not in page.url
    assert page.evaluate("history.length") <= 2
    assert page.evaluate("JSON.stringify([Object.keys(localStorage), Object.keys(sessionStorage), document.cookie])") == '[[],[],""]'


def test_no_request_carries_the_query(way: Way, page_of):
    page = page_of()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url + (request.post_data or "")))
    page.goto(way("index.html"))
    page.locator("#q").press_sequentially("zebra shelter")
    expect(page.locator("#results[data-state=ready]")).to_be_visible()
    assert not [url for url in asked if "zebra" in url or "shelter" in url]


def test_the_field_keeps_nothing_for_the_browser_to_complete(way: Way, page_of):
    page = page_of()
    page.goto(way("index.html"))
    assert page.locator("#q").get_attribute("autocomplete") == "off"
    assert page.locator("#q").get_attribute("name") is None


# A prepared search


def test_a_prepared_search_runs_and_leaves_the_address(way: Way, page_of):
    page = page_of()
    page.goto(way("search.html") + "#q=shelter&county=mo/boone")
    expect(page.locator("#results[data-state=ready]")).to_be_visible()
    assert page.url == way("search.html")
    assert chips(page) == ["Emergency shelter", "Boone County"]


def test_a_prepared_search_may_name_a_county_alone(way: Way, page_of):
    page = page_of()
    page.goto(way("search.html") + "#county=il/madison")
    expect(page.locator("#results[data-state=ready]")).to_be_visible()
    assert chips(page) == ["Madison County, Illinois"]
    assert found(page)


@pytest.mark.parametrize("fragment", ["#q=", "#county=mo/nowhere", "#q=%E0%A4%A", "#content"])
def test_a_fragment_that_says_nothing_does_no_harm(way: Way, page_of, fragment: str):
    page = page_of()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(way("search.html") + fragment)
    page.locator("#q").fill("shelter")
    expect(page.locator("#results[data-state=ready]")).to_be_visible()
    assert faults == []


@pytest.mark.parametrize("query", ["bring my kids", "struggling mom", "a chain store", "puedo llamar", "mi hermana"])
def test_a_word_that_is_right_as_it_stands_is_not_read_as_another(ask, query: str):
    expect(ask(query).locator("#results .read-as")).to_have_count(0)


def test_a_word_that_is_right_as_it_stands_is_no_town_of_the_same_stem(ask):
    page = ask("take down photos")
    expect(page.locator("#results .understood")).not_to_contain_text("Downing")
    expect(ask("downing").locator("#results .understood")).to_contain_text("Downing (Schuyler County)")


@pytest.mark.parametrize("query", ["human trafic", "trafick", "tráfico de personas", "human traffic", "trafiking", "traficked"])
def test_trafficking_is_known_as_people_write_it(ask, query: str):
    expect(ask(query).locator("#results .understood")).to_contain_text("trafficking survivors")


@pytest.mark.parametrize("query", ["3am kirksville", "who do i call at 3 am in kirksville", "weekend help kirksville", "after hours kirksville"])
def test_who_needs_an_answer_at_any_hour_is_shown_lines_that_give_one(ask, query: str):
    page = ask(query)
    expect(page.locator("#results .understood")).to_contain_text("24-hour line")
    expect(page.locator("#results .found [data-listing]").first).to_contain_text("24-hour line")


@pytest.mark.parametrize(("query", "read", "need"), [("pasport", "passport", "Case management"),
                                                      ("restraning oder", "restraining", "Advocacy and court help / Legal aid")])
def test_a_long_word_of_a_need_is_known_with_a_typo(ask, query: str, read: str, need: str):
    page = ask(query)
    expect(page.locator("#results .understood")).to_contain_text(need)
    expect(page.locator("#results .read-as")).to_contain_text(f"as \u201c{read}\u201d")


def test_words_that_no_listing_knows_leave_who_serves_the_place(ask):
    page = ask("qwertz xyzzy kirksville")
    assert "northeast-regional-medical-center" in found(page)
    expect(page.locator("#results .read-as")).to_have_text(
        "No listing says \u201cqwertz\u201d or \u201cxyzzy\u201d. These serve Kirksville (Adair County).")


@pytest.mark.parametrize("query", ["kill myself", "i want to die", "i dont want to live anymore", "end my life", "me quiero morir", "suicidio"])
def test_who_says_it_in_other_words_is_shown_the_suicide_line_first(ask, query: str):
    assert found(ask(query))[0] == "988-suicide-and-crisis-lifeline"


def test_a_language_that_nobody_names_leads_to_interpreters(ask):
    page = ask("swahili")
    assert found(page) == []
    expect(page.locator("#results .go-on").get_by_role("link", name="Interpreters: all listings")).to_be_visible()


def test_where_nobody_serves_the_place_the_nearest_who_give_such_help_are_shown(ask):
    page = ask("u visa st joseph")
    assert found(page) == []
    expect(page.locator("#results .total")).to_have_text(re.compile("^No listing found: .* for Saint Joseph .*; [1-9][0-9]* elsewhere$"))
    elsewhere = page.locator("#results .elsewhere")
    expect(elsewhere).to_contain_text("No source says that these reach Saint Joseph (Buchanan County). Ask whether they do, or who does.")
    expect(elsewhere.locator("[data-listing]")).to_have_count(5)
    expect(elsewhere.locator("[data-listing]").first).to_contain_text("Kansas City, Jackson County")


def test_elsewhere_is_not_looked_where_somebody_serves_the_place(ask):
    expect(ask("forensic exam 63501").locator("#results .elsewhere")).to_have_count(0)


# Places


def test_a_county_page_searches_in_its_county_and_can_leave_it(search):
    page = search("shelter", "mo/boone.html")
    assert chips(page) == ["Emergency shelter", "Boone County"]
    page.get_by_role("button", name="Remove Boone County").click()
    assert chips(page) == ["Emergency shelter"]


def test_another_place_in_the_query_beats_the_county_of_the_page(search):
    assert "Joplin (Jasper County)" in chips(search("shelter joplin", "mo/boone.html"))


def test_twins_are_asked_about(search):
    page = search("shelter madison county")
    group = page.get_by_role("group", name="Which do you mean?")
    expect(group.get_by_role("button")).to_have_text(["Madison County, Missouri", "Madison County, Illinois"])
    group.get_by_role("button", name="Madison County, Illinois").click()
    assert chips(page) == ["Emergency shelter", "Madison County, Illinois"]
    expect(page.locator("#results .found li").first).to_contain_text("Madison County, Illinois")


def test_st_louis_asks_city_or_county(ask):
    buttons = ask("St. Louis").get_by_role("group", name="Which do you mean?").get_by_role("button")
    assert set(buttons.all_inner_texts()) == {"City of St. Louis", "St. Louis County"}


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ("shelter KC", "KC"), ("shelter STL", "STL"), ("shelter Metro East", "Metro East"), ("shelter near CoMo", "CoMo"),
        ("shelter 65101", "65101"), ("shelter 65101-1234", "65101"), ("shelter boone co", "Boone County"),
        ("shelter boone county missouri", "Boone County"), ("shelter ste genevieve", "Ste. Genevieve County"),
        ("shelter saint charles county", "St. Charles County"), ("shelter jefferson c", "Jefferson"),
        ("food la plata", "La Plata"), ("de soto shelter", "De Soto"), ("El Dorado Springs", "El Dorado Springs"),
    ],
)  # fmt: skip
def test_a_place_is_understood(ask, query: str, place: str):
    assert any(place.lower() in chip.lower() for chip in chips(ask(query))), chips(ask(query))


def test_a_zip_code_that_the_guide_does_not_cover_is_told(ask):
    expect(ask("shelter 90210").locator("#results")).to_contain_text("does not know the ZIP code 90210")


def test_a_county_is_offered_as_a_page(ask):
    expect(ask("65101").get_by_role("link", name="All help for Cole County")).to_have_attribute("href", "mo/cole.html")


def test_who_serves_from_elsewhere_says_so(ask):
    page = ask("legal aid worth county")
    expect(page.locator("#results .found li").first).to_contain_text("serves Worth County")


# Words


@pytest.mark.parametrize(
    ("query", "name"),
    [
        pytest.param("womens safe house", "Women's Safe House", id="a possessive"),
        pytest.param("lydia\u2019s house", "Lydia", id="a curly apostrophe"),
        pytest.param("attorney general trafficking", "Attorney General", id="a word whose stems differ"),
        pytest.param("true no", "True North", id="half a word"),
        pytest.param("rosebrooks", "Rose Brooks", id="two words typed as one"),
        pytest.param("573-634-4911", "Rape and Abuse Crisis Service", id="a phone number"),
        pytest.param("(573) 634 4911", "Rape and Abuse Crisis Service", id="a phone number in another spelling"),
        pytest.param("6344911", "Rape and Abuse Crisis Service", id="seven digits"),
        pytest.param("1 800 799 SAFE", "National Domestic Violence Hotline", id="a number in letters"),
        pytest.param("RACS", "Rape and Abuse Crisis Service", id="a short name"),
    ],
)
def test_a_name_is_found_however_it_is_written(ask, query: str, name: str):
    expect(ask(query).locator("#results .found li h3").first).to_contain_text(name)


@pytest.mark.parametrize("one, other", [("T-visa", "tvisa"), ("T visa", "t-visa"), ("24/7 shelter", "24 / 7 shelter"), ("Ste. Genevieve", "sainte genevieve"),
                                        ("informaci\u00f3n legal", "informacion legal"), ("DV shelter", "dv SHELTER")])  # fmt: skip
def test_spellings_find_the_same(ask, one: str, other: str):
    assert found(ask(one)) == found(ask(other)) != []


def test_matched_words_are_marked(ask):
    marked = ask("shelter columbia").locator("#results .found mark").all_inner_texts()
    assert {"shelter", "Columbia"} <= set(marked)


def test_half_a_word_is_not_completed_to_one_that_is_passed_over(ask):
    marked = ask("counseling fo").locator("#results .found mark").all_inner_texts()
    assert marked
    assert "for" not in marked


def test_a_letter_more_leaves_the_cards_that_look_the_same(ask):
    page = ask("shelter columbi")
    page.evaluate("() => document.querySelectorAll('#results .found > li').forEach((card) => { card.seen = true; })")
    before = found(page)
    page.locator("#q").fill("shelter columbia")
    assert found(page) == before
    assert page.evaluate("() => Array.from(document.querySelectorAll('#results .found > li'), (card) => card.seen)") == [True] * len(before)


def test_a_typo_is_told(ask):
    expect(ask("traficking springfeild").locator("#results")).to_contain_text("\u201ctraficking\u201d as \u201ctrafficking\u201d")


# Narrowing


def test_facets_have_counts_and_narrow(search):
    page = search("shelter kansas city")
    total = int(re.match(r"\d+", page.locator("#results .total").inner_text()).group())
    page.get_by_text("Narrow these").click()
    facet = page.locator("button.facet[data-facet=people]").first
    count = int(re.search(r"(\d+)$", facet.inner_text()).group())
    assert 0 < count < total
    facet.click()
    assert page.locator("#results .total").inner_text().startswith(f"{count} listing")
    assert page.evaluate("document.activeElement.dataset.facet") == "people", "focus stays"
    page.locator("#results .chip").last.click()
    assert page.locator("#results .total").inner_text().startswith(f"{total} listing")


def test_a_chip_takes_its_words_out_of_the_field(search):
    page = search("rape kit 63701")
    page.get_by_role("button", name="Remove 63701").click()
    expect(page.locator("#q")).to_have_value("rape kit")
    assert page.evaluate("document.activeElement.id") == "q"


def test_a_chip_for_two_words_takes_both_out(search):
    page = search("diapers and laundry 63701")
    page.get_by_role("button", name="Remove Food, clothing and basics").click()
    expect(page.locator("#q")).to_have_value("and 63701")


def test_more_results_come_on_demand_and_take_the_focus(search):
    page = search("hospital")
    page.get_by_role("button", name=re.compile("Show 10 more")).click()
    assert len(found(page)) == 20
    assert page.evaluate("document.activeElement.closest('[data-listing]') === document.querySelectorAll('.found > li')[10]")


# Never a blank page

HOSTILE = ["foo:bar", "+-*~^", '"unclosed', "<script>alert(1)</script>", "a" * 5000, "\U0001f198\U0001f198", "'; DROP TABLE x; --", "\\", "\u202e", "zzzz qqqq", "%00"]


@pytest.mark.parametrize("query", HOSTILE, ids=range(len(HOSTILE)))
def test_whatever_is_typed_the_statewide_and_national_lines_are_there(ask, query: str):
    page = ask(query)
    expect(page.get_by_role("heading", name="Statewide and national lines")).to_be_visible()
    assert page.locator("#results .lines [data-listing]").count() + len(found(page)) >= 3
    assert page.locator("#results script").count() == 0


def test_where_nobody_offers_it_nearby_counties_and_all_listings_are_offered(ask):
    page = ask("immigration lawyer worth county")
    expect(page.get_by_role("heading", name="You can also look here")).to_be_visible()
    assert page.get_by_role("link", name="Gentry County (nearby)").get_attribute("href") == "mo/gentry.html"
    assert page.get_by_role("link", name="Immigration legal help: all listings").count() == 1


def test_a_part_that_does_not_arrive_is_told_and_the_page_stays(server: Way, page_of):
    page = page_of()
    page.route("**/assets/search/part-wide.js", lambda route: route.abort())
    page.goto(server("index.html"))
    page.locator("#q").fill("shelter")
    expect(page.locator("#results")).to_contain_text("The search could not be loaded")
    expect(page.locator("main")).to_be_visible()


# Keyboard, screen reader


def test_slash_focuses_arrows_move_enter_opens_and_escape_clears(way: Way, page_of):
    page = page_of(DESK)
    page.goto(way("index.html"))
    page.keyboard.press("/")
    page.keyboard.type("rape kit 63701")
    expect(page.locator("#results[data-state=ready]")).to_be_visible()
    expect(page.locator("#q")).to_have_value("rape kit 63701")
    links = page.locator("#results [data-listing] h3 a")
    page.keyboard.press("ArrowDown")
    expect(links.nth(0)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(links.nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#q")).to_have_value("")
    expect(page.locator("#results")).to_be_hidden()
    expect(page.locator("main")).to_be_visible()
    page.keyboard.type("rape kit 63701")
    expect(page.locator("#results[data-state=ready]")).to_be_visible()
    page.keyboard.press("Enter")
    expect(links.nth(0)).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/listings/*.html")


def test_slash_can_be_typed_into_the_field(search):
    page = search("24")
    page.locator("#q").press_sequentially("/7")
    expect(page.locator("#q")).to_have_value("24/7")


def test_typing_keeps_the_focus_and_the_number_is_announced_politely(search):
    page = search("shelter columbia")
    assert page.evaluate("document.activeElement.id") == "q"
    expect(page.get_by_role("search").get_by_role("status")).to_contain_text(re.compile(r"\d+ listings: Emergency shelter for"))


def test_without_javascript_the_box_is_not_shown(way: Way, page_of):
    page = page_of(java_script_enabled=False)
    page.goto(way("index.html"))
    expect(page.locator("#q")).to_be_hidden()
    assert page.get_by_role("link", name="Boone County").count()


@pytest.mark.parametrize("size", [PHONE, TABLET, DESK], ids=["360", "768", "1280"])
def test_results_fit_the_screen(search, size: tuple[int, int]):
    page = search("counseling for abused teen girls st louis", size=size)
    assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")


def test_a_search_makes_no_noise(way: Way, page_of):
    page = page_of()
    heard: list[str] = []
    page.on("console", lambda message: heard.append(message.text))
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.goto(way("index.html"))
    for query in ("shelter", "shelter boone", "", "legal aid 63701", "zzz"):
        page.locator("#q").fill(query)
    expect(page.locator("#results[data-state=ready]")).to_be_visible()
    assert heard == []


def test_results_can_be_printed_without_the_box(search):
    page = search("shelter columbia")
    page.emulate_media(media="print")
    expect(page.locator("#results .found li").first).to_be_visible()
    expect(page.locator("#q")).to_be_hidden()
    expect(page.locator("#results button").first).to_be_hidden()


def test_the_page_stays_until_there_are_results(server: Way, page_of):
    page = page_of()
    page.route("**/assets/search/words-known.js", lambda route: None)  # never answered
    page.goto(server("index.html"))
    page.locator("#q").fill("shelter")
    expect(page.locator("main")).to_be_visible()


def test_where_nothing_is_found_the_nearest_spelling_is_offered(search):
    page = search("armyyy")  # one letter more than is passed over in silence
    group = page.get_by_role("group", name="Nearest spelling")
    group.get_by_role("button", name="army", exact=True).click()
    expect(page.locator("#q")).to_have_value("army")


def test_who_has_gone_into_the_results_stays_there_when_more_arrive(server: Way, page_of):
    page = page_of()
    held: list[Any] = []
    page.route("**/assets/search/part-southwest.js", lambda route: held.append(route))
    page.goto(server("index.html"))
    page.locator("#q").fill("shelter columbia")
    link = page.locator("#results .found [data-listing] h3 a").first
    expect(link).to_be_visible()
    link.focus()
    name = link.inner_text()
    held[0].continue_()
    expect(page.locator("#results[data-state=ready]")).to_be_visible()
    assert page.evaluate("document.activeElement.innerText") == name
