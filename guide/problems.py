"""What is wrong with the input, in words that an editor can act on."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct


class Problem(Struct, frozen=True, order=True):
    """One mistake in one file. `where` is the place inside the record, such as `phones[0].number`."""

    file: str
    line: int
    column: int
    where: str
    message: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        return f"{place}: {self.where}: {self.message}" if self.where else f"{place}: {self.message}"

    def annotation(self) -> str:
        """Give the problem as a GitHub Actions workflow command.

        Escapes as GitHub's toolkit does: https://github.com/actions/toolkit (core/src/command.ts).
        """
        text = f"{self.where}: {self.message}" if self.where else self.message
        file = _escape(self.file).replace(":", "%3A").replace(",", "%2C")
        return f"::error file={file},line={max(self.line, 1)},col={max(self.column, 1)}::{_escape(text)}"


def _escape(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def line_and_column(text: str, at: int) -> tuple[int, int]:
    """Give the line and the column of a place in a text, both from 1."""
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)


class InputError(Exception):
    """The input has mistakes. `problems` are all of them, sorted by file and line."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(str(problem) for problem in self.problems))
