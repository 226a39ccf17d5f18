"""One file of `data/resources/` → its listings, and what else is to be known of them; all files, on both processors."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TypeAlias

import yaml

from guide import model, rules
from guide.beside import share
from guide.files import ids_in, items_under
from guide.inputs import RESOURCES
from guide.kept import digest
from guide.leaks import Withheld, withheld
from guide.problems import Problem
from guide.reading import Entry, Reader, Vocabulary
from guide.yaml_tree import MAX_BYTES, TreeError, compose, decode

_GROUPS = 24
"""Into so many groups the files are dealt, for the processors to take in turn."""
_START = yaml.Mark("", 0, 0, 0, None, 0)
_NOWHERE = yaml.ScalarNode("", "", _START, _START)
"""Stands for the tree of a listing that was read in another process: to send it here would take longer than to read it."""


@dataclass(frozen=True, slots=True)
class ResourceFile:
    """What one file of `data/resources/` gave."""

    entries: tuple[Entry[model.Listing], ...] = ()
    problems: tuple[Problem, ...] = ()
    unread_ids: tuple[str, ...] = ()
    """Ids in a file that cannot be read in full: they are not gone."""
    marks: Mapping[str, bytes] = field(default_factory=dict)
    """Listing → a number that stands for the text that it was read from."""
    lines: Mapping[str, int] = field(default_factory=dict)
    """Listing → the line at which it begins."""
    secrets: tuple[Withheld, ...] = ()
    """What it holds that must never leave it."""
    checked: bool = False
    """Its listings keep the rules that each keeps or breaks by itself."""


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
    lines = {entry.record.id: entry.node.start_mark.line + 1 for entry in entries}
    return ResourceFile(entries, tuple(problems), unread_ids, marks, lines, tuple(withheld(entries)))


Read: TypeAlias = dict[str, tuple[bytes, ResourceFile]]
"""Area → the bytes of its file, and what they gave."""
OwnRules: TypeAlias = Callable[[Sequence[Entry[model.Listing]]], Iterable[Problem]]
"""Applies the rules that each listing keeps or breaks by itself."""
_HERE, _THERE = "here", "there"


def read_ahead(texts: Mapping[str, bytes], vocabularies: Mapping[str, Vocabulary], own_rules: OwnRules) -> Read:
    """Read files on both processors; `texts` gives their bytes by area.

    What has a problem is read here. Listings that were read in the other process lack their trees.
    """
    groups = [some for some in ([*texts][at::_GROUPS] for at in range(_GROUPS)) if some]
    jobs = [partial(_group, {area: texts[area] for area in some}, vocabularies, own_rules) for some in groups]
    return {area: one for found, _ in share(jobs, _HERE, _THERE) for area, one in found.items()}


def _group(texts: Mapping[str, bytes], vocabularies: Mapping[str, Vocabulary], own_rules: OwnRules, where: str) -> Read:
    found = {area: read_listings(area, f"{RESOURCES}{area}.yaml", data, vocabularies) for area, data in texts.items()}
    entries = [entry for one in found.values() for entry in one.entries]
    right = not any(one.problems for one in found.values()) and not any(own_rules(entries))
    if where == _THERE and not right:
        raise ValueError("a problem is told where the trees are")
    return {area: (texts[area], replace(one, checked=right, entries=_sent(one.entries) if where == _THERE else one.entries))
            for area, one in found.items()}  # fmt: skip


def _sent(entries: Iterable[Entry[model.Listing]]) -> tuple[Entry[model.Listing], ...]:
    return tuple(replace(entry, node=_NOWHERE) for entry in entries)
