"""Every kind of page opens from a folder and from a server, with scripts and without, and asks nobody else for anything."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from looking import Way
from playwright.sync_api import Page, expect
from sample import EDITION, TODAY, copy_of_few

from guide.building import Builder

PageOf = Callable[..., Page]


def watched(page: Page, way: Way) -> list[str]:
    """Collect what a page does that no page of the guide should."""
    faults: list[str] = []

    def asked(url: str) -> None:
        if not url.startswith((way.start, "data:")):
            faults.append(f"asks {url}")

    page.on("request", lambda request: asked(request.url))
    # aborted: the test went on to the next page before the icon had come
    page.on("requestfailed", lambda request: None if request.failure == "net::ERR_ABORTED" else
            faults.append(f"did not get {request.url}: {request.failure}"))
    page.on("response", lambda answer: faults.append(f"{answer.status} {answer.url}") if answer.status >= 400 else None)
    page.on("console", lambda message: faults.append(f"says '{message.text}'"))
    page.on("pageerror", lambda error: faults.append(f"fails: {error}"))
    return faults


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_page_opens_quietly_and_asks_no_other_host(way: Way, page_of: PageOf, addresses: list[str], scripts: bool) -> None:
    page = page_of(java_script_enabled=scripts)
    faults = watched(page, way)
    for address in addresses:
        before = len(faults)
        page.goto(way(address))
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        faults[before:] = [f"{address}: {fault}" for fault in faults[before:]]
    assert faults == []


def test_numbers_can_be_called_without_scripts(way: Way, page_of: PageOf, withheld: str) -> None:
    page = page_of(java_script_enabled=False)
    for address in ("index.html", "mo/jackson.html", "mo/worth.html", withheld):
        page.goto(way(address))
        expect(page.locator("a[href='tel:+18883737888']").first).to_be_visible()
        if address != "index.html":
            expect(page.get_by_role("main").locator("a[href^='tel:']").first).to_be_visible()


def test_a_fold_opens_without_scripts(way: Way, page_of: PageOf) -> None:
    page = page_of(java_script_enabled=False)
    page.goto(way("mo/jackson.html"))
    fold = page.locator("details").first
    inside = fold.locator("a[href*='listings/']").first
    expect(inside).to_be_hidden()
    fold.locator("summary").press("Enter")
    expect(inside).to_be_visible()


def test_without_scripts_no_field_or_button_is_dead(way: Way, page_of: PageOf, addresses: list[str]) -> None:
    page = page_of(java_script_enabled=False)
    dead = []
    for address in addresses:
        page.goto(way(address))
        controls = page.locator("input, button, select, textarea").filter(visible=True)
        dead += [f"{address}: {control.evaluate('one => one.outerHTML')}" for control in controls.all()
                 if not control.evaluate("one => one.form && one.form.hasAttribute('action')")]  # fmt: skip
    assert dead == []


def test_links_lead_from_page_to_page(way: Way, page_of: PageOf) -> None:
    page = page_of()
    page.goto(way("index.html"))
    page.get_by_role("main").locator("a[href='mo/worth.html']").last.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Worth County")
    page.get_by_role("main").locator("a[href*='listings/']").filter(visible=True).first.click()
    expect(page).to_have_url(re.compile(re.escape(way("listings/")) + ".+html$"))
    page.get_by_role("banner").get_by_role("link").first.click()
    expect(page).to_have_url(way("index.html"))


def test_the_skip_link_goes_past_the_top_of_the_page(way: Way, page_of: PageOf) -> None:
    page = page_of()
    page.goto(way("mo/jackson.html"))
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_be_in_viewport(ratio=1)
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_a_wrong_address_leads_back_into_the_guide_however_deep_it_is(server: Way, page_of: PageOf) -> None:
    page = page_of()
    answer = page.goto(server("mo/nowhere/at/all.html"))
    assert answer and answer.status == 404
    assert page.evaluate("getComputedStyle(document.querySelector('.exit')).position") == "fixed", "no style came"
    page.get_by_role("main").locator("a[href*='counties.html']").click()
    expect(page).to_have_url(server("counties.html"))


# Ages

def test_an_old_copy_says_how_old_it_is(way: Way, page_of: PageOf) -> None:
    page = page_of()
    page.clock.set_fixed_time(datetime(2029, 1, 10, 12))  # noqa: DTZ001 - the reader's own time
    page.goto(way("index.html"))
    expect(page.get_by_role("contentinfo")).to_contain_text("2 years ago")


@pytest.fixture(scope="module")
def confirmed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with a listing that was confirmed on October 2, 2026."""
    root = copy_of_few(tmp_path_factory.mktemp("confirmed"), ("mo/worth",))
    path = root / "data/resources/mo/worth.yaml"
    text = path.read_text(encoding="utf-8")
    confirmed = "    confirmed: {on: 2026-10-02, how: phone}\n    sources:"
    path.write_text(text.replace("    sources:", confirmed, 1), encoding="utf-8")
    Builder(root, root / "site").build(EDITION, TODAY)
    return root / "site/listings/worth-county-sheriffs-office.html"


@pytest.mark.parametrize(
    ("read_on", "said"),
    [
        pytest.param(datetime(2026, 10, 3, 12), r"1 day ago$", id="fresh"),  # noqa: DTZ001
        pytest.param(datetime(2027, 4, 1, 12), r"5 months ago\. .*due", id="due"),  # noqa: DTZ001
        pytest.param(datetime(2028, 4, 1, 12), r"17 months ago\. .*Call first", id="old"),  # noqa: DTZ001
    ],
)
def test_a_confirmation_ages_while_the_copy_stays_the_same(
        confirmed: Path, page_of: PageOf, read_on: datetime, said: str) -> None:  # fmt: skip
    page = page_of()
    page.clock.set_fixed_time(read_on)
    page.goto(confirmed.as_uri())
    expect(page.locator("[data-confirmed]")).to_have_text(re.compile("October 2, 2026.*" + said))
