"""Everything that a build hangs on, as numbers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from subprocess import SubprocessError

from msgspec import Struct

from guide.git import head
from guide.kept import digest, digests

RESOURCES = "data/resources/"
TEMPLATES = "templates/"


class Inputs(Struct, frozen=True):
    """What a build is asked for, and of what it will be made."""

    files: Mapping[str, bytes]
    """Each file of data, content and templates → the digest of its bytes."""
    templates: bytes
    """Stands for the templates."""
    context: bytes
    """Stands for all but the files of listings."""
    whole: bytes
    """Stands for all."""


def read_inputs(root: Path, edition: date, today: date, address: str | None, booklets: Path | None, program: bytes) -> Inputs:
    """Look at everything that `Builder.build` is given, and that it will read; `program` stands for the one that builds."""
    files = digests(root, ("data", "content", "templates"))
    pdfs = digests(booklets.parent, [booklets.name]) if booklets else {}
    given = (program, str(edition), address or "", *_parts(pdfs))
    context = digest(*given, *_parts({name: one for name, one in files.items() if not name.startswith(RESOURCES)}))
    templates = digest(*_parts({name: one for name, one in files.items() if name.startswith(TEMPLATES)}))
    return Inputs(files, templates, context, digest(context, str(today), *_parts(files), *_history(root)))


def _parts(files: Mapping[str, bytes]) -> list[bytes | str]:
    return [part for item in files.items() for part in item]


def _history(root: Path) -> list[str]:
    try:
        commit, cut = head(root)
    except (OSError, ValueError, SubprocessError):
        return []
    return [commit, *sorted(cut)]
