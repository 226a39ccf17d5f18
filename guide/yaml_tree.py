"""The text of a YAML file → a tree of nodes with their lines; every fault of the text itself with a remedy."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any, cast

import yaml

from guide.problems import line_and_column
from guide.unseen import unseen

MAX_BYTES = 500_000
MAX_VALUES = 30_000
"""Values of the largest file: so many listings as half a megabyte holds have fewer."""
_TOLD = 100
"""Faults of one sort that are told for one file; nobody reads more."""
_INDICATORS = ("\n", ",", ":", "-", "?", "[", "{")
_MAY_BE_MARK = re.compile(r"[&*!](?<![^\s\[{,][&*!])\S")  # with the sign first, for so it is ten times as quick
_FORBIDDEN = ("---", "...", "%")
"""What a line must not begin with."""

_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # a PyYAML without libyaml has no C loader


class _Loader(_Base):  # type: ignore[misc]
    """Leaves each scalar as the text that it is: a ZIP code stays a ZIP code, `no` stays Norwegian."""

    def descend_resolver(self, *_: object) -> None:
        pass

    def ascend_resolver(self) -> None:
        pass

    def resolve(self, *_: object) -> str:
        return "text"


class TreeError(Exception):
    """The text cannot be read. `faults` are (line, column, message)."""

    def __init__(self, faults: list[tuple[int, int, str]]) -> None:
        self.faults = faults
        super().__init__("; ".join(message for _, _, message in faults))


def decode(data: bytes) -> str:
    """Turn a file's bytes into text: UTF-8, with or without a byte-order mark; CRLF becomes LF.

    Raises `TreeError` where the file is too large, not UTF-8 or has characters that no text has.
    """
    if len(data) > MAX_BYTES:
        raise TreeError([(1, 1, f"the file is larger than {MAX_BYTES:,} bytes ({len(data):,}); a county's listings never are")])
    text = utf8(data).replace("\r\n", "\n").replace("\r", "\n")
    if found := unseen(text):
        at, words = found
        raise TreeError([(*line_and_column(text, at), f"a character that cannot be seen stands here ({words}): delete it")])
    return text


def utf8(data: bytes) -> str:
    """Turn bytes into text, with or without a byte-order mark. Raises `TreeError` where they are not UTF-8."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        line, column = before.count(b"\n") + 1, len(before) - before.rfind(b"\n")
        raise TreeError([(line, column, "is not UTF-8 text; save the file with the encoding UTF-8")]) from None


def compose(text: str) -> yaml.Node:
    """Parse YAML text into its tree of nodes.

    Raises `TreeError` for tabs, aliases, merge keys, tags, a second document, an empty text, far too many values, and
    anything that YAML cannot read.
    """
    faults = list(islice(_tabs(text), _TOLD))
    if not faults and _may_hold_forbidden_marks(text):
        faults = list(islice(_forbidden_marks(text), _TOLD))
    if faults:
        raise TreeError(faults)
    loader = _Loader(text)
    try:
        root = loader.get_single_node()
    except (yaml.YAMLError, RecursionError) as error:
        raise TreeError([_inside(text, *_explain(error))]) from None
    finally:
        loader.dispose()
    if root is None:
        raise TreeError([(1, 1, "the file is empty; a county without listings says 'listings: []'")])
    if sum(map(text.count, _INDICATORS)) > MAX_VALUES and _holds_too_many(root):
        raise TreeError([(1, 1, f"the file holds more than {MAX_VALUES:,} values; no file of the guide is so large")])
    return cast("yaml.Node", root)


def _may_hold_forbidden_marks(text: str) -> bool:
    return (bool(_MAY_BE_MARK.search(text)) or "<<" in text or text.startswith(_FORBIDDEN)
            or any(f"\n{mark}" in text for mark in _FORBIDDEN))  # fmt: skip


def _holds_too_many(root: yaml.Node) -> bool:
    count = 0
    rest = [root]
    while rest and count <= MAX_VALUES:
        node = rest.pop()
        count += 1
        if isinstance(node, yaml.MappingNode):
            rest += [one for pair in node.value for one in pair]
        elif isinstance(node, yaml.SequenceNode):
            rest += node.value
    return count > MAX_VALUES


def _tabs(text: str) -> Iterator[tuple[int, int, str]]:
    if "\t" in text:
        for number, line in enumerate(text.split("\n"), 1):
            if "\t" in line.rstrip():
                yield number, line.index("\t") + 1, "a tab; YAML knows only blanks: use two blanks for each step"


def _forbidden_marks(text: str) -> Iterator[tuple[int, int, str]]:
    documents = 0
    try:
        event: Any
        for event in yaml.parse(text, Loader=_Loader):
            place = (event.start_mark.line + 1, event.start_mark.column + 1)
            if isinstance(event, yaml.AliasEvent):
                yield (*place, f"'*{event.anchor}' is an alias; write the value out, or put the text in quotes")
            elif getattr(event, "anchor", None):
                yield (*place, f"'&{event.anchor}' is an anchor; write the value out, or put the text in quotes")
            elif getattr(event, "tag", None) not in (None, "!"):
                yield (*place, "a '!' tag; write the plain value, or put the text in quotes")
            elif isinstance(event, yaml.ScalarEvent) and event.value == "<<" and not event.style:
                yield (*place, "'<<' merges other values in; write them out")
            elif isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents == 2:
                    yield (*place, "'---' begins a second document; a file holds one")
    except (yaml.YAMLError, RecursionError) as error:
        yield _inside(text, *_explain(error))


_REMEDIES = (
    ("mapping values are not allowed", "a colon and a blank inside a text: put the whole text in quotes"),
    ("found character '%' that cannot start", "a text cannot begin with %: put it in quotes"),
    ("found character '@' that cannot start", "a text cannot begin with @: put it in quotes"),
    ("found character '`' that cannot start", "a text cannot begin with `: put it in quotes"),
    ("found character that cannot start any token", "a text cannot begin with this character: put it in quotes"),
    ("found unexpected end of stream", "a quote is opened and never closed"),
    ("found unexpected document indicator", "a quote is opened and never closed"),
    ("did not find expected ',' or ']'", "a list in [ ] is not closed, or lacks a comma"),
    ("did not find expected ',' or '}'", "a mapping in { } is not closed, or lacks a comma"),
    ("did not find expected key", "the line does not fit what stands above it: look at its blanks, its quotes, "
                                  "and whether a line break stands inside a text"),
    ("did not find expected '-' indicator", "the line does not fit the list above it: begin it with '- ', "
                                            "with as many blanks before it as the others"),
    ("could not find expected ':'", "a line that is no 'key: value'; a text that goes on must be indented further"),
    ("block sequence entries are not allowed", "'- ' cannot stand here: begin the list on its own line below the key"),
    ("exceeded max nesting", "values are nested too deeply"),
    ("nesting depth", "values are nested too deeply"),
    ("expected <document start>", "the line does not fit what stands above it: look at its blanks and its quotes"),
    ("alphabetic or numeric character", "a text cannot begin with & or *: put it in quotes"),
    ("unknown escape character", "a backslash inside \" \" begins a sign of its own: use ' ' as quotes"),
    ("hexdecimal number", "a backslash inside \" \" begins a sign of its own: use ' ' as quotes"),
    ("escape code", "a backslash inside \" \" begins a sign of its own: use ' ' as quotes"),
    ("comment or line break", "nothing can stand behind | or >: begin the text on the next line, or put it in quotes"),
    ("indentation indicator", "nothing can stand behind | or >: begin the text on the next line, or put it in quotes"),
    ("expected node content", "a comma or bracket too many, or a text that begins with one: put it in quotes"),
    ("mapping keys are not allowed", "a text cannot begin with '? ': put it in quotes"),
    ("found unexpected ':'", "a colon inside a list in [ ] or { }: put the text in quotes"),
    ("directive", "a text cannot begin with %: put it in quotes"),
    ("version number", "a text cannot begin with %: put it in quotes"),
    ("tag", "a text cannot begin with !: put it in quotes"),
    ("found a tab", "a tab; YAML knows only blanks: use two blanks for each step"),
    ("whitespace or line break", "a text cannot begin with !: put it in quotes"),
    ("expected '!'", "a text cannot begin with !: put it in quotes"),
    ("expected '>'", "a text cannot begin with !: put it in quotes"),
    ("URI escaped octet", "a text cannot begin with !: put it in quotes"),
    ("control characters are not allowed", "a character that cannot be seen stands here: delete it"),
    ("special characters are not allowed", "a character that cannot be seen stands here: delete it"),
    ("found undefined alias", "a text cannot begin with *: put it in quotes"),
)  # fmt: skip


def _inside(text: str, line: int, column: int, remedy: str) -> tuple[int, int, str]:
    """Move what YAML noticed behind the last line up to that line: there the editor looks."""
    end = text.rstrip().count("\n") + 1
    return (line, column, remedy) if line <= end else (end, 1, remedy)


def _explain(error: Any) -> tuple[int, int, str]:
    """Give line, column and a remedy for what the parser stumbled over."""
    if isinstance(error, RecursionError):
        return 1, 1, "values are nested too deeply"
    said = str(getattr(error, "problem", None) or getattr(error, "reason", None) or "cannot be read as YAML")
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    remedy = next((remedy for words, remedy in _REMEDIES if words in said), said)
    begins_above = ("quote is opened", "no 'key: value'", "is not closed")  # it is noticed only further below
    if any(words in remedy for words in begins_above) and getattr(error, "context_mark", None):
        mark = error.context_mark
    return (mark.line + 1, mark.column + 1, remedy) if mark else (1, 1, remedy)
