"""The tables as a tabular data package (https://specs.frictionlessdata.io/tabular-data-package/) in one ZIP file."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from functools import cache
from typing import Any

from msgspec import Struct

from guide.exports.csv_lines import csv_lines
from guide.exports.hsds.tables import OWN, TABLES, Field, Table
from guide.exports.hsds.terms import Row
from guide.exports.imprint import CC_BY, CC_BY_SA, Imprint, License
from guide.once import Once, number_of
from guide.woven import Part, Standing, Woven, size_of

_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The time of each file in the archive, the first that a ZIP file knows: the same data give the same bytes."""
_LEVEL = 1
"""How hard to pack: 6 makes the archive a tenth smaller and takes three times as long, at every saved change."""


class TableText(Struct, frozen=True):
    """A table: whether it has rows, the number of its text, and what gives that."""

    has_rows: bool
    number: bytes
    text: Callable[[], bytes]


def package(address: str, tables: Mapping[str, TableText], imprint: Imprint, once: Once) -> Woven:
    """Put tables that have rows, and their descriptor, into one archive, which is to stand at an address.

    A file in it that is made of the same as in the archive that stands there is taken from that, packed as it is.
    """

    def described() -> bytes:
        return (json.dumps(descriptor(tables, imprint), indent=1, ensure_ascii=False) + "\n").encode()

    files = [(TABLES[name].file, table.number.hex(), table.text) for name, table in tables.items()]
    known = cache(_entries)  # it is the same archive for all
    entries, parts, at = [], [], 0
    for name, number, text in (*files, ("datapackage.json", ",".join(tables), described)):
        made_of = number_of((name, number))
        standing = once.stretch(address, made_of)
        entry = known(standing.of).get(name) if standing else None
        part: Part
        if standing and entry:
            part = standing
        else:
            entry, part = _packed(name, text())
        entry.header_offset = at
        once.tell(address, made_of, (at, size_of(part)))
        entries.append(entry)
        parts.append(part)
        at += size_of(part)
    return Woven((*parts, _directory(entries, at)))


def _entries(archive: Standing) -> Mapping[str, zipfile.ZipInfo]:
    """Read what an archive knows of each file in it."""
    with suppress(OSError, zipfile.BadZipFile), zipfile.ZipFile(archive.path) as opened:
        return {entry.filename: entry for entry in opened.infolist()}
    return {}


def _packed(name: str, text: bytes) -> tuple[zipfile.ZipInfo, bytes]:
    """Pack a file: give what an archive knows of it, and its bytes there."""
    entry = zipfile.ZipInfo(name, _EARLIEST)
    entry.create_system = 3  # the same on Windows
    entry.external_attr = 0o644 << 16
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as opened:
        opened.writestr(entry, text, zipfile.ZIP_DEFLATED, _LEVEL)
        size = archive.tell()
    return entry, archive.getvalue()[:size]


class _Behind(io.BytesIO):
    """The end of a file, behind bytes that are elsewhere."""

    def __init__(self, before: int) -> None:
        super().__init__()
        self._before = before

    def tell(self) -> int:
        return self._before + super().tell()

    def seek(self, place: int, whence: int = io.SEEK_SET) -> int:
        return self._before + super().seek(place - self._before, whence)


def _directory(entries: Sequence[zipfile.ZipInfo], at: int) -> bytes:
    """Write the directory of an archive, which begins behind its files."""
    end = _Behind(at)
    with zipfile.ZipFile(end, "w") as archive:
        archive.filelist += entries
    return end.getvalue()


def descriptor(tables: Iterable[str], imprint: Imprint) -> dict[str, Any]:
    """Describe the tables: only those that are in the package, and only the keys between them."""
    shipped = tuple(tables)
    return {
        "name": "missouri-resource-guide",
        "title": f"{imprint.title}, as HSDS 3.1",
        "description": f"{imprint.attribution}. Tables and columns of the Human Services Data Specification 3.1; the table "
                       f"'{OWN}' is the guide's own. Terms of Open Eligibility are under {CC_BY_SA.name}; their rows in "
                       "'taxonomy_term' and 'taxonomy' say so.",
        "profile": "tabular-data-package",
        "version": imprint.edition.isoformat(),
        **({"homepage": imprint.address} if imprint.address else {}),
        "licenses": [_license(CC_BY)],
        "resources": [_resource(TABLES[name], shipped) for name in shipped],
    }  # fmt: skip


def _license(license_: License) -> dict[str, str]:
    return {"name": license_.id, "path": license_.url, "title": license_.name}


def _resource(table: Table, shipped: tuple[str, ...]) -> dict[str, Any]:
    keys = [{"fields": name, "reference": {"resource": other, "fields": "id"}}
            for name, other in table.keys if other in shipped]  # fmt: skip
    licenses = [CC_BY, CC_BY_SA] if table.name in ("taxonomy", "taxonomy_term") else [CC_BY]
    return {
        "name": table.name,
        "path": table.file,
        "description": table.meaning,
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "licenses": [_license(one) for one in licenses],
        "schema": {
            "fields": [_described(field) for field in table.fields],
            "primaryKey": "id",
            **({"foreignKeys": keys} if keys else {}),
        },
    }


def _described(field: Field) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": True} if field.required else {}
    if field.name == "id":
        constraints["unique"] = True
    if field.choices:
        constraints["enum"] = list(field.choices)
    return {
        "name": field.name,
        "type": field.type,
        **({"format": field.format} if field.format else {}),
        **({"description": field.meaning} if field.meaning else {}),
        **({"constraints": constraints} if constraints else {}),
    }


def heading(table: str) -> bytes:
    """Write the names of a table's columns."""
    return csv_lines([TABLES[table].names]).encode()


def lines(table: str, rows: Iterable[Row]) -> bytes:
    """Write rows of a table as they are: a program reads them, so no cell gets a mark against formulas."""
    names = TABLES[table].names
    return csv_lines(map(row.get, names) for row in rows).encode()
