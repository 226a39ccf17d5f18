"""Reads every page of a built site with a strict HTML parser, once, on all processors, for tests to ask about."""

from __future__ import annotations

import os
import re
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import html5lib

_ADDRESS = ("href", "src", "action", "formaction", "poster", "data", "cite", "xlink:href", "{http://www.w3.org/1999/xlink}href")
_LOADS = {"link", "script", "img", "image", "use", "iframe", "embed", "object", "source", "video", "audio", "track", "form",
          "input", "button", "base"}  # fmt: skip
_FILE = re.compile(r"[\w./-]+\.(?:js|css|html|json|svg|csv|txt|xml|vcf)")


@dataclass(frozen=True, slots=True)
class Link:
    """An address in a page. `loads`: the browser follows it by itself, or sends a form there."""

    element: str
    address: str
    rel: str
    text: str
    loads: bool
    in_main: bool
    attributes: dict[str, str]


@dataclass(slots=True)
class Page:
    """What a page holds, in the order in which it is read."""

    address: str
    faults: list[str] = field(default_factory=list)
    attributes: dict[str, str] = field(default_factory=dict)
    title: str = ""
    metas: dict[str, str] = field(default_factory=dict)
    ids: list[str] = field(default_factory=list)
    headings: list[tuple[int, str]] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    times: list[str] = field(default_factory=list)
    inline: list[str] = field(default_factory=list)
    facts: list[str] = field(default_factory=list)
    """Facts for programs, as JSON-LD: a browser runs nothing of it."""
    listings: dict[str, list[str]] = field(default_factory=dict)
    """Below each id, the listings that are linked there."""
    text: str = ""

    def link_to(self, address: str) -> list[Link]:
        """List the links with just this address."""
        return [link for link in self.links if link.address == address]


def read_site(site: Path) -> dict[str, Page]:
    """Read every page."""
    names = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    with ProcessPoolExecutor(os.cpu_count()) as workers:
        return {page.address: page for page in workers.map(_read, [site] * len(names), names, chunksize=20)}


def _read(site: Path, name: str) -> Page:
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    root = parser.parse((site / name).read_text(encoding="utf-8"))
    page = Page(name, attributes=dict(root.attrib))
    # `strict=True` would stop at the first of them
    page.faults = [f"line {position[0]}: {code} {facts or ''}" for position, code, facts in parser.errors]
    _walk(root, page, [])
    body = root.find("body")
    page.text = " ".join(_text(body).split())
    return page


def _walk(element: Any, page: Page, inside: list[str], in_main: bool = False) -> None:
    if not isinstance(element.tag, str):
        return  # a comment
    tag = element.tag.rpartition("}")[2]
    facts = element.attrib
    in_main = in_main or tag == "main"
    own = facts.get("id")
    if own is not None:
        page.ids.append(own)
        page.listings[own] = []
        inside = [*inside, own]
    if tag == "title" and not page.title:
        page.title = _text(element).strip()
    elif tag == "meta":
        page.metas[facts.get("name") or facts.get("http-equiv") or ""] = facts.get("content", "")
    elif re.fullmatch("h[1-6]", tag):
        page.headings.append((int(tag[1]), " ".join(_text(element).split())))
    elif tag == "time":
        page.times.append(facts.get("datetime", ""))
    elif tag == "script" and facts == {"type": "application/ld+json"}:
        page.facts.append(_text(element))
    elif tag == "style" or (tag == "script" and "src" not in facts):
        page.inline.append(f"<{tag}>")
    for name, value in facts.items():
        if name == "style" or name.startswith("on") or value.strip().lower().startswith("javascript:"):
            page.inline.append(f"{tag} {name}={value!r}")
        if name in _ADDRESS or name == "srcset" or (name.startswith("data-") and _FILE.fullmatch(value)):
            loads = tag in _LOADS or name.startswith("data-")
            text = _text(element) if tag == "a" else ""
            page.links.append(Link(tag, value, facts.get("rel", ""), " ".join(text.split()), loads, in_main, dict(facts)))
            if found := re.fullmatch(r"(?:\.\./)?listings/([^/]+)\.html", value):
                for place in inside:
                    if found[1] not in page.listings[place]:
                        page.listings[place].append(found[1])
    for child in element:
        _walk(child, page, inside, in_main)


def _text(element: Any) -> str:
    """Give an element's text, a blank between elements that stand apart."""
    parts = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str):
            apart = "" if child.tag in ("a", "b", "strong", "span", "em", "code", "time") else " "
            parts += [apart, _text(child), apart]
        parts.append(child.tail or "")
    return "".join(parts)
