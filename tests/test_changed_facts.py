"""A form that says what is wrong in a listing → the change of that fact, or what is missing in plain words."""

from __future__ import annotations

import pytest
from small_guide import COLE, PUBLIC, STREET, THREE, TWO, answered, changed, checked, choice, outcome, proposed

from guide.editing.choices import FACTS
from guide.editing.proposals import Proposal

# Change: each fact

FACTS_CHANGED = [
    ("phone", "573-555-0100", "(573) 555-0142", ["-- number: 573-555-0100", "+- number: 573-555-0142"]),
    ("phone", "573-555-0100 office", "573-555-0142 x5, intake, 24/7",
     ["-- number: 573-555-0100", "-label: office", "+- number: 573-555-0142 x5", "+label: intake", "+hours: 24/7"]),
    ("phone", "573-555-0100", "573-555-0100, front desk", ["-label: office", "+label: front desk"]),
    ("phone", "573-555-0100", "take it out", ["-- number: 573-555-0100", "-label: office"]),
    ("more phones", "", "573-555-0142, night line\n573-555-0143", ["+- number: 573-555-0142", "+label: night line", "+- number: 573-555-0143"]),
    ("answered", "573-555-0100", "Monday to Friday, 8 am to 5 pm", ["+hours: Mo-Fr 08:00-17:00"]),
    ("answered", "573-555-0101", "Take it out.", ["-hours: 24/7"]),
    ("text", "", "START (88788)", ["-text: 573-555-0102", "+text: START (88788)"]),
    ("hours", "", "Weekdays 9 am to noon", ["-hours: Mo-Fr 08:00-17:00", "+hours: Mo-Fr 09:00-12:00"]),
    ("hours", "", "take it out", ["-hours: Mo-Fr 08:00-17:00"]),
    ("website", "", "https://www.example.org/help", ["-website: https://www.example.org/", "+website: https://www.example.org/help"]),
    ("email", "", "help@example.org", ["-email: office@example.org", "+email: help@example.org"]),
    ("location", "", "1 Main Street\nJefferson City, MO", ["-street: 301 East High Street", "+street: 1 Main Street", "-zip: '65101'"]),
    ("location", "", "1 Main Street, Jefferson City, MO 65109",
     ["-street: 301 East High Street", "+street: 1 Main Street", "-zip: '65101'", "+zip: '65109'"]),
    ("name", "", "One Center", ["-name: One", "+name: One Center"]),
    ("summary", "", "Helps: people\nand \"pets\".", ["-summary: Helps people.", "+summary: 'Helps: people and \"pets\".'"]),
    ("services", "", "Legal aid\nFood, clothing and basics, interpreters", None),
    ("services", "", "add: Food, clothing and basics\nwithout: legal-aid", None),
    ("services", "", "- Case management", ["-services: [case-management, legal-aid]", "+services: [case-management]"]),
    ("serves", "", "Cole, Clinton County, Illinois", None),
    ("serves", "", "All of Missouri", ["-serves: [mo/cole]", "+serves: [mo]"]),
    ("serves", "", "add Central region", ["-serves: [mo/cole]", "+serves: [mo/cole, central]"]),
    ("serves", "", "take it out", ["-serves: [mo/cole]"]),
    ("people", "", "Women; teens", ["-people: [adults]", "+people: [women, teens]"]),
    ("languages", "", "Add: Spanish", ["-languages: [en]", "+languages: [en, es]"]),
    ("eligibility", "", "Adults", ["-eligibility: Everybody", "+eligibility: Adults"]),
    ("trafficking", "", "yes", ["+trafficking: true"]),
    ("fees", "", "Sliding scale", ["-fees: Free", "+fees: Sliding scale"]),
    ("how_to_refer", "", "Walk in", ["-how_to_refer: Call  # or walk in", "+how_to_refer: Walk in  # or walk in"]),
]  # fmt: skip


@pytest.mark.parametrize(("key", "now", "right", "lines"), [one for one in FACTS_CHANGED if one[3]])
def test_a_fact_is_changed_and_nothing_else(key, now, right, lines):
    assert changed(proposed("change", what=choice(key), now=now, right=right)) == lines


def test_every_fact_of_the_form_is_tried():
    assert {key for key, *_ in FACTS_CHANGED} == {fact.key for fact in FACTS}


@pytest.mark.parametrize(("right", "services"), [
    ("Legal aid\nFood, clothing and basics, interpreters", "[legal-aid, basic-needs, interpretation]"),
    ("add: Food, clothing and basics\nwithout: legal-aid", "[case-management, basic-needs]"),
    ("Remove Legal aid", "[case-management]"), ("* Legal aid\n* Interpreters", "[legal-aid, interpretation]"),
])  # fmt: skip
def test_kinds_of_help_are_all_that_are_written_or_what_is_added_and_taken_out(guide, right, services):
    known = {service.label: service.id for group in guide.groups for service in group.services}
    services = services.replace("interpretation", known["Interpreters"]).replace("basic-needs", known["Food, clothing and basics"])
    assert changed(proposed("change", what="Kinds of help", right=right)) == ["-services: [case-management, legal-aid]", f"+services: {services}"]


def test_where_the_change_is_from_is_noted():
    proposal = proposed("change", now="573-555-0100")
    assert "      - url: https://www.example.org/contact\n        published: 2026-11\n        supports: phone number\n" in proposal.files[COLE]
    assert "      - title: their leaflet\n        supports: phone number\n" in proposed(
        "change", now="573-555-0100", source="their leaflet", published="").files[COLE]  # fmt: skip


def test_a_source_that_is_listed_already_supports_one_fact_more():
    proposal = proposed("change", what="Cost", right="5 dollars", source="A list", published="")
    assert changed(proposal) == ["-fees: Free", "+fees: 5 dollars", "-supports: phones"]
    assert "supports: phones, cost\n" in proposal.files[COLE]


def test_whoever_asked_confirms_all_of_it():
    proposal = proposed("change", now="573-555-0100", asked="Yes, I called, and the rest is right", asked_on="2026-11-24", source="", published="")
    assert "    confirmed: {on: 2026-11-24, how: phone}\n" in proposal.files[COLE]
    assert "      - title: The provider, by phone\n        published: 2026-11-24\n        supports: phone number\n" in proposal.files[COLE]


def test_whoever_asked_about_one_thing_confirms_nothing():
    text = proposed("change", now="573-555-0100", asked="Yes, but only about this", asked_on="2026-11-24", source="", published="").files[COLE]
    assert text.count("confirmed:") == 1  # that of the other listing
    assert "      - title: The provider\n        published: 2026-11-24\n" in text


def test_a_fact_that_is_so_already_is_confirmed_where_somebody_asked():
    proposal = proposed("change", now="573-555-0100", right="573-555-0100", asked="Yes, by email, and the rest is right", asked_on="2026-11-24")
    assert changed(proposal) == ["+confirmed: {on: 2026-11-24, how: email}"]
    assert proposal.title == "Confirm One (form #7)"


def test_a_later_confirmation_is_kept():
    proposal = proposed("change", **TWO, right="573-555-0142", asked="Yes, I called, and the rest is right", asked_on="2026-01-01")
    assert "    confirmed: {on: 2026-02-03, how: email}\n" in proposal.files[COLE]


def test_an_only_phone_needs_no_words_for_which():
    assert changed(proposed("change", **TWO, now="", right="573-555-0142")) == ["-- number: 573-555-0103", "+- number: 573-555-0142"]


def test_the_city_of_a_listing_whose_area_is_shown_can_be_changed():
    proposal = proposed("change", **THREE, what="Address or city", right="Lohman, MO")
    assert changed(proposal) == ["-city: Jefferson City", "+city: Lohman"]


# Change: what is missing, wrong or contradictory

CHANGE_REFUSED = [
    ({"right": "573-555"}, "What is right?", "not a US phone number (10 digits, like 573-634-4911)"),
    ({"right": "the front desk"}, "What is right?", "has letters"),
    ({}, "What does the page say now?", ": Which of its numbers is it: 573-555-0100 or 573-555-0101?"),
    ({"now": "573-555-0199"}, "What does the page say now?", "The listing does not have this number. Which of its numbers is it: 573-555-0100 or 573-555-0101?"),
    ({"now": "573-555-0100", "right": "573-555-0101"}, "What is right?", "has this number already, beside the one that is wrong"),
    ({**THREE}, "What is right?", "has no phone number yet"),
    ({"what": "Opening hours", "right": "8-5"}, "What is right?", "write am or pm behind each hour"),
    ({"what": "Website", "right": "www.example.org"}, "What is right?", "web address that begins with https://"),
    ({"what": "Email", "right": "somebody"}, "What is right?", "somebody"),
    ({"what": "Number for text messages", "right": "call"}, "What is right?", "must name one number to text to"),
    ({"what": "Name", "right": "take it out"}, "What is right?", "A listing needs its name"),
    ({"what": "Summary", "right": "take it out"}, "What is right?", "A listing needs its summary"),
    ({"what": "Kinds of help", "right": "take it out"}, "What is right?", "needs at least one kind of help"),
    ({"what": "Kinds of help", "right": "without: legal aid, case management"}, "What is right?", "needs at least one kind of help"),
    ({"what": "Kinds of help", "right": "Magic"}, "What is right?", "is not a kind of help that the guide knows"),
    ({"what": "Kinds of help", "right": "Legal aide"}, "What is right?", "did you mean Legal aid?"),
    ({"what": "Kinds of help", "right": "Legal aid\nadd: Interpreters"}, "What is right?", "others do not"),
    ({"what": "Counties served", "right": "St. Louis"}, "What is right?", "which one is it, St. Louis County or City of St. Louis?"),
    ({"what": "Counties served", "right": "Clinton"}, "What is right?", "which one is it, Clinton County or Clinton County, Illinois?"),
    ({"what": "Counties served", "right": "Jefferson City"}, "What is right?", "is not a county, region or state"),
    ({"what": "Languages", "right": "Klingon"}, "What is right?", "is not a language that the guide knows"),
    ({"what": "That it serves trafficking survivors", "right": "maybe"}, "What is right?", "must be true or false"),
    ({**THREE, "what": "Address or city", "right": "City Hall, Lohman"}, "What is right?", "Write the city alone"),
    ({"what": "Address or city", "right": "Columbia"}, "What is right?", "Write the street too"),
    ({"what": "Address or city", "right": "1 Main Street"}, "What is right?", "write it like 301 East High Street"),
    ({"what": "Address or city", "right": "take it out"}, "What is right?", "is for a person to decide"),
    ({**TWO, "what": "Address or city", "right": "Lohman"}, "What is right?", "is not shown, and no form changes that"),
    ({"now": "573-555-0100", "source": "", "published": ""}, "Where do you know it from?", "Write where you know it from"),
    ({"now": "573-555-0100", "source": "http://localhost"}, "Where do you know it from?", "is no host name"),
    ({"now": "573-555-0100", "published": "last week"}, "Date of that page or paper", "is not a date"),
    ({"now": "573-555-0100", "asked": "Yes, but only about this"}, "On which day did you ask?", "Write the day"),
    ({"now": "573-555-0100", "asked_on": "2026-11-24"}, "Did you ask the provider?", "Which of the two is right?"),
    ({"now": "573-555-0100", "asked": "Yes, but only about this", "asked_on": "2026-11"}, "On which day did you ask?", "must be a whole date"),
    ({"listing": "on"}, "Listing", "The guide has no listing of this id"),
    ({"listing": "thre", "name": "Three"}, "Listing", "Do you mean three?"),
    ({"listing": "gone"}, "Listing", "is closed since 2025"),
    ({"name": "Three"}, "Name", "The listing one is called"),
    ({"county": "Boone County"}, "County", "stands under"),
    ({"county": "Gotham"}, "County", "knows no county of the name that you wrote"),
    ({"listing": "", "name": "Four"}, "Listing", "The guide has no listing of this name"),
    ({"listing": "", "county": ""}, "Listing", "Several listings have this name. Do you mean wide or one?"),
]  # fmt: skip


@pytest.mark.parametrize(("given", "field", "words"), CHANGE_REFUSED, ids=[words for *_, words in CHANGE_REFUSED])
def test_what_is_missing_is_told_in_plain_words_beside_its_question(given, field, words):
    told = answered("change", **given)
    assert f"- **{field}**: " in told
    assert words in told
    assert told.count("\n- ") == 1


def test_all_that_is_missing_is_told_at_once():
    told = answered("change", now="573-555-0199", source="", published="", asked_on="2026-11-24")
    assert told.count("\n- **") == 3


@pytest.mark.parametrize(("given", "words"), [
    ({"now": "573-555-0100", "right": "(573) 555-0100"}, "the listing says 573-555-0100 already"),
    ({"now": "573-555-0100", "right": "573-555-0100, office"}, "the listing says 573-555-0100 already"),
    ({"what": "A phone number is missing", "right": "573-555-0100\n573-555-0101"}, "has 573-555-0100 and 573-555-0101 already"),
    ({"what": "When a phone is answered", "now": "573-555-0101", "right": "24 hours a day"}, "says 24 hours a day already"),
    ({"what": "Opening hours", "right": "Monday to Friday, 8 am to 5 pm"}, "the listing says so already"),
    ({"what": "Website", "right": "https://www.example.org/"}, "the listing says so already"),
    ({"what": "Kinds of help", "right": "legal aid, case management"}, "the listing says these kinds of help already"),
    ({"what": "Counties served", "right": "add: Cole County"}, "the listing says these counties served already"),
    ({"what": "Address or city", "right": "301 East High Street, Jefferson City, MO 65101"}, "the listing says this address already"),
    ({**THREE, "what": "Address or city", "right": "Jefferson City"}, "the listing says this city already"),
    ({**THREE, "what": "Website", "right": "take it out"}, "the listing tells no website"),
    ({"what": "That it serves trafficking survivors", "right": "no"}, "already"),
])  # fmt: skip
def test_what_the_listing_says_already_is_no_change(given, words):
    told = answered("change", **given)
    assert "There is nothing to change: " in told and words in told


def test_what_is_not_in_the_list_is_for_a_person():
    found = outcome("change", what="Not in this list, or several things", right="The whole listing.")
    assert found.label == "for a person" and "A person will read this" in found.body


def test_a_change_that_the_check_refuses_is_answered_with_what_it_says():
    told = checked("change", what="Address or city", right="1 Main Street, Kansas City, MO 64106").body
    assert "the check finds a mistake" in told
    assert "- `location.zip: ZIP code 64106 lies in Jackson County, not in or next to Cole County" in told
    assert "lies in the future" in checked("confirm", confirmed_on="2999-01-01").body


@pytest.mark.parametrize(("form", "given"), [
    ("change", {"now": "573-555-0100"}), ("add", {}), ("closed", TWO), ("confirm", {}),
    ("add", {"place": PUBLIC, "street": STREET, "city": "Jefferson City"}),
])  # fmt: skip
def test_what_is_proposed_passes_the_whole_check(form, given):
    assert isinstance(checked(form, **given), Proposal)
