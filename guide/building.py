"""The build, from first to last: load → check → cover → list pages → render → write."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from guide.loading import Memory, load
from guide.problems import InputError, Problem
from guide.rendering import Renderer
from guide.searching import search_files
from guide.site import pages, shared_facts
from guide.writing import MARK, MARKER, Written, write_site


@dataclass(frozen=True, slots=True)
class Built:
    """What a build made."""

    listings: int
    counties: int
    pages: int
    written: Written


class Builder:
    """Builds one project into one folder; kept between builds, it does again only what changed."""

    def __init__(self, root: Path, site: Path) -> None:
        self.root = root
        self.site = site
        self._memory = Memory()
        self._renderer = Renderer(root / "templates")

    def build(self, edition: date, today: date, address: str | None = None) -> Built:
        """Build the edition of a day, to be published at an address (that of `data/site.yaml` where none is given).

        `today` is the last day that a date in the data may name. Raises `InputError` with every problem, and
        `OSError` where the site cannot be written; the site is then as it was.
        """
        guide = load(self.root, max(today, edition), self._memory)
        if address:
            guide = replace(guide, site=replace(guide.site, address=address))
        shared = shared_facts(guide, edition)
        files = dict(self._renderer.render(shared, pages(shared)))
        page_count = len(files)
        files |= assets(self.root)
        files |= search_files(shared)
        files[MARKER] = MARK + f", edition {edition}\n".encode()
        written = write_site(files, self.site)
        return Built(len(guide.listings), len(guide.counties), page_count, written)


def check(root: Path, today: date) -> int:
    """Check the project's data without building; give the number of listings. Raises `InputError`."""
    return len(load(root, today).listings)


def assets(root: Path) -> dict[str, bytes]:
    """Read the styles, scripts and pictures of the pages: address in the site → bytes."""
    folder = root / "templates/assets"
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(root).as_posix()
        if path.is_symlink():
            raise InputError([Problem(name, 1, 1, "", "is a symbolic link; put the file itself here")])
        if path.is_file() and not path.name.startswith("."):
            found[path.relative_to(root / "templates").as_posix()] = path.read_bytes()
    return found

