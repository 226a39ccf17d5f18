"""A build: is there anything to do? → make what changed → write it → keep what was found out, for the next."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, msgpack

from guide.beside import beside
from guide.inputs import Inputs, read_inputs
from guide.kept import Kept, digest, program
from guide.standing import Stands, State, ask, standing
from guide.writing import Written, write_site

if TYPE_CHECKING:
    from guide.making import Made


_TO_THE_END: list[Made] = []
"""What is not taken apart before the program ends: with a large guide that takes its time."""


class Built(Struct, frozen=True):
    """What a build made."""

    listings: int
    counties: int
    pages: int
    written: Written


class Done(Struct, frozen=True):
    """A build that has nothing left to do."""

    made_of: bytes
    """Stands for all that it was made of."""
    stands: bytes
    """Stands for all that it left in the site's folder."""
    listings: int
    counties: int
    pages: int
    files: int


class Builder:
    """Builds one project into one folder. It does again only what changed since the last build, be it by another process."""

    def __init__(self, root: Path, site: Path) -> None:
        self.root = root
        self.site = Path(os.path.abspath(site))
        self._kept = Kept(root, program())
        self._to_keep: Callable[[], None] | None = None

    def build(self, edition: date, today: date, address: str | None = None, booklets: Path | None = None,
              *, soon: bool = False) -> Built:  # fmt: skip
        """Build the edition of a day, to be published at an address (that of `data/site.yaml` where none is given).

        `booklets` is a folder with the PDFs that `build.py pdf` made of all regions and the whole, to be offered.
        `today` is the last day that a date in the data may name. `soon`: somebody waits for the pages. The files that hold
        all listings stay as they stand then, and what was found out is not kept, until the next call.
        Raises `InputError` with every problem, and `OSError` where the site cannot be written; the site is then as it was.
        """
        self._keep_all()
        built = self._build(edition, today, address, booklets, soon=soon)
        if not soon:
            self._keep_all()
        return built

    def _keep_all(self) -> None:
        if self._to_keep:
            self._to_keep()
        self._to_keep = None

    def _build(self, edition: date, today: date, address: str | None, booklets: Path | None, *, soon: bool) -> Built:
        kept = self._kept
        look = partial(read_inputs, self.root, edition, today, address, booklets)
        asked = look(kept.program)
        done = kept.read("done", Done)
        if done and done.made_of == asked.whole and done.stands == self._told(standing(self.site)):
            return Built(done.listings, done.counties, done.pages, Written(0, 0, 0, unchanged=done.files))

        from guide.making import Before, make  # only now, for it takes its time

        stands = ask(self.site, kept.read("made", Before, remember=True))
        try:
            made = make(self.root, stands, edition, today, asked, address, booklets, kept, soon=soon)
        finally:
            stands.states()
        guide = made.shared.guide
        is_still = beside(lambda: look(program()) == asked)
        try:
            written = write_site(made.site.files, self.site, made.site.same)
        finally:
            nothing_was_saved = is_still()  # not even code
            made.site.files.close()
            _TO_THE_END[:] = [made]
        built = Built(len(guide.listings), len(guide.counties), made.pages, written)
        if nothing_was_saved:
            self._to_keep = partial(self._keep, asked, made, built, standing(self.site, stands.states()), done=not soon)
        return built

    def make(self, edition: date, today: date, address: str | None = None) -> Made:
        """Make what `build` writes, in memory alone, and all of it anew. Raises `InputError`."""
        from guide.making import make

        asked = read_inputs(self.root, edition, today, address, None, self._kept.program)
        return make(self.root, Stands(self.site, None, dict), edition, today, asked, address)

    def _keep(self, asked: Inputs, made: Made, built: Built, stands: Mapping[str, State], *, done: bool) -> None:
        from guide.making import Before

        kept = self._kept
        marks = {name: (mark, stands[name]) for name, mark in made.site.marks.items() if name in stands}
        kept.trust()
        if made.basis:
            kept.remember("loaded", made.basis)
        kept.keep("made", Before(str(self.site), asked.context, made.withheld, marks, made.site.groups,
                                 made.site.chapters, made.shared.gaps, made.gaps_of), remember=True)  # fmt: skip
        if done:
            kept.keep("done", Done(asked.whole, self._told(stands), built.listings, built.counties, built.pages, len(marks)))

    def _told(self, stands: Mapping[str, State]) -> bytes:
        try:
            return digest(str(self.site), msgpack.encode(stands))
        except UnicodeEncodeError:  # a file that no build wrote
            return os.urandom(8)
