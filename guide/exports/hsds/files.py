"""The files of HSDS, and what the page about the data tells of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache, partial

from msgspec import Struct

from guide.exports.download import Column, Download
from guide.exports.hsds.package import TableText, heading, lines, package
from guide.exports.hsds.rows import Rows, rows_of, values
from guide.exports.hsds.services import described_terms, service_line
from guide.exports.hsds.tables import TABLES
from guide.exports.hsds.terms import Row, taxonomy_rows, term_rows
from guide.exports.imprint import Imprint
from guide.exports.names import Names
from guide.kept import digest
from guide.model import Guide, Listing
from guide.once import Once
from guide.woven import Content

PACKAGE = "downloads/hsds.zip"
SERVICES = "downloads/hsds-services.json"


class _Told(Struct, frozen=True):
    """What the tables tell of some listings."""

    tables: dict[str, bytes]
    """Table → the number of their lines."""
    terms: tuple[str, ...]
    """The ids of the terms that they use."""


def hsds_files(guide: Guide, names: Names, imprint: Imprint, once: Once) -> Iterator[tuple[str, Content]]:
    """Give each file's address and content."""
    taxonomies = taxonomy_rows(names, imprint)
    known = cache(lambda: described_terms(names, taxonomies))
    services: dict[str, bytes] = {}
    """Services that were written with the tables, by the first listing's id."""

    def rows(some: Sequence[Listing]) -> list[Rows]:
        return [rows_of(listing, names, imprint) for listing in some]

    def written(each: Iterable[Rows]) -> bytes:
        return b",\n".join(service_line(one, known(), imprint) for one in each)

    def tell(some: Sequence[Listing]) -> _Told:
        each = rows(some)
        services[some[0].id] = written(each)
        return _Told({name: once.note(name, text) for name in TABLES if (text := lines(name, _of(each, name)))},
                     tuple(sorted({row["taxonomy_term_id"] for row in _of(each, "attribute")})))  # fmt: skip

    told = once.of_blocks("told", guide.listings, tell, _Told)
    terms = term_rows(names, taxonomies, {term for _, one in told for term in one.terms})
    used = {term["taxonomy_id"] for term in terms}
    shared = {"taxonomy_term": lines("taxonomy_term", terms),
              "taxonomy": lines("taxonomy", [row for row in taxonomies.values() if row["id"] in used])}  # fmt: skip

    def lines_of(name: str, some: Sequence[Listing]) -> bytes:
        return lines(name, _of(rows(some), name))

    def table(name: str) -> TableText:
        some = [(one.tables[name], block) for block, one in told if name in one.tables]
        once.use(name, (number for number, _ in some))

        def text() -> bytes:
            each = (once.text(name, number, partial(lines_of, name, block)) for number, block in some)
            return b"".join([heading(name), shared.get(name, b""), *each])

        return TableText(bool(some or shared.get(name)), digest(shared.get(name, b""), *(number for number, _ in some)), text)

    yield PACKAGE, package(PACKAGE, {name: one for name in TABLES if (one := table(name)).has_rows}, imprint, once)
    yield SERVICES, once.woven(SERVICES, b"[\n", guide.listings,
                               lambda some: services.pop(some[0].id, b"") or written(rows(some)), b"\n]\n", b",\n")  # fmt: skip


def _of(each: Iterable[Rows], table: str) -> list[Row]:
    return [row for rows in each for row in values(rows, table)]


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
