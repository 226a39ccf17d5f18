"""The issue forms of GitHub, written of the vocabularies: `.github/ISSUE_TEMPLATE/`.

Only fields for text can be filled in by a page's link (https://docs.github.com/en/issues/tracking-your-work-with-issues/
using-issues/creating-an-issue#creating-an-issue-from-a-url-query): so which listing and county it is about are such fields.
The ids of the fields never change, for links name them.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any, TypeAlias

import yaml

from guide.editing.choices import ASKED, ASKED_ALL, FACTS, HOW, OTHER, PLACES, TRAFFICKING, WIDE, names
from guide.loading import load
from guide.model import Guide

FOLDER = ".github/ISSUE_TEMPLATE"
TAKE_OUT = "take it out"
"""What is written in place of a fact that is to go."""
Question: TypeAlias = dict[str, Any]
_HEAD = "# Written by `python build.py schema`, of guide/editing/form_files.py and of the vocabularies in data/.\n"


def write_forms(root: Path, today: date) -> list[Path]:
    """Write the forms of a project; give their paths. Raises `InputError`."""
    paths = []
    for file, text in form_files(load(root, today)).items():
        path = root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
        paths.append(path)
    return paths


def form_files(guide: Guide) -> dict[str, str]:
    """Write every form, and what GitHub shows beside them: file → text."""
    files = {f"{name}.yml": {"name": title, "description": told, "body": [_warning(guide), *questions]}
             for name, title, told, questions in _forms(guide)}  # fmt: skip
    return {f"{FOLDER}/{name}": _HEAD + yaml.dump(content, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=120)
            for name, content in {**files, "config.yml": {"blank_issues_enabled": False}}.items()}  # fmt: skip


class _Dumper(yaml.SafeDumper):
    """Writes a text of several lines as such."""


_Dumper.add_representer(str, lambda dumper, text: dumper.represent_scalar(
    "tag:yaml.org,2002:str", text, style="|" if "\n" in text else None))  # fmt: skip


def _warning(guide: Guide) -> Question:
    lines = [", or ".join(filter(None, (f"{line.label}: {line.shown}", line.text_shown))) for line in guide.site.emergency]
    text = ("What you write here is public, and stays public.\n\n"
            "- **Never write the address of a shelter**, or of any place that is kept confidential.\n"
            "- **Never write about a person** who was helped: no name, no number, no story.\n"
            f"- Nobody answers emergencies here. {'. '.join(lines)}.\n\n"
            "Leave empty what you do not know.")  # fmt: skip
    return {"type": "markdown", "attributes": {"value": text}}


def _forms(guide: Guide) -> Iterable[tuple[str, str, str, list[Question]]]:
    yield "change", "Change a listing", "A number, the hours or anything else in a listing is wrong.", _change()
    yield "add", "Add a listing", "An organization or program is missing.", _add(guide)
    yield "closed", "It has closed", "An organization or program is no more.", _closed()
    yield "confirm", "I called, all is right", "You asked the provider, and all that the page says is right.", _confirm()
    yield "correction", "Something else", "Anything wrong on a page that is not a listing's.", _correction()


# The forms

def _change() -> list[Question]:
    return [
        *_about_a_listing(),
        _choice("what", "What is wrong?", [OTHER, *(fact.choice for fact in FACTS)], "One thing. For more, send another form."),
        _line("now", "What does the page say now?", "For a phone that is wrong: the number on the page."),
        _lines("right", "What is right?",
               "Only what the page should say. A phone: `573-634-4911`, or with what it is for and when it is answered: "
               "`573-634-4911, office, Monday to Friday, 8 am to 5 pm`. Kinds of help, counties, people, languages: all of "
               f"them, one in each line; or lines like `add: Legal aid`, `without: Legal aid`. Trafficking survivors: "
               f"`yes` or `no`. If it should go: `{TAKE_OUT}`.",
               required=True),
        *_source(),
        _choice("asked", "Did you ask the provider?", ASKED, "The rest: the numbers, the hours, all that the page says."),
        _line("asked_on", "On which day did you ask?", "If you asked.", "2026-11-24"),
    ]  # fmt: skip


def _add(guide: Guide) -> list[Question]:
    words = names(guide)
    return [
        _line("county", "County of the office", f"In Illinois: Madison County, Illinois. Or: {', '.join(WIDE)}.", "Cole County",
              required=True),
        _line("name", "Name", "As the provider writes it.", required=True),
        _choice("trafficking", "Does the source say that it serves trafficking survivors?", TRAFFICKING),
        _line("also_known_as", "Other names", "Short and former names, with commas between them."),
        _lines("summary", "What it does, and for whom", "One or two plain sentences.", required=True),
        _choice("services", "Kinds of help", words["services"], "All that it offers.", many=True),
        _choice("serves", "Where it helps", words["serves"], "Choose nothing if it is not known.", many=True, required=False),
        _choice("people", "Whom it serves", words["people"], "Choose nothing if it is not known.", many=True, required=False),
        _choice("languages", "Languages", words["languages"], "Choose nothing if it is not known.", many=True, required=False),
        _lines("phones", "Phone numbers",
               "One in each line, the one to call first on top. Behind it, with commas: what it is for, when it is answered. "
               "`573-634-4911, 24-hour line, 24/7`"),
        _line("text", "Number for text messages"),
        _line("email", "Email of the office", "Never a person's own."),
        _line("website", "Website", placeholder="https://"),
        _choice("place", "What may be shown of the place?", PLACES),
        _line("city", "City or town"),
        _line("street", "Street and number", "Only where the whole address may be shown. **Never for a shelter.**"),
        _line("zip", "ZIP code", "Only where the whole address may be shown."),
        _line("hours", "Opening hours", placeholder="Monday to Friday, 8 am to 5 pm"),
        _lines("eligibility", "Who can be helped, and who cannot"),
        _line("fees", "Cost"),
        _lines("how_to_refer", "How to refer", "What to do first: call, walk in, ask for whom, bring what."),
        *_source(),
        _choice("asked", "Did you ask the provider, and is all of this right?", ASKED_ALL),
        _line("asked_on", "On which day did you ask?", "If you asked.", "2026-11-24"),
    ]  # fmt: skip


def _closed() -> list[Question]:
    return [
        *_about_a_listing(),
        _line("closed_on", "Since when is it closed?", "As exact as known.", "2026, 2026-11 or 2026-11-24", required=True),
        *_source(required=True),
    ]  # fmt: skip


def _confirm() -> list[Question]:
    return [
        *_about_a_listing(),
        _choice("how", "How did you ask?", HOW,
                "All that the page says is right: numbers, hours, who is served. If not, use \"Change a listing\"."),
        _line("confirmed_on", "On which day?", placeholder="2026-11-24", required=True),
    ]  # fmt: skip


def _correction() -> list[Question]:
    return [
        _line("page", "Which page?", "Its address, or its title."),
        _line("county", "County", "If it is about one."),
        _lines("correction", "What is wrong, and what is right?", required=True),
        _line("evidence", "How do you know?", "A web address, or what it is."),
    ]  # fmt: skip


def _about_a_listing() -> list[Question]:
    return [
        _line("listing", "Listing", "The end of its page's address. The link on the page fills this in.",
              "rape-and-abuse-crisis-service"),
        _line("name", "Name", "As it stands on the page.", required=True),
        _line("county", "County", "As it stands on the page."),
    ]  # fmt: skip


def _source(*, required: bool = False) -> list[Question]:
    return [
        _line("source", "Where do you know it from?",
              "The address of a web page, or what it is: \"their leaflet\". It is shown as the source. No names of people.",
              "https://", required=required),
        _line("published", "Date of that page or paper", "As exact as known.", "2026, 2026-11 or 2026-11-24"),
    ]  # fmt: skip


# The fields

def _line(field: str, label: str, told: str = "", placeholder: str = "", *, required: bool = False) -> Question:
    return _field("input", field, {"label": label, "description": told, "placeholder": placeholder}, required)


def _lines(field: str, label: str, told: str = "", *, required: bool = False) -> Question:
    return _field("textarea", field, {"label": label, "description": told}, required)


def _choice(field: str, label: str, choices: Iterable[str], told: str = "", *,
            many: bool = False, required: bool = True) -> Question:  # fmt: skip
    facts: dict[str, Any] = {"label": label, "description": told, "options": list(choices)}
    return _field("dropdown", field, {**facts, "multiple": True} if many else facts, required)


def _field(sort: str, field: str, attributes: dict[str, Any], required: bool) -> Question:
    kept = {key: value for key, value in attributes.items() if value}
    return {"type": sort, "id": field, "attributes": kept, **({"validations": {"required": True}} if required else {})}
