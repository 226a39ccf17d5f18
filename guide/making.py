"""The site, from first to last: load → tell what changed → cover → export, index → list pages, render → look for leaks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache, partial
from pathlib import Path

from guide.article_rules import broken_places
from guide.beside import beside
from guide.booklets import booklet_names, printed
from guide.chronicle import chronicle
from guide.exports import described
from guide.exports.feed import feed_files
from guide.exports.tables import table_files
from guide.exports.vcard import vcard_address, vcard_files
from guide.gathered import GROUPS, gather
from guide.history import read_history
from guide.inputs import Inputs
from guide.kept import Kept, digest
from guide.leaks import leaks
from guide.loading import Loaded, load, load_all
from guide.marking import Marking
from guide.paper import STYLES, paper_styles
from guide.problems import InputError, Problem
from guide.reloading import load_changed
from guide.rendering import Renderer
from guide.searching import search_code
from guide.site import Shared, data_page, pages, shared_facts
from guide.small import made_small
from guide.spool import Spool
from guide.standing import Before, Site
from guide.writing import MARK, MARKER


@dataclass(frozen=True, slots=True)
class Made:
    """A site that was made: its files, what its pages were given, what it was read from, and how many pages it has."""

    site: Site
    shared: Shared
    loaded: Loaded
    pages: int


def make(root: Path, folder: Path, edition: date, today: date, asked: Inputs, address: str | None = None,
         booklets: Path | None = None, kept: Kept | None = None) -> Made:  # fmt: skip
    """Make the edition of a day, in memory alone; `asked` is what it is made of, as `read_inputs` tells.

    What stands in `folder` from the last build, as `kept` tells, and is made of the same still, is not made again. Raises
    `InputError`, and `OSError` where a booklet is missing.
    """
    made = kept.read("made") if kept else None
    before = made if isinstance(made, Before) else None
    loaded = _load(root, max(today, edition), asked, before)
    guide = loaded.guide
    if address:
        guide = replace(guide, site=replace(guide.site, address=address))
    changed = chronicle(read_history(root), guide, edition)
    pdfs = printed(booklets, booklet_names(guide), edition) if booklets else {}
    shared = shared_facts(guide, edition, {address: len(pdf) for address, pdf in pdfs.items()})
    site = Site(folder, Marking(asked.context, guide.marks), before)
    renderer = _renderer(root / "templates", digest(*(part for name, one in asked.files.items() if name.startswith("templates/")
                                                      for part in (name, one))), kept)  # fmt: skip

    # what stands was looked through when it was made: again only if other things are withheld now
    searched = before is not None and before.loaded.secrets == loaded.secrets
    lacking = [name for name in GROUPS if site.lacks_group(name, guide.listings)]
    here = [name for name in lacking if name == "search" and site.stands]  # few pages are to be rendered then
    there = [name for name in lacking if name not in here]
    gather_some = partial(gather, shared=shared, secrets=loaded.secrets, context=asked.context, kept=kept, searched=searched)
    spool_here, spool_there = Spool(), Spool(shared=True)
    gathered = beside(partial(gather_some, there, spool_there))

    site.put(renderer.render(shared, (page for page in pages(shared, changed) if site.lacks_page(page))))
    site.put(vcard_files(guide, edition, (one for one in guide.listings if site.lacks(vcard_address(one), one))))
    site.add(table_files(guide, shared.gaps, edition))
    site.add(feed_files(changed, guide.site, edition))
    site.add((assets(root) | {STYLES: paper_styles(guide.site.title, edition)} | pdfs).items())
    problems = list(leaks(site.files if searched else site, guide, loaded.secrets))

    for spool, found in ((spool_here, gather_some(here, spool_here)), (spool_there, gathered())):
        problems += found.leaked
        spool.take(found.places)
        for name, addresses in found.groups.items():
            site.put_group(name, ((address, spool[address]) for address in addresses))
    about = data_page(shared, described({address: site.size(address) for address in site}))
    if site.lacks_page(about):
        site.put(renderer.render(shared, [about]))
    site.add([(MARKER, MARK + f", edition {edition}\n".encode())])
    problems += leaks({about.address: site[about.address]}, guide, loaded.secrets)
    if problems := [*problems, *broken_places(guide.articles, site)]:
        raise InputError(problems)
    return Made(site, shared, loaded, sum(address.endswith(".html") for address in site))


@lru_cache(maxsize=1)
def _renderer(templates: Path, _mark: bytes, kept: Kept | None) -> Renderer:
    """Read the templates once, as long as they are what they were: `serve` builds again and again."""
    return Renderer(templates, kept)


def _load(root: Path, today: date, asked: Inputs, before: Before | None) -> Loaded:
    if before and before.context == asked.context and before.files.keys() == asked.files.keys():
        changed = {name: asked.files[name] for name, one in before.files.items() if one != asked.files[name]}
        if loaded := load_changed(root, today, before.loaded, changed):
            return loaded
    return load_all(root, today)


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
    if broken := list(broken_places(guide.articles, rendered)):
        raise InputError(broken)
    return len(guide.listings)


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
    return search_code(made_small(found))

