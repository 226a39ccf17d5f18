"""Opening hours → days and times of a week, where a week tells them all."""

from __future__ import annotations

import re

from msgspec import Struct

from guide.hours import Hours

DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_RULE = re.compile(r"(?:((?:Mo|Tu|We|Th|Fr|Sa|Su)(?:[-,](?:Mo|Tu|We|Th|Fr|Sa|Su))*) )?([\d:,\- ]+|off|closed)", re.ASCII)
_SPAN = re.compile(r"((?:[01]\d|2[0-3]):[0-5]\d)-((?:[01]\d|2[0-3]):[0-5]\d|24:00)", re.ASCII)


class Opening(Struct, frozen=True):
    """Open on these days from one time to another: `08:00`, `24:00`. What closes before it opens goes on past midnight."""

    days: tuple[str, ...]
    opens: str
    closes: str


def weekly(hours: Hours) -> tuple[Opening, ...]:
    """Give the openings of a week, local time; none where the hours depend on holidays, seasons or anything else.

    A later rule replaces an earlier one on the days that it names (https://wiki.openstreetmap.org/wiki/Key:opening_hours).
    """
    if hours.all_day:
        return (Opening(DAYS, "00:00", "24:00"),)
    week: dict[str, tuple[tuple[str, str], ...]] = {}
    for rule in hours.text.split(";"):
        found = _RULE.fullmatch(rule.strip())
        spans = [_SPAN.fullmatch(span.strip()) for span in found[2].split(",")] if found and found[2][0].isdigit() else []
        if not found or not all(spans):
            return ()
        week |= dict.fromkeys(_days(found[1]), tuple((span[1], span[2]) for span in spans if span))
    every = dict.fromkeys(span for day in DAYS for span in week.get(day, ()))
    return tuple(Opening(tuple(day for day in DAYS if span in week.get(day, ())), *span) for span in every)


def _days(written: str | None) -> tuple[str, ...]:
    if not written:
        return DAYS
    days: list[str] = []
    for part in written.split(","):
        first, _, last = part.partition("-")
        start = DAYS.index(first)
        days += [DAYS[(start + step) % 7] for step in range((DAYS.index(last or first) - start) % 7 + 1)]
    return tuple(days)
