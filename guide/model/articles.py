"""Texts: the pages of `content/`, the sources that they cite, and the figures that they show."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Literal

from msgspec import Struct

from guide.kinds import AMOUNT, DAY, NUMBER, PARTIAL_DATE, SLUG, TEXT, URL, PartialDate, name_of, one_of
from guide.shapes import FromFile, Many, Record, told

FIGURE = re.compile(r"^!figure\[([^\]\n]*)\][ \t]*$", re.MULTILINE)
"""How a text places a figure: a line of its own with the name of a file of `data/figures/`."""
KINDS_OF_REFERENCE = {
    "report": "seen in the report's own front matter",
    "project": "the project's own page",
    "abstract": "peer-reviewed abstract",
    "university": "university news",
    "news": "news report",
    "organization": "page of an organization",
    "government": "government page",
    "law": "text of a law on a private site",
}


class Reference(FromFile):
    """A source that pages and figures cite by its id."""

    id: str = told(SLUG, "How a text cites it: [^id].", required=True)
    title: str = told(
        TEXT, "Its title, as it stands there; where it has none, plain words for what it is, and a note that says so.",
        required=True)  # fmt: skip
    by: str | None = told(TEXT, "Who wrote or published it. Left out: not known.")
    kind: str = told(one_of(*KINDS_OF_REFERENCE), "What sort of source it is.", required=True)
    url: str = told(URL, "The public page.", required=True)
    published: PartialDate | None = told(PARTIAL_DATE, "Its date, as exact as known. Left out: not known.")
    read: PartialDate = told(PARTIAL_DATE, "When somebody last read it for this guide.", required=True)
    note: str | None = told(TEXT, "What a reader should know of it, in one line.")


class References(FromFile):
    """The file `data/sources.yaml`."""

    sources: tuple[Reference, ...] = told(Many(Record(Reference), 0), "What the texts and figures cite.", required=True)


class FrontMatter(FromFile):
    """The head of a Markdown page in `content/`."""

    title: str = told(TEXT, "The page's title.", required=True)
    summary: str = told(TEXT, "What the page is, in one line.", required=True)
    date: PartialDate = told(DAY, "The day on which somebody last read the text and found it right.", required=True)
    sources: tuple[str, ...] = told(Many(name_of("source")), "What the text cites; ids from data/sources.yaml.")
    order: int | None = told(NUMBER, "The page's place among the reports, 1 for the first.")


class Article(Struct, frozen=True):
    """A page of `content/`: its name (`reports/strategic-plan`), its head, its Markdown, and the line it begins on."""

    name: str
    head: FrontMatter
    markdown: str
    first_line: int = 1

    @property
    def file(self) -> str:
        """The file that it is read from."""
        return f"content/{self.name}.md"

    @property
    def places(self) -> tuple[str, ...]:
        """The figures that it places."""
        return tuple(FIGURE.findall(self.markdown))


class Prose(Struct, frozen=True):
    """A text as HTML that has passed a sanitizer; a placed figure stands in it as `charts.PLACED`."""

    html: str
    contents: tuple[tuple[str, str], ...]
    """The id and words of each heading of the second level."""
    numbers: Mapping[str, int]
    """Reference → the number under which the text cites it."""
    ids: frozenset[str]
    links: tuple[str, ...]
    """The addresses that the text links to, as written, without those of its sources."""
    pictures: int


class Value(FromFile):
    """One row of a figure. Without `value` it is a gap in the record, or a thing that was named and not counted."""

    label: str = told(TEXT, "What was counted, in few words.", required=True)
    value: Decimal | None = told(AMOUNT, "The number. Left out: none is known, and the figure shows a gap.")
    percent: Decimal | None = told(AMOUNT, "The share, as the source prints it.")
    also: Decimal | None = told(AMOUNT, "Another number for the same, where sources disagree.")
    note: str | None = told(TEXT, "What a reader should know of this number.")
    services: tuple[str, ...] = told(Many(name_of("service")), "Which kinds of help of this guide answer it.")
    sources: tuple[str, ...] = told(Many(name_of("source")), "Its sources, where not all rows have the same.")


class Figure(FromFile):
    """A file of `data/figures/`: numbers to draw, with what they count, of whom, and who says so."""

    title: str = told(TEXT, "What the figure shows.", required=True)
    draw: Literal["bars", "years", "named"] = told(
        one_of("bars", "years", "named"), "'bars' for shares, 'years' for a row of years, 'named' for things without numbers.",
        required=True)  # fmt: skip
    unit: str = told(TEXT, "What is counted: survivors, cases.", required=True)
    whole: Decimal | None = told(AMOUNT, "What a full bar stands for. Left out: 100 percent, or the largest number.")
    base: str = told(TEXT, "Of whom or what the numbers speak.", required=True)
    question: str = told(TEXT, "What was asked.", required=True)
    values: tuple[Value, ...] = told(Many(Record(Value)), "The rows.", required=True)
    caveat: str = told(TEXT, "What the numbers do not say.", required=True)
    sources: tuple[str, ...] = told(Many(name_of("source")), "Who says so; ids from data/sources.yaml.", required=True)
    id: str = ""
    """The file's name."""

    @property
    def file(self) -> str:
        """The file that it is read from."""
        return f"data/figures/{self.id}.yaml"

    @property
    def cited(self) -> tuple[str, ...]:
        """All its sources and those of its rows, each once."""
        of_rows = (source for value in self.values or () for source in value.sources)
        return tuple(dict.fromkeys([*(self.sources or ()), *of_rows]))
