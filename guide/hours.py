"""Opening hours: read in OpenStreetMap's syntax, told in plain words."""

from __future__ import annotations

import re
from functools import cache

from msgspec import Struct

_DAYS = {"Mo": "Monday", "Tu": "Tuesday", "We": "Wednesday", "Th": "Thursday", "Fr": "Friday",
         "Sa": "Saturday", "Su": "Sunday", "PH": "holidays"}  # fmt: skip
_DAY_RULE = re.compile(r"(?:((?:Mo|Tu|We|Th|Fr|Sa|Su|PH)(?:[-,](?:Mo|Tu|We|Th|Fr|Sa|Su|PH))*) ?)?(.*)")
_SPAN = re.compile(r"(\d{2}):(\d{2})-(\d{2}):(\d{2})", re.ASCII)


class Hours(Struct, frozen=True):
    """Opening hours in OpenStreetMap's syntax (https://wiki.openstreetmap.org/wiki/Key:opening_hours)."""

    text: str

    def __str__(self) -> str:
        return self.text

    @property
    def all_day(self) -> bool:
        """Open at any hour of any day."""
        return self.text == "24/7"

    @property
    def words(self) -> str:
        """The hours in plain words; as written where our words do not reach."""
        if self.all_day:
            return "24 hours a day"
        try:
            return "; ".join(_rule_in_words(rule.strip()) for rule in self.text.split(";"))
        except ValueError:
            return self.text


def _rule_in_words(rule: str) -> str:
    found = _DAY_RULE.fullmatch(rule)
    if not found:
        raise ValueError(rule)
    days, times = found.groups()
    shut = times in ("off", "closed")
    spans = "closed" if shut else " and ".join(_span_in_words(span.strip()) for span in times.split(","))
    if not days:
        return f"every day, {spans}"
    return f"{_days_in_words(days)}, {spans}"


def _days_in_words(days: str) -> str:
    if days == "Mo-Su":
        return "every day"
    ranges = [" to ".join(_DAYS[day] for day in part.split("-")) for part in days.split(",")]
    return " and ".join([", ".join(ranges[:-1]), ranges[-1]] if len(ranges) > 1 else ranges)


def _span_in_words(span: str) -> str:
    found = _SPAN.fullmatch(span)
    if not found:
        raise ValueError(span)
    opens_hour, opens_minute, closes_hour, closes_minute = map(int, found.groups())
    if (opens_hour, closes_hour, opens_minute, closes_minute) == (0, 24, 0, 0):
        return "24 hours"
    return f"{_clock(opens_hour, opens_minute)} to {_clock(closes_hour, closes_minute)}"


def _clock(hour: int, minute: int) -> str:
    if minute == 0 and hour in (0, 24):
        return "midnight"
    if minute == 0 and hour == 12:
        return "noon"
    minutes = f":{minute:02}" if minute else ""
    return f"{(hour - 1) % 12 + 1}{minutes} {'am' if hour % 24 < 12 else 'pm'}"


@cache
def read_hours(text: str) -> Hours:
    """Read opening hours; `ValueError` where they are not in OpenStreetMap's syntax."""
    if text == "24/7":
        return Hours(text)
    if len(text) > 200:
        raise ValueError("hours are a short line, like Mo-Fr 08:00-17:00; what else there is to say stands in how_to_refer")
    import opening_hours

    if not opening_hours.validate(text):
        raise ValueError(
            f"'{text}' is not written as hours; write 24/7, Mo-Fr 08:00-17:00, "
            "or Mo-Th 09:00-17:00; Fr 09:00-12:00"
        )
    return Hours(text)
