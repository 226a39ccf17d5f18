"""How the search reads words, in the build; tests/browser/test_search_words.py holds the browser to the same."""

from __future__ import annotations

import pytest

from guide.words import indexed_words, plain, words

SAME = {"st": "saint", "ste": "sainte", "healthcare": "health care"}


@pytest.mark.parametrize(
    ("text", "read"),
    [
        pytest.param("Women's Safe House", ["women", "safe", "house"], id="a possessive"),
        pytest.param("Lydia\u2019s House", ["lydia", "house"], id="a curly apostrophe"),
        pytest.param("Sheriffs' Association", ["sheriffs", "association"], id="a plural possessive"),
        pytest.param("O\u02bcFallon, O'Fallon", ["ofallon", "ofallon"], id="an apostrophe inside"),
        pytest.param("caf\u00e9 INFORMACI\u00d3N inmigracio\u0301n", ["cafe", "informacion", "inmigracion"], id="accents"),
        pytest.param("T-visa", ["t", "visa"], id="a hyphen"),
        pytest.param("drop\u2013in\u2014now", ["drop", "in", "now"], id="dashes"),
        pytest.param("24/7 or 24 / 7", ["247", "or", "247"], id="24/7"),
        pytest.param("U.S. and L.S.E.M.", ["us", "and", "lsem"], id="initials with dots"),
        pytest.param("St. Louis, Ste. Genevieve", ["saint", "louis", "sainte", "genevieve"], id="St. and Ste."),
        pytest.param("healthcare", ["health", "care"], id="one word that is read as two"),
        pytest.param("LGBTQ+ (SANE)", ["lgbtq", "sane"], id="signs around acronyms"),
        pytest.param("\uff33\uff21\uff2e\uff25 \ufb01nd \u2460", ["sane", "find", "1"], id="wide letters, ligatures and circles"),
        pytest.param("\u4e2d\u6587 \u0627\u0644\u0639\u0631\u0628\u064a\u0629", ["\u4e2d\u6587", "\u0627\u0644\u0639\u0631\u0628\u064a\u0629"],
                     id="other scripts"),
        pytest.param("_a_b_", ["a", "b"], id="underscores"),
        pytest.param("foo:bar +must -not *wild~1 ^9", ["foo", "bar", "must", "not", "wild", "1", "9"], id="the signs of a query language"),
        pytest.param(" \n\t\U0001f198 ", [], id="no word at all"),
    ],
)  # fmt: skip
def test_words_are_read_alike_however_they_are_written(text, read):
    assert words(text, SAME) == read


def test_a_word_with_a_hyphen_is_also_found_as_one():
    assert indexed_words(["Drop-in center"], {}) == ["drop", "in", "center", "dropin"]


def test_what_is_plain_stays_so():
    assert plain(plain("St. Mary\u2019s Caf\u00e9 24/7")) == plain("St. Mary\u2019s Caf\u00e9 24/7")
