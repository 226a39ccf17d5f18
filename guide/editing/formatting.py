"""Files of listings that are not in the canonical form: which, how they would be, and writing them so."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from guide.editing.canonical import canonical
from guide.problems import InputError, Problem
from guide.yaml_tree import TreeError, decode

CLOSED = "data/closed.yaml"


class Change(Struct, frozen=True):
    """The text of a file as it is, and as it is in the canonical form; line ends of Windows do not count."""

    file: str
    before: str
    after: str

    @property
    def line(self) -> int:
        """The first line that differs."""
        pairs = zip(self.before.split("\n"), self.after.split("\n"), strict=False)
        return next((number for number, (one, other) in enumerate(pairs, 1) if one != other), 1)

    @property
    def diff(self) -> str:
        """What changes, as a unified diff."""
        lines = (self.before.splitlines(keepends=True), self.after.splitlines(keepends=True))
        return "".join(difflib.unified_diff(*lines, self.file, f"{self.file}, formatted", n=1))


def files_of(root: Path) -> list[str]:
    """List the files that have a canonical form."""
    found = (path.relative_to(root).as_posix() for path in (root / "data/resources").rglob("*.yaml"))
    return sorted([*found, *([CLOSED] if (root / CLOSED).is_file() else [])])


def changes(root: Path, files: Sequence[str]) -> list[Change]:
    """Tell how files would change. Raises `InputError` with the problems of all that cannot be read."""
    found, problems = [], []
    for file in files:
        try:
            before = decode((root / file).read_bytes())
            after = canonical(before)
        except TreeError as error:
            problems += [Problem(file, line, column, "", message) for line, column, message in error.faults]
            continue
        if after != before:
            found.append(Change(file, before, after))
    if problems:
        raise InputError(problems)
    return found


def write(root: Path, found: Sequence[Change]) -> None:
    """Write files in the canonical form; each is the old or the new one whatever happens. Raises `OSError`."""
    for change in found:
        path = root / change.file
        part = path.with_name(f"{path.name}.part")
        try:
            part.write_bytes(change.after.encode())
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)


def problems_of_form(root: Path) -> Iterator[Problem]:
    """Tell of each file that can be read and is not in the canonical form; what cannot be read is told elsewhere."""
    for file in files_of(root):
        try:
            found = changes(root, [file])
        except (InputError, OSError):
            continue
        for change in found:
            lines = change.after.split("\n")
            wanted = lines[change.line - 1].strip() if change.line <= len(lines) else ""
            advice = f"write here: {wanted}" if wanted else "a blank line belongs here, or one too many stands here"
            yield Problem(file, change.line, 1, "", f"looks other than the rest, though it says the same; {advice[:200]} "
                                                    f"(or run: python build.py format {file})")  # fmt: skip
