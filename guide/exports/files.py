"""The list of the files that a reader can download, of every format."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import date
from itertools import chain

from msgspec.structs import replace

from guide.exports import eligibility, geojson, guide_json, json_ld, listings_csv, tables, vcard
from guide.exports.download import Download
from guide.exports.hsds import files as hsds
from guide.exports.imprint import imprint_of
from guide.exports.names import names_of
from guide.model import Guide
from guide.once import Once
from guide.woven import Content, bytes_of

DOWNLOADS = (
    listings_csv.DOWNLOAD, guide_json.DOWNLOAD, guide_json.SCHEMA_DOWNLOAD, geojson.DOWNLOAD, *hsds.DOWNLOADS, vcard.DOWNLOAD,
    json_ld.DOWNLOAD, *tables.DOWNLOADS, eligibility.DOWNLOAD,
)  # fmt: skip
"""Every sort of files, as the page about the data lists them."""


def export_files(guide: Guide, edition: date) -> Iterator[tuple[str, bytes]]:
    """Give the address in the site and the bytes of every file of listings; the same guide and edition give the same bytes."""
    once = Once(guide.marks)
    for address, content in chain(whole_files(guide, edition, once), hsds_files(guide, edition, once)):
        yield address, bytes_of(content)
    yield from fixed_files(guide, edition)
    yield from vcard.vcard_files(guide.listings, names_of(guide), imprint_of(guide, edition))


def whole_files(guide: Guide, edition: date, once: Once) -> Iterator[tuple[str, Content]]:
    """Give those files that hold all listings, in the guide's own words."""
    imprint, names = imprint_of(guide, edition), names_of(guide)
    yield listings_csv.ADDRESS, listings_csv.listings_csv(guide, names, imprint, once)
    yield guide_json.ADDRESS, guide_json.guide_json(guide, imprint, once)
    yield geojson.ADDRESS, geojson.listings_geojson(guide, names, imprint, once)


def fixed_files(guide: Guide, edition: date) -> Iterator[tuple[str, bytes]]:
    """Give those that hang on no listing."""
    imprint = imprint_of(guide, edition)
    yield guide_json.SCHEMA, guide_json.guide_schema(imprint)
    yield eligibility.ADDRESS, eligibility.eligibility_csv(guide.open_eligibility, imprint)


def hsds_files(guide: Guide, edition: date, once: Once) -> Iterator[tuple[str, Content]]:
    """Give those that hold all listings in the words of HSDS."""
    return hsds.hsds_files(guide, names_of(guide), imprint_of(guide, edition), once)


def described(files: Collection[str], size: Callable[[str], int]) -> tuple[Download, ...]:
    """Tell of every sort of files how many there are and how large they are; `size` gives each one's bytes."""
    found = []
    for one in DOWNLOADS:
        before, several, after = one.address.partition("<id>")
        names = [name for name in files if name.startswith(before) and name.endswith(after)] if several else [one.address]
        sizes = [size(name) for name in names if name in files]
        found.append(replace(one, size=sum(sizes), files=len(sizes)))
    return tuple(found)
