"""Our names and the terms of Open Eligibility that fit, in a file of its own: it is under that taxonomy's license."""

from __future__ import annotations

from collections.abc import Iterator

from guide.exports.download import Column, Download
from guide.exports.imprint import CC_BY_SA, Imprint
from guide.exports.tables import csv_bytes
from guide.model import OpenEligibility

ADDRESS = "downloads/open-eligibility.csv"
_COLUMNS = {
    "vocabulary": "services (kinds of help) or people (who is served).",
    "our_id": "The guide's id, as in guide.json.",
    "term_id": "The term's id in Open Eligibility 2.0. The same id may stand for several terms.",
    "term_title": "The term's title there.",
    "attribution": "Who made the taxonomy.",
    "license": "The license of the taxonomy and of this file.",
    "edition": "The day of the edition.",
}


def eligibility_csv(eligibility: OpenEligibility, imprint: Imprint) -> bytes:
    """Write the table."""
    return csv_bytes(_lines(eligibility, imprint))


def _lines(eligibility: OpenEligibility, imprint: Imprint) -> Iterator[tuple[str, ...]]:
    rights = (eligibility.attribution, eligibility.license, imprint.edition.isoformat())
    yield tuple(_COLUMNS)
    for term in eligibility.terms:
        yield ("services", term.service, term.id, term.title, *rights)
    for one in eligibility.people:
        yield ("people", one.people, one.id, one.title, *rights)


DOWNLOAD = Download(
    "open-eligibility", ADDRESS, "Our words and Open Eligibility", "CSV",
    "Which terms of the taxonomy Open Eligibility fit our kinds of help and people served. It stands apart because it has "
    "another license.",
    tuple(Column(name, meaning) for name, meaning in _COLUMNS.items()), license=CC_BY_SA,
)  # fmt: skip
