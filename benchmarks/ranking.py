"""How well each engine answers the queries of tests/relevance/queries.yaml."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from benchmarks.timing import Chromium
from guide.model import County
from tools.relevance import Outcome, Query, ask_all

_FIND = {
    "mini": "(text) => miniFind(text).slice(0, 10).map((one) => one.id)",
    "pagefind": "async (text) => (await pagefindFind(text, 10)).map((one) => one.id)",
}


def ask_ours(chromium: Chromium, search_page: str, queries: tuple[Query, ...]) -> list[Outcome]:
    """Ask our search."""
    page = chromium.browser.new_page()
    page.goto(search_page)
    outcomes = list(ask_all(page, queries))
    page.close()
    return outcomes


def ask_other(
    chromium: Chromium, home: str, engine: str, queries: Sequence[Query], counties: Sequence[County]
) -> list[Outcome]:
    """Ask another engine; the county page on which a query is typed is told to it as words of the query."""
    names = {county.id: county.full_name for county in counties}
    page: Any = chromium.page(home)
    page.evaluate("() => measure.first('help')")
    outcomes = []
    for query in queries:
        text = f"{query.text} {names[query.county]}" if query.county else query.text
        found = page.evaluate(_FIND[engine], text) if text.strip() else []
        outcomes.append(Outcome(query, tuple(found)))
    page.context.close()
    return outcomes
