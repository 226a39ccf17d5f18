"""Shows where our search spends its time: at its first use, and per keystroke. `python -m benchmarks.profiling`."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks import sites
from benchmarks.synthetic import grown
from benchmarks.table import number, show
from benchmarks.timing import TYPED, Chromium
from tools.browser import FLAGS, find

LINES = 22


def profile(page: Any, script: str, value: object) -> dict[str, Any]:
    """Run a script in the page under the browser's own profiler, which looks every tenth of a millisecond."""
    session = page.context.new_cdp_session(page)
    session.send("Profiler.enable")
    session.send("Profiler.setSamplingInterval", {"interval": 100})
    session.send("Profiler.start")
    page.evaluate(script, value)
    found: dict[str, Any] = session.send("Profiler.stop")["profile"]
    return found


def spent(found: dict[str, Any]) -> tuple[Counter[str], Counter[str]]:
    """Add up the milliseconds of each function: itself, and with all that it calls."""
    nodes = {node["id"]: node for node in found["nodes"]}
    parent = {child: node["id"] for node in found["nodes"] for child in node.get("children", ())}
    alone: Counter[str] = Counter()
    whole: Counter[str] = Counter()
    for node_id, took in zip(found["samples"], found["timeDeltas"], strict=True):
        alone[_name(nodes[node_id])] += took
        above = set()
        while node_id in nodes:
            above.add(_name(nodes[node_id]))
            node_id = parent.get(node_id, -1)
        whole.update(dict.fromkeys(above, took))
    return alone, whole


def _name(node: dict[str, Any]) -> str:
    frame = node["callFrame"]
    file = frame["url"].rsplit("/", 1)[-1]
    return f"{frame['functionName'] or 'anonymous'} {file}:{frame['lineNumber'] + 1}" if file else frame["functionName"]


def report(title: str, some: list[dict[str, Any]], parts: int) -> None:
    """Print the functions that take most, in milliseconds for each of `parts`."""
    alone: Counter[str] = Counter()
    whole: Counter[str] = Counter()
    for found in some:
        for into, more in zip((alone, whole), spent(found), strict=True):
            into.update(more)
    idle = ("(idle)", "(program)", "(root)")
    rows = [[f"{number(whole[name] / parts / 1000)}", f"{number(alone[name] / parts / 1000)}", name]
            for name, _ in whole.most_common(60) if name not in idle]  # fmt: skip
    rows = [row for row in rows if float(row[0].replace(",", "")) > 0][:LINES]
    show(title, ["with calls", "alone", "function"], rows)


def main(arguments: list[str]) -> int:
    """Profile the real guide, or one of as many listings as the argument says."""
    from playwright.sync_api import sync_playwright

    guide = sites.real_guide()
    if arguments:
        guide = grown(guide, int(arguments[0]))
    with TemporaryDirectory(prefix="guide-profile-") as work, sync_playwright() as playwright:
        site = sites.write_ours(sites.facts(guide), Path(work))
        browser = playwright.chromium.launch(executable_path=find(), args=FLAGS)
        chromium = Chromium(browser)
        loads = [profile(chromium.page(site.home), "(text) => measure.first(text)", "shelter 63701") for _ in range(7)]
        report("First search, ms each", loads, len(loads))
        page = chromium.page(site.home)
        page.evaluate("() => measure.first('help')")
        page.evaluate("(texts) => measure.type(texts)", list(TYPED))
        typed = [profile(page, "(texts) => measure.type(texts)", list(TYPED)) for _ in range(3)]
        report("Keystrokes, ms each", typed, len(typed) * sum(map(len, TYPED)))
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
