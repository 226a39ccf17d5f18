"""Our own words read as plainly as those of a good newspaper, and more plainly where somebody is in a hurry."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
import pytest
import textstat

GRADE = 8
"""School grade that may be needed; two measures must agree (Flesch-Kincaid, and the Automated Readability Index)."""
TEXTS = ("about", "contribute", "safety", "using-the-guide", "for-professionals")
PAGES = ("404", "changes", "coverage", "data", "index", "reports", "search", "services", "sheet", "mo/worth", "regions/northwest",
         "services/emergency-shelter", "listings/rape-and-abuse-crisis-service")  # fmt: skip
HTML = "{http://www.w3.org/1999/xhtml}"


def words_of(path: Path, parts: tuple[str, ...] = ("p", "li", "dd")) -> str:
    """Give a page's own sentences in these elements, without what it says of listings, its footnotes, or numbers."""
    tree = html5lib.parse(path.read_text(encoding="utf-8"))
    main = next(tree.iter(f"{HTML}main"))
    said = []

    def walk(element: Element) -> None:
        if {"cards", "rows", "footnote", "sources", "totals", "listing"} & set(element.get("class", "").split()):
            return
        if element.tag in {f"{HTML}{part}" for part in parts}:
            text = " ".join("".join(element.itertext()).split())
            if len(text.split()) > 3:
                said.append(text if text.endswith((".", "?", ":")) else f"{text}.")
            return
        for child in element:
            walk(child)

    walk(main)
    return re.sub(r"\S*\d\S*?(?=[.,;:?]?(?:\s|$))", "it", " ".join(said))


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_for_readers_is_plain(site: Path, name: str) -> None:
    text = words_of(site / f"{name}.html")
    assert textstat.flesch_kincaid_grade(text) <= GRADE
    assert textstat.automated_readability_index(text) <= GRADE


def test_the_words_of_the_pages_are_plain(site: Path) -> None:
    text = " ".join(words_of(site / f"{name}.html", ("p",)) for name in PAGES)
    assert len(text.split()) > 300
    assert textstat.flesch_kincaid_grade(text) <= GRADE
    assert textstat.automated_readability_index(text) <= GRADE


@pytest.mark.parametrize("name", ["executive-summary", "needs-assessment", "strategic-plan"])
def test_a_report_is_no_harder_than_a_newspaper(site: Path, name: str) -> None:
    assert textstat.flesch_kincaid_grade(words_of(site / f"reports/{name}.html")) <= GRADE + 2
