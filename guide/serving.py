"""`build.py serve`: shows the guide while it is being edited, and each saved change at once."""

from __future__ import annotations

import asyncio
import html
import logging
import os
import re
import sys
import time
import traceback
import webbrowser
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import Any

from livereload import Server  # type: ignore[import-untyped]
from livereload.handlers import LiveReloadHandler  # type: ignore[import-untyped]
from msgspec import Struct
from tornado import web

WATCHED = ("data", "content", "templates")
# livereload itself looks every 0.8 seconds and passes over what is saved within 3 of a reload
INTERVAL = 0.015
_BREATH = 0.5
"""Seconds after a build in which browsers ask for its pages, before anything else is done."""

TYPES = {
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".geojson": "application/geo+json",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".vcf": "text/vcard; charset=utf-8",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".xml": "application/xml",
    ".zip": "application/zip",
}

_POLICY = re.compile(
    rb"<meta\b[^>]*\bhttp-equiv\s*=\s*[\"']?Content-Security-Policy\b[^>]*>\s*", re.IGNORECASE
)
_BODY = re.compile(rb"<body\b[^>]*>", re.IGNORECASE)

# sticky, for a page that is loaded again stands where its reader had scrolled to
_NOTICE = """
<div role="alert" style="all: initial; display: block; position: sticky; top: 0; z-index: 9999;
  box-sizing: border-box; max-height: 60vh; overflow: auto; padding: 1em;
  border-bottom: 3px solid #8a5a00; background: #fff4d6; color: #1c1c1c; font: 16px/1.5 sans-serif">
<strong style="font-weight: bold">{heading}</strong>
<pre style="margin: 1em 0 0; white-space: pre-wrap; font: 14px/1.5 monospace">{message}</pre>
</div>
"""
_FIRST = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>The guide cannot be built yet</title></head>
<body></body></html>
"""
# livereload tells only those who listen: a page may have been on its way while the guide was built
_CHECK = """<script>document.addEventListener("LiveReloadConnect", function () {{
  fetch("/livereload/build").then(function (answer) {{ return answer.text() }})
    .then(function (build) {{ if (build !== "{build}") location.reload() }})
}})</script>"""


class Answer(Struct, frozen=True):
    """What a browser is answered."""

    status: int
    content_type: str
    body: bytes


def serve(
    root: Path,
    site: Path,
    build: Callable[[], str | None],
    rest: Callable[[], str | None] = lambda: None,
    *,
    host: str = "127.0.0.1",
    port: int = 5500,
    open_browser: bool = False,
) -> None:
    """Build, show the site in a browser, and do both again at each change, until Ctrl-C.

    `build` gives `None`, or a message where the input has mistakes; that is shown in the terminal
    and on every page, above the last good version. What it raises is shown likewise. `rest` does
    what need not be done before the pages are seen, and tells mistakes in the same way.
    Raises `SystemExit(1)` where the port is taken.
    """
    # a page that is not found is for the browser to tell, not for the terminal
    logging.getLogger("tornado.access").setLevel(logging.CRITICAL)
    try:
        asyncio.run(_serve(root, site, build, rest, host, port, open_browser))
    except KeyboardInterrupt:
        print()


def answer(site: Path, address: str, message: str | None) -> Answer:
    """Answer a request for an address in the site, with the message of a build that failed."""
    if message is not None and not (site / "index.html").is_file():
        heading = "The guide cannot be built yet"
        return Answer(503, TYPES[".html"], _with_notice(_FIRST.encode(), heading, message))
    status, path = 200, _file(site, address)
    if path is None:
        status, path = 404, _file(site, "404.html")
    if path is None:
        return Answer(404, TYPES[".txt"], b"There is no such page.\n")
    body = path.read_bytes()
    kind = TYPES.get(path.suffix.lower(), "application/octet-stream")
    if kind == TYPES[".html"]:
        # the published page forbids scripts and connections that it does not know: livereload's
        body = _POLICY.sub(b"", body)
        if message is not None:
            heading = "The last change has a mistake. The last good version is shown below."
            body = _with_notice(body, heading, message)
    return Answer(status, kind, body)


def _file(site: Path, address: str) -> Path | None:
    name = address if address.rpartition("/")[2] else address + "index.html"
    with suppress(OSError, ValueError):  # outside the site, a name too long, or with a zero byte
        path = (site / name).resolve()
        if path.relative_to(site.resolve()).as_posix() == name and path.is_file():
            return path
    return None


def _with_notice(page: bytes, heading: str, message: str) -> bytes:
    notice = _NOTICE.format(heading=heading, message=html.escape(message))
    body = _BODY.search(page)
    place = body.end() if body else 0
    return page[:place] + notice.encode() + page[place:]


class _Page(web.RequestHandler):
    """Any address but livereload's own."""

    def initialize(self, guide: _Guide) -> None:
        self._guide = guide

    def get(self, address: str) -> None:
        found = answer(self._guide.site, address, self._guide.message)
        self.set_status(found.status)
        self.set_header("Content-Type", found.content_type)
        self.set_header("Cache-Control", "no-store")
        check = _CHECK.format(build=self._guide.number).encode()
        is_page = found.content_type == TYPES[".html"]
        self.write(found.body.replace(b"</head>", check + b"</head>", 1) if is_page else found.body)

    head = get


class _Number(web.RequestHandler):
    """Tells which build is the newest."""

    def initialize(self, guide: _Guide) -> None:
        self._guide = guide

    def get(self) -> None:
        self.set_header("Cache-Control", "no-store")
        self.write(str(self._guide.number))


class _Guide(Server):  # type: ignore[misc]  # livereload has no types
    """livereload's server, which gives our pages and adds its script to them."""

    def __init__(self, site: Path, build: Callable[[], str | None], rest: Callable[[], str | None]) -> None:
        super().__init__()
        self.site = site
        self.message: str | None = None
        self.number = 0
        self._build = build
        self._rest = rest

    def get_web_handlers(self, script: bytes) -> list[Any]:
        ours = {"guide": self}
        return [(r"/livereload/build", _Number, ours), (r"/(.*)", _Page, ours)]

    def build(self) -> None:
        """Build, and tell the outcome in the terminal."""
        started = time.perf_counter()
        if self._succeeds(self._build):
            print(f"Built in {time.perf_counter() - started:.2f} seconds", flush=True)
        self.number = time.time_ns()  # also another than before the server was started again

    def finish(self) -> None:
        """Do the rest of a build that succeeded; where it finds a mistake, browsers are told."""
        if self.message is None and not self._succeeds(self._rest):
            self.number = time.time_ns()
            LiveReloadHandler.reload_waiters()

    def _succeeds(self, work: Callable[[], str | None]) -> bool:
        try:
            self.message = work()
        except Exception:  # noqa: BLE001  whatever it is, the editor goes on editing
            self.message = f"The build program itself has a mistake.\n\n{traceback.format_exc()}"
        if self.message is not None:
            print(self.message, file=sys.stderr, flush=True)
        return self.message is None


async def _serve(
    root: Path,
    site: Path,
    build: Callable[[], str | None],
    rest: Callable[[], str | None],
    host: str,
    port: int,
    open_browser: bool,
) -> None:
    first = saved(root)
    guide = _Guide(site, build, rest)
    guide.build()
    try:
        guide.application(port, host, debug=False, live_css=False)
    except OSError as error:
        message = f"Cannot listen on port {port} of {host}: {error.strerror}."
        hint = "Is the guide being served already? If not, choose another port."
        print(message, hint, file=sys.stderr)
        raise SystemExit(1) from None
    address = f"http://{host}:{port}/"
    print(f"The guide is at {address} (Ctrl-C ends it)", flush=True)
    guide.finish()
    if open_browser:
        Thread(target=webbrowser.open, args=(address,), daemon=True).start()
    finishing: asyncio.TimerHandle | None = None
    async for _ in changes(lambda: saved(root), first, INTERVAL):
        # built here in the loop, so that no page is answered while the site is being replaced
        guide.build()
        LiveReloadHandler.reload_waiters()
        if finishing:
            finishing.cancel()
        finishing = asyncio.get_running_loop().call_later(_BREATH, guide.finish)


async def changes(look: Callable[[], object], seen: object, interval: float) -> AsyncIterator[None]:
    """Yield whenever what `look` gives is no longer what was seen and stays so for an interval.

    Many files may be saved together, and one in two steps: they are one change.
    """
    while True:
        await asyncio.sleep(interval)
        now = look()
        if now == seen:
            continue
        while now != seen:
            seen = now
            await asyncio.sleep(interval)
            now = look()
        yield


def saved(root: Path) -> dict[str, tuple[int, int, int]]:
    """Give each file of the project that is watched, with what changes when it is saved."""
    found = {}
    waiting = [str(root / folder) for folder in WATCHED]
    while waiting:
        # a file or folder may go while it is looked at, as when an editor saves by renaming
        with suppress(OSError), os.scandir(waiting.pop()) as entries:
            for entry in entries:
                if entry.name.startswith((".", "#")) or entry.name.endswith("~"):
                    continue  # what editors keep beside a file
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)
                    continue
                with suppress(OSError):
                    state = entry.stat()
                    found[entry.path] = (state.st_mtime_ns, state.st_size, state.st_ino)
    return found
