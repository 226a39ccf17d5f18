"""How many bytes a first search loads, as they would travel: `gzip -9`, or as they are where that is smaller."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from benchmarks.timing import MEASURE, Chromium

_SEARCH = ("assets/search", "assets/mini", "assets/pagefind", "pagefind/")


@dataclass(frozen=True, slots=True)
class Weight:
    """Bytes of the search's own scripts and data: what had come by the first result, and all that was loaded."""

    first: int
    whole: int
    requests: int


def packed(data: bytes) -> int:
    """Count the bytes as they travel."""
    return min(len(data), len(gzip.compress(data, 9)))


def weigh(chromium: Chromium, folder: Path, address: str, text: str) -> Weight:
    """Search once on a fresh page and count what the search loaded."""
    page = chromium.browser.new_context().new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    page.wait_for_selector("[data-search] input", state="visible")
    page.evaluate(MEASURE)
    told = page.evaluate("(text) => measure.first(text)", text)
    page.wait_for_timeout(300)
    page.context.close()
    files = sorted(one for one in {_inside(url, folder) for url in asked} if one.startswith(_SEARCH))
    sizes = {one: packed((folder / one).read_bytes()) for one in files}
    before = {name.replace("/", "-") for name in told["before"]}
    late = {one for one in sizes if "/part-" in one and Path(one).stem not in before}
    return Weight(sum(size for one, size in sizes.items() if one not in late), sum(sizes.values()), len(sizes))


def _inside(url: str, folder: Path) -> str:
    parts = urlsplit(url)
    path = Path(unquote(parts.path))
    return path.relative_to(folder.absolute()).as_posix() if parts.scheme == "file" else path.as_posix().lstrip("/")
