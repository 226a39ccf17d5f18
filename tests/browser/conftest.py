"""A real browser, and the guide in the two ways in which it is read: from a folder, and from a web server below a path."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from looking import PHONE, Way
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from sample import EDITION, ROOT, TODAY

from guide.building import Builder
from guide.model import Guide, WithheldPlace
from tools import browser as installed

expect.set_options(timeout=30_000)  # as long as Playwright waits for all else: no test fails because a machine is slow
collect_ignore = [] if installed.find_firefox() else ["test_firefox.py"]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The browser that the tests share."""
    path = installed.find()
    assert path, "no browser: run 'python -m tools.browser'"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=installed.FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Way:
    """The guide in a folder whose name a careless link would stumble over."""
    site = tmp_path_factory.mktemp("stick") / "Guía 100% für #1" / "site"
    Builder(ROOT, site).build(EDITION, TODAY)
    return Way(site, f"{site.as_uri()}/")


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Way]:
    """The guide on a web server, below a path, with GitHub Pages' way of answering what is not there."""
    top = tmp_path_factory.mktemp("server")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(top))) as web:
        threading.Thread(target=web.serve_forever, daemon=True).start()
        start = f"http://127.0.0.1:{web.server_port}/guide/"
        Builder(ROOT, top / "guide").build(EDITION, TODAY, start)
        yield Way(top / "guide", start)
        web.shutdown()


class Handler(SimpleHTTPRequestHandler):
    """Serves a folder; what is not there gets 404.html."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory, "guide/404.html")
        if code != 404 or not page.exists():
            return super().send_error(code, message, explain)
        self.send_response(404)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(page.stat().st_size))
        self.end_headers()
        self.wfile.write(page.read_bytes())
        return None

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture(params=["file", "http"])
def way(request: pytest.FixtureRequest) -> Way:
    """Each way to read the guide in turn."""
    found: Way = request.getfixturevalue({"file": "folder", "http": "server"}[request.param])
    return found


@pytest.fixture
def context_of(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Open a fresh browser context, on a phone where nothing else is said."""
    contexts: list[BrowserContext] = []

    def open_context(size: tuple[int, int] = PHONE, **options: Any) -> BrowserContext:
        context = browser.new_context(viewport={"width": size[0], "height": size[1]}, **options)
        contexts.append(context)
        return context

    yield open_context
    for context in contexts:
        context.close()


@pytest.fixture
def page_of(context_of: Callable[..., BrowserContext]) -> Callable[..., Page]:
    """Open a page in a fresh browser context."""
    return lambda *arguments, **options: context_of(*arguments, **options).new_page()


@pytest.fixture(scope="session")
def withheld(guide: Guide) -> str:
    """The address of a listing whose place is withheld."""
    listing = next(one for one in guide.listings if isinstance(one.location, WithheldPlace) and one.phones)
    return f"listings/{listing.id}.html"


@pytest.fixture(scope="session")
def addresses(folder: Way, withheld: str) -> list[str]:
    """One page of each kind, but for the neutral one: all that stand at the top, a full and an almost empty county, a listing, a region, a service."""
    kinds = ["mo/jackson.html", "mo/worth.html", withheld, "regions/northwest.html", "services/emergency-shelter.html"]
    kinds += [path.relative_to(folder.site).as_posix() for path in sorted(folder.site.glob("reports/*.html"))]
    return sorted(path.name for path in folder.site.glob("*.html") if path.name != "measures.html") + kinds
