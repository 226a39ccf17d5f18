"""A form → a change that the check lets pass, or an answer in plain words."""

from __future__ import annotations

import shutil
from datetime import date

import pytest
from form_bodies import body
from sample import TODAY
from small_guide import CLOSED, COLE, TWO, answered, changed, checked, folder, outcome, proposed

from guide.editing.proposals import Answer, Issue, propose
from guide.problems import InputError

# Which listing

@pytest.mark.parametrize("listing", ["one", "One", "https://example.org/guide/listings/one.html", "listings/one.html#phones", ""])
def test_a_listing_is_found_by_its_id_its_page_or_its_name_and_county(listing):
    assert proposed("confirm", listing=listing).branch == "form/7-one"


@pytest.mark.parametrize("name", ["ONE", "the one", "One."])
def test_a_name_is_known_whatever_its_capitals_and_by_its_other_names(name):
    assert proposed("confirm", name=name, listing="one").branch == "form/7-one"


@pytest.mark.parametrize("county", ["Cole County", "cole", "mo/cole", "Cole County, MO", ""])
def test_a_county_is_known_by_its_names(county):
    assert proposed("confirm", county=county)


def test_a_statewide_listing_is_found_by_the_words_of_its_page():
    assert proposed("confirm", listing="wide", county="all of Missouri").files.keys() == {"data/resources/mo.yaml"}


# Confirm

def test_a_confirmation_is_a_change_of_one_line():
    assert changed(proposed("confirm")) == ["+confirmed: {on: 2026-11-24, how: phone}"]
    assert changed(proposed("confirm", **TWO, how="I was there", confirmed_on="11/24/2026")) == [
        "-confirmed: {on: 2026-02-03, how: email}", "+confirmed: {on: 2026-11-24, how: visit}"]  # fmt: skip


@pytest.mark.parametrize("given", [{"how": "By email", "confirmed_on": "2026-02-03"}, {"confirmed_on": "2026-02-02"}])
def test_what_is_confirmed_already_or_later_stays(given):
    assert "the listing is confirmed on 2026-02-03 already, by email" in answered("confirm", **TWO, **given)


def test_a_closed_listing_is_not_confirmed():
    assert "is closed since 2025, the guide says. If it is open again, use the form" in answered("confirm", listing="gone", name="Gone")


@pytest.mark.parametrize("day", ["2026-11", "soon", "2026-02-30"])
def test_a_day_that_is_none_is_told(day):
    assert "- **On which day?**: " in answered("confirm", confirmed_on=day)


# Closed

def test_a_closed_listing_goes_and_is_noted():
    proposal = proposed("closed", published="2026-10-02")
    assert "id: one" not in proposal.files[COLE] and "# the county's first line" in proposal.files[COLE]
    assert "  - id: two\n" in proposal.files[COLE]
    assert proposal.files[CLOSED].endswith(
        "  - id: one\n    name: One\n    area: mo/cole\n    on: 2026-10\n    source:\n      title: its own letter\n      published: 2026-10-02\n")


def test_a_county_whose_last_listing_closes_keeps_its_file():
    other = folder() / "data/resources/mo/boone.yaml"
    other.write_text("listings:\n  - id: last\n    name: Last\n    summary: Helps.\n    services: [legal-aid]\n    sources:\n      - title: A list\n", encoding="utf-8")
    try:
        assert checked("closed", listing="last", name="Last", county="Boone County").files["data/resources/mo/boone.yaml"] == "listings: []\n"
    finally:
        other.write_text("listings: []\n", encoding="utf-8")


def test_a_listing_that_was_confirmed_after_it_closed_is_asked_about():
    told = answered("closed", **TWO, closed_on="2026-01")
    assert "- **Since when is it closed?**: Somebody confirmed this listing later, on 2026-02-03. Which is right?" in told


@pytest.mark.parametrize("day", ["2026", "2026-02", "2026-02-03", "2026-03"])
def test_a_day_that_may_be_after_the_confirmation_is_no_contradiction(day):
    assert f"on: {day}\n" in proposed("closed", **TWO, closed_on=day).files[CLOSED]


def test_a_second_report_of_a_closing_is_no_change():
    assert "is closed since 2025" in answered("closed", listing="gone", name="Gone")


# Corrections, two forms, other issues

def test_a_correction_changes_nothing_and_is_for_a_person():
    found = outcome("correction")
    assert found == Answer("Thank you. A person will read this; no program can.\n", "for a person")


def test_two_forms_for_one_listing_have_a_branch_each_and_the_second_of_two_alike_changes_nothing(tmp_path):
    first = proposed("change", now="573-555-0100")
    changed_root = tmp_path / "guide"
    shutil.copytree(folder(), changed_root)
    (changed_root / COLE).write_text(first.files[COLE], encoding="utf-8")
    text = body("change", now="573-555-0100")
    second = propose(folder(), TODAY, Issue(8, text, "octocat"))
    assert (first.branch, second.branch) == ("form/7-one", "form/8-one")
    assert second.files == first.files
    later = propose(changed_root, TODAY, Issue(8, text, "octocat"))
    assert "There is nothing to change: the listing has 573-555-0142 already" in later.body


def test_an_issue_that_no_form_made_is_left_alone():
    assert propose(folder(), TODAY, Issue(7, "Hello", "octocat")) is None


def test_an_edited_form_without_a_question_is_answered():
    text = body("confirm").replace("### On which day?", "")
    assert "- **On which day?**: The heading of this question is gone." in propose(folder(), TODAY, Issue(7, text, "octocat")).body


def test_mistakes_of_the_guide_itself_are_not_the_authors(tmp_path):
    shutil.copytree(folder(), tmp_path / "guide")
    (tmp_path / "guide" / COLE).write_text("listings: no\n", encoding="utf-8")
    with pytest.raises(InputError):
        propose(tmp_path / "guide", date(2026, 11, 25), Issue(7, body("confirm"), "octocat"))


def test_nothing_is_written():
    before = {path: path.read_bytes() for path in (folder() / "data").rglob("*") if path.is_file()}
    proposed("closed")
    assert {path: path.read_bytes() for path in (folder() / "data").rglob("*") if path.is_file()} == before
