"""What the guide knows: listings, places, vocabularies, texts, figures. Values are frozen once loaded."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from guide.model.articles import FIGURE, KINDS_OF_REFERENCE, Article, Figure, FrontMatter, Prose, Reference, References, Value
from guide.model.listings import (
    SHELTERING,
    AreaPlace,
    ClosedListing,
    ClosedListings,
    Confirmation,
    Listing,
    Listings,
    Phone,
    Place,
    PublicPlace,
    Source,
    WithheldPlace,
)  # fmt: skip
from guide.model.places import Counties, County, Region, Regions, Shapes, ZipCode, area_name
from guide.model.site import CalledPlace, EmergencyLine, Freshness, Saying, Search, Site, Spelling
from guide.model.vocabularies import Languages, OpenEligibility, People, Service, ServiceGroup, Services, Term

__all__ = [
    "FIGURE", "KINDS_OF_REFERENCE", "SHELTERING", "AreaPlace", "Article", "CalledPlace", "ClosedListing", "ClosedListings",
    "Confirmation", "Counties", "County", "EmergencyLine", "Figure", "Freshness", "FrontMatter", "Guide", "Languages",
    "Listing", "Listings", "OpenEligibility", "People", "Phone", "Place", "Prose", "PublicPlace", "Reference", "References",
    "Region", "Regions", "Saying", "Search", "Service", "ServiceGroup", "Services", "Shapes", "Site", "Source", "Spelling",
    "Term", "Value", "WithheldPlace", "ZipCode", "area_name",
]  # fmt: skip


class Guide(Struct, frozen=True, kw_only=True):
    """All that the guide knows, checked."""

    site: Site
    regions: Regions
    counties: tuple[County, ...]
    groups: tuple[ServiceGroup, ...]
    people: tuple[Term, ...]
    languages: tuple[Term, ...]
    open_eligibility: OpenEligibility
    zip_codes: tuple[ZipCode, ...]
    shapes: Shapes
    listings: tuple[Listing, ...]
    lines: Mapping[str, int]
    """Listing → the line of its file at which it begins."""
    marks: Mapping[str, bytes]
    """Listing → a number that stands for the text that it was read from."""
    closed: tuple[ClosedListing, ...]
    references: tuple[Reference, ...]
    articles: tuple[Article, ...]
    prose: Mapping[str, Prose]
    """Article → its text as HTML."""
    figures: tuple[Figure, ...]
    search: Search

    @property
    def spelling(self) -> Mapping[str, str]:
        """Words that the search reads as others: `st` → `saint`."""
        return {same.word: same.means for same in self.search.same}
