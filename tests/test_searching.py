"""What the browser's search is given: complete, in parts, and nothing that a page does not show."""

from __future__ import annotations

import json
import re

import pytest
from msgspec.structs import replace
from sample import EDITION, ROOT

from guide.model import PublicPlace, WithheldPlace
from guide.packing import SIGNS, gaps, packed, slug
from guide.places import place_names
from guide.problems import InputError
from guide.searching import LARGE, ORDER, WIDE, count_words, lunr_script, part_of, parts_of, search_code, search_files
from guide.shared import shared_facts


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


def numbers(text: str) -> list[int]:
    found, before = [], 0
    for sign in text:
        value = SIGNS.index(sign)
        if value < 64:
            found.append(before * 64 + value)
        before = 0 if value < 64 else before * (len(SIGNS) - 64) + value - 64
    return found


def ids_of(part: dict) -> list[str]:
    return [rest if rest and not rest.startswith("-") else slug(name) + rest for name, rest in zip(part["name"], part["id"], strict=True)]


@pytest.mark.parametrize("some", [[], [0, 63, 64, 1663, 1664, 70_000], list(range(2000))])
def test_numbers_come_back_as_they_were_packed(some):
    assert numbers(packed(some)) == some


def test_gaps_say_how_far_on_the_next_number_is():
    assert gaps([3, 4, 9]) == [3, 0, 4]


def test_packed_numbers_need_no_escape_in_a_script():
    assert not set(SIGNS) & set("\"'\\< ")


def test_each_listing_is_in_exactly_one_part(parts, guide):
    found = [one for part in parts.values() for one in ids_of(part)]
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
        phones = iter(part["phones"])
        for listing, calls, city in zip((by_id[one] for one in ids_of(part)), numbers(part["calls"]), part["city"], strict=True):
            assert [next(phones) for _ in range(calls)] == [str(phone.number) for phone in listing.phones]
            if isinstance(listing.location, WithheldPlace):
                assert city == ""
            if isinstance(listing.location, PublicPlace) and listing.location.street:
                assert listing.location.street not in city
        assert not list(phones)


def test_no_part_knows_more_of_a_listing_than_these_facts(parts):
    words = {"terms", "postings", "elsewhere", "lengths"}
    assert {key for part in parts.values() for key in part} == words | {
        "id", "name", "known", "what", "city", "area", "serves", "services", "people", "languages", "flags", "calls", "phones",
        "labels", "hours", "text", "website", "confirmed", "newest", "rank"}  # fmt: skip


def test_every_word_of_a_name_is_in_the_index(parts, guide):
    from guide.words import words

    known = {term for part in parts.values() for term in part["terms"].split(" ")}
    assert {word for one in guide.listings for word in words(one.name, guide.spelling)} <= known


def test_the_words_of_a_part_stand_in_order_and_each_has_its_listings(parts):
    for part in parts.values():
        terms = part["terms"].split(" ")
        assert terms == sorted(set(terms))
        assert len(part["postings"].split(" ")) == len(numbers(part["elsewhere"])) == len(terms)


def test_a_large_regions_counties_have_parts_of_their_own(guide):
    boone = next(one for one in guide.listings if one.area == "mo/boone" and set(one.serves) <= {"mo/boone"})
    central = next(one for one in guide.listings if part_of(one, {c.id: c.region for c in guide.counties}) == "central"
                   and len({one.area, *one.serves}) > 1)  # fmt: skip
    few = parts_of([boone, central], guide)
    many = parts_of([*[boone] * LARGE, central], guide)
    assert few["central"] == [boone, central]
    assert (len(many["mo/boone"]), many["central"]) == (LARGE, [central])


def test_a_listing_takes_no_more_than_60_bytes_of_the_index(parts, guide):
    import gzip

    words = [json.dumps([part[key] for key in ("terms", "postings", "elsewhere", "lengths")]).encode() for part in parts.values()]
    assert sum(len(gzip.compress(one, 9)) for one in words) <= 60 * len(guide.listings)


def test_lunr_counts_each_word_of_each_field(guide):
    counted = count_words(guide.listings[:1], guide.spelling)
    (name, text) = counted.field_lengths.values()
    assert (name, text) == tuple(sum(words.values()) for words in counted.field_term_frequencies.values())


def test_a_zip_code_leads_to_its_county(core):
    at = [sum(numbers(core["zips"]["codes"])[: at + 1]) + at for at in range(len(numbers(core["zips"]["codes"])))].index(65101)
    assert [core["areas"][one] for one in numbers(core["zips"]["counties"].split(" ")[at])] == ["mo/cole"]


@pytest.mark.parametrize(("city", "first"), [("Columbia", "mo/boone"), ("Lebanon", "mo/laclede"), ("Alton", "il/madison")])
def test_a_city_in_two_states_names_the_larger_one_first(core, city, first):
    counties = numbers(core["cities"]["counties"].split(" ")[core["cities"]["names"].index(city)])
    assert core["areas"][counties[0]] == first
    assert len(counties) > 1


def test_a_place_that_is_written_in_two_ways_stands_once(core):
    assert len([name for name in core["cities"]["names"] if name in ("St. Joseph", "Saint Joseph")]) == 1


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


def test_the_code_of_the_search_is_one_script_of_all_its_sources():
    sources = {f"assets/search/{path.name}": path.read_bytes() for path in (ROOT / "templates/assets/search").iterdir()}
    assert set(sources) == {f"assets/search/{name}.js" for name in ORDER}
    joined = search_code({**sources, "assets/guide.css": b"a {}"})
    assert set(joined) == {"assets/search/code.js", "assets/guide.css"}
    code = joined["assets/search/code.js"].decode("utf-8")
    made = {name: re.findall(r"guide\.(\w+) = ", sources[f"assets/search/{name}.js"].decode("utf-8")) for name in ORDER}
    assert all(f"guide.{one} = " in code for names in made.values() for one in names)
    assert code.index("window.lunr") > code.index("@license MIT")


def test_a_script_of_the_search_that_is_missing_or_unknown_is_told():
    sources = {f"assets/search/{name}.js": b"" for name in (*ORDER[1:], "other")}
    with pytest.raises(InputError) as told:
        search_code(sources)
    assert {problem.file for problem in told.value.problems} == {f"templates/assets/search/{name}.js" for name in (ORDER[0], "other")}


def test_the_same_guide_gives_the_same_bytes(guide, files):
    shared = shared_facts(guide, EDITION)
    assert search_files(shared) == files


def test_the_model_of_a_withheld_place_has_nothing_to_index():
    assert WithheldPlace.__struct_fields__ == ()


def test_a_zip_code_in_several_counties_names_them_all(guide):
    here, *_ = guide.zip_codes
    both = replace(guide, zip_codes=(here, replace(here, county="mo/boone")))
    assert place_names(both)["zips"][here.zip] == sorted([here.county, "mo/boone"])
