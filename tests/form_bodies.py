"""The text of an issue as GitHub makes it of a form: `### Label`, a blank line, the answer, a blank line."""

from __future__ import annotations

from sample import ROOT

from guide.editing.forms import Answers, Form, read_answers, read_forms

FORMS = read_forms(ROOT)
CHANGE = {
    "listing": "one", "name": "One", "county": "Cole County", "what": "A phone number is wrong", "now": "", "right": "573-555-0142",
    "source": "https://www.example.org/contact", "published": "2026-11", "asked": "No", "asked_on": "",
}  # fmt: skip
ADD = {
    "county": "Cole County", "name": "Aurora House", "trafficking": "No, or not known", "also_known_as": "",
    "summary": "Helps people find work.", "services": "Case management, Jobs, school and classes", "serves": "", "people": "",
    "languages": "", "phones": "573-555-0142, office, Monday to Friday, 8 am to 5 pm", "text": "", "email": "", "website": "",
    "place": "Nothing but the county (always for shelters)", "city": "", "street": "", "zip": "", "hours": "", "eligibility": "",
    "fees": "", "how_to_refer": "", "source": "https://www.example.org/", "published": "", "asked": "No", "asked_on": "",
}  # fmt: skip
CLOSED = {"listing": "one", "name": "One", "county": "Cole County", "closed_on": "2026-10", "source": "its own letter", "published": ""}
CONFIRM = {"listing": "one", "name": "One", "county": "Cole County", "how": "I called", "confirmed_on": "2026-11-24"}
CORRECTION = {"page": "mo/cole.html", "county": "Cole County", "correction": "The map is upside down.", "evidence": ""}
GIVEN = {"change": CHANGE, "add": ADD, "closed": CLOSED, "confirm": CONFIRM, "correction": CORRECTION}


def body(form: str, **answers: str) -> str:
    """Write the text of a form as GitHub does, with these answers in place of the usual ones."""
    given = GIVEN[form] | answers
    assert given.keys() == {question.id for question in FORMS[form].questions}
    return "\n\n".join(f"### {question.label}\n\n{given[question.id] or '_No response_'}" for question in FORMS[form].questions)


def answers(form: str, **given: str) -> Answers:
    """Read such a text."""
    return read_answers(FORMS[form], body(form, **given))


def label(form: str, field: str) -> str:
    """Give the words of a field."""
    return Form.label(FORMS[form], field)
