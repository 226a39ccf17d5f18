"""The forms that GitHub shows: what it takes, made of the vocabularies, with the same warning on each."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
import yaml
from sample import ROOT

import build
from guide.editing.choices import ASKED, ASKED_ALL, FACTS, HOW, OTHER, PLACES
from guide.editing.form_files import form_files
from guide.editing.forms import NAMES
from guide.model import Confirmation, Listing
from guide.shapes import fields_of

FOLDER = ROOT / ".github/ISSUE_TEMPLATE"
FORMS = {name: yaml.safe_load((FOLDER / f"{name}.yml").read_text(encoding="utf-8")) for name in NAMES}
FIELDS = [(form, field) for form, content in FORMS.items() for field in content["body"] if field["type"] != "markdown"]
EACH = pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)


def test_the_committed_forms_are_those_that_the_vocabularies_give(guide):
    files = form_files(guide)
    assert {file.removeprefix(".github/ISSUE_TEMPLATE/") for file in files} == {path.name for path in FOLDER.iterdir()}
    for file, text in files.items():
        assert (ROOT / file).read_text(encoding="utf-8") == text, "run: python build.py schema"


def test_the_command_writes_them(project):
    assert build.main(["schema", "--root", str(project)]) == 0
    assert {path.name: path.read_bytes() for path in (project / ".github/ISSUE_TEMPLATE").iterdir()} == {
        path.name: path.read_bytes() for path in FOLDER.iterdir()}  # fmt: skip


@pytest.mark.parametrize(("schema", "names"), [
    ("vendor.github-issue-forms", [f"{name}.yml" for name in NAMES]), ("vendor.github-issue-config", ["config.yml"]),
], ids=["forms", "config"])  # fmt: skip
def test_files_follow_the_schema(schema, names):
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, *(str(FOLDER / name) for name in names)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_there_are_no_blank_issues_and_no_invented_contacts():
    assert yaml.safe_load((FOLDER / "config.yml").read_text(encoding="utf-8")) == {"blank_issues_enabled": False}


@EACH
def test_a_form_begins_with_what_must_not_be_written(form):
    first = form["body"][0]
    assert first["type"] == "markdown"
    for words in ("public", "Never write the address of a shelter", "Never write about a person", "911", "1-888-373-7888"):
        assert words in first["attributes"]["value"]


@pytest.mark.parametrize("name", ["change", "closed", "confirm"])
def test_a_form_about_a_listing_has_the_fields_that_a_page_fills_in(name):
    fields = {field["id"]: field["type"] for form, field in FIELDS if form == name}
    assert [fields.get(field) for field in ("listing", "name", "county")] == ["input"] * 3


@EACH
def test_ids_and_labels_are_told_apart_as_github_does(form):
    fields = [field for field in form["body"] if "id" in field]
    assert len({field["id"] for field in fields}) == len(fields)
    # GitHub compares labels by their letters and digits alone
    assert len({re.sub("[^a-z0-9]+", "-", field["attributes"]["label"].lower()) for field in fields}) == len(fields)


@pytest.mark.parametrize(("form", "field"), FIELDS, ids=[f"{form} {field['id']}" for form, field in FIELDS])
def test_a_field_is_one_that_github_takes(form, field):
    assert re.fullmatch("[a-z_]+", field["id"])
    attributes = field["attributes"]
    assert not re.search("password|secret|token|credential", attributes["label"], re.IGNORECASE)
    if field["type"] == "dropdown":
        options = attributes["options"]
        assert all(isinstance(option, str) and option.strip() == option for option in options)
        assert len(set(options)) == len(options)
        assert "none" not in {option.lower() for option in options}


def options(form, field):
    return next(one["attributes"]["options"] for name, one in FIELDS if name == form and one["id"] == field)


def test_a_choice_that_nobody_made_changes_nothing_and_tells_no_place():
    # GitHub may take the first choice of a needed list for chosen
    assert options("change", "what")[0] == OTHER
    assert ASKED[options("change", "asked")[0]] == "" == ASKED_ALL[options("add", "asked")[0]]
    assert PLACES[options("add", "place")[0]] == "withheld"
    assert options("add", "trafficking")[0].startswith("No")


def test_every_kind_of_help_and_every_county_can_be_chosen(guide):
    assert options("add", "services") == [service.label for group in guide.groups for service in group.services]
    assert {county.full_name for county in guide.counties} <= {*options("add", "serves")}


def test_every_fact_that_can_be_wrong_is_one_of_a_listing():
    keys = {field.key for field in fields_of(Listing)}
    assert {fact.key for fact in FACTS} - {"phone", "more phones", "answered"} <= keys
    hows = next(field for field in fields_of(Confirmation) if field.key == "how").shape.schema["enum"]
    assert {*HOW.values()} == {*hows} == {how for how in ASKED_ALL.values() if how}
