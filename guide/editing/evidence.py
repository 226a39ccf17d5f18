"""How the author of a form knows: the source that a listing then names, and whether the provider was asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from msgspec import Struct

from guide.editing.choices import ASKED, ASKED_ALL, ONLY
from guide.editing.document import Document, Plain
from guide.editing.forms import Answers, FormError, Unchanged
from guide.editing.plain_facts import read_plain_date, read_plain_day, read_source
from guide.kinds import read_day
from guide.model import Listing

T = TypeVar("T")
_ASKED_OF = {"phone": "The provider, by phone", "email": "The provider, by email", "visit": "The provider, on a visit",
             "website": "The provider's own website", ONLY: "The provider"}  # fmt: skip
"""What stands as the source where somebody asked and named none."""


class Asked(Struct, frozen=True):
    """Somebody asked the provider: on which day, and how (a `how` of confirmations, or `only` about one fact)."""

    on: str
    how: str

    @property
    def confirms(self) -> bool:
        """All was right."""
        return self.how != ONLY

    @property
    def source(self) -> dict[str, Plain]:
        """What the listing names as its source."""
        return {"title": _ASKED_OF[self.how], "published": self.on}


def asked(answers: Answers) -> Asked | None:
    """Read whether the author asked the provider; None where not. Raises `FormError`."""
    how = {**ASKED, **ASKED_ALL}[answers.text("asked")]
    if how and not answers.text("asked_on"):
        raise FormError([answers.fault("asked_on", "Write the day on which you asked, like 2026-11-24.")])
    if answers.text("asked_on") and not how:
        raise FormError([answers.fault("asked", "You wrote the day on which you asked, and chose here that you did not ask. "
                                                "Which of the two is right?")])  # fmt: skip
    return Asked(value_of(answers, "asked_on", read_plain_day), how) if how else None


def source(answers: Answers, asked: Asked | None = None) -> dict[str, Plain]:
    """Read where it is from; one who asked the provider needs no other source. Raises `FormError`."""
    if answers.text("source"):
        told = value_of(answers, "source", read_source)
        return told | ({"published": value_of(answers, "published", read_plain_date)} if answers.text("published") else {})
    if not asked:
        raise FormError([answers.fault("source", "Write where you know it from: the address of a web page, or what it is. "
                                                 "The guide shows nothing that has no source.")])  # fmt: skip
    return asked.source


def value_of(answers: Answers, field: str, read: Callable[[str], T]) -> T:
    """Read an answer. Raises `FormError`."""
    try:
        return read(answers.text(field))
    except ValueError as error:
        raise FormError([answers.fault(field, str(error))]) from None


def add_source(document: Document, listing_id: str, told: Mapping[str, Plain], supports: str) -> None:
    """Add where a fact is from; a source that is listed already supports one fact more."""
    sources = document.listing(listing_id)["sources"]
    for number, known in enumerate(sources):
        if isinstance(known, dict) and {key: value for key, value in known.items() if key != "supports"} == told:
            facts = [fact for fact in (known.get("supports"), supports) if isinstance(fact, str)]
            document.set(listing_id, ("sources", number, "supports"), ", ".join(dict.fromkeys(facts)))
            return
    document.set(listing_id, ("sources", len(sources)), {**told, "supports": supports})


def confirm(document: Document, listing: Listing, asked: Asked) -> None:
    """Note that a person confirmed a listing, unless a later day is noted already. Raises `Unchanged`."""
    known = listing.confirmed
    if known and (read_day(asked.on) < known.on or asked == Asked(str(known.on), known.how)):
        raise Unchanged(f"the listing is confirmed on {known.on} already, by {known.how}")
    document.set(listing.id, ("confirmed",), {"on": asked.on, "how": asked.how})
