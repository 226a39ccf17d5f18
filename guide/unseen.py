"""Characters that no reader sees, or that change how others are shown: a number with one looks right and is not."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

_NOT_PLAIN = re.compile(r"[^\t\n -~]")
_SORTS = {"Cc": "a control character", "Cs": "half of a character", "Co": "a character of one font only",
          "Cn": "a character that nobody has assigned", "Zl": "", "Zp": "", "Cf": ""}  # fmt: skip
"""Categories of Unicode that no text needs: control, surrogate, private, unassigned, line ends only YAML knows, format."""
_NO_WIDTH = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0")
_LOST = frozenset("\ufffc\ufffd")
"""They stand for what a program could not read."""
_JOINERS = frozenset("\u200c\u200d")
_SELECTORS = frozenset(map(chr, [*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)]))
_MOST_MARKS = 4
"""Accents on one letter; more of them cover the lines around it."""


def unseen(text: str) -> tuple[int, str] | None:
    """Find the first such character: its place in the text, and what it is in words; None where there is none."""
    if text.isascii() and text.isprintable():
        return None
    marks, last = 0, -1
    for found in _NOT_PLAIN.finditer(text):
        sign, at = found[0], found.start()
        if _is_unseen(sign, text[at - 1 : at], text[at + 1 : at + 2]):
            return at, _in_words(text, at)
        is_mark = unicodedata.category(sign) in ("Mn", "Me")
        marks = marks * (at == last + 1) + 1 if is_mark else 0
        last = at
        if marks > _MOST_MARKS:
            return at, _in_words(text, at)
    return None


@cache
def _sort_of(sign: str) -> str:
    return unicodedata.category(sign)


def _is_unseen(sign: str, before: str, after: str) -> bool:
    if sign in _JOINERS:  # needed inside words of other scripts and in emoji; in Latin ones nothing but a trap
        return not (_may_need_joiners(before) and _may_need_joiners(after))
    if sign in _SELECTORS:
        return not _may_need_joiners(before)
    return _sort_of(sign) in _SORTS or sign in _NO_WIDTH or sign in _LOST


def _may_need_joiners(sign: str) -> bool:
    return sign > "\u0300" and (_sort_of(sign)[0] in "LMS" or sign in _SELECTORS)


def _in_words(text: str, at: int) -> str:
    sign = text[at]
    name = unicodedata.name(sign, "").lower() or _SORTS.get(_sort_of(sign)) or "it has no name"
    before = text[max(at - 20, 0) : at].rpartition("\n")[2].lstrip()
    return f"U+{ord(sign):04X}, {name}, " + (f"behind '{before}'" if before else "at the beginning")
