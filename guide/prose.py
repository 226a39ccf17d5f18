"""Markdown → HTML: the texts of `content/`, their numbered references, and the places of their figures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from html import escape
from html.parser import HTMLParser
from itertools import count
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement

import nh3
from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.toc import TocExtension, slugify

from guide.model import FIGURE, KINDS_OF_REFERENCE, Article, Figure, Prose, Reference

if TYPE_CHECKING:
    from markdown.blockparser import BlockParser

_TAGS = {"a", "abbr", "blockquote", "br", "code", "dd", "div", "dl", "dt", "em", "figure", "h2", "h3", "h4", "hr", "li", "ol",
         "p", "pre", "strong", "sub", "sup", "table", "tbody", "td", "th", "thead", "tr", "ul"}  # fmt: skip
_ATTRIBUTES = {"a": {"href", "id", "title"}, "figure": {"data-figure"}, "*": {"id", "lang"}}
_CLASSES = {"a": {"footnote-ref", "footnote-backref"}, "div": {"footnote", "toc"}}
_SCHEMES = {"http", "https", "mailto", "tel", "sms"}
_TABLE = re.compile(r"<table>.*?</table>", re.DOTALL)
IDS_OF_EVERY_PAGE = frozenset({"content", "q", "results", "page", "on-this-page", "understood", "which", "spelling"})


@lru_cache(maxsize=256)
def prose(article: Article, references: tuple[Reference, ...], figures: tuple[Figure, ...]) -> Prose:
    """Turn a text into HTML. References to unknown sources stay as they are typed; unknown figures stay empty."""
    cited = {figure.id: figure.cited for figure in figures}
    made = Markdown(output_format="html", extensions=[
        "tables", "attr_list", TocExtension(slugify=_slug, toc_depth="2-3"), _Figures(cited),
        FootnoteExtension(USE_DEFINITION_ORDER=True, BACKLINK_TITLE="Back to the text, reference {}"),
    ])  # fmt: skip
    text = FIGURE.sub(r"\n\g<0>\n", article.markdown)
    by_id = {one.id: one for one in references}
    used = [by_id[name] for name in _cited(text, cited) if name in by_id]
    if used or re.search(r"^\[\^[^\]]+\]:", text, re.MULTILINE):
        notes = "\n".join(f"[^{one.id}]: {_noted(one)}" for one in used)
        text = f"{text}\n\n## Sources\n\n///Footnotes Go Here///\n\n{notes}\n"
    html = made.convert(text)
    links = _Links()
    links.feed(html)
    clean = nh3.clean(html, tags=_TAGS, attributes=_ATTRIBUTES, allowed_classes=_CLASSES, url_schemes=_SCHEMES,
                      link_rel="noreferrer")  # fmt: skip
    sources = {one.url for one in used}
    return Prose(
        html=_scrolling_tables(clean.replace("</sup><sup ", '</sup><sup class="next" ')),
        contents=tuple((token["id"], nh3.clean(token["name"], tags=set()))
                       for token in made.toc_tokens if token["level"] == 2),  # type: ignore[attr-defined]
        numbers={name: number for number, name in enumerate(re.findall(r'<li id="fn:([^"]+)"', html), 1)},
        ids=frozenset(re.findall(r'\bid="([^"]+)"', clean)),
        links=tuple(link for link in links.found if not link.startswith("#fn") and link not in sources),
        pictures=links.pictures,
    )


def _cited(text: str, of_figures: Mapping[str, Iterable[str]]) -> dict[str, None]:
    """Give the sources that a text and its figures cite, in the order in which a reader meets them."""
    found = re.finditer(rf"\[\^([^\]\n]+)\](?!:)|{FIGURE.pattern}", text, re.MULTILINE)
    return dict.fromkeys(name for one in found for name in ([one[1]] if one[1] else of_figures.get(one[2], ())))


def _scrolling_tables(html: str) -> str:
    """Let each table scroll by itself where it is wider than the page, by touch and by keyboard, under a name of its own."""
    number = count(1)

    def scrolling(found: re.Match[str]) -> str:
        heads = [re.sub(r"<[^>]*>", "", cell).strip() for cell in re.findall(r"<th\b[^>]*>(.*?)</th>", found[0], re.DOTALL)]
        name = f"Table {next(number)}: {', '.join(head for head in heads if head)}".replace('"', "&quot;")
        return f'<div class="scrolls" role="region" tabindex="0" aria-label="{name}">{found[0]}</div>'

    return _TABLE.sub(scrolling, html)


def _noted(reference: Reference) -> str:
    """Write a source as Markdown, as it stands in the list at the foot."""
    dated = (f"Published {reference.published.words}" if reference.published else "Date not known")
    parts = [f"[{_literal(reference.title)}](<{escape(reference.url)}>).", f"{_literal(reference.by)}." if reference.by else "",
             f"{_capital(KINDS_OF_REFERENCE[reference.kind])}.", f"{dated}; read in {reference.read.words}.",
             _literal(reference.note) if reference.note else ""]  # fmt: skip
    return " ".join(part for part in parts if part)


def _literal(text: str) -> str:
    return re.sub(r"([\\`*_{}\[\]()#+\-.!|])", r"\\\1", escape(text, quote=False))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _slug(value: str, separator: str) -> str:
    slug = slugify(value, separator)
    return f"{slug}-1" if slug in IDS_OF_EVERY_PAGE else slug


class _Figures(Extension):
    """Reads `!figure[name]`; `cited` gives the sources of each figure that there is."""

    def __init__(self, cited: Mapping[str, Iterable[str]]) -> None:
        super().__init__()
        self.cited = cited

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  the library calls it so
        md.parser.blockprocessors.register(_FigureBlock(md.parser, self.cited), "figure", 175)


class _FigureBlock(BlockProcessor):
    def __init__(self, parser: BlockParser, cited: Mapping[str, Iterable[str]]) -> None:
        super().__init__(parser)
        self.cited = cited

    def test(self, parent: Element, block: str) -> bool:
        return bool(FIGURE.fullmatch(block.strip()))

    def run(self, parent: Element, blocks: list[str]) -> None:
        name = blocks.pop(0).strip()[len("!figure["):-1]
        figure = SubElement(parent, "figure", {"data-figure": name})
        figure.text = "".join(f"[^{reference}]" for reference in self.cited.get(name, ()))


class _Links(HTMLParser):
    """Gathers where links lead."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.pictures = 0

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.found += [value or "" for name, value in attributes if name == "href"]
        self.pictures += tag == "img"
