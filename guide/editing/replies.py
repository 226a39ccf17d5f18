"""What is said about a form: the text of its pull request, and answers in the issue. No text of a stranger works there."""

from __future__ import annotations

from collections.abc import Iterable

from guide.editing.forms import Fault
from guide.editing.quoting import fenced, quoted
from guide.problems import Problem

FOR_A_PERSON = "for a person"
"""The label of forms that no program can turn into a change."""
MISTAKE = "[CONTRIBUTING.md](../blob/HEAD/CONTRIBUTING.md#after-a-mistake)"
_AGAIN = ("To mend it, open the menu at the top of your form (…), choose “Edit”, and save it. It is then read again. "
          "Do not change the headings.")  # fmt: skip


def pull_request(number: int, login: str, what: str, body: str) -> str:
    """Write the text of a pull request: what was asked for, and the form as it came."""
    return "\n".join([
        f"{quoted(what)}, as the form #{number} of {quoted(login)} asks for. A program made this. Nobody has checked it yet.",
        "", "Before it is merged: open the source, or call. Then close the form.",
        "", "<details><summary>The form as it came</summary>", "", fenced(body), "", "</details>", "",
    ])  # fmt: skip


def missing(faults: Iterable[Fault]) -> str:
    """Say what is missing or wrong."""
    lines = [f"- **{fault.label}**: {quoted(fault.words)}" if fault.label else f"- {quoted(fault.words)}" for fault in faults]
    return _paragraphs("Thank you. This form cannot be turned into a change yet:", "\n".join(lines), _AGAIN)


def not_in_order(problems: Iterable[Problem]) -> str:
    """Say what the check says of the change."""
    lines = [f"- {quoted(f'{one.where}: {one.message}' if one.where else one.message)}" for one in problems]
    return _paragraphs("Thank you. With this change, the check finds a mistake. So it was not made:", "\n".join(lines), _AGAIN)


def nothing_to_change(words: str) -> str:
    """Say that the listing says so already."""
    return _paragraphs(f"Thank you. There is nothing to change: {quoted(words)}.",
                       "If you asked the provider and all is right, the form “I called, all is right” notes that.")  # fmt: skip


def withheld(found: Iterable[tuple[str, str]]) -> str:
    """Say that a form tells a place that may not be told; the place is not repeated."""
    lines = "\n".join(f"- **{label}**: looks like it tells {sort}." for label, sort in found)
    return _paragraphs(
        "This form was not turned into a change. Where this place is may not stand here, and nothing of it is repeated:", lines,
        f"If it does tell where the place is: write no comment about it, and follow “After a mistake” in {MISTAKE} at once. "
        "If it does not, send a new form and say it in other words.")  # fmt: skip


def for_a_person(told: str | None) -> str:
    """Thank for a form that a person reads."""
    caution = (f"It looks like it tells {told}. If that is of a shelter, or of any place that is kept confidential: write no "
               f"comment about it, and follow “After a mistake” in {MISTAKE} at once.")  # fmt: skip
    return _paragraphs("Thank you. A person will read this; no program can.", *([caution] if told else []))


def _paragraphs(*parts: str) -> str:
    return "\n\n".join(parts) + "\n"
