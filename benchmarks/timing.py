"""How long a search takes in the browser, by the page's own clock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

MEASURE = (Path(__file__).parent / "pages/measure.js").read_text(encoding="utf-8")
TYPED = (
    "shelter 63701", "rape kit springfield", "bed tonight st louis", "abogado kansas city", "t visa", "harmony house",
    "detox joplin", "food pantry boone county", "teen shelter", "counseling for men columbia", "immigration lawyer",
    "legal aid cape girardeau", "domestic violence 65401", "womens shelter hannibal", "job training", "24 hour hotline",
    "transitional housing", "rent help greene county", "dentist medicaid", "labor trafficking", "police escort",
    "pregnant homeless", "interpreter somali", "expunge record", "bus ticket home", "573-634-4911", "refugio",
    "order of protection adair county", "suboxone sedalia", "ymca",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds, over all that was typed."""

    median: float
    p95: float


def times(values: Sequence[float]) -> Times:
    """Give the median and the 95th percentile."""
    ordered = sorted(values)
    return Times(median(ordered), ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))])


class Chromium:
    """A browser that gives a fresh page, with nothing kept from before, for each measurement."""

    def __init__(self, browser: Any) -> None:
        self.browser = browser

    def page(self, address: str) -> Any:
        """Open a page and let it come to rest."""
        page = self.browser.new_context().new_page()
        page.goto(address)
        page.wait_for_selector("[data-search] input", state="visible")
        page.evaluate(MEASURE)
        page.wait_for_timeout(100)
        return page

    def first(self, address: str, text: str) -> Any:
        """Search for the first time on a page; give what `measure.first` tells."""
        page = self.page(address)
        told = page.evaluate("(text) => measure.first(text)", text)
        page.context.close()
        return told


def first_results(chromium: Chromium, pages: Mapping[str, str], text: str, rounds: int) -> dict[str, tuple[float, float]]:
    """Time the first search on each page, in turn so that the machine's moods hit all: medians (first result, whole)."""
    told: dict[str, list[Any]] = {name: [] for name in pages}
    for turn in range(rounds + 1):
        for name, address in pages.items():
            one = chromium.first(address, text)
            if turn:  # the first turn warms up the machine's file cache
                told[name].append(one)
    return {name: (median(one["first"] for one in some), median(one["whole"] for one in some)) for name, some in told.items()}


@dataclass(frozen=True, slots=True)
class Typing:
    """Keystroke to results: the first time that all is typed on a page, and later (each keystroke's median)."""

    cold: Times
    script: Times
    laid_out: Times


def typing(chromium: Chromium, pages: Mapping[str, str], rounds: int) -> dict[str, Typing]:
    """Time every keystroke of `TYPED` on each page, after a first search that is not counted; the pages take turns."""
    open_pages = {name: chromium.page(address) for name, address in pages.items()}
    told: dict[str, list[list[list[float]]]] = {name: [] for name in pages}
    for page in open_pages.values():
        page.evaluate("() => measure.first('help')")
    for _ in range(rounds + 1):
        for name, page in open_pages.items():
            ask = "typeSlowly" if name.startswith("Pagefind") else "type"
            told[name].append(page.evaluate(f"(texts) => measure.{ask}(texts)", list(TYPED)))
    for page in open_pages.values():
        page.context.close()
    return {name: _typing(some) for name, some in told.items()}


def _typing(passes: list[list[list[float]]]) -> Typing:
    cold, *later = passes
    each = list(zip(*later, strict=True))
    return Typing(
        times([drawn for _, drawn in cold]),
        times([median(one[0] for one in key) for key in each]),
        times([median(one[1] for one in key) for key in each]),
    )
