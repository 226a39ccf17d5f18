"""Hostile text in every field of a listing: it is taken and can be shown as it is, or refused with its place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

import pytest
from hostile import (
    BAD_EMAILS,
    BAD_URLS,
    GOOD_URLS,
    HTML,
    LISTING,
    PLACES,
    PROGRAMS,
    REFUSED,
    SHOWN,
    TABLES,
    TEXTS,
    YAML,
    as_yaml,
    name_of,
    put,
    shown,
)  # fmt: skip

from guide import kinds, model
from guide.listing_files import read_listings
from guide.loading import Memory
from guide.shapes import fields_of
from guide.unseen import unseen

NARROW = [path for path, kind in PLACES.items() if not any(kind is one for one in (kinds.TEXT, kinds.URL, kinds.EMAIL))]
RIGHT = {"id": re.compile("[a-z0-9-]+"), "text": re.compile(r"\D*(?:911|988|\d{5,6}|\d{10})\D*"),
         "trafficking": re.compile("yes")}  # fmt: skip
tried: Counter[str] = Counter()


@pytest.fixture(scope="module")
def told(guide: model.Guide, memory: Memory) -> Callable[[str], list[str]]:
    """Read a county's file; give what is told of it, place and message."""

    def problems(text: str) -> list[str]:
        found = read_listings("mo/cole", "data/resources/mo/cole.yaml", text.encode("utf-8", "surrogatepass"), memory.vocabularies)
        tried["read"] += 1
        assert all(problem.line >= 1 and "\n" not in str(problem) and unseen(str(problem)) is None for problem in found.problems)
        return [f"{problem.where}: {problem.message}" for problem in found.problems]

    return problems


def written(listing: object) -> str:
    return f"listings:\n  - {as_yaml(listing)}\n"


def test_the_listing_of_these_tests_has_every_field_and_is_right(told):
    assert set(LISTING) == {field.key for field in fields_of(model.Listing)}
    assert len(PLACES) >= 30
    assert told(written(LISTING)) == []


@pytest.mark.parametrize("path", TEXTS, ids=map(name_of, TEXTS))
def test_a_text_takes_what_can_be_shown_and_refuses_what_cannot_be_seen(told, path):
    taken = [text for text in SHOWN if told(written(put(LISTING, path, text)))]
    refused = [text for text in REFUSED if not told(written(put(LISTING, path, text)))]
    assert (taken, refused) == ([], [])


@pytest.mark.parametrize("path", [path for path, kind in PLACES.items() if kind is kinds.URL], ids=name_of)
def test_a_link_takes_what_leads_where_it_says_and_refuses_the_rest(told, path):
    taken = [text for text in GOOD_URLS if told(written(put(LISTING, path, text)))]
    refused = [text for text in BAD_URLS if not told(written(put(LISTING, path, text)))]
    assert (taken, refused) == ([], [])


def test_an_email_takes_one_address_and_nothing_behind_it(told):
    assert [text for text in BAD_EMAILS if not told(written(put(LISTING, ("email",), text)))] == []


@pytest.mark.parametrize("path", NARROW, ids=map(name_of, NARROW))
def test_any_other_field_takes_none_of_it_and_says_where(told, path):
    for text in [*SHOWN, *REFUSED, *BAD_URLS]:
        problems = told(written(put(LISTING, path, text)))
        assert problems or RIGHT.get(path[-1], re.compile("(?!)")).fullmatch(shown(text)), text
        told_above = text in ("\ufffe", "\uffff", "\ud800", "\udfff") or path[-1] == "visibility"
        assert all(problem.startswith(name_of(path)) or told_above for problem in problems), problems


@pytest.mark.parametrize("path", PLACES, ids=map(name_of, PLACES))
def test_hostile_yaml_without_quotes_is_read_or_told(told, path):
    marker = "Qqzmarker"
    whole = written(put(LISTING, path, marker))
    for text in [*YAML, *HTML, *PROGRAMS, *TABLES, *REFUSED]:
        told(whole.replace(f'"{marker}"', text))
        told(whole.replace(f'"{marker}"', f"'{text}'"))


def test_thousands_of_injections_were_tried():
    assert tried["read"] > 10_000, tried
