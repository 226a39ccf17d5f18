"""CSV (RFC 4180), line by line."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from typing import Any


def csv_lines(lines: Iterable[Iterable[Any]]) -> str:
    """Write lines as CSV, each with CR and LF at its end; None is an empty cell."""
    return "".join(map(_WRITER.writerow, lines))


class _Giving:
    """A file that gives what is written to it: a file in memory for each of thousands of lines would take its time."""

    def write(self, line: str) -> str:
        return line


_WRITER: Any = csv.writer(_Giving())
"""What its `writerow` gives is what the file gives (https://docs.python.org/3/library/csv.html#csv.csvwriter.writerow)."""
