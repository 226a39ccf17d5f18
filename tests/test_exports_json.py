"""guide.json is valid by its published schema, and holds every listing whole."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from listing_maker import listings as listings_like
from msgspec.structs import replace
from sample import EDITION, ROOT, listing, written

from guide.exports.guide_json import guide_json, guide_schema
from guide.exports.imprint import imprint_of
from guide.listing_files import read_listings
from guide.model import Guide, WithheldPlace
from guide.once import Once


@pytest.fixture(scope="module")
def check(guide: Guide) -> jsonschema.Draft202012Validator:
    schema = json.loads(guide_schema(imprint_of(guide, EDITION)))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER)


def told(guide: Guide, *some: Any) -> Any:
    guide = replace(guide, listings=some) if some else guide
    return json.loads(guide_json(guide, imprint_of(guide, EDITION), Once(guide.marks)).read())


def faults(check: jsonschema.Draft202012Validator, value: Any) -> list[str]:
    return [f"{error.json_path}: {error.message}" for error in check.iter_errors(value)]


def test_it_is_valid_by_its_schema_formats_too(guide, check):
    assert faults(check, told(guide)) == []


@pytest.mark.parametrize(("spoil", "at"), [
    (lambda one: one.update(editor_note="x"), "$.listings[0]"), (lambda one: one.update(website="https://a b"), "$.listings[0].website"),
    (lambda one: one.update(email="nope"), "$.listings[0].email"), (lambda one: one.pop("sources"), "$.listings[0]"),
    (lambda one: one.update(location={"visibility": "withheld", "city": "Zzyzxville"}), "$.listings[0].location"),
    (lambda one: one.update(location={"visibility": "area", "street": "1 Zzyzx St"}), "$.listings[0].location"),
    (lambda one: one.update(trafficking=False), "$.listings[0].trafficking"), (lambda one: one.update(fees=""), "$.listings[0].fees"),
    (lambda one: one.update(confirmed={"on": "2026-02-30", "how": "phone"}), "$.listings[0].confirmed.on"),
    (lambda one: one.update(people=[]), "$.listings[0].people"),
])  # fmt: skip
def test_what_is_not_in_the_model_is_not_valid(guide, check, spoil, at):
    value = told(guide, listing())
    assert faults(check, value) == []
    spoil(value["listings"][0])
    assert {fault.partition(": ")[0] for fault in faults(check, value)} == {at}


def test_an_editor_s_file_of_it_is_the_same_listings(guide, memory):
    by_area: dict[str, list[Any]] = {}
    for one in told(guide)["listings"]:
        by_area.setdefault(one.pop("area"), []).append(one)
    read = {}
    for area, some in by_area.items():
        text = json.dumps({"listings": some}, ensure_ascii=False)
        found = read_listings(area, f"{area}.yaml", text.encode(), memory.vocabularies)
        assert found.problems == ()
        read |= {entry.record.id: entry.record for entry in found.entries}
    assert read == {one.id: one for one in guide.listings}


def test_any_listing_is_valid(guide, check):
    @settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow])
    @given(listings_like(guide))
    def valid(one):
        assert faults(check, told(guide, one)) == []

    valid()


def test_what_is_not_known_is_left_out(guide):
    [one] = told(guide, listing())["listings"]
    assert one.keys() == {"id", "name", "summary", "services", "location", "sources", "area"}
    assert one["location"] == {"visibility": "withheld"}


def test_a_withheld_place_holds_nothing(guide):
    withheld = {one.id for one in guide.listings if isinstance(one.location, WithheldPlace)}
    assert {json.dumps(one["location"]) for one in told(guide)["listings"] if one["id"] in withheld} == {'{"visibility": "withheld"}'}


def test_whatever_a_listing_names_is_in_the_file(guide):
    value = told(guide)
    services = {service["id"] for group in value["services"] for service in group["services"]}
    areas = {one["id"] for one in (*value["counties"], *value["regions"])} | {"mo", "il", "us"}
    people, languages = ({one["id"] for one in value[name]} for name in ("people", "languages"))
    for one in value["listings"]:
        assert services.issuperset(one["services"]) and people.issuperset(one.get("people", []))
        assert languages.issuperset(one.get("languages", [])) and areas.issuperset([one["area"], *one.get("serves", [])])


def test_a_closed_listing_is_told_as_closed(guide, check):
    closed = json.loads(json.dumps({"id": "gone", "name": "Gone", "area": "mo/cole", "on": "2020"}))
    value = told(guide, listing())
    value["closed"].append(closed)
    assert faults(check, value) == []


def test_it_bears_edition_license_and_attribution(guide):
    value = told(guide)
    assert (value["edition"], value["license"]) == ("2026-11-24", "CC BY 4.0")
    assert value["attribution"] == "Missouri Resource Guide, edition 2026-11-24"


def test_the_schema_says_of_every_name_what_it_holds(guide):
    schema = json.loads(guide_schema(imprint_of(guide, EDITION)))
    records = [schema, *schema["$defs"].values()]
    records += schema["$defs"]["Listing"]["properties"]["location"]["oneOf"]
    assert [name for one in records for name, field in one["properties"].items()
            if "description" not in field and name != "visibility"] == []  # fmt: skip


def test_the_schema_has_an_address_of_its_own_where_the_guide_s_is_known(guide):
    site = replace(guide.site, address="https://good.example/guide/")
    schema = json.loads(guide_schema(imprint_of(replace(guide, site=site), EDITION)))
    assert schema["$id"] == "https://good.example/guide/downloads/guide.schema.json"


def test_words_of_open_eligibility_are_not_in_it(guide):
    text = guide_json(guide, imprint_of(guide, EDITION), Once(guide.marks)).read().decode()
    assert "eligibility.yaml" not in text and "Aunt Bertha" not in text
    assert "attribution" in written(str(ROOT / "data/open_eligibility.yaml"))
