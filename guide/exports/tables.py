"""CSV: tables that open right in Excel and start no formula there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from guide.exports.csv_lines import csv_lines
from guide.exports.download import Column, Download
from guide.gaps import COLUMNS, Gaps, coverage_table
from guide.model import Figure, Guide

_OF_COVERAGE = (
    "The county's id.", "Its code of the Census Bureau.", "The county.", "MO or IL.", "Its region.", "The need.",
    "The kind of help. Empty: the line is about the whole need.", "The best that is listed for it.",
    "Where the nearest offices are, if none is in the county.", "The day of the edition.",
)  # fmt: skip
_OF_FIGURES = {
    "label": "What was counted.", "value": "The number. Empty: none is known.", "unit": "What is counted.",
    "percent": "The share, as the source prints it.", "also_reported": "Another number for the same, where sources disagree.",
    "note": "What to know of this number.", "of": "Of whom or what the numbers speak.", "caveat": "What they do not say.",
    "sources": "Who says so.",
}  # fmt: skip
DOWNLOADS = (
    Download("coverage-csv", "coverage.csv", "Gaps in the listings", "CSV",
             "For each county, need and kind of help the best that is listed.", tuple(map(Column, COLUMNS, _OF_COVERAGE))),
    Download("figures", "figures/<id>.csv", "The numbers behind each figure", "CSV", "Linked below each figure of the reports.",
             tuple(Column(name, meaning) for name, meaning in _OF_FIGURES.items())),
)  # fmt: skip


def table_files(guide: Guide, gaps: Gaps, edition: date) -> Iterator[tuple[str, bytes]]:
    """Give each table's address in the site and its bytes."""
    yield "coverage.csv", csv_bytes(coverage_table(guide, gaps, edition))
    for figure in guide.figures:
        yield f"figures/{figure.id}.csv", csv_bytes(_figure_table(figure, guide))


def csv_bytes(lines: Iterable[Sequence[str]]) -> bytes:
    """Write lines as CSV with the mark by which Excel knows UTF-8."""
    return csv_text(lines).encode("utf-8-sig")


def csv_text(lines: Iterable[Sequence[str]]) -> str:
    """Write lines as CSV (RFC 4180).

    A cell that Excel would take for a formula gets an apostrophe before it, as OWASP advises
    (https://owasp.org/www-community/attacks/CSV_Injection).
    """
    return csv_lines([_harmless(cell) for cell in line] for line in lines)


_STARTS = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
"""What a spreadsheet may take for the beginning of a formula, in wide signs too (OWASP, "CSV Injection")."""


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell[:1] in _STARTS else cell


def _figure_table(figure: Figure, guide: Guide) -> Iterator[tuple[str, ...]]:
    urls = {reference.id: reference.url for reference in guide.references}
    yield tuple(_OF_FIGURES)
    for row in figure.values:
        numbers = ["" if number is None else str(number) for number in (row.value, row.percent, row.also)]
        yield (row.label, numbers[0], figure.unit, numbers[1], numbers[2], row.note or "", figure.base, figure.caveat,
               "; ".join(urls[source] for source in row.sources or figure.sources))  # fmt: skip
