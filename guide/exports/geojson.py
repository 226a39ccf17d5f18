"""`listings.geojson` (RFC 7946): public places alone, each at a point of its ZIP code area.

The guide knows no point of an office, only one for each ZIP code. Each feature says so; where not even that is known, it has
no geometry.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from guide.exports.download import Column, Download
from guide.exports.imprint import Imprint
from guide.exports.json_line import json_line
from guide.exports.names import Names, how_sure
from guide.model import Guide, Listing, PublicPlace
from guide.once import Once
from guide.woven import Woven

ADDRESS = "downloads/listings.geojson"
ZIP_AREA, NO_POINT = "ZIP code area", "no point known"
_ABOUT = ("A point stands for the ZIP code area of the office, not for its door: never send anybody there by it. "
          "Points come from the zipcodes package (MIT license). "
          "Places that are told by city only, or withheld, are not in this file.")  # fmt: skip
_PROPERTIES = {
    "name": "The name that the provider uses.",
    "phone": "The number to call first.",
    "website": "The provider's own site.",
    "kinds_of_help": "What it offers, in the guide's words.",
    "street": "Street and number.",
    "city": "The city or town.",
    "zip": "ZIP code.",
    "county": "The county of the office.",
    "county_fips": "That county's code of the Census Bureau.",
    "state": "MO or IL.",
    "precision": f"How exact the point is: '{ZIP_AREA}', or '{NO_POINT}' where there is none.",
    "how_sure": "Who confirmed the listing, or that nobody did.",
}


def listings_geojson(guide: Guide, names: Names, imprint: Imprint, once: Once) -> Woven:
    """Write the features, a line for each. What is not known is left out."""
    points = {place.zip: place.point for place in guide.zip_codes}

    def lines(listings: Sequence[Listing]) -> bytes:
        return ",\n".join(json_line(_feature(listing, listing.location, points, names)) for listing in listings
                          if isinstance(listing.location, PublicPlace)).encode()  # fmt: skip

    about = {"type": "FeatureCollection", **imprint.facts, "about": _ABOUT}
    head = json_line(about)[:-1] + ', "features": [\n'
    return once.woven(ADDRESS, head.encode(), guide.listings, lines, b"\n]}\n", b",\n")


def _feature(listing: Listing, place: PublicPlace, points: Mapping[str, tuple[float, float] | None],
             names: Names) -> dict[str, Any]:  # fmt: skip
    point = points.get((place.zip or "")[:5])
    county = names.counties.get(listing.area)
    facts = {
        "name": listing.name,
        "phone": str(listing.phones[0].number) if listing.phones else None,
        "website": listing.website,
        "kinds_of_help": [names.services[service].label for service in listing.services],
        "street": place.street,
        "city": place.city,
        "zip": place.zip,
        "county": county.name if county else None,
        "county_fips": county.fips if county else None,
        "state": names.state(listing),
        "precision": ZIP_AREA if point else NO_POINT,
        "how_sure": how_sure(listing),
    }
    return {
        "type": "Feature",
        "id": listing.id,
        "geometry": {"type": "Point", "coordinates": list(point)} if point else None,
        "properties": {name: fact for name, fact in facts.items() if fact},
    }


DOWNLOAD = Download(
    "geojson", ADDRESS, "Public places for a map", "GeoJSON", _ABOUT,
    (Column("id", "The listing's id."), *(Column(name, meaning) for name, meaning in _PROPERTIES.items())),
)  # fmt: skip
