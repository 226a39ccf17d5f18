"""Who looks for help finds the guide: search engines may list its pages; each says in a neutral line what it is."""

from __future__ import annotations

import re
from pathlib import Path

from sample import written

HIDDEN = {"measures.html"}
"""The neutral page, which nobody may tie to the guide."""
DESCRIBED = re.compile(r'<meta name="description" content="([^"]*)">')


def test_search_engines_may_list_all_pages_but_the_neutral_one(site: Path) -> None:
    hidden = {path.relative_to(site).as_posix() for path in site.rglob("*.html")
              if '<meta name="robots" content="noindex">' in path.read_text(encoding="utf-8")}  # fmt: skip
    assert hidden == HIDDEN


def test_each_page_is_described_by_its_title_and_the_guides_own_line(site: Path) -> None:
    line = written("site.yaml")["description"]
    for path in site.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        title = re.findall("<title>(.*?)</title>", text)[0].rpartition(" · ")[0]
        expected = [] if path.name == "measures.html" else [f"{title}. {line}" if title else line]
        assert DESCRIBED.findall(text) == expected, path


def test_the_neutral_page_says_nothing_of_the_guide(site: Path) -> None:
    text = (site / "measures.html").read_text(encoding="utf-8")
    assert written("site.yaml")["title"] not in text and "description" not in text
