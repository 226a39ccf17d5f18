#!/usr/bin/env python3
"""Measures how soon `build.py serve` shows a saved change in a browser. `python benchmarks/serving.py [ROUNDS]`.

The real guide is served from a RAM disk, where there is one. A page of a listing is open in Chromium; a word of its summary
is changed and saved; the time is that until Chromium has painted the page in which the word stands.
"""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from playwright.sync_api import Page, sync_playwright  # noqa: E402

from benchmarks.builds.projects import make  # noqa: E402
from tools.browser import FLAGS, find  # noqa: E402

FILE, LISTING = "data/resources/mo/cole.yaml", "rape-and-abuse-crisis-service"
_SHOWS = """word => document.body && document.body.innerText.includes(word)
  && performance.getEntriesByName("first-contentful-paint").length"""
_PAINTED = 'performance.timeOrigin + performance.getEntriesByName("first-contentful-paint")[0].startTime'
RAM = Path("/dev/shm")  # noqa: S108  only where it is there


def main() -> int:
    """Measure so many rounds as the command line asks for; print the times."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    with tempfile.TemporaryDirectory(dir=RAM if RAM.is_dir() else None) as folder, sync_playwright() as playwright:
        project = Path(folder, "project")
        make("real", ROOT, project)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        served = subprocess.Popen([sys.executable, ROOT / "build.py", "serve", "--root", project, "--port", str(port)],
                                  stdout=subprocess.PIPE, text=True)  # fmt: skip
        browser = playwright.chromium.launch(executable_path=find(), args=FLAGS)
        try:
            next(line for line in served.stdout or () if "The guide is at" in line)
            page = browser.new_page()
            page.goto(f"http://127.0.0.1:{port}/listings/{LISTING}.html")
            times = [_changed(page, project / FILE, number) for number in range(rounds + 1)][1:]
        finally:
            browser.close()
            served.terminate()
    print(f"A saved change is shown after {median(times):.2f} s ({min(times):.2f} to {max(times):.2f}, {rounds} rounds)")
    return 0


def _changed(page: Page, file: Path, number: int) -> float:
    """Change a word of the listing's summary, and wait until the page shows it; give the seconds until it was painted."""
    page.wait_for_timeout(1_500)  # an editor thinks, too
    word = f"Changed{number}"
    text = file.read_text(encoding="utf-8")
    before, listing, after = text.partition(f"- id: {LISTING}\n")
    started = time.time()
    file.write_text(before + listing + re.sub(r"summary: ", rf"\g<0>{word} ", after, count=1), encoding="utf-8")
    page.wait_for_function(_SHOWS, arg=word)
    return float(page.evaluate(_PAINTED)) / 1000 - started


if __name__ == "__main__":
    sys.exit(main())
