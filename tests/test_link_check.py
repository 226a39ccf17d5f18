"""Which addresses of the listings answer: asked of a real server on this machine."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from sample import listing

from guide.editing.link_check import TRIES, Answer, addresses_of, ask, link_report
from guide.editing.wording import Words
from guide.model import Source

asked: list[str] = []
over = threading.Event()


class Site(BaseHTTPRequestHandler):
    """Answers as its path says."""

    def do_GET(self) -> None:
        asked.append(self.path)
        name = self.path.strip("/")
        if name == "hangs":
            over.wait(30)
        elif name == "breaks":
            self.wfile.write(b"no answer at all\r\n\r\n")
        elif name.startswith("to-"):
            self.send_response(int(name[3:6]))
            self.send_header("Location", "/fine")
            self.end_headers()
        else:
            self.send_response(200 if name == "fine" else int(name))
            self.end_headers()
            self.wfile.write(b"<p>a page")

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    over.set()
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(("path", "fault", "times"), [
    ("fine", "", 1), ("404", "answers 404", 1), ("403", "answers 403", 1), ("500", "answers 500", TRIES),
    ("hangs", "does not answer in time", TRIES), ("breaks", "cannot be reached", TRIES), ("to-302", "", 1),
])  # fmt: skip
def test_what_an_address_answers(site, path, fault, times):
    asked.clear()
    assert ask([f"{site}/{path}"], patience=0.3) == [Answer(f"{site}/{path}", fault)]
    assert asked.count(f"/{path}") == times


@pytest.mark.parametrize("status", [301, 308])
def test_what_has_moved_for_good_is_told(site, status):
    assert ask([f"{site}/to-{status}"], patience=5) == [Answer(f"{site}/to-{status}", moved_to=f"{site}/fine")]


def test_a_server_that_is_not_there():
    assert ask(["http://127.0.0.1:9/"], patience=5)[0].fault == "cannot be reached"


def test_each_address_is_asked_once_and_the_report_names_its_listings(site):
    source = (Source(url=f"{site}/404"), Source(title="A list"))
    some = [listing("one", name="One *", website=f"{site}/fine", sources=source), listing("two", sources=source), listing("three")]
    urls = addresses_of(some)
    asked.clear()
    report = link_report(ask(urls, patience=5), urls, Words({"mo/cole": "Cole County"}))
    assert sorted(asked) == ["/404", "/fine"]
    assert report.startswith("2 addresses were asked; 1 do not answer as they should, 0 have moved for good.\n")
    assert f"\n- `{site}/404` answers 404 (One &#42;, Cole County; Two, Cole County)\n" in report
