"""Data for the search in as few bytes as will do: numbers as printable signs, facts in columns.

Texts stay as they are written, so that whoever looks through the site's files finds them. What a listing's other facts
tell already is left out: `templates/assets/search/packed.js` makes each whole again.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any

from guide.loading import STATES
from guide.model import AreaPlace, Listing, PublicPlace
from guide.shared import Shared

_LAST = 64
SIGNS = "".join(chr(code) for code in range(33, 127) if chr(code) not in "\"'\\<")
"""The signs of a number: the first 64 end it, the others stand before these; none needs an escape in a script."""
_MORE = len(SIGNS) - _LAST


def script_json(data: Any) -> str:
    """Write data as JSON that can stand in a script, in ASCII."""
    return json.dumps(data, ensure_ascii=True, separators=(",", ":")).replace("</", "<\\/")


def packed(numbers: Iterable[int]) -> str:
    """Write numbers from 0 up in a row; one below 64 is one sign."""
    return "".join(map(_number, numbers))


@lru_cache(maxsize=65_536)
def _number(number: int) -> str:
    signs = SIGNS[number % _LAST]
    number //= _LAST
    while number:
        signs = SIGNS[_LAST + number % _MORE] + signs
        number //= _MORE
    return signs


def lists(some: Iterable[Iterable[int]]) -> str:
    """Write lists of numbers, with spaces between them."""
    return " ".join(map(packed, some))


def gaps(numbers: Iterable[int]) -> list[int]:
    """Give how much greater each number is than the one before it and one more: 3, 4, 9 → 3, 0, 4."""
    found, after = [], 0
    for number in numbers:
        found.append(number - after)
        after = number + 1
    return found


def in_order(shared: Shared) -> dict[str, list[str]]:
    """List the ids that a listing's facts are told by, each by its place here."""
    guide = shared.guide
    regions = (region.id for region in guide.regions.regions)
    return {
        "areas": [*(county.id for county in guide.counties), *regions, *STATES, "us"],
        "services": [service.id for group in guide.groups for service in group.services],
        "people": [term.id for term in guide.people],
        "languages": [term.id for term in guide.languages],
    }


def columns(listings: Sequence[Listing], shared: Shared) -> dict[str, Any]:
    """Give what results show of listings and find them by: one list for each fact, and nothing that a page does not show."""
    place = {name: {one: at for at, one in enumerate(ids)} for name, ids in in_order(shared).items()}

    def numbered(name: str, ids: Callable[[Listing], Iterable[str]]) -> str:
        return lists([place[name][one] for one in ids(listing)] for listing in listings)

    phones = [phone for listing in listings for phone in listing.phones]
    return {
        "name": [listing.name for listing in listings],
        "id": [_rest_of_id(listing) for listing in listings],
        "known": _some(listings, lambda one: list(one.also_known_as)),
        "what": [listing.summary for listing in listings],
        "city": [_city(listing) for listing in listings],
        "area": numbered("areas", lambda one: (one.area,)),
        "serves": numbered("areas", lambda one: one.serves),
        "services": numbered("services", lambda one: one.services),
        "people": numbered("people", lambda one: one.people),
        "languages": numbered("languages", lambda one: one.languages),
        "flags": packed(_flags(listing) for listing in listings),
        "calls": packed(len(listing.phones) for listing in listings),
        "phones": [str(phone.number) for phone in phones],
        "labels": [phone.label or "" for phone in phones],
        "hours": [phone.hours.words if phone.hours else "" for phone in phones],
        "text": _some(listings, lambda one: one.text and [one.text.words, one.text.link]),
        "website": _some(listings, lambda one: None if one.phones or one.text else one.website),  # only they show it
        "confirmed": _some(listings, lambda one: one.confirmed and [
            str(one.confirmed.on), one.confirmed.on.words, one.confirmed.how]),
        "newest": [listing.newest_source.words if listing.newest_source else "" for listing in listings],
    }  # fmt: skip


def _some(listings: Sequence[Listing], of: Callable[[Listing], Any]) -> dict[str, Any]:
    """Tell what only some listings have, by their places."""
    return {str(at): found for at, listing in enumerate(listings) if (found := of(listing))}


def _flags(listing: Listing) -> int:
    """Tell yes or no of three facts, each in a bit of its own."""
    facts = (listing.trafficking, listing.answers_all_day, listing.is_crisis_line)
    return sum(1 << place for place, fact in enumerate(facts) if fact)


def _city(listing: Listing) -> str:
    return (listing.location.city or "") if isinstance(listing.location, PublicPlace | AreaPlace) else ""


def _rest_of_id(listing: Listing) -> str:
    """Give what the id has after the name: ``, `-salem`; or all of it, where it does not begin as the name does."""
    return after(slug(listing.name), listing.id)


def after(start: str | None, text: str) -> str:
    """Leave out what a text begins with, where nothing follows or a hyphen does; else give it whole."""
    if start and text.startswith(start) and text[len(start) : len(start) + 1] in ("", "-"):
        return text[len(start) :]
    return text


def slug(name: str) -> str | None:
    """Make of a name what an id usually is; None where the browser might read the letters otherwise."""
    plain = name.replace("\u2019", "").replace("'", "").lower()
    return re.sub("[^a-z0-9]+", "-", plain).strip("-") if plain.isascii() else None

