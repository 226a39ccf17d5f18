"""ZIP codes, cities and counties by name, for the field that finds a county."""

from __future__ import annotations

import json
import re
from collections import defaultdict

from guide.model import Guide


def plain_name(name: str) -> str:
    """Write a place's name in the one way in which it is compared: `St. Joseph` and `Saint Joseph` are alike.

    `templates/assets/places.js` does the same.
    """
    words = re.sub(r"[^a-z0-9 ]", "", name.lower().replace("-", " ")).split()
    return " ".join({"st": "saint", "ste": "sainte", "ft": "fort", "mt": "mount"}.get(word, word) for word in words)


def place_names(guide: Guide) -> bytes:
    """Write the script that knows each place: `counties` as (address, name), `cities` and `zips` as county numbers."""
    number = {county.id: index for index, county in enumerate(guide.counties)}
    cities: dict[str, set[int]] = defaultdict(set)
    zips: dict[str, int] = {}
    shown: dict[str, str] = {}
    for place in guide.zip_codes:
        zips[place.zip] = number[place.county]
        for name in (place.city, *place.also_known_as):
            cities[plain_name(name)].add(number[place.county])
            shown.setdefault(plain_name(name), name)
    for listing in guide.listings:  # a city that has listings can be found, ZIP code or not
        city = getattr(listing.location, "city", None)
        if city and listing.area in number:
            cities[plain_name(city)].add(number[listing.area])
            shown[plain_name(city)] = city
    names = {
        "counties": [[county.id, county.full_name] for county in guide.counties],
        "cities": {name: [shown[name], *sorted(found)] for name, found in sorted(cities.items())},
        "zips": zips,
    }
    text = json.dumps(names, ensure_ascii=True, separators=(",", ":"))
    quoted = text.replace("\\", "\\\\").replace("'", "\\'")
    # parsing a string is much quicker for a browser than an object literal
    return f"window.guidePlaces = JSON.parse('{quoted}');\n".encode("ascii")
