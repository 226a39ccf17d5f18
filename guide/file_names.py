"""Names that every disk can hold, for a site goes to many: a server, a stick, an editor's computer."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Set

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
