"""A load that starts from an earlier one, and reads only the files of listings that changed since."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from guide.county_places import Places
from guide.inputs import RESOURCES, Inputs
from guide.kept import Kept, digest
from guide.kinds import know_area_codes
from guide.listing_files import check_file
from guide.loading import Loaded, load_all

_FEW = 2
"""Files that may have changed since a basis was kept: to read them again is quicker than to keep a whole guide anew."""


class Basis(Struct, frozen=True):
    """A load that later ones start from."""

    context: bytes
    files: Mapping[str, bytes]
    """Each file of the project → the digest of its bytes."""
    loaded: Loaded


def load_since(root: Path, today: date, asked: Inputs, kept: Kept | None) -> tuple[Loaded, Basis | None]:
    """Do what `load_all` does, from what is kept if that is enough; give also the basis to be kept, if it is to be another.

    Raises `InputError`.
    """
    basis = kept.read("loaded", Basis, remember=True) if kept else None
    if basis and basis.context == asked.context and basis.files.keys() == asked.files.keys():
        changed = {name: asked.files[name] for name, one in basis.files.items() if one != asked.files[name]}
        if loaded := _load_changed(root, today, basis.loaded, changed):
            return loaded, None if len(changed) <= _FEW else Basis(asked.context, dict(asked.files), loaded)
    loaded = load_all(root, today)
    return loaded, Basis(asked.context, dict(asked.files), loaded)


def _load_changed(root: Path, today: date, before: Loaded, files: Mapping[str, bytes]) -> Loaded | None:
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
