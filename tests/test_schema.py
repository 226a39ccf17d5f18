"""The schemas that editors' programs use are what `build.py schema` writes, and say what a load says."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from typing import Any

import jsonschema
import pytest
import yaml
from sample import ROOT

import build
from guide.format_doc import DOC, with_tables
from guide.schema import FILES, schema

BASE: dict[str, Any] = {
    "id": "one", "name": "One", "summary": "Helps.", "services": ["case-management"], "sources": [{"title": "A list"}],
}  # fmt: skip


def as_an_editor_sees_it(text):
    """Read YAML as programs do that know nothing of the guide; in JSON a date is a text."""

    def plain(value):
        if isinstance(value, dict):
            # a reader of YAML 1.1 takes the key `on` for true; editors' programs read YAML 1.2
            return {"on" if key is True else key: plain(item) for key, item in value.items()}
        if isinstance(value, list):
            return [plain(item) for item in value]
        return value.isoformat() if isinstance(value, date) else value

    return plain(yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader)))  # noqa: S506


def test_the_tables_of_the_docs_are_those_of_the_model():
    text = (ROOT / DOC).read_text(encoding="utf-8")
    assert with_tables(text) == text
    for words in ("| `phones` | Numbers to call", "| `how` | How it was confirmed. One of: `phone`, `email`, `visit`, `website`. **Required.** |",
                  "| `telling` |", "| `discreet` |", "| `visibility` |", "| `street` |"):
        assert text.count(words) >= 1, words


@cache
def validator(name):
    committed = json.loads((ROOT / f"schema/{name}.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(committed)
    return jsonschema.Draft202012Validator(committed)


def accepts(*lines):
    """Say whether the schema accepts a listing with further lines."""
    text = yaml.safe_dump({"listings": [BASE]}, sort_keys=False) + "".join(f"  {line}\n" for line in lines)
    return validator("listings").is_valid(as_an_editor_sees_it(text))


@pytest.mark.parametrize("name", FILES)
def test_the_committed_schema_is_the_one_that_the_model_gives(guide, name):
    committed = (ROOT / f"schema/{name}.json").read_text(encoding="utf-8")
    assert committed == schema(FILES[name], guide), "run: python build.py schema"


def test_the_command_writes_every_schema(project, capsys):
    assert build.main(["schema", "--root", str(project)]) == 0
    assert {path.name: path.read_bytes() for path in (project / "schema").iterdir()} == {
        path.name: path.read_bytes() for path in (ROOT / "schema").iterdir()}  # fmt: skip


def test_every_committed_file_of_listings_is_valid():
    check = validator("listings")
    wrong = {path.name: error.message for path in sorted((ROOT / "data/resources").rglob("*.yaml"))
             for error in check.iter_errors(as_an_editor_sees_it(path.read_text(encoding="utf-8")))}  # fmt: skip
    assert wrong == {}


def test_every_committed_file_of_listings_names_its_schema():
    for path in (ROOT / "data/resources").rglob("*.yaml"):
        first = path.read_text(encoding="utf-8").partition("\n")[0]
        schema_path = path.parent / first.removeprefix("# yaml-language-server: $schema=")
        assert schema_path.resolve() == ROOT / "schema/listings.json", path


def test_the_committed_closed_listings_are_valid():
    assert validator("closed").is_valid(as_an_editor_sees_it((ROOT / "data/closed.yaml").read_text(encoding="utf-8")))


@pytest.mark.parametrize("on", ["2024", "2024-01", "2024-01-31"])
def test_a_closing_is_valid_as_exact_as_it_is_known(on):
    text = f"closed: [{{id: one, name: One, area: mo/cole, on: {on}}}]"
    assert validator("closed").is_valid(as_an_editor_sees_it(text))


GOOD = [
    ["phones: [{number: 5736344911}]"], ["phones: [{number: 573-634-4911 x12, label: office, hours: 24/7}]"], ["text: 44357"],
    ["location: {city: Cole}"], ["location: {visibility: withheld}"], ["location: {visibility: area, city: Cole}"],
    ["location: {visibility: public, street: 1 Oak St, zip: 65101, city: Jefferson City}"],
    ["location: {visibility: public, zip: '65101-1234', city: Jefferson City}"], ["trafficking: yes"], ["trafficking: 'yes'"],
    ["confirmed: {on: 2024-02-29, how: phone}"], ["fees: 0"], ["fees: no"], ["fees: 1.5"], ["also_known_as: [12, No]"],
    ["website: HTTPS://A.org"], ["serves: [mo/cole, central, il, us]"], ["languages: [en]"], ["people: [adults]"],
    ["editor_note: x"], ["hours: Mo-Fr 08:00-17:00"], ["email: a@b.org"],
]  # fmt: skip
BAD = [
    ["phone: 988"], ["phones: [{label: x}]"], ["phones: [{number: "
                                               "[988]}]"], ["phones: 988"], ["phones: []"], ["fees:"], ["fees: []"],
    ["location: {city: Cole, street: 1 Oak St}"], ["location: {visibility: area, zip: "
                                                   "65101}"], ["location: {visibility: secret}"],
    ["trafficking: maybe"], ["website: ftp://a.org"], ["website: www.a.org"], ["serves: [cole]"], ["serves: [mo/cole, "
                                                                                                   "mo/cole]"],
    ["languages: [Spanish]"], ["people: [wimen]"], ["confirmed: {on: 2024, how: phone}"], ["confirmed: {on: 2024-01-01, "
                                                                                           "how: fax}"],
    ["confirmed: {on: 2024-01-01}"], ["zzz: 1"],
]  # fmt: skip


@pytest.mark.parametrize("lines", GOOD, ids=lambda lines: lines[0])
def test_what_a_load_accepts_the_schema_accepts(listing_problems, lines):
    assert listing_problems(*lines) == []
    assert accepts(*lines)


@pytest.mark.parametrize("lines", BAD, ids=lambda lines: lines[0])
def test_what_the_schema_refuses_a_load_refuses(listing_problems, lines):
    assert not accepts(*lines)
    assert listing_problems(*lines)


@pytest.mark.parametrize("published", ["2022", "2022-07", "2022-07-13", "'2022'"])
def test_a_source_is_valid_as_exactly_dated_as_it_is_known(file_problems, one_listing, published):
    text = one_listing + f"        published: {published}\n"
    assert file_problems(text) == []
    assert validator("listings").is_valid(as_an_editor_sees_it(text))


@pytest.mark.parametrize("key", BASE)
def test_a_listing_without_a_needed_key_is_refused(key):
    listing = {name: value for name, value in BASE.items() if name != key}
    assert not validator("listings").is_valid({"listings": [listing]})


def test_a_number_is_an_id_too(file_problems, one_listing):
    text = one_listing.replace("id: one", "id: 988")
    assert file_problems(text) == []
    assert validator("listings").is_valid(as_an_editor_sees_it(text))


def test_every_field_has_a_hint(guide):
    told = json.loads(schema(FILES["listings"], guide))
    records = [one for one in told["$defs"].values() if "properties" in one]
    assert records
    assert all(field["description"] for record in records for field in record["properties"].values())
