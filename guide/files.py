"""The files of a project: their bytes, text and trees, and what is wrong with a file as a whole."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

from guide.problems import Problem
from guide.yaml_tree import MAX_BYTES, TreeError, compose, decode, utf8

IGNORED = re.compile(r"^[.#]|~$|^(Thumbs\.db|desktop\.ini)$")
"""Names of files that editors' programs and systems leave behind."""


LARGEST = 4 * MAX_BYTES
"""Bytes of a file that is read at all."""


class Files:
    """Reads the files of one project. Problems gather in `problems`."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.problems: list[Problem] = []
        self.trees: dict[str, yaml.Node] = {}
        self.texts: dict[str, str] = {}

    def note(self, file: str, line: int, column: int, message: str) -> None:
        """Note what is wrong with a file at a line and column."""
        self.problems.append(Problem(file, line, column, "", message))

    def broken(self, file: str) -> bool:
        """Say whether a file has a mistake of its own."""
        return any(problem.file == file for problem in self.problems)

    def data(self, file: str) -> bytes | None:
        """The bytes of a file; None, with a problem noted, where it cannot be read."""
        path = self.root / file
        try:
            if path.is_symlink():
                self.note(file, 1, 1, "is a symbolic link; put the file or folder itself here")
            elif not path.exists():
                self.note(file, 1, 1, "is missing")
            elif not path.is_file():
                self.note(file, 1, 1, "is not a file; put a file of this name here")
            elif (size := path.stat().st_size) > LARGEST:
                self.note(file, 1, 1, f"is far too large ({size:,} bytes); no file of the guide is")
            else:
                return path.read_bytes()
        except OSError as error:
            self.note(file, 1, 1, f"cannot be read: {error.strerror}")
        return None

    def tree(self, file: str) -> yaml.Node | None:
        """The tree of a YAML file; None, with problems noted, where it cannot be read."""
        if file in self.trees:
            return self.trees[file]
        data = self.data(file)
        if data is None:
            return None
        try:
            self.texts[file] = decode(data)
            self.trees[file] = compose(self.texts[file])
        except TreeError as error:
            for fault in error.faults:
                self.note(file, *fault)
            return None
        return self.trees[file]


def items_under(root: yaml.Node, key: str) -> list[yaml.Node]:
    """The items of a list under a key of the file."""
    for key_node, value in root.value if isinstance(root, yaml.MappingNode) else ():
        if key_node.value == key:  # the first is read, as in Reader.read
            return list(value.value) if isinstance(value, yaml.SequenceNode) else []
    return []


def ids_in(text: str) -> tuple[str, ...]:
    """The ids in a text that cannot be read as YAML."""
    return tuple(re.findall(r"^[ \t-]*(?:\{[ \t]*)?['\"]?id['\"]?:\s*['\"]?([a-z0-9-]+)", text, re.MULTILINE))


def no_text(file: str, data: bytes) -> list[Problem]:
    """Tell where the bytes of a file are not UTF-8; nothing where they are."""
    try:
        utf8(data)
    except TreeError as error:
        return [Problem(file, line, column, "", message) for line, column, message in error.faults]
    return []


def start_of(path: Path) -> str:
    """What can be read of a file, whatever it is; empty where nothing can."""
    try:
        return path.read_bytes()[:MAX_BYTES].decode("utf-8", "replace") if path.is_file() else ""
    except OSError:
        return ""


def front_matter(text: str) -> tuple[str, str, int]:
    """Split a page into its head, with each line at its place in the file, the Markdown after it, and the line of that."""
    found = re.match(r"---[ ]*\n(.*?)^---[ ]*(?:\n|$)", text, re.DOTALL | re.MULTILINE)
    if not found or not found.group(1).strip():
        raise TreeError([(1, 1, "the page must begin with a line '---', then 'title:', 'summary:' and 'date:', then '---'")])
    return "\n" + found.group(1), text[found.end():], found.group().count("\n") + 1
