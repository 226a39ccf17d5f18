"""A tree of YAML nodes → a frozen record, by the declared fields; every problem with its line and a remedy."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from functools import lru_cache
from typing import Any, Generic, TypeVar

import yaml
from msgspec import Struct, field

from guide.kinds import Kind
from guide.problems import Problem
from guide.shapes import Choice, Field, FromFile, Many, Record, Shape
from guide.unseen import unseen

R = TypeVar("R", bound=FromFile)
T = TypeVar("T")
LONGEST = 5_000
"""Characters of the longest text that anybody would read in a listing."""
MOST_ITEMS = 200
"""Items of the longest list inside a record."""
_ADVISED = 100
"""Problems of a file that come with a guess of what was meant: guesses take time, and nobody reads more."""


class Vocabulary(Struct, frozen=True):
    """The names that may stand somewhere: name → label, and what they are called when one is unknown."""

    called: str
    names: Mapping[str, str]
    hints: Mapping[str, str] = field(default_factory=dict)
    """Other words for a name, in lower case."""
    open: bool = False
    """The names are not all known, for their own file has mistakes: any word passes."""

    def advice(self, word: str) -> str:
        """Say which name was probably meant."""
        lower = word.lower().strip()
        plain = re.sub(r"[ _]+", "-", lower.removesuffix(" county").replace(".", "").replace("'", ""))
        tails = (plain, f"{plain}-city", f"{plain}-county")  # St. Louis is a region, a city and a county
        found = [name for name, label in self.names.items()
                 if lower in (name, label.lower(), *label.lower().split(", ")) or name.rpartition("/")[2] in tails]  # fmt: skip
        found = found or ([self.hints[lower]] if lower in self.hints else [])
        found = found or get_close_matches(lower, self.names, 1, 0.6) or get_close_matches(plain, self.names, 1, 0.6)
        return f"; did you mean {' or '.join(found)}?" if found else ""


class Entry(Struct, Generic[T], frozen=True):
    """A record with the file and the tree that it was read from."""

    record: T
    file: str
    node: yaml.Node

    def problem(self, where: str, message: str) -> Problem:
        """Note what is wrong at a place inside the record; the record's own line where that place is not."""
        node = place_in(self.node, where) or self.node
        return Problem(self.file, node.start_mark.line + 1, node.start_mark.column + 1, where, message)

    @property
    def place(self) -> str:
        """Its file and line."""
        return f"{self.file}:{self.node.start_mark.line + 1}"


class Reader(Struct):
    """Reads the records of one file. Problems gather in `problems`; each value's place in `places`."""

    file: str
    vocabularies: Mapping[str, Vocabulary]
    problems: list[Problem] = field(default_factory=list)

    def problem(self, node: yaml.Node, where: str, message: str) -> None:
        """Note what is wrong at a node."""
        mark = node.start_mark
        self.problems.append(Problem(self.file, mark.line + 1, mark.column + 1, where, message))

    def read(self, node: yaml.Node, record: type[R], where: str = "", at: yaml.Node | None = None) -> R:
        """Read a mapping as a `record`; a field that cannot be read is left at None, with a problem noted.

        `at` is the key that the mapping stands under: there it says what is missing.
        """
        values: dict[str, Any] = {}
        known = record.KEYS
        if not isinstance(node, yaml.MappingNode):
            self.problem(at or node, where, f"must be 'key: value' lines ({', '.join(list(known)[:4])} …)")
            return record(**{f.key: () if isinstance(f.shape, Many) else None for f in known.values() if f.required and f.kept})
        seen: dict[str, int] = {}
        for key_node, value_node in node.value:
            key = _key(key_node)
            path = f"{where}.{key}" if where else key
            if key in seen:
                self.problem(key_node, path, f"stands twice (first in line {seen[key]}); delete one of them")
                continue
            seen[key] = key_node.start_mark.line + 1
            if key not in known:
                self.problem(key_node, path, _unknown_key(key, record, known, guess=len(self.problems) < _ADVISED))
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
        text = " ".join(node.value.split())
        if not text or (not node.style and text in ("null", "~", "Null", "NULL")):
            self.problem(at, where, "is empty; fill it in, or delete the line")
            return None
        if found := unseen(text):
            self.problem(at, where, f"holds a character that cannot be seen ({found[1]}); delete it, or type the text anew")
            return None
        if kind.names:
            vocabulary = self.vocabularies[kind.names]
            if text not in vocabulary.names and not vocabulary.open:
                advice = vocabulary.advice(text[:100]) if len(self.problems) < _ADVISED else ""
                self.problem(at, where, f"'{shortened(text)}' is not {vocabulary.called}{advice}")
                return None
            return text
        if len(text) > LONGEST:
            self.problem(at, where, f"'{shortened(text)}' is far too long ({len(text):,} characters); is a quote not closed?")
            return None
        try:
            return kind.read(text)
        except ValueError as error:
            self.problem(at, where, str(error).replace(text, shortened(text)))
            return None

    def _list(self, at: yaml.Node, node: yaml.Node, shape: Many, where: str) -> tuple[Any, ...]:
        if not isinstance(node, yaml.SequenceNode):
            example = "- key: value" if isinstance(shape.of, Record) else "[one, two]"
            self.problem(at, where, f"must be a list, like {example}")
            return ()
        if len(node.value) < shape.at_least:
            self.problem(at, where, "is an empty list; fill it in, or delete the line")
        if "[" in where and len(node.value) > MOST_ITEMS:
            self.problem(at, where, f"is a list of {len(node.value):,} items; more than {MOST_ITEMS} are never needed")
            return ()
        values: list[Any] = []
        first: dict[Any, yaml.Node] = {}
        for number, item in enumerate(node.value):
            path = f"{where}[{number}]"
            before = len(self.problems)
            value = self._value(item, item, shape.of, path)
            if value is None:
                continue
            if first.setdefault(value, item) is not item and len(self.problems) == before and not hasattr(value, "id"):
                told = f"'{shortened(str(value))}' stands" if isinstance(shape.of, Kind) else "the same stands"
                line = first[value].start_mark.line + 1
                self.problem(item, path, f"{told} twice (first in line {line}); delete one of them")
            values.append(value)
        return tuple(values)

    def _choice(self, at: yaml.Node, node: yaml.Node, shape: Choice, where: str) -> Any:
        chosen = shape.otherwise
        if isinstance(node, yaml.MappingNode):
            for key_node, value_node in node.value:
                if key_node.value == shape.key and isinstance(value_node, yaml.ScalarNode):
                    chosen = value_node.value.strip()
                    break  # a second one is told when the record is read
        return self.read(node, shape.types.get(chosen, shape.types[shape.otherwise]), where, at)


def _unknown_key(key: str, record: type[Any], known: Mapping[str, Field], *, guess: bool) -> str:
    lower = key.lower().replace(" ", "_").replace("-", "_")
    meant = [lower] if lower in known else get_close_matches(lower, known, 1, 0.6) if guess else []
    remedies: Mapping[str, str] = getattr(record, "NOT_HERE", {})
    if lower in remedies:
        return remedies[lower]
    if meant:
        return f"'{key}' is not a key here; did you mean {meant[0]}?"
    return f"'{key}' is not a key here; the keys are {', '.join(known)}"


def _key(node: yaml.Node) -> str:
    return _printed(node.value[:1_000]) if isinstance(node, yaml.ScalarNode) else "?"


@lru_cache(maxsize=1024)  # the same few keys stand in every listing
def _printed(key: str) -> str:
    words = " ".join(key.split())
    if words.isascii() and words.isprintable():
        return shortened(words)
    return shortened("".join("\N{REPLACEMENT CHARACTER}" if unseen(sign) else sign for sign in words))


def shortened(text: str) -> str:
    """Cut a text that a message repeats."""
    return text if len(text) <= 100 else f"{text[:97]}..."


_DEEPEST = 9  # no record is as deep; what lies deeper is told to be wrong already, and could exhaust the stack


def places_of(node: yaml.Node, path: str = "", depth: int = 0) -> Iterator[tuple[str, yaml.Node]]:
    """List each value's path inside a record with the node that names it (the key, or the list's item)."""
    if depth < _DEEPEST and isinstance(node, yaml.MappingNode):
        for key_node, value_node in node.value:
            key = _key(key_node)
            inner = f"{path}.{key}" if path else key
            yield inner, key_node
            yield from places_of(value_node, inner, depth + 1)
    elif depth < _DEEPEST and isinstance(node, yaml.SequenceNode):
        for number, item in enumerate(node.value):
            yield f"{path}[{number}]", item
            yield from places_of(item, f"{path}[{number}]", depth + 1)


@lru_cache(maxsize=8)
def _places(node: yaml.Node) -> dict[str, yaml.Node]:
    return dict(reversed(list(places_of(node))))  # of two with one path, the first


def place_in(node: yaml.Node, path: str) -> yaml.Node | None:
    """Find the node that names a value inside a record; None where there is no such value."""
    return _places(node).get(path)


def texts_of(node: yaml.Node, path: str = "", depth: int = 0) -> Iterator[tuple[str, yaml.Node, str]]:
    """List each text inside a record: its path, the node that names it, and the text."""
    if depth < _DEEPEST and isinstance(node, yaml.MappingNode):
        for key_node, value_node in node.value:
            key = _key(key_node)
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
