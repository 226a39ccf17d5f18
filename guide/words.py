"""How the search reads words: one table for the build and the browser (`templates/assets/search/words.js` does the same)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache

_QUOTES = str.maketrans(dict.fromkeys("\u2018\u2019\u201b\u02bc\u00b4`\u2032\uff07", "'"))
_POSSESSIVE = re.compile(r"([a-z0-9])'s(?![a-z0-9])")
_DOTTED = re.compile(r"(?<![a-z0-9])(?:[a-z]\.)+[a-z](?![a-z0-9])")
_ALL_DAY = re.compile(r"24\s*/\s*7")
_HYPHENATED = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+")
_WORD = re.compile(r"[^\W_]+")


@lru_cache(maxsize=8192)
def plain(text: str) -> str:
    """Write a text in the one way in which words are compared: no capitals, accents, apostrophes or dots in `U.S.`."""
    text = text.translate(_QUOTES)
    if not text.isascii():  # as hardly any is
        text = "".join(sign for sign in unicodedata.normalize("NFKD", text) if unicodedata.category(sign)[0] != "M")
    text = _POSSESSIVE.sub(r"\1", text.lower()).replace("'", "")
    text = _DOTTED.sub(lambda found: found.group().replace(".", ""), text)
    return _ALL_DAY.sub("247", text)


def words(text: str, same: Mapping[str, str]) -> list[str]:
    """Take a text apart into plain words; `same` gives a word's other spelling (`st` → `saint`)."""
    found: list[str] = _WORD.findall(plain(text))
    if same.keys().isdisjoint(found):  # as nearly always
        return found
    return [word for one in found for word in same.get(one, one).split(" ")]


def indexed_words(texts: Iterable[str], same: Mapping[str, str]) -> list[str]:
    """Take texts apart for the index: a word with a hyphen stands there as its parts and as one (`drop`, `in`, `dropin`)."""
    found = []
    for text in texts:
        found += words(text, same)
        found += [joined.replace("-", "") for joined in _HYPHENATED.findall(plain(text))]
    return found
