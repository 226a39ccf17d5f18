"""PDFs of county pages and booklets, through a real browser: tagged, with bookmarks, as a reader would print them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec.structs import replace

from guide.booklets import booklet, booklet_names, pdf_name
from guide.loading import load
from guide.making import assets
from guide.paper import STYLES, paper_styles
from guide.rendering import Renderer
from guide.shared import Shared, shared_facts
from guide.site import Page, county_page

# a link inside the guide leads to the page on the web; without an address it would lead into a folder that is soon gone
_LINKS = """([root, address]) => {
  for (const link of document.querySelectorAll('a[href]')) {
    if (link.protocol !== 'file:') continue;
    if (address) link.href = address + link.href.slice(root.length); else link.removeAttribute('href');
  }
}"""


def make_pdfs(root: Path, names: Sequence[str], folder: Path, edition: date, today: date, address: str | None,
              browser: Path, flags: Sequence[str]) -> Iterator[Path]:  # fmt: skip
    """Print `names` (counties like `mo/boone`, regions like `central`, `all`) into `folder`; give each path as it is made.

    `browser` is a Chromium, started with `flags`. Raises `InputError` where the data have mistakes, `ValueError` for a name
    that the guide does not know, and `OSError` where a PDF cannot be written; the one that was there stays then.
    """
    guide = load(root, max(today, edition))
    shared = shared_facts(replace(guide, site=replace(guide.site, address=address or guide.site.address)), edition)
    pages = [_page(shared, name) for name in names]
    files = {**dict(Renderer(root / "templates").render(shared, iter(pages))), **assets(root),
             STYLES: paper_styles(guide.site.title, edition)}  # fmt: skip
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as temporary:
        site = Path(temporary)
        for name, data in files.items():
            (site / name).parent.mkdir(parents=True, exist_ok=True)
            (site / name).write_bytes(data)
        for name, pdf in zip(names, _print(site, pages, shared.guide.site.address, browser, flags), strict=True):
            path = folder / pdf_name(name, edition)
            path.with_suffix(".part").write_bytes(pdf)
            yield path.with_suffix(".part").replace(path)


def _page(shared: Shared, name: str) -> Page:
    if name in shared.counties:
        return county_page(shared, shared.counties[name])
    if name in booklet_names(shared.guide):
        return booklet(shared, name)
    known = [*shared.counties, *booklet_names(shared.guide)]
    ends = [one for one in known if one.rpartition("/")[2] == name.lower().replace(" ", "-").removesuffix("-county")]
    meant = ends or get_close_matches(name, known, 2, 0.6)
    advice = f"did you mean {' or '.join(meant)}?" if meant else f"regions are {', '.join(booklet_names(shared.guide))}"
    raise ValueError(f"'{name}' is neither a county like mo/boone, nor a region, nor 'all'; {advice}")


def _print(site: Path, pages: Sequence[Page], address: str | None, browser: Path, flags: Sequence[str]) -> Iterator[bytes]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser, args=list(flags))
        window = chromium.new_page()
        for page in pages:
            window.goto((site / page.address).as_uri())
            window.evaluate(_LINKS, [f"{site.as_uri()}/", address])
            yield window.pdf(format="Letter", tagged=True, outline=True)
        chromium.close()
