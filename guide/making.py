"""The site, from first to last: load → tell what changed → cover → export, index → list pages, render → look for leaks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache, lru_cache, partial
from itertools import chain
from pathlib import Path
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from guide.article_rules import broken_places
from guide.asset_links import missing_assets
from guide.beside import beside, dealt, share
from guide.chronicle import Chronicle, chronicle
from guide.exports.imprint import imprint_of
from guide.exports.names import names_of
from guide.exports.vcard import vcard_files
from guide.file_names import printable, unfit
from guide.gaps import Gaps, told_of
from guide.gathered import GROUPS, gather
from guide.history import read_history
from guide.inputs import Inputs
from guide.kept import Kept
from guide.leaks import Watch
from guide.loading import load
from guide.marking import Marking
from guide.model import Listing
from guide.paper import STYLES, paper_styles
from guide.problems import InputError, Problem
from guide.reloading import Basis, load_since
from guide.rendering import Renderer
from guide.shared import Shared, shared_facts
from guide.sheet import sheet_scripts
from guide.site import Chapter, chapters, data_page, listing_pages, listings_together, made_of_listings, pages
from guide.spool import Spool
from guide.standing import Noted, Part, Site, Stands, State, Stood
from guide.writing import MARK, MARKER

_JOBS_OF_LISTINGS = 100
_Job: TypeAlias = Callable[[Site], Iterator[Problem]]


class Before(Struct, frozen=True):
    """What the last build made."""

    site: str
    context: bytes
    withheld: bytes
    """Stands for all that it looked for in what it made, and did not find."""
    marks: Mapping[str, tuple[bytes, State]]
    """Each file of the site → the number of what it was made of, and its state on the disk."""
    groups: Mapping[str, bytes]
    """Each group of files that are made together → the number of what they were made of."""
    chapters: Mapping[str, Noted]
    gaps: Gaps
    gaps_of: bytes
    """Stands for what the gaps were made of, in this context."""


class Templates(Struct, frozen=True):
    """Templates as Jinja compiled them, and what stands for their texts."""

    made_of: bytes
    compiled: dict[str, bytes]


class Made(Struct, frozen=True):
    """A site that was made: its files, what its pages were given, what was found out on the way, and how many pages it has."""

    site: Site
    shared: Shared
    basis: Basis | None
    """The load that the next one is to start from, where it is another than the last one's."""
    withheld: bytes
    gaps_of: bytes
    pages: int


def make(root: Path, stands: Stands, edition: date, today: date, asked: Inputs, address: str | None = None,
         booklets: Path | None = None, kept: Kept | None = None, *, soon: bool = False) -> Made:  # fmt: skip
    """Make the edition of a day, in memory alone; `asked` is what it is made of, as `read_inputs` tells.

    What `stands` in the folder from the last build, as `kept` tells, and is made of the same still, is not made again; `soon`:
    nor are the files that hold all listings. Raises `InputError`, and `OSError` where a booklet is missing.
    """
    if kept:
        kept.drop_trials()
    before = stands.before
    history = beside(partial(read_history, root, kept))
    templates = _renderer(root / "templates", asked.templates, kept)
    try:
        loaded, basis = load_since(root, max(today, edition), asked, kept)
    finally:
        renderer, told = templates(), history()
    guide = loaded.guide
    if address:
        guide = replace(guide, site=replace(guide.site, address=address))
    pdfs = {}
    if booklets:
        from guide.booklets import booklet_names, printed

        pdfs = printed(booklets, booklet_names(guide), edition)
    gaps_of = told_of(guide)
    known = before.gaps if before and (before.context, before.gaps_of) == (asked.context, gaps_of) else None
    shared = shared_facts(guide, edition, {address: len(pdf) for address, pdf in pdfs.items()}, known)
    site = Site(Stood(stands), Marking(asked.context, guide.marks), Spool())
    # what stands was looked through when it was made: again only if other things are withheld now
    withheld = loaded.withholds
    searched = before is not None and before.withheld == withheld
    watch = Watch(guide, loaded.secrets, few=searched)
    work = _Work(root, shared, chronicle(told, guide, edition), pdfs, renderer, watch, searched=searched, soon=soon)
    together = listings_together(guide)
    jobs: list[_Job] = [*(partial(work.gather, name, asked.context, kept) for name in GROUPS), work.sheet, work.write,
                        partial(_keep_basis, basis, kept),
                        *(partial(work.render, some) for some in chapters(shared, work.changed)),
                        *(partial(work.tell, some) for some in dealt(together, _JOBS_OF_LISTINGS))]  # fmt: skip
    problems = []
    for (part, found), spool in share([partial(_part, site, job) for job in jobs], Spool(), Spool(shared=True)):
        problems += found
        site.take(part, spool)
    problems += work.describe(site)
    site.add([(MARKER, MARK + f", edition {edition}\n".encode())])
    if problems := [*problems, *broken_places(guide.articles, site)]:
        raise InputError(problems)
    return Made(site, shared, basis, withheld, gaps_of, sum(address.endswith(".html") for address in site))


def _part(site: Site, job: _Job, spool: Spool) -> tuple[Part, list[Problem]]:
    part = site.empty(spool)
    found = list(job(part))
    return part.part, found


def _keep_basis(basis: Basis | None, kept: Kept | None, _: Site) -> Iterator[Problem]:
    """Keep a load for the next one to start from."""
    if kept and basis:
        kept.keep_on_trial("loaded", basis)
    yield from ()


class _Work(Struct, frozen=True):
    """The jobs. Each puts its files into a part of the site, and gives what it found in them that must not be there."""

    root: Path
    shared: Shared
    changed: Chronicle
    pdfs: Mapping[str, bytes]
    renderer: Renderer
    watch: Watch
    searched: bool
    soon: bool

    def gather(self, name: str, context: bytes, kept: Kept | None, part: Site) -> Iterator[Problem]:
        """Make the files of a group that hold all listings."""
        return gather(name, part, self.shared, context, kept, self.watch, searched=self.searched, soon=self.soon)

    def render(self, together: Sequence[Chapter], part: Site) -> Iterator[Problem]:
        """Render the pages of some chapters."""
        for chapter in together:
            if chapter.made_of is None or part.lacks_chapter(chapter.name, chapter.made_of()):
                part.put(self.renderer.render(self.shared, (page for page in chapter.pages() if part.lacks_page(page))))
                part.end_chapter(chapter.name)
        return self._leaks(part)

    def tell(self, together: Sequence[Sequence[Listing]], part: Site) -> Iterator[Problem]:
        """Make the pages and the contacts of listings."""
        guide = self.shared.guide
        names, imprint = names_of(guide), imprint_of(guide, self.shared.edition)
        for listings in together:
            if part.lacks_group(name := f"listings/{listings[0].id}", made_of_listings(self.shared, listings)):
                part.put_group(name, chain(self.renderer.render(self.shared, listing_pages(self.shared, listings)),
                                           vcard_files(listings, names, imprint)))  # fmt: skip
        return self._leaks(part)

    def sheet(self, part: Site) -> Iterator[Problem]:
        """Write the scripts of the referral sheet."""
        part.put((script.address, script.make()) for script in sheet_scripts(self.shared)
                 if part.lacks(script.address, script.listings))  # fmt: skip
        return self._leaks(part)

    def write(self, part: Site) -> Iterator[Problem]:
        """Write the tables, the feed, and the styles, scripts and pictures."""
        from guide.exports.feed import feed_files
        from guide.exports.tables import table_files

        guide, edition = self.shared.guide, self.shared.edition
        part.add(feed_files(self.changed, guide.site, edition))
        if part.lacks_group("tables", self.shared.gaps):
            part.put_group("tables", table_files(guide, self.shared.gaps, edition))
        if part.lacks_group("assets", ()):
            from guide.exports.files import fixed_files

            styles = {STYLES: paper_styles(guide.site.title, edition)}
            fixed = dict(fixed_files(guide, edition))
            files = {**assets(self.root), **styles, **self.pdfs, **fixed}
            yield from missing_assets(self.root, files)
            part.put_group("assets", files.items())
        yield from self._leaks(part)

    def describe(self, site: Site) -> Iterator[Problem]:
        """Render the page about the data, which tells how large all other files are."""
        from guide.exports.files import described

        page = data_page(self.shared, described(site, site.size))
        if site.lacks_page(page):
            site.put(self.renderer.render(self.shared, [page]))
        return self.watch.leaks({page.address: site[page.address]})

    def _leaks(self, part: Site) -> Iterator[Problem]:
        return self.watch.leaks(part.files if self.searched else part)


@lru_cache(maxsize=1)
def _renderer(templates: Path, mark: bytes, kept: Kept | None) -> Callable[[], Renderer]:
    """Begin to compile the templates, if they are not compiled yet; give the function that waits for it.

    `serve` builds again and again: as long as `mark`, which stands for the templates, is the same, that is done once.
    """
    known = (kept.read("templates", Templates) if kept else None) or Templates(b"", {})
    renderer = Renderer(templates, known.compiled)
    if known.made_of == mark:
        return lambda: renderer
    compiling = beside(renderer.compile)

    @cache
    def wait() -> Renderer:
        compiled = compiling()
        renderer.take(compiled)
        if kept:
            kept.keep("templates", Templates(mark, dict(compiled)))
        return renderer

    return wait


def check(root: Path, today: date) -> int:
    """Check the project without building, the looks of its files too; give the number of listings. Raises `InputError`."""
    from guide.editing.formatting import problems_of_form  # only here, for it takes its time

    looks = list(problems_of_form(root))
    try:
        guide = load(root, today)
    except InputError as error:
        wrong = {problem.file for problem in error.problems}
        raise InputError([*error.problems, *(one for one in looks if one.file not in wrong)]) from None
    if looks:
        raise InputError(looks)
    shared = shared_facts(guide, today)
    rendered = dict(Renderer(root / "templates").render(shared, [*pages(shared), data_page(shared)]))
    if broken := [*broken_places(guide.articles, rendered), *missing_assets(root, {*assets(root), STYLES})]:
        raise InputError(broken)
    return len(guide.listings)


def assets(root: Path) -> dict[str, bytes]:
    """Read the styles, scripts and pictures of the pages: address in the site → bytes. Raises `InputError`."""
    from guide.searching import search_code
    from guide.small import made_small

    templates = root / "templates"
    paths = [path for path in sorted((templates / "assets").rglob("*")) if not path.name.startswith(".")]
    files = {path.relative_to(templates).as_posix(): path for path in paths if path.is_file()}
    links = [path.relative_to(templates).as_posix() for path in paths if path.is_symlink()]
    wrong = [*((name, "is a symbolic link; put the file itself here") for name in links), *unfit(files)]
    if wrong:
        raise InputError([Problem(f"templates/{printable(name)}", 1, 1, "", what) for name, what in wrong])
    return search_code(made_small({address: path.read_bytes() for address, path in files.items()}))
