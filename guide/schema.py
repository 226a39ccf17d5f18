"""The model → JSON Schema, for editors' programs that complete and check YAML as one types."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from guide import model
from guide.format_doc import DOC, write_tables
from guide.kinds import Kind
from guide.loading import STATES, load
from guide.shapes import Choice, Many, Record, Shape, fields_of

FILES = {"listings": model.Listings, "closed": model.ClosedListings, "figure": model.Figure, "sources": model.References}


def write_schemas(root: Path, today: date) -> list[Path]:
    """Write a schema for each kind of data file, and the tables of the docs; give their paths. Raises `InputError`."""
    guide = load(root, today)
    folder = root / "schema"
    folder.mkdir(exist_ok=True)
    paths = []
    for name, record in FILES.items():
        path = folder / f"{name}.json"
        path.write_text(schema(record, guide), encoding="utf-8", newline="\n")
        paths.append(path)
    return [*paths, write_tables(root)] if (root / DOC).is_file() else paths


def schema(record: type[Any], guide: model.Guide) -> str:
    """Write the JSON Schema (draft 2020-12) of a record, with the guide's names as the only ones allowed."""
    definitions: dict[str, Any] = {}
    body = {"$schema": "https://json-schema.org/draft/2020-12/schema", **_record(record, definitions)}
    used = json.dumps([body, definitions])
    names = {name: terms for name, terms in _vocabularies(guide).items() if f'"#/$defs/{name}"' in used}
    definitions |= {name: {"anyOf": [{"const": key, "description": label} for key, label in terms.items()]}
                    for name, terms in names.items()}  # fmt: skip
    return json.dumps({**body, "$defs": definitions}, indent=1, ensure_ascii=False) + "\n"


def _vocabularies(guide: model.Guide) -> dict[str, Mapping[str, str]]:
    counties = {county.id: county.full_name for county in guide.counties}
    regions = {region.id: f"{region.name} region" for region in guide.regions.regions}
    wide = {**STATES, "us": "the whole country"}
    return {
        "service": {s.id: f"{s.label}: {s.line}" for group in guide.groups for s in group.services},
        "people": {term.id: term.label for term in guide.people},
        "language": {term.id: term.label for term in guide.languages},
        "area": {**counties, **regions, **wide},
        "file": {**counties, **wide},
        "source": {reference.id: reference.title for reference in guide.references},
    }


def _record(record: type[Any], definitions: dict[str, Any]) -> dict[str, Any]:
    told = fields_of(record)
    return {
        "type": "object",
        "description": (record.__doc__ or "").split("\n")[0],
        "properties": {f.key: {**_shape(f.shape, definitions), "description": f.hint} for f in told},
        "required": [f.key for f in told if f.required],
        "additionalProperties": False,
    }


def _shape(shape: Shape, definitions: dict[str, Any]) -> dict[str, Any]:
    if isinstance(shape, Kind):
        return dict(shape.schema)
    if isinstance(shape, Many):
        return {"type": "array", "items": _shape(shape.of, definitions), "minItems": shape.at_least, "uniqueItems": True}
    if isinstance(shape, Record):
        name = shape.type.__name__
        if name not in definitions:
            definitions[name] = {}
            definitions[name] = _record(shape.type, definitions)
        return {"$ref": f"#/$defs/{name}"}
    return _choice(shape, definitions)


def _choice(shape: Choice, definitions: dict[str, Any]) -> dict[str, Any]:
    options = []
    for value, record in shape.types.items():
        option = _record(record, definitions)
        option["properties"][shape.key] = {"const": value, "description": option["properties"][shape.key]["description"]}
        if value != shape.otherwise:
            option["required"] = [shape.key, *option["required"]]
        options.append(option)
    return {"oneOf": options}
