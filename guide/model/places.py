"""Places: counties, regions, ZIP codes, outlines."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from guide.kinds import COUNTY, FIPS, SLUG, TEXT, name_of
from guide.model.listings import Source
from guide.shapes import FromFile, Many, Record, told


class County(FromFile):
    """A county, or the City of St. Louis."""

    id: str = told(COUNTY, "State and name: mo/cole.", required=True)
    name: str = told(TEXT, "As people say it: Cole County.", required=True)
    fips: str = told(FIPS, "The Census Bureau's code.", required=True)
    region: str = told(name_of("region"), "The region that it lies in.", required=True)
    neighbors: tuple[str, ...] = told(Many(name_of("county")), "The counties that it touches.", required=True)

    @property
    def state(self) -> str:
        """`mo` or `il`."""
        return self.id[:2]

    @property
    def full_name(self) -> str:
        """The name, with the state where it is not Missouri."""
        return f"{self.name}, Illinois" if self.state == "il" else self.name


class Counties(FromFile):
    """The file `data/counties.yaml`."""

    counties: tuple[County, ...] = told(Many(Record(County)), "All counties.", required=True)


class Region(FromFile):
    """A part of Missouri, or the Metro East of Illinois."""

    id: str = told(SLUG, "Its name in the data.", required=True)
    name: str = told(TEXT, "Its name on the pages.", required=True)
    about: str = told(TEXT, "Where it is, in one line.", required=True)


class Regions(FromFile):
    """The file `data/regions.yaml`."""

    regions: tuple[Region, ...] = told(Many(Record(Region)), "All regions.", required=True)
    note: str = told(TEXT, "How the regions are drawn.", required=True)
    sources: tuple[Source, ...] = told(Many(Record(Source)), "Where that is said.", required=True)


def area_name(area: str, counties: Mapping[str, County], regions: Mapping[str, Region]) -> str:
    """Name a county, region, state or the nation, as a reader says it."""
    if area in counties:
        return counties[area].full_name
    if area in regions:
        name = regions[area].name
        return name if area == "metro-east" else f"{name} region"
    return {"us": "the whole country", "mo": "all of Missouri", "il": "all of Illinois"}[area]


class ZipCode(Struct, frozen=True):
    """A ZIP code: its post-office city, other names of that place, its county, and a point that stands for it."""

    zip: str
    city: str
    county: str
    also_known_as: tuple[str, ...]
    point: tuple[float, float] | None = None
    """Longitude and latitude (WGS 84)."""


class Shapes(Struct, frozen=True):
    """County outlines in one flat drawing, x right and y down: county → rings of (x, y)."""

    width: float
    height: float
    rings: Mapping[str, tuple[tuple[tuple[float, float], ...], ...]]
