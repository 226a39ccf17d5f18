"""The files of `content/` and `data/figures/` → articles and figures, each with the place that it was read from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from msgspec.structs import replace

from guide.file_names import printable
from guide.files import IGNORED, Files, front_matter
from guide.kinds import read_slug
from guide.model import Article, Figure, FrontMatter
from guide.reading import Entry, Reader, Vocabulary
from guide.yaml_tree import TreeError, compose, decode

FIGURES = "data/figures"
LINKED_EVERYWHERE = ("about", "contribute", "for-professionals", "safety", "using-the-guide")
"""Pages that `templates/base.html` links to."""
LONGEST_TEXT = 100_000
LONGEST_LINE = 3_000
_DEEPEST = 40
"""Characters before the words of a line: eight levels of four blanks, and a mark."""
_RULE = re.compile(r"\s*([-*_=])(?:\s*\1)*\s*")
_PAIRS = {"[": "]", "(": ")", "<": ">", "{": "}"}
_MOST_OPENED = 8
_HEADING = re.compile(r"^[ ]{0,3}(?:#|(?:-+|=+)[ ]*$)", re.MULTILINE)
_MOST_HEADINGS = 300


def read_articles(files: Files, vocabularies: Mapping[str, Vocabulary]) -> Iterator[Entry[Article]]:
    """Read the pages of `content/`; what is wrong gathers in `files.problems`."""
    for name in LINKED_EVERYWHERE:
        path = files.root / f"content/{name}.md"
        if not path.exists() and not path.is_symlink():
            files.note(f"content/{name}.md", 1, 1, "is missing: every page of the guide links to it; put it back")
    for file in _files_in(files, "content"):
        name = file.removeprefix("content/").removesuffix(".md")
        if not file.endswith(".md"):
            files.note(printable(file), 1, 1, "is not a page; pages are Markdown files that end in .md")
            continue
        if not _is_address(files, file, name):
            continue
        data = files.data(file)
        if data is None:
            continue
        try:
            head, body, line = front_matter(decode(data))
            node = compose(head)
            can_be_read(body, line)
        except TreeError as error:
            for fault in error.faults:
                files.note(file, *fault)
            continue
        reader = Reader(file, vocabularies)
        front = reader.read(node, FrontMatter)
        files.problems += reader.problems
        yield Entry(Article(name, front, body, line), file, node)


def can_be_read(markdown: str, first_line: int) -> None:
    """Raise `TreeError` for what no reader follows, and what the Markdown library would take minutes for or fail at."""
    if len(markdown) > LONGEST_TEXT:
        raise TreeError([(first_line, 1, f"the text is longer than {LONGEST_TEXT:,} characters; make two pages of it")])
    if len(headings := list(_HEADING.finditer(markdown))) > _MOST_HEADINGS:
        below = markdown.count("\n", 0, headings[_MOST_HEADINGS].start())
        raise TreeError([(first_line + below, 1, f"the text has more than {_MOST_HEADINGS} headings; make two pages of it")])
    opened = dict.fromkeys(_PAIRS, 0)
    for number, line in enumerate(markdown.split("\n"), first_line):
        if not line.strip() or line.lstrip().startswith("|"):
            opened = dict.fromkeys(_PAIRS, 0)  # brackets pair within a paragraph, or a row of a table
        if len(line) > LONGEST_LINE:
            raise TreeError([(number, 1, f"the line is longer than {LONGEST_LINE:,} characters; break it in two")])
        begins = re.match(r"\s*(?:(?:[-*+]|\d+[.)]|>|:)\s*)*", line)
        if begins and begins.end() > _DEEPEST and not _RULE.fullmatch(line):
            raise TreeError([(number, 1, "lists or quotes are nested too deeply; eight levels are the most")])
        for sign, other in _PAIRS.items():
            for found in re.finditer(f"[{re.escape(sign + other)}]", line):
                opened[sign] = max(opened[sign] + (1 if found[0] == sign else -1), 0)
                if opened[sign] > _MOST_OPENED:
                    fault = f"'{sign}' is opened {opened[sign]} times in this paragraph and not closed"
                    raise TreeError([(number, found.start() + 1, fault)])


def read_figures(files: Files, vocabularies: Mapping[str, Vocabulary]) -> Iterator[Entry[Figure]]:
    """Read the files of `data/figures/`; what is wrong gathers in `files.problems`."""
    for file in _files_in(files, FIGURES):
        name = file.removeprefix(f"{FIGURES}/").removesuffix(".yaml")
        if not file.endswith(".yaml"):
            files.note(printable(file), 1, 1, "is not a figure; figures are files that end in .yaml")
            continue
        if not _is_address(files, file, name):
            continue
        node = files.tree(file)
        if node is None:
            continue
        reader = Reader(file, vocabularies)
        figure = reader.read(node, Figure)
        files.problems += reader.problems
        yield Entry(replace(figure, id=name), file, node)


def _files_in(files: Files, folder: str) -> Iterator[str]:
    """List the files below a folder; links to other folders are told, for they would not be read."""
    for path in sorted((files.root / folder).rglob("*")):
        file = path.relative_to(files.root).as_posix()
        if any(IGNORED.search(part) for part in file.split("/")):
            continue
        if path.is_symlink():
            files.note(printable(file), 1, 1, "is a symbolic link; put the file or folder itself here")
        elif not path.is_dir() or path.suffix in (".md", ".yaml"):
            yield file  # a folder of such a name is told when it is read


def _is_address(files: Files, file: str, name: str) -> bool:
    """Say whether a file's name can be a page's address; the problem is noted where it cannot."""
    for part in name.split("/"):
        try:
            read_slug(part)
        except ValueError:
            better = re.sub(r"[^a-z0-9]+", "-", part.lower()).strip("-") or "a-name"
            files.note(printable(file), 1, 1, f"cannot be a page's address: rename it to '{better}{Path(file).suffix}' "
                                              "(lower-case letters, digits and single hyphens)")  # fmt: skip
            return False
    return True
