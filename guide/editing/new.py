"""A new listing, asked for in the terminal: each answer is checked at once, and nothing is written that would not load."""

from __future__ import annotations

import io
import re
import shutil
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeAlias

from guide import rules
from guide.county_places import Places
from guide.editing.document import Document, Plain
from guide.editing.formatting import Change
from guide.editing.warnings import warnings
from guide.kinds import read_slug
from guide.listing_files import read_listings
from guide.loading import Memory, load
from guide.model import SHELTERING, AreaPlace, Guide, Listing, Phone, PublicPlace, Source
from guide.problems import InputError, Problem
from guide.reading import Entry, Vocabulary
from guide.shapes import fields_of
from guide.unseen import unseen
from guide.words import plain
from guide.yaml_tree import TreeError, decode

FieldPath: TypeAlias = tuple[str | int, ...]
LONGEST_ID = 76
"""Characters of an id that is suggested: a number fits behind it."""
ALIKE = 0.85
"""How near two names are, from 0 to 1, that may be one provider's."""
_DRAFT = "new"
_SHELTERED = """\
A shelter's address stays withheld: somebody may look for a person who sleeps there, so the pages show the county only.
Do not write it anywhere else either, not in a summary and not in a note: this repository is public.
If the provider itself publishes the address: see 'Places' in docs/data-format.md."""


def new_listing(root: Path, today: date) -> Change | None:
    """Ask for a listing and show it; give the change of its file, None where the last answer is no.

    Questions and answers are those of `input`. `today` is the last day that an answer may name. Raises `InputError` where
    the guide has mistakes, `EOFError` or `KeyboardInterrupt` where the answers end.
    """
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(encoding=None if sys.stdin.isatty() else "utf-8", errors="surrogateescape")
    with TemporaryDirectory(prefix="guide-") as folder:
        copy, memory = Path(folder), Memory()
        guide = _load_copy(root, copy, today, memory)
        print("Enter alone leaves out what is not known. Ctrl-C ends this, and nothing is written.\n")
        draft = _Draft(_area(memory.vocabularies["file"]), guide, memory, today)
        _facts(draft)
        _id(draft, _taken(guide))
        print(f"\n{draft.text.partition(chr(10))[2]}")
        if looks := [*_alike(draft.listing(), guide), *draft.odd()]:
            print("\n".join(["Worth a look before it is written:", *(f"- {line}" for line in looks), ""]))
        if not _yes(f"Write this into {draft.file}? (yes or no)"):
            return None
        change = _change(root, draft)
        (copy / draft.file).write_text(change.after, encoding="utf-8")
        load(copy, today, memory)
        return change


def unused_id(name: str, place: str, taken: Collection[str]) -> str:
    """Make an id of a name and, where the name does not tell it, of a place; one that is not taken."""
    slug, place = _slug(name), _slug(place)
    told = f"-{place}-" in f"-{slug}-"
    slug = _cut(slug, LONGEST_ID if told else LONGEST_ID - len(place))
    slug = (slug if told else f"{slug}-{place}").strip("-") or "listing"
    number, found = 1, slug
    while found in taken or not _is_slug(found):
        number += 1
        found = f"{slug}-{number}"
    return found


def _slug(text: str) -> str:
    bare = re.sub("['\u2018\u2019\u0300-\u036f]", "", unicodedata.normalize("NFKD", text.lower()))
    return re.sub("[^a-z0-9]+", "-", bare).strip("-")


def _cut(slug: str, longest: int) -> str:
    return slug if len(slug) <= longest else slug[:longest].rpartition("-")[0]


def _is_slug(text: str) -> bool:
    try:
        return bool(read_slug(text))
    except ValueError:
        return False


# The guide

def _load_copy(root: Path, copy: Path, today: date, memory: Memory) -> Guide:
    """Load a copy of the guide, in which files of listings that are missing have none."""
    for name in ("data", "content"):
        shutil.copytree(root / name, copy / name, symlinks=True)
    try:
        return load(copy, today, memory)
    except InputError as error:
        files = {copy / problem.file for problem in error.problems if problem.file.startswith("data/resources/")}
        missing = [path for path in files if not path.exists()]
        if not missing:
            raise
    for path in missing:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("listings: []\n", encoding="utf-8")
    return load(copy, today, memory)


def _taken(guide: Guide) -> set[str]:
    """List the ids that are or were some listing's: what was ever published is one of these, or the guide does not load."""
    return {listing.id for listing in guide.listings} | {closed.id for closed in guide.closed}


def _change(root: Path, draft: _Draft) -> Change:
    """Add the listing to its file as it is now: somebody may have changed it meanwhile."""
    path = root / draft.file
    schema = f"{'../' * draft.file.count('/')}schema/listings.json"
    try:
        before = decode(path.read_bytes()) if path.exists() else f"# yaml-language-server: $schema={schema}\n"
        document = Document(before if path.exists() else f"{before}listings: []\n")
    except TreeError as error:
        raise InputError([Problem(draft.file, line, column, "", message) for line, column, message in error.faults]) from None
    document.add(Document(draft.text).listing(draft.id))
    path.parent.mkdir(parents=True, exist_ok=True)
    return Change(draft.file, before, document.text())


class _Draft:
    """A listing that is being made, as the text of a file; it takes only what its rules let pass."""

    def __init__(self, area: str, guide: Guide, memory: Memory, today: date) -> None:
        self.area = area
        self.file = f"data/resources/{area}.yaml"
        self.guide = guide
        self.vocabularies = memory.vocabularies
        self.today = today
        self.id = _DRAFT
        self.text = f"listings:\n  - id: {_DRAFT}\n"
        self.places = Places(guide.counties, guide.zip_codes)

    def listing(self) -> Listing:
        """Give the listing as the guide reads it."""
        return self._read(self.text)[0][0].record

    def problems(self, path: FieldPath, value: Plain) -> list[str]:
        """Set what stands at a path; tell what is wrong with it, and then it is not set."""
        document = Document(self.text)
        document.set(self.id, path, value)
        text = document.text()
        entries, problems = self._read(text)
        problems += rules.check_listings(entries, self.places, self.today)
        where = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)[1:]
        found = [problem.message for problem in problems
                 if not entries or re.match(rf"{re.escape(where)}(?![a-z_])", problem.where)]  # fmt: skip
        if not found:
            self.text = text
            self.id = document.ids()[0]
        return found

    def odd(self) -> Iterator[str]:
        """Tell what is no mistake but worth a look."""
        for _, line in warnings([self.listing()], self.guide.listings, self.guide.counties, self.today):
            yield line

    def _read(self, text: str) -> tuple[tuple[Entry[Listing], ...], list[Problem]]:
        found = read_listings(self.area, self.file, text.encode(), self.vocabularies)
        return found.entries, list(found.problems)


def _alike(listing: Listing, guide: Guide) -> Iterator[str]:
    """Tell of listings whose name is nearly the same, those of the same county first."""
    named = defaultdict(list)
    for one in sorted(guide.listings, key=lambda one: one.area != listing.area):
        for name in {plain(name) for name in (one.name, *one.also_known_as)}:
            named[name].append(one)
    close = get_close_matches(plain(listing.name), named, 3, ALIKE)
    for one in list(dict.fromkeys(one for name in close for one in named[name]))[:3]:
        yield f"{one.name} stands in data/resources/{one.area}.yaml already ({one.id}); is it the same?"


# Questions

def _area(files: Vocabulary) -> str:
    while True:
        written = _answer("County of its office, like Cole County (statewide: Missouri or Illinois; national: us)")
        area = _meant(files, written)
        if area in files.names:
            print(f"  It goes into data/resources/{area}.yaml ({files.names[area]}).")
            return area
        _again(f"'{written}' is not {files.called}{files.advice(written)}" if written else "this is needed")


def _facts(draft: _Draft) -> None:
    _ask(draft, ("services",), "Kinds of help, with commas between (? lists them)", "service", needed=True)
    _place(draft)
    _ask(draft, ("name",), "Name", needed=True)
    _ask(draft, ("summary",), "Summary", needed=True)
    number = 0
    while _ask(draft, ("phones", number, "number"), "Another phone" if number else "Phone"):
        _ask(draft, ("phones", number, "label"), "  Who answers it")
        _ask(draft, ("phones", number, "hours"), "  When it is answered")
        number += 1
    _ask(draft, ("website",), "Website")
    _ask(draft, ("serves",), "Where it helps, with commas between", "area")
    print("\nWhere do you know this from?")
    linked = _ask(draft, ("sources", 0, "url"), "Source's web address")
    _ask(draft, ("sources", 0, "title"), "Source's title", needed=not linked)
    _ask(draft, ("sources", 0, "published"), "Source's date")
    print()


def _place(draft: _Draft) -> None:
    if SHELTERING & {*draft.listing().services}:
        print(f"\n{_SHELTERED}\n")
        draft.problems(("location", "visibility"), "withheld")
        return
    if not _ask(draft, ("location", "visibility"), "May everybody see where it is: public, area or withheld"):
        draft.problems(("location", "visibility"), "withheld")
    location = draft.listing().location
    if isinstance(location, PublicPlace):
        _ask(draft, ("location", "street"), "Street and number")
    if isinstance(location, PublicPlace | AreaPlace):
        _ask(draft, ("location", "city"), "City or town")
    if isinstance(location, PublicPlace):
        _ask(draft, ("location", "zip"), "ZIP code")


def _id(draft: _Draft, taken: Collection[str]) -> None:
    listing = draft.listing()
    city = listing.location.city if isinstance(listing.location, PublicPlace | AreaPlace) else None
    suggested = unused_id(listing.name, city or draft.area.partition("/")[2], taken)
    while True:
        chosen = _answer(f"Id, the end of its page's address, which never changes [{suggested}]") or suggested
        if chosen in taken:
            _again(f"'{chosen}' is or was another listing's id; one is never used again")
        elif not (problems := draft.problems(("id",), chosen)):
            return
        else:
            _again(*problems)


def _ask(draft: _Draft, path: FieldPath, question: str, names: str = "", *, needed: bool = False) -> bool:
    """Ask for a value, or for names of a vocabulary, until it is right; say whether one was given."""
    print(f"  {_hint(path)}")
    while True:
        written = _answer(question)
        if names and written == "?":
            print("\n".join(f"  {name}: {label}" for name, label in draft.vocabularies[names].names.items()))
        elif not written and not needed:
            return False
        elif not written:
            _again("this is needed")
        else:
            words = [_meant(draft.vocabularies[names], word) for word in re.split(" *[,;] *", written) if word] if names else []
            if problems := draft.problems(path, list(dict.fromkeys(words)) if names else written):
                _again(*problems)
            else:
                return True


_RECORDS: dict[str, type[Any]] = {"phones": Phone, "sources": Source, "location": PublicPlace}


def _hint(path: FieldPath) -> str:
    record = _RECORDS.get(str(path[0]), Listing)
    return next(field.hint for field in fields_of(record) if field.key == path[-1])


def _meant(vocabulary: Vocabulary, word: str) -> str:
    """Give the name that a word tells without doubt, like `mo/cole` for Cole County; the word itself where none."""
    names = {name: name.rpartition("/")[2] for name in vocabulary.names}
    lower = word.lower()
    slug = _slug(word)
    short = slug if slug in names.values() else slug.removesuffix("-county")
    found = [name for name, tail in names.items()
             if lower == vocabulary.names[name].lower() or short in (tail, re.sub("-(city|county)$", "", tail))]  # fmt: skip
    return lower if lower in names else found[0] if len(found) == 1 else word


def _yes(question: str) -> bool:
    while (word := _answer(question).lower()) not in ("yes", "y", "no", "n"):
        _again("write yes or no")
    return word in ("yes", "y")


def _answer(question: str) -> str:
    while True:
        answer = " ".join(input(f"{question}: ").split())
        if not sys.stdin.isatty():
            print()
        found = unseen(answer)
        if not found:
            return answer
        _again(f"holds a character that cannot be seen ({found[1]}); type it anew")


def _again(*messages: str) -> None:
    for message in messages:
        it = "it " if re.match("(is|has|holds|must|needs|stands) ", message) else ""
        print(f"  Again, please: {it}{message}")
