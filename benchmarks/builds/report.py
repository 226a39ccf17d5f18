"""The report: Markdown tables of what was measured, where and with what."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.builds.edits import WHAT
from benchmarks.builds.measuring import Cost, cpu_ratio, middle, ratio
from benchmarks.builds.rounds import AGAIN, FULL, Case
from benchmarks.builds.weighing import Weight

_NAMES = {"ours": "this guide", "hugo": "Hugo", "eleventy": "Eleventy", "pelican": "Pelican"}
_DOES = {FULL: "all pages, nothing there before", AGAIN: "again, nothing changed", **WHAT}
NOTE = """\
Each build is a new process. They take turns in rounds, every second round from behind, after one round that is not counted;
times are medians. A ratio is the median of the ratios to Hugo's full build in the same round: below 1 is quicker than Hugo.
CPU: user and system time of the program and all its children. Memory: the peak of the largest process.

This guide also checks all data, looks for withheld facts in every file, and writes the search index, the sheets and the
exports; the others do none of that. The project stands outside git, so the history of the listings is not read. Hugo makes the
same pages from the same YAML files but 'The data', 'What changed', '404' and 'measures', without QR codes and references in
texts; outlines of regions are made for it beforehand. Its command line has no incremental build, so all rows stand against its
full build."""
NOTES = {
    "eleventy": "Eleventy reads the same YAML files. It leaves out the regions, the gaps and their maps, the texts, the facts "
                "for search engines, and the folding on pages of kinds of help.",
    "pelican": "Pelican makes no pages of data: it is given a Markdown file for each page, written beforehand, not measured, "
               "all cards of a county written out. It leaves out what Eleventy leaves out, the maps and all folding.",
}  # fmt: skip
"""What the other programs leave out."""


def where(folder: Path, versions: Mapping[str, str], peers: Sequence[str], runs: int) -> Iterator[str]:
    """Tell the machine, the versions, the date and the number of runs, as a list."""
    yield f"- {_processor()}, {os.cpu_count()} cores, {_memory()}, {platform.system()} {platform.release()}"
    yield f"- files on {_file_system(folder)}"
    yield f"- {'; '.join(versions[name] for name in ('ours', *peers))}"
    yield f"- {datetime.now(UTC).date()}, {runs} rounds"


def times(costs: Mapping[Case, Sequence[Cost]]) -> Iterator[str]:
    """Give the table of times."""
    against = costs.get(("hugo", FULL))
    yield "| program | what is built | seconds | CPU seconds | peak memory | time / Hugo's | CPU / Hugo's |"
    yield "|---|---|--:|--:|--:|--:|--:|"
    for (name, does), some in costs.items():
        mid = middle(some)
        ratios = f"{ratio(some, against):.2f} | {cpu_ratio(some, against):.2f}" if against else "- | -"
        yield (f"| {_NAMES[name]} | {_DOES[does]} | {mid.wall:.2f} | {mid.cpu:.2f} | {mid.memory / 1e6:,.0f} MB | {ratios} |")


def weights(found: Mapping[str, Mapping[str, Weight]]) -> Iterator[str]:
    """Give the table of pages and bytes of each program's site."""
    kinds = ["listings", "counties", "regions", "kinds of help", "all others", "all"]
    yield f"| pages | {' | '.join(f'{_NAMES[name]}: pages | bytes' for name in found)} |"
    yield f"|---|{'--:|--:|' * len(found)}"
    for kind in kinds:
        some = [one.get(kind, Weight()) for one in found.values()]
        yield f"| {kind} | {' | '.join(f'{one.pages:,} | {one.size:,}' for one in some)} |"
    some = [one.get("other files", Weight()) for one in found.values()]
    yield f"| files beside the pages | {' | '.join(f'{one.pages:,} | {one.size:,}' for one in some)} |"
    if "hugo" in found:
        yield f"\nHugo's HTML is {found['hugo']['all'].size / found['ours']['all'].size:.1%} of ours."


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    found = re.search(r"(?m)^model name\s*: (.+)$", info.read_text(encoding="utf-8")) if info.is_file() else None
    return found[1] if found else platform.processor() or platform.machine()


def _memory() -> str:
    return f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GiB of memory"


def _file_system(folder: Path) -> str:
    """Name the kind of file system of a folder: that of the longest mount point above it."""
    mounts = Path("/proc/mounts")
    if not mounts.is_file():
        return "a file system of unknown kind"
    above = [line.split()[1:3] for line in mounts.read_text(encoding="utf-8").splitlines()]
    kinds = {kind for point, kind in above if folder.is_relative_to(point)}
    longest = max((point for point, _ in above if folder.is_relative_to(point)), key=len)
    kind = next(kind for point, kind in reversed(above) if point == longest)
    return f"{kind} (a RAM disk)" if kind == "tmpfs" and kinds else kind
