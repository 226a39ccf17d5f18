"""What the pages and the CSV say of gaps agrees with a plain count of the listings as they are written."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
from page_reader import Page
from sample import EDITION, written

COVERS = ("here", "serves it", "statewide only", "nobody listed")


@pytest.fixture(scope="module")
def needs() -> dict[tuple[str, str], set[str]]:
    """Need and kind of help, as the CSV names them → services."""
    groups = written("services.yaml")["groups"]
    whole = {(group["label"], ""): {service["id"] for service in group["services"]} for group in groups}
    return whole | {(group["label"], service["label"]): {service["id"]} for group in groups for service in group["services"]}


@pytest.fixture(scope="module")
def counted(listings: list[dict[str, Any]], needs: dict[tuple[str, str], set[str]]) -> dict[tuple[str, str, str], str]:
    """County, need and kind of help → cover, by the words of the legend and nothing else."""
    found = {}
    for county in written("counties.yaml")["counties"]:
        here = {county["id"]}
        near, wide = {county["id"], county["region"]}, {county["id"][:2], "us"}
        for (need, kind), services in needs.items():
            offering = [one for one in listings if services & set(one["services"])]
            if any(one["area"] in here for one in offering):
                cover = 0
            elif any(near & set(one["serves"]) for one in offering):
                cover = 1
            else:
                cover = 2 if any(wide & set(one["serves"] or [one["area"]]) for one in offering) else 3
            found[county["id"], need, kind] = COVERS[cover]
    return found


@pytest.fixture(scope="module")
def table(site: Path) -> list[dict[str, str]]:
    with (site / "coverage.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_the_csv_agrees_with_a_plain_count(table, counted):
    assert {(line["county_id"], line["need"], line["kind_of_help"]): line["best"] for line in table} == counted


def test_the_csv_bears_the_edition_and_the_code_of_each_county(table):
    fips = {county["id"]: county["fips"] for county in written("counties.yaml")["counties"]}
    assert {line["edition"] for line in table} == {EDITION.isoformat()}
    assert all(line["fips"] == fips[line["county_id"]] for line in table)


def test_the_csv_names_nearest_counties_just_where_nobody_is_near(table, counted):
    offices = defaultdict(set)
    for (county, need, kind), cover in counted.items():
        offices[need, kind] |= {county} if cover == "here" else set()
    for line in table:
        near = line["best"] in COVERS[:2]
        somewhere = offices[line["need"], line["kind_of_help"]]
        assert bool(line["nearest_counties_with_an_office"]) == (not near and bool(somewhere)), line


def cells(site: Path, address: str, after: str) -> dict[str, list[str]]:
    """Read the table of covers on a page: county → cells."""
    html = (site / address).read_text(encoding="utf-8").partition(after)[2]
    rows = re.findall(r'<tr><th scope="row"><a href="(?:\.\./)?((?:mo|il)/[a-z-]+)\.html">.*?</th>(.*?)</tr>', html)
    return {county: re.findall(r'data-order="\d">([^<]+)</td>', row) for county, row in rows}


def test_the_table_of_every_county_agrees_with_a_plain_count(site, counted, needs):
    shown = cells(site, "coverage.html", 'id="every-county"')
    assert shown == {county["id"]: [counted[county["id"], need, kind] for need, kind in needs if not kind]
                     for county in written("counties.yaml")["counties"]}  # fmt: skip


def test_each_regions_table_has_its_counties(site, counted, needs):
    for region in written("regions.yaml")["regions"]:
        shown = cells(site, f"regions/{region['id']}.html", 'id="counties-and-needs"')
        assert shown == {county["id"]: [counted[county["id"], need, kind] for need, kind in needs if not kind]
                         for county in written("counties.yaml")["counties"] if county["region"] == region["id"]}  # fmt: skip


def test_each_services_map_shows_each_county_in_the_pattern_of_its_cover(site, counted):
    names = {county["id"]: county["name"] + (", Illinois" if county["id"].startswith("il") else "")
             for county in written("counties.yaml")["counties"]}  # fmt: skip
    for group in written("services.yaml")["groups"]:
        for service in group["services"]:
            html = (site / f"services/{service['id']}.html").read_text(encoding="utf-8")
            drawn = {}
            for pattern, inside in re.findall(r'<g class="is-\w+" fill="url\(#cover-(\w+)\)">(.*?)</g>', html, re.DOTALL):
                drawn |= {name: (pattern, cover) for name, cover in re.findall(r"<title>([^<:]+): ([^<]+)</title>", inside)}
            patterns = dict(zip(COVERS, ("here", "serves", "wide", "nobody"), strict=True))
            wanted = {names[county]: (patterns[cover], cover) for (county, need, kind), cover in counted.items()
                      if (need, kind) == (group["label"], service["label"])}  # fmt: skip
            assert drawn == wanted, service["id"]


def test_the_totals_in_words_agree_with_a_plain_count(read: dict[str, Page], counted, needs):
    text = " ".join(read["coverage.html"].text.split())
    for need, kind in needs:
        if kind:
            covers = [cover for (_, n, k), cover in counted.items() if (n, k) == (need, kind)]
            without = sum(cover in COVERS[2:] for cover in covers)
            start = f"In {without} of {len(covers)} counties no listing" if without else f"In each of the {len(covers)} counties a listing"
            assert f"{kind} : {start}" in text or f"{kind}: {start}" in text, kind


def test_the_totals_by_region_agree_with_a_plain_count(read: dict[str, Page], counted, needs):
    text = " ".join(read["coverage.html"].text.split())
    counties = written("counties.yaml")["counties"]
    for region in written("regions.yaml")["regions"]:
        inside = [county["id"] for county in counties if county["region"] == region["id"]]
        row = [f"{sum(counted[county, need, kind] in COVERS[2:] for county in inside)} of {len(inside)}"
               for need, kind in needs if not kind]  # fmt: skip
        assert f"{region['name']} {' '.join(row)}" in text


def test_the_pages_say_that_the_gaps_are_those_of_the_guide(read: dict[str, Page]):
    for address in ("coverage.html", "services/legal-aid.html", "regions/central.html"):
        text = " ".join(read[address].text.split())
        assert "this guide's listings" in text and "what we know" in text, address


def test_a_county_with_nobody_for_a_need_names_the_nearest_with_an_office(read: dict[str, Page], table):
    told = 0
    for line in table:
        if line["kind_of_help"] and line["best"] == "nobody listed":
            nearest = line["nearest_counties_with_an_office"]
            wanted = f"nearest with an office: {nearest}" if nearest else "no county has an office"
            assert plain(f"{line['kind_of_help']} {wanted}") in plain(read[f"{line['county_id']}.html"].text), line
            told += 1
    assert told


def plain(text: str) -> str:
    return " ".join(re.sub("[,;]", " ", text).split())
