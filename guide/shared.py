"""What all pages share: the guide by its ids, the order of its listings, its gaps, and what lists show of a listing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date

from msgspec import Struct, field

from guide.by_id import ById, by_id
from guide.coverage import Coverage, Ranking
from guide.drawing import Maps
from guide.gaps import Gaps, all_gaps
from guide.kinds import PhoneNumber
from guide.loading import STATES
from guide.model import Guide, Listing, WithheldPlace


class Row(Struct, frozen=True):
    """What lists show of a listing. A page of rows need not be rendered again when something else of a listing changes."""

    id: str
    name: str
    number: PhoneNumber | None
    office: str
    trafficking: bool


class Shared(ById, frozen=True):
    """What every page's template is given."""

    guide: Guide
    edition: date
    maps: Maps
    ranking: Ranking
    gaps: Gaps
    booklets: Mapping[str, tuple[str, int]]
    """Region, or `all` → the address of its booklet as PDF, and the size in bytes; empty where none are offered."""
    namesakes: frozenset[str]
    """Names that several listings bear."""
    rows: dict[str, Row] = field(default_factory=dict)

    def counties_of(self, region: str) -> tuple[str, ...]:
        """List the ids of a region's counties."""
        return tuple(county.id for county in self.guide.counties if county.region == region)

    def office(self, listing: Listing) -> str:
        """Say where a listing's office is, as exactly as it may be told."""
        city = "" if isinstance(listing.location, WithheldPlace) else listing.location.city
        if listing.area == "us":
            return city or "National"
        area = self.counties[listing.area].full_name if listing.area in self.counties else STATES.get(listing.area[:2], "")
        return f"{city}, {area}" if city and area else city or area

    def row(self, listing: Listing) -> Row:
        """Give what lists show of a listing."""
        if listing.id not in self.rows:
            number = listing.phones[0].number if listing.phones else None
            self.rows[listing.id] = Row(listing.id, listing.name, number, self.office(listing), listing.trafficking)
        return self.rows[listing.id]


def shared_facts(guide: Guide, edition: date, booklets: Mapping[str, int] | None = None, gaps: Gaps | None = None) -> Shared:
    """Gather what every page's template is given.

    `booklets` are PDFs in the site: address → size in bytes. `gaps` are those of the listings, where they are known.
    """
    ranking = Ranking(guide.listings, guide.site.freshness, edition)
    return Shared(
        guide=guide,
        edition=edition,
        **by_id(guide),
        maps=Maps(guide.shapes),
        ranking=ranking,
        gaps=gaps or all_gaps(guide, Coverage(guide.counties, guide.listings)),
        booklets={address.partition("/")[2].rpartition(f"-{edition}")[0]: (address, size)
                  for address, size in (booklets or {}).items()},
        namesakes=frozenset(name for name, times in Counter(one.name for one in guide.listings).items() if times > 1),
    )
