"""The bundle, unpacked where a careless link would stumble, and read without a network."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from looking import DESK, FAINT, PHONE, Way
from playwright.sync_api import Page, expect
from sample import EDITION, ROOT, TODAY

from guide.bundling import PAGES, START, make_bundle

PageOf = Callable[..., Page]
ADDRESS = "https://example.org/guide/"


@pytest.fixture(scope="module")
def stick(tmp_path_factory: pytest.TempPathFactory) -> Way:
    """The folder of an unpacked bundle."""
    made = make_bundle(ROOT, tmp_path_factory.mktemp("dist"), EDITION, TODAY, ADDRESS)
    folder = tmp_path_factory.mktemp("stick") / "Mi memoria ñ 2"
    with zipfile.ZipFile(made.path) as archive:
        archive.extractall(folder)
    top = folder / made.path.stem
    return Way(top, f"{top.as_uri()}/")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_the_first_file_opens_the_guide(stick: Way, page_of: PageOf, scripts: bool) -> None:
    page = page_of(java_script_enabled=scripts)
    page.goto(stick("START%20HERE.html"), wait_until="commit")
    page.wait_for_url(stick(f"{PAGES}/index.html"))
    assert START == "START HERE.html"


def test_search_map_sheet_and_way_out_work_from_the_stick(stick: Way, page_of: PageOf) -> None:
    page = page_of(DESK)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(stick(f"{PAGES}/index.html"))
    page.get_by_role("group", name=re.compile("map", re.IGNORECASE)).get_by_role("link", name="Cole County", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Cole County")
    page.get_by_role("searchbox").fill("legal aid")
    page.locator("#results [data-listing]").first.get_by_role("button", name="Add").click()
    page.get_by_role("link", name="Sheet (1)").click()
    expect(page.locator(".picked > li")).to_have_count(1)
    page.get_by_role("banner").get_by_role("link", name="Leave this page").click()
    expect(page).to_have_url(stick(f"{PAGES}/measures.html"))
    assert [url for url in asked if not url.startswith(stick.start)] == []


# How old it is

def opened(page: Page, stick: Way, days: int) -> Page:
    page.clock.set_fixed_time(datetime(EDITION.year, EDITION.month, EDITION.day, 12) + timedelta(days))  # noqa: DTZ001  the reader's own
    page.goto(stick(f"{PAGES}/mo/cole.html"))
    return page


@pytest.mark.parametrize("days", [0, 180, -30])
def test_a_young_copy_and_a_clock_that_is_wrong_say_nothing(stick: Way, page_of: PageOf, days: int) -> None:
    page = opened(page_of(), stick, days)
    expect(page.get_by_role("contentinfo").locator("[data-edition-age]")).not_to_be_empty()
    assert page.locator(".old-copy").count() == 0


def test_an_old_copy_says_so_calmly_and_where_the_newest_is(stick: Way, page_of: PageOf) -> None:
    page = opened(page_of(PHONE), stick, 181)
    banner = page.locator("main > .old-copy")
    expect(banner).to_have_text(f"This copy of the guide is from 5 months ago. Numbers may have changed, so call first. The newest is at {ADDRESS}")
    expect(banner).to_be_visible()
    assert page.evaluate(FAINT) == []
    page.emulate_media(media="print")
    expect(banner).to_be_visible()
