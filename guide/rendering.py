"""Pages → HTML: the Jinja environment and its filters."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from functools import lru_cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined, Template, TemplateError
from jinja2.bccache import Bucket
from jinja2.runtime import Macro
from markupsafe import Markup

from guide.codes import qr_code
from guide.coverage import Cover, Offer, Tier
from guide.exports.imprint import imprint_of
from guide.exports.json_ld import json_ld
from guide.exports.names import names_of
from guide.exports.vcard import vcard_address
from guide.files import no_text
from guide.gaps import COVER_NAMES
from guide.model import Listing, PublicPlace, WithheldPlace
from guide.problems import InputError, Problem
from guide.shared import Row, Shared
from guide.site import Page

_OF_PAGES = ("base.html", "pages/", "parts/")
"""The templates of the site; a template of something else may need what these pages do not know."""
_RENDERED_ONCE = frozenset({"emergency_numbers", "main_nav", "footer"})
"""Macros of `templates/parts/` that give the same on many pages."""
TIER_NAMES = {
    Tier.HERE: "Office in this county",
    Tier.SERVES: "Serves this county from elsewhere",
    Tier.STATEWIDE: "Statewide",
    Tier.NATIONAL: "National",
}
COVERS = tuple((cover, cover.name.lower(), COVER_NAMES[cover]) for cover in Cover)
"""Each cover with the class that the styles know it by, and its name."""


class Renderer:
    """Renders pages with the templates of one folder. `compiled` is what an earlier one had, of these or older templates."""

    def __init__(self, templates: Path, compiled: Mapping[str, bytes] | None = None) -> None:
        self._templates = templates
        self._compiled = _Compiled(compiled or {})
        self._shared: Shared | None = None
        self._pages: dict[str, Template] = {}
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
        try:
            self._know(shared)
            for page in pages:
                yield page.address, self._page(page)
        except TemplateError as error:
            raise InputError([self._problem(error)]) from error
        except UnicodeDecodeError as error:
            texts = {f"templates/{name}": (self._templates / name).read_bytes()
                     for name in self._environment.list_templates(extensions=["html"])}  # fmt: skip
            if problems := [problem for file, data in texts.items() for problem in no_text(file, data)]:
                raise InputError(problems) from error
            raise

    def compile(self) -> dict[str, bytes]:
        """Compile all templates, and give what came of it; a faulty one is told where a page needs it."""
        for name in self._environment.list_templates(filter_func=lambda name: name.startswith(_OF_PAGES)):
            with suppress(TemplateError, UnicodeDecodeError):
                self._environment.get_template(name)
        return self._compiled.known

    def take(self, compiled: Mapping[str, bytes]) -> None:
        """Take what another one compiled."""
        self._compiled.known |= compiled

    def _know(self, shared: Shared) -> None:
        """Let the templates know what all pages share, and every macro of `parts/`."""
        if self._shared is shared:
            return
        guide = shared.guide
        known: dict[str, Any] = self._environment.globals
        names, imprint = names_of(guide), imprint_of(guide, shared.edition)
        known.update(
            shared=shared, site=guide.site, tier_names=TIER_NAMES, covers=COVERS,
            qr_code=lambda address: Markup(qr_code(address)),  # noqa: S704  segno escapes its title
            json_ld=lambda listing: Markup(json_ld(listing, names, imprint)),  # noqa: S704  it escapes all
            vcard_address=vcard_address)  # fmt: skip
        for name in self._environment.list_templates(filter_func=lambda name: name.startswith("parts/")):
            macros = self._environment.get_template(name).make_module(known, shared=True).__dict__
            known.update({macro: _once(one) if macro in _RENDERED_ONCE else one for macro, one in macros.items()
                          if isinstance(one, Macro)})  # fmt: skip
        # pages have thousands of cards and rows, and these loops in a template would take several times as long
        known.update(offer_cards=partial(_offer_cards, _of_each(known["card"]), _around(known["offer"])),
                     listing_rows=partial(_rows, _of_each(known["listing_row"])))  # fmt: skip
        self._shared = shared
        self._pages.clear()

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
        if page.template not in self._pages:
            template = self._environment.get_template(f"pages/{page.template}")
            template.globals = dict(template.globals)  # as Jinja makes them, to copy them for each page takes its time
            self._pages[page.template] = template
        template = self._pages[page.template]
        return template.render(page=page, root="../" * depth, **page.facts, **page.worked_out()).encode("utf-8")


class _Compiled(BytecodeCache):
    """Templates as they were compiled. Jinja takes none that is of another source, or another Python."""

    def __init__(self, known: Mapping[str, bytes]) -> None:
        self.known = dict(known)

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self.known:
            bucket.bytecode_from_string(self.known[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.known[bucket.key] = bucket.bytecode_to_string()


def _once(macro: Macro) -> Callable[..., Markup]:
    """Make a function that calls a macro once for the same facts."""
    made: dict[tuple[object, ...], Markup] = {}

    def once(*facts: object) -> Markup:
        if facts not in made:
            made[facts] = Markup(macro(*facts))  # noqa: S704  templates escape
        return made[facts]

    return once


def _of_each(macro: Macro) -> Callable[..., Iterator[str]]:
    """Make a function that gives what a macro makes of each of some listings or rows, with the same facts once for each."""
    made: dict[tuple[object, ...], dict[str, str]] = defaultdict(dict)

    def of_each(things: Iterable[Listing | Row], *facts: object) -> Iterator[str]:
        known = made[facts]
        for thing in things:
            if thing.id not in known:
                known[thing.id] = str(macro(thing, *facts))
            yield known[thing.id]

    return of_each


def _around(offer: Macro) -> dict[tuple[bool, bool], list[str]]:
    """Give what stands before a card and behind it: if it stands above already, and if it is to be asked about."""
    return {(again, ask): str(offer("\0", again, ask)).split("\0") for again in (False, True) for ask in (False, True)}


def _offer_cards(card: Callable[..., Iterator[str]], around: Mapping[tuple[bool, bool], Sequence[str]],
                 offers: Sequence[Offer], seen: dict[str, bool], root: str, below: str) -> Markup:  # fmt: skip
    """Give the cards of offers; `seen` are the listings whose cards stand above."""
    parts: list[str] = []
    for offer, told in zip(offers, card([offer.listing for offer in offers], root, below), strict=True):
        before, behind = around[offer.listing.id in seen, offer.ask]
        parts += (before, told, behind)
        seen[offer.listing.id] = True
    return Markup("".join(parts))  # noqa: S704  templates escape


def _rows(row: Callable[..., Iterator[str]], rows: Iterable[Row], root: str, told: bool) -> Markup:
    """Give rows, each in a line."""
    return Markup("".join([f"{one}\n" for one in row(rows, root, told)]))  # noqa: S704  they are escaped


@lru_cache(maxsize=8)
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
