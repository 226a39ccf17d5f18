"""Hours as people write them → OpenStreetMap's syntax: 'Monday to Friday, 8 am to 5 pm' → `Mo-Fr 08:00-17:00`.

What could mean two things is refused: nobody knows whether '8 to 5' ends in the afternoon.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct, field

from guide.kinds import Hours, read_hours

_ALWAYS = re.compile(r"(?:24/7|(?:24 hours|around the clock|day and night)(?:,? (?:a day|every day|daily))?"
                     r"(?:,? (?:7|seven) days(?: a week)?)?)")  # fmt: skip
_DAYS = {"m": "Mo", "w": "We", "f": "Fr", "mo": "Mo", "tu": "Tu", "we": "We", "th": "Th", "fr": "Fr", "sa": "Sa",
         "su": "Su"}  # fmt: skip
_SETS = {"every day": "Mo-Su", "everyday": "Mo-Su", "daily": "Mo-Su", "weekdays": "Mo-Fr", "weekends": "Sa-Su",
         "holidays": "PH"}  # fmt: skip
_TOKEN = re.compile(
    r"(?P<set>every ?day|daily|weekdays|weekends|holidays)\b|"
    r"(?P<day>mon(?:day)?s?|tue(?:s(?:day)?)?s?|wed(?:nesday)?s?|thu(?:r(?:s(?:day)?)?)?s?|fri(?:day)?s?|sat(?:urday)?s?|"
    r"sun(?:day)?s?|mo|tu|we|th|fr|sa|su|[mwf])\b\.?|"
    r"(?P<time>\d{1,2}(?::\d{2})? ?(?:am|pm)?\b|noon\b|midnight\b)|"
    r"(?P<to>-|to\b|through\b|thru\b|until\b|till?\b)|(?P<and>[,;&]|and\b)|(?P<shut>closed\b|off\b)|"
    r"(?P<idle>from\b|open\b|at\b|:)"
)
_ONE_DIGIT = re.compile(r"(?<!\d)\d:\d\d")
"""An hour as a clock of twelve hours shows it; OpenStreetMap's syntax would take 9:00-5:00 for a night."""
_LONGEST = 200
_HELP = "write it like 24/7, Mo-Fr 08:00-17:00, or Monday to Friday, 8 am to 5 pm"


class _Rule(Struct):
    days: str = ""
    times: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return f"{self.days} {','.join(self.times)}".strip()


def read_plain_hours(text: str) -> Hours:
    """Read hours in either way of writing; `ValueError` where they cannot be read, or could mean two things."""
    words = " ".join(text.split())
    try:
        if len(words) > _LONGEST or not _ONE_DIGIT.search(words):
            return read_hours(words)
    except ValueError:
        if len(words) > _LONGEST:
            raise
    plain = re.sub(r"\b([ap])\.? ?m\b\.?", r"\1m", re.sub("[\u2010-\u2015\u2212]", "-", words.lower())).rstrip(". ")
    if _ALWAYS.fullmatch(plain):
        return read_hours("24/7")
    try:
        rules = "; ".join(map(str, _Reading(plain).rules()))
    except ValueError as error:
        raise ValueError(f"'{words}' cannot be read as hours{error}; {_HELP}") from None
    return read_hours(rules)


class _Reading:
    """Takes the words apart. Its errors begin with what is to be said behind 'cannot be read as hours'."""

    def __init__(self, plain: str) -> None:
        self.tokens = list(_tokens(plain))
        self.at = 0

    def rules(self) -> Iterator[_Rule]:
        if self.sort() == "time":  # '8 am to 5 pm, Monday to Friday' is one rule, told the other way round
            times = self.times()
            self.skip()
            days = self.days() if self.sort() in ("day", "set") else ""
            if self.sort():
                raise ValueError(": the days come first where there are several lines of hours")
            yield _Rule(days, times)
            return
        while self.sort():
            rule = _Rule(self.days())
            self.skip()
            rule.times = self.times()
            yield rule
            self.skip()

    def days(self) -> str:
        parts = []
        while self.sort() in ("day", "set"):
            parts.append(self.span_of_days())
            ahead = self.at
            self.skip()
            if self.sort() not in ("day", "set"):
                self.at = ahead
        if not parts:
            raise ValueError("")
        return ",".join(parts)

    def span_of_days(self) -> str:
        sort, word = self.take()
        if sort == "set":
            return _SETS[word]
        first = _DAYS[word[:2]]
        if self.sort() != "to":
            return first
        self.take()
        if self.sort() != "day":
            raise ValueError("")
        return f"{first}-{_DAYS[self.take()[1][:2]]}"

    def times(self) -> list[str]:
        if self.sort() == "shut":
            self.take()
            return ["off"]
        spans: list[str] = []
        while self.sort() == "time":
            start = self.take()[1]
            if self.sort() != "to":
                raise ValueError(": an hour has no end" if not spans else "")
            self.take()
            if self.sort() != "time":
                raise ValueError("")
            spans.append(_span(start, self.take()[1]))
            ahead = self.at
            self.skip()
            if self.sort() != "time":
                self.at = ahead
        if not spans:
            raise ValueError("")
        return spans

    def sort(self) -> str:
        return self.tokens[self.at][0] if self.at < len(self.tokens) else ""

    def take(self) -> tuple[str, str]:
        self.at += 1
        return self.tokens[self.at - 1]

    def skip(self) -> None:
        while self.sort() == "and":
            self.at += 1


def _tokens(plain: str) -> Iterator[tuple[str, str]]:
    at = 0
    while at < len(plain):
        found = _TOKEN.match(plain, at)
        if not found:
            raise ValueError("")
        if found.lastgroup and found.lastgroup != "idle":
            yield found.lastgroup, found.group().strip(" .")
        at = found.end()
        at += len(plain[at:]) - len(plain[at:].lstrip())


def _span(start: str, end: str) -> str:
    if not any(word.endswith("m") or word in ("noon", "midnight") for word in (start, end)):
        hours = [re.fullmatch(r"(\d{1,2}):(\d{2})", word) for word in (start, end)]
        if not all(hours) or not any(found and (int(found[1]) > 12 or found[1][0] == "0") for found in hours):
            raise ValueError(": write am or pm behind each hour")
        return "-".join(word.rjust(5, "0") for word in (start, end))
    return f"{_clock(start, '00:00')}-{_clock(end, '24:00')}"


def _clock(word: str, midnight: str) -> str:
    if word in ("midnight", "12am", "12 am", "12:00am", "12:00 am"):
        return midnight
    if word == "noon":
        return "12:00"
    found = re.fullmatch(r"(\d{1,2})(?::(\d{2}))? ?(am|pm)", word)
    if not found:
        raise ValueError(": write am or pm behind each hour")
    hour, minute = int(found[1]), int(found[2] or 0)
    if not 1 <= hour <= 12 or minute > 59:
        raise ValueError(f": no clock shows '{word}'")
    return f"{hour % 12 + (12 if found[3] == 'pm' else 0):02}:{minute:02}"
