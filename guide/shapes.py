"""How the fields of a record are declared: one line gives type, validation, schema and the editor's hint."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, TypeAlias, dataclass_transform

from msgspec import Struct, StructMeta

from guide.kinds import Kind


class Many(Struct, frozen=True):
    """A list of the same shape, none twice."""

    of: Shape
    at_least: int = 1


class Record(Struct, frozen=True):
    """A mapping that becomes a value of `type`."""

    type: type[Any]


class Choice(Struct, frozen=True):
    """A mapping that becomes one of several types; `key` says which, and `otherwise` holds where it is missing."""

    key: str
    types: Mapping[str, type[Any]]
    otherwise: str


Shape: TypeAlias = Kind | Many | Record | Choice


class Field(Struct, frozen=True):
    """One key of a record. A field that is not `kept` is read and checked, and goes no further."""

    key: str
    shape: Shape
    hint: str
    required: bool
    kept: bool = True


class _Told(Struct, frozen=True):
    shape: Shape
    hint: str
    required: bool
    default: Any


def told(shape: Shape, hint: str, *, required: bool = False, default: Any = None) -> Any:
    """Declare a field that is read from a file; `hint` is what an editor sees beside it."""
    return _Told(shape, hint, required, () if default is None and isinstance(shape, Many) else default)


@dataclass_transform(kw_only_default=True, frozen_default=True)
class _Declared(StructMeta):
    """Makes the fields of a record of what `told` says of them, in the order in which an editor writes them."""

    def __new__(cls, name: str, bases: tuple[type, ...], namespace: dict[str, Any], **options: Any) -> Any:
        fields = {key: one for key, one in namespace.items() if isinstance(one, _Told)}
        kept = {key: Field(key, one.shape, one.hint, one.required) for key, one in fields.items()}
        more = {one.key: one for one in namespace.get("NOT_KEPT", ())}
        defaults = {key: one.default for key, one in fields.items() if not one.required}
        plain = {key: one for key, one in namespace.items() if key not in fields}
        return super().__new__(cls, name, bases, {**plain, **defaults, "KEYS": kept | more},
                               frozen=True, kw_only=True, array_like=True, **options)  # fmt: skip


class FromFile(Struct, metaclass=_Declared):
    """A record that is read from a file."""

    KEYS: ClassVar[Mapping[str, Field]]


def fields_of(record: type[FromFile]) -> tuple[Field, ...]:
    """List the keys of a record in the order in which an editor writes them."""
    return tuple(record.KEYS.values())
