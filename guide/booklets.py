"""Booklets to print: a region, or the whole guide. What serves a whole state stands once, in front of its counties."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from guide.coverage import Offer, Tier
from guide.loading import STATES
from guide.model import County, Guide
from guide.shared import Shared
from guide.site import Need, Page, Section, county_page

ALL = "all"


class Chapter(Struct, frozen=True):
    """A county's part of a booklet, or the part that all counties of a state share."""

    title: str
    trafficking: Section
    needs: tuple[Need, ...]
    here: int


def booklet_names(guide: Guide) -> list[str]:
    """List the booklets that there can be: the regions, and `all`."""
    return [*(region.id for region in guide.regions.regions), ALL]


def printed(folder: Path, names: Iterable[str], edition: date) -> dict[str, bytes]:
    """Read the PDFs of booklets that `build.py pdf` made of an edition: address in the site → bytes.

    Raises `OSError` where one of `names` cannot be read.
    """
    return {f"booklets/{path.name}": path.read_bytes() for path in (folder / pdf_name(name, edition) for name in names)}


def pdf_name(name: str, edition: date) -> str:
    """Name the PDF of a county or a booklet."""
    return f"{name.replace('/', '-')}-{edition}.pdf"


def booklet(shared: Shared, name: str) -> Page:
    """Make the booklet of a region, or of the whole guide."""
    counties = [county for county in shared.guide.counties if name in (ALL, county.region)]
    title = shared.guide.site.title if name == ALL else shared.area_name(name)
    facts = {
        "online": "index.html" if name == ALL else f"regions/{name}.html",
        "title": title[:1].upper() + title[1:],
        "whole": [_whole(shared, state, next(one for one in counties if one.id.startswith(state)))
                  for state in STATES if any(one.id.startswith(state) for one in counties)],
        "chapters": [_chapter(shared, county) for county in counties],
    }  # fmt: skip
    return Page(f"booklet-{name}.html", "booklet.html", facts["title"], facts)  # type: ignore[arg-type]


def _whole(shared: Shared, state: str, county: County) -> Chapter:
    """What serves every county of a state, as any of its counties has it."""
    return _part(shared, county, f"All of {STATES[state]}", {Tier.STATEWIDE, Tier.NATIONAL})


def _chapter(shared: Shared, county: County) -> Chapter:
    return _part(shared, county, county.full_name, {Tier.HERE, Tier.SERVES})


def _part(shared: Shared, county: County, title: str, tiers: set[Tier]) -> Chapter:
    facts = county_page(shared, county).worked_out()
    needs = []
    for need in facts["needs"]:
        sections = tuple(section for one in need.sections if (section := _only(one, tiers)).count)
        if sections:
            needs.append(Need(need.group, sections, ()))
    return Chapter(title, _only(facts["trafficking"], tiers), tuple(needs), facts["here"])


def _only(section: Section, tiers: set[Tier]) -> Section:
    """Keep the offers of some tiers; on paper nothing folds away."""
    merged: dict[Tier, list[Offer]] = {}
    for tier, offers in (*section.shown, *section.folded):
        if tier in tiers:
            merged.setdefault(tier, []).extend(offers)
    kept = tuple((tier, tuple(offers)) for tier, offers in merged.items())
    return replace(section, shown=kept, folded=(), folded_count=0, count=_count(kept))


def _count(groups: Iterable[tuple[Tier, tuple[Offer, ...]]]) -> int:
    return sum(len(offers) for _, offers in groups)
