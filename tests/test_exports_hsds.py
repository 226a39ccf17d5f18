"""HSDS: the package and the services keep the specification's rules, and hold every listing whole.

The official schemas have a license of their own and are not in this repository; `python -m tools.check_hsds` checks against
them. What stands here are their rules, by the specification's documentation.
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterator
from datetime import date, time
from typing import Any

import frictionless
import pytest
from hsds_reader import INSIDE, ONE, listings_of, tables_of, tables_of_services, unzipped, words_in
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from listing_maker import listings as listings_like
from msgspec.structs import replace
from sample import EDITION, listing
from sample import phone as phone_of

from guide.exports.hsds.files import PACKAGE, SERVICES, hsds_files
from guide.exports.hsds.tables import OWN, TABLES
from guide.exports.imprint import imprint_of
from guide.exports.names import names_of, uuid_of
from guide.kinds import HOURS, PhoneNumber
from guide.model import AreaPlace, Guide, Listing, Phone, PublicPlace, WithheldPlace
from guide.once import Once
from guide.woven import bytes_of

FILES = {table.file: table.name for table in TABLES.values()}
NEEDED = {
    "organization": {"id", "name", "description"}, "service": {"id", "name", "status"}, "location": {"id", "location_type"},
    "service_at_location": {"id"}, "phone": {"id", "number"}, "schedule": {"id"}, "language": {"id"}, "service_area": {"id"},
    "address": {"id", "address_1", "city", "state_province", "postal_code", "country", "address_type"}, "attribute": {"id"},
    "taxonomy": {"id", "name", "description"}, "taxonomy_term": {"id", "name", "description"},
    "organization_identifier": {"id", "identifier_type", "identifier"}, "source": {"id"},
}  # fmt: skip
"""What each object must have in JSON, by the specification's schema reference."""
BEYOND = {"service": {"edition", "license", "sources"}}


def made(guide: Guide, *some: Listing) -> dict[str, bytes]:
    guide = replace(guide, listings=some)
    files = hsds_files(guide, names_of(guide), imprint_of(guide, EDITION), Once(guide.marks))
    return {address: bytes_of(content) for address, content in files}


def tables(guide: Guide, *some: Listing) -> Any:
    return tables_of(made(guide, *some)[PACKAGE], FILES)


@pytest.fixture(scope="module")
def files(guide):
    return made(guide, *guide.listings)


@pytest.fixture(scope="module")
def services(files):
    return json.loads(files[SERVICES])


def faults(package: bytes, folder: Any) -> list[str]:
    for name, data in unzipped(package).items():
        (folder / name).write_bytes(data)
    report = frictionless.validate(str(folder / "datapackage.json"))
    return [error.message for error in report.errors] + [error.message for task in report.tasks for error in task.errors]


# The specification's rules

def test_the_package_is_valid(files, tmp_path):
    assert faults(files[PACKAGE], tmp_path) == []


@pytest.fixture(scope="module")
def few(guide):
    """The package of so few listings that it is checked quickly."""
    return made(guide, *guide.listings[::10])[PACKAGE]


@pytest.mark.parametrize(("table", "wrong", "by"), [
    ("services.csv", ",active,", ",open,"), ("phones.csv", ",voice,", ",voice,,,"), ("addresses.csv", ",MO,", ",,"),
    ("schedules.csv", "23:59:00", "24:00"), ("attributes.csv", "\n", "\nx"),
])  # fmt: skip
def test_what_breaks_a_rule_is_found(few, tmp_path, table, wrong, by):
    assert faults(few, tmp_path) == []
    path = tmp_path / table
    text = path.read_text(encoding="utf-8")
    assert wrong in text, "nothing is broken"
    path.write_text(text.replace(wrong, by, 1), encoding="utf-8")
    assert not frictionless.validate(str(tmp_path / "datapackage.json")).valid


def test_a_row_that_names_a_row_that_is_not_there_is_found(few, tmp_path):
    assert faults(few, tmp_path) == []
    lines = (tmp_path / "organizations.csv").read_text(encoding="utf-8").split("\n")
    (tmp_path / "organizations.csv").write_text("\n".join(lines[:-2]), encoding="utf-8")
    report = frictionless.validate(str(tmp_path / "datapackage.json"))
    assert {error.type for task in report.tasks for error in task.errors} == {"foreign-key"}


def test_the_descriptor_tells_of_each_file_and_of_each_column(files):
    inside = unzipped(files[PACKAGE])
    descriptor = json.loads(inside.pop("datapackage.json"))
    assert {resource["path"] for resource in descriptor["resources"]} == inside.keys()
    for resource in descriptor["resources"]:
        header = inside[resource["path"]].decode("utf-8").partition("\r\n")[0].split(",")
        assert header == [field["name"] for field in resource["schema"]["fields"]]
    filled = {(name, column) for name, rows in tables_of(files[PACKAGE], FILES).items() for row in rows for column in row}
    told = {(table.name, field.name) for table in TABLES.values() for field in table.fields if field.meaning}
    assert filled - told == set()
    assert told - filled <= {("service", "assured_date"), ("phone", "extension")}  # which some editions do not need


def objects(thing: dict[str, Any], table: str) -> Iterator[tuple[str, dict[str, Any]]]:
    yield table, thing
    for name, inside in thing.items():
        if isinstance(inside, dict):
            yield from objects(inside, "taxonomy" if name == "taxonomy_detail" else ONE[name])
        for item in inside if isinstance(inside, list) else ():
            yield from objects(item, INSIDE[table][name])


def test_whole_services_have_what_the_specification_asks_for_and_no_name_that_it_does_not_know(services):
    for service in services:
        for table, thing in objects(service, "service"):
            assert thing.keys() >= NEEDED[table], thing
            nested = {*INSIDE.get(table, ()), *ONE, "taxonomy_detail"}
            assert thing.keys() <= {*TABLES[table].names, *nested, *BEYOND.get(table, ())}, thing


@given(st.lists(st.text(), min_size=1))
def test_an_id_is_the_uuid_of_version_5_of_its_parts_in_our_namespace(parts: list[str]) -> None:
    ours = uuid.UUID("d61c79ec-708d-4864-b380-740bd0688ca3")
    assert uuid_of(*parts) == str(uuid.uuid5(ours, "/".join(parts)))


def fits(value: Any, kind: str, choices: tuple[str, ...]) -> bool:
    if choices:
        return value in choices
    if kind == "uuid":
        return str(uuid.UUID(value)) == value
    if kind == "time":
        return time.fromisoformat(value).strftime("%H:%M:%S") == value
    if kind == "date":
        return date.fromisoformat(value).isoformat() == value
    if kind == "number":
        return type(value) is int
    return isinstance(value, str) and bool(re.fullmatch({"uri": r"[a-zA-Z]+://[!-~]+", "email": r"[!-~]+@[!-~]+"}.get(kind, ".+"), value))


def test_every_value_of_a_service_is_of_its_type_and_none_is_empty(services):
    for service in services:
        for table, thing in objects(service, "service"):
            for field in TABLES[table].fields:
                if field.name in thing:
                    assert fits(thing[field.name], field.format or field.type, field.choices), (table, field.name, thing)


def test_no_id_stands_for_two_things(services):
    seen: dict[str, Any] = {}
    for service in services:
        for _, thing in objects(service, "service"):
            assert seen.setdefault(thing["id"], thing) == thing


def test_ids_stay_the_same_for_the_same_listing(guide):
    first = tables(guide, listing("one", phones=(phone_of(),)))
    assert first["service"][0]["id"] == "24764a59-9a0e-57c3-97f4-944033a307b0"
    changed = tables(guide, listing("one", name="Another", summary="Other.", phones=(phone_of("5735550100"), phone_of())))
    for table in ("organization", "service", "location", "service_at_location"):
        assert first[table][0]["id"] == changed[table][0]["id"]
    assert first["phone"][0]["id"] == changed["phone"][1]["id"]


# Round trip

def test_the_tables_hold_every_listing_whole(guide, files):
    assert listings_of(tables_of(files[PACKAGE], FILES), guide) == list(guide.listings)


def test_whole_services_hold_every_listing_whole(guide, services):
    assert listings_of(tables_of_services(services), guide) == list(guide.listings)


@pytest.mark.parametrize("of_services", [False, True], ids=["tables", "services"])
def test_any_listing_comes_back_as_it_was(guide, of_services):
    @settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
    @given(listings_like(guide))
    def comes_back(one):
        files = made(guide, one)
        read = tables_of_services(json.loads(files[SERVICES])) if of_services else tables_of(files[PACKAGE], FILES)
        assert listings_of(read, guide) == [one]

    comes_back()


def test_any_listing_makes_a_valid_package(guide, tmp_path):
    number = iter(range(1000))

    @settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
    @given(listings_like(guide))
    def valid(one):
        folder = tmp_path / str(next(number))
        folder.mkdir()
        assert faults(made(guide, one)[PACKAGE], folder) == []

    valid()


# What it tells

def test_a_withheld_place_is_virtual_without_address_point_or_city(guide, services, files):
    withheld = {one.id for one in guide.listings if isinstance(one.location, WithheldPlace)}
    found = [service for service in services if service["organization"]["organization_identifiers"][0]["identifier"] in withheld]
    assert len(found) == len(withheld) > 0
    for service in found:
        location = service["service_at_locations"][0]["location"]
        assert location["location_type"] == "virtual"
        assert location.keys() <= {"id", "location_type", "description", "attributes"}
        assert [(one["taxonomy_term"]["code"]) for one in location["attributes"]] == ["area", "visibility"]
        assert location["description"].startswith("Kept confidential or not known; call first.")


def test_a_place_told_by_city_is_virtual_without_address(guide):
    made_of = tables(guide, listing(location=AreaPlace(city="Zzyzxville")))
    assert made_of["location"][0]["location_type"] == "virtual"
    assert "address" not in made_of
    assert made_of["location"][0]["description"] == "Zzyzxville, Cole County, Missouri. No address is listed; call first."


@pytest.mark.parametrize("missing", ["street", "city", "zip"])
def test_an_address_that_is_not_whole_is_no_address_and_nothing_is_made_up(guide, missing):
    whole = {"street": "1 Zzyzx St", "city": "Zzyzxville", "zip": "65101"}
    assert len(tables(guide, listing(location=PublicPlace(**whole)))["address"]) == 1
    made_of = tables(guide, listing(location=PublicPlace(**{**whole, missing: None})))
    assert "address" not in made_of and made_of["location"][0]["location_type"] == "physical"


def test_no_location_has_a_point(files):
    assert not any(row.keys() & {"latitude", "longitude"} for row in tables_of(files[PACKAGE], FILES)["location"])


def test_only_what_a_person_confirmed_is_assured(guide):
    assured, not_sure = tables(guide, listing("one", confirmed="2026-10-02"), listing("two"))["service"]
    assert assured["assured_date"] == "2026-10-02" and "alert" not in assured
    assert "assured_date" not in not_sure and not_sure["alert"].startswith("Nobody has confirmed this listing.")


def test_service_areas_bear_the_county_s_fips_code(guide):
    rows = tables(guide, listing(serves=("mo/cole", "mo", "us")))["service_area"]
    assert [(row["name"], row.get("extent")) for row in rows] == [
        ("Cole County, Missouri", "29051"), ("Missouri", "29"), ("United States", None)]  # fmt: skip


def test_a_region_is_told_by_each_of_its_counties(guide):
    rows = tables(guide, listing(serves=("metro-east",)))["service_area"]
    assert {row["extent"] for row in rows} == {county.fips for county in guide.counties if county.region == "metro-east"}
    assert {row["description"] for row in rows} == {"A part of Metro East, which it serves."}


def test_where_no_source_says_whom_it_serves_that_is_said(guide):
    [row] = tables(guide, listing())["service_area"]
    assert row["extent"] == "29051" and "No source says" in row["description"]


def test_an_extension_that_begins_with_0_stays_whole(guide):
    numbers = (PhoneNumber("5735550100", "012"), PhoneNumber("5735550100", "12"))
    rows = tables(guide, listing(phones=tuple(Phone(number=number) for number in numbers)))["phone"]
    assert [(row["number"], row.get("extension")) for row in rows] == [("573-555-0100 ext. 012", None), ("573-555-0100", "12")]


@pytest.mark.parametrize(("hours", "rows"), [
    ("24/7", [("MO,TU,WE,TH,FR,SA,SU", "00:00:00", "23:59:00")]),
    ("Mo-Fr 08:00-12:00,13:00-17:00; We 08:00-12:00", [("MO,TU,WE,TH,FR", "08:00:00", "12:00:00"), ("MO,TU,TH,FR", "13:00:00", "17:00:00")]),
    ("Mo-Fr 08:00-17:00; PH off", [(None, None, None)]),
])  # fmt: skip
def test_hours_are_days_and_times_only_where_these_tell_them_all(guide, hours, rows):
    made_of = tables(guide, listing(hours=HOURS.read(hours)))["schedule"]
    assert [(row.get("byday"), row.get("opens_at"), row.get("closes_at")) for row in made_of] == rows
    assert {row["notes"] for row in made_of} == {hours}


def test_terms_of_open_eligibility_say_whose_they_are_and_only_used_ones_are_there(guide):
    made_of = tables(guide, listing(services=("legal-aid",), people=("women",)))
    terms = {row["name"]: row for row in made_of["taxonomy_term"]}
    theirs = {name: row for name, row in terms.items() if row["taxonomy"] == "Open Eligibility (CC BY-SA 3.0)"}
    assert {name: row["code"] for name, row in theirs.items()} == {"Advocacy & Legal Aid": "1375", "Women": "20036"}
    [taxonomy] = [row for row in made_of["taxonomy"] if row["name"] == "Open Eligibility"]
    assert "Aunt Bertha" in taxonomy["description"] and "CC BY-SA 3.0" in taxonomy["description"]
    linked = {row["taxonomy_term_id"] for row in made_of["attribute"]} | {row.get("parent_id") for row in terms.values()}
    assert {row["id"] for row in terms.values()} <= linked
    assert len(made_of["taxonomy"]) == len({row["taxonomy_id"] for row in terms.values()})


def test_every_service_bears_edition_and_license(services):
    assert {(service["edition"], service["license"]) for service in services} == {("2026-11-24", "CC BY 4.0")}


def test_the_package_bears_edition_and_licenses(files):
    descriptor = json.loads(unzipped(files[PACKAGE])["datapackage.json"])
    assert descriptor["version"] == "2026-11-24" and descriptor["licenses"][0]["name"] == "CC-BY-4.0"
    by_name = {one["name"]: [license_["name"] for license_ in one["licenses"]] for one in descriptor["resources"]}
    assert by_name["taxonomy_term"] == by_name["taxonomy"] == ["CC-BY-4.0", "CC-BY-SA-3.0"]
    assert by_name["service"] == by_name[OWN] == ["CC-BY-4.0"]


def test_a_summary_with_a_comma_and_a_quote_is_one_cell(guide):
    text = 'He said "yes", then, no; x'
    assert tables(guide, listing(summary=text))["service"][0]["description"] == text
    assert "yes" in words_in(json.loads(made(guide, listing(summary=text))[SERVICES]))
