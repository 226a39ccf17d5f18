"""Pages → HTML: the Jinja environment and its filters."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined, TemplateError
from jinja2.bccache import Bucket
from markupsafe import Markup

from guide.codes import qr_code
from guide.coverage import Cover, Tier
from guide.exports.imprint import imprint_of
from guide.exports.json_ld import json_ld
from guide.exports.names import names_of
from guide.exports.vcard import vcard_address
from guide.gaps import COVER_NAMES
from guide.kept import Kept
from guide.model import Listing, PublicPlace, WithheldPlace
from guide.problems import InputError, Problem
from guide.site import Page, Shared

TIER_NAMES = {
    Tier.HERE: "Office in this county",
    Tier.SERVES: "Serves this county from elsewhere",
    Tier.STATEWIDE: "Statewide",
    Tier.NATIONAL: "National",
}
COVERS = tuple((cover, cover.name.lower(), COVER_NAMES[cover]) for cover in Cover)
"""Each cover with the class that the styles know it by, and its name."""


class Renderer:
    """Renders pages with the templates of one folder; what was compiled of them is taken from `kept`, and kept there."""

    def __init__(self, templates: Path, kept: Kept | None = None) -> None:
        self._templates = templates
        self._compiled = _Compiled(kept) if kept else None
        self._environment = Environment(
            loader=FileSystemLoader(templates),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
            bytecode_cache=self._compiled,
        )
        self._environment.filters.update(long_date=long_date, words=joined, capital=capital, host=host)
        self._environment.tests.update(
            public=lambda place: isinstance(place, PublicPlace),
            withheld=lambda place: isinstance(place, WithheldPlace),
        )

    def render(self, shared: Shared, pages: Iterable[Page]) -> Iterator[tuple[str, bytes]]:
        """Give each page's address and bytes. Raises `InputError` for a fault in a template."""
        guide = shared.guide
        self._environment.globals.update(
            shared=shared, site=guide.site, tier_names=TIER_NAMES, covers=COVERS,
            qr_code=lambda address: Markup(qr_code(address)), vcard_address=vcard_address)  # noqa: S704  segno escapes its title
        names, imprint = names_of(guide), imprint_of(guide, shared.edition)
        self._environment.globals["json_ld"] = lambda listing: Markup(json_ld(listing, names, imprint))  # noqa: S704  it escapes all
        self._environment.globals["card"] = self._card_maker()
        try:
            for page in pages:
                yield page.address, self._page(page)
            if self._compiled:
                self._compiled.keep()
        except TemplateError as error:
            raise InputError([self._problem(error)]) from error

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
        return template.render(page=page, root="../" * depth, **page.facts, **page.worked_out()).encode("utf-8")

    def _card_maker(self) -> Callable[..., Markup]:
        """Make the function that renders a listing's card for pages one folder deep: once, however many pages show it."""
        macro = self._environment.get_template("parts/card.html").make_module().card  # type: ignore[attr-defined]
        cards: dict[tuple[str, str], Markup] = {}

        def card(listing: Listing, below: str = "") -> Markup:
            if (listing.id, below) not in cards:
                cards[listing.id, below] = macro(listing, "../", below)
            return cards[listing.id, below]

        return card


class _Compiled(BytecodeCache):
    """Templates as they were compiled, in one file. Jinja takes none that is of another source, or another Python."""

    def __init__(self, kept: Kept) -> None:
        self._kept = kept
        self._known: dict[str, bytes] = kept.read("templates") or {}
        self._is_new = False

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._known:
            bucket.bytecode_from_string(self._known[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._known[bucket.key] = bucket.bytecode_to_string()
        self._is_new = True

    def keep(self) -> None:
        """Keep what was compiled."""
        if self._is_new:
            self._kept.keep("templates", self._known)
        self._is_new = False


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
