"""One fact of a listing, as a form tells it → the change in its file."""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct

from guide.editing.choices import ANSWERED, MORE_PHONES, PHONE, Fact, names
from guide.editing.document import Document, Plain
from guide.editing.finding import areas_called
from guide.editing.form_files import TAKE_OUT
from guide.editing.forms import Answers, FormError, Unchanged
from guide.editing.plain_facts import read_address, read_phone_line, written_number
from guide.editing.plain_hours import read_plain_hours
from guide.kinds import Kind
from guide.model import AreaPlace, Guide, Listing, PublicPlace
from guide.reading import Vocabulary
from guide.shapes import fields_of

_CALLED = {"services": "a kind of help that the guide knows", "serves": "a county, region or state of the guide",
           "people": "a group of people that the guide knows", "languages": "a language that the guide knows"}  # fmt: skip
_ADDS = re.compile(r"add\b ?:? *", re.IGNORECASE)
_WITHOUT = re.compile(r"(?:without|remove|take out)\b ?:? *", re.IGNORECASE)
_BULLETS = " *•-"


def change_fact(document: Document, listing: Listing, fact: Fact, answers: Answers, guide: Guide) -> None:
    """Change a fact of a listing in its file to what stands under `right`; `now` names one of several phones.

    Raises `FormError` with what is missing or wrong, and `Unchanged` where the listing says so already.
    """
    try:
        _Change(document, listing, fact, answers, guide).make()
    except ValueError as error:
        raise FormError([answers.fault("right", str(error))]) from None


class _Change(Struct, frozen=True):
    """Its `ValueError`s are about what stands under `right`."""

    document: Document
    listing: Listing
    fact: Fact
    answers: Answers
    guide: Guide

    def make(self) -> None:
        if self.fact.key == PHONE:
            self.phone()
        elif self.fact.key == MORE_PHONES:
            self.more_phones()
        elif self.fact.key == ANSWERED:
            self.answered()
        elif self.fact.key == "location":
            self.place()
        elif self.fact.key in _CALLED:
            self.names()
        else:
            self.value()

    @property
    def right(self) -> str:
        return self.answers.text("right")

    @property
    def goes(self) -> bool:
        return self.right.strip(" .`'\"").lower() == TAKE_OUT

    def set(self, path: tuple[str | int, ...], value: Plain | None) -> None:
        self.document.set(self.listing.id, path, value)

    # Values

    def value(self) -> None:
        key = self.fact.key
        field = next(field for field in fields_of(Listing) if field.key == key)
        known = getattr(self.listing, key)
        if self.goes:
            if field.required:
                raise ValueError(f"A listing needs its {self.fact.called}. Write what it should say.")
            if not known:
                raise Unchanged(f"the listing tells no {self.fact.called}")
            self.set((key,), None)
            return
        text = " ".join(self.right.split())
        assert isinstance(field.shape, Kind)  # noqa: S101  the facts that are no kinds are changed elsewhere
        value = read_plain_hours(text) if key == "hours" else field.shape.read(text)
        if value == known:
            raise Unchanged("the listing says so already")
        if isinstance(value, bool):
            self.set((key,), "true" if value else None)
        else:
            self.set((key,), str(value) if key == "hours" else text)

    # Phones

    def phone(self) -> None:
        if self.goes:
            self.set(("phones", self.which()), None)
            return
        line = read_phone_line(" ".join(self.right.split()))
        try:
            at = self.which()
        except FormError:
            if any(phone.number == line.number for phone in self.listing.phones):
                raise Unchanged(f"the listing has {line.number} already") from None
            raise
        others = {phone.number for number, phone in enumerate(self.listing.phones) if number != at}
        if line.number in others:
            raise ValueError("The listing has this number already, beside the one that is wrong. Should the wrong one go? Then "
                             f"write: {TAKE_OUT}")  # fmt: skip
        old = self.listing.phones[at]
        if (line.number, line.label or old.label, line.hours or str(old.hours)) == (old.number, old.label, str(old.hours)):
            raise Unchanged(f"the listing says {line.number} already")
        for key, value in line.plain.items():
            self.set(("phones", at, key), value)

    def more_phones(self) -> None:
        lines = [read_phone_line(line) for line in self.right.split("\n") if line.strip()]
        known = {phone.number for phone in self.listing.phones}
        new = [line for line in lines if line.number not in known]
        if not new:
            raise Unchanged(f"the listing has {_and([str(line.number) for line in lines])} already")
        for at, line in enumerate(new, len(self.listing.phones)):
            self.set(("phones", at), line.plain)

    def answered(self) -> None:
        at = self.which()
        known = self.listing.phones[at].hours
        hours = None if self.goes else read_plain_hours(self.right)
        if hours == known:
            raise Unchanged(f"the listing says {known.words} already" if known else "the listing tells no hours of this number")
        self.set(("phones", at, "hours"), str(hours) if hours else None)

    def which(self) -> int:
        """Say which phone is meant. Raises `FormError`."""
        numbers = [phone.number for phone in self.listing.phones]
        told = " or ".join(written_number(number) for number in numbers)
        now = self.answers.text("now")
        if not numbers:
            raise ValueError("The listing has no phone number yet. Choose “A phone number is missing”.")
        if not now and len(numbers) == 1:
            return 0
        digits = re.sub(r"\D", "", now)
        meant = [at for at, number in enumerate(numbers) if number.digits in digits]
        if len(meant) == 1:
            return meant[0]
        unknown = "The listing does not have this number. " if digits and not meant else ""
        raise FormError([self.answers.fault("now", f"{unknown}Which of its numbers is it: {told}?")])

    # Names

    def names(self) -> None:
        key = self.fact.key
        known: tuple[str, ...] = getattr(self.listing, key)
        if self.goes:
            if key == "services":
                raise ValueError("A listing needs at least one kind of help. If it is no more, use the form “It has closed”.")
            wanted: tuple[str, ...] = ()
        else:
            wanted = self.wanted(known)
        if set(wanted) == set(known):
            raise Unchanged(f"the listing says these {self.fact.called} already")
        if not wanted and key == "services":
            raise ValueError("A listing needs at least one kind of help.")
        self.set((key,), list(wanted) or None)

    def wanted(self, known: tuple[str, ...]) -> tuple[str, ...]:
        added: list[str] = []
        gone: list[str] = []
        plain: list[str] = []
        for line in (line.strip(_BULLETS) for line in self.right.split("\n")):
            for sort, sign in ((added, _ADDS), (gone, _WITHOUT)):
                if found := sign.match(line):
                    sort += self.named(line[found.end() :])
                    break
            else:
                plain += self.named(line)
        if plain and (added or gone):
            raise ValueError("Some lines begin with “add” or “without”, others do not. Write all that are right, or only what "
                             "is to be added and taken out.")  # fmt: skip
        return tuple(dict.fromkeys(plain)) or tuple(dict.fromkeys(name for name in (*known, *added) if name not in gone))

    def named(self, text: str) -> list[str]:
        """Read names of a vocabulary, by their words or as they stand in the data, with commas between them."""
        words = names(self.guide)[self.fact.key]
        known = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))  # a choice may hold a comma itself
        parts = re.findall(rf"(?:{known})(?=\s*(?:[,;]|$))|[^,;]+", text, re.IGNORECASE)
        return [self.one_named(part.strip(" ."), words) for part in parts if part.strip(" .")]

    def one_named(self, text: str, words: Mapping[str, str]) -> str:
        plain = {name: name for name in words.values()} | {word.lower(): name for word, name in words.items()}
        if name := plain.get(text.lower()):
            return name
        labels = {name: label for label, name in words.items()}
        areas = areas_called(self.guide, text) if self.fact.key == "serves" else []
        if len(areas) == 1:
            return areas[0]
        called = _CALLED[self.fact.key]
        if areas:
            raise ValueError(f"“{text}”: which one is it, {' or '.join(labels[area] for area in areas)}?")
        raise ValueError(f"“{text}” is not {called}{Vocabulary(called, {label: label for label in words}).advice(text)}")

    # Place

    def place(self) -> None:
        known = self.listing.location
        if not isinstance(known, PublicPlace | AreaPlace):
            raise ValueError("Where this place is, is not shown, and no form changes that. Do not write where it is.")
        if self.goes:
            raise ValueError("Whether a place is shown is for a person to decide. Choose the first line of “What is wrong?”.")
        new = read_address(self.right)
        if isinstance(known, AreaPlace):
            if new.street or new.zip:
                raise ValueError("Only the city of this listing is shown. Write the city alone.")
            if new.city == known.city:
                raise Unchanged("the listing says this city already")
            self.set(("location", "city"), new.city)
            return
        if (new.street or known.street, new.city, new.zip or known.zip) == (known.street, known.city, known.zip):
            raise Unchanged("the listing says this address already")
        if known.street and not new.street:
            raise ValueError("Write the street too: the old one is in another city.")
        for key, value in {"street": new.street, "city": new.city, "zip": new.zip}.items():
            self.set(("location", key), value or None)


def _and(some: list[str]) -> str:
    return " and ".join([", ".join(some[:-1]), some[-1]] if len(some) > 1 else some)
