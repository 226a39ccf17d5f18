"""How often the search puts the right listing first: success@1, success@3, mean reciprocal rank, and every miss.

It types each query of tests/relevance/queries.yaml into the built guide in a real browser, from `file://`.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from msgspec import Struct

from tools.browser import FLAGS, find

ROOT = Path(__file__).resolve().parents[1]
QUERIES = ROOT / "tests/relevance/queries.yaml"
_ASK = """([query, county]) => new Promise((answer) => {
  location.hash = "q=" + encodeURIComponent(query) + "&county=" + encodeURIComponent(county);
  const until = performance.now() + 10000;
  const look = () => {
    const box = document.getElementById("results");
    if (performance.now() > until) return answer(null);
    if (location.hash || (query.trim() && box.dataset.state !== "ready")) return setTimeout(look, 1);
    answer(Array.from(box.querySelectorAll(".found [data-listing]")).map((one) => one.dataset.listing));
  };
  look();
})"""


class Query(Struct, frozen=True):
    """What somebody types, which listings are right at the top (`first`), and which must not be in the first ten."""

    text: str
    kind: str
    first: tuple[str, ...]
    never: tuple[str, ...]
    county: str = ""


class Outcome(Struct, frozen=True):
    """What the search gave for a query: ids, best first."""

    query: Query
    found: tuple[str, ...]

    @property
    def rank(self) -> int:
        """The place of the first right listing, from 1; 0 where none is among those shown."""
        return next((place for place, one in enumerate(self.found, 1) if one in self.query.first), 0)

    @property
    def wrong(self) -> tuple[str, ...]:
        """Listings among the first ten that must not be there."""
        return tuple(one for one in self.found[:10] if one in self.query.never)


class Score(Struct, frozen=True):
    """Shares of the queries, from 0 to 1, whose right listing is first or in the first three; and the mean reciprocal rank."""

    queries: int
    success_at_1: float
    success_at_3: float
    mean_reciprocal_rank: float
    wrong: int


def read_queries(path: Path = QUERIES) -> tuple[Query, ...]:
    """Read the queries."""
    raw: list[dict[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))["queries"]
    return tuple(
        Query(one["q"], one["kind"], tuple(one["first"]), tuple(one.get("not", ())), one.get("county", "")) for one in raw
    )


def ask_all(page: Any, queries: tuple[Query, ...]) -> Iterator[Outcome]:
    """Ask the search page, which is open in a browser, each query in turn. Raises `RuntimeError` where it does not answer."""
    for query in queries:
        found = page.evaluate(_ASK, [query.text, query.county])
        if found is None:
            raise RuntimeError(f"the search gave no answer to {query.text!r}")
        yield Outcome(query, tuple(found))


def score(outcomes: list[Outcome]) -> Score:
    """Work out the scores over the queries that have a right answer."""
    asked = [one for one in outcomes if one.query.first]
    ranks = [one.rank for one in asked]
    return Score(
        len(asked),
        sum(rank == 1 for rank in ranks) / len(asked),
        sum(1 <= rank <= 3 for rank in ranks) / len(asked),
        sum(1 / rank for rank in ranks if rank) / len(asked),
        sum(bool(one.wrong) for one in outcomes),
    )


def main(arguments: list[str] | None = None) -> int:
    """Print the scores, by kind, and every query whose right listing is not first."""
    parser = argparse.ArgumentParser(prog="relevance", description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--site", type=Path, default=ROOT / "site", help="the built guide (default: site)")
    parser.add_argument("--all", action="store_true", help="also show the queries that miss the first place only")
    options = parser.parse_args(arguments)
    page_file = options.site.absolute() / "search.html"
    if not page_file.is_file():
        print(f"{page_file} is missing: build the guide first", file=sys.stderr)
        return 1
    from playwright.sync_api import sync_playwright

    program = find()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        page = browser.new_page()
        page.goto(page_file.as_uri())
        outcomes = list(ask_all(page, read_queries()))
        browser.close()
    by_kind: dict[str, list[Outcome]] = defaultdict(list)
    for one in outcomes:
        by_kind[one.query.kind].append(one)
        if (one.query.first and one.rank != 1 and (options.all or not 1 <= one.rank <= 3)) or one.wrong:
            print(f"{one.query.kind}: {one.query.text!r}{f' in {one.query.county}' if one.query.county else ''}: "
                  f"right at {one.rank or 'no place'}; came: {', '.join(one.found[:3]) or 'nothing'}; "
                  f"right: {', '.join(one.query.first[:3])}{f'; WRONG: {one.wrong}' if one.wrong else ''}")  # fmt: skip
    for kind, some in (*sorted(by_kind.items()), ("all", outcomes)):
        if any(one.query.first for one in some):
            got = score(some)
            print(f"{kind:12} {got.queries:4} queries  success@1 {got.success_at_1:.3f}  success@3 {got.success_at_3:.3f}  "
                  f"MRR {got.mean_reciprocal_rank:.3f}  with a wrong one {got.wrong}")  # fmt: skip
    return 0


if __name__ == "__main__":
    sys.exit(main())
