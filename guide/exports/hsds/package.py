"""The tables as a tabular data package (https://specs.frictionlessdata.io/tabular-data-package/) in one ZIP file."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

from msgspec import Struct

from guide.exports.csv_lines import csv_lines
from guide.exports.hsds.tables import OWN, TABLES, Field, Table
from guide.exports.hsds.terms import Row
from guide.exports.imprint import CC_BY, CC_BY_SA, Imprint, License
from guide.once import Once, number_of

_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The time of each file in the archive, the first that a ZIP file knows: the same data give the same bytes."""
_LEVEL = 1
"""How hard to pack: 6 makes the archive a tenth smaller and takes three times as long, at every saved change."""
_LATER, _LAST = ("phone", "service_area", "source"), ("organization", "service")
"""Tables that are packed after all others, and after these: where one changed, those before it need not be packed again."""


class TableText(Struct, frozen=True):
    """A table: whether it has rows, the number of its text, and what gives that."""

    has_rows: bool
    number: bytes
    text: Callable[[], bytes]


def package(tables: Mapping[str, TableText], imprint: Imprint, once: Once) -> bytes:
    """Put tables that have rows, and their descriptor, into one archive."""

    def described() -> str:
        return json.dumps(descriptor(tables, imprint), indent=1, ensure_ascii=False) + "\n"

    def files(names: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        return ((TABLES[name].file, tables[name].text()) for name in names if name in tables)

    def numbers(names: Iterable[str]) -> list[str]:
        return [f"{name} {tables[name].number.hex()}" for name in names if name in tables]

    def begun() -> bytes:
        about = once.of_facts("descriptor", tables, described, str).encode()
        return _added(b"", chain(files(first), [("datapackage.json", about)]))

    def added() -> bytes:
        packed = once.of_facts("first", numbers(first), begun, bytes, told=True)
        return _added(packed, files(_LATER))

    first = [name for name in tables if name not in (*_LATER, *_LAST)]
    once.use("descriptor", [number_of(tables)])
    once.use("first", [number_of(numbers(first))])
    packed = once.of_facts("later", numbers((*first, *_LATER)), added, bytes, told=True)
    return _added(packed, files(_LAST))


def _added(archive: bytes, files: Iterable[tuple[str, bytes]]) -> bytes:
    """Add files to an archive, and give the new one."""
    packed = io.BytesIO(archive)
    with zipfile.ZipFile(packed, "a") as added:
        for name, text in files:
            entry = zipfile.ZipInfo(name, _EARLIEST)
            entry.create_system = 3  # the same on Windows
            entry.external_attr = 0o644 << 16
            added.writestr(entry, text, zipfile.ZIP_DEFLATED, _LEVEL)
    return packed.getvalue()


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
