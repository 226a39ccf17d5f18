"""The answers of a form → the change of files and its pull request, or an answer in plain words.

Nothing is changed here: the texts of files are made, and checked as the whole guide would be with them.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path

from msgspec import Struct

from guide.confidential import STREET, told_place, told_place_of_link
from guide.editing import replies
from guide.editing.added import chosen_names, new_listing, visibility_of
from guide.editing.choices import FACTS, HOW, OTHER
from guide.editing.document import Document, Plain
from guide.editing.evidence import Asked, add_source, asked, confirm, source, value_of
from guide.editing.facts import change_fact
from guide.editing.finding import area_of, listing_of, place_called
from guide.editing.forms import Answers, Fault, Form, FormError, Unchanged, form_of, noting, read_answers, read_forms
from guide.editing.plain_facts import read_plain_date, read_plain_day
from guide.loading import Memory, load
from guide.model import SHELTERING, Guide, Listing, PublicPlace
from guide.problems import InputError
from guide.yaml_tree import decode

CLOSED = "data/closed.yaml"
_LONGEST_NAME = 100


class Issue(Struct, frozen=True):
    """An issue at GitHub: its number, its text, and who opened it."""

    number: int
    body: str
    login: str


class Proposal(Struct, frozen=True):
    """A change for a pull request: the new text of each file that changes."""

    branch: str
    title: str
    body: str
    files: Mapping[str, str]


class Answer(Struct, frozen=True):
    """What is said in the issue; `label` is what it is marked with."""

    body: str
    label: str = ""


class _Refused(Exception):
    """Answers tell a place that may not be told: the fields' words, and the sort of place."""

    def __init__(self, found: list[tuple[str, str]]) -> None:
        self.found = found
        super().__init__()


class _ForAPerson(Exception):
    """No program can make the change."""


class _Draft(Struct, frozen=True):
    listing: str
    what: str
    files: Mapping[str, str]


def propose(root: Path, today: date, issue: Issue, memory: Memory | None = None) -> Proposal | Answer | None:
    """Turn the form that an issue was made of into a change of a project; None where it was made of none.

    Raises `InputError` where the project itself has mistakes, and `OSError` where it cannot be read.
    """
    form = form_of(read_forms(root), issue.body)
    if not form:
        return None
    memory = memory or Memory()
    found = translate(root, load(root, today, memory), form, issue)
    if isinstance(found, Proposal):
        try:
            _check(root, today, memory, found.files)
        except InputError as error:
            return Answer(replies.not_in_order(error.problems))
    return found


def translate(root: Path, guide: Guide, form: Form, issue: Issue) -> Proposal | Answer:
    """Turn a form into a change that is not checked yet, or say what is missing. Raises `OSError`."""
    try:
        answers = read_answers(form, issue.body)
        draft = _DRAFTS[form.name](root, guide, answers)
    except FormError as error:
        return Answer(replies.missing(error.faults))
    except Unchanged as words:
        return Answer(replies.nothing_to_change(str(words)))
    except _Refused as error:
        return Answer(replies.withheld(error.found))
    except _ForAPerson:
        told = next((sort for _, sort in _places(answers)), None)
        return Answer(replies.for_a_person(told), replies.FOR_A_PERSON)
    return Proposal(
        f"form/{issue.number}-{draft.listing}", f"{draft.what} (form #{issue.number})",
        replies.pull_request(issue.number, issue.login, draft.what, issue.body), draft.files,
    )  # fmt: skip


# The forms

def _change(root: Path, guide: Guide, answers: Answers) -> _Draft:
    listing = listing_of(guide, answers)
    _refuse_places(answers, confidential=_is_confidential(listing))
    if answers.text("what") == OTHER:
        raise _ForAPerson
    fact = next(fact for fact in FACTS if fact.choice == answers.text("what"))
    document, file = _document(root, listing.area)
    faults: list[Fault] = []
    when = None
    with noting(faults):
        when = asked(answers)
    with noting(faults):
        try:
            change_fact(document, listing, fact, answers, guide)
        except Unchanged:
            if not when or not when.confirms:
                raise
            confirm(document, listing, when)
            return _Draft(listing.id, f"Confirm {_short(listing.name)}", {file: document.text()})
    with noting(faults):
        add_source(document, listing.id, source(answers, when), fact.called)
    if faults:
        raise FormError(faults)
    if when and when.confirms:
        with suppress(Unchanged):
            confirm(document, listing, when)
    return _Draft(listing.id, f"Change the {fact.called} of {_short(listing.name)}", {file: document.text()})


def _add(root: Path, guide: Guide, answers: Answers) -> _Draft:
    area = area_of(guide, answers)
    sheltering = any(chosen in SHELTERING for chosen in chosen_names(answers, "services", guide))
    _refuse_places(answers, confidential=sheltering or visibility_of(answers) != "public")
    listing = new_listing(answers, area, guide)
    document, file = _document(root, area)
    document.add(listing)
    return _Draft(str(listing["id"]), f"Add a listing under {place_called(guide, area)}", {file: document.text()})


def _closed(root: Path, guide: Guide, answers: Answers) -> _Draft:
    listing = listing_of(guide, answers)
    _refuse_places(answers, confidential=True)  # a shelter may have moved in
    faults: list[Fault] = []
    on, told = "", dict[str, Plain]()
    with noting(faults):
        on = value_of(answers, "closed_on", read_plain_date)
    with noting(faults):
        told = source(answers)
    confirmed = str(listing.confirmed.on) if listing.confirmed else ""
    if on and confirmed[: len(on)] > on:
        faults.append(answers.fault("closed_on", f"Somebody confirmed this listing later, on {confirmed}. Which is right?"))
    if faults:
        raise FormError(faults)
    document, file = _document(root, listing.area)
    document.remove(listing.id)
    closed = Document(_text(root, CLOSED))
    closed.add({"id": listing.id, "name": listing.name, "area": listing.area, "on": on, "source": told})
    return _Draft(listing.id, f"Close {_short(listing.name)}", {file: document.text(), CLOSED: closed.text()})


def _confirmed(root: Path, guide: Guide, answers: Answers) -> _Draft:
    listing = listing_of(guide, answers)
    _refuse_places(answers, confidential=_is_confidential(listing))
    document, file = _document(root, listing.area)
    on = value_of(answers, "confirmed_on", read_plain_day)
    confirm(document, listing, Asked(on, HOW[answers.text("how")]))
    return _Draft(listing.id, f"Confirm {_short(listing.name)}", {file: document.text()})


def _correction(root: Path, guide: Guide, answers: Answers) -> _Draft:
    raise _ForAPerson


_DRAFTS: Mapping[str, Callable[[Path, Guide, Answers], _Draft]] = {
    "change": _change, "add": _add, "closed": _closed, "confirm": _confirmed, "correction": _correction,
}  # fmt: skip


# Files

def _document(root: Path, area: str) -> tuple[Document, str]:
    file = f"data/resources/{area}.yaml"
    return Document(_text(root, file)), file


def _text(root: Path, file: str) -> str:
    return decode((root / file).read_bytes())


def _check(root: Path, today: date, memory: Memory, files: Mapping[str, str]) -> None:
    """Load a copy of the project with the new texts. Raises `InputError` with what is then wrong."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for name in ("data", "content"):
            shutil.copytree(root / name, copy / name)
        for file, text in files.items():
            (copy / file).write_text(text, encoding="utf-8", newline="\n")
        load(copy, today, memory)


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else f"{name[:_LONGEST_NAME]}…"


# Places

def _is_confidential(listing: Listing) -> bool:
    location = listing.location
    return not isinstance(location, PublicPlace) or bool(SHELTERING & {*listing.services} and not location.address_published_by)


def _refuse_places(answers: Answers, *, confidential: bool) -> None:
    """Raise `_Refused` where an answer tells where a confidential place is."""
    if confidential and (found := list(_places(answers))):
        raise _Refused(found)


def _places(answers: Answers) -> Iterator[tuple[str, str]]:
    """List the fields that tell a place, and its sort."""
    for question in answers.form.questions:
        text = answers.text(question.id)
        if question.sort == "dropdown" or not text:
            continue
        if question.id in ("street", "zip"):
            sort: str | None = STREET
        elif text.lower().startswith(("http:", "https:", "www.")):
            sort = told_place_of_link(text)
        else:
            words = text.replace("-", " ") if question.id == "listing" else text
            sort = told_place(words, zips=question.id not in ("phones", "text"))
        if sort:
            yield question.label, sort
