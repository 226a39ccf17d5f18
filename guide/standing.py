"""The files of a site while it is made: which of them stand from the last build, and are made of the same still."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from guide.beside import beside
from guide.kept import digest
from guide.spool import Files, Source, Spool
from guide.woven import Content, Standing, holds, parts_of, size_of

if TYPE_CHECKING:
    from guide.making import Before
    from guide.marking import Marking
    from guide.site import Page

State = tuple[int, int, int, int]
"""What changes when somebody writes a file: its size, its time, the time of its state, and its place on the disk."""

Noted = tuple[bytes, tuple[str, ...]]
"""Of pages that need not be looked at one by one: the number of what all of them are made of, and their addresses."""


def standing(site: Path, before: Mapping[str, State] | None = None) -> dict[str, State]:
    """Give the state of each file of a site, and of each folder, whose name ends in a slash.

    `before` are the states before the site was written: one that is still the same file on the disk is not asked again.
    Should it have another state all the same, the next build finds that, and makes it anew.
    """
    known = before or {}
    found = {}
    waiting = [""]
    while waiting:
        inside = waiting.pop()
        try:
            with os.scandir(f"{site}/{inside}") as entries:
                for entry in entries:
                    name = inside + entry.name
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(f"{name}/")
                        found[f"{name}/"] = (0, 0, 0, 0)
                    elif name in known and known[name][3] == entry.inode():
                        found[name] = known[name]
                    else:
                        state = entry.stat(follow_symlinks=False)
                        found[name] = (state.st_size, state.st_mtime_ns, state.st_ctime_ns, state.st_ino)
        except OSError:
            continue
    return found


class Stands(Struct, frozen=True):
    """A folder, what the last build made there or elsewhere, and what stands in it, as `standing` tells."""

    folder: Path
    before: Before | None
    states: Callable[[], Mapping[str, State]]


class _Unlike(Struct, frozen=True):
    """Which states are others than they were, and which files are gone."""

    states: dict[str, State]
    gone: set[str]


def ask(folder: Path, before: Before | None) -> Stands:
    """Begin to look at what stands in a folder, on the second processor, which tells what the last build did not leave so."""
    known = {name: state for name, (_, state) in before.marks.items()} if before and before.site == str(folder) else {}

    def look() -> _Unlike:
        found = standing(folder)
        unlike = {name: state for name, state in found.items() if known.get(name) != state}
        return _Unlike(unlike, set(known.keys() - found.keys()))

    unlike = beside(look)

    @cache
    def states() -> Mapping[str, State]:
        found = unlike()
        for name in found.gone:
            del known[name]
        return known | found.states

    return Stands(folder, before, states)


class Stood:
    """What stands in a folder as the last build left it: each file with the number of what it was made of."""

    def __init__(self, stands: Stands) -> None:
        before = stands.before
        self.folder = stands.folder
        self.marks: dict[str, bytes] = {}
        self.states: dict[str, State] = {}
        self.made_of: dict[bytes, list[str]] = defaultdict(list)
        """The number of what they were made of → all files that were made of it, be they there still or not."""
        self.groups: Mapping[str, bytes] = {}
        """Each group of files that are made together → the number of what they were made of."""
        self.chapters: Mapping[str, Noted] = {}
        if before and before.site == str(self.folder):
            states = stands.states()
            self.groups, self.chapters = before.groups, before.chapters
            for name, (mark, state) in before.marks.items():
                self.made_of[mark].append(name)
                if states.get(name) == state:
                    self.marks[name], self.states[name] = mark, state

    def alike(self, address: str, content: Content) -> bool:
        """Say whether a file stands with just this content, as the last build left it."""
        size = size_of(content)
        with suppress(OSError):  # it may have been taken away meanwhile
            return (address in self.states and self.states[address][0] == size
                    and holds(f"{self.folder}/{address}", parts_of(content), size))  # fmt: skip
        return False


class Part(Struct, frozen=True):
    """A part of a site, as it was made: the marks of its files, groups and chapters, and where new files stand in a spool."""

    marks: Mapping[str, bytes]
    groups: Mapping[str, bytes]
    chapters: Mapping[str, Noted]
    places: Mapping[str, tuple[Source, ...]]


class Site(Mapping[str, bytes]):
    """A site: what was made anew, in `files`, and what stands already; as a mapping, the bytes of both."""

    def __init__(self, stood: Stood, marking: Marking, spool: Spool) -> None:
        self.files = Files(spool)
        self.marks: dict[str, bytes] = {}
        """Every file of the site → the number of what it is made of."""
        self._stood = stood
        self._marking = marking
        self.groups: dict[str, bytes] = {}
        """Every group of files that are made together → the number of what they are made of."""
        self.chapters: dict[str, Noted] = {}
        self._before = 0
        """Files that it had when the chapter began."""

    def empty(self, spool: Spool) -> Site:
        """Give a site in the same folder that has no files yet, for another to take."""
        return Site(self._stood, self._marking, spool)

    @property
    def part(self) -> Part:
        """All that it has, for another to take."""
        return Part(self.marks, self.groups, self.chapters, self.files.places)

    def take(self, part: Part, spool: Spool) -> None:
        """Take what another site has; its new files stand in that spool."""
        self.marks |= part.marks
        self.groups |= part.groups
        self.chapters |= part.chapters
        self.files.take(part.places, spool)

    def lacks(self, address: str, *made_of: object) -> bool:
        """Note that the site has a file, and what it is made of; say whether it must be made."""
        return not self._keeps(address, self._marking.of(address, *made_of))

    def lacks_page(self, page: Page) -> bool:
        """Note that the site has a page; say whether it must be rendered."""
        return self.lacks(page.address, page.template, page.title, page.facts)

    def lacks_chapter(self, name: str, made_of: object) -> bool:
        """Note that the site has the pages of a chapter; say whether each must be looked at."""
        self._before = len(self.marks)
        mark = self._marking.of(name, made_of)
        old, addresses = self._stood.chapters.get(name, (b"", ()))
        if old == mark and all(address in self._stood.marks for address in addresses):
            self.marks |= {address: self._stood.marks[address] for address in addresses}
        else:
            addresses = ()
        self.chapters[name] = mark, addresses
        return not addresses

    def end_chapter(self, name: str) -> None:
        """Note that all pages since `lacks_chapter` were those of this chapter."""
        if name in self.chapters:
            self.chapters[name] = self.chapters[name][0], tuple(islice(self.marks, self._before, None))

    def lacks_group(self, name: str, made_of: object, *, may_be_old: bool = False) -> bool:
        """Note that the site has files that are made together, of the same; say whether they must be made.

        `may_be_old`: those that stand will do, whatever they are made of.
        """
        mark, old = self._marking.of(name, made_of), self._stood.groups.get(name, b"")
        self.groups[name] = old if may_be_old and self._stands(old) else mark
        if not self._stands(self.groups[name]):
            return True
        self.marks |= dict.fromkeys(self._stood.made_of[self.groups[name]], self.groups[name])
        return False

    def put_group(self, name: str, files: Iterable[tuple[str, Content]]) -> None:
        """Take the files of such a group."""

        def noted() -> Iterator[tuple[str, Content]]:
            for address, content in files:
                self.marks[address] = self.groups[name]
                yield address, content

        self.put(noted())

    def put(self, files: Iterable[tuple[str, Content]]) -> None:
        """Take files whose making was noted: each address, and content. One that stands just so already stays."""
        self.files.put((address, content) for address, content in files if not self._stood.alike(address, content))

    def standing(self, address: str, made_of: bytes) -> Standing | None:
        """Give a file as it stands, if the last build left it so, made of what has this number."""
        if self._stood.marks.get(address) != made_of:
            return None
        size, time, _, number = self._stood.states[address]
        return Standing(f"{self._stood.folder}/{address}", size, time, number)

    def add(self, files: Iterable[tuple[str, bytes]]) -> None:
        """Take files that are made at every build, for that is quick: their bytes are all that they are made of."""
        self.files.put((address, data) for address, data in files if not self._keeps(address, digest(data)))

    def size(self, address: str) -> int:
        """Give the bytes of a file."""
        return self.files.size(address) if address in self.files else self._stood.states[address][0]

    @property
    def same(self) -> frozenset[str]:
        """The files that stay as they stand."""
        return frozenset(self.marks.keys() - self.files.keys())

    def _stands(self, mark: bytes) -> bool:
        addresses = self._stood.made_of.get(mark, [])
        return bool(addresses) and all(self._stood.marks.get(address) == mark for address in addresses)

    def _keeps(self, address: str, mark: bytes) -> bool:
        self.marks[address] = mark
        return self._stood.marks.get(address) == mark

    def __getitem__(self, address: str) -> bytes:
        if address in self.files:
            return self.files[address]
        if address not in self.marks:
            raise KeyError(address)
        return (self._stood.folder / address).read_bytes()

    def __contains__(self, address: object) -> bool:
        return address in self.marks

    def __iter__(self) -> Iterator[str]:
        return iter(self.marks)

    def __len__(self) -> int:
        return len(self.marks)
