"""ZIP codes and cities, and the counties that they lie in, for the search."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import Any

from guide.model import Guide
from guide.words import words


def place_names(guide: Guide) -> dict[str, Any]:
    """Give `zips`: ZIP code → counties, and `cities`: (name, its words, counties), the county with most of the city first.

    Most is told by the listings that have their office in the city, then by its ZIP codes.
    """
    counties = {county.id for county in guide.counties}
    weights: dict[str, Counter[str]] = defaultdict(Counter)  # by the words of the name: 'Saint Joseph' is 'St. Joseph'
    spellings: dict[str, Counter[str]] = defaultdict(Counter)

    def note(name: str, county: str, weight: int) -> None:
        key = re.sub(r"^o (?=\w)", "o", " ".join(words(name, guide.spelling)))  # 'O Fallon', as the post office has it
        weights[key][county] += weight
        spellings[key][name] += weight

    zips: dict[str, list[str]] = defaultdict(list)
    for place in guide.zip_codes:
        zips[place.zip].append(place.county)
        for name in (place.city, *place.also_known_as):
            note(name, place.county, 1)
    for listing in guide.listings:
        city = getattr(listing.location, "city", None)
        if city and listing.area in counties:
            note(city, listing.area, 100)
    return {
        "zips": {code: sorted(set(found)) for code, found in sorted(zips.items())},
        "cities": [[min(spellings[key], key=lambda name: (-spellings[key][name], name)), key,
                    *sorted(found, key=lambda county: (-found[county], county))]
                   for key, found in sorted(weights.items())],
    }  # fmt: skip
