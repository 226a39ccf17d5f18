"""How the search grows with the guide: time to build its index, bytes, time to the first result."""

from __future__ import annotations

from pathlib import Path
from shutil import rmtree

from benchmarks import peers, sites
from benchmarks.sites import Site
from benchmarks.synthetic import grown
from benchmarks.table import number, ratio, show
from benchmarks.texts import documents
from benchmarks.timing import Chromium, first_results
from benchmarks.weighing import packed
from guide.model import Guide

ANYWHERE, SOMEWHERE = "legal aid", "shelter 63701"
REGION = "southeast"
"""Where `SOMEWHERE` is: its part of the index is loaded for the first result."""


def report(chromium: Chromium, guide: Guide, minisearch: Path | None, work: Path, sizes: list[int], rounds: int) -> None:
    """Measure the real guide and larger ones, and print it."""
    built, weights, times = [], [], []
    for size in (len(guide.listings), *sizes):
        shared = sites.facts(grown(guide, size))
        site = sites.write_ours(shared, work / f"ours-{size}")
        pages = {"ours": site.home}
        mini = 0.0
        if minisearch:
            folder = sites.copy_for(site, work / f"mini-{size}", "mini.js")
            mini = peers.build_minisearch(minisearch, documents(shared), folder)
            pages["mini"] = (folder / "index.html").absolute().as_uri()
        built.append([f"{size:,}", f"{site.seconds:.2f}", f"{mini:.2f}" if mini else "-", ratio(site.seconds, mini)])
        weights.append([f"{size:,}", *_weights(site, work / f"mini-{size}/assets" if minisearch else None)])
        row = [f"{size:,}"]
        for text in (SOMEWHERE, ANYWHERE):
            told = first_results(chromium, pages, text, min(rounds, 5))
            first, whole = told["ours"]
            row += [number(first), number(whole), ratio(first, told["mini"][0]) if minisearch else "-"]
        times.append(row)
        for name in pages:
            rmtree(work / f"{name}-{size}")
    show("Scale: seconds to build the index (Python; MiniSearch in Node.js)", ["listings", "this guide", "MiniSearch", "ratio"],
         built)  # fmt: skip
    show(f"Scale: kB (gzip -9) of scripts and words, the part 'wide', the part '{REGION}', the largest part, all",
         ["listings", "words", "wide", REGION, "largest", "with a place", "all", "per listing", "MiniSearch", "ratio of all"],
         weights)  # fmt: skip
    show("Scale: ms to the first result, and to the whole; ratio of the first to MiniSearch's",
         ["listings", f"{SOMEWHERE!r} first", "whole", "/ Mini", f"{ANYWHERE!r} first", "whole", "/ Mini"], times)  # fmt: skip


def _weights(site: Site, mini: Path | None) -> list[str]:
    assets = site.folder / "assets"
    parts = {path.stem.removeprefix("part-"): packed(path.read_bytes()) for path in (assets / "search").glob("part-*.js")}
    words = sum(packed(path.read_bytes()) for path in (assets / "search").glob("*.js") if not path.stem.startswith("part-"))
    words += packed((assets / "search.js").read_bytes())
    whole = words + sum(parts.values())
    other = sum(packed(path.read_bytes()) for path in (mini / "mini.js", *(mini / "mini").glob("*.js"))) if mini else 0
    sizes = (words, parts["wide"], parts[REGION], max(parts.values()), words + parts["wide"] + parts[REGION], whole)
    return [*(f"{size / 1000:,.1f}" for size in sizes), f"{whole / site.listings:.0f} B",
            f"{other / 1000:,.1f}" if other else "-", ratio(whole, other)]  # fmt: skip
