"""Kinds of values: how a phone number, a date or an address is written, and what it means.

Each kind reads the text of one YAML scalar. A `ValueError` says what is wrong and what to write instead.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from msgspec import Struct

from guide.hours import Hours as Hours
from guide.hours import read_hours as read_hours
from guide.links import read_branch as read_branch
from guide.links import read_email as read_email
from guide.links import read_repository as read_repository
from guide.links import read_url as read_url


class Kind(Struct, frozen=True):
    """How one scalar is read, and the JSON Schema that describes it. `names` is a vocabulary it must stand in."""

    read: Callable[[str], Any]
    schema: Mapping[str, Any]
    names: str = ""


# Phones

SHORT_NUMBERS = {"211", "311", "511", "711", "811", "911", "988"}
_EXTENSION = re.compile(r"\s*(?:,|;)?\s*(?:extension|ext\.?|x\.?|#)\s*([0-9]{1,7})$", re.IGNORECASE)


class PhoneNumber(Struct, frozen=True, array_like=True):
    """A US phone number: ten digits, or a short number such as 988; with the extension to dial, if any."""

    digits: str
    extension: str = ""

    def __str__(self) -> str:
        digits = self.digits
        number = digits if len(digits) < 10 else f"{digits[:3]}-{digits[3:6]}-{digits[6:]}"
        return f"{number} ext. {self.extension}" if self.extension else number

    @property
    def link(self) -> str:
        """The number as a `tel:` address (RFC 3966); the comma waits before it dials the extension."""
        number = self.digits if len(self.digits) < 10 else f"+1{self.digits}"
        return f"tel:{number},{self.extension}" if self.extension else f"tel:{number}"


_AREA_CODES: set[str] = set()
"""Codes that are known to be area codes of the US."""


def know_area_codes(numbers: Iterable[PhoneNumber]) -> None:
    """Take the area codes of numbers that were read before: to ask for them again takes its time."""
    _AREA_CODES.update(number.digits[:3] for number in numbers if len(number.digits) == 10)


@cache
def _is_us_area_code(code: str) -> bool:
    if code in _AREA_CODES:
        return True
    import phonenumbers  # heavy to load; asked once per area code

    number = phonenumbers.PhoneNumber(country_code=1, national_number=int(f"{code}2345678"))
    return bool(phonenumbers.is_valid_number_for_region(number, "US"))


def read_phone(text: str) -> PhoneNumber:
    """Read a US phone number in any usual spelling."""
    extension = ""
    number = text
    if found := _EXTENSION.search(text):
        number, extension = text[: found.start()], found.group(1)
    if re.search(r"[^\W\d_]", number):
        raise ValueError(
            f"'{text}' has letters; write the digits (like 573-634-4911) and put the word into the label"
        )
    digits = re.sub(r"[\s().\-\u2010-\u2015/+]", "", number)
    if digits in SHORT_NUMBERS and not extension:
        return PhoneNumber(digits)
    if len(digits) == 11 and digits.startswith("1"):
        digits = digits[1:]
    if not re.fullmatch(r"[2-9][0-9]{2}[2-9][0-9]{6}", digits):
        raise ValueError(f"'{text}' is not a US phone number (10 digits, like 573-634-4911)")
    if not _is_us_area_code(digits[:3]):
        raise ValueError(f"'{text}' is not a US phone number ({digits[:3]} is no US area code)")
    return PhoneNumber(digits, extension)


class TextLine(Struct, frozen=True):
    """A number that takes text messages: what to read (`words`) and the number to send to."""

    words: str
    number: str

    @property
    def link(self) -> str:
        """The number as an `sms:` address (RFC 5724)."""
        return f"sms:+1{self.number}" if len(self.number) == 10 else f"sms:{self.number}"


def read_text_line(text: str) -> TextLine:
    """Read `573-433-4631`, `44357 (text SAFE)` or `START (88788)`: words around one number to text to."""
    written = [one.strip(" ().-") for one in re.findall(r"\+?[0-9][0-9().\-]*(?: [0-9().\-]+)*", text)]
    numbers = [re.sub("[^0-9]", "", one) for one in written]
    numbers = [n[1:] if len(n) == 11 and n.startswith("1") else n for n in numbers]
    good = [n for n, one in zip(numbers, written, strict=True)
            if n in SHORT_NUMBERS or re.fullmatch("[2-9][0-9]{4,5}|[2-9][0-9]{2}[- ][0-9]{3}", one)]  # fmt: skip
    for number in numbers:
        if len(number) == 10:
            good.append(read_phone(number).digits)
    if len(good) != 1:
        raise ValueError(
            f"'{text}' must name one number to text to: 10 digits, a short code of 5 or 6 digits, or 988, "
            "like 573-433-4631 or START (88788)"
        )
    return TextLine(text, good[0])


# Dates

_MONTHS = tuple(calendar.month_name)  # once: each look there asks the system's language
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


class PartialDate(Struct, frozen=True, array_like=True, order=True):
    """A date as exact as it is known: a year, a month of a year, or a day. Unknown parts are 0."""

    year: int
    month: int = 0
    day: int = 0

    def __str__(self) -> str:
        if self.day:
            return f"{self.year:04}-{self.month:02}-{self.day:02}"
        return f"{self.year:04}-{self.month:02}" if self.month else f"{self.year:04}"

    @property
    def words(self) -> str:
        """The date as one reads it: `July 13, 2022`, `July 2022` or `2022`."""
        if not self.month:
            return str(self.year)
        month = _MONTHS[self.month]
        return f"{month} {self.day}, {self.year}" if self.day else f"{month} {self.year}"

    def first_day(self) -> date:
        """The first day that the date may mean."""
        return date(self.year, self.month or 1, self.day or 1)


def read_partial_date(text: str) -> PartialDate:
    """Read `2022`, `2022-07` or `2022-07-13`."""
    found = _DATE.fullmatch(text)
    if not found:
        raise ValueError(f"'{text}' is not a date; write 2022-07-13, or 2022-07 or 2022 if no more is known")
    year, month, day = (int(part or 0) for part in found.groups())
    try:
        if year < 1900 or (found.group(2) and not month) or (found.group(3) and not day):
            raise ValueError
        date(year, month or 1, day or 1)
    except ValueError:
        raise ValueError(f"'{text}' is a date that does not exist; write year-month-day, like 2022-07-13") from None
    return PartialDate(year, month, day)


def read_day(text: str) -> PartialDate:
    """Read a whole date, `2022-07-13`."""
    day = read_partial_date(text)
    if not day.day:
        raise ValueError(f"'{text}' must be a whole date, like 2022-07-13")
    return day


# Addresses

def read_zip(text: str) -> str:
    """Read a ZIP code of five digits, with or without the four behind the dash."""
    if not re.fullmatch(r"[0-9]{5}(-[0-9]{4})?", text):
        raise ValueError(f"'{text}' is not a ZIP code (5 digits, like 65101)")
    return text


# Plain values

def read_text(text: str) -> str:
    """Read words; line breaks and runs of blanks become one blank."""
    words = " ".join(text.split())
    if not words:
        raise ValueError("is empty; fill it in, or delete the line")
    return words


_NO_FILES = {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10))}
"""Names that no file of Windows can bear: an id is the name of a page's file."""


def read_slug(text: str) -> str:
    """Read an id: lower-case letters, digits and single hyphens, at most 80 characters."""
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", text) or len(text) > 80:
        raise ValueError(f"'{text}' is not an id: use lower-case letters, digits and single hyphens, like safe-house")
    if text in _NO_FILES:
        raise ValueError(f"'{text}' is not an id: Windows has no file of that name; add a word, like {text}-center")
    return text


def read_yes_no(text: str) -> bool:
    """Read true or false, also written yes or no."""
    if text.lower() in ("true", "yes"):
        return True
    if text.lower() in ("false", "no"):
        return False
    raise ValueError(f"'{text}' must be true or false")


def read_number(text: str) -> int:
    """Read a whole number from 0."""
    if not re.fullmatch(r"[0-9]{1,9}", text):
        raise ValueError(f"'{text}' is not a whole number")
    return int(text)


def read_amount(text: str) -> Decimal:
    """Read a number from 0, with or without decimals: 422, 82.7."""
    if not re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,3})?", text):
        raise ValueError(f"'{text}' is not a number like 422 or 82.7 (no commas, no percent sign)")
    return Decimal(text)


def read_fips(text: str) -> str:
    """Read a county FIPS code: five digits (https://www.census.gov/library/reference/code-lists/ansi.html)."""
    if not re.fullmatch(r"[0-9]{5}", text):
        raise ValueError(f"'{text}' is not a county FIPS code (5 digits, like 29051)")
    return text


def read_county(text: str) -> str:
    """Read a county's id: its state and its name, `mo/cole`."""
    if not re.fullmatch(r"(mo|il)/[a-z0-9]+(-[a-z0-9]+)*", text) or len(text) > 80:
        raise ValueError(f"'{text}' is not a county's id: write the state and the name, like mo/cole")
    return text


def one_of(*choices: str) -> Kind:
    """Make the kind that is one of a few words."""

    def read(text: str) -> str:
        if text not in choices:
            raise ValueError(f"'{text}' must be one of: {', '.join(choices)}")
        return text

    return Kind(read, {"enum": list(choices)})


def name_of(vocabulary: str) -> Kind:
    """Make the kind that names an entry of a vocabulary: a service, a person served, a county."""
    return Kind(str, {"$ref": f"#/$defs/{vocabulary}"}, names=vocabulary)


# a schema sees what YAML makes of a text without quotes: 65101 is a number there, `no` is false
_TEXT_OR_NUMBER = ["string", "integer"]
_ANY_TEXT = ["string", "number", "boolean"]
TEXT = Kind(read_text, {"type": _ANY_TEXT, "minLength": 1})
SLUG = Kind(read_slug, {"type": _TEXT_OR_NUMBER, "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$", "maxLength": 80})
PHONE = Kind(read_phone, {"type": _TEXT_OR_NUMBER, "examples": ["573-634-4911", "988"]})
TEXT_LINE = Kind(read_text_line, {"type": _TEXT_OR_NUMBER, "examples": ["START (88788)"]})
PARTIAL_DATE = Kind(read_partial_date, {
    "type": _TEXT_OR_NUMBER, "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$", "minimum": 1900, "maximum": 9999,
    "examples": ["2022-07-13", "2022-07", "2022"],
})  # fmt: skip
DAY = Kind(read_day, {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "examples": ["2022-07-13"]})
HOURS = Kind(read_hours, {"type": "string", "examples": ["24/7", "Mo-Fr 08:00-17:00"]})
URL = Kind(read_url, {"type": "string", "pattern": "^[Hh][Tt][Tt][Pp][Ss]?://", "examples": ["https://www.example.org/"]})
REPOSITORY = Kind(read_repository, {"type": "string", "format": "uri", "examples": ["https://github.com/owner/name"]})
BRANCH = Kind(read_branch, {"type": "string", "examples": ["main"]})
EMAIL = Kind(read_email, {"type": "string", "format": "email", "examples": ["name@example.org"]})
ZIP = Kind(read_zip, {"type": _TEXT_OR_NUMBER, "examples": ["65101"]})
YES_NO = Kind(read_yes_no, {
    "type": ["boolean", "string"], "pattern": "^([Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee]|[Yy][Ee][Ss]|[Nn][Oo])$",
})  # fmt: skip
NUMBER = Kind(read_number, {"type": "integer", "minimum": 0})
AMOUNT = Kind(read_amount, {"type": "number", "minimum": 0})
FIPS = Kind(read_fips, {"type": _TEXT_OR_NUMBER, "pattern": "^[0-9]{5}$"})
COUNTY = Kind(read_county, {"type": "string", "pattern": "^(mo|il)/[a-z0-9]+(-[a-z0-9]+)*$"})
