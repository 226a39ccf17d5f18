"""Facts as people write them in a line → as the data hold them: phones, addresses, dates, sources.

Each value is read by its kind (`guide/kinds.py`); a `ValueError` says in the same words what is wrong with it.
"""

from __future__ import annotations

import re

from msgspec import Struct

from guide.editing.document import Plain
from guide.editing.plain_hours import read_plain_hours
from guide.kinds import PhoneNumber, read_day, read_partial_date, read_phone, read_text, read_url, read_zip

_AMERICAN = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_LAST_ZIP = re.compile(r"[, ]*\b(\d{5}(?:-\d{4})?)$")
_LAST_STATE = re.compile(r"[, ]+(?:MO|Mo\.|Missouri|IL|Ill\.|Illinois)$")


class PhoneLine(Struct, frozen=True):
    """A phone as it is written: number, what it is for, when it is answered; empty where that is not said."""

    number: PhoneNumber
    label: str = ""
    hours: str = ""

    @property
    def plain(self) -> dict[str, Plain]:
        """The phone as an editor writes it into a file."""
        told = {"number": written_number(self.number), "label": self.label, "hours": self.hours}
        return {key: value for key, value in told.items() if value}


def read_phone_line(text: str) -> PhoneLine:
    """Read `573-634-4911, 24-hour line, 24/7`: what stands behind the number may be left out."""
    parts = [part.strip() for part in text.split(",")]
    number, used = _number(parts)
    rest = parts[used:]
    for start in range(len(rest)):  # hours may hold commas themselves, so the longest end that reads as hours
        try:
            hours = str(read_plain_hours(", ".join(rest[start:])))
        except ValueError:
            continue
        return PhoneLine(number, ", ".join(rest[:start]), hours)
    return PhoneLine(number, ", ".join(filter(None, rest)))


def _number(parts: list[str]) -> tuple[PhoneNumber, int]:
    if len(parts) > 1:
        try:
            return read_phone(", ".join(parts[:2])), 2  # '573-634-4911, ext. 12'
        except ValueError:
            pass
    return read_phone(parts[0]), 1


def written_number(number: PhoneNumber) -> str:
    """Write a number as it stands in the files: `573-634-4911 x12`."""
    return str(PhoneNumber(number.digits)) + (f" x{number.extension}" if number.extension else "")


class Address(Struct, frozen=True):
    """An address, or a city alone."""

    street: str
    city: str
    zip: str


def read_address(text: str) -> Address:
    """Read `301 East High Street, Jefferson City, MO 65101`, in one line or several, or a city alone.

    Raises `ValueError`; its words do not repeat what was written.
    """
    line = ", ".join(part.strip(" ,") for part in text.split("\n") if part.strip(" ,")).rstrip(". ")
    found = _LAST_ZIP.search(line)
    code = read_zip(found[1]) if found else ""
    rest = _LAST_STATE.sub("", line[: found.start()] if found else line)
    street, _, city = rest.rpartition(",")
    if not city.strip() or re.search(r"\d", city) or (code and not street):
        raise ValueError("write it like 301 East High Street, Jefferson City, MO 65101; or the city alone")
    return Address(" ".join(street.split()), " ".join(city.split()), code)


def read_plain_day(text: str) -> str:
    """Read a whole date, `2026-11-24` or, as it is written here, `11/24/2026`; give it as the files write it."""
    return str(read_day(_in_order(text)))


def read_plain_date(text: str) -> str:
    """Read a date as exact as it is known: `2026`, `2026-11`, `2026-11-24` or `11/24/2026`."""
    return str(read_partial_date(_in_order(text)))


def _in_order(text: str) -> str:
    if found := _AMERICAN.fullmatch(text):
        month, day, year = found.groups()
        return f"{year}-{month:0>2}-{day:0>2}"
    return text


def read_source(text: str) -> dict[str, Plain]:
    """Read where a fact is from: the address of a page, or what it is in words."""
    if re.match(r"(?:https?:|www\.)", text, re.IGNORECASE):
        return {"url": read_url(text)}
    return {"title": read_text(text)}
