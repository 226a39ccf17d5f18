"""The git history of `data/` → what changed in the listings."""

from __future__ import annotations

import re
import subprocess
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from itertools import groupby
from pathlib import Path

import yaml
from msgspec import Struct, field
from msgspec.structs import replace

from guide.changes import Change, Crowd, History, what_happened
from guide.confidential import told_place
from guide.files import items_under
from guide.git import git, head
from guide.inputs import RESOURCES
from guide.kept import Kept
from guide.model import ClosedListing, Listing, WithheldPlace
from guide.reading import Reader, Vocabulary
from guide.yaml_tree import TreeError, compose, decode

CLOSED = "data/closed.yaml"
CROWD = 100
"""More listings than this that come on one day are told as a number."""


class Told(Struct, frozen=True):
    """What was told of a commit, in a repository that is cut off at some, if it is shallow."""

    commit: str
    cut: frozenset[str]
    history: History


def read_history(root: Path, kept: Kept | None = None) -> History:
    """Tell what the commits on the way to the current one changed in the listings of a project.

    Nothing is known outside of git's folders, without git, and where git cannot or will not read them. As long as the commit
    is the same, what was `kept` is told.
    """
    try:
        commit, cut = head(root)
        told = kept.read("history", Told) if kept else None
        if told and (told.commit, told.cut) == (commit, cut):
            return told.history
        history = _Telling(cut).tell(_commits(root, commit), root)
    except (OSError, ValueError, subprocess.SubprocessError):
        return History()
    if kept:
        kept.keep("history", Told(commit, cut, history))
    return history


def files_at(root: Path, revision: str) -> dict[str, bytes]:
    """Read the files of listings as they were at a revision: address in the project → bytes.

    Raises `ValueError` where git knows no such revision, or the project stands in no repository.
    """
    try:
        commit = _told(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}").strip()
        listed = _told(root, "ls-tree", "-r", "-z", commit, "--", RESOURCES, CLOSED)
        ids = {name: meta.split()[2] for meta, _, name in (line.partition("\t") for line in listed.split("\0") if line)}
        blobs = _blobs(root, dict.fromkeys(ids.values()))
    except (OSError, subprocess.SubprocessError):
        raise ValueError(f"git knows no '{revision}' in {root}") from None
    return {name: blobs[blob] for name, blob in ids.items() if blob in blobs}


# Git

def _told(root: Path, *arguments: str) -> str:
    return git(root, *arguments).decode("utf-8", "surrogateescape")


class _Commit(Struct, frozen=True):
    id: str
    at: str
    files: dict[str, str]
    """File → its blob; none where the file is gone."""


def _commits(root: Path, commit: str) -> list[_Commit]:
    """List the commits that touched the listings, oldest first; of a merge, what it brought."""
    told = _told(
        root, "-c", "log.showRoot=true", "-c", "log.diffMerges=first-parent", "log", "--first-parent", "-m", "--raw", "-z",
        "--no-abbrev", "--no-renames", "--no-color", "--no-show-signature", "--no-notes", "--relative",
        "--format=commit %H %ct", commit, "--", RESOURCES, CLOSED)  # fmt: skip
    commits: list[_Commit] = []
    tokens = iter(told.split("\0"))
    for token in tokens:
        words = token.split()
        if words[:1] == ["commit"]:
            commits.append(_Commit(words[1], _time(int(words[2])), {}))
        elif words:
            _, mode, _, blob, _ = words
            commits[-1].files[next(tokens)] = blob if mode.startswith("100") else ""
    return commits[::-1]


def _time(seconds: int) -> str:
    last = 253_402_300_799  # of the year 9999
    return datetime.fromtimestamp(min(max(seconds, 0), last), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _blobs(root: Path, ids: Iterable[str]) -> dict[str, bytes]:
    """Read blobs; those that are missing are left out."""
    out = git(root, "cat-file", "--batch", given="".join(f"{one}\n" for one in ids).encode())
    blobs = {}
    at = 0
    while at < len(out):
        end = out.index(b"\n", at)
        words = out[at:end].decode().split()
        at = end + 1
        if words[-1].isdigit():
            blobs[words[0]] = out[at : at + int(words[-1])]
            at += int(words[-1]) + 1
    return blobs


# What a file held

class _Item(Struct, frozen=True):
    """A listing as it was written, and the column at which that began."""

    area: str
    text: str
    column: int

    @property
    def tree(self) -> yaml.Node | None:
        """What is written, as a tree; None where it cannot be read."""
        try:
            return compose(" " * self.column + self.text)
        except TreeError:
            return None

    @property
    def listing(self) -> Listing | None:
        """The listing as the guide would read it now: what is withheld is not in it."""
        if not (tree := self.tree):
            return None
        found = Reader("", _ANY).read(tree, Listing)
        return replace(found, area=self.area, location=found.location or WithheldPlace())


_ANY: Mapping[str, Vocabulary] = defaultdict(lambda: Vocabulary("", {}, open=True))
"""Vocabularies that know any word: what a listing once named may be gone from them."""


_HEAD = re.compile(r"(?: *(?:#.*)?\n)*(?:listings|closed): *\n")
_ITEM = re.compile(r"^  - (?=id: ([a-z0-9-]+)$)", re.MULTILINE)
_SHALLOW = re.compile(r"^ {0,3}[^ \n#]", re.MULTILINE)


def _items(file: str, data: bytes | None, known: Mapping[str, _Item] | None) -> dict[str, _Item] | None:
    """Read a file's listings by their ids; None where it cannot be read.

    A file in the usual form is cut at its dashes, and only what is not `known` is read as YAML: a history of years holds the
    same listings thousands of times. The very first listings are only counted: there nothing is known, and None stands for it.
    """
    area = file.removeprefix(RESOURCES).removesuffix(".yaml")
    try:
        text = decode(data or b"")
        items = _cut(area, text)
        if items is None:
            return _parsed(area, text, "closed" if file == CLOSED else "listings")
    except TreeError:
        return None
    new = [item for name, item in items.items() if known is not None and known.get(name) != item]
    return None if any(item.tree is None for item in new) else items


def _cut(area: str, text: str) -> dict[str, _Item] | None:
    head = _HEAD.match(text)
    found = list(_ITEM.finditer(text, head.end())) if head else []
    if not head or not found or len(found) != len(_SHALLOW.findall(text, head.end())):
        return None
    ends = [*(item.start() for item in found[1:]), len(text)]
    return {item[1]: _Item(area, text[item.end() : end].rstrip(), 4) for item, end in zip(found, ends, strict=False)}


def _parsed(area: str, text: str, key: str) -> dict[str, _Item]:
    return {
        listing_id: _Item(area, text[node.start_mark.index : node.end_mark.index].rstrip(), node.start_mark.column)
        for node in items_under(compose(text), key)
        if isinstance(node, yaml.MappingNode) and (listing_id := _id(node))
    }


def _id(node: yaml.MappingNode) -> str:
    return next((str(value.value).strip() for key, value in node.value
                 if key.value == "id" and isinstance(value, yaml.ScalarNode)), "")  # fmt: skip


# What changed

class _Telling(Struct):
    cut: frozenset[str]
    """Commits of which the clone knows no parents."""
    files: dict[str, dict[str, _Item]] = field(default_factory=dict)
    changes: dict[tuple[str, str], Change] = field(default_factory=dict)
    crowds: list[Crowd] = field(default_factory=list)

    def tell(self, commits: list[_Commit], root: Path) -> History:
        if not commits:
            return History()
        blobs = _blobs(root, dict.fromkeys(blob for commit in commits for blob in commit.files.values() if blob))
        whole = commits[0].id not in self.cut
        if not whole:
            self.files = self.after(commits[:1], blobs)
        for _, same in groupby(commits if whole else commits[1:], key=lambda commit: commit.at[:10]):
            day = list(same)
            after = self.after(day, blobs)
            self.compare(after, max(commit.at for commit in day))
            self.files = after
        first = date.fromisoformat(commits[0].at[:10])
        changes = sorted(self.changes.values(), key=lambda change: (change.at[:10], change.listing))
        return History(first, whole, tuple(changes), tuple(sorted(self.crowds, key=lambda crowd: (crowd.at, crowd.counts))))

    def after(self, day: list[_Commit], blobs: Mapping[str, bytes]) -> dict[str, dict[str, _Item]]:
        """Give the files after a day's commits; one that cannot be read stays what it was last."""
        versions: dict[str, list[str]] = defaultdict(list)
        for commit in day:
            for file, blob in commit.files.items():
                if file == CLOSED or (file.startswith(RESOURCES) and file.endswith(".yaml")):
                    versions[file].append(blob)
        after = dict(self.files)
        for file, some in versions.items():
            known = self.files.get(file, {}) if self.files else None
            read = ({} if not blob else _items(file, blobs.get(blob), known) for blob in reversed(some))
            found = next((items for items in read if items is not None), None)
            if found is not None:
                after[file] = found
        return after

    def compare(self, after: dict[str, dict[str, _Item]], at: str) -> None:
        touched = [file for file in sorted(after) if after[file] is not self.files.get(file) and file != CLOSED]
        old = {name: item for file in touched for name, item in self.files.get(file, {}).items()}
        new = {name: item for file in touched for name, item in after[file].items()}
        if new and not any(items for file, items in self.files.items() if file != CLOSED) and not self.crowds:
            self.crowds.append(_crowd(at, new.values(), began=True))
            return
        shut, now_shut = self.files.get(CLOSED, {}), after.get(CLOSED, {})
        found = []
        for name in sorted(old.keys() | new.keys() | now_shut.keys() - shut.keys()):
            before, then = old.get(name), new.get(name)
            if before == then and not (name in now_shut and name not in shut):
                continue
            was, now = before.listing if before else None, then.listing if then else None
            kinds, facts = what_happened(was, now, was_closed=name in shut, is_closed=name in now_shut)
            if kinds or facts:
                tree = now_shut[name].tree if name in now_shut else None
                closed = Reader("", _ANY).read(tree, ClosedListing) if tree and not (was or now) else None
                found.append(_change(at, name, now or was or closed, kinds, facts))
        added = [new[change.listing] for change in found if change.kinds == ("added",)]
        if len(added) > CROWD:
            self.crowds.append(_crowd(at, added))
            found = [change for change in found if change.kinds != ("added",)]
        for change in found:
            earlier = self.changes.get((at[:10], change.listing))
            self.changes[at[:10], change.listing] = earlier.and_then(change) if earlier else change


def _change(at: str, name: str, known: Listing | ClosedListing | None, kinds: tuple[str, ...],
            facts: tuple[str, ...]) -> Change:  # fmt: skip
    called = (known.name if known else None) or ""
    return Change(at, name, (known.area if known else None) or "", "" if told_place(called) else called, kinds, facts)


def _crowd(at: str, items: Iterable[_Item], *, began: bool = False) -> Crowd:
    return Crowd(at, tuple(sorted(Counter(item.area for item in items).items())), began)
