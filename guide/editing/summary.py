"""A pull request in words: what changed since a revision, what is worth a look, and what is wrong."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from msgspec import Struct

from guide.editing.warnings import warnings
from guide.editing.wording import Words, changes_in_words, facts_in_words
from guide.files import ids_in
from guide.history import CLOSED, files_at
from guide.inputs import RESOURCES
from guide.listing_files import read_listings
from guide.loading import STATES, load
from guide.model import Guide, Listing
from guide.problems import InputError, Problem
from guide.reading import Entry, Vocabulary, texts_of

MOST = 60_000
"""Characters; GitHub takes 65,536 in one comment."""
_ANY: Mapping[str, Vocabulary] = defaultdict(lambda: Vocabulary("", {}, open=True))


class Told(Struct, frozen=True):
    """What happened to one listing."""

    area: str
    name: str
    lines: tuple[str, ...]


class Summary(Struct, frozen=True):
    """What changed, and what to look at. `guide` is None where the data have mistakes."""

    changed: tuple[Told, ...]
    warned: tuple[Told, ...]
    problems: tuple[Problem, ...]


def summary_of(root: Path, base: str, today: date) -> Summary:
    """Compare the listings of a project with those at a revision. Raises `ValueError` where git knows no such revision."""
    old_files = files_at(root, base)
    new_files = {path.relative_to(root).as_posix(): path.read_bytes()
                 for path in [*(root / RESOURCES).rglob("*.yaml"), root / CLOSED] if path.is_file()}  # fmt: skip
    guide: Guide | None = None
    problems: tuple[Problem, ...] = ()
    try:
        guide = load(root, today)
    except InputError as error:
        problems = error.problems
    words = words_of(guide) if guide else Words({**STATES, "us": "National"})
    touched = {file for file in old_files.keys() | new_files.keys() if old_files.get(file) != new_files.get(file)}
    before, after = (_listings(files, touched) for files in (old_files, new_files))
    closed = set(ids_in(new_files.get(CLOSED, b"").decode("utf-8", "replace")))
    changed = tuple(told for name in sorted(before.keys() | after.keys())
                    if (told := _told(before.get(name), after.get(name), closed=name in closed, words=words)))  # fmt: skip
    warned: tuple[Told, ...] = ()
    if guide:
        some = [one for one in guide.listings if one.id in after and not _same(before.get(one.id), after[one.id])]
        found: dict[str, list[str]] = defaultdict(list)
        for listing, line in warnings(some, guide.listings, guide.counties, today):
            found[listing.id].append(line)
        warned = tuple(Told(words.of(one.area), one.name, tuple(found[one.id])) for one in some if one.id in found)
    return Summary(tuple(sorted(changed, key=lambda told: (told.area, told.name))), warned, problems)


def words_of(guide: Guide) -> Words:
    """Gather the words for everything that listings name."""
    return Words({
        **{service.id: service.label for group in guide.groups for service in group.services},
        **{term.id: term.label for term in (*guide.people, *guide.languages)},
        **{region.id: f"{region.name} region" for region in guide.regions.regions},
        **{county.id: county.full_name for county in guide.counties},
        **STATES, "us": "National",
    })  # fmt: skip


def _listings(files: Mapping[str, bytes], touched: set[str]) -> dict[str, Entry[Listing]]:
    found = {}
    for file in sorted(touched & files.keys()):
        if file.startswith(RESOURCES) and file.endswith(".yaml"):
            area = file.removeprefix(RESOURCES).removesuffix(".yaml")
            found.update({entry.record.id: entry for entry in read_listings(area, file, files[file], _ANY).entries
                          if entry.record.id})  # fmt: skip
    return found


def _same(before: Entry[Listing] | None, after: Entry[Listing]) -> bool:
    return before is not None and before.record == after.record


def _told(before: Entry[Listing] | None, after: Entry[Listing] | None, *, closed: bool, words: Words) -> Told | None:
    known = after or before
    if known is None:
        return None
    lines: list[str] = []
    if before is None and after is not None:
        lines = ["new in the guide", *facts_in_words(after.record, words)]
    elif after is None:
        lines = ["closed" if closed else "taken out of the guide, and not noted in data/closed.yaml"]
    elif before is not None:
        lines = changes_in_words(before.record, after.record, words)
        if _note(before) != _note(after):
            lines.append("the editors' note changed")
    return Told(words.of(known.record.area), known.record.name or known.record.id, tuple(lines)) if lines else None


def _note(entry: Entry[Listing]) -> str:
    return next((" ".join(text.split()) for path, _, text in texts_of(entry.node) if path == "editor_note"), "")


# Markdown

def markdown(summary: Summary) -> str:
    """Write a summary for GitHub. No text of a listing can become a link, a mention or anything else there."""
    parts = ["## What changes", *_many(summary.changed, "No listing changes.")]
    if summary.problems:
        parts += ["", f"## {len(summary.problems)} {'problem' if len(summary.problems) == 1 else 'problems'} to mend", ""]
        parts += [f"- `{problem.file}` line {problem.line}: {code(_said(problem))}" for problem in summary.problems]
    if summary.warned:
        parts += ["", "## Worth a look", "", "These are no mistakes. They may be right.", *_many(summary.warned, "")]
    return _cut(parts)


def _said(problem: Problem) -> str:
    return f"{problem.where}: {problem.message}" if problem.where else problem.message


def _many(told: Sequence[Told], otherwise: str) -> Iterator[str]:
    if not told:
        yield from ["", otherwise] if otherwise else []
    for one in told:
        yield from ["", f"**{escaped(one.area)} · {escaped(one.name)}**", ""]
        yield from (f"- {code(line)}" for line in one.lines)


def _cut(parts: Sequence[str]) -> str:
    lines: list[str] = []
    size = 0
    for number, part in enumerate(parts):
        size += len(part) + 1
        if size > MOST:
            lines += ["", f"… and {len(parts) - number:,} lines more."]
            break
        lines.append(part)
    return "\n".join(lines) + "\n"


def code(text: str) -> str:
    """Write a text as code, of which GitHub makes nothing else, whatever is in it."""
    ticks = "`" * (max(map(len, re.findall("`+", text)), default=0) + 1)
    blank = " " if text[:1] == "`" or text[-1:] == "`" else ""
    return f"{ticks}{blank}{' '.join(text.split())}{blank}{ticks}"


def escaped(text: str) -> str:
    """Write a name as it is: what Markdown would make something of is written as a number."""
    plain = re.sub(r"[^\w ,.'()&/\u2013\u2019-]|_", lambda found: f"&#{ord(found[0])};", text)
    return re.sub(r"&(?!#\d+;)", "&amp;", plain).replace("&#64;", " at ")
