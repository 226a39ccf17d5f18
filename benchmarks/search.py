"""Measures the search against MiniSearch and Pagefind: relevance, time, bytes and scale, in one run.

Run `python -m benchmarks.search` in the project's folder. What it needs beyond the project's own packages it installs
into a temporary folder and takes away again.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks import peers, scale, sites
from benchmarks.ranking import ask_other, ask_ours
from benchmarks.table import number, ratio, show
from benchmarks.texts import documents
from benchmarks.timing import TYPED, Chromium, first_results, typing
from benchmarks.weighing import weigh
from tools.browser import FLAGS, find
from tools.relevance import QUERIES, Outcome, read_queries, score

OURS, PLAIN, MINI, PAGEFIND = "this guide", "this guide, plain cards", "MiniSearch", "Pagefind"
MORE = " + places"
FIRST = ("shelter", "rape kit 63701")


class Run:
    """One run: the sites that are measured, and their addresses."""

    def __init__(self, chromium: Chromium, work: Path, rounds: int, guide: Any, stack: ExitStack) -> None:
        self.chromium, self.work, self.rounds, self.guide = chromium, work, rounds, guide
        self.shared = sites.facts(guide)
        self.folders: dict[str, Path] = {}
        self.homes: dict[str, str] = {}
        self.minisearch: Path | None = None
        ours = sites.write_ours(self.shared, work / "ours")
        plain = sites.copy_with_plain_cards(ours, work / "plain")
        for name, site in ((OURS, ours), (PLAIN, plain)):
            self.folders[name], self.homes[name] = site.folder, site.home
        found = documents(self.shared)
        for more in ("", MORE):
            with _told():
                self.minisearch = peers.fetch_minisearch(work / "minisearch")
                folder = sites.copy_for(ours, work / f"mini{len(more)}", "mini.js")
                peers.build_minisearch(self.minisearch, found, folder, around=bool(more))
                self.folders[MINI + more] = folder
                self.homes[MINI + more] = (folder / "index.html").absolute().as_uri()
        for more in ("", MORE):
            with _told():
                command = peers.fetch_pagefind(work / "pagefind")
                folder = sites.copy_for(ours, work / f"pagefind{len(more)}", "pagefind.js")
                peers.build_pagefind(command, found, folder, around=bool(more))
                self.folders[PAGEFIND + more] = folder
                self.homes[PAGEFIND + more] = stack.enter_context(sites.served(folder))

    def relevance(self) -> None:
        """Print success@1, success@3 and the mean reciprocal rank of the engines, for each kind of query."""
        if not QUERIES.is_file():
            print(f"Relevance is left out: {QUERIES} is missing")
            return
        queries = read_queries()
        asked: dict[str, list[Outcome]] = {OURS: ask_ours(self.chromium, self.homes[OURS].replace("index", "search"), queries)}
        for name in (MINI, MINI + MORE, PAGEFIND, PAGEFIND + MORE):
            if name in self.homes:
                engine = "mini" if name.startswith(MINI) else "pagefind"
                asked[name] = ask_other(self.chromium, self.homes[name], engine, queries, self.guide.counties)
        rows = []
        kinds = sorted({query.kind for query in queries if query.first})
        for kind in (*kinds, "all"):
            scores = {name: score([one for one in some if kind in (one.query.kind, "all")]) for name, some in asked.items()}
            rows.append([kind, str(scores[OURS].queries), *(
                f"{one.success_at_1:.2f} {one.success_at_3:.2f} {one.mean_reciprocal_rank:.2f}" for one in scores.values())])
        show("Relevance: success@1, success@3, mean reciprocal rank", ["kind", "queries", *asked], rows)

    def time(self) -> None:
        """Print the time to the first result and after each later keystroke."""
        pages = {name: home for name, home in self.homes.items() if not name.endswith(MORE)}
        rows = []
        for text in FIRST:
            told = first_results(self.chromium, pages, text, self.rounds)
            base = told.get(MINI, (0.0, 0.0))
            rows += [[repr(text), name, number(first), ratio(first, base[0]), number(whole), ratio(whole, base[1])]
                     for name, (first, whole) in told.items()]  # fmt: skip
        show(f"First search on a page, nothing loaded yet, ms (median of {self.rounds}); target: first result within 150 ms",
             ["query", "engine", "first result", "/ MiniSearch", "whole", "/ MiniSearch"], rows)  # fmt: skip
        typed = typing(self.chromium, pages, self.rounds)
        mini = typed.get(MINI)
        rows = []
        for name, one in typed.items():
            row = [name]
            for measured in ("script", "laid_out", "cold"):
                mine, base_times = getattr(one, measured), getattr(mini, measured, None)
                row += [number(mine.median), number(mine.p95), ratio(mine.p95, base_times.p95 if base_times else 0)]
            rows.append(row)
        letters = sum(map(len, TYPED))
        show(f"Later keystrokes of {len(TYPED)} queries ({letters} letters), ms: script alone; with layout (each letter's "
             f"median of {self.rounds}); with layout, when typed for the first time; target: p95 under 8 ms",
             ["engine", "script", "p95", "/ Mini", "laid out", "p95", "/ Mini", "first time", "p95", "/ Mini"], rows)

    def bytes(self) -> None:
        """Print what the first search loads."""
        rows = []
        for text in FIRST:
            told = {name: weigh(self.chromium, self.folders[name], home, text)
                    for name, home in self.homes.items() if name != PLAIN}  # fmt: skip
            base = told.get(MINI)
            rows += [[repr(text), name, f"{one.first / 1000:.1f}", ratio(one.first, base.first if base else 0),
                      f"{one.whole / 1000:.1f}", ratio(one.whole, base.whole if base else 0), str(one.requests)]
                     for name, one in told.items()]  # fmt: skip
        show("Bytes of the first search, kB (gzip -9; without the page and its style)",
             ["query", "engine", "first result", "/ MiniSearch", "all", "/ MiniSearch", "files"], rows)  # fmt: skip

    def scale(self, sizes: list[int]) -> None:
        """Print how all that grows with the listings."""
        scale.report(self.chromium, self.guide, self.minisearch, self.work, sizes, self.rounds)


class _told:  # noqa: N801
    """Says that a program is missing, and goes on without it."""

    def __enter__(self) -> None: ...

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> bool:
        if isinstance(error, peers.MissingPeerError):
            print(error, file=sys.stderr)
            return True
        return False


def main(arguments: list[str] | None = None) -> int:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(prog="benchmarks.search", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--only", choices=("relevance", "time", "bytes", "scale"), nargs="+", help="leave out the others")
    parser.add_argument("--rounds", type=int, default=7, help="how often each time is taken (default: 7)")
    parser.add_argument("--sizes", type=int, nargs="+", default=[5_000, 50_000], help="listings of the larger guides")
    parser.add_argument("--work", type=Path, help="keep what is installed and made in this folder, which must be new or empty")
    options = parser.parse_args(arguments)
    from playwright.sync_api import sync_playwright

    with ExitStack() as stack:
        work = options.work or Path(stack.enter_context(TemporaryDirectory(prefix="guide-benchmark-")))
        work.mkdir(parents=True, exist_ok=True)
        browser = stack.enter_context(sync_playwright()).chromium.launch(executable_path=find(), args=FLAGS)
        stack.callback(browser.close)
        run = Run(Chromium(browser), work, options.rounds, sites.real_guide(), stack)
        parts: dict[str, Callable[[], None]] = {"relevance": run.relevance, "bytes": run.bytes, "time": run.time,
                                                "scale": lambda: run.scale(options.sizes)}  # fmt: skip
        for name, measure in parts.items():
            if not options.only or name in options.only:
                measure()
    return 0


if __name__ == "__main__":
    sys.exit(main())
