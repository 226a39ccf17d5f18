"""What the guide promises holds in Firefox, too, where a page from a folder may do less than in Chromium."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from firefox import Firefox
from looking import Way

from tools import browser as installed

NOTHING_STORED = """(async () => [Object.keys(localStorage), Object.keys(sessionStorage), document.cookie,
  (await indexedDB.databases().catch(() => [])).length])()"""


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    """A Firefox that the tests share."""
    path = installed.find_firefox()
    assert path
    firefox = Firefox(path, tmp_path_factory.mktemp("profile"))
    yield firefox
    firefox.close()


@pytest.fixture
def firefox(program: Firefox) -> Firefox:
    """A Firefox that has asked and said nothing yet."""
    program.asked.clear()
    program.said.clear()
    return program


def test_every_kind_of_page_opens_quietly_and_asks_no_other_host(firefox: Firefox, way: Way, addresses: list[str]) -> None:
    for address in [*addresses, "measures.html"]:
        firefox.open(way(address))
        assert firefox.value("getComputedStyle(document.querySelector('h1')).fontWeight") == "700", f"{address}: no style came"
        assert firefox.value("refused") == [], address
    assert [url for url in firefox.asked if not url.startswith((way.start, "data:", "about:", "chrome:", "resource:"))] == []
    assert firefox.said == []


def test_the_search_works_and_leaves_no_trace(firefox: Firefox, way: Way) -> None:
    firefox.open(way("index.html"))
    before = firefox.value("[location.href, history.length]")
    firefox.value("document.querySelector('#q').focus()")
    firefox.press(*"bed in cole county")
    firefox.wait_for("document.querySelector('#results [data-listing]')")
    assert firefox.value("[location.href, history.length]") == before
    assert firefox.value(NOTHING_STORED) == [[], [], "", 0]
    assert firefox.said == []


def test_a_prepared_search_is_taken_out_of_the_address(firefox: Firefox, way: Way) -> None:
    firefox.open(way("search.html#q=legal%20aid"))
    firefox.wait_for("document.querySelector('#results [data-listing]')")
    assert firefox.value("location.href") == way("search.html")


def test_shift_three_times_leads_out_and_back_does_not_lead_in(firefox: Firefox, folder: Way) -> None:
    firefox.open(folder("index.html"))
    firefox.open(folder("mo/cole.html"))
    firefox.press("Shift", "Shift", "Shift")
    firefox.wait_for_address(folder("measures.html"))
    firefox.wait_for("document.title === 'Kitchen measures' && document.querySelector('table')")
    firefox.back()
    firefox.wait_for_address(folder("index.html"))


def test_the_pages_text_is_gone_before_the_other_page_has_come(firefox: Firefox, folder: Way) -> None:
    firefox.open(folder("mo/cole.html"))
    seen = firefox.value("(document.querySelector('.exit').click(), [document.title, document.documentElement.textContent])")
    assert seen[0] == "Weather"
    assert "Cole County" not in seen[1]
    firefox.wait_for_address(folder("measures.html"))  # else the page that is still coming ends the next test's


def test_the_table_of_gaps_is_sorted(firefox: Firefox, way: Way) -> None:
    firefox.open(way("coverage.html"))
    firefox.value("document.querySelector('[data-sortable] th:nth-child(4) button').click()")
    assert firefox.value("document.querySelector('[data-sortable] [aria-sort]').cellIndex") == 3


def test_a_sheet_goes_from_page_to_page_and_is_gone_after_leaving(firefox: Firefox, folder: Way) -> None:
    firefox.open(folder("mo/cole.html"))
    firefox.value("document.querySelector('button.add').click()")
    firefox.open(folder("sheet.html"))
    firefox.wait_for("document.querySelectorAll('.picked > li').length === 1")
    firefox.press("Shift", "Shift", "Shift")
    firefox.wait_for_address(folder("measures.html"))
    firefox.open(folder("sheet.html"))
    firefox.wait_for("document.querySelector('[data-sheet-page]:not([hidden])')")
    assert firefox.value("document.querySelectorAll('.picked > li').length") == 0
    assert firefox.value("window.name") == ""
