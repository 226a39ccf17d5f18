"""The gaps and the figures in use: sorted by keyboard, told apart without color, read on paper and without scripts."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations, pairwise

import pytest
from looking import DESK, DRAWN, Way
from playwright.sync_api import Locator, Page, expect

PageOf = Callable[..., Page]
NEED = "Shelter and housing"
COLUMN = "(rows, column) => rows.map(row => Number(row.cells[column].dataset.order))"


@pytest.fixture
def coverage(way: Way, page_of: PageOf) -> Page:
    page = page_of(DESK)
    page.goto(way("coverage.html"))
    return page


def every_county(page: Page) -> Locator:
    return page.get_by_role("table", name="The best that is listed")


def column_of(table: Locator, heading: str) -> int:
    names = [one.strip() for one in table.get_by_role("columnheader").all_inner_texts()]
    return names.index(heading)


def test_the_table_is_sorted_up_and_down_with_the_keyboard(coverage: Page) -> None:
    table = every_county(coverage)
    column = column_of(table, NEED)
    button = table.get_by_role("button", name=NEED)
    for direction in (1, -1):
        button.focus()
        coverage.keyboard.press("Enter")
        order = table.locator("tbody tr").evaluate_all(COLUMN, column)
        assert all((b - a) * direction >= 0 for a, b in pairwise(order)) and len(set(order)) > 1


def test_a_screen_reader_is_told_which_column_sorts_the_table(coverage: Page) -> None:
    table = every_county(coverage)
    expect(table.locator("[aria-sort]")).to_have_text(["County"])
    table.get_by_role("button", name=NEED).click()
    expect(table.locator("[aria-sort=ascending]")).to_have_text([NEED])
    table.get_by_role("button", name=NEED).click()
    expect(table.locator("[aria-sort=descending]")).to_have_text([NEED])


def test_sorting_keeps_every_county(coverage: Page) -> None:
    rows = every_county(coverage).locator("tbody tr")
    before = rows.all_inner_texts()
    every_county(coverage).get_by_role("button", name="Region").click()
    assert rows.all_inner_texts() != before and sorted(rows.all_inner_texts()) == sorted(before)


def test_without_scripts_maps_and_table_stand_there(way: Way, page_of: PageOf) -> None:
    page = page_of(DESK, java_script_enabled=False)
    page.goto(way("coverage.html"))
    expect(page.get_by_role("img", name=NEED)).to_be_visible()
    expect(every_county(page).get_by_role("row")).to_have_count(124)
    expect(every_county(page).get_by_role("button")).to_have_count(0)


WAYS = {"light": {}, "dark": {"color_scheme": "dark"}, "forced colors": {"forced_colors": "active"}, "paper": {"media": "print"}}


@pytest.mark.parametrize("name", WAYS)
def test_no_two_covers_look_alike_also_in_black_and_white(folder: Way, page_of: PageOf, name: str) -> None:
    page = page_of(DESK, bypass_csp=True)  # for the filter below, which no page of the guide could have
    page.emulate_media(**WAYS[name])
    page.goto(folder("coverage.html"))
    page.add_style_tag(content="html { filter: grayscale(1) contrast(9) }")  # next to black and white
    looks = [swatch.screenshot() for swatch in page.locator(".legend svg").all()]
    assert len(looks) == 4
    assert [pair for pair in combinations(range(4), 2) if looks[pair[0]] == looks[pair[1]]] == []


def test_the_numbers_of_a_figure_unfold_as_a_table(way: Way, page_of: PageOf) -> None:
    page = page_of()
    page.goto(way("reports/needs-assessment.html"))
    figure = page.locator("#figure-types-of-trafficking")
    expect(figure.get_by_role("table")).to_be_hidden()
    figure.locator("summary").press("Enter")
    for number in ("349", "82.7", "53", "12.6", "20", "4.7"):
        expect(figure.get_by_role("table").get_by_role("cell", name=number, exact=True)).to_be_visible()


def test_a_figure_tells_its_numbers_to_a_screen_reader(folder: Way, page_of: PageOf) -> None:
    page = page_of()
    page.goto(folder("reports/needs-assessment.html"))
    expect(page.get_by_role("img", name="422").or_(page.get_by_role("img", name="349 survivors"))).to_have_count(1)
    expect(page.get_by_role("img", name="260 or 270 (sources differ) cases")).to_have_count(1)


def test_paper_shows_the_numbers_of_every_figure(folder: Way, page_of: PageOf) -> None:
    page = page_of(DESK)
    page.goto(folder("reports/needs-assessment.html"))
    page.emulate_media(media="print")
    page.evaluate(DRAWN)
    hidden = page.locator("main td, main th").evaluate_all(
        "cells => cells.filter(one => !one.checkVisibility({contentVisibilityAuto: true})).map(one => one.textContent)")  # fmt: skip
    assert hidden == []


@pytest.mark.parametrize("name", ["types-of-trafficking", "hotline-cases"])
def test_the_numbers_of_a_figure_can_be_downloaded(way: Way, page_of: PageOf, name: str) -> None:
    page = page_of()
    page.goto(way("reports/needs-assessment.html"))
    with page.expect_download() as download:
        page.locator(f"#figure-{name}").get_by_role("link", name="CSV").click()
    assert download.value.path().read_bytes() == (way.site / f"figures/{name}.csv").read_bytes()
