"""Pages → HTML: the Jinja environment, its filters, and Markdown."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError
from markupsafe import Markup

from guide.coverage import Tier
from guide.model import Article, Listing, PublicPlace, WithheldPlace
from guide.problems import InputError, Problem
from guide.site import Page, Shared

TIER_NAMES = {
    Tier.HERE: "Office in this county",
    Tier.SERVES: "Serves this county from elsewhere",
    Tier.STATEWIDE: "Statewide",
    Tier.NATIONAL: "National",
}


class Renderer:
    """Renders pages with the templates of one folder.

    A page whose facts are what they were is not rendered again, so a renderer that is kept makes `serve` quick.
    """

    def __init__(self, templates: Path) -> None:
        self._templates = templates
        self._environment = Environment(
            loader=FileSystemLoader(templates),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=True,
        )
        self._environment.filters.update(long_date=long_date, words=joined, capital=capital, host=host)
        self._environment.tests.update(
            public=lambda place: isinstance(place, PublicPlace),
            withheld=lambda place: isinstance(place, WithheldPlace),
        )
        self._rendered: dict[str, tuple[Page, bytes]] = {}
        self._made_for: tuple[Any, ...] = ()
        self._cards: dict[tuple[str, str], tuple[Listing, Markup]] = {}

    def render(self, shared: Shared, pages: Iterator[Page]) -> Iterator[tuple[str, bytes]]:
        """Give each page's address and bytes. Raises `InputError` for a fault in a template."""
        guide = shared.guide
        stamps = tuple(sorted((str(path), path.stat().st_mtime_ns) for path in self._templates.rglob("*.html")))
        made_for = (stamps, shared.edition, guide.site, guide.regions, guide.counties, guide.groups, guide.people,
                    guide.languages, guide.shapes)  # fmt: skip
        if made_for != self._made_for:
            self._rendered, self._cards, self._made_for = {}, {}, made_for
        self._environment.globals.update(
            shared=shared, site=guide.site, tier_names=TIER_NAMES, markdown=markdown)
        self._environment.globals["card"] = self._card_maker()
        kept: dict[str, tuple[Page, bytes]] = {}
        try:
            for page in pages:
                known = self._rendered.get(page.address)
                kept[page.address] = known if known and known[0] == page else (page, self._page(page))
                yield page.address, kept[page.address][1]
        except TemplateError as error:
            raise InputError([self._problem(error)]) from error
        self._rendered = kept

    def _problem(self, error: TemplateError) -> Problem:
        """Tell a template's fault with its file and line: an error of its syntax knows both, another left them in its trace."""
        places = [(str(getattr(error, "filename", None) or ""), int(getattr(error, "lineno", None) or 1))]
        trace = error.__traceback__
        while trace:
            places.append((trace.tb_frame.f_code.co_filename, trace.tb_lineno))
            trace = trace.tb_next
        folder = f"{self._templates}{os.sep}"
        file, line = next(((file, line) for file, line in reversed(places) if file.startswith(folder)), ("", 1))
        name = f"templates/{Path(file).relative_to(self._templates).as_posix()}" if file else "templates"
        return Problem(name, line, 1, "", str(error.message))

    def _page(self, page: Page) -> bytes:
        depth = page.address.count("/")
        template = self._environment.get_template(f"pages/{page.template}")
        return template.render(page=page, root="../" * depth, **page.facts).encode("utf-8")

    def _card_maker(self) -> Callable[..., Markup]:
        """Make the function that renders a listing's card for pages one folder deep: once, however many pages show it."""
        macro = self._environment.get_template("parts/card.html").make_module().card  # type: ignore[attr-defined]

        def card(listing: Listing, below: str = "") -> Markup:
            known = self._cards.get((listing.id, below))
            if not known or known[0] != listing:
                known = self._cards[listing.id, below] = (listing, macro(listing, "../", below))
            return known[1]

        return card


def long_date(day: date) -> str:
    """Write a date as one reads it: November 24, 2026."""
    return f"{day:%B} {day.day}, {day.year}"


def capital(text: str) -> str:
    """Begin a text with a capital letter."""
    return text[:1].upper() + text[1:]


def host(url: str) -> str:
    """Name the site of a web address, without `www.`."""
    return urlsplit(url).netloc.removeprefix("www.")


def joined(words: list[str], last: str = "and") -> str:
    """Join words as in a sentence: `a, b and c`."""
    words = list(words)
    return f" {last} ".join(part for part in (", ".join(words[:-1]), words[-1]) if part) if words else ""


def markdown(article: Article, root: str) -> Markup:
    """Turn a page of `content/` into HTML that has passed a sanitizer; `root` leads to the site's top."""
    import nh3
    from markdown import Markdown

    made = Markdown(extensions=["tables", "toc", "attr_list", "footnotes"], output_format="html")
    html = made.convert(article.markdown)
    tags = {"a", "abbr", "blockquote", "br", "code", "dd", "dl", "dt", "em", "h2", "h3", "h4", "hr", "li", "ol", "p", "pre",
            "strong", "sup", "table", "tbody", "td", "th", "thead", "tr", "ul"}  # fmt: skip
    clean = nh3.clean(html, tags=tags, attributes={"a": {"href", "id"}, "*": {"id", "lang"}}, link_rel="noreferrer",
                      url_schemes={"http", "https", "mailto", "tel", "sms"})  # fmt: skip
    return Markup(clean)  # noqa: S704  cleaned above
