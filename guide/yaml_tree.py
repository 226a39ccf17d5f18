"""The text of a YAML file → a tree of nodes with their lines; every fault of the text itself with a remedy."""

from __future__ import annotations

import re
from typing import Any, cast

import yaml

MAX_BYTES = 1_000_000
_MAY_BE_FORBIDDEN = re.compile(r"(?:^|[\s\[{,])[&*!]\S|<<|^---|^\.\.\.|^%", re.MULTILINE)
# what YAML forbids, the line ends that only YAML knows (behind one, every line number would be wrong), and the marks
# without width that copied text brings along: a phone number looks right and is not
UNSEEN = re.compile(
    r"[^\t\n -~\xa0-\xac\xae-\u200a\u200c\u200d\u2010-\u2027\u202f-\u205f\u2065-\ud7ff\ue000-\ufefe\uff00-\ufffd"
    r"\U00010000-\U0010ffff]"
)

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
        raise TreeError([(1, 1, f"the file is larger than 1 MB ({len(data):,} bytes); a county's listings never are")])
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - data.rfind(b"\n", 0, error.start)
        raise TreeError([(line, column, "is not UTF-8 text; save the file with the encoding UTF-8")]) from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if found := UNSEEN.search(text):
        line, column = text.count("\n", 0, found.start()) + 1, found.start() - text.rfind("\n", 0, found.start())
        raise TreeError([(line, column, "a character that cannot be seen stands here: delete it")])
    return text


def compose(text: str, first_line: int = 1) -> yaml.Node:
    """Parse YAML text into its tree of nodes. `first_line` is the text's place in its file, counted from 1.

    Raises `TreeError` for tabs, aliases, merge keys, tags, a second document, an empty text, and anything that
    YAML cannot read.
    """
    faults = _tabs(text)
    if not faults and _MAY_BE_FORBIDDEN.search(text):
        faults = _forbidden_marks(text)
    if faults:
        raise TreeError([(line + first_line - 1, column, message) for line, column, message in faults])
    loader = _Loader(text)
    try:
        root = loader.get_single_node()
    except (yaml.YAMLError, RecursionError) as error:
        line, column, message = _explain(error)
        raise TreeError([(line + first_line - 1, column, message)]) from None
    finally:
        loader.dispose()
    if root is None:
        raise TreeError([(first_line, 1, "the file is empty; a county without listings says 'listings: []'")])
    return cast("yaml.Node", root)


def _tabs(text: str) -> list[tuple[int, int, str]]:
    if "\t" not in text:
        return []
    return [
        (number, line.index("\t") + 1, "a tab; YAML knows only blanks: use two blanks for each step")
        for number, line in enumerate(text.split("\n"), 1)
        if "\t" in line.rstrip()
    ]


def _forbidden_marks(text: str) -> list[tuple[int, int, str]]:
    faults = []
    documents = 0
    try:
        event: Any
        for event in yaml.parse(text, Loader=_Loader):
            place = (event.start_mark.line + 1, event.start_mark.column + 1)
            if isinstance(event, yaml.AliasEvent):
                faults.append((*place, f"'*{event.anchor}' is an alias; write the value out, or put the text in quotes"))
            elif getattr(event, "anchor", None):
                faults.append((*place, f"'&{event.anchor}' is an anchor; write the value out, or put the text in quotes"))
            elif getattr(event, "tag", None) not in (None, "!"):
                faults.append((*place, "a '!' tag; write the plain value, or put the text in quotes"))
            elif isinstance(event, yaml.ScalarEvent) and event.value == "<<" and not event.style:
                faults.append((*place, "'<<' merges other values in; write them out"))
            elif isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents == 2:
                    faults.append((*place, "'---' begins a second document; a file holds one"))
    except (yaml.YAMLError, RecursionError) as error:
        faults.append(_explain(error))
    return faults


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
    ("control characters are not allowed", "a character that cannot be seen stands here: delete it"),
    ("special characters are not allowed", "a character that cannot be seen stands here: delete it"),
    ("found undefined alias", "a text cannot begin with *: put it in quotes"),
)  # fmt: skip


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
