"""A load that starts from an earlier one, and reads only the files of listings that changed since."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from msgspec.structs import replace

from guide.county_places import Places
from guide.inputs import RESOURCES
from guide.kept import digest
from guide.kinds import know_area_codes
from guide.listing_files import check_file
from guide.loading import Loaded


def load_changed(root: Path, today: date, before: Loaded, files: Mapping[str, bytes]) -> Loaded | None:
    """Read again only the files that changed since another load; `files` gives each with the digest of its bytes.

    None where that is not enough: other files than those of listings, listings that came or went, or any mistake. A load of
    all tells it then.
    """
    if today < before.today or not all(file.startswith(RESOURCES) for file in files):
        return None
    guide, withheld_of = before.guide, dict(before.withheld)
    places = Places(guide.counties, guide.zip_codes)
    know_area_codes(phone.number for listing in guide.listings for phone in listing.phones)
    for file, expected in files.items():
        area = file.removeprefix(RESOURCES).removesuffix(".yaml")
        data = (root / file).read_bytes()
        if digest(data) != expected:
            return None
        found = check_file(before.vocabularies, places, today, area, file, data)
        old = [listing for listing in guide.listings if listing.area == area]
        if found.problems or sorted(listing.id for listing in found.listings) != sorted(listing.id for listing in old):
            return None
        place = guide.listings.index(old[0]) if old else 0
        guide = replace(
            guide, lines={**guide.lines, **found.lines}, marks={**guide.marks, **found.marks},
            listings=(*guide.listings[:place], *found.listings, *guide.listings[place + len(old):]),
        )  # fmt: skip
        withheld_of[file] = found.withheld
    return Loaded(guide, withheld_of, before.vocabularies, today)
