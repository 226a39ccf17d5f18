"""The site folder: it holds the whole old or the whole new guide, and only what changed is written.

A new guide is made in `.site.new`, beside the old. Then `site` becomes `.site.old` and `.site.new`
becomes `site`. `.site.old` is therefore always whole, and `.site.new` is never to be trusted: it is
being made, or being removed. What was the old guide is then made the site's twin, `.site.twin`: second
names for the same files, which take no room. The next guide begins as that twin, so a small change
does not name each file anew. It may be deleted at any time.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable, Mapping, Sequence, Set
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TypeAlias

from msgspec import Struct

from guide.beside import MOST, dealt, share
from guide.disks import Busy, locked, wait_for_disk
from guide.file_names import folders_of, refuse_unfit
from guide.spool import Files

MARKER = "edition.txt"
MARK = b"Missouri resource guide"

_BINARY = getattr(os, "O_BINARY", 0)
_WRITE = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _BINARY
_MANY = 4_000
"""Files that are missing from which on both processors make them."""

Places: TypeAlias = Sequence[tuple[str, str]]
"""Files of the site by name, each with the path where it is to be."""


class NotOurs(OSError):
    """The folder is not one that a build wrote, so nothing in it may be touched."""


class Written(Struct, frozen=True):
    """How many files a build added, changed, removed and left as they were."""

    added: int
    changed: int
    removed: int
    unchanged: int


class Tree(Struct, frozen=True):
    """What stands in a folder: each address with its file's number on the disk (0: it is no plain file), and its folders."""

    files: Mapping[str, int]
    folders: Set[str]


class Plan(Struct, frozen=True):
    """What a build will do with what stands. `kept` are the addresses whose bytes stay."""

    written: Written
    stands: Tree
    kept: Mapping[str, int]
    folders: Set[str]
    """Those that the site has then."""
    idle: bool
    """All is there already."""


def write_site(files: Mapping[str, bytes], folder: Path, same: frozenset[str] = frozenset()) -> Written:
    """Make the folder hold exactly these files: address in the site, like 'mo/cole.html' → bytes.

    `same` are addresses of files that stay as they stand there, whatever they hold.
    A file whose bytes stay the same is not touched. Killed at any moment, it leaves the whole old
    or the whole new guide; between two renames the folder is away, until the next build or
    `recover` puts the old one back. Raises `ValueError` for an address that not every disk can
    hold or where `edition.txt` is missing, `NotOurs`, `Busy`, and any `OSError` of the disk; the
    old guide is then as it was.
    """
    if MARKER not in same and not files.get(MARKER, b"").startswith(MARK):
        raise ValueError(f"{MARKER} must be among the files and begin with '{MARK.decode()}'")
    files = Files.of(files)
    refuse_unfit(files.keys())
    folder = Path(os.path.abspath(folder))
    _refuse_foreign(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with locked(_beside(folder, "lock"), folder):
        _recover(folder)
        _refuse_foreign(folder)
        _refuse_foreign(_beside(folder, "twin"))
        planned = plan(files, folder, same)
        if planned.written.added:  # what stands was looked at when it was written
            refuse_unfit(files.keys() | same)
        if not planned.idle:
            _replace(files, planned, folder)
    return planned.written


def recover(folder: Path) -> bool:
    """Tidy up after a build that was killed; true if the last good guide had to be put back.

    Leaves a build that is running now alone. Raises `NotOurs` and `OSError`.
    """
    folder = Path(os.path.abspath(folder))
    if not any(os.path.lexists(_beside(folder, left)) for left in ("new", "old")):
        return False
    try:
        with locked(_beside(folder, "lock"), folder):
            return _recover(folder)
    except Busy:
        return False


def plan(files: Mapping[str, bytes], folder: Path, same: frozenset[str] = frozenset()) -> Plan:
    """Compare the files with what stands in the folder, which may be missing; touches nothing.

    Raises `FileNotFoundError` where one of those that stay the same is gone.
    """
    files = Files.of(files)
    stands = _walk(folder)
    found = stands.files
    kept = {name: found.get(name, 0) for name in same}
    if not all(kept.values()):
        reason = "was taken away while the guide was built; build again"
        raise FileNotFoundError(errno.ENOENT, reason, f"{folder}/{min(name for name in same if not kept[name])}")
    kept |= {name: found[name] for name in files if found.get(name) and files.stands(name, f"{folder}/{name}")}
    all_files = same.union(files)
    there = len(all_files.intersection(found))
    written = Written(
        added=len(all_files) - there,
        changed=there - len(kept),
        removed=len(found) - there,
        unchanged=len(kept),
    )
    folders = folders_of(all_files)
    idle = kept.keys() == all_files == found.keys() and stands.folders == folders
    return Plan(written, stands, kept, folders, idle)


def _walk(folder: Path) -> Tree:
    found: dict[str, int] = {}
    folders: set[str] = set()
    waiting = [""] if os.path.lexists(folder) else []
    while waiting:
        inside = waiting.pop()
        with os.scandir(f"{folder}/{inside}") as entries:
            for entry in entries:
                name = inside + entry.name
                if entry.is_dir(follow_symlinks=False):
                    folders.add(name)
                    waiting.append(name + "/")
                else:
                    found[name] = entry.inode() if entry.is_file(follow_symlinks=False) else 0
    return Tree(found, folders)


def _replace(files: Files, planned: Plan, folder: Path) -> None:
    new, old, twin = (_beside(folder, purpose) for purpose in ("new", "old", "twin"))
    try:
        if os.path.lexists(twin):
            _rename(twin, new, folder)
        numbers = _stage(files, planned, folder)
        _swap(folder)
    except BaseException as error:
        with suppress(OSError):
            _recover(folder)
        if isinstance(error, OSError) and error.filename is None:  # a full disk is told without one
            error.filename = str(folder)
        raise
    try:  # the new guide stands; what is left of the old goes now, or else at the next build
        if os.path.lexists(old):
            os.rename(old, new)
        link = partial(_each, lambda name, path: os.link(f"{folder}/{name}", path))
        _fit(new, planned.stands, numbers, planned.folders, link)
        os.rename(new, twin)
    except OSError:  # a disk without hard links, such as many sticks
        with suppress(OSError):
            _recover(folder)


def _stage(files: Files, planned: Plan, folder: Path) -> Mapping[str, int]:
    """Make the new guide beside the old; give each file's number, -1 where it is another than before."""
    new, kept = _beside(folder, "new"), planned.kept
    numbers = {**dict.fromkeys(files, -1), **kept}

    def put(places: Places) -> None:
        for name, path in places:
            if name in kept:
                try:
                    os.link(f"{folder}/{name}", path)
                except OSError:  # a disk without hard links
                    shutil.copy2(f"{folder}/{name}", path)
                    numbers[name] = -1
        _each(partial(_write, files), [place for place in places if place[0] not in kept])

    _fit(new, _walk(new), numbers, planned.folders, put)
    # Without it, a power cut or a pulled stick soon after the renames could leave empty pages: the
    # renames may reach the disk before the bytes. One sync takes a twentieth of an fsync per file.
    wait_for_disk(folder.parent)
    return numbers


def _each(make: Callable[[str, str], None], places: Places) -> None:
    """Make each file at its place; many on both processors."""

    def make_some(some: Places, _: None) -> None:
        for name, path in some:
            make(name, path)

    if len(places) <= _MANY:
        make_some(places, None)
    else:
        share([partial(make_some, some) for some in dealt(places, MOST)], None, None)


def _write(files: Files, name: str, path: str) -> None:
    file = os.open(path, _WRITE, 0o666)  # Python's own `open` would take half as long again
    try:
        files.send(name, file)
    finally:
        os.close(file)


def _fit(folder: Path, stands: Tree, numbers: Mapping[str, int], wanted: Set[str], put: Callable[[Places], None]) -> None:
    """Make a folder hold these files alone. What stands there of them stays if it is the same file, by its number on the disk.

    `put` makes those that are missing. It never writes into a file that stands, for that may have a second name.
    """
    folder.mkdir(exist_ok=True)
    stay = {name for name, number in stands.files.items() if number and numbers.get(name) == number}
    for name in stands.files.keys() - stay - {MARKER}:
        os.unlink(f"{folder}/{name}")
    for name in sorted(stands.folders - wanted, reverse=True):
        os.rmdir(f"{folder}/{name}")
    if MARKER not in stay:  # it is never away, so that what a kill leaves here is known as ours
        marker = f"{folder}/{MARKER}"
        put([(MARKER, f"{marker}.new" if MARKER in stands.files else marker)])
        if MARKER in stands.files:
            os.replace(f"{marker}.new", marker)
    for name in sorted(wanted - stands.folders):
        os.mkdir(f"{folder}/{name}")
    put([(name, f"{folder}/{name}") for name in numbers if name not in stay and name != MARKER])


def _swap(folder: Path) -> None:
    new, old = _beside(folder, "new"), _beside(folder, "old")
    if folder.exists():
        _rename(folder, old, folder)
    _rename(new, folder, folder)


def _rename(one: Path, other: Path, folder: Path) -> None:
    try:
        os.rename(one, other)
    except OSError as error:
        reason = f"cannot be replaced ({error.strerror}); is a file in it open in a program?"
        raise OSError(error.errno, reason, str(folder)) from error


def _recover(folder: Path) -> bool:
    new, old = _beside(folder, "new"), _beside(folder, "old")
    put_back = False
    if os.path.lexists(old):
        _refuse_foreign(old)
        if not os.path.lexists(folder):
            os.rename(old, folder)
            put_back = True
    _clear(new)
    if os.path.lexists(old):
        os.rename(old, new)
        _clear(new)
    return put_back


def _clear(folder: Path) -> None:
    """Remove a folder of ours; its marker last, so that after a kill it is still known as ours."""
    _refuse_foreign(folder)
    if not folder.exists():
        return
    with os.scandir(folder) as entries:
        inside = [entry for entry in entries if entry.name != MARKER]
    for entry in inside:
        if entry.is_dir(follow_symlinks=False):
            shutil.rmtree(entry)
        else:
            os.unlink(entry)
    (folder / MARKER).unlink(missing_ok=True)
    os.rmdir(folder)


def _refuse_foreign(folder: Path) -> None:
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise NotOurs(f"{folder} is a link or a file; name a folder, or move it elsewhere")
    if folder.exists() and not _is_ours(folder):
        raise NotOurs(
            f"{folder} holds files that the guide did not write, and they would be lost: "
            "name another folder for the site, or move them elsewhere"
        )


def _is_ours(folder: Path) -> bool:
    inside = os.listdir(folder)
    marker = folder / MARKER
    if not inside or not marker.is_file():
        return not inside
    with marker.open("rb") as file:
        head = file.read(len(MARK))
    # alone, it may be what a build that was killed had begun to write
    return head == MARK or (len(inside) == 1 and MARK.startswith(head))


def _beside(folder: Path, purpose: str) -> Path:
    return folder.with_name(f".{folder.name}.{purpose}")
