"""Names that every disk can hold, for a site goes to many: a server, a stick, an editor's computer."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Set
from pathlib import PurePosixPath

LONGEST = 150
"""Characters of a path. Windows takes 260, and whoever unpacks may do so deep down, into a folder of the ZIP file's name."""

_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._-]*(?<![ .])")
# by Microsoft's "Naming Files, Paths, and Namespaces", with any ending, too
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)
# an empty part, what no file on Windows may be called, and an end that it drops; so '.' and '..' too
_UNFIT = re.compile(r'(?:^|/)(?:/|$)|[\x00-\x1f\\:*?"<>|]|[. ](?:/|$)')
# what makes one of many lines unfit: far quicker to find
_SIGN, _PAIRS = re.compile(r'[\x00-\x09\x0b-\x1f\\:*?"<>|]'), ("\n\n", "\n/", "//", "/\n", "./", ".\n", " /", " \n")


def refuse_unfit(names: Set[str]) -> None:
    """Raise `ValueError` for a name that not every disk can hold, or two that are one file on some: 'mo/cole.html'."""
    folders = folders_of(names)
    if both := names & folders:
        raise ValueError(f"{min(both)!r} is both a file and a folder")
    every = [*names, *folders]
    lines = "\n".join(("", *every, ""))
    if _SIGN.search(lines) or any(pair in lines for pair in _PAIRS) or lines.count("\n") > len(every) + 1:
        for name in filter(_UNFIT.search, every):
            raise ValueError(f"{name!r} is not an address that every disk can hold")
    spellings = dict(zip(_spelled(lines).split("\n")[1:-1], every, strict=True))
    if len(spellings) < len(every):
        lost = min({*every} - {*spellings.values()})
        twin = spellings[_spelled(lost)]
        raise ValueError(f"{lost!r} and {twin!r} are the same file on many computers")


def unfit(paths: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Give each path that FAT32 or Windows cannot hold, with what is wrong. Ids are fit: reading refuses others."""
    spelled: dict[str, str] = {}
    for path in paths:
        if len(path) >= LONGEST:
            yield path, f"is {len(path)} characters long; below {LONGEST} are safe to unpack on Windows, so shorten a name"
        parts = PurePosixPath(path).parts
        for end, part in enumerate(parts, 1):
            if not _PLAIN.fullmatch(part):
                letters = "use letters from A to Z, digits, blanks, '.', '_' and '-'"
                yield path, f"'{printable(part)}' is no name for every disk: {letters}"
            elif _RESERVED.match(part):
                yield path, f"Windows can have no file '{part}'; choose another name"
            here = "/".join(parts[:end])
            twin = spelled.setdefault(here.lower(), here)
            if twin != here:
                yield path, f"'{here}' and '{twin}' are the same on Windows and on most sticks; rename one"


def printable(file: str) -> str:
    """A file's name that can be printed, whatever bytes it is made of."""
    return file.encode("utf-8", "replace").decode().replace("\n", "?")


def folders_of(names: Iterable[str]) -> set[str]:
    """Give the folders of some files, and those around them."""
    found: set[str] = set()
    for folder in {name.rpartition("/")[0] for name in names}:
        while folder and folder not in found:
            found.add(folder)
            folder = folder.rpartition("/")[0]
    return found


def _spelled(text: str) -> str:
    """Give what is the same for all ways to write a text between which some disks see no difference."""
    return unicodedata.normalize("NFC", text).casefold()
