"""What is no mistake but worth a look in a changed listing: odd area codes, shared numbers, old sources."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date

from guide.model import County, Listing

YEARS = 5
"""A newest source that is older is worth a look."""
TOLL_FREE = frozenset({"800", "822", "833", "844", "855", "866", "877", "888"})
"""Area codes that belong to no place (North American Numbering Plan Administrator, toll-free codes)."""


def warnings(changed: Sequence[Listing], listings: Sequence[Listing], counties: Collection[County],
             today: date) -> Iterator[tuple[Listing, str]]:  # fmt: skip
    """Tell of each changed listing what is worth a look; `listings` are all of the guide."""
    neighbors = {county.id: county.neighbors for county in counties}
    codes: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    holders: dict[str, list[Listing]] = defaultdict(list)
    for listing in listings:
        for digits in _numbers(listing):
            holders[digits].append(listing)
            codes[listing.area][digits[:3]].add(listing.id)
    for listing in changed:
        for digits in _numbers(listing):
            written = f"{digits[:3]}-{digits[3:6]}-{digits[6:]}"
            if listing.area in neighbors and digits[:3] not in TOLL_FREE and _is_odd(listing, digits[:3], codes, neighbors):
                yield listing, f"{written} has the area code {digits[:3]}, which no other listing in or next to its county has"
            others = sorted({one.name for one in holders[digits] if one.id != listing.id})
            if others:
                more = f" and {len(others) - 3} more" if len(others) > 3 else ""
                yield listing, f"{written} is the number of {', '.join(others[:3])}{more} too"
        newest = listing.newest_source
        if newest and newest.first_day().year < today.year - YEARS:
            yield listing, f"its newest source is of {newest.words}, more than {YEARS} years ago"


def _numbers(listing: Listing) -> list[str]:
    return [phone.number.digits for phone in listing.phones or () if phone.number and len(phone.number.digits) == 10]


def _is_odd(listing: Listing, code: str, codes: Mapping[str, Mapping[str, set[str]]],
            neighbors: Mapping[str, Sequence[str]]) -> bool:  # fmt: skip
    """Say whether others in the county and next to it have numbers, and none of them with this area code."""
    near = [area for area in (listing.area, *neighbors[listing.area]) if area in codes]
    others = {one for area in near for one, ids in codes[area].items() if ids - {listing.id} and one not in TOLL_FREE}
    return bool(others) and code not in others
