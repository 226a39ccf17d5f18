"""The same rows as whole services: each with its organization, place, phones and terms inside, as HSDS serializes JSON."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from guide.exports.hsds.rows import Rows, values
from guide.exports.hsds.terms import Row, all_terms
from guide.exports.imprint import CC_BY, Imprint
from guide.exports.json_line import json_line
from guide.exports.names import Names

_INSIDE = {"phones": "phone", "schedules": "schedule", "service_areas": "service_area", "languages": "language",
           "sources": "source"}  # fmt: skip
"""Lists of a service, and the tables that they come from."""


def described_terms(names: Names, taxonomies: Mapping[str, Row]) -> Mapping[str, Row]:
    """Give every term as a service has it, by id; `taxonomies` are those of `taxonomy_rows`."""
    by_id = {row["id"]: row for row in taxonomies.values()}
    return {term["id"]: {**_without(term, "taxonomy_id", "language"), **_detail(by_id[term["taxonomy_id"]])}
            for term in all_terms(names, taxonomies)}  # fmt: skip


def service_line(rows: Rows, terms: Mapping[str, Row], imprint: Imprint) -> bytes:
    """Write a listing's rows as a whole service, in one line."""
    return json_line(_service(rows, terms, imprint)).encode()


def _service(rows: Rows, terms: Mapping[str, Row], imprint: Imprint) -> dict[str, Any]:
    attributes: dict[str, list[Row]] = defaultdict(list)
    for row in values(rows, "attribute"):
        term = terms[row["taxonomy_term_id"]]
        attribute = _without(row, "link_id", "link_entity", "taxonomy_term_id")
        attributes[row["link_id"]].append({**attribute, "taxonomy_term": term})

    def described(row: Row, *keys: str) -> dict[str, Any]:
        own = attributes.get(row["id"])
        return {**_without(row, *keys), **({"attributes": own} if own else {})}

    organization, service, location = (rows[table][0] for table in ("organization", "service", "location"))
    addresses = [_without(row, "location_id") for row in values(rows, "address")]
    there = {**described(location, "organization_id"), **({"addresses": addresses} if addresses else {})}
    inside = {name: [described(row, "service_id") for row in rows[table]] for name, table in _INSIDE.items() if table in rows}
    return {
        "organization": {
            **organization,
            "organization_identifiers": [_without(row, "organization_id") for row in rows["organization_identifier"]],
        },
        **described(service, "organization_id"),
        **inside,
        "service_at_locations": [
            {**_without(row, "service_id", "location_id"), "location": there} for row in rows["service_at_location"]
        ],
        "edition": imprint.edition.isoformat(),
        "license": CC_BY.name,
    }


def _detail(taxonomy: Row) -> Row:
    """Tell whose a term is where it is not the guide's."""
    return {"taxonomy_detail": taxonomy} if "uri" in taxonomy else {}


def _without(row: Row, *keys: str) -> Row:
    rest = row.copy()
    for key in keys:
        rest.pop(key, None)
    return rest
