"""What must hold in the texts of `content/`: headings, references, figures, links. One rule, one function."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from html import unescape
from itertools import chain, islice
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit

from msgspec import Struct

from guide.addresses import FIXED, FOLDERS, Addresses
from guide.links import read_email, read_url
from guide.model import FIGURE, Article, Figure, Prose
from guide.problems import Problem
from guide.reading import Entry, Vocabulary, shortened
from guide.unseen import unseen

_TOLD = 100
"""Problems of one text that are told; nobody reads more, and each takes time to find."""
_REFERENCE = re.compile(r"\[\^([^\]\s]+)\]")
_DEFINITION = re.compile(r"^ {0,3}\[\^([^\]\s]+)\]:")
_HEADING = re.compile(r"\s*#{1,6}\s")
_BEGINS = re.compile(r"\s*(?:[-*+]|\d+[.)])\s+|\s*\|")
_UNSAID = re.compile(r"`[^`]*`|\]\([^)\]\s]*\)|<[^<>]*>|\{:?[^{}]*\}|!figure\[[^\[\]]*\]|\[\^[^\[\]]*\]|"
                     r"^\s*(?:\d+[.)]|\[[^\]]+\]:.*)")
"""Digits in it are none that a reader sees, or no fact: code, addresses, attributes, marks of lists."""


class Texts(Struct, frozen=True):
    """The texts with all that they may name."""

    articles: Sequence[Entry[Article]]
    prose: Mapping[str, Prose]
    """Article → its text as HTML."""
    figures: Sequence[Entry[Figure]]
    source: Vocabulary
    figure: Vocabulary
    addresses: Addresses


def check(texts: Texts, today: date) -> Iterator[Problem]:
    """Apply every rule; `today` is the last day that a date may name."""
    inside = {f"{name}.html": made.ids for name, made in texts.prose.items()}
    cited = {entry.record.id: entry.record.cited for entry in texts.figures}
    for drawn in texts.figures:
        yield from islice(rows_can_be_drawn(drawn), _TOLD)
    for entry in texts.articles:
        head, lines, made = entry.record.head, tuple(_lines(entry.record)), texts.prose[entry.record.name]
        if head.date and head.date.first_day() > today:
            yield entry.problem("date", f"'{head.date}' lies in the future; write the day on which the text was last read")
        if fault := page_of_its_own(entry.record):
            yield Problem(entry.file, 1, 1, "", fault)
        yield from islice(chain(
            headings_begin_below_the_title(entry, lines),
            figures_are_known(entry, lines, texts.figure),
            references_have_a_source(entry, lines, texts.source),
            sources_are_cited(entry, cited),
            numbers_have_a_source(entry, lines),
            pictures_are_figures(entry, made.pictures),
            places_are_the_texts_own(entry, made.html, lines),
            characters_can_be_seen(entry, made.html, lines),
            links_lead_somewhere(entry, made.links, lines, texts.addresses, inside),
        ), _TOLD)  # fmt: skip


def _lines(article: Article) -> Iterator[tuple[int, str]]:
    """Give the text's lines with their numbers in the file; code in a line is left out."""
    for number, line in enumerate(article.markdown.split("\n"), article.first_line):
        yield number, re.sub(r"`[^`]*`", "", line)


def _line_of(link: str, lines: Sequence[tuple[int, str]]) -> int:
    return next((number for number, line in lines if link in line), lines[0][0])


def headings_begin_below_the_title(entry: Entry[Article], lines: Sequence[tuple[int, str]]) -> Iterator[Problem]:
    """The page's title stands in its head; the text has none of its own."""
    for number, line in lines:
        if re.match(r"#\s", line):
            yield Problem(entry.file, number, 1, "", "the title of the page stands in its head; begin a heading with '##'")


def figures_are_known(entry: Entry[Article], lines: Sequence[tuple[int, str]], figure: Vocabulary) -> Iterator[Problem]:
    """Each placed figure is a file of `data/figures/`, and stands in a line of its own."""
    placed = set()
    for number, line in lines:
        for found in re.finditer(r"!\s*figure\b\s*(\S*)", line, re.IGNORECASE):
            whole = FIGURE.fullmatch(line)
            if not whole:
                yield Problem(entry.file, number, found.start() + 1, "",
                              "a figure stands in a line of its own, like !figure[hotline-cases]")  # fmt: skip
            elif whole[1] not in figure.names and not figure.open:
                known = figure.advice(whole[1]) or f"; there are {', '.join(figure.names) or 'none'}"
                yield Problem(entry.file, number, 1, "", f"'{whole[1]}' is not {figure.called}{known}")
            elif whole[1] in placed:
                yield Problem(entry.file, number, 1, "", f"the figure '{whole[1]}' stands twice; delete one of them")
            placed.add(whole[1] if whole else "")


def references_have_a_source(entry: Entry[Article], lines: Sequence[tuple[int, str]], source: Vocabulary) -> Iterator[Problem]:
    """Each `[^id]` is a source that the page names in its head, or a note that the text explains itself."""
    listed = entry.record.head.sources or ()
    explained = {found[1] for _, line in lines if (found := _DEFINITION.match(line))}
    for number, line in lines:
        for found in _REFERENCE.finditer(line):
            name = found[1]
            if name in listed or (name in explained and name not in source.names):
                continue
            if name in source.names:
                fault = f"add '{name}' to 'sources' in the head of this page"
            elif source.open:
                continue
            else:
                fault = f"'{name}' is not {source.called}{source.advice(name)}"
            yield Problem(entry.file, number, found.start() + 1, "", fault)


def sources_are_cited(entry: Entry[Article], cited: Mapping[str, Sequence[str]]) -> Iterator[Problem]:
    """Each source in the head is cited, by the text or by a figure in it."""
    text = entry.record.markdown
    by_figures = {source for name in FIGURE.findall(text) for source in cited.get(name, ())}
    for number, name in enumerate(entry.record.head.sources or ()):
        if f"[^{name}]" not in text and name not in by_figures:
            yield entry.problem(f"sources[{number}]", f"nothing on the page cites '{name}'; write [^{name}] behind what it "
                                                      "says, or delete it here")  # fmt: skip


def numbers_have_a_source(entry: Entry[Article], lines: Sequence[tuple[int, str]]) -> Iterator[Problem]:
    """On a page with sources, each paragraph, list item and row of a table that has a number has a reference."""
    if not entry.record.head.sources and not entry.record.name.startswith("reports/"):
        return
    for first, block in _blocks(lines):
        said = "\n".join(_UNSAID.sub("", line) for line in block)
        if re.search(r"\d", said) and not _REFERENCE.search("\n".join(block)):
            number = next(first + n for n, line in enumerate(block) if re.search(r"\d", _UNSAID.sub("", line)))
            yield Problem(entry.file, number, 1, "", "has a number without a source; write [^id] behind it, with an id from "
                                                     "data/sources.yaml")  # fmt: skip


def _blocks(lines: Sequence[tuple[int, str]]) -> Iterator[tuple[int, list[str]]]:
    """Take a text apart into paragraphs, list items and rows of tables, each with the number of its first line."""
    block: list[str] = []
    first = 0
    for number, line in [*lines, (0, "")]:
        ends = not line.strip() or _BEGINS.match(line) or _HEADING.match(line) or _DEFINITION.match(line)
        if block and ends:
            yield first, block
            block = []
        if line.strip() and not _HEADING.match(line) and not _DEFINITION.match(line):
            first = first if block else number
            block.append(line)


def pictures_are_figures(entry: Entry[Article], pictures: int) -> Iterator[Problem]:
    """A text shows no pictures but figures."""
    if pictures:
        line = next((n for n, line in _lines(entry.record) if re.search(r"!\[|<img", line)), entry.record.first_line)
        yield Problem(entry.file, line, 1, "", "a page shows no pictures; numbers can be drawn from data/figures, placed with "
                                               "!figure[name]")  # fmt: skip


def places_are_the_texts_own(entry: Entry[Article], html: str, lines: Sequence[tuple[int, str]]) -> Iterator[Problem]:
    """Each id in a text stands once, and none is one that the page needs for itself."""
    from guide.prose import IDS_OF_EVERY_PAGE

    for place, count in Counter(re.findall(r' id="([^"]*)"', html)).items():
        fault = ""
        if not place or place in IDS_OF_EVERY_PAGE or place.startswith(("figure-", "hatch-")):
            fault = f"the place '{place}' belongs to the page itself; give it another name"
        elif count > 1 and not place.startswith("fn"):
            fault = f"the place '{place}' stands twice; give one of them another name"
        if fault:
            line = next((n for n, line in lines if place and re.search(rf"(?:#|id=.?){re.escape(place)}\b", line)), lines[0][0])
            yield Problem(entry.file, line, 1, "", fault)


def characters_can_be_seen(entry: Entry[Article], html: str, lines: Sequence[tuple[int, str]]) -> Iterator[Problem]:
    """No sign that is written as `&...;` becomes a character that nobody sees."""
    if found := unseen(html):
        line = next((n for n, line in lines if "&" in line and unseen(unescape(line))), lines[0][0])
        yield Problem(entry.file, line, 1, "", f"has a character that cannot be seen ({found[1]}), written as &...;: delete it")


def links_lead_somewhere(entry: Entry[Article], links: Sequence[str], lines: Sequence[tuple[int, str]], addresses: Addresses,
                         inside: Mapping[str, frozenset[str]]) -> Iterator[Problem]:  # fmt: skip
    """Each link leads to a page and place of the guide, or to a web address."""
    for link in links:
        if fault := fault_of_link(entry.record, link, addresses, inside):
            on_one_line = shortened(" ".join(link.split()))
            yield Problem(entry.file, _line_of(link, lines), 1, "", fault.replace(link, on_one_line))


def fault_of_link(article: Article, link: str, addresses: Addresses, inside: Mapping[str, frozenset[str]]) -> str:
    """Say what is wrong with a link of a text; empty where nothing is."""
    scheme, _, rest = link.partition(":")
    if scheme == "mailto":
        try:
            read_email(rest)
        except ValueError as error:
            return f"{error}; write mailto: and nothing but the address behind it"
        return ""
    if scheme in ("tel", "sms"):
        is_number = re.fullmatch(r"\+?[0-9-]{3,15}(,[0-9]{1,7})?", rest)
        return "" if is_number else f"'{link}' is no number; write {scheme}:+15736344911"
    if re.match(r"[a-z][a-z0-9+.-]*:|//", link, re.IGNORECASE):
        try:
            read_url(link)
        except ValueError as error:
            return str(error)
        return ""
    parts = urlsplit(link)
    page = f"{article.name}.html"
    target = normpath(join(dirname(page), unquote(parts.path))) if parts.path else page
    if target not in addresses:
        return f"'{link}' leads nowhere: the guide has no page '{target}'{_meant(target, addresses)}"
    if parts.fragment and target in inside and unquote(parts.fragment) not in inside[target]:
        return f"'{link}' leads nowhere: '{target}' has no place '{parts.fragment}'; its places are {_listed(inside[target])}"
    return ""


def page_of_its_own(article: Article) -> str:
    """Say whether a text would take another page's address; empty where it does not."""
    if f"{article.name}.html" in FIXED or article.name.split("/")[0] in FOLDERS:
        return f"'{article.name}.html' is the address of another page of the guide; give this one another name"
    return ""


def rows_can_be_drawn(entry: Entry[Figure]) -> Iterator[Problem]:
    """A figure's rows have the numbers that its kind draws, and a row without a number says why."""
    figure = entry.record
    for number, row in enumerate(figure.values or ()):
        where = f"values[{number}]"
        if figure.draw == "named" and row.value is not None:
            yield entry.problem(f"{where}.value", "a figure of things that were named shows no numbers; write 'draw: bars'")
        elif figure.draw != "named" and row.value is None and not row.note:
            yield entry.problem(where, "has no value; write what is known of it, like 'note: no number found'")
        elif row.value is None and (row.also is not None or row.percent is not None):
            yield entry.problem(where, "has no value, but a second number or a percentage; write the first number as 'value'")
        if row.percent is not None and row.percent > 100:
            yield entry.problem(f"{where}.percent", f"'{row.percent}' is more than the whole; shares end at 100")
        elif figure.whole is not None and row.value is not None and row.value > figure.whole:
            yield entry.problem(f"{where}.value", f"'{row.value}' is more than the whole ({figure.whole})")


def _meant(target: str, addresses: Addresses) -> str:
    from difflib import get_close_matches

    wished = re.sub(r"\.md$", "", target).removesuffix(".html") + ".html"
    name = wished.rpartition("/")[2]
    ends = [known for known in sorted(addresses.known) if known.rpartition("/")[2] == name]
    found = [wished] if wished in addresses.known else ends[:2] or get_close_matches(wished, addresses.known, 1, 0.75)
    return f"; did you mean {' or '.join(found)}?" if found else ""


def _listed(ids: frozenset[str]) -> str:
    return ", ".join(sorted(one for one in ids if not one.startswith("fn"))) or "none"


def broken_places(articles: Sequence[Article], pages: Mapping[str, bytes]) -> Iterator[Problem]:
    """Find links to places that the built pages (address → HTML) do not have."""
    for article in articles:
        page = f"{article.name}.html"
        for link in re.findall(r'href="([^"#=]+#[^"=]+)"', pages[page].decode()):
            parts = urlsplit(link)
            target = normpath(join(dirname(page), unquote(parts.path)))
            place = unquote(parts.fragment)
            if not parts.scheme and parts.path and target in pages and f' id="{place}"'.encode() not in pages[target]:
                yield Problem(article.file, _line_of(link, tuple(_lines(article))), 1, "",
                              f"'{link}' leads nowhere: '{target}' has no place '{place}'")  # fmt: skip
