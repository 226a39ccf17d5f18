"""A larger guide than the real one: the real listings again and again, each time elsewhere and under another name.

Only in memory. The same size gives the same guide, since chance is seeded by the number of the copy.
"""

from __future__ import annotations

import re
from collections import defaultdict
from random import Random

from msgspec.structs import replace

from guide.kinds import PhoneNumber
from guide.model import AreaPlace, County, Guide, Listing, Place, PublicPlace, ZipCode

_SYLLABLES = ("ba", "ke", "lo", "ri", "ta", "mo", "ne", "su", "vi", "dan", "fer", "gal", "hol", "jen", "kor", "lan", "mar",
              "nor", "pen", "ros", "sil", "tor", "ver", "win")  # fmt: skip
_CLAUSE = re.compile(r"(?<=[.;,]) ")


def grown(guide: Guide, size: int) -> Guide:
    """Give a guide of `size` listings that begins with the real ones."""
    maker = _Maker(guide)
    real = guide.listings
    copies = (maker.copy(real[number % len(real)], number) for number in range(size - len(real)))
    return replace(guide, listings=(*real[:size], *copies))


class _Maker:
    def __init__(self, guide: Guide) -> None:
        self.counties = {county.id: county for county in guide.counties}
        # a county comes as often as it does in the real listings
        self.places = [listing.area for listing in guide.listings if listing.area in self.counties]
        self.by_region: dict[str, list[str]] = defaultdict(list)
        for county in guide.counties:
            self.by_region[county.region].append(county.id)
        self.zips: dict[str, list[ZipCode]] = defaultdict(list)
        for code in guide.zip_codes:
            self.zips[code.county].append(code)
        self.clauses: dict[str, list[str]] = defaultdict(list)
        for listing in guide.listings:
            self.clauses[listing.services[0]] += _CLAUSE.split(listing.summary)

    def copy(self, source: Listing, number: int) -> Listing:
        """Make one more listing from a real one."""
        chance = Random(f"guide {number}")  # noqa: S311
        county = self.counties.get(source.area) and self.counties[chance.choice(self.places)]
        name = self.name(source, county, chance)
        return replace(
            source,
            id=f"{source.id}-{number}",
            name=name,
            also_known_as=tuple(f"{known} {_word(chance)}" for known in source.also_known_as),
            summary=self.summary(source, chance),
            area=county.id if county else source.area,
            serves=self.moved(source, county) if county else source.serves,
            location=self.place(source.location, county, chance) if county else source.location,
            phones=tuple(replace(phone, number=_other_number(phone.number, chance)) for phone in source.phones),
        )

    def name(self, source: Listing, county: County | None, chance: Random) -> str:
        """Put the new county's name in place of the old one's, and now and then a word that was nowhere before."""
        words = source.name.split(" ")
        if chance.random() < 0.5:
            words[chance.randrange(len(words))] = _word(chance)
        name = " ".join(words)
        if not county:
            return f"{name} {_word(chance)}"
        old, new = (one.name.removesuffix(" County") for one in (self.counties[source.area], county))
        return name.replace(old, new) if old in name else f"{name} of {self.city(county, chance)}"

    def summary(self, source: Listing, chance: Random) -> str:
        """Begin as the real one does; go on with what others of the same kind say."""
        own = _CLAUSE.split(source.summary)
        kept = max(1, len(own) - 1)
        return " ".join((*own[:kept], chance.choice(self.clauses[source.services[0]]), _word(chance).lower()))

    def moved(self, source: Listing, county: County) -> tuple[str, ...]:
        """Name the areas as far around the new county as the real ones are around theirs."""
        # without those that come twice: the neighbors, the region, then whatever is left
        near = list(dict.fromkeys([county.id, *county.neighbors, *self.by_region[county.region], *self.counties]))
        regions = [county.region, *(one for one in self.by_region if one != county.region)]
        counties = iter(near)
        around = iter(regions)
        return tuple(
            next(counties, area) if area in self.counties else next(around, area) if area in self.by_region else area
            for area in source.serves
        )

    def place(self, place: Place, county: County, chance: Random) -> Place:
        code = chance.choice(self.zips[county.id])
        if isinstance(place, PublicPlace):
            return replace(place, city=code.city, zip=code.zip if place.zip else None)
        return replace(place, city=code.city) if isinstance(place, AreaPlace) and place.city else place

    def city(self, county: County, chance: Random) -> str:
        return chance.choice(self.zips[county.id]).city


def _word(chance: Random) -> str:
    """Make up a word; some come often, most seldom, as in any text."""
    rank = min(int(chance.paretovariate(0.6)), 200_000)
    word = ""
    while rank:
        rank, syllable = divmod(rank, len(_SYLLABLES))
        word += _SYLLABLES[syllable]
    return word.capitalize()


def _other_number(number: PhoneNumber, chance: Random) -> PhoneNumber:
    return replace(number, digits=f"{number.digits[:6]}{chance.randrange(10_000):04}") if len(number.digits) == 10 else number
