"""What every page promises, read without a browser; the listings come from the YAML itself, not through `guide`.

The site is built from a copy of the data in which each withheld city and each editor's note holds a secret word, so that
a leak into whatever page, index or download shows.
"""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path, PurePosixPath
from posixpath import join, normpath
from typing import Any
from urllib.parse import unquote, urlsplit

from page_reader import Link, Page
from sample import CITY, EDITION, NOTE, written

from guide.addresses import addresses
from guide.model import Guide

OUTWARD = ("http", "https", "mailto", "tel", "sms")


def every_link(read: dict[str, Page]) -> Iterator[tuple[Page, Link]]:
    for page in read.values():
        for link in page.links:
            yield page, link


# The code

def test_every_page_is_faultless_html(read: dict[str, Page]) -> None:
    assert [f"{page.address}: {fault}" for page in read.values() for fault in page.faults] == []


def test_no_id_stands_twice_on_a_page(read: dict[str, Page]) -> None:
    assert {page.address: page.ids for page in read.values() if len(page.ids) > len(set(page.ids))} == {}


def test_headings_go_down_one_level_at_a_time_from_one_h1(read: dict[str, Page]) -> None:
    faults = set()
    for page in read.values():
        levels = [level for level, _ in page.headings]
        if levels[:1] != [1] or levels.count(1) > 1:
            faults.add(f"{page.address}: {levels.count(1)} h1")
        for above, (level, text) in zip(levels, page.headings[1:], strict=False):
            if level > above + 1:
                faults.add(f"{page.address}: h{level} '{text}' after an h{above}")
    assert sorted(faults) == []


def test_no_heading_and_no_link_is_empty(read: dict[str, Page]) -> None:
    empty = [f"{page.address}: h{level}" for page in read.values() for level, text in page.headings if not text]
    empty += [f"{page.address}: {link.address}" for page, link in every_link(read)
              if link.element == "a" and not (link.text or link.attributes.get("aria-label"))]  # fmt: skip
    assert empty == []


def test_nothing_is_styled_or_run_from_inside_a_page(read: dict[str, Page]) -> None:
    assert {page.address: page.inline for page in read.values() if page.inline} == {}


# Links

def test_every_link_leads_somewhere(site: Path, read: dict[str, Page]) -> None:
    files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    faults = {f"{fault}: {link.address} on {page.address}" for page, link in every_link(read)
              if (fault := fault_of(page, link, files, read))}  # fmt: skip
    assert sorted(faults) == []


def fault_of(page: Page, link: Link, files: set[str], read: dict[str, Page]) -> str:
    parts = urlsplit(link.address)
    if parts.scheme or parts.netloc:
        return "" if parts.scheme in OUTWARD else "strange address"
    if parts.path.startswith("/") or "\\" in link.address or parts.query:
        return "not relative, or with a query"
    target = normpath(join(PurePosixPath(page.address).parent, unquote(parts.path))) if parts.path else page.address
    if target not in files:
        return "no such file"
    if parts.fragment and "=" not in parts.fragment and target in read and unquote(parts.fragment) not in read[target].ids:
        return "no such place on that page"
    return ""


def test_every_page_can_be_reached_from_the_start_page(read: dict[str, Page]) -> None:
    reached, waiting = {"index.html"}, ["index.html"]
    while waiting:
        page = read[waiting.pop()]
        for link in page.links:
            parts = urlsplit(link.address)
            target = normpath(join(PurePosixPath(page.address).parent, parts.path))
            if link.element == "a" and not parts.scheme and target in read and target not in reached:
                reached.add(target)
                waiting.append(target)
    assert read.keys() - reached == {"404.html"}


def test_nothing_is_loaded_from_elsewhere(site: Path, read: dict[str, Page]) -> None:
    loads = {link.address for _, link in every_link(read) if link.loads}
    loads |= {page.metas["refresh"] for page in read.values() if "refresh" in page.metas}
    for path in [*site.rglob("*.css"), *site.rglob("*.svg")]:
        text = path.read_text(encoding="utf-8")
        loads |= set(re.findall(r"(?:url\(|@import|(?:href|src)=)\s*['\"]?([^'\");]+)", text))
    assert [address for address in loads if ":" in address or "//" in address] == []


def test_a_link_to_elsewhere_tells_nobody_where_the_reader_was(read: dict[str, Page]) -> None:
    told = {f"{page.address}: {link.address}" for page, link in every_link(read)
            if urlsplit(link.address).scheme in ("http", "https") and "noreferrer" not in link.rel.split()}  # fmt: skip
    assert sorted(told) == []
    assert {page.metas.get("referrer") for page in read.values()} == {"no-referrer"}


# What stands on every page

def test_every_page_has_language_title_and_fits_a_phone(read: dict[str, Page]) -> None:
    title = written("site.yaml")["title"]
    for page in read.values():
        assert page.attributes.get("lang") == "en", page.address
        assert title in page.title, page.address
        assert "width=device-width" in page.metas["viewport"], page.address
        assert "user-scalable" not in page.metas["viewport"] and "maximum-scale" not in page.metas["viewport"], page.address


TELLING = re.compile(
    r"traffick|\babus|assault|violen|\bsex|\brape|victim|survivor|shelter|safe ?house|crisis|domestic|hotline|exploit|"
    r"prostitut|forensic|suicid|refuge|anti-", re.IGNORECASE)  # fmt: skip


def test_no_title_tells_who_looks_at_the_tab_or_the_history_what_the_page_is_about(read: dict[str, Page]) -> None:
    assert {page.address: page.title for page in read.values() if TELLING.search(page.title)} == {}


def test_a_listing_that_tells_is_titled_by_what_it_is_called_for_short_or_by_its_place(read: dict[str, Page]) -> None:
    title = written("site.yaml")["title"]
    for listing, shown in (("rape-and-abuse-crisis-service", "RACS"), ("green-hills-womens-shelter", "Grundy County"),
                           ("salvation-army-st-louis-trafficking-drop-in",
                            "The Salvation Army of Greater St. Louis")):  # fmt: skip
        assert read[f"listings/{listing}.html"].title == f"{shown} · {title}"


def test_no_two_kinds_of_help_have_one_title(read: dict[str, Page]) -> None:
    titles = [page.title for page in read.values() if page.address.startswith("services/")]
    assert len(titles) == len(set(titles)) and "Kind of help" not in " ".join(titles)


def test_listings_of_one_name_are_told_apart_by_their_place(read: dict[str, Page], listings: list[dict[str, Any]]) -> None:
    names = Counter(one["name"] for one in listings)
    same = [one for one in listings if names[one["name"]] > 1]
    assert same
    for one in same:
        title = read[f"listings/{one['id']}.html"].title
        assert TELLING.search(one["name"]) or title.startswith(f"{one['name'].strip()}, ")


def test_no_two_pages_have_one_title_but_for_listings_of_one_name(read: dict[str, Page]) -> None:
    titles = [page.title for page in read.values() if not page.address.startswith("listings/")]
    assert sorted(titles) == sorted(set(titles))


def test_a_text_can_link_to_every_page_and_every_download(read: dict[str, Page], site: Path, guide: Guide) -> None:
    known = addresses(
        counties=[one.id for one in guide.counties], regions=[one.id for one in guide.regions.regions],
        services=[one.id for group in guide.groups for one in group.services], listings=[one.id for one in guide.listings],
        articles=[one.name for one in guide.articles], figures=[one.id for one in guide.figures])  # fmt: skip
    files = (*site.rglob("*.csv"), *(site / "downloads").iterdir(), site / "changes.xml")
    downloads = {path.relative_to(site).as_posix() for path in files}
    assert known == set(read) | {"measures.html"} | downloads


def test_every_page_begins_with_a_link_to_its_content(read: dict[str, Page]) -> None:
    for page in read.values():
        first = next(link for link in page.links if link.element == "a")
        assert first.address.startswith("#") and first.address[1:] in page.ids, page.address


def test_every_page_has_the_way_out_before_its_content(read: dict[str, Page]) -> None:
    exit_to = written("site.yaml")["exit_to"]
    for page in read.values():
        links = [link for link in page.links if link.element == "a"]
        place = [n for n, link in enumerate(links) if "data-exit" in link.attributes and link.address == exit_to]
        assert place[:2] == [1, 3], f"{page.address}: not second, behind the link to the content, and then in the top: {place}"


def test_every_page_has_the_emergency_numbers_before_its_content(read: dict[str, Page]) -> None:
    for page in read.values():
        top = page.text[: page.text.index(page.headings[0][1])] if page.headings else ""
        for number, link in (("911", "tel:911"), ("1-888-373-7888", "tel:+18883737888"), ("233733", "sms:233733"),
                             ("988", "tel:988")):  # fmt: skip
            assert number in top and page.link_to(link), f"{number} on {page.address}"


def test_every_page_tells_its_edition(read: dict[str, Page]) -> None:
    for page in read.values():
        assert EDITION.isoformat() in page.times, page.address
        assert "November 24, 2026" in page.text, page.address


def test_every_page_tells_where_to_report_an_error(read: dict[str, Page]) -> None:
    for page in read.values():
        told = [link.text for link in page.links if link.address.endswith("contribute.html")]
        assert any("error" in text for text in told), page.address


# What may not be shown

def test_a_withheld_city_stands_in_no_file(site: Path, listings: list[dict[str, Any]]) -> None:
    withheld = [one for one in listings if one.get("location", {}).get("visibility") == "withheld"]
    assert withheld and all(one["location"]["city"] == CITY for one in withheld)
    assert holding(site, CITY) == []


def test_no_editors_note_stands_in_any_file(site: Path, listings: list[dict[str, Any]]) -> None:
    noted = [one["editor_note"] for one in listings if "editor_note" in one]
    assert noted and all(NOTE in note for note in noted)
    assert holding(site, NOTE) == []
    assert holding(site, "editor_note") == []


def holding(site: Path, word: str) -> list[str]:
    files = {path.name: path.read_bytes() for path in site.rglob("*") if path.is_file()}
    for path in site.rglob("*.zip"):
        with zipfile.ZipFile(path) as archive:
            files |= {f"{path.name}/{name}": archive.read(name) for name in archive.namelist()}
    return [name for name, data in files.items() if word.lower().encode() in data.lower()]


def test_the_page_of_a_withheld_place_shows_no_zip_code(read: dict[str, Page], listings: list[dict[str, Any]]) -> None:
    for listing in listings:
        if listing.get("location", {}).get("visibility", "withheld") == "withheld":
            text = read[f"listings/{listing['id']}.html"].text.replace(listing.get("text", "\0"), "")
            assert not re.search(r"(?<![\d-])6[0-5]\d{3}(?![\d-])", text), listing["id"]


# Listings

def test_every_number_of_a_listing_stands_on_its_page_and_is_dialed_right(
        read: dict[str, Page], listings: list[dict[str, Any]]) -> None:  # fmt: skip
    for listing in listings:
        links = [link for link in read[f"listings/{listing['id']}.html"].links
                 if link.in_main and link.address.startswith("tel:")]  # fmt: skip
        wanted = [dialed(phone["number"]) for phone in listing.get("phones", [])]
        assert [link.address for link in links] == wanted, listing["id"]
        for link in links:
            assert re.sub(r"\D", "", link.text)[-10:] == re.sub(r"\D", "", link.address)[-10:], link


def dialed(number: str) -> str:
    main, _, extension = re.sub(r"(?i)\s*(?:ext\.?|extension|#)\s*", "x", number).partition("x")
    digits = re.sub(r"\D", "", main)[-10:]
    return ("tel:+1" if len(digits) == 10 else "tel:") + digits + ("," + extension.strip(" .") if extension else "")


def test_every_listing_is_in_the_list_of_all(read: dict[str, Page], listings: list[dict[str, Any]]) -> None:
    assert sorted(read["listings.html"].listings["content"]) == sorted(listing["id"] for listing in listings)


def test_every_county_page_lists_just_who_serves_it_in_order(read: dict[str, Page], listings: list[dict[str, Any]]) -> None:
    services = [service["id"] for group in written("services.yaml")["groups"] for service in group["services"]]
    for county in written("counties.yaml")["counties"]:
        page = read[f"{county['id']}.html"]
        ranked = [listing["id"] for listing in sorted(
            (one for one in listings if tier(one, county) < 4), key=lambda one: (tier(one, county), *rank(one)))]  # fmt: skip
        offers = {service: {one["id"] for one in listings if service in one["services"]} for service in services}
        for service in services:
            wanted = [name for name in ranked if name in offers[service]]
            assert page.listings.get(service, []) == wanted, f"{service} on {page.address}"
        assert sorted(page.listings["content"]) == sorted(ranked), page.address


def test_every_county_page_goes_from_emergency_to_trafficking_to_each_need(
        read: dict[str, Page], listings: list[dict[str, Any]]) -> None:  # fmt: skip
    groups = written("services.yaml")["groups"]
    trafficking = {one["id"] for one in listings if one.get("trafficking") == "true"}
    offering = {group["label"]: {service["id"] for service in group["services"]} for group in groups}
    for county in written("counties.yaml")["counties"]:
        page = read[f"{county['id']}.html"]
        serving = [one for one in listings if tier(one, county) < 4]
        offered = {service for one in serving for service in one["services"]}
        headings = [text for level, text in page.headings if level == 2 and (text in offering or "trafficking" in text)]
        assert "trafficking" in headings[0], page.address
        assert headings[1:] == [label for label, services in offering.items() if services & offered], page.address
        hotline, first = page.text.index("1-888-373-7888"), page.text.index(headings[0])
        assert page.text.index("911") < hotline < first < page.text.index(page.headings[2][1], first), page.address
        help_first = [one["id"] for one in serving if one["id"] in trafficking]
        assert set(page.listings["content"][: len(help_first)]) == set(help_first), page.address


def tier(listing: dict[str, Any], county: dict[str, Any]) -> int:
    """Give 0 for an office here, 1 serves here, 2 statewide, 3 national, 4 not at all."""
    named = listing["serves"] or [listing["area"]]
    near = (listing["area"] == county["id"], county["id"] in named or county["region"] in named,
            county["id"][:2] in named, "us" in named, True)  # fmt: skip
    return near.index(True)


def rank(listing: dict[str, Any]) -> tuple[Any, ...]:
    """Say that it serves trafficking survivors, answers all day, is confirmed, has newer sources; then the name."""
    newest = max((source.get("published", "") for source in listing["sources"]), key=str, default="")
    newest_first = [-int(part) for part in newest.split("-")] if newest else []
    name = " ".join(listing["name"].split()).casefold()
    return (listing.get("trafficking") != "true", all(phone.get("hours") != "24/7" for phone in listing.get("phones", [])),
            age(listing), [*newest_first, 0, 0, 0][:3], name, listing["id"])  # fmt: skip


def age(listing: dict[str, Any]) -> int:
    if "confirmed" not in listing:
        return 2
    due, old = (90, 180) if "crisis-line" in listing["services"] else (180, 365)
    days = (EDITION - date.fromisoformat(listing["confirmed"]["on"])).days
    return 0 if days <= due else 1 if days <= old else 2
