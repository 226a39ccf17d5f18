"""Everything that a listing may name, by its id."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from guide.model import County, Guide, Region, Service, Term, area_name


class ById(Struct, frozen=True):
    """The names of a guide by their ids; `by_id` gives them."""

    services: Mapping[str, Service]
    people: Mapping[str, Term]
    languages: Mapping[str, Term]
    counties: Mapping[str, County]
    regions: Mapping[str, Region]

    def area_name(self, area: str) -> str:
        """Name a county, region, state or the nation, as a reader says it."""
        return area_name(area, self.counties, self.regions)


def by_id(guide: Guide) -> dict[str, Any]:
    """Gather the fields of `ById`."""
    return {
        "services": {service.id: service for group in guide.groups for service in group.services},
        "people": {term.id: term for term in guide.people},
        "languages": {term.id: term for term in guide.languages},
        "counties": {county.id: county for county in guide.counties},
        "regions": {region.id: region for region in guide.regions.regions},
    }
