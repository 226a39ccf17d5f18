"""What the referral sheet in the browser is given: the facts of each listing, as words, in scripts of a few listings each.

A page from a folder may fetch nothing, but it may load a script. Which one holds a listing follows from its id alone, so a
sheet that is opened by a link needs no index.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any

from msgspec import Struct

from guide.discreet import Discreet
from guide.model import Listing, PublicPlace, WithheldPlace
from guide.packing import script_json
from guide.shared import Shared

SCRIPTS = 64
"""How many scripts hold the listings; templates/assets/sheet-page.js reckons with the same number."""
_SPANISH = {
    "Monday": "lunes", "Tuesday": "martes", "Wednesday": "miércoles", "Thursday": "jueves", "Friday": "viernes",
    "Saturday": "sábado", "Sunday": "domingo", "24 hours a day": "24 horas", "every day": "todos los días",
    "holidays": "días festivos", "to": "a", "and": "y", "noon": "mediodía", "midnight": "medianoche", "closed": "cerrado",
    "am": "a. m.", "pm": "p. m.",
}  # fmt: skip
_ENGLISH = re.compile(rf"\b(?:{'|'.join(_SPANISH)})\b")
_HOW = {"phone": "by phone", "email": "by e-mail", "visit": "by a visit", "website": "on its website"}


class Script(Struct, frozen=True):
    """One of the scripts, which is made of some listings."""

    address: str
    listings: tuple[Listing, ...]
    make: Callable[[], bytes]


def sheet_scripts(shared: Shared) -> Iterator[Script]:
    """List the scripts."""
    discreet = Discreet(shared.guide.site.telling)
    listings: dict[int, list[Listing]] = defaultdict(list)
    for listing in shared.guide.listings:
        listings[script_of(listing.id)].append(listing)

    def facts(some: Iterable[Listing]) -> bytes:
        entries = (f"{script_json(one.id)}:{script_json(_facts(one, shared, discreet))}" for one in some)
        return _script("facts", f"{{{','.join(entries)}}}")

    def words() -> bytes:
        site = shared.guide.site
        return _script("words", script_json({"telling": site.telling, "address": site.address}))

    for number in range(SCRIPTS):
        some = tuple(listings[number])
        yield Script(_address(str(number)), some, partial(facts, some))
    yield Script(_address("words"), (), words)


def script_of(listing_id: str) -> int:
    """Give the number of the script that holds a listing."""
    return sum(listing_id.encode()) % SCRIPTS


def spanish_hours(words: str) -> str:
    """Say opening hours in Spanish."""
    return _ENGLISH.sub(lambda found: _SPANISH[found[0]], words)


def _address(name: str) -> str:
    return f"assets/sheet/{name}.sheet.js"


def _facts(listing: Listing, shared: Shared, discreet: Discreet) -> dict[str, Any]:
    limits = shared.guide.site.freshness
    facts: dict[str, Any] = {
        "name": listing.name,
        "discreet": discreet.listing(listing, shared.office(listing)),
        "phones": [_phone(str(phone.number), phone.number.link, phone.label, phone.hours.words if phone.hours else None)
                   for phone in listing.phones],
        "facts": list(_rows(listing, shared)),
        "sources": [": ".join(part for part in (
            f"{source.title or source.url}, {source.published.words if source.published else 'no date'}", source.supports)
            if part) for source in listing.sources],
    }  # fmt: skip
    if listing.text:
        facts["text"] = _phone(listing.text.words, listing.text.link, None, None)
    if listing.confirmed:
        crisis = listing.is_crisis_line
        facts["confirmed"] = {
            "on": str(listing.confirmed.on),
            "words": f"Confirmed {_HOW[listing.confirmed.how]} on {listing.confirmed.on.words}",
            "due": limits.crisis_due_after if crisis else limits.due_after,
            "old": limits.crisis_old_after if crisis else limits.old_after,
        }  # fmt: skip
    elif newest := listing.newest_source:
        facts["newest"] = newest.words
    return facts


def _phone(number: str, link: str, label: str | None, hours: str | None) -> dict[str, str]:
    facts = {"number": number, "link": link, "label": label, "hours": hours, "es": spanish_hours(hours) if hours else None}
    return {name: value for name, value in facts.items() if value}


def _rows(listing: Listing, shared: Shared) -> list[tuple[str, str]]:
    names = {**shared.people, **shared.languages}
    place = listing.location
    where = shared.office(listing)
    if isinstance(place, PublicPlace) and place.street:
        where = ", ".join(part for part in (place.street, place.city, place.zip) if part)
    elif isinstance(place, WithheldPlace):
        where = f"Kept confidential or not known; {where}. Call first."
    return [
        ("How to refer", listing.how_to_refer or "Not known. Call first."),
        ("Who can be helped", listing.eligibility or "Not known. Ask."),
        ("Who it serves", ", ".join(names[one].label for one in listing.people) or "Not known. Ask."),
        ("Trafficking survivors", "Says it serves them." if listing.trafficking else "No source says so. Ask."),
        ("Kinds of help", ", ".join(shared.services[one].label for one in listing.services)),
        ("Hours", listing.hours.words if listing.hours else "Not known. Call first."),
        ("Fees", listing.fees or "Not known. Ask."),
        ("Languages", ", ".join(names[one].label for one in listing.languages) or "Not known. Ask."),
        ("Place", where),
        ("Counties", "; ".join(shared.area_name(one) for one in listing.serves) or "No source says. Ask."),
    ]  # fmt: skip


def _script(name: str, text: str) -> bytes:
    return f"guide.sheet.{name}({text});\n".encode("ascii")
