"""Styles, scripts and pictures that the templates name: each must be there, or pages would look or work otherwise."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from pathlib import Path

from guide.problems import Problem, line_and_column

_NAMED = re.compile(r"""\b(?:href|src)=(["'])[^"']*?\b(assets/[^"'{}]+)\1""")


def missing_assets(root: Path, there: Container[str]) -> Iterator[Problem]:
    """Tell each that a template names and that is not `there`: an address in the site, like 'assets/guide.css'."""
    for path in sorted((root / "templates").rglob("*.html")):
        text = path.read_text(encoding="utf-8", errors="replace")  # what is no text is told where it is compiled
        for found in _NAMED.finditer(text):
            if found[2] not in there:
                yield Problem(path.relative_to(root).as_posix(), *line_and_column(text, found.start(2)), "",
                              f"'{found[2]}' is not there; put templates/{found[2]} back, or do not name it here")  # fmt: skip
