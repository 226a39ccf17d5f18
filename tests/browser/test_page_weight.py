"""Pages open fast: few bytes, two requests before they can be read, the numbers in the first round trip, and nothing moves."""

from __future__ import annotations

import gzip
import re
import zlib
from collections.abc import Callable
from itertools import cycle
from pathlib import Path

import pytest
from looking import DESK, PHONE, Way
from playwright.sync_api import Page, Route
from sample import EDITION, ROOT, TODAY, copy_of_few

from guide.building import Builder

PageOf = Callable[..., Page]
ALL, FIRST = 30_000, 14_000
"""Bytes, packed: of all that a county's page with up to 60 listings loads; of a page's part that comes in one round trip."""
HOTLINE = "tel:+18883737888"
LANDSCAPE = 640, 360
"""A phone that is held across."""
KINDS = ("index.html", "counties.html", "mo/jackson.html", "mo/worth.html", "regions/northwest.html", "services.html",
         "services/legal-aid.html", "listings.html", "listings/missouri-safe-at-home.html", "search.html", "sheet.html",
         "coverage.html", "coverage.html#every-county", "reports.html", "reports/needs-assessment.html", "data.html", "changes.html",
         "safety.html", "404.html")  # fmt: skip


def packed(data: bytes) -> bytes:
    """Pack bytes as a server does."""
    return gzip.compress(data, 6)


@pytest.fixture(scope="module")
def counties(server: Way) -> list[str]:
    """Each county's page."""
    return [path.relative_to(server.site).as_posix() for state in ("mo", "il") for path in sorted((server.site / state).glob("*.html"))]


def loaded_by(site: Path, address: str) -> dict[str, bytes]:
    """Give all that a page loads before a reader does anything: address in the site → bytes."""
    text = (site / address).read_text(encoding="utf-8")
    found = re.findall(r'<(?:link rel="(?:icon|stylesheet)"|script)[^>]*? (?:href|src)="([^"]+)"', text)
    assert len(found) >= 6, found
    return {address: text.encode()} | {one: (site / address).parent.joinpath(one).read_bytes() for one in found}


# Bytes

def test_a_county_page_with_up_to_sixty_listings_is_light(server: Way, counties: list[str]) -> None:
    of_sixty = {}
    for address in counties:
        told = re.search(r"(\d+) listings serve this county", (server.site / address).read_text(encoding="utf-8"))
        if told and int(told[1]) <= 60:
            of_sixty[address] = int(told[1])
    assert max(of_sixty.values()) > 55
    heavy = {address: size for address in of_sixty
             if (size := sum(len(packed(data)) for data in loaded_by(server.site, address).values())) > ALL}  # fmt: skip
    assert heavy == {}


def test_the_first_round_trip_holds_the_numbers_that_are_needed_most(server: Way, counties: list[str]) -> None:
    for address in counties:
        whole = (server.site / address).read_bytes()
        first = zlib.decompressobj(wbits=31).decompress(packed(whole)[:FIRST]).decode("utf-8", "ignore")
        section = whole.decode().partition('<section id="trafficking"')[2].partition('<nav class="jump"')[0]
        numbers = re.findall(r'href="(tel:[^"]+)"', section)
        assert numbers and f'href="{HOTLINE}"' in first, address
        assert [number for number in numbers if f'href="{number}"' not in first] == [], address


@pytest.mark.parametrize("kind", ["css", "js"])
def test_styles_and_scripts_are_small(server: Way, kind: str) -> None:
    sources = ROOT / "templates/assets"
    for path in sorted(sources.glob(f"*.{kind}")):  # those of the search are one script
        source, small = path.read_bytes(), (server.site / "assets" / path.relative_to(sources)).read_bytes()
        assert len(small) < 0.9 * len(source), path.name
        assert not re.search(rb"^\s*(//|/\*[^!])|^ +", small, re.MULTILINE), f"{path.name} has comments or indentation"


def test_the_license_of_what_others_wrote_stays(server: Way) -> None:
    assert b"/*!" in (server.site / "assets/search/code.js").read_bytes()[:50]


STYLES = """text => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  return [...sheet.cssRules].map(rule => rule.cssText);
}"""


def test_small_styles_say_what_the_readable_ones_say(server: Way, page_of: PageOf) -> None:
    page = page_of()
    readable, small = (page.evaluate(STYLES, path.read_text(encoding="utf-8"))
                       for path in (ROOT / "templates/assets/guide.css", server.site / "assets/guide.css"))  # fmt: skip
    assert len(readable) > 200 and small == readable


# Requests, and what moves

# what rounds to 0.000, as Lighthouse tells it, nobody sees: a slow machine may paint before the last bytes of a page came
SHIFTS = """
  window.moved = [];
  const told = list => list.filter(entry => entry.value >= 0.0005).forEach(entry => window.moved.push(...entry.sources.map(source => {
    const text = (source.node?.outerHTML ?? source.node?.textContent ?? '').trim().slice(0, 60);
    return `${text} ${entry.value.toFixed(4)}`;
  })));
  const watch = new PerformanceObserver(list => told(list.getEntries()));
  watch.observe({type: 'layout-shift', buffered: true});
  window.settled = () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => {
    told(watch.takeRecords());
    done(window.moved);
  }))));
"""


CLOCK = "Date = class extends Date {{ constructor(...given) {{ super(...(given.length ? given : [{}])); }} }};"
"""Has a page read on another day, as JavaScript writes it."""


def opened(page: Page, address: str) -> list[str]:
    """Open a page, and let come what it asks for besides itself and one style only after it was painted; tell what moved."""
    page.add_init_script(SHIFTS)
    held: list[Route] = []
    painted = False

    def hold(route: Route) -> None:
        if painted or route.request.resource_type == "document" or route.request.url.endswith("/guide.css"):
            route.continue_()
        else:
            held.append(route)

    page.route("**/*", hold)
    page.goto(address, wait_until="commit")
    page.wait_for_function("performance.getEntriesByName('first-contentful-paint').length")
    assert page.locator(".emergency").is_visible()
    painted = True
    for route in held:
        route.continue_()
    page.wait_for_load_state("load")
    assert held, "the scripts came before the page was painted"
    moved: list[str] = page.evaluate("settled()")
    return moved


@pytest.mark.parametrize("size", [PHONE, DESK], ids=lambda size: f"{size[0]} wide")
@pytest.mark.parametrize(("address", "read_on"), [*((address, "2026, 10, 24") for address in KINDS),
                                                  ("404.html", "2026, 10, 26"), ("404.html", "2027, 3, 24")])  # fmt: skip
def test_nothing_moves_after_a_page_was_painted_with_one_style_alone(
        server: Way, page_of: PageOf, address: str, size: tuple[int, int], read_on: str) -> None:  # fmt: skip
    page = page_of(size, bypass_csp=True)
    page.add_init_script(CLOCK.format(read_on))
    assert opened(page, server(address)) == []


@pytest.mark.parametrize("address", ["index.html", "mo/worth.html", "listings/missouri-safe-at-home.html", "sheet.html", "coverage.html"])
def test_one_style_alone_blocks_painting(server: Way, page_of: PageOf, address: str) -> None:
    page = page_of()
    page.goto(server(address))
    blocking = page.evaluate("performance.getEntriesByType('resource').filter(one => one.renderBlockingStatus === 'blocking').map(one => one.name)")
    assert blocking == [server("assets/guide.css")]


@pytest.mark.parametrize("size", [PHONE, DESK, LANDSCAPE], ids=lambda size: f"{size[0]} wide")
@pytest.mark.parametrize("address", ["index.html", "mo/worth.html", "listings/missouri-safe-at-home.html"])
def test_nothing_moves_on_a_copy_that_is_old(server: Way, page_of: PageOf, address: str, size: tuple[int, int]) -> None:
    page = page_of(size, bypass_csp=True)
    page.add_init_script(CLOCK.format("2028, 1, 12"))
    assert opened(page, server(address)) == []
    assert page.locator(".old-copy").is_visible()


def test_nothing_moves_on_a_desk_for_who_has_a_sheet(server: Way, page_of: PageOf) -> None:
    page = page_of(DESK, bypass_csp=True)
    page.goto(server("mo/worth.html"))
    page.locator("button.add").first.click()
    assert opened(page, server("mo/cole.html")) == []
    assert page.locator("[data-sheet]").inner_text() == "Sheet (1)"


@pytest.fixture(scope="module")
def confirmed(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The page of a county whose every listing was confirmed in September 2026, or a year before."""
    root = copy_of_few(tmp_path_factory.mktemp("confirmed"), ("mo/worth",))
    path = root / "data/resources/mo/worth.yaml"
    year = cycle((2026, 2025))
    text = re.sub("    sources:", lambda found: f"    confirmed: {{on: {next(year)}-09-30, how: website}}\n{found[0]}", path.read_text(encoding="utf-8"))
    path.write_text(text, encoding="utf-8")
    Builder(root, root / "site").build(EDITION, TODAY)
    return (root / "site/mo/worth.html").as_uri()


@pytest.mark.parametrize("size", [PHONE, DESK], ids=lambda size: f"{size[0]} wide")
@pytest.mark.parametrize("read_on", ["2026, 11, 3", "2027, 3, 12"], ids=["fresh and old", "due and old"])
def test_nothing_moves_when_a_confirmation_says_its_age(confirmed: str, page_of: PageOf, read_on: str, size: tuple[int, int]) -> None:
    page = page_of(size, bypass_csp=True)
    page.add_init_script(CLOCK.format(read_on))
    assert opened(page, confirmed) == []
    assert " months ago" in page.locator("[data-confirmed]").first.inner_text()


# Without scripts

def test_without_scripts_no_room_is_kept_for_what_they_show(server: Way, page_of: PageOf) -> None:
    with_scripts, without = page_of(PHONE), page_of(PHONE, java_script_enabled=False)
    heights = []
    for page in (with_scripts, without):
        page.goto(server("mo/jackson.html"))
        heights.append(page.locator("main").bounding_box())
    (scripted, plain) = (box for box in heights if box)
    assert plain["y"] < scripted["y"] and plain["height"] < scripted["height"] - 1000
