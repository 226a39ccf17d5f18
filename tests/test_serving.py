"""The server for editors: a real one, asked over HTTP and over livereload's own connection."""

from __future__ import annotations

import asyncio
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Coroutine, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from threading import Timer
from typing import Any, TypeVar

import pytest
from tornado.websocket import WebSocketClientConnection, websocket_connect

from guide.serving import TYPES, answer, changes, saved

T = TypeVar("T")
HERE = Path(__file__).resolve().parents[1]
DEADLINE = 30  # seconds after which a test is given up; none waits so long unless it fails
MISTAKE = 'content/page.md:1: "<b>" is a mistake\nand this is its second line'

PROGRAM = f"""
import signal, sys
from pathlib import Path
from guide.serving import serve
from guide.writing import write_site
signal.signal(signal.SIGINT, signal.default_int_handler)  # what a shell starts in the background ignores Ctrl-C

root, port, browser = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3] == "browser"

def build():
    text = (root / "content/page.md").read_text(encoding="utf-8")
    if "bug" in text:
        raise LookupError("a <bug> in the program")
    if "mistake" in text:
        return {MISTAKE!r}
    page = (
        '<!DOCTYPE html><html><head><meta charset="utf-8">'
        '<meta http-equiv="Content-Security-Policy" content="default-src \\'none\\'">'
        '<title>t</title></head><body class="guide">' + text + '</body></html>'
    )
    files = {{"index.html": page, "mo/cole.html": page, "404.html": page + "not found",
             "edition.txt": "Missouri resource guide", "guide.css": "a{{}}", "guide.js": "</head>"}}
    write_site({{name: text.encode() for name, text in files.items()}}, root / "site")
    return None

def rest():
    text = (root / "content/page.md").read_text(encoding="utf-8")
    return "found late" if "hidden" in text else None

serve(root, root / "site", build, rest, port=port, open_browser=browser)
"""


@dataclass
class Server:
    """A server in a process of its own."""

    root: Path
    port: int
    process: subprocess.Popen[str]

    def save(self, text: str) -> None:
        (self.root / "content/page.md").write_text(text, encoding="utf-8")

    def get(self, address: str, method: str = "GET") -> tuple[int, Mapping[str, str], str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=DEADLINE)
        connection.request(method, address)
        response = connection.getresponse()
        found = (response.status, dict(response.getheaders()), response.read().decode())
        connection.close()
        return found

    def after_reload(self, act: Callable[[], object], times: int = 1) -> None:
        """Do something, and wait as a browser would until it is told, so many times, to load the page again."""
        run_apart(lambda: asyncio.wait_for(self._after_reload(act, times), DEADLINE))

    async def _after_reload(self, act: Callable[[], object], times: int) -> None:
        browser = await websocket_connect(f"ws://127.0.0.1:{self.port}/livereload")
        await greet(browser)
        await browser.write_message(json.dumps({"command": "info", "url": "http://page"}))
        await greet(browser)  # once this is answered, the server has read what came before it
        act()
        for _ in range(times):
            message = json.loads(await browser.read_message() or "null")
            assert message["command"] == "reload"
        browser.close()

    def end(self) -> tuple[int, str, str]:
        """End it as Ctrl-C does; give its exit status and what it printed."""
        self.process.send_signal(signal.SIGINT)
        out, err = self.process.communicate(timeout=DEADLINE)
        return self.process.returncode, out, err


def run_apart(make: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """Run a coroutine in a thread of its own: another test's browser may keep this thread's event loop."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(lambda: asyncio.run(make())).result()


async def greet(browser: WebSocketClientConnection) -> None:
    await browser.write_message(json.dumps({"command": "hello"}))
    assert json.loads(await browser.read_message() or "null")["command"] == "hello"


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def start(root: Path, port: int, *arguments: str, **environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(root), str(port), *(arguments or ("",))],
        cwd=HERE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | environment,
    )


def read_until(process: subprocess.Popen[str], words: str) -> str:
    """Read lines of what a process prints until one has these words; give that line."""
    assert process.stdout is not None
    for line in process.stdout:
        if words in line:
            return line
    raise AssertionError(f"it ended without '{words}'")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for folder in ("data", "content", "templates"):
        (tmp_path / folder).mkdir()
    (tmp_path / "content/page.md").write_text("the first text")
    return tmp_path


@pytest.fixture
def begin(project: Path) -> Iterator[Callable[[], Server]]:
    processes = []

    def begin() -> Server:
        port = free_port()
        process = start(project, port)
        watchdog = Timer(DEADLINE, process.kill)
        processes.append((process, watchdog))
        watchdog.start()
        read_until(process, f"http://127.0.0.1:{port}/")
        return Server(project, port, process)

    yield begin
    for process, watchdog in processes:
        watchdog.cancel()
        process.kill()
        process.communicate()


@pytest.fixture
def server(begin: Callable[[], Server]) -> Server:
    return begin()


# What is served


def test_pages_styles_and_scripts(server: Server) -> None:
    for address in ("/", "/index.html", "/mo/cole.html", "/index.html?q=1"):
        status, headers, page = server.get(address)
        assert status == 200
        assert "the first text" in page
        assert headers["Content-Type"] == "text/html; charset=utf-8"
        assert headers["Cache-Control"] == "no-store"
    assert server.get("/guide.css")[2] == "a{}"
    assert server.get("/guide.css")[1]["Content-Type"] == "text/css; charset=utf-8"
    assert server.get("/guide.js")[2] == "</head>", "only pages get livereload's script"
    assert server.get("/guide.js")[1]["Content-Type"] == "text/javascript; charset=utf-8"
    status, headers, body = server.get("/guide.css", "HEAD")
    assert (status, headers["Content-Length"], body) == (200, "3", "")


def test_livereload_may_run_in_the_served_page_only(server: Server) -> None:
    page = server.get("/")[2]
    assert "/livereload.js" in page
    assert "Content-Security-Policy" not in page
    on_disk = (server.root / "site/index.html").read_text()
    assert "/livereload.js" not in on_disk
    assert "Content-Security-Policy" in on_disk
    assert server.get("/livereload.js")[0] == 200


@pytest.mark.parametrize(
    "address", ["/gone.html", "/mo", "/mo/", "/index.html/", "/mo//cole.html", "/" + "x" * 999]
)
def test_an_unknown_address_gets_the_page_for_it(server: Server, address: str) -> None:
    status, headers, page = server.get(address)
    assert status == 404
    assert page.endswith("not found")
    assert headers["Content-Type"] == "text/html; charset=utf-8"


@pytest.mark.parametrize(
    "address",
    ["/../content/page.md", "/%2e%2e/content/page.md", "/..%2fcontent/page.md", "/mo/../../data",
     "//etc/passwd", "/%2fetc/passwd", "/..\\content\\page.md", "/index.html%00", "/.."],
)  # fmt: skip
def test_nothing_outside_the_site_is_served(server: Server, address: str) -> None:
    assert server.get(address)[0] == 404


def test_every_kind_of_file_the_guide_has(tmp_path: Path) -> None:
    wanted = {
        "index.html": "text/html; charset=utf-8", "a.CSS": "text/css; charset=utf-8",
        "a.js": "text/javascript; charset=utf-8", "a.svg": "image/svg+xml",
        "a.json": "application/json", "a.csv": "text/csv; charset=utf-8",
        "feed.xml": "application/xml", "a.ico": "image/x-icon", "a.zip": "application/zip",
        "a.webmanifest": "application/manifest+json", "edition.txt": "text/plain; charset=utf-8",
        "a.other": "application/octet-stream",
    }  # fmt: skip
    for name, kind in wanted.items():
        (tmp_path / name).write_bytes(b"bytes")
        found = answer(tmp_path, name, None)
        assert (found.status, found.content_type, found.body) == (200, kind, b"bytes")
    assert set(wanted.values()) <= set(TYPES.values()) | {"application/octet-stream"}
    assert answer(tmp_path, "gone", None).status == 404


# A saved change


def test_a_saved_change_reloads_the_page(server: Server) -> None:
    for text in ("the second text", "the third, at once after it: é"):
        server.after_reload(lambda text=text: server.save(text))  # type: ignore[misc]
        assert text in server.get("/mo/cole.html")[2]


def test_a_page_can_tell_that_it_is_older_than_the_last_build(server: Server) -> None:
    before = server.get("/livereload/build")[2]
    assert f'!== "{before}"' in server.get("/")[2]
    server.after_reload(lambda: server.save("the second text"))
    after = server.get("/livereload/build")[2]
    assert after != before
    assert f'!== "{after}"' in server.get("/gone.html")[2]


@pytest.mark.parametrize("folder", ["data", "content", "templates", "data/resources/mo"])
def test_all_that_makes_the_guide_is_watched(server: Server, folder: str) -> None:
    path = server.root / folder / "new.yaml"

    def save() -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("new")

    server.after_reload(save)
    server.after_reload(path.unlink)


def test_an_editor_that_saves_by_renaming(server: Server) -> None:
    def save() -> None:
        (server.root / "content/.page.md.new").write_text("the renamed text")
        (server.root / "content/.page.md.new").replace(server.root / "content/page.md")

    server.after_reload(save)
    assert "the renamed text" in server.get("/")[2]


def test_what_counts_as_a_change(project: Path) -> None:
    page = project / "content/page.md"
    before = saved(project)
    assert list(before) == [str(page)]
    for name in (".page.md.swp", "page.md~", "#page.md#", ".git/index"):
        (project / "content" / name).parent.mkdir(exist_ok=True)
        (project / "content" / name).write_text("what editors keep")
    (project / "other").mkdir()
    (project / "other/file").write_text("not watched")
    assert saved(project) == before
    other = project / "content/other.md"
    other.write_text(page.read_text())
    os.utime(other, ns=(page.stat().st_atime_ns, page.stat().st_mtime_ns))
    other.replace(page)
    assert saved(project) != before, "another file of the same size and time"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs links")
def test_links_that_lead_nowhere_or_round_in_a_circle_are_watched_round(project: Path) -> None:
    before = saved(project)
    (project / "content/nowhere.md").symlink_to("gone")
    assert saved(project) == before
    (project / "content/round").symlink_to(".")
    assert len(saved(project)) == 2
    (project / "data").rmdir()
    assert len(saved(project)) == 2


def test_files_saved_together_are_one_change() -> None:
    looks = list("aabcddddeeff")

    async def left_at_each_change() -> list[int]:
        left = []
        async for _ in changes(lambda: looks.pop(0), "a", 0):
            left.append(len(looks))
            if not looks:
                break
        return left

    assert run_apart(left_at_each_change) == [len("ddeeff"), len("ff"), 0]


# A mistake


def test_what_the_rest_of_a_build_finds_is_shown_as_soon_as_it_is_known(server: Server) -> None:
    server.after_reload(lambda: server.save("a hidden fault"), times=2)
    page = server.get("/")[2]
    assert "a hidden fault" in page
    assert "The last change has a mistake" in page
    assert "found late" in page
    server.after_reload(lambda: server.save("mended"))
    assert "found late" not in server.get("/")[2]


def test_a_mistake_is_shown_above_the_last_good_version_until_it_is_mended(
    server: Server,
) -> None:
    server.after_reload(lambda: server.save("a mistake"))
    for address in ("/", "/mo/cole.html", "/gone.html"):
        status, _, page = server.get(address)
        assert status == (404 if "gone" in address else 200)
        head, notice, rest = page.partition('<body class="guide">\n<div role="alert"')
        assert notice, "it stands first in the page"
        assert "/livereload.js" in head
        assert "The last good version is shown below" in rest
        assert "content/page.md:1: &quot;&lt;b&gt;&quot; is a mistake\nand this is its" in rest
        assert "the first text" in rest
    assert server.get("/guide.css")[2] == "a{}"
    server.after_reload(lambda: server.save("the mended text"))
    page = server.get("/")[2]
    assert "the mended text" in page
    assert "alert" not in page
    status, out, err = server.end()
    assert (status, err.strip()) == (0, MISTAKE)
    assert out.count("Built in") == 1


def test_without_any_good_version_each_address_tells_the_mistake(
    project: Path, begin: Callable[[], Server]
) -> None:
    (project / "content/page.md").write_text("a mistake")
    server = begin()
    for address in ("/", "/mo/cole.html", "/guide.css"):
        status, headers, page = server.get(address)
        assert status == 503
        assert headers["Content-Type"] == "text/html; charset=utf-8"
        assert "&lt;b&gt;&quot; is a mistake" in page
        assert "last good version" not in page
        assert "/livereload.js" in page
    server.after_reload(lambda: server.save("the mended text"))
    status, _, page = server.get("/")
    assert status == 200
    assert "the mended text" in page


def test_the_good_version_of_yesterday_is_still_one(
    project: Path, begin: Callable[[], Server]
) -> None:
    begin().end()
    (project / "content/page.md").write_text("a mistake")
    status, _, page = begin().get("/")
    assert status == 200
    assert "The last good version is shown below" in page
    assert "the first text" in page


def test_a_bug_in_the_build_is_shown_and_does_not_end_the_server(server: Server) -> None:
    server.after_reload(lambda: server.save("bug"))
    page = server.get("/")[2]
    assert "LookupError: a &lt;bug&gt; in the program" in page
    assert "the first text" in page
    server.after_reload(lambda: server.save("the mended text"))
    assert "the mended text" in server.get("/")[2]
    assert "LookupError: a <bug> in the program" in server.end()[2]


# The command


def test_the_address_is_told_once_and_ctrl_c_ends_it_quietly(begin: Callable[[], Server]) -> None:
    server = begin()
    server.get("/gone.html")
    assert server.end() == (0, "\n", "")


def test_a_port_that_is_taken(server: Server) -> None:
    second = start(server.root, server.port)
    out, err = second.communicate(timeout=DEADLINE)
    assert second.returncode == 1
    assert "http" not in out
    assert err.startswith(f"Cannot listen on port {server.port} of 127.0.0.1: ")
    assert "choose another port" in err
    assert "Traceback" not in err


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere BROWSER is not asked for")
def test_the_browser_is_opened(project: Path) -> None:
    browser = project / "browser"
    browser.write_text('#!/bin/sh\necho "opened $1"\n')
    browser.chmod(0o755)
    port = free_port()
    process = start(project, port, "browser", BROWSER=f"{browser} %s")
    watchdog = Timer(DEADLINE, process.kill)
    watchdog.start()
    try:
        assert read_until(process, "opened") == f"opened http://127.0.0.1:{port}/\n"
    finally:
        watchdog.cancel()
        process.kill()
        process.communicate()
