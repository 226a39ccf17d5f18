"""The text of an issue that GitHub made of a form → the answers by the ids of the form's fields.

GitHub writes `### Label`, a blank line and the answer for each field in turn; `_No response_` where there is none; of a list of
choices the chosen ones, with commas between them (https://docs.github.com/en/communities/using-templates-to-encourage-useful-
issues-and-pull-requests/syntax-for-issue-forms). What the author or a stranger writes into it must not pass for another answer:
where it could, the answers are refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import yaml
from msgspec import Struct

from guide.editing.form_files import FOLDER
from guide.unseen import unseen

NAMES = ("change", "add", "closed", "confirm", "correction")
LONGEST = 65_536
"""Characters of the longest text of an issue that GitHub takes."""
_HEADING = re.compile(r"^### (.+)$", re.MULTILINE)
_NOTHING = ("_No response_", "")


class Question(Struct, frozen=True):
    """A field of a form."""

    id: str
    label: str
    sort: str
    """`input`, `textarea` or `dropdown`."""
    choices: tuple[str, ...]
    many: bool
    required: bool


class Form(Struct, frozen=True):
    """A form by the name of its file."""

    name: str
    questions: tuple[Question, ...]

    def label(self, field: str) -> str:
        """Give the words of a field. Raises `KeyError` where the form has no such field."""
        for question in self.questions:
            if question.id == field:
                return question.label
        raise KeyError(field)


class Fault(Struct, frozen=True):
    """What is missing or wrong, in plain words, and the field's words; none where it is about the whole form."""

    label: str
    words: str


class FormError(Exception):
    """The answers cannot be used."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(f"{fault.label}: {fault.words}" for fault in self.faults))


class Unchanged(Exception):
    """Nothing is to change; the words say what the listing says already."""


@contextmanager
def noting(faults: list[Fault]) -> Iterator[None]:
    """Note what is wrong in a part of the work, and go on behind it: an author shall learn all of it at once."""
    try:
        yield
    except FormError as error:
        faults += error.faults


class Answers(Struct, frozen=True):
    """What was answered, by the fields' ids."""

    form: Form
    given: Mapping[str, tuple[str, ...]]

    def text(self, field: str) -> str:
        """Give the answer; an empty text where there is none."""
        return next(iter(self.given[field]), "")

    def many(self, field: str) -> tuple[str, ...]:
        """Give all choices."""
        return self.given[field]

    def fault(self, field: str, words: str) -> Fault:
        """Say what is wrong with an answer."""
        return Fault(self.form.label(field), words)


def read_forms(root: Path) -> dict[str, Form]:
    """Read the forms of a project by their names. Raises `OSError` where one is missing."""
    return {name: Form(name, tuple(map(_question, _fields(root / FOLDER / f"{name}.yml")))) for name in NAMES}


def _fields(path: Path) -> list[Mapping[str, object]]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return [field for field in yaml.load(path.read_bytes(), loader)["body"] if "id" in field]  # noqa: S506  both are safe


def _question(field: Mapping[str, object]) -> Question:
    attributes = field["attributes"]
    validations = field.get("validations")
    assert isinstance(attributes, dict)  # noqa: S101  the forms are our own, and a test reads them
    return Question(
        str(field["id"]), attributes["label"], str(field["type"]), tuple(attributes.get("options", ())),
        bool(attributes.get("multiple")), isinstance(validations, dict) and bool(validations["required"]),
    )  # fmt: skip


def form_of(forms: Mapping[str, Form], body: str) -> Form | None:
    """Say which form a text was made of: the one most of whose headings it has; None where it has less than half of any."""
    headings = {found.strip() for found in _HEADING.findall(_lines(body))}
    shares = {name: sum(one.label in headings for one in form.questions) / len(form.questions) for name, form in forms.items()}
    best = max(shares, key=lambda name: shares[name])
    return forms[best] if shares[best] >= 0.5 else None


def read_answers(form: Form, body: str) -> Answers:
    """Read the answers of a form's text. Raises `FormError` with all that is missing or could mean two things.

    No fault repeats what was written: it may be what must not stand in public.
    """
    text = _lines(body)
    if len(text) > LONGEST:
        raise FormError([Fault("", "The form is far too long. Write less, and only what was asked.")])
    if "<!--" in text:
        raise FormError([Fault("", "The form holds a hidden remark (it begins with <!--). Delete it: nobody sees it.")])
    parts = _parts(form, text)
    faults = [fault for question in form.questions if (fault := _fault(question, parts[question.id]))]
    if faults:
        raise FormError(faults)
    return Answers(form, {question.id: _given(question, parts[question.id]) for question in form.questions})


def _lines(body: str) -> str:
    return body.replace("\r\n", "\n").replace("\r", "\n")


def _parts(form: Form, text: str) -> dict[str, str]:
    """Cut the text at the headings of the form. Each must stand there once, in their order."""
    labels = [question.label for question in form.questions]
    found = [(heading[1].strip(), heading) for heading in _HEADING.finditer(text) if heading[1].strip() in labels]
    names = [name for name, _ in found]
    faults = [Fault(label, "The heading of this question is gone. Put it back, or send a new form.")
              for label in labels if label not in names]  # fmt: skip
    faults += [Fault(label, "This heading stands there more than once. Delete the one that is no question.")
               for label in labels if names.count(label) > 1]  # fmt: skip
    if not faults and names != labels:
        faults = [Fault("", "The questions no longer stand in their order. Send a new form.")]
    if faults:
        raise FormError(faults)
    ends = [heading.start() for _, heading in found[1:]] + [len(text)]
    return {question.id: _answer(text[heading.end() : end].strip())
            for question, (_, heading), end in zip(form.questions, found, ends, strict=True)}  # fmt: skip


def _answer(text: str) -> str:
    return "" if text in _NOTHING else text


def _fault(question: Question, text: str) -> Fault | None:
    if found := unseen(text):
        sign = found[1].partition(", behind")[0].partition(", at the")[0]
        return Fault(question.label, f"The answer holds a character that cannot be seen ({sign}). Type it anew.")
    if question.sort == "dropdown" and _given(question, text) is _UNKNOWN:
        return Fault(question.label, "The answer is none of the choices of the form. Send a new form.")
    if question.required and not _given(question, text):
        return Fault(question.label, "There is no answer, and it is needed.")
    return None


_UNKNOWN = ("",)


def _given(question: Question, text: str) -> tuple[str, ...]:
    line = " ".join(text.split())
    if question.sort != "dropdown":
        return tuple(filter(None, [text if question.sort == "textarea" else line]))
    if line in ("", "None"):
        return ()
    if not question.many:
        return (line,) if line in question.choices else _UNKNOWN
    # a choice may hold a comma itself, so the text is read as a row of whole choices
    one = "|".join(map(re.escape, sorted(question.choices, key=len, reverse=True)))
    if not re.fullmatch(rf"(?:{one})(?:, (?:{one}))*", line):
        return _UNKNOWN
    return tuple(dict.fromkeys(re.findall(rf"({one})(?:, |$)", line)))
