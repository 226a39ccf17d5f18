"""The files of HSDS, and what the page about the data tells of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain

from msgspec import Struct

from guide.exports.download import Column, Download
from guide.exports.hsds.package import heading, lines, package
from guide.exports.hsds.rows import rows_of, values
from guide.exports.hsds.services import described_terms, service_line
from guide.exports.hsds.tables import TABLES
from guide.exports.hsds.terms import taxonomy_rows, term_rows
from guide.exports.imprint import Imprint
from guide.exports.names import Names
from guide.model import Guide, Listing
from guide.once import Once

PACKAGE = "downloads/hsds.zip"
SERVICES = "downloads/hsds-services.json"


class _Told(Struct, frozen=True):
    """What the files tell of some listings."""

    tables: dict[str, memoryview]
    """Table → their lines."""
    services: memoryview
    """Their lines as services."""
    terms: tuple[str, ...]
    """The ids of the terms that they use."""


def hsds_files(guide: Guide, names: Names, imprint: Imprint, once: Once) -> Iterator[tuple[str, bytes]]:
    """Give each file's address and bytes."""
    taxonomies = taxonomy_rows(names, imprint)
    known = cache(lambda: described_terms(names, taxonomies))

    def told(listings: Sequence[Listing]) -> _Told:
        each = [rows_of(listing, names, imprint) for listing in listings]
        tables = {name: [row for rows in each for row in values(rows, name)] for name in TABLES}
        return _Told({name: memoryview(lines(name, rows)) for name, rows in tables.items() if rows},
                     memoryview(b",\n".join(service_line(rows, known(), imprint) for rows in each)),
                     tuple(sorted({row["taxonomy_term_id"] for row in tables["attribute"]})))  # fmt: skip

    blocks = once.of_blocks("hsds", guide.listings, told, _Told)
    terms = term_rows(names, taxonomies, {term for block in blocks for term in block.terms})
    used = {term["taxonomy_id"] for term in terms}
    shared = {"taxonomy_term": memoryview(lines("taxonomy_term", terms)),
              "taxonomy": memoryview(lines("taxonomy", [row for row in taxonomies.values() if row["id"] in used]))}  # fmt: skip

    def table(name: str) -> bytes:
        rows = [rows for tables in (shared, *(block.tables for block in blocks)) if (rows := tables.get(name))]
        return b"".join([heading(name), *rows]) if rows else b""

    yield PACKAGE, package({name: text for name in TABLES if (text := table(name))}, imprint, once)
    parts = chain.from_iterable((memoryview(b",\n"), block.services) for block in blocks)
    next(parts, None)  # nothing stands before the first
    yield SERVICES, b"".join([b"[\n", *parts, b"\n]\n"])  # once: it is the largest file


DOWNLOADS = (
    Download(
        "hsds", PACKAGE, "HSDS 3.1 as tables", "tabular data package (ZIP)",
        "The Human Services Data Specification of Open Referral, for directories that exchange data: a CSV file for each table "
        "and datapackage.json, which describes them all for programs. Columns of HSDS that are not named here are empty. "
        "Terms of Open Eligibility in it are under CC BY-SA 3.0, and say so.",
        tuple(Column(field.name, field.meaning, table.name)
              for table in TABLES.values() for field in table.fields if field.meaning),
    ),
    Download(
        "hsds-services", SERVICES, "HSDS 3.1 as whole services", "JSON",
        "The same as a list of services, each with its organization, place, phones, areas and terms inside. Beyond HSDS each "
        "service bears its sources, the edition and the license. Terms of Open Eligibility in it are under CC BY-SA 3.0, and "
        "say so.",
        (Column("organization, phones, schedules, service_areas, languages, attributes, service_at_locations",
                "The rows of the tables of the same name, inside the service."),
         Column("sources", "Where the facts come from: url, title, published, supports."),
         Column("edition, license", "The day of the edition, and how it may be used.")),
    ),
)  # fmt: skip
