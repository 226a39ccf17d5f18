"""The feed of changes, as Atom 1.0 (RFC 4287)."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import date
from xml.etree import ElementTree

from guide.chronicle import Chronicle, Line, Many
from guide.model import Site

FEED = "changes.xml"
NEWEST = 200
"""Entries of the feed; whoever reads it comes back sooner."""
_ATOM = "http://www.w3.org/2005/Atom"
_OURS = uuid.UUID("224c8a87-6855-467f-aa79-a605b19734ac")
"""What the ids are made from: never change it, or every reader of the feed sees everything anew."""


def feed_files(chronicle: Chronicle, site: Site, edition: date) -> Iterator[tuple[str, bytes]]:
    """Give the feed's address in the site and its bytes. Its links are whole where the guide's own address is known."""
    entries = chronicle.entries[:NEWEST]
    feed = ElementTree.Element("feed", {"xmlns": _ATOM, "xml:lang": "en"})
    _add(feed, "id", _id("feed"))
    _add(feed, "title", f"{site.title}: what changed")
    _add(feed, "updated", max((_at(entry) for entry in entries), default=f"{edition}T00:00:00Z"))
    _add(ElementTree.SubElement(feed, "author"), "name", site.title)
    start = site.address or ""
    ElementTree.SubElement(feed, "link", {"rel": "self", "type": "application/atom+xml", "href": f"{start}{FEED}"})
    ElementTree.SubElement(feed, "link", {"rel": "alternate", "type": "text/html", "href": f"{start}changes.html"})
    for entry in entries:
        feed.append(_entry(entry, start))
    ElementTree.indent(feed, "")
    yield FEED, ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)


def _entry(told: Line | Many, start: str) -> ElementTree.Element:
    entry = ElementTree.Element("entry")
    if isinstance(told, Many):
        where = f"changes.html#month-{told.crowd.at[:7]}"
        _add(entry, "id", _id(f"{told.crowd.on} many"))
        _add(entry, "title", told.crowd.words)
        _add(entry, "content", "; ".join(f"{area.name}: {count}" for area, count in told.counts))
    else:
        where = told.address or told.area.address or "changes.html"
        _add(entry, "id", _id(f"{told.change.on} {told.change.listing}"))
        _add(entry, "title", f"{told.name} · {told.change.words}")
        _add(entry, "content", f"{told.name}, {told.area.name}. {told.change.words}.")
        ElementTree.SubElement(entry, "category", {"term": told.area.id or "elsewhere", "label": told.area.name})
    _add(entry, "updated", _at(told))
    ElementTree.SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": f"{start}{where}"})
    return entry


def _at(told: Line | Many) -> str:
    return told.crowd.at if isinstance(told, Many) else told.change.at


def _add(parent: ElementTree.Element, name: str, text: str) -> None:
    ElementTree.SubElement(parent, name).text = text


def _id(name: str) -> str:
    return f"urn:uuid:{uuid.uuid5(_OURS, name)}"
