"""The browser reads words as the build does: an index is of no use where they differ."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from looking import Way
from playwright.sync_api import Page

from guide.model import Guide
from guide.words import words

SAME = {"st": "saint", "healthcare": "health care"}


@pytest.fixture(scope="module")
def reader(folder: Way, browser) -> Page:
    """A page in which the search's scripts are loaded."""
    page = browser.new_page()
    page.goto(folder("search.html"))
    page.focus("#q")
    page.wait_for_function("() => Boolean(window.guide.makeLibrary && window.lunr)")
    yield page
    page.close()


def read(page: Page, texts: list[str], same: dict[str, str]) -> list[list[str]]:
    return page.evaluate("([texts, same]) => texts.map((text) => guide.words(text, same))", [texts, same])


def test_every_text_of_the_data_is_read_alike(reader: Page, guide: Guide):
    texts = [text for one in guide.listings for text in (one.name, *one.also_known_as, one.summary, one.eligibility or "", one.fees or "",
                                                         one.how_to_refer or "", *(phone.label or "" for phone in one.phones))]  # fmt: skip
    texts += [word for group in guide.groups for service in group.services for word in (service.label, service.line, *service.words)]
    texts += [word for term in (*guide.people, *guide.languages) for word in (term.label, *term.words)]
    texts += [name for place in guide.zip_codes for name in (place.city, *place.also_known_as)]
    texts += [county.full_name for county in guide.counties] + [place.name for place in guide.search.places]
    same = dict(guide.spelling)
    assert read(reader, texts, same) == [words(text, same) for text in texts]


SIGNS = st.characters(max_codepoint=0x17F) | st.sampled_from("'\u2019\u2018`\u00b4-\u2013.,/24 7sST\u0301\u00f1\ufb01\uff21")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(texts=st.lists(st.text(SIGNS, max_size=40), min_size=20, max_size=20))
def test_any_text_is_read_alike(reader: Page, texts: list[str]):
    assert read(reader, texts, SAME) == [words(text, SAME) for text in texts]


@pytest.mark.parametrize(
    ("one", "other", "most", "typos"),
    [
        pytest.param("shelter", "shelter", 2, 0, id="the same"),
        pytest.param("sheltr", "shelter", 2, 1, id="a letter left out"),
        pytest.param("sheltter", "shelter", 2, 1, id="a letter too many"),
        pytest.param("shalter", "shelter", 2, 1, id="another letter"),
        pytest.param("shetler", "shelter", 2, 1, id="two letters swapped"),
        pytest.param("sheletr", "shelter", 2, 1, id="two letters swapped near the end"),
        pytest.param("traficing", "trafficking", 2, 2, id="two typos"),
        pytest.param("lawyer", "shelter", 2, 3, id="another word: more than the most"),
        pytest.param("a", "abcdef", 1, 2, id="far too short"),
    ],
)
def test_typos_are_counted(reader: Page, one: str, other: str, most: int, typos: int):
    assert reader.evaluate("([one, other, most]) => guide.typos(one, other, most)", [one, other, most]) == typos


@pytest.mark.parametrize(("word", "allowed"), [("visa", 0), ("house", 1), ("shelters", 1), ("shelterss", 2), ("63701", 0)])
def test_one_typo_from_five_letters_and_two_from_nine(reader: Page, word: str, allowed: int):
    assert reader.evaluate("(word) => guide.typosAllowed(word)", word) == allowed
