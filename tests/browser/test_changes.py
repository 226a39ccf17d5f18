"""What changed since a copy: by the link that a copy bears, by a day that is typed in, and without scripts."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date

import pytest
from looking import DESK, Way
from playwright.sync_api import Page, expect
from repository import Repository, listing
from sample import EDITION, ROOT, TODAY

from guide.building import Builder

PageOf = Callable[..., Page]
ALL = ["Two", "One", "One"]
"""The listings that changed, in the page's order: on May 2, May 1 and March 1, after a beginning on January 1."""


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    """A project with few listings and a history."""
    repository = Repository(tmp_path_factory.mktemp("changed") / "guide")
    for folder in ("data", "content", "templates"):
        shutil.copytree(ROOT / folder, repository.root / folder)
    for path in (repository.root / "data/resources").rglob("*.yaml"):
        path.write_text("listings: []\n", encoding="utf-8")
    (repository.root / "data/published_ids.txt").write_text("", encoding="utf-8")
    repository.close()
    for day, fees in (("2026-01-01", "None"), ("2026-03-01", "Free"), ("2026-05-01", "Sliding scale")):
        repository.write("mo/cole", listing("one", fees=fees))
        repository.commit(day)
    repository.write("mo/boone", listing("two"))
    repository.commit("2026-05-02")
    return repository


@pytest.fixture(scope="module")
def places(repository: Repository, folder: Way, server: Way) -> dict[str, str]:
    """Where its page of changes stands in a folder and on the web server."""
    for way in (folder, server):
        Builder(repository.root, way.site.parent / "changed").build(EDITION, TODAY)
    return {"file": f"{(folder.site.parent / 'changed').as_uri()}/changes.html",
            "http": server.start.replace("/guide/", "/changed/") + "changes.html"}  # fmt: skip


@pytest.fixture(params=["file", "http"])
def address(request: pytest.FixtureRequest, places: dict[str, str]) -> str:
    return places[str(request.param)]


def shown(page: Page) -> list[str]:
    return page.locator(".changes li > a").filter(visible=True).all_inner_texts()


def said(page: Page) -> str:
    return page.locator(".since [role=status]").inner_text()


def test_the_link_of_a_copy_shows_only_what_changed_since(address: str, page_of: PageOf) -> None:
    page = page_of()
    page.goto(f"{address}#since=2026-04-30")
    assert shown(page) == ["Two", "One"]
    assert said(page) == "Changes since the edition of April 30, 2026: 2."
    expect(page.get_by_role("heading", name="March 2026")).to_be_hidden()
    expect(page.get_by_label("Your copy is of")).to_have_value("2026-04-30")


def test_the_day_is_taken_out_of_the_address_and_leaves_no_trace(address: str, page_of: PageOf) -> None:
    page = page_of()
    for fragment in ("since=2026-04-30", "since=yesterday"):
        page.goto("about:blank")
        page.goto(f"{address}#{fragment}")
        before = page.evaluate("history.length")
        assert page.url == address
        page.get_by_label("Your copy is of").fill("2026-05-02")
        assert (page.url, page.evaluate("history.length")) == (address, before)
        assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]


def test_a_change_of_the_copys_own_day_is_shown_and_explained(address: str, page_of: PageOf) -> None:
    page = page_of()
    page.goto(f"{address}#since=2026-05-01")
    assert shown(page) == ["Two", "One"]
    assert said(page) == "Changes since the edition of May 1, 2026: 2. Of that day itself: 1, which your copy may have already."


def test_a_link_followed_on_the_page_itself_filters_too(address: str, page_of: PageOf) -> None:
    page = page_of()
    page.goto(address)
    page.evaluate("location.hash = '#since=2026-05-02'")
    expect(page.get_by_text("Changes since the edition of May 2, 2026: 1.")).to_be_visible()
    assert shown(page) == ["Two"] and page.url == address


def test_all_is_shown_again_at_the_press_of_a_button(address: str, page_of: PageOf) -> None:
    page = page_of()
    page.goto(f"{address}#since=2026-05-02")
    page.get_by_role("button", name="Show all").press("Enter")
    assert shown(page) == ALL
    expect(page.get_by_role("button", name="Show all")).to_be_hidden()
    expect(page.get_by_label("Your copy is of")).to_be_focused()
    expect(page.get_by_label("Your copy is of")).to_have_value("")


@pytest.mark.parametrize("day", ["", "2026-13-01", "2026-02-30", "x", "2026-05-01x", "<b>", "%3Cb%3E", "0001-01-01"])
def test_a_link_without_a_day_shows_all_and_says_so(places: dict[str, str], page_of: PageOf, day: str) -> None:
    page = page_of()
    page.goto(f"{places['http']}#since={day}")
    assert shown(page) == ALL
    assert said(page) == "The link to this page names no day. All changes are shown."


def test_another_fragment_is_left_alone(places: dict[str, str], page_of: PageOf) -> None:
    page = page_of()
    page.goto(f"{places['http']}#month-2026-03")
    assert (shown(page), said(page), page.url) == (ALL, "", f"{places['http']}#month-2026-03")


def test_a_day_can_be_typed_in(address: str, page_of: PageOf) -> None:
    page = page_of(DESK)
    page.goto(address)
    field = page.get_by_label("Your copy is of")
    field.fill("2026-05-02")
    assert shown(page) == ["Two"]
    field.fill("")
    assert shown(page) == ALL


@pytest.mark.parametrize(("day", "sentence"), [
    ("2026-05-03", "Nothing changed since the edition of May 3, 2026."),
    ("2026-01-01", "Changes since the edition of January 1, 2026: 3."),
    ("2027-01-01", "Your copy, the edition of January 1, 2027, is newer than this page, which is of November 24, 2026."),
])  # fmt: skip
def test_what_is_shown_is_said_in_a_sentence(places: dict[str, str], page_of: PageOf, day: str, sentence: str) -> None:
    page = page_of()
    page.goto(f"{places['http']}#since={day}")
    assert said(page) == sentence


def test_a_page_that_knows_too_little_says_so(repository: Repository, server: Way, page_of: PageOf) -> None:
    clone = repository.root.parent / "clone"
    repository.git("clone", "--quiet", "--depth", "2", repository.root.as_uri(), str(clone))
    Builder(clone, server.site.parent / "shallow").build(EDITION, TODAY)
    page = page_of()
    page.goto(server.start.replace("/guide/", "/shallow/") + "changes.html#since=2026-03-01")
    assert said(page) == ("Changes since the edition of March 1, 2026: 1. What changed before May 1, 2026 is not listed here: "
                          "get a new copy.")  # fmt: skip


def test_without_scripts_everything_is_shown_and_nothing_asks_for_a_day(address: str, page_of: PageOf) -> None:
    page = page_of(java_script_enabled=False)
    page.goto(f"{address}#since=2026-05-02")
    assert shown(page) == ALL
    expect(page.get_by_label("Your copy is of")).to_be_hidden()


def test_a_guide_that_does_not_know_its_history_takes_the_day_out_of_the_address(repository: Repository, server: Way,
                                                                                  page_of: PageOf) -> None:  # fmt: skip
    shutil.copytree(repository.root, repository.root.parent / "zip", ignore=shutil.ignore_patterns(".git", ".cache"))
    Builder(repository.root.parent / "zip", server.site.parent / "unknown").build(date(2026, 11, 24), TODAY)
    page = page_of()
    address = server.start.replace("/guide/", "/unknown/") + "changes.html"
    page.goto(f"{address}#since=2026-05-02")
    expect(page.get_by_text("This copy does not know its history.")).to_be_visible()
    assert page.url == address
