"""The index that the browser puts together is Lunr's: it answers as lunr.py's own would, and knows every stem."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from looking import Way
from playwright.sync_api import Browser, Page

from guide.model import Guide
from guide.searching import count_words
from guide.words import words
from tools.relevance import read_queries

ROUNDING = 0.002
_CATCH = """() => new Promise((answer) => {
  const field = document.getElementById("q"), box = document.getElementById("results");
  const look = () => {
    if (box.dataset.state !== "ready") return setTimeout(look, 1);
    const rank = guide.rank;
    guide.rank = (asked, library, core, chosen) => { window.caught = library; return rank(asked, library, core, chosen); };
    field.value = "shelter";
    field.dispatchEvent(new Event("input", { bubbles: true }));
    answer(caught.listings.length);
  };
  field.focus();
  field.value = "help";
  field.dispatchEvent(new Event("input", { bubbles: true }));
  look();
})"""
_ASK = """([serialized, queries]) => {
  const whole = lunr.Index.load(serialized);
  return queries.map((words) => [
    caught.ask(words).map((one) => [caught.listings[one.at].id, one.score]),
    whole.query((query) => words.forEach(([word, boost]) => query.term(word, { boost: boost, usePipeline: false })))
         .map((one) => [one.ref, one.score])
  ]);
}"""


@pytest.fixture(scope="module")
def page(folder: Way, browser: Browser, guide: Guide) -> Iterator[Page]:
    """A page on which the whole index has been put together, and caught."""
    page = browser.new_page()
    page.goto(folder("index.html"))
    assert page.evaluate(_CATCH) == len(guide.listings)
    yield page
    page.close()


@pytest.fixture(scope="module")
def serialized(guide: Guide) -> Any:
    """lunr.py's own index of all listings."""
    return count_words(guide.listings, guide.spelling).build().serialize()


def agree(ours: list[list[Any]], theirs: list[list[Any]]) -> bool:
    """Tell whether two answers hold the same listings in the same order with the same scores, but for rounding."""
    other = dict(theirs)
    if dict(ours).keys() != other.keys() or any(abs(score - other[one]) > ROUNDING for one, score in ours):
        return False
    return all(other[one] >= other[after] - ROUNDING for (one, _), (after, _) in pairwise(ours))


def test_every_word_finds_what_it_finds_in_the_index_of_lunr(page: Page, serialized: Any):
    known = [term for term, _ in serialized["invertedIndex"]]
    answers = page.evaluate(_ASK, [serialized, [[[word, 1]] for word in known]])
    assert len(known) > 1000
    assert [word for word, pair in zip(known, answers, strict=True) if not pair[1] or not agree(*pair)] == []


def test_whole_queries_find_what_they_find_in_the_index_of_lunr(page: Page, serialized: Any, guide: Guide):
    known = {term for term, _ in serialized["invertedIndex"]}
    asked = [[[word, 10 - place] for place, word in enumerate(dict.fromkeys(words(query.text, guide.spelling))) if word in known][:9]
             for query in read_queries()]  # fmt: skip
    queries = [query for query in asked if len(query) > 1]
    answers = page.evaluate(_ASK, [serialized, queries])
    assert len(queries) > 200
    assert [query for query, pair in zip(queries, answers, strict=True) if not agree(*pair)] == []


def test_no_stem_is_missed(page: Page, serialized: Any):
    """Words of one stem are looked for among those that begin alike: all pairs of the index are compared here."""
    known = [term for term, _ in serialized["invertedIndex"]]
    missed = page.evaluate("""(words) => {
      const byStem = new Map();
      words.forEach((word) => byStem.set(guide.stem(word), (byStem.get(guide.stem(word)) || []).concat(word)));
      return words.filter((word) => {
        const found = new Set(caught.relatives(word, false, true).map((one) => one[0]));
        return byStem.get(guide.stem(word)).some((other) => !found.has(other));
      });
    }""", known)  # fmt: skip
    assert missed == []


def test_a_stem_begins_as_its_word_does(page: Page, serialized: Any):
    known = [term for term, _ in serialized["invertedIndex"]]
    assert page.evaluate("(words) => words.filter((word) => guide.stem(word).slice(0, 2) !== word.slice(0, 2))", known) == []


def test_it_is_an_index_of_lunr(page: Page):
    assert page.evaluate("() => { let made = 0; const query = lunr.Index.prototype.query; lunr.Index.prototype.query = function (fn) { made++; return query.call(this, fn); };"
                         " caught.ask([['shelter', 1]]); lunr.Index.prototype.query = query; return made; }") == 1
