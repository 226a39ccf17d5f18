#!/usr/bin/env python3
"""Measures a page of each kind, and prints a Markdown table: bytes, requests before it is painted, what moves, Lighthouse.

`python benchmarks/pages/run.py` builds the guide into a temporary folder and serves it packed, as
GitHub Pages does. Lighthouse is installed into `benchmarks/.cache`; it needs Node.js with npm, and a Chromium.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from datetime import UTC, datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median_low
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from playwright.sync_api import sync_playwright  # noqa: E402

from guide.building import Builder  # noqa: E402
from guide.problems import InputError  # noqa: E402
from tools.browser import FLAGS, find  # noqa: E402

LIGHTHOUSE = "lighthouse@12.8.2"
CACHE = ROOT / "benchmarks/.cache/lighthouse"
PAGES = {
    "home": "index.html", "county": "mo/franklin.html", "largest county": "mo/jackson.html", "region": "regions/northwest.html",
    "service": "services/legal-aid.html", "listing": "listings/missouri-safe-at-home.html", "listings": "listings.html",
    "counties": "counties.html", "services": "services.html", "search": "search.html", "sheet": "sheet.html",
    "coverage": "coverage.html", "reports": "reports.html", "report": "reports/needs-assessment.html", "article": "safety.html",
    "data": "data.html", "changes": "changes.html", "not found": "404.html", "closed listing": "listings/closed.html",
}  # fmt: skip
SCORES = ("performance", "accessibility", "best-practices", "seo")
BLOCKING = "performance.getEntriesByType('resource').filter(one => one.renderBlockingStatus === 'blocking').length"
NOTE = """\
KB: 1,000 bytes, packed with gzip. Requests: the page and what blocks painting. CLS: cumulative layout shift. Lighthouse: its
settings for a phone, with a slow network and a slow processor that it reckons with. Left out is the page that "Leave this
page" shows without a network: it asks search engines to pass it over, so that nobody ties it to the guide."""


class Failed(Exception):
    """Something could not be measured; the message says why."""


class Packed(SimpleHTTPRequestHandler):
    """Serves a folder, each file packed."""

    def do_GET(self) -> None:
        """Answer with the file's bytes, or with 404."""
        path = Path(self.translate_path(self.path))
        body = gzip.compress(path.read_bytes() if path.is_file() else b"", 6)
        self.send_response(200 if path.is_file() else 404)
        for name, value in {"Content-Type": self.guess_type(path), "Content-Encoding": "gzip", "Content-Length": str(len(body)),
                            "Cache-Control": "max-age=600"}.items():  # fmt: skip
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


def build(site: Path, start: str) -> None:
    """Build the guide into a folder, and put the page of a closed listing there, for none is closed yet."""
    _tell("building the guide")
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder, "project")
        for name in ("data", "content", "templates"):
            shutil.copytree(ROOT / name, root / name)
        closed = "closed:\n- {id: closed, name: A listing that is closed, area: mo/cole, on: 2026-10}\n"
        (root / "data/closed.yaml").write_text(closed, encoding="utf-8")
        day = datetime.now(UTC).date()
        Builder(root, Path(folder, "site")).build(day, day, start)
        Builder(ROOT, site).build(day, day, start)
        shutil.copy(Path(folder, "site", PAGES["closed listing"]), site / PAGES["closed listing"])


def lighthouse() -> Path:
    """Install Lighthouse where it is not yet; give its program. Raises `Failed`."""
    program = CACHE / LIGHTHOUSE / "node_modules/lighthouse/cli/index.js"
    if not program.is_file():
        if not shutil.which("npm") or not shutil.which("node"):
            raise Failed("Lighthouse needs Node.js with npm, and they are not installed")
        _tell(f"installing {LIGHTHOUSE}")
        folder = CACHE / LIGHTHOUSE
        folder.mkdir(parents=True, exist_ok=True)
        done = subprocess.run(["npm", "install", "--no-audit", "--no-fund", "--loglevel=error", "--prefix", ".", LIGHTHOUSE],
                              cwd=folder, env={**os.environ, "PUPPETEER_SKIP_DOWNLOAD": "1"}, check=False)  # fmt: skip
        if done.returncode:
            raise Failed(f"{LIGHTHOUSE} could not be installed")
    return program


def judged(program: Path, chromium: Path, address: str) -> dict[str, Any]:
    """Let Lighthouse judge a page; give its report. Raises `Failed`."""
    done = subprocess.run(
        ["node", str(program), address, "--output=json", "--quiet", f"--only-categories={','.join(SCORES)}",
         f"--chrome-flags=--headless=new {' '.join(FLAGS)}"],
        env={**os.environ, "CHROME_PATH": str(chromium)}, capture_output=True, check=False)  # fmt: skip
    if done.returncode:
        raise Failed(f"Lighthouse failed for {address}:\n{done.stderr.decode(errors='replace')}")
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def row(name: str, site: Path, address: str, requests: int, reports: list[dict[str, Any]]) -> str:
    """Write one page's row: the bytes of what Lighthouse saw loaded, and the middle one of its judgments."""
    loaded = reports[0]["audits"]["network-requests"]["details"]["items"]
    sizes = {"Document": 0, "Stylesheet": 0, "Script": 0}
    whole = 0
    for one in loaded:
        path = site / one["url"].partition("//")[2].partition("/")[2]
        if path.is_file():
            size = len(gzip.compress(path.read_bytes(), 6))
            whole += size
            sizes[one["resourceType"]] = sizes.get(one["resourceType"], 0) + size
    parts = [f"{sizes[kind] / 1000:.1f}" for kind in ("Document", "Stylesheet", "Script")]
    moved = median_low(report["audits"]["cumulative-layout-shift"]["numericValue"] for report in reports)
    scores = [f"{median_low(report['categories'][one]['score'] for report in reports) * 100:.0f}" for one in SCORES]
    return " | ".join([f"| {name} | `{address}`", *parts, f"{whole / 1000:.1f}", str(requests), f"{moved:.3f}", *scores]) + " |"


def measure(site: Path, start: str, names: list[str], rounds: int) -> None:
    """Print the table for a site that is served at an address."""
    chromium = find()
    if not chromium:
        raise Failed("no browser: run 'python -m tools.browser'")
    program = lighthouse()
    heads = ["page", "address", "HTML, KB", "CSS", "JS", "all", "requests", "CLS", *(one.replace("-", " ") for one in SCORES)]
    print(f"| {' | '.join(heads)} |\n|---|---|{'--:|' * (len(heads) - 2)}")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        for name in names:
            address = PAGES[name]
            page = browser.new_page()
            page.goto(start + address)
            requests = 1 + page.evaluate(BLOCKING)
            page.close()
            _tell(address)
            reports = [judged(program, chromium, start + address) for _ in range(rounds)]
            print(row(name, site, address, requests, reports), flush=True)
        browser.close()
    print(f"\n{NOTE}")


def main() -> int:
    """Measure what the command line asks for; give 0, or 1 where that was not possible."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", nargs="+", choices=PAGES, default=list(PAGES), metavar="PAGE", help=", ".join(PAGES))
    parser.add_argument("--rounds", type=int, default=1, help="how often Lighthouse judges each page; the middle counts")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as work, \
            ThreadingHTTPServer(("127.0.0.1", 0), partial(Packed, directory=f"{work}/site")) as server:  # fmt: skip
        threading.Thread(target=server.serve_forever, daemon=True).start()
        start = f"http://127.0.0.1:{server.server_port}/"
        try:
            build(Path(work, "site"), start)
            measure(Path(work, "site"), start, options.pages, options.rounds)
        except (Failed, InputError) as error:
            print(error, file=sys.stderr)
            return 1
        finally:
            server.shutdown()
    return 0


def _tell(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
