"""Edits of a project as an editor makes them in a listing: a word of its summary, its name, its service area."""

from __future__ import annotations

import re
from pathlib import Path

_LISTING = re.compile(r"(?ms)^  - id: .*?(?=^  - id: |\Z)")
_NAME = re.compile(r"(?m)^(    name: )[A-Z][a-z]+(?= \w)")
_SUMMARY = re.compile(r"(?m)^(    summary: )[A-Z][a-z]+(?= \w)")
_SERVES = re.compile(r"(?m)^(    serves: \[mo/[a-z, /-]+), mo/[a-z-]+(?=\]$)")
WHAT = {"word": "one word of a summary changed", "name": "a listing's name changed",
        "serves": "a listing's service area changed"}  # fmt: skip


class Edits:
    """Three edits of one listing that can be made and undone in any order.

    The listing is the first of Boone County, or of the first county after it, that has a plain name and summary and names
    at least two counties that it serves.
    """

    def __init__(self, project: Path) -> None:
        """Find the listing in a project. Raises `ValueError` where there is none."""
        folder = project / "data/resources/mo"
        for path in sorted(folder.glob("*.yaml"), key=lambda path: (path.stem < "boone", path.stem)):
            text = path.read_text(encoding="utf-8")
            for found in _LISTING.finditer(text):
                block = found.group()
                if _NAME.search(block) and _SUMMARY.search(block) and _SERVES.search(block):
                    self._path, self._block = path, block
                    self._before, self._after = text[: found.start()], text[found.end() :]
                    self._made: set[str] = set()
                    return
        raise ValueError(f"{folder}: no listing that names two counties has a plain name and summary")

    def switch(self, what: str) -> None:
        """Make one of the edits of `WHAT`, or undo it where it is made: either way the file differs from before in it alone."""
        self._made ^= {what}
        block = self._block
        if "word" in self._made:
            block = _SUMMARY.sub(r"\1Today", block)
        if "name" in self._made:
            block = _NAME.sub(r"\1Another", block)
        if "serves" in self._made:
            block = _SERVES.sub(r"\1", block)
        self._path.write_text(self._before + block + self._after, encoding="utf-8")
