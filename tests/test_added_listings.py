"""The form for a new listing → the listing in the file of its county, or what it lacks."""

from __future__ import annotations

import pytest
from small_guide import COLE, PUBLIC, STREET, TEXT, answered, proposed


def test_a_new_listing_stands_in_the_file_of_its_county(guide):
    proposal = proposed(
        "add", also_known_as="AH, Aurora", services="Legal aid", serves="Cole County, Central region", people="Women, Teens", languages="English",
        trafficking="Yes", phones="573-555-0142, night line, 24/7\n(573) 555-0143", text="START (88788)", email="office@example.org",
        website="https://aurora.example.org", place="The city", city="Lohman", hours="Weekdays 9 am to 5 pm", eligibility="Adults",
        fees="Free", how_to_refer="Call: ask\nfor intake", published="2026", asked="Yes, I called", asked_on="2026-11-24")  # fmt: skip
    assert proposal.files.keys() == {COLE}
    assert proposal.files[COLE].startswith(TEXT)
    assert proposal.files[COLE].removeprefix(TEXT) == """
  - id: aurora-house-lohman
    name: Aurora House
    also_known_as: [AH, Aurora]
    summary: Helps people find work.
    services: [legal-aid]
    trafficking: true
    serves: [mo/cole, central]
    people: [women, teens]
    languages: [en]
    phones:
      - number: 573-555-0142
        label: night line
        hours: 24/7
      - number: 573-555-0143
    text: START (88788)
    email: office@example.org
    website: https://aurora.example.org
    location:
      visibility: area
      city: Lohman
    hours: Mo-Fr 09:00-17:00
    eligibility: Adults
    fees: Free
    how_to_refer: 'Call: ask for intake'
    confirmed: {on: 2026-11-24, how: phone}
    sources:
      - url: https://www.example.org/
        published: 2026
"""
    assert (proposal.branch, proposal.title) == ("form/7-aurora-house-lohman", "Add a listing under Cole County (form #7)")


def test_a_new_listing_of_which_little_is_known_says_no_more():
    text = proposed("add", phones="", services="Legal aid").files[COLE].removeprefix(TEXT)
    assert "location:\n      visibility: withheld\n" in text
    assert not {"serves", "people", "languages", "phones", "hours", "confirmed", "trafficking"} & {line.strip().partition(":")[0] for line in text.split("\n")}


def test_an_office_with_a_published_address_is_added_with_it():
    text = proposed("add", place=PUBLIC, street=STREET, city="Jefferson City",
                    zip="65101").files[COLE]  # fmt: skip
    assert "      visibility: public\n      street: 12 Elm Street\n      city: Jefferson City\n      zip: '65101'\n" in text


@pytest.mark.parametrize(("name", "found"), [("Wide", "wide-cole"), ("Gone", "gone-cole-2"), ("St. \u00c9lise\u2019s & Co", "st-elises-co-cole"), ("Cole Aid", "cole-aid")])
def test_a_new_id_is_made_of_the_name_and_was_never_used(name, found):
    assert proposed("add", name=name).branch == f"form/7-{found}"


@pytest.mark.parametrize(("county", "file"), [
    ("Clinton County", "mo/clinton"), ("Clinton County, Illinois", "il/clinton"), ("City of St. Louis", "mo/st-louis-city"), ("All of Missouri", "mo"), ("The whole country", "us"),
])  # fmt: skip
def test_the_county_of_a_new_listing_is_known_by_its_page_and_its_form(county, file):
    assert proposed("add", county=county).files.keys() == {f"data/resources/{file}.yaml"}


ADD_REFUSED = [
    ({"county": "Gotham"}, "County of the office", "Write it like Cole County"),
    ({"county": "St. Louis"}, "County of the office", "Which one: St. Louis County or City of St. Louis?"),
    ({"name": "one"}, "Name", "The guide has this listing already: one"),
    ({"name": "\u4e2d"}, "Name", "Write it in plain letters"),
    ({"phones": "office"}, "Phone numbers", "has letters"),
    ({"text": "call"}, "Number for text messages", "must name one number"),
    ({"email": "x"}, "Email of the office", "x"),
    ({"website": "example.org"}, "Website", "web address"),
    ({"hours": "9-5"}, "Opening hours", "write am or pm"),
    ({"source": ""}, "Where do you know it from?", "Write where you know it from"),
    ({"published": "yesterday"}, "Date of that page or paper", "is not a date"),
    ({"asked": "Yes, I called"}, "On which day did you ask?", "Write the day"),
    ({"asked_on": "2026-11-24"}, "Did you ask the provider, and is all of this right?", "Which of the two is right?"),
]  # fmt: skip


@pytest.mark.parametrize(("given", "field", "words"), ADD_REFUSED, ids=[field for _, field, _ in ADD_REFUSED])
def test_what_a_new_listing_lacks_is_told(given, field, words):
    told = answered("add", **given)
    assert f"- **{field}**: " in told and words in told and told.count("\n- ") == 1


def test_all_that_a_new_listing_lacks_is_told_at_once():
    assert answered("add", phones="x\ny", email="x", hours="9-5", source="").count("\n- **") == 5
