"""A form that tells where a confidential place is changes nothing, and nothing of it is repeated."""

from __future__ import annotations

import pytest
from form_bodies import label
from small_guide import COLE, PUBLIC, STREET, THREE, TWO, answered, outcome, proposed

from guide.editing.proposals import Answer

WHERE = {"change": ["now", "right", "source"], "closed": ["source"], "add": ["summary", "phones", "eligibility", "how_to_refer", "street", "source", "also_known_as"]}


@pytest.mark.parametrize(("form", "field"), [(form, field) for form, fields in WHERE.items() for field in fields])
@pytest.mark.parametrize("place", [STREET, "https://maps.google.com/?q=12+Elm+Street", "on Elm Street", "38.5767, -92.1735"])
def test_a_text_that_tells_where_a_confidential_place_is_is_refused_and_not_repeated(form, field, place):
    given = {"change": TWO, "closed": TWO, "add": {"services": "Emergency shelter", "place": PUBLIC}}[form]
    told = answered(form, **given, **{field: place})
    assert f"- **{label(form, field)}**: looks like it tells" in told
    assert "After a mistake" in told and "CONTRIBUTING.md#after-a-mistake" in told
    assert "Elm" not in told and "38.57" not in told


@pytest.mark.parametrize("given", [
    {"street": STREET}, {"street": "The old mill"}, {"zip": "65101"}, {"place": "The city", "city": "Lohman", "zip": "65101"},
    {"services": "Emergency shelter", "place": PUBLIC, "street": STREET},
    {"services": "Transitional housing", "place": PUBLIC, "zip": "65101"},
])  # fmt: skip
def test_a_street_or_zip_code_that_may_not_be_shown_is_refused(given):
    told = answered("add", **given)
    assert "looks like it tells" in told
    assert not any(words in told for words in ("Elm", "mill", "65101"))


@pytest.mark.parametrize("right", [f"{STREET}, Jefferson City, MO 65101", "Elm Street", "Lohman"])
def test_no_form_changes_the_place_of_a_shelter(right):
    found = outcome("change", **TWO, what="Address or city", right=right)
    assert isinstance(found, Answer) and "Elm" not in found.body


def test_the_street_of_a_listing_of_which_the_city_is_shown_is_refused():
    assert "looks like it tells" in answered("change", **THREE, what="Address or city", right=f"{STREET}, Jefferson City")


def test_other_mistakes_of_such_a_form_are_not_told_for_they_would_repeat_it():
    told = answered("change", **TWO, right=f"call {STREET}", now=STREET, source="http://x", published=STREET)
    assert "Elm" not in told and told.count("looks like it tells") == 3


def test_nothing_is_kept_of_the_city_of_a_place_that_may_not_be_shown():
    assert "Lohman" not in proposed("add", city="Lohman").files[COLE]


def test_a_correction_that_tells_a_place_is_thanked_for_with_a_caution():
    found = outcome("correction", correction=f"The shelter is at {STREET}.")
    assert found.label == "for a person" and "After a mistake" in found.body and "Elm" not in found.body
