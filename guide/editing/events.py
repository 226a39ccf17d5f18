"""GitHub's note of an issue → the form in it; and what the workflow needs, in files: no stranger's text gets into a shell."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from guide.editing.formatting import Change, write
from guide.editing.proposals import Answer, Issue, Proposal
from guide.problems import InputError, Problem

_LARGEST = 5_000_000
_FILES = ("branch.txt", "title.txt", "body.md", "answer.md", "label.txt", "outcome.txt")


def read_event(path: Path) -> Issue:
    """Read the JSON that GitHub gives for an event of `issues` (https://docs.github.com/en/webhooks/webhook-events-and-payloads#issues).

    Raises `InputError` where it is none, and `OSError` where it cannot be read.
    """
    if path.stat().st_size > _LARGEST:
        raise _wrong(path, f"is larger than {_LARGEST:,} bytes; no event of an issue is")
    try:
        event: Any = json.loads(path.read_bytes())
        issue = event["issue"]
        number, body, login = issue["number"], issue["body"], issue["user"]["login"]
    except (ValueError, RecursionError):
        raise _wrong(path, "is not JSON; give the file that $GITHUB_EVENT_PATH names") from None
    except (KeyError, TypeError, IndexError):
        raise _wrong(path, "is not an event of an issue: it has no issue with number, body and user") from None
    if type(number) is not int or number < 1 or not isinstance(body, str | None) or not isinstance(login, str):
        raise _wrong(path, "is not an event of an issue: number, body or login is of another sort")
    return Issue(number, body or "", login)


def _wrong(path: Path, message: str) -> InputError:
    return InputError([Problem(path.name, 0, 0, "", message)])


def write_outcome(root: Path, outcome: Proposal | Answer | None, folder: Path) -> str:
    """Change the files of a project as proposed, and write into a folder what the workflow hands on to GitHub.

    `outcome.txt` says which of it: `proposal` (branch.txt, title.txt, body.md), `answer` (answer.md, perhaps label.txt) or
    `nothing`. Gives what was done, in words. Raises `OSError`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if isinstance(outcome, Proposal):
        write(root, [Change(file, "", text) for file, text in outcome.files.items()])
        texts = {"branch.txt": outcome.branch, "title.txt": outcome.title, "body.md": outcome.body}
        told = f"{outcome.title}: wrote {', '.join(outcome.files)}"
    elif outcome:
        texts = {"answer.md": outcome.body} | ({"label.txt": outcome.label} if outcome.label else {})
        told = "no change; the answer tells why"
    else:
        texts, told = {}, "this issue was not made with a form; nothing to do"
    for name in _FILES:
        (folder / name).unlink(missing_ok=True)
    kind = "proposal" if isinstance(outcome, Proposal) else "answer" if outcome else "nothing"
    for name, text in {**texts, "outcome.txt": kind}.items():
        (folder / name).write_text(text.rstrip("\n") + "\n", encoding="utf-8", newline="\n")
    return told
