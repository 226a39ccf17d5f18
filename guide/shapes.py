"""How the fields of a record are declared: one line gives type, validation, schema and the editor's hint."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields
from typing import Any, TypeAlias

from guide.kinds import Kind


@dataclass(frozen=True, slots=True)
class Many:
    """A list of the same shape, none twice."""

    of: Shape
    at_least: int = 1


@dataclass(frozen=True, slots=True)
class Record:
    """A mapping that becomes a value of `type`."""

    type: type[Any]


@dataclass(frozen=True, slots=True)
class Choice:
    """A mapping that becomes one of several types; `key` says which, and `otherwise` holds where it is missing."""

    key: str
    types: Mapping[str, type[Any]]
    otherwise: str


Shape: TypeAlias = Kind | Many | Record | Choice


@dataclass(frozen=True, slots=True)
class Field:
    """One key of a record. A field that is not `kept` is read and checked, and goes no further."""

    key: str
    shape: Shape
    hint: str
    required: bool
    kept: bool = True


def told(shape: Shape, hint: str, *, required: bool = False, default: Any = MISSING) -> Any:
    """Declare a dataclass field that is read from a file; `hint` is what an editor sees beside it."""
    if default is MISSING:
        default = () if isinstance(shape, Many) else None
    metadata = {"shape": shape, "hint": hint, "required": required}
    return field(metadata=metadata) if required else field(default=default, metadata=metadata)


_KNOWN: dict[type[Any], tuple[Field, ...]] = {}
_BY_KEY: dict[type[Any], dict[str, Field]] = {}


def fields_of(record: type[Any]) -> tuple[Field, ...]:
    """List the keys of a record in the order in which an editor writes them."""
    if record not in _KNOWN:
        kept = [
            Field(f.name, f.metadata["shape"], f.metadata["hint"], f.metadata["required"])
            for f in fields(record)
            if "shape" in f.metadata
        ]
        _KNOWN[record] = (*kept, *getattr(record, "NOT_KEPT", ()))
    return _KNOWN[record]


def keys_of(record: type[Any]) -> dict[str, Field]:
    """Give the same by their keys."""
    if record not in _BY_KEY:
        _BY_KEY[record] = {field.key: field for field in fields_of(record)}
    return _BY_KEY[record]
