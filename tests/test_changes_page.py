"""The page and the feed of what changed: by month and county, up to the edition, valid, and the same from the same commit."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import html5lib
import pytest
from repository import Repository, listing
from sample import CITY, EDITION, NOTE, ROOT, TODAY

from guide.building import Builder
from guide.changes import Change, Crowd, History
from guide.chronicle import COUNTED, FEW, MONTHS, Chronicle, chronicle
from guide.exports.feed import NEWEST, feed_files
from guide.history import read_history
from guide.model import Guide

ADDRESS = "https://guide.example.org/here/"
ATOM = "{http://www.w3.org/2005/Atom}"
STREET = "12 Zzyzx Street"


def told_in(repository: Repository) -> None:
    """Commit a history in which each kind of change happens, with secrets that come and go."""
    one: dict[str, Any] = {"phones": [{"number": "573-634-4911"}], "editor_note": NOTE}
    public = {"location": {"visibility": "public", "city": "Jefferson City", "street": STREET}}
    repository.write("mo/cole", listing("one", **one, **public), listing("shut"), listing("gone"))
    repository.write("mo/boone", listing("two"))
    repository.commit("2026-01-01")
    one |= {"phones": [{"number": "573-634-4912"}], "location": {"visibility": "withheld", "city": CITY}}
    repository.write("mo/cole", listing("one", **one), listing("shut"), listing("gone"), listing("two"))
    repository.write("mo/boone")
    repository.commit("2026-02-10")
    repository.write("mo/cole", listing("one", **one), listing("two", confirmed={"on": "2026-03-04", "how": "phone"}))
    repository.write("il/madison", listing("three", name="Three <b>& 'Four'</b>"))
    repository.close(("shut", "mo/cole"))
    repository.commit("2026-03-05")


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    """A project with few listings and a history."""
    repository = empty_project(tmp_path_factory.mktemp("told") / "guide")
    told_in(repository)
    return repository


def empty_project(root: Path) -> Repository:
    """The project without listings, in a repository without commits."""
    repository = Repository(root)
    for folder in ("data", "content", "templates"):
        shutil.copytree(ROOT / folder, repository.root / folder)
    for path in (repository.root / "data/resources").rglob("*.yaml"):
        path.write_text("listings: []\n", encoding="utf-8")
    for name, text in {"published_ids.txt": "", "closed.yaml": "closed: []\n"}.items():
        (repository.root / "data" / name).write_text(text, encoding="utf-8")
    return repository


@pytest.fixture(scope="module")
def built(repository: Repository) -> Path:
    """Its site."""
    site = repository.root.parent / "site"
    Builder(repository.root, site).build(date(2026, 11, 24), TODAY, ADDRESS)
    return site


@pytest.fixture(scope="module")
def page(built: Path) -> Any:
    return html5lib.parse((built / "changes.html").read_bytes(), namespaceHTMLElements=False)


def words_of(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def by_month(page: Any) -> dict[str, list[str]]:
    """Give each month's headings and lines, in their order."""
    months = [section for section in page.iter("section") if "data-month" in section.attrib]
    return {words_of(month.find("h2")): [words_of(one) for one in month.iter() if one.tag in ("h3", "li", "p")] for month in months}


# The page

def test_changes_stand_by_month_and_county_the_newest_first(page: Any) -> None:
    assert by_month(page) == {
        "March 2026": ["Cole County", "Gone March 5, 2026 · Taken out of the guide", "Shut March 5, 2026 · Closed",
                       "Two March 5, 2026 · Confirmed",
                       "Madison County, Illinois", "Three <b>& 'Four'</b> March 5, 2026 · Added"],
        "February 2026": ["Cole County", "One February 10, 2026 · Changed: phone numbers, place",
                          "Two February 10, 2026 · Now listed here"],
        "January 2026": ["January 1, 2026: The guide began with 4 listings.", "Boone County 1", "Cole County 3"],
    }  # fmt: skip


def test_each_line_leads_to_the_listing_as_long_as_it_has_a_page(page: Any, built: Path) -> None:
    links = {words_of(link): link.get("href") for link in page.iter("a") if link.get("href", "").startswith("listings/")}
    assert set(links) == {"One", "Two", "Shut", "Three <b>& 'Four'</b>"}
    assert all((built / address).exists() for address in links.values())


def test_nothing_withheld_is_on_the_page_in_the_feed_or_in_any_other_file(built: Path) -> None:
    texts = {path: path.read_bytes() for path in built.rglob("*") if path.is_file()}
    del texts[built / "downloads/guide.schema.json"]  # its example of a number is this one
    assert [path.name for path, text in texts.items() if any(word.encode() in text for word in (STREET, CITY, NOTE, "634-4911"))] == []


def test_only_this_page_names_the_feed_in_its_head(page: Any, built: Path) -> None:
    found = [link.attrib for link in page.iter("link") if link.get("rel") == "alternate"]
    assert found == [{"rel": "alternate", "type": "application/atom+xml", "title": "What changed", "href": "changes.xml"}]
    assert b"atom+xml" not in (built / "index.html").read_bytes()


def test_every_page_of_a_copy_leads_to_what_changed_online_since(built: Path) -> None:
    link = f'<a href="{ADDRESS}changes.html#since=2026-11-24" rel="noreferrer">'
    for name in ("index.html", "mo/cole.html", "listings/one.html", "changes.html"):
        assert (built / name).read_text(encoding="utf-8").count(link) == 1, name


def test_a_guide_without_an_address_leads_nowhere_online(site: Path) -> None:
    assert "#since=" not in (site / "index.html").read_text(encoding="utf-8")


def test_a_copy_that_does_not_know_its_history_says_so_and_has_a_valid_feed(site: Path) -> None:
    assert "This copy does not know its history." in (site / "changes.html").read_text(encoding="utf-8")
    feed = ElementTree.fromstring((site / "changes.xml").read_bytes())  # noqa: S314  it is ours
    assert faults_of(feed) == [] and feed.findall(f"{ATOM}entry") == []


def test_a_shallow_clone_says_since_when_it_knows(repository: Repository, tmp_path: Path) -> None:
    repository.git("clone", "--quiet", "--depth", "1", repository.root.as_uri(), str(tmp_path / "clone"))
    Builder(tmp_path / "clone", tmp_path / "site").build(EDITION, TODAY)
    text = (tmp_path / "site/changes.html").read_text(encoding="utf-8")
    assert "only since March 5, 2026" in text and "Nothing changed since March 5, 2026." in text


def test_the_name_of_a_listing_that_is_gone_is_not_taken_for_a_leak_of_the_one_before_it(tmp_path: Path) -> None:
    repository = empty_project(tmp_path / "guide")
    withheld = {"location": {"visibility": "withheld", "city": "Linn"}}
    repository.write("mo/cole", listing("one", **withheld), listing("zed", name="Zed of Linn"))
    repository.commit("2026-01-01")
    repository.write("mo/cole", listing("one", fees="Free", **withheld))
    repository.commit("2026-02-01")
    Builder(repository.root, tmp_path / "site").build(EDITION, TODAY)
    assert "Zed of Linn" in (tmp_path / "site/changes.html").read_text(encoding="utf-8")


# What is told

def told(history: History, guide: Guide, edition: date = EDITION) -> Chronicle:
    return chronicle(history, guide, edition)


def test_an_older_edition_tells_only_what_changed_until_then(repository: Repository, guide: Guide) -> None:
    history = read_history(repository.root)
    for edition, months in (("2026-03-05", 3), ("2026-03-04", 2), ("2026-01-01", 1)):
        assert len(told(history, guide, date.fromisoformat(edition)).months) == months
    assert told(history, guide, date(2025, 12, 31)) == Chronicle()


def test_the_same_commit_tells_the_same_in_another_clone(repository: Repository, guide: Guide, tmp_path: Path) -> None:
    repository.git("clone", "--quiet", repository.root.as_uri(), str(tmp_path / "clone"))
    ours, others = (told(read_history(root), guide) for root in (repository.root, tmp_path / "clone"))
    assert dict(feed_files(ours, guide.site, EDITION)) == dict(feed_files(others, guide.site, EDITION))
    assert ours == others


def long_history(changes: int) -> History:
    """A change a day before the edition, each day one."""
    days = [date.fromordinal(EDITION.toordinal() - number) for number in range(changes)][::-1]
    first = date(2020, 1, 1)
    return History(first, True, tuple(Change(f"{day}T12:00:00Z", "one", "mo/cole", "One", (), ("fees",)) for day in days),
                   (Crowd(f"{first}T12:00:00Z", (("mo/cole", 12), ("mo/nowhere", 3)), True),))  # fmt: skip


def test_a_short_history_is_told_in_full(guide: Guide) -> None:
    short = told(long_history(FEW), guide)
    assert (short.older, short.months[-1].id, short.told_since) == ((), "2020-01", date(2020, 1, 1))


def test_of_a_long_history_old_months_are_told_as_numbers(guide: Guide) -> None:
    long = told(long_history(1_000), guide)
    assert [month.id for month in long.months][-1] == "2024-12" and len(long.months) == MONTHS
    assert long.told_since == date(2024, 12, 1)
    assert long.older[0] == ("November 2024", tuple(30 if name == "changed" else 0 for name in COUNTED))
    assert long.older[-1] == ("January 2020", tuple(15 if name == "added" else 0 for name in COUNTED))


def test_an_area_that_the_guide_no_longer_knows_is_elsewhere(guide: Guide) -> None:
    crowd = told(long_history(1), guide).months[-1].crowds[0]
    assert [(area.name, area.address, count) for area, count in crowd.counts] == [("Cole County", "mo/cole.html", 12), ("Elsewhere", None, 3)]


def test_a_listing_bears_the_name_that_it_has_now(guide: Guide) -> None:
    known = guide.listings[0]
    change = Change("2026-11-01T12:00:00Z", known.id, known.area, "Its former name", ("moved",))
    line = told(History(date(2026, 1, 1), True, (change,)), guide).months[0].areas[0][1][0]
    assert (line.name, line.address) == (known.name, f"listings/{known.id}.html")


# The feed

def faults_of(feed: ElementTree.Element) -> list[str]:
    """List what RFC 4287 forbids; the numbers are its sections."""
    faults = [] if feed.tag == f"{ATOM}feed" else ["2: no feed"]
    entries = feed.findall(f"{ATOM}entry")
    for element in (feed, *entries):
        count = Counter(child.tag.removeprefix(ATOM) for child in element)
        faults += [f"4.1: {count[name]} {name}" for name in ("id", "title", "updated") if count[name] != 1]
        faults += [f"4.1: {name} is not of {element.tag}" for name in count
                   if name not in ({"id", "title", "updated", "author", "link", "entry"} if element is feed
                                   else {"id", "title", "updated", "link", "content", "category"})]  # fmt: skip
        links = Counter((link.get("rel"), link.get("type")) for link in element.findall(f"{ATOM}link"))
        faults += [f"4.1.1: {number} links {link}" for link, number in links.items() if number > 1]
        faults += ["4.2.7: a link without address" for link in element.findall(f"{ATOM}link") if not link.get("href")]
        if not re.fullmatch(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", element.findtext(f"{ATOM}id", "")):
            faults.append("4.2.6: an id that is no IRI")
        if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", element.findtext(f"{ATOM}updated", "")):
            faults.append("3.3: no date")
        if not element.findtext(f"{ATOM}title"):
            faults.append("4.2.14: no title")
    if not feed.findtext(f"{ATOM}author/{ATOM}name"):
        faults.append("4.1.1: no author")
    ids = Counter(one.findtext(f"{ATOM}id") for one in (feed, *entries))
    faults += [f"4.1.1: {one} stands {number} times" for one, number in ids.items() if number > 1]
    faults += ["4.1.2: neither content nor link" for entry in entries
               if not entry.findtext(f"{ATOM}content") or not entry.findall(f"{ATOM}link[@rel='alternate']")]  # fmt: skip
    return faults + ["4.2.2: a category without term" for one in feed.iter(f"{ATOM}category") if not one.get("term")]


@pytest.fixture(scope="module")
def feed(built: Path) -> ElementTree.Element:
    return ElementTree.fromstring((built / "changes.xml").read_bytes())  # noqa: S314  it is ours


def test_the_feed_follows_the_rules_of_atom(feed: ElementTree.Element) -> None:
    assert faults_of(feed) == []


def test_the_feed_has_an_entry_for_each_change_the_newest_first(feed: ElementTree.Element) -> None:
    entries = [(entry.findtext(f"{ATOM}updated", "")[:10], entry.findtext(f"{ATOM}title")) for entry in feed.iter(f"{ATOM}entry")]
    assert [day for day, _ in entries] == sorted((day for day, _ in entries), reverse=True)
    assert {*entries} == {
        ("2026-01-01", "The guide began with 4 listings"), ("2026-02-10", "One · Changed: phone numbers, place"),
        ("2026-02-10", "Two · Now listed here"), ("2026-03-05", "Gone · Taken out of the guide"), ("2026-03-05", "Shut · Closed"),
        ("2026-03-05", "Two · Confirmed"), ("2026-03-05", "Three <b>& 'Four'</b> · Added"),
    }  # fmt: skip
    assert feed.findtext(f"{ATOM}updated") == "2026-03-05T12:00:00Z"


def test_the_feeds_links_are_whole_and_lead_to_pages_of_the_site(feed: ElementTree.Element, built: Path) -> None:
    for link in feed.iter(f"{ATOM}link"):
        address = link.get("href", "")
        assert address.startswith(ADDRESS) and (built / address.removeprefix(ADDRESS).partition("#")[0]).exists(), address


def test_without_an_address_the_feeds_links_are_relative(repository: Repository, guide: Guide) -> None:
    data = dict(feed_files(told(read_history(repository.root), guide), guide.site, EDITION))["changes.xml"]
    feed = ElementTree.fromstring(data)  # noqa: S314  it is ours
    assert faults_of(feed) == [] and not any("//" in link.get("href", "") for link in feed.iter(f"{ATOM}link"))


def test_an_entry_keeps_its_id_when_history_is_written_anew(repository: Repository, guide: Guide, tmp_path: Path) -> None:
    again = Repository(tmp_path / "again")
    again.commit("2025-01-01")
    told_in(again)
    ids = [[entry.findtext(f"{ATOM}id") for entry in ElementTree.fromstring(data).iter(f"{ATOM}entry")]  # noqa: S314
           for one in (repository, again)
           for data in dict(feed_files(told(read_history(one.root), guide), guide.site, EDITION)).values()]  # fmt: skip
    assert ids[0] == ids[1] and len(ids[0]) == 7


def test_the_feed_ends_after_the_newest_entries(guide: Guide) -> None:
    data = dict(feed_files(told(long_history(FEW), guide), guide.site, EDITION))["changes.xml"]
    feed = ElementTree.fromstring(data)  # noqa: S314  it is ours
    updated = [entry.findtext(f"{ATOM}updated") for entry in feed.iter(f"{ATOM}entry")]
    assert len(updated) == NEWEST and updated[0] == f"{EDITION}T12:00:00Z" and faults_of(feed) == []
