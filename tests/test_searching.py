"""What the browser's search is given: complete, in parts, and nothing that a page does not show."""

from __future__ import annotations

import json
import re
from dataclasses import fields, replace
from datetime import date

import pytest

from guide.model import PublicPlace, WithheldPlace
from guide.places import place_names
from guide.searching import WIDE, lunr_index, lunr_script, part_of, search_files
from guide.site import shared_facts

EDITION = date(2026, 11, 24)


def read_script(script: bytes) -> tuple[str, dict]:
    name, quoted = re.fullmatch(r"guide\.loaded\('([\w-]+)', JSON\.parse\('(.*)'\)\);\n", script.decode("ascii"), re.DOTALL).groups()
    return name, json.loads(quoted.replace("\\'", "'").replace("\\\\", "\\"))


@pytest.fixture(scope="module")
def files(guide):
    shared = shared_facts(guide, EDITION)
    return search_files(shared)


@pytest.fixture(scope="module")
def parts(files):
    return {name: read_script(script)[1] for name, script in files.items() if "/part-" in name}


@pytest.fixture(scope="module")
def core(files):
    return read_script(files["assets/search/words-known.js"])[1]


def test_each_listing_is_in_exactly_one_part(parts, guide):
    found = [one["id"] for part in parts.values() for one in part["listings"]]
    assert sorted(found) == sorted(one.id for one in guide.listings)


def test_a_part_for_the_wide_ones_and_one_for_each_region(parts, guide):
    expected = {f"assets/search/part-{name}.js" for name in (WIDE, *(region.id for region in guide.regions.regions))}
    assert set(parts) == expected


def test_whoever_serves_a_county_is_in_its_regions_part_or_in_the_wide_one(guide):
    from guide.coverage import tier_of

    region_of = {county.id: county.region for county in guide.counties}
    for county in guide.counties:
        serving = {part_of(one, region_of) for one in guide.listings if tier_of(one, county) is not None}
        assert serving <= {WIDE, county.region}, county.id


def test_a_listing_is_shown_with_every_phone_and_nothing_that_its_page_does_not_show(parts, guide):
    by_id = {one.id: one for one in guide.listings}
    for part in parts.values():
        for shown in part["listings"]:
            listing = by_id[shown["id"]]
            assert [phone[0] for phone in shown.get("phones", [])] == [str(phone.number) for phone in listing.phones]
            if isinstance(listing.location, WithheldPlace):
                assert shown["office"] in {"National", "Missouri", "Illinois", *(county.full_name for county in guide.counties)}
            if isinstance(listing.location, PublicPlace) and listing.location.street:
                assert listing.location.street not in shown["office"]


def test_no_part_knows_more_of_a_listing_than_these_facts(parts):
    known = {key for part in parts.values() for one in part["listings"] for key in one}
    assert known <= {"id", "name", "known", "what", "office", "area", "serves", "services", "people", "languages", "phones",
                     "text", "website", "trafficking", "allDay", "crisis", "confirmed", "newest", "rank"}  # fmt: skip


def test_every_word_of_a_name_is_in_the_index(guide):
    from guide.words import words

    known = {term for term, _ in lunr_index(guide.listings, guide.spelling)["invertedIndex"]}
    assert {word for one in guide.listings for word in words(one.name, guide.spelling)} <= known


def test_every_term_of_a_part_is_one_of_its_words(parts):
    for part in parts.values():
        terms = part["terms"].split(" ")
        used = {pairs[i] for vectors in part["vectors"].values() for pairs in vectors for i in range(0, len(pairs), 2)}
        assert used == set(range(len(terms)))


def test_a_zip_code_leads_to_its_county(core):
    assert core["zips"]["65101"] == ["mo/cole"]


@pytest.mark.parametrize(("city", "first"), [("Columbia", "mo/boone"), ("Lebanon", "mo/laclede"), ("Alton", "il/madison")])
def test_a_city_in_two_states_names_the_larger_one_first(core, city, first):
    (counties,) = (rest for name, _, *rest in core["cities"] if name == city)
    assert counties[0] == first
    assert len(counties) > 1


def test_a_place_that_is_written_in_two_ways_stands_once(core):
    assert len([name for name, *_ in core["cities"] if name in ("St. Joseph", "Saint Joseph")]) == 1


def test_every_service_person_and_language_is_known_with_its_words(core, guide):
    from guide.words import words

    services = {service.id: [" ".join(words(text, guide.spelling)) for text in (service.label, *service.words)]
                for group in guide.groups for service in group.services}  # fmt: skip
    assert {need["ids"][0]: need["phrases"] for need in core["needs"] if not need["isGroup"]} == services
    assert [term["id"] for term in core["people"]] == [term.id for term in guide.people]
    assert [term["id"] for term in core["languages"]] == [term.id for term in guide.languages]


def test_lunr_comes_from_its_package_with_its_license():
    script = lunr_script().decode("utf-8")
    assert "2.3.9" in script[:400]
    assert "@license MIT" in script[:400]


def test_the_same_guide_gives_the_same_bytes(guide, files):
    shared = shared_facts(guide, EDITION)
    assert search_files(shared) == files


def test_the_model_of_a_withheld_place_has_nothing_to_index():
    assert fields(WithheldPlace) == ()


def test_a_zip_code_in_several_counties_names_them_all(guide):
    here, *_ = guide.zip_codes
    both = replace(guide, zip_codes=(here, replace(here, county="mo/boone")))
    assert place_names(both)["zips"][here.zip] == sorted([here.county, "mo/boone"])
