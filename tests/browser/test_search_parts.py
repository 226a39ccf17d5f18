"""A large guide: counties have parts of their own, and a search that names a place loads no others; the answers stay the same."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator

import pytest
from looking import Way
from playwright.sync_api import Browser, Page, expect
from sample import EDITION

from guide import searching
from guide.model import Guide
from guide.shared import shared_facts

WITH_A_PLACE = ["shelter 63701", "rape kit springfield", "legal aid boone county", "madison county", "harmony house joplin", "food pantry KC"]


@pytest.fixture(scope="module")
def parted(folder: Way, guide: Guide, tmp_path_factory: pytest.TempPathFactory) -> Way:
    """The guide with parts of at most twenty listings, where counties can be told apart."""
    site = tmp_path_factory.mktemp("parted")
    shutil.copytree(folder.site / "assets", site / "assets", ignore=shutil.ignore_patterns("part-*", "words-known.js"))
    (site / "mo").mkdir()
    for page in ("index.html", "mo/worth.html"):
        shutil.copy(folder.site / page, site / page)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(searching, "LARGE", 20)
        for address, script in searching.search_files(shared_facts(guide, EDITION)).items():
            (site / address).write_bytes(script)
    return Way(site, f"{site.as_uri()}/")


@pytest.fixture(scope="module")
def large(parted: Way) -> Way:
    """The same, as if it had more listings than are loaded whole."""
    site = parted.site.parent / "large"
    shutil.copytree(parted.site, site)
    known = site / "assets/search/words-known.js"
    known.write_text(re.sub(r'"index":\{"listings":\d+', '"index":{"listings":9000', known.read_text(encoding="ascii")), encoding="ascii")
    return Way(site, f"{site.as_uri()}/")


@pytest.fixture
def opened(browser: Browser) -> Iterator[Callable[..., tuple[Page, set[str]]]]:
    """Open a guide; give its page, and the parts that it asks for."""
    pages = []

    def open_page(way: Way, address: str = "index.html") -> tuple[Page, set[str]]:
        page, asked = browser.new_page(), set()
        pages.append(page)
        page.on("request", lambda request: asked.update(re.findall(r"/part-([\w-]+)\.js", request.url)))
        page.goto(way(address))
        return page, asked

    yield open_page
    for page in pages:
        page.close()


def find(page: Page, query: str) -> list[str]:
    page.locator("#q").fill("")
    page.locator("#q").fill(query)
    expect(page.locator("#results[data-state=ready]")).to_be_visible()
    return page.locator("#results .found [data-listing]").evaluate_all("all => all.map(one => one.dataset.listing)")


def parts_around(guide: Guide, county: str, way: Way) -> set[str]:
    """Name the parts of a county and those beside it."""
    (here,) = (one for one in guide.counties if one.id == county)
    around = [one for one in guide.counties if one.id in (county, *here.neighbors)]
    names = {"wide", *(one.region for one in around), *(one.id.replace("/", "-") for one in around)}
    return {name for name in names if (way.site / f"assets/search/part-{name}.js").exists()}


def test_a_guide_in_many_parts_answers_as_one_in_few(opened, folder: Way, parted: Way):
    (few, _), (many, asked) = opened(folder), opened(parted)
    for query in [*WITH_A_PLACE, "legal aid", "RACS", "573-634-4911", "zzzz"]:
        assert find(many, query) == find(few, query), query
    assert len(asked) > 50


def test_a_large_guide_answers_from_the_parts_of_the_place_alone(opened, folder: Way, large: Way, guide: Guide):
    (few, _), (page, asked) = opened(folder), opened(large)
    assert find(page, "shelter 63701")[:5] == find(few, "shelter 63701")[:5]
    assert asked == parts_around(guide, "mo/cape-girardeau", large)


def test_a_large_guide_is_loaded_whole_where_no_place_is_named(opened, folder: Way, large: Way):
    (few, _), (page, asked) = opened(folder), opened(large)
    assert find(page, "RACS") == find(few, "RACS")
    assert len(asked) > 50


def test_a_large_guide_is_loaded_whole_where_little_is_found_in_the_place(opened, large: Way):
    page, asked = opened(large, "mo/worth.html")  # far from who is called so
    assert find(page, "RACS") == ["rape-and-abuse-crisis-service"]
    assert len(asked) > 50
