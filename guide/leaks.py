"""Looks through everything that a build made for what the data withhold.

It is the net below the model, which cannot hold such a fact. It reads the withheld facts from the YAML trees and the built
files byte by byte, and shares no code with what made them.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from typing import Any

import yaml
from ahocorasick_rs import BytesAhoCorasick, Implementation
from msgspec import Struct

from guide.model import Guide, Listing
from guide.problems import Problem
from guide.reading import Entry

_RUN = re.compile(r"[A-Za-z0-9 ,.:;()/-]+")
"""Characters that every format writes as they are: a needle made of them is found in HTML, JSON, CSV and vCard alike."""
_SHORTEST, _FEWEST = 20, 4
"""Letters and words below which a passage of a note may well be said elsewhere, too."""
_LARGE = 100_000
"""Letters to look for above which the quicker machine would take too much memory: forty megabytes for these."""
_ENDS = {".html": b"listings/", ".csv": b"\n", ".vcf": b"END:VCARD", ".xml": b"</entry>", ".sheet.js": b'"sources":',
         ".json": b"\n", ".geojson": b"\n"}  # fmt: skip
"""Where the facts of one listing end and those of the next begin, by the end of a file's name."""
_WORD = re.compile(rb"[\w-]")
_JSON = re.compile(rb'\\(?:u[0-9a-f]{4}|["\\/])(?:\\(?:u[0-9a-f]{4}|["\\/]))*')
"""How JSON writes signs that mean something in it."""


class Withheld(Struct, frozen=True):
    """What the data withhold of a listing: the passages of its editor's note, and the city of a withheld place."""

    listing: str
    passages: tuple[bytes, ...]
    city: str
    file: str
    note: tuple[int, int]
    """Where the note stands in the file: line and column."""
    place: tuple[int, int]
    """Where the city stands."""

    @property
    def facts(self) -> tuple[str, tuple[bytes, ...], str]:
        """What is withheld, wherever it stands."""
        return self.listing, self.passages, self.city

    def problem(self, where: str, message: str) -> Problem:
        """Tell that a fact has leaked."""
        return Problem(self.file, *(self.note if where == "editor_note" else self.place), where, message)


def withheld(entries: Iterable[Entry[Listing]]) -> list[Withheld]:
    """Read from the trees of listings what the model left behind."""
    found = []
    for entry in entries:
        location = _under(entry.node, "location")[1]
        shown = _text(_under(location, "visibility")[1]) in ("public", "area")
        city_at, city_node = _under(location, "city")
        note_at, note_node = _under(entry.node, "editor_note")
        city, note = "" if shown else _text(city_node), _text(note_node)
        if note or city:
            found.append(Withheld(entry.record.id, tuple(_passages(note)), city, entry.file, note_at, city_at))
    return found


class Watch:
    """Looks for the withheld facts of the listings in built files: in some of them, and then in others."""

    def __init__(self, guide: Guide, secrets: Iterable[Withheld], *, few: bool = False) -> None:
        """`few`: there is so little to look through that what is quick to make is better than what is quick to use."""
        secrets = tuple(secrets)
        self._notes = _Notes(guide, secrets)
        self._cities = _Cities(guide, [one for one in secrets if one.city])
        looked_for = [*self._notes.beginnings, *self._cities.ids]
        large = sum(map(len, looked_for)) > _LARGE
        machine = Implementation.ContiguousNFA if few or large else Implementation.DFA
        self._search = BytesAhoCorasick(looked_for, implementation=machine)

    def leaks(self, files: Mapping[str, bytes]) -> Iterator[Problem]:
        """Give a problem for each withheld fact that stands in one of these files (address → bytes)."""
        notes: dict[bytes, str] = {}
        cities: set[str] = set()
        first_id = len(self._notes.beginnings)
        for address, data in _unpacked(files):
            ends = next((ends for kind, ends in _ENDS.items() if address.endswith(kind)), b"")
            for index, start, end in self._search.find_matches_as_indexes(data, overlapping=True):
                if index < first_id:
                    self._notes.look(index, address, data, start, notes)
                elif ends:
                    yield from self._cities.look(index - first_id, address, data, (start, end), ends, cities)
        yield from self._notes.found_out(notes)


class _Notes:
    """Knows the passages of the editors' notes. They are looked for by how they begin, which takes far less memory."""

    def __init__(self, guide: Guide, secrets: Iterable[Withheld]) -> None:
        self._guide = guide
        self._of = {passage: secret for secret in secrets for passage in secret.passages}
        begun: dict[bytes, list[bytes]] = defaultdict(list)
        for passage in self._of:
            begun[passage[:_SHORTEST]].append(passage)
        self.beginnings = list(begun)
        self._passages = list(begun.values())

    def look(self, index: int, address: str, data: bytes, start: int, found: dict[bytes, str]) -> None:
        """Find out whether the passages that begin so stand in a file, there where one begins."""
        for passage in self._passages[index]:
            if data.startswith(passage, start):
                found.setdefault(passage, address)

    def found_out(self, found: Mapping[bytes, str]) -> Iterator[Problem]:
        if found:  # what is public may be said anywhere
            guide = self._guide
            said = "\n".join(_texts((guide.listings, guide.closed, guide.groups, guide.references, guide.articles))).encode()
            for passage, address in found.items():
                if passage not in said:
                    yield self._of[passage].problem("editor_note", _fault(f"'{passage.decode()}'", address))


class _Cities:
    """Knows the cities of withheld places. They are looked for in what is said of their listings."""

    def __init__(self, guide: Guide, secrets: Iterable[Withheld]) -> None:
        self._places = [county.full_name for county in guide.counties] + [region.name for region in guide.regions.regions]
        self._of = {secret.listing: secret for secret in secrets}
        self._listings = {listing.id: listing for listing in guide.listings if listing.id in self._of}
        self.ids = [one.encode() for one in self._of]
        self._secrets = list(self._of.values())
        self._public: dict[str, list[str]] = {}

    def look(self, index: int, address: str, data: bytes, place: tuple[int, int], ends: bytes,
             told: set[str]) -> Iterator[Problem]:  # fmt: skip
        """Give a problem if a file names the city in what it says of the listing whose id stands at a place."""
        secret = self._secrets[index]
        start, end = place
        if secret.city in told or _WORD.match(data[start - 1 : start]) or _WORD.match(data[end : end + 1]):
            return
        if address.endswith(".sheet.js") and data[end : end + 3] != b'":{':
            return  # no listing's own facts begin here: a link, say, holds the id
        own = address.removeprefix("listings/").partition(".")[0] == secret.listing
        stop = data.find(ends, end)
        about = unescape((data if own else data[end : stop if stop >= 0 else len(data)]).decode())
        if secret.city not in about:  # as nearly always; it is found out much sooner so
            return
        if re.search(rf"\b{re.escape(secret.city)}\b", _without(about, self._public_of(secret))):
            told.add(secret.city)
            yield secret.problem("location.city", _fault(f"'{secret.city}', of a withheld place,", address))

    def _public_of(self, secret: Withheld) -> list[str]:
        """List what is public and names the city: texts of its listing, counties and regions; the longest first."""
        if secret.listing not in self._public:
            texts = (*_texts(self._listings[secret.listing]), *self._places)
            self._public[secret.listing] = sorted((text for text in texts if secret.city in text), key=len, reverse=True)
        return self._public[secret.listing]


def _without(text: str, public: Iterable[str]) -> str:
    for one in public:
        text = text.replace(one, "")
    return text


def _fault(what: str, address: str) -> str:
    return (f"{what} stands in the built file '{address}', and must never leave this file. The site was not changed. "
            "A template or an export is wrong: do not publish, and tell the maintainers")  # fmt: skip


def _unpacked(files: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """Give each file, and of an archive what lies in it; its texts as the data have them."""
    for address, data in files.items():
        if address.endswith(".zip"):
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                yield from _unpacked({f"{address}/{name}": archive.read(name) for name in archive.namelist()})
        else:
            yield address, _unmarked(address, data)


def _unmarked(address: str, data: bytes) -> bytes:
    """Take away how a format writes signs that mean something in it, and where it parts lines."""
    if address.endswith(".csv"):
        return data.replace(b'""', b'"')
    if address.endswith(".vcf"):
        return re.sub(rb"\\([\\,;])", rb"\1", data.replace(b"\r\n ", b""))
    if address.endswith((".json", ".geojson", ".sheet.js")):
        return _JSON.sub(lambda found: str(json.loads(b'"' + found[0] + b'"')).encode("utf-8", "replace"), data)
    return data


def _passages(note: str) -> Iterator[bytes]:
    for sentence in re.split(r"(?<=[.;?!]) ", " ".join(note.split())):
        run = max(_RUN.findall(sentence), key=len, default="").strip()
        if len(run) >= _SHORTEST and len(run.split()) >= _FEWEST:
            yield run.encode()


def _texts(value: Any) -> Iterator[str]:
    """List every text inside a value of the model."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple | list):
        for one in value:
            yield from _texts(one)
    elif isinstance(value, Struct):
        for name in value.__struct_fields__:
            yield from _texts(getattr(value, name))


def _under(node: yaml.Node | None, key: str) -> tuple[tuple[int, int], yaml.Node | None]:
    """Find a key: its line and column, and its value."""
    for name, value in node.value if isinstance(node, yaml.MappingNode) else ():
        if name.value == key:
            return (name.start_mark.line + 1, name.start_mark.column + 1), value
    return (1, 1), None


def _text(node: yaml.Node | None) -> str:
    return str(node.value) if isinstance(node, yaml.ScalarNode) else ""
