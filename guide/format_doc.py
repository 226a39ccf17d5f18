"""The tables of docs/data-format.md: each record's keys, from the model, so that what editors read is what a load reads."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from guide import model
from guide.kinds import Kind
from guide.model.listings import PLACE
from guide.shapes import Choice, Field, Many, Record, Shape, fields_of

DOC = "docs/data-format.md"
_TABLE = re.compile(r"(<!-- keys of (\w+) -->\n).*?(<!-- end -->\n)", re.DOTALL)
_RECORDS: Mapping[str, type[Any]] = {
    record.__name__: record for record in (
        model.Listing, model.Phone, model.Source, model.Confirmation, model.ClosedListing, model.FrontMatter, model.Reference,
        model.Figure, model.Value, model.Site, model.EmergencyLine, model.Freshness, model.Service, model.Term)
}  # fmt: skip


def write_tables(root: Path) -> Path:
    """Write the tables into `root`/docs/data-format.md; give its path."""
    path = root / DOC
    path.write_text(with_tables(path.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
    return path


def with_tables(text: str) -> str:
    """Put a table between each pair of lines `<!-- keys of Phone -->` and `<!-- end -->`. Raises `KeyError` for other names."""
    return _TABLE.sub(lambda found: f"{found[1]}\n{_table(found[2])}\n\n{found[3]}", text)


def _table(name: str) -> str:
    fields = list(_place() if name == "Place" else fields_of(_RECORDS[name]))
    return "\n".join(["| key | what it holds |", "|---|---|", *(f"| `{one.key}` | {_told(one)} |" for one in fields)])


def _place() -> Iterator[Field]:
    """List the keys of a place, whatever may be shown of it."""
    found = {field.key: field for record in PLACE.types.values() for field in fields_of(record)}
    known = next(iter(PLACE.types.values()))
    found |= {field.key: field for field in fields_of(known)}
    yield found.pop(PLACE.key)
    yield from found.values()


def _told(field: Field) -> str:
    parts = [field.hint.replace("|", "\\|"), *_values(field.shape), *(["**Required.**"] if field.required else [])]
    return " ".join(parts)


def _values(shape: Shape) -> Iterator[str]:
    if isinstance(shape, Many) and not isinstance(shape.of, Record):
        yield from (part.replace("One of", "A list of") for part in _values(shape.of))
    elif isinstance(shape, Kind) and "enum" in shape.schema:
        yield f"One of: {', '.join(f'`{one}`' for one in shape.schema['enum'])}."
    elif isinstance(shape, Many | Record | Choice):
        yield "See below."
