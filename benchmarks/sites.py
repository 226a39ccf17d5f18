"""Small sites to measure: the home page and the search page, with our search or another one behind the box."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from subprocess import DEVNULL, PIPE, Popen
from sys import executable
from time import perf_counter

from guide.loading import load
from guide.making import assets
from guide.model import Guide
from guide.rendering import Renderer
from guide.searching import search_files
from guide.shared import Shared, shared_facts
from guide.site import pages

ROOT = Path(__file__).resolve().parents[1]
PAGES = Path(__file__).parent / "pages"
_WANTED = {"index.html", "search.html"}
_OURS = "assets/search.js"


@dataclass(frozen=True, slots=True)
class Site:
    """A folder with a site, the listings in it, and the seconds that its search index took."""

    folder: Path
    listings: int
    seconds: float

    @property
    def home(self) -> str:
        """The home page's address in the browser."""
        return (self.folder / "index.html").absolute().as_uri()


def real_guide() -> Guide:
    """Load the guide's own data."""
    return load(ROOT, datetime.now(UTC).date())


def facts(guide: Guide) -> Shared:
    """Gather what the pages and the index are made from."""
    return shared_facts(guide, datetime.now(UTC).date())


def write_ours(shared: Shared, folder: Path) -> Site:
    """Write the pages that have the search box, and our search with its index."""
    first_pages = (page for page in pages(shared) if page.address in _WANTED)
    files = dict(Renderer(ROOT / "templates").render(shared, islice(first_pages, len(_WANTED)))) | assets(ROOT)
    started = perf_counter()
    files |= search_files(shared)
    seconds = perf_counter() - started
    for address, data in files.items():
        path = folder / address
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return Site(folder, len(shared.guide.listings), seconds)


def copy_with_plain_cards(site: Site, folder: Path) -> Site:
    """Copy our site; let it draw ten plain cards, as those of the other programs do, and nothing else."""
    shutil.copytree(site.folder, folder)
    cards = (PAGES / "cards.js").read_text(encoding="utf-8")
    results = folder / "assets/search/code.js"
    results.write_text(results.read_text(encoding="utf-8") + cards + (
        "guide.draw = function (box, asked, found, state, core, library, root) {\n"
        "  plainCards(box, found.results.slice(0, 10).map(function (one) { return one.listing; }), root);\n};\n"
    ), encoding="utf-8")  # fmt: skip
    return Site(folder, site.listings, site.seconds)


def copy_for(site: Site, folder: Path, script: str) -> Path:
    """Copy our pages without our search; another program's script (of `pages/`) takes its place."""
    for path in site.folder.rglob("*"):
        address = path.relative_to(site.folder).as_posix()
        if path.is_file() and address != _OURS and not address.startswith("assets/search/"):
            (folder / address).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, folder / address)
    scripts = "".join((PAGES / name).read_text(encoding="utf-8") for name in ("cards.js", "settings.js", script))
    (folder / "assets" / script).write_text(scripts, encoding="utf-8")
    for name in _WANTED:
        page = folder / name
        page.write_text(page.read_text(encoding="utf-8").replace(_OURS, f"assets/{script}"), encoding="utf-8")
    return folder


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder over HTTP on this machine, in a process of its own; give its home page's address."""
    command = [executable, "-u", "-m", "http.server", "0", "--bind", "127.0.0.1", "--directory", str(folder)]
    with Popen(command, stdout=PIPE, stderr=DEVNULL, text=True) as server:
        assert server.stdout is not None  # noqa: S101
        port = server.stdout.readline().split(" port ")[1].split()[0]
        try:
            yield f"http://127.0.0.1:{port}/index.html"
        finally:
            server.terminate()

