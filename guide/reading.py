"""A tree of YAML nodes → a frozen record, by the declared fields; every problem with its line and a remedy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any, TypeVar

import yaml

from guide.kinds import Kind
from guide.problems import Problem
from guide.shapes import Choice, Field, Many, Record, Shape, fields_of

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The names that may stand somewhere: name → label, and what they are called when one is unknown."""

    called: str
    names: Mapping[str, str]
    hints: Mapping[str, str] = field(default_factory=dict)
    """Other words for a name, in lower case."""

    def advice(self, word: str) -> str:
        """Say which name was probably meant."""
        lower = word.lower().strip()
        found = [name for name, label in self.names.items() if lower in (name, label.lower())]
        found = found or [name for name in self.names if name.rpartition("/")[2] == lower.replace(" ", "-")]
        found = found or [self.hints[lower]] if lower in self.hints else found
        found = found or get_close_matches(lower, self.names, 1, 0.6)
        if not found:
            plain = lower.removesuffix(" county").replace(" ", "-").replace(".", "")
            found = [name for name in self.names if name.rpartition("/")[2] == plain]
            found = found or get_close_matches(plain, self.names, 1, 0.6)
        return f"; did you mean {' or '.join(found)}?" if found else ""


@dataclass(slots=True)
class Reader:
    """Reads the records of one file. Problems gather in `problems`; each value's place in `places`."""

    file: str
    vocabularies: Mapping[str, Vocabulary]
    first_line: int = 1
    problems: list[Problem] = field(default_factory=list)

    def problem(self, node: yaml.Node, where: str, message: str) -> None:
        """Note what is wrong at a node."""
        mark = node.start_mark
        self.problems.append(Problem(self.file, mark.line + self.first_line, mark.column + 1, where, message))

    def read(self, node: yaml.Node, record: type[R], where: str = "", at: yaml.Node | None = None) -> R:
        """Read a mapping as a `record`; a field that cannot be read is left at None, with a problem noted.

        `at` is the key that the mapping stands under: there it says what is missing.
        """
        values: dict[str, Any] = {}
        known = {f.key: f for f in fields_of(record)}
        if not isinstance(node, yaml.MappingNode):
            self.problem(at or node, where, f"must be 'key: value' lines ({', '.join(list(known)[:4])} …)")
            return record(**{f.key: () if isinstance(f.shape, Many) else None for f in known.values() if f.required and f.kept})
        seen: dict[str, int] = {}
        for key_node, value_node in node.value:
            key = key_node.value if isinstance(key_node, yaml.ScalarNode) else "?"
            path = f"{where}.{key}" if where else key
            if key in seen:
                self.problem(key_node, path, f"stands twice (first in line {seen[key]}); delete one of them")
                continue
            seen[key] = key_node.start_mark.line + self.first_line
            if key not in known:
                self.problem(key_node, path, _unknown_key(key, record, known))
                continue
            value = self._value(key_node, value_node, known[key].shape, path)
            if known[key].kept:
                values[key] = value
        for f in known.values():
            if f.required and f.key not in seen:
                self.problem(at or node, f"{where}.{f.key}" if where else f.key, f"is missing: {f.hint}")
                if f.kept:
                    values[f.key] = () if isinstance(f.shape, Many) else None
        return record(**values)

    def _value(self, at: yaml.Node, node: yaml.Node, shape: Shape, where: str) -> Any:
        if isinstance(shape, Kind):
            return self._scalar(at, node, shape, where)
        if isinstance(shape, Many):
            return self._list(at, node, shape, where)
        if isinstance(shape, Record):
            return self.read(node, shape.type, where, at)
        return self._choice(at, node, shape, where)

    def _scalar(self, at: yaml.Node, node: yaml.Node, kind: Kind, where: str) -> Any:
        if not isinstance(node, yaml.ScalarNode):
            sort = "list" if isinstance(node, yaml.SequenceNode) else "mapping"
            self.problem(at, where, f"must be one value, not a {sort}")
            return None
        text = node.value.strip()
        if not text or (node.style is None and text in ("null", "~", "Null", "NULL")):
            self.problem(at, where, "is empty; fill it in, or delete the line")
            return None
        if kind.names:
            vocabulary = self.vocabularies[kind.names]
            if text not in vocabulary.names:
                self.problem(at, where, f"'{text}' is not {vocabulary.called}{vocabulary.advice(text)}")
                return None
            return text
        try:
            return kind.read(text)
        except ValueError as error:
            self.problem(at, where, str(error))
            return None

    def _list(self, at: yaml.Node, node: yaml.Node, shape: Many, where: str) -> tuple[Any, ...]:
        if not isinstance(node, yaml.SequenceNode):
            example = "- key: value" if isinstance(shape.of, Record) else "[one, two]"
            self.problem(at, where, f"must be a list, like {example}")
            return ()
        if len(node.value) < shape.at_least:
            self.problem(at, where, "is an empty list; fill it in, or delete the line")
        values: list[Any] = []
        scalars: set[str] = set()
        for number, item in enumerate(node.value):
            path = f"{where}[{number}]"
            if isinstance(item, yaml.ScalarNode) and isinstance(shape.of, Kind):
                if item.value in scalars:
                    self.problem(item, path, f"'{item.value}' stands twice; delete one of them")
                    continue
                scalars.add(item.value)
            value = self._value(item, item, shape.of, path)
            if value is not None:
                values.append(value)
        return tuple(values)

    def _choice(self, at: yaml.Node, node: yaml.Node, shape: Choice, where: str) -> Any:
        chosen = shape.otherwise
        if isinstance(node, yaml.MappingNode):
            for key_node, value_node in node.value:
                if key_node.value == shape.key and isinstance(value_node, yaml.ScalarNode):
                    chosen = value_node.value.strip()
        return self.read(node, shape.types.get(chosen, shape.types[shape.otherwise]), where, at)


def _unknown_key(key: str, record: type[Any], known: Mapping[str, Field]) -> str:
    meant = get_close_matches(key.lower(), known, 1, 0.6)
    remedies: Mapping[str, str] = getattr(record, "NOT_HERE", {})
    if key in remedies:
        return remedies[key]
    if meant:
        return f"'{key}' is not a key here; did you mean {meant[0]}?"
    return f"'{key}' is not a key here; the keys are {', '.join(known)}"


_DEEPEST = 9  # no record is as deep; what lies deeper is told to be wrong already, and could exhaust the stack


def places_of(node: yaml.Node, path: str = "", depth: int = 0) -> Iterator[tuple[str, yaml.Node]]:
    """List each value's path inside a record with the node that names it (the key, or the list's item)."""
    if depth < _DEEPEST and isinstance(node, yaml.MappingNode):
        for key_node, value_node in node.value:
            key = key_node.value if isinstance(key_node, yaml.ScalarNode) else "?"
            inner = f"{path}.{key}" if path else key
            yield inner, key_node
            yield from places_of(value_node, inner, depth + 1)
    elif depth < _DEEPEST and isinstance(node, yaml.SequenceNode):
        for number, item in enumerate(node.value):
            yield f"{path}[{number}]", item
            yield from places_of(item, f"{path}[{number}]", depth + 1)


def texts_of(node: yaml.Node, path: str = "", depth: int = 0) -> Iterator[tuple[str, yaml.Node, str]]:
    """List each text inside a record: its path, the node that names it, and the text."""
    if depth < _DEEPEST and isinstance(node, yaml.MappingNode):
        for key_node, value_node in node.value:
            key = key_node.value if isinstance(key_node, yaml.ScalarNode) else "?"
            inner = f"{path}.{key}" if path else key
            if isinstance(value_node, yaml.ScalarNode):
                yield inner, key_node, value_node.value
            else:
                yield from texts_of(value_node, inner, depth + 1)
    elif depth < _DEEPEST and isinstance(node, yaml.SequenceNode):
        for number, item in enumerate(node.value):
            if isinstance(item, yaml.ScalarNode):
                yield f"{path}[{number}]", item, item.value
            else:
                yield from texts_of(item, f"{path}[{number}]", depth + 1)
