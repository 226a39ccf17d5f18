"""The bytes of a file of listings → what it says, checked as far as a listing can be by itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import TypeAlias

from msgspec import Struct, field
from msgspec.structs import replace

from guide import model, rules
from guide.beside import share
from guide.county_places import Places
from guide.files import ids_in, items_under
from guide.kept import digest
from guide.leaks import Withheld, withheld
from guide.problems import Problem
from guide.reading import Entry, Reader, Vocabulary
from guide.yaml_tree import MAX_BYTES, TreeError, compose, decode

File: TypeAlias = tuple[str, str, bytes]
"""What a file is called as an area (`mo/cole`), its address in the project, and its bytes."""
Check: TypeAlias = Callable[[str, str, bytes], "CheckedFile"]
_MANY = 2_000_000
"""Bytes of listings from which on both processors check them: with fewer, what goes to and fro takes as long as it saves."""
_PARTS = 60


class ResourceFile(Struct, frozen=True):
    """What one file of `data/resources/` says, with the trees that it was read from."""

    entries: tuple[Entry[model.Listing], ...] = ()
    problems: tuple[Problem, ...] = ()
    unread_ids: tuple[str, ...] = ()
    """Ids in a file that cannot be read in full: they are not gone."""
    marks: Mapping[str, bytes] = field(default_factory=dict)
    """Listing → a number that stands for the text that it was read from."""


class CheckedFile(Struct, frozen=True):
    """What is left of such a file when it was checked: its trees would be the largest part of a guide in memory."""

    listings: tuple[model.Listing, ...] = ()
    names: tuple[rules.Named, ...] = ()
    problems: tuple[Problem, ...] = ()
    unread_ids: tuple[str, ...] = ()
    marks: Mapping[str, bytes] = field(default_factory=dict)
    withheld: tuple[Withheld, ...] = ()

    @property
    def lines(self) -> dict[str, int]:
        """Listing → the line at which it begins."""
        return {one.id: one.line for one in self.names if one.id}


def read_listings(area: str, file: str, data: bytes, vocabularies: Mapping[str, Vocabulary]) -> ResourceFile:
    """Read the bytes of one file of `data/resources/`; `area` is its name there. Never raises: all is told in `problems`."""
    text = data[:MAX_BYTES].decode("utf-8", "replace")
    try:
        text = decode(data)
        root = compose(text)
    except TreeError as error:
        return ResourceFile((), tuple(Problem(file, *fault[:2], "", fault[2]) for fault in error.faults), ids_in(text))
    reader = Reader(file, vocabularies)
    listings = reader.read(root, model.Listings).listings
    problems = [replace(p, where=re.sub(r"^listings\[\d+\]\.?", "", p.where)) for p in reader.problems]
    entries = tuple(
        Entry(replace(listing, area=area, location=listing.location or model.WithheldPlace()), file, node)
        for listing, node in zip(listings, items_under(root, "listings"), strict=True)
    )
    unread_ids = ids_in(text) if problems and not entries else ()
    problems += rules.comments_tell_no_place(text, entries)
    marks = {entry.record.id: digest(area, text[entry.node.start_mark.index : entry.node.end_mark.index]) for entry in entries}
    return ResourceFile(entries, tuple(problems), unread_ids, marks)


def check_file(vocabularies: Mapping[str, Vocabulary], places: Places, today: date,
               area: str, file: str, data: bytes) -> CheckedFile:  # fmt: skip
    """Read such a file, and apply the rules that each listing keeps or breaks by itself. Never raises."""
    found = read_listings(area, file, data, vocabularies)
    return CheckedFile(
        tuple(entry.record for entry in found.entries), tuple(map(rules.named, found.entries)),
        (*found.problems, *rules.check_listings(found.entries, places, today)),
        found.unread_ids, found.marks, tuple(withheld(found.entries)),
    )  # fmt: skip


def check_files(files: Sequence[File], check: Check, *, alone: bool) -> Iterable[CheckedFile]:
    """Check files, in their order; not `alone`: many of them on both processors."""
    if alone or sum(len(data) for _, _, data in files) < _MANY:
        return [check(*file) for file in files]
    parts = [files[at::_PARTS] for at in range(_PARTS)]
    made = share([partial(_check_each, check, part) for part in parts], None, None)
    found = {file[1]: one for part, (some, _) in zip(parts, made, strict=True) for file, one in zip(part, some, strict=True)}
    return [found[file] for _, file, _ in files]


def _check_each(check: Check, files: Iterable[File], _: None) -> list[CheckedFile]:
    return [check(*file) for file in files]
