"""The form for a new listing → the listing as an editor would write it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from guide.editing.choices import PLACES, TRAFFICKING, names
from guide.editing.document import Plain
from guide.editing.evidence import asked, source, value_of
from guide.editing.finding import same_name
from guide.editing.forms import Answers, Fault, FormError, noting
from guide.editing.new import unused_id
from guide.editing.plain_facts import read_phone_line
from guide.editing.plain_hours import read_plain_hours
from guide.kinds import EMAIL, TEXT, TEXT_LINE, URL, ZIP
from guide.model import Guide
from guide.words import plain


def new_listing(answers: Answers, area: str, guide: Guide) -> dict[str, Plain]:
    """Write a new listing of a county, state or the nation. Raises `FormError` with all that is missing or wrong."""
    return _Writing(answers, area, guide).listing()


def chosen_names(answers: Answers, field: str, guide: Guide) -> list[str]:
    """Give the names in the data of what was chosen in a list."""
    known = names(guide)[field]
    return [known[choice] for choice in answers.many(field)]


def visibility_of(answers: Answers) -> str:
    """Say what the form lets be shown of the place."""
    return PLACES[answers.text("place")]


class _Writing:
    def __init__(self, answers: Answers, area: str, guide: Guide) -> None:
        self.answers = answers
        self.area = area
        self.guide = guide
        self.faults: list[Fault] = []

    def listing(self) -> dict[str, Plain]:
        when = None
        with noting(self.faults):
            when = asked(self.answers)
        where: dict[str, Plain] = {}
        with noting(self.faults):
            where = source(self.answers, when)
        facts: dict[str, Plain | None] = {
            "id": self.new_id(),
            "name": self.value("name", TEXT.read),
            "also_known_as": [name.strip() for name in self.answers.text("also_known_as").split(",") if name.strip()],
            "summary": self.value("summary", TEXT.read),
            "services": self.chosen("services"),
            "trafficking": TRAFFICKING[self.answers.text("trafficking")],
            "serves": self.chosen("serves"),
            "people": self.chosen("people"),
            "languages": self.chosen("languages"),
            "phones": list(self.phones()),
            "text": self.value("text", lambda text: TEXT_LINE.read(text).words),
            "email": self.value("email", EMAIL.read),
            "website": self.value("website", URL.read),
            "location": self.location(),
            "hours": self.value("hours", lambda text: str(read_plain_hours(text))),
            **{key: self.value(key, TEXT.read) for key in ("eligibility", "fees", "how_to_refer")},
            "confirmed": {"on": when.on, "how": when.how} if when else None,
            "sources": [where],
        }
        if self.faults:
            raise FormError(self.faults)
        return {key: value for key, value in facts.items() if value}

    def fault(self, field: str, words: str) -> None:
        self.faults.append(self.answers.fault(field, words))

    def value(self, field: str, read: Callable[[str], str]) -> str:
        with noting(self.faults):
            return value_of(self.answers, field, read) if self.answers.text(field) else ""
        return ""

    def chosen(self, field: str) -> Plain:
        return list(chosen_names(self.answers, field, self.guide))

    def phones(self) -> Iterator[Plain]:
        for line in filter(str.strip, self.answers.text("phones").split("\n")):
            try:
                yield read_phone_line(" ".join(line.split())).plain
            except ValueError as error:
                self.fault("phones", str(error))

    def location(self) -> Plain:
        """Write the place. Nothing is kept of one that is confidential."""
        shown = {"public": ("street", "city", "zip"), "area": ("city",)}.get(visibility_of(self.answers), ())
        told = {key: self.value(key, ZIP.read if key == "zip" else TEXT.read) for key in shown}
        return {"visibility": visibility_of(self.answers), **{key: value for key, value in told.items() if value}}

    def new_id(self) -> str:
        name = self.answers.text("name")
        for listing in self.guide.listings:
            if listing.area == self.area and any(same_name(name, known) for known in (listing.name, *listing.also_known_as)):
                self.fault("name", f"The guide has this listing already: {listing.id}. To change it, use “Change a listing”.")
        if not re.search("[a-z0-9]", plain(name)):
            self.fault("name", "No address of a page can be made of this name. Write it in plain letters.")
            return ""
        taken = {listing.id for listing in self.guide.listings} | {closed.id for closed in self.guide.closed}
        shown = self.answers.text("city") if visibility_of(self.answers) != "withheld" else ""
        return unused_id(name, shown or self.area.partition("/")[2], taken)
