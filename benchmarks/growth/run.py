"""Measures the search beside MiniSearch and Pagefind as the guide grows: first result, keystrokes, bytes and memory.

`python benchmarks/growth/run.py --sizes 1113 5000 50000 --runs 7` prints tables in Markdown. The engines take turns, so that
a busy machine slows all of them: trust the ratios. MiniSearch and our search are read from a folder (`file://`); Pagefind
cannot be, so it comes from a server on this machine. What is installed stays in `benchmarks/.cache`.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from benchmarks import peers, sites  # noqa: E402
from benchmarks.synthetic import grown  # noqa: E402
from benchmarks.texts import documents  # noqa: E402
from benchmarks.timing import Chromium, first_results, times  # noqa: E402
from benchmarks.weighing import packed, weigh  # noqa: E402
from tools.browser import FLAGS, find  # noqa: E402

CACHE = ROOT / "benchmarks/.cache"
OURS, MINI, PAGEFIND = "this guide", "MiniSearch", "Pagefind"
PLACE, ANYWHERE = "shelter 63701", "legal aid"
TYPED = (
    "shelter 63701", "rape kit springfield", "bed tonight st joseph", "abogado kansas city", "harmony house joplin",
    "food pantry boone county", "teen shelter rolla", "counseling for men columbia", "legal aid cape girardeau",
    "domestic violence 65401", "womens shelter hannibal", "rent help greene county", "dentist sedalia", "police cameron",
    "somali interpreter kirksville", "order of protection adair county", "detox poplar bluff", "hospital trenton",
)  # fmt: skip
"""Each with a place, so that a large guide answers from a few parts."""


class Size:
    """The sites of one size: their folders and their home pages."""

    def __init__(self, guide: Any, size: int, work: Path, beside: Mapping[str, Path], stack: ExitStack) -> None:
        shared = sites.facts(grown(guide, size))
        self.listings = size
        ours = sites.write_ours(shared, work / f"ours-{size}")
        self.folders = {OURS: ours.folder}
        self.homes = {OURS: ours.home}
        for name, folder in beside.items():
            if (folder / str(size)).is_dir():
                self.folders[name] = folder / str(size)
                self.homes[name] = (folder / str(size) / "index.html").absolute().as_uri()
        found = documents(shared)
        try:
            folder = sites.copy_for(ours, work / f"mini-{size}", "mini.js")
            peers.build_minisearch(peers.fetch_minisearch(CACHE / "minisearch"), found, folder)
            self.folders[MINI] = folder
            self.homes[MINI] = (folder / "index.html").absolute().as_uri()
            if size <= 5_000:
                folder = sites.copy_for(ours, work / f"pagefind-{size}", "pagefind.js")
                peers.build_pagefind(peers.fetch_pagefind(CACHE / "pagefind"), found, folder)
                self.folders[PAGEFIND] = folder
                self.homes[PAGEFIND] = stack.enter_context(sites.served(folder))
        except peers.MissingPeerError as error:
            print(error, file=sys.stderr)

    @property
    def from_folder(self) -> dict[str, str]:
        """The home pages of the engines that work without a server."""
        return {name: home for name, home in self.homes.items() if name != PAGEFIND}


def table(title: str, head: list[str], rows: list[list[str]]) -> None:
    """Print a table in Markdown."""
    print(f"\n{title}\n\n| {' | '.join(head)} |\n|{'---|' * len(head)}")
    for row in rows:
        print(f"| {' | '.join(row)} |")
    sys.stdout.flush()


def show(value: float) -> str:
    """Write a number with three digits or so."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}"


def against(value: float, base: float | None) -> str:
    """Write how many times as much as another it is."""
    return f"{value / base:.2f}" if base else "-"


def first(chromium: Chromium, size: Size, runs: int) -> list[list[str]]:
    """Time the first search on a fresh page, from the first keystroke to results that are drawn and laid out."""
    rows = []
    for text in (PLACE, ANYWHERE):
        told = first_results(chromium, size.from_folder, text, runs)
        base = told.get(MINI, (0.0, 0.0))[0]
        rows += [[f"{size.listings:,}", text, name, show(one), against(one, base), show(whole)]
                 for name, (one, whole) in told.items()]  # fmt: skip
    return rows


def keystrokes(chromium: Chromium, size: Size, runs: int) -> list[list[str]]:
    """Time every later keystroke of `TYPED`, with drawing and layout; of each the median of all runs."""
    pages = {name: chromium.page(home) for name, home in size.from_folder.items()}
    for page in pages.values():
        page.evaluate("(text) => measure.first(text)", PLACE)
        page.evaluate("(texts) => measure.type(texts)", list(TYPED[:6]))
    told: dict[str, list[list[float]]] = {name: [] for name in pages}
    for _ in range(runs):
        for name, page in pages.items():
            told[name].append([laid_out for _, laid_out in page.evaluate("(texts) => measure.type(texts)", list(TYPED))])
    for page in pages.values():
        page.context.close()
    each = {name: times([median(one) for one in zip(*some, strict=True)]) for name, some in told.items()}
    base = each[MINI].p95 if MINI in each else None
    return [[f"{size.listings:,}", name, show(one.median), show(one.p95), against(one.p95, base)] for name, one in each.items()]


def weights(chromium: Chromium, size: Size) -> list[list[str]]:
    """Count the bytes that a first search with a place loads, gzip -9."""
    told = {name: weigh(chromium, size.folders[name], home, PLACE) for name, home in size.homes.items()}
    base = told[PAGEFIND].first if PAGEFIND in told else None
    return [[f"{size.listings:,}", name, show(one.first / 1000), against(one.first, base), show(one.whole / 1000),
             str(one.requests)] for name, one in told.items()]  # fmt: skip


def per_listing(size: Size) -> list[str]:
    """Weigh our parts of the index, all of them: per listing, in bytes, gzip -9."""
    scripts = [path.read_bytes() for path in (size.folders[OURS] / "assets/search").glob("part-*.js")]
    whole, words = (sum(map(packed, some)) for some in (scripts, [_words_alone(script) for script in scripts]))
    each = (whole / 1000, whole / size.listings, words / size.listings, max(map(packed, scripts)) / 1000)
    return [f"{size.listings:,}", str(len(scripts)), *map(show, each)]


def _words_alone(script: bytes) -> bytes:
    """Leave of a part what Lunr's index is made from."""
    quoted = script.decode("ascii").partition("JSON.parse('")[2].rpartition("')")[0]
    part = json.loads(quoted.replace("\\'", "'").replace("\\\\", "\\"))
    return json.dumps([part.get(key) for key in ("terms", "postings", "elsewhere", "lengths", "vectors")]).encode("ascii")


def memory(chromium: Chromium, size: Size, runs: int) -> list[list[str]]:
    """Weigh what a first search leaves on the heap of the page, after the browser has taken out its rubbish."""
    told: dict[str, list[float]] = {name: [] for name in size.homes}
    for _ in range(runs):
        for name, home in size.homes.items():
            page = chromium.page(home)
            session = page.context.new_cdp_session(page)
            before = _heap(session)
            page.evaluate("(text) => measure.first(text).then(() => null)", PLACE)
            told[name].append(_heap(session) - before)
            page.context.close()
    each = {name: median(some) for name, some in told.items()}
    return [[f"{size.listings:,}", name, f"{one / 1e6:.2f}", against(one, each.get(MINI))] for name, one in each.items()]


def _heap(session: Any) -> float:
    session.send("HeapProfiler.collectGarbage")
    used: float = session.send("Runtime.getHeapUsage")["usedSize"]
    return used


def main(arguments: list[str] | None = None) -> int:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(prog="benchmarks/growth/run.py", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_113, 5_000, 50_000], help="how many listings")
    parser.add_argument("--runs", type=int, default=7, help="how often each time is taken (default: 7)")
    parser.add_argument("--only", choices=("first", "keys", "bytes", "heap"), nargs="+", help="leave out the others")
    parser.add_argument("--beside", nargs=2, action="append", default=[], metavar=("NAME", "FOLDER"),
                        help="measure other sites too: in the folder, one for each size, named by it")  # fmt: skip
    options = parser.parse_args(arguments)
    from playwright.sync_api import sync_playwright

    wanted = options.only or ["first", "keys", "bytes", "heap"]
    found: dict[str, list[list[str]]] = {name: [] for name in ("first", "keys", "bytes", "parts", "heap")}
    with ExitStack() as stack:
        work = Path(stack.enter_context(TemporaryDirectory(prefix="guide-search-")))
        browser = stack.enter_context(sync_playwright()).chromium.launch(executable_path=find(), args=FLAGS)
        chromium = Chromium(browser)
        guide = sites.real_guide()
        for number in options.sizes:
            size = Size(guide, number, work, {name: Path(folder) for name, folder in options.beside}, stack)
            found["parts"].append(per_listing(size))
            measures: dict[str, Callable[[], list[list[str]]]] = {
                "bytes": partial(weights, chromium, size),
                "heap": partial(memory, chromium, size, min(options.runs, 5)),
                "first": partial(first, chromium, size, options.runs),
                "keys": partial(keystrokes, chromium, size, options.runs),
            }
            for name in measures:
                if name in wanted:
                    found[name] += measures[name]()
                    print(f"{number:,} listings: {name} measured", file=sys.stderr)
        browser.close()
    heads = {
        "first": (f"First search on a fresh page, from file://, ms (median of {options.runs})",
                  ["listings", "query", "engine", "first result", "/ MiniSearch", "all has come"]),
        "keys": (f"Each later keystroke of {len(TYPED)} queries with a place, ms",
                 ["listings", "engine", "median", "p95", "p95 / MiniSearch"]),
        "bytes": (f"Bytes of a first search, {PLACE!r}, kB, gzip -9",
                  ["listings", "engine", "first result", "/ Pagefind", "all", "files"]),
        "parts": ("The index with what results show, gzip -9",
                  ["listings", "parts", "all, kB", "bytes a listing", "of these the index", "largest, kB"]),
        "heap": ("Heap of the page after a first search, MB more than before", ["listings", "engine", "MB", "/ MiniSearch"]),
    }  # fmt: skip
    for name, (title, head) in heads.items():
        if found[name]:
            table(title, head, found[name])
    return 0


if __name__ == "__main__":
    sys.exit(main())
