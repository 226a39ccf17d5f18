"""A guide of a few listings, and what becomes of a form for one of them."""

from __future__ import annotations

import difflib
import shutil
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from form_bodies import FORMS, body
from sample import ROOT, TODAY

from guide.editing.canonical import canonical
from guide.editing.choices import FACTS
from guide.editing.proposals import Answer, Issue, Proposal, propose, translate
from guide.listing_files import read_listings
from guide.loading import Memory, load
from guide.model import Guide

COLE, CLOSED = "data/resources/mo/cole.yaml", "data/closed.yaml"
TEXT = """\
# the county's first line
listings:
  # asked in spring
  - id: one
    name: One
    also_known_as: [The One]
    summary: Helps people.
    services: [case-management, legal-aid]
    serves: [mo/cole]
    people: [adults]
    languages: [en]
    phones:
      - number: 573-555-0100
        label: office
      - number: 573-555-0101
        label: crisis line
        hours: 24/7
    text: 573-555-0102
    email: office@example.org
    website: https://www.example.org/
    location:
      visibility: public
      street: 301 East High Street
      city: Jefferson City
      zip: '65101'
    hours: Mo-Fr 08:00-17:00
    eligibility: Everybody
    fees: Free
    how_to_refer: Call  # or walk in
    sources:
      - title: A list
        supports: phones

  - id: two
    name: Two's Shelter
    summary: A place to stay.
    services: [emergency-shelter]
    phones:
      - number: 573-555-0103
    location:
      visibility: withheld
    confirmed: {on: 2026-02-03, how: email}
    sources:
      - title: A list

  - id: three
    name: Three
    summary: Helps.
    services: [case-management]
    location:
      visibility: area
      city: Jefferson City
    sources:
      - title: A list
"""
TWO = {"listing": "two", "name": "Two's Shelter"}
THREE = {"listing": "three", "name": "Three"}
STREET = "12 Elm Street"
PUBLIC = "The whole address: it is an office, and the provider itself publishes it"
KNOWN = Memory()


@cache
def _temporary() -> TemporaryDirectory[str]:
    return TemporaryDirectory()


@cache
def folder() -> Path:
    """The project."""
    root = Path(_temporary().name)
    for name in ("data", "content", ".github/ISSUE_TEMPLATE"):
        shutil.copytree(ROOT / name, root / name)
    for path in (root / "data/resources").rglob("*.yaml"):
        path.write_text("listings: []\n", encoding="utf-8")
    (root / "data/published_ids.txt").write_text("", encoding="utf-8")
    (root / COLE).write_text(TEXT, encoding="utf-8")
    wide = TEXT[TEXT.index("listings") : TEXT.index("  - id: two")].replace("id: one", "id: wide")
    (root / "data/resources/mo.yaml").write_text(wide, encoding="utf-8")
    closed = "closed:\n" + "".join(f"  - id: {one}\n    name: Gone\n    area: mo/cole\n    on: 2025\n" for one in ("gone", "gone-cole"))
    (root / CLOSED).write_text(closed, encoding="utf-8")
    return root


@cache
def small() -> Guide:
    """What it says."""
    return load(folder(), TODAY, KNOWN)


def outcome(form: str, **answers: str) -> Proposal | Answer:
    """Translate a form."""
    return translate(folder(), small(), FORMS[form], Issue(7, body(form, **answers), "octocat"))


def proposed(form: str, **answers: str) -> Proposal:
    """Give what is proposed, which looks as it should and can be loaded."""
    found = outcome(form, **answers)
    assert isinstance(found, Proposal), found
    assert all(canonical(text) == text for text in found.files.values())
    for file, text in found.files.items():
        area = file.removeprefix("data/resources/").removesuffix(".yaml")
        assert file == CLOSED or read_listings(area, file, text.encode(), KNOWN.vocabularies).problems == ()
    return found


def answered(form: str, **answers: str) -> str:
    """Give what is said in the issue."""
    found = outcome(form, **answers)
    assert isinstance(found, Answer), found
    return found.body


def checked(form: str, **answers: str) -> Proposal | Answer | None:
    """Give what the whole check lets become of a form."""
    return propose(folder(), TODAY, Issue(7, body(form, **answers), "octocat"), KNOWN)


def changed(proposal: Proposal) -> list[str]:
    """List the lines that go, with '-', and that come, with '+'; without the source that each change names."""
    lines = difflib.unified_diff(TEXT.splitlines(), proposal.files[COLE].splitlines(), n=0, lineterm="")
    found = [line[0] + line[1:].strip() for line in lines if line[0] in "+-" and line[:3] not in ("+++", "---")]
    return [line for line in found if not line.startswith(("+- url: https://www.example.org/contact", "+published: 2026-11", "+supports:"))]


def choice(key: str) -> str:
    """Give the words of a fact in the form."""
    return next(fact.choice for fact in FACTS if fact.key == key)
