"""Nothing that a reader does is asked of another host, stored in the browser, or told to the history."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from looking import DESK, UNFOLD, Way
from playwright.sync_api import Page, expect

PageOf = Callable[..., Page]
STORED = """async () => [
  Object.keys(localStorage), Object.keys(sessionStorage), document.cookie,
  (await indexedDB.databases()).map(one => one.name),
  window.caches ? await caches.keys().catch(() => []) : [],
  navigator.serviceWorker ? (await navigator.serviceWorker.getRegistrations().catch(() => [])).length : 0,
]"""
NOTHING = [[], [], "", [], [], 0]
REFUSALS = """
  window.refused = [];
  document.addEventListener('securitypolicyviolation', event => refused.push(`${event.violatedDirective}: ${event.blockedURI}`));
"""


@contextmanager
def without_a_trace(page: Page, way: Way) -> Iterator[None]:
    """Fail where what is done here, on one page, asks, stores or remembers anything."""
    asked: list[str] = []

    def listen(request: object) -> None:
        asked.append(request.url)  # type: ignore[attr-defined]

    page.on("request", listen)
    before = page.url, page.evaluate("history.length")
    yield
    page.remove_listener("request", listen)
    assert [url for url in asked if not url.startswith(way.start)] == []
    assert (page.url, page.evaluate("history.length")) == before
    assert page.evaluate(STORED) == NOTHING
    assert page.evaluate("window.refused") == []
    assert page.context.cookies() == []


def test_opening_and_unfolding_leave_no_trace_on_any_kind_of_page(way: Way, page_of: PageOf, addresses: list[str]) -> None:
    page = page_of()
    page.add_init_script(REFUSALS)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for address in [*addresses, "measures.html"]:
        page.goto(way(address))
        with without_a_trace(page, way):
            page.evaluate(UNFOLD)
            page.mouse.move(150, 400)
            page.mouse.wheel(0, 900)
    assert [url for url in asked if not url.startswith(way.start)] == []


def test_searching_and_narrowing_leave_no_trace(way: Way, page_of: PageOf) -> None:
    page = page_of(DESK)
    page.add_init_script(REFUSALS)
    page.goto(way("index.html"))
    with without_a_trace(page, way):
        page.get_by_role("searchbox").press_sequentially("bed tonight in Springfield")
        expect(page.locator("#results [data-listing]").first).to_be_visible()
        buttons = page.locator("#results button:not(.add)")  # what is picked for the sheet is kept in its tab
        for place in range(min(4, buttons.count())):
            buttons.nth(place).click()
        page.get_by_role("searchbox").press("Enter")


def test_a_prepared_search_is_taken_out_of_the_address_before_anything_else(way: Way, page_of: PageOf) -> None:
    page = page_of()
    page.add_init_script(REFUSALS)
    page.goto(way("search.html#q=shelter%20in%20cole%20county"))
    expect(page.locator("#results [data-listing]").first).to_be_visible()
    assert page.url == way("search.html")
    with without_a_trace(page, way):
        page.get_by_role("searchbox").filter(visible=True).fill("legal aid")
        expect(page.locator("#results [data-listing]").first).to_be_visible()


def test_the_map_and_sorting_leave_no_trace(way: Way, page_of: PageOf) -> None:
    page = page_of(DESK)
    page.add_init_script(REFUSALS)
    page.goto(way("counties.html"))
    with without_a_trace(page, way):
        page.get_by_role("link", name="Cole County", exact=True).first.hover()
    page.goto(way("coverage.html"))
    with without_a_trace(page, way):
        page.get_by_role("button", name="Legal help").click()


def test_what_is_written_into_a_page_neither_runs_nor_loads(way: Way, page_of: PageOf) -> None:
    page = page_of()
    page.add_init_script(REFUSALS)
    page.goto(way("mo/cole.html"))
    gone_out: list[str] = []
    page.route(re.compile("example.org"), lambda route: (gone_out.append(route.request.url), route.abort())[1])
    page.evaluate("""() => {
      const add = (name, facts) => document.body.append(Object.assign(document.createElement(name), facts));
      add('script', {textContent: 'window.ran = true'});
      add('script', {src: 'https://example.org/a.js'});
      add('img', {src: 'https://example.org/a.png'});
      add('iframe', {src: 'https://example.org/'});
      add('p', {innerHTML: '<b onclick="window.ran = true">x</b>'});
      document.querySelector('b[onclick]').click();
      fetch('https://example.org/').catch(() => {});
      setTimeout('window.ran = true');
    }""")
    page.wait_for_function("window.refused.length >= 7")
    assert page.evaluate("window.ran") is None
    assert gone_out == []


def test_links_that_lead_out_do_not_say_where_they_come_from(server: Way, page_of: PageOf, withheld: str) -> None:
    page = page_of()
    told: list[str | None] = []
    page.route(re.compile("^https://"), lambda route: (told.append(route.request.headers.get("referer")), route.fulfill(body="x"))[1])
    for address in ("about.html", "reports/needs-assessment.html", withheld):
        page.goto(server(address))
        out = page.locator("main a[href^='https://']").first
        assert "noreferrer" in (out.get_attribute("rel") or ""), address
        out.click()
        page.wait_for_url(re.compile("^https://"))
    assert told == [None, None, None]
