"""`guide.json`: the listings and all that they name, for programs; and the JSON Schema that describes it.

Both follow from the model: what a record keeps is written and described, and nothing else can be.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from msgspec.structs import replace

from guide import kinds
from guide.exports.download import Column, Download
from guide.exports.imprint import Imprint
from guide.exports.json_line import json_line
from guide.kinds import Kind
from guide.model import ClosedListing, County, Guide, Listing, Region, ServiceGroup, Term
from guide.once import Once
from guide.shapes import Choice, Field, Many, Record, Shape, fields_of
from guide.woven import Woven

ADDRESS = "downloads/guide.json"
SCHEMA = "downloads/guide.schema.json"
_LISTS: Mapping[str, tuple[type[Any], str]] = {
    "regions": (Region, "Parts of Missouri, and the Metro East of Illinois."),
    "counties": (County, "The counties of the guide."),
    "services": (ServiceGroup, "Kinds of help, by need."),
    "people": (Term, "Whom a listing may serve."),
    "languages": (Term, "Languages, by ISO 639 code."),
    "listings": (Listing, "Whom a person can be referred to."),
    "closed": (ClosedListing, "Listings that are no more."),
}
_AREA = {"type": "string", "description": "The county of its office (mo/cole), or mo, il, us for one that works that wide."}
_IMPRINT = {
    "title": "The guide's name.",
    "edition": "The day of the edition.",
    "license": "How the data may be used.",
    "license_url": "The license.",
    "attribution": "What whoever uses the data must name.",
}
_BETWEEN = ",\n"
_FORMATS = {kinds.URL.read: "uri", kinds.EMAIL.read: "email", kinds.DAY.read: "date"}


def guide_json(guide: Guide, imprint: Imprint, once: Once) -> Woven:
    """Write the guide, a line for each entry. What is not known is left out."""
    named: dict[str, Iterable[Any]] = {
        "regions": guide.regions.regions, "counties": guide.counties, "services": guide.groups, "people": guide.people,
        "languages": guide.languages,
    }  # fmt: skip
    head = {"$schema": SCHEMA.rpartition("/")[2], **imprint.facts}

    def beginning() -> str:
        facts = (f"{json_line(name)}: {json_line(value)}" for name, value in head.items())
        return ",\n".join((*facts, *(_list(name, _lines(entries)) for name, entries in named.items())))

    begun = f'{{\n{once.of_facts("beginning", (), beginning, str)},\n"listings": [\n'
    ended = f"\n],\n{_list('closed', _lines(guide.closed))}\n}}\n"
    return once.woven(ADDRESS, begun.encode(), guide.listings, lambda some: _lines(some).encode(), ended.encode(),
                      _BETWEEN.encode())  # fmt: skip


def guide_schema(imprint: Imprint) -> bytes:
    """Write the JSON Schema (draft 2020-12) of `guide.json`."""
    definitions: dict[str, Any] = {}
    properties: dict[str, Any] = {"$schema": {"const": SCHEMA.rpartition("/")[2], "description": "This schema."}}
    properties |= {name: {"type": "string", "description": about} for name, about in _IMPRINT.items()}
    properties["edition"]["format"] = "date"
    properties["license_url"]["format"] = "uri"
    for name, (record, about) in _LISTS.items():
        properties[name] = {"type": "array", "items": _shape(Record(record), definitions), "description": about}
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **({"$id": f"{imprint.address}{SCHEMA}"} if imprint.address else {}),
        "title": f"{imprint.title}: the listings and all that they name",
        "description": "What is not known is left out.",
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
        "$defs": definitions,
    }
    return (json.dumps(schema, indent=1, ensure_ascii=False) + "\n").encode()


def _list(name: str, lines: str) -> str:
    return f"{json_line(name)}: [\n{lines}\n]"


def _lines(entries: Iterable[Any]) -> str:
    return _BETWEEN.join(json_line(_plain(entry)) for entry in entries)


def _plain(value: Any) -> Any:
    """Give a record as JSON has it: its fields as an editor writes them, without those that hold nothing."""
    if isinstance(value, bool | int | str):
        return value
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if type(value) not in _RECORDS:
        return value.words if isinstance(value, kinds.TextLine) else str(value)
    facts = dict(_RECORDS[type(value)][1])
    for key in _RECORDS[type(value)][0]:
        item = getattr(value, key)
        if item is not None and item is not False and item != () and item != "":
            facts[key] = _plain(item)
    return facts


def _kept(record: type[Any]) -> tuple[Field, ...]:
    return tuple(field for field in fields_of(record) if field.kept)


def _shape(shape: Shape, definitions: dict[str, Any]) -> dict[str, Any]:
    if isinstance(shape, Kind):
        return _scalar(shape)
    if isinstance(shape, Many):
        return {"type": "array", "items": _shape(shape.of, definitions), "minItems": 1, "uniqueItems": True}
    if isinstance(shape, Choice):
        return {"oneOf": [_record(record, definitions, shape.key, value) for value, record in shape.types.items()]}
    name = shape.type.__name__
    if name not in definitions:
        definitions[name] = {}
        definitions[name] = _record(shape.type, definitions)
    return {"$ref": f"#/$defs/{name}"}


def _record(record: type[Any], definitions: dict[str, Any], key: str = "", value: str = "") -> dict[str, Any]:
    told = _kept(record)
    properties = {key: {"const": value}} if key else {}
    properties |= {field.key: {**_shape(field.shape, definitions), "description": field.hint} for field in told}
    required = [*([key] if key else []), *(field.key for field in told if field.required)]
    if record is Listing:
        properties["area"] = _AREA
        required += ["location", "area"]
    return {"type": "object", "description": (record.__doc__ or "").split("\n")[0], "properties": properties,
            "required": required, "additionalProperties": False}  # fmt: skip


def _scalar(kind: Kind) -> dict[str, Any]:
    """Describe a value as it is written here: a text, but for true, whole numbers and amounts."""
    if "enum" in kind.schema:
        return {"enum": kind.schema["enum"]}
    if kind is kinds.YES_NO:
        return {"const": True}
    if kind in (kinds.NUMBER, kinds.AMOUNT):
        return dict(kind.schema)
    keep = {key: kind.schema[key] for key in ("pattern", "maxLength", "examples") if key in kind.schema}
    made = {"type": "string", "minLength": 1, **keep}
    return {**made, "format": _FORMATS[kind.read]} if kind.read in _FORMATS else made


def _records(shape: Shape) -> Mapping[type[Any], tuple[tuple[str, ...], Mapping[str, str]]]:
    """List every record inside a shape: the keys that are written of it, and what says which of a choice it is."""
    if isinstance(shape, Kind):
        return {}
    if isinstance(shape, Many):
        return _records(shape.of)
    found: dict[type[Any], tuple[tuple[str, ...], Mapping[str, str]]] = {}
    types = shape.types if isinstance(shape, Choice) else {"": shape.type}
    for name, record in types.items():
        keys = tuple(field.key for field in _kept(record))
        found[record] = ((*keys, "area") if record is Listing else keys, {shape.key: name} if isinstance(shape, Choice) else {})
        for field in _kept(record):
            found |= _records(field.shape)
    return found


_RECORDS = {record: keys for top, _ in _LISTS.values() for record, keys in _records(Record(top)).items()}

DOWNLOAD = Download(
    "guide-json", ADDRESS, "The whole directory for programs", "JSON",
    "Listings, kinds of help, people, languages, counties and regions, with the same names as the guide's own files have. "
    "What is not known is left out.",
    (*(Column(name, meaning) for name, meaning in _IMPRINT.items()),
     *(Column(name, meaning) for name, (_, meaning) in _LISTS.items()),
     *(Column(field.key, field.hint, "listings") for field in _kept(Listing)),
     Column("area", _AREA["description"], "listings")),
    schema=SCHEMA,
)  # fmt: skip
SCHEMA_DOWNLOAD = replace(
    DOWNLOAD, id="guide-schema", address=SCHEMA, title="The schema of that file", kind="JSON Schema", schema="", columns=(),
    about="Describes guide.json by JSON Schema (draft 2020-12), so that a program can check it.",
)  # fmt: skip
