"""The taxonomies that the attributes of HSDS draw their terms from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, TypeAlias

from guide.exports.imprint import CC_BY, CC_BY_SA, Imprint
from guide.exports.names import Names, uuid_of

Row: TypeAlias = dict[str, Any]
HELP, PEOPLE, FACTS, ELIGIBILITY = "kinds-of-help", "people", "facts", "open-eligibility"
FACT_TERMS = {
    "trafficking": ("Says it serves trafficking survivors", "A source says that it serves survivors of human trafficking."),
    "area": ("Area of the office", "The county of the office (mo/cole), or mo, il, us for one that works that wide."),
    "visibility": ("What may be told of the place", "public: the address; area: the city; withheld: the county only."),
    "city": ("City", "The city of the office, where there is no whole address."),
    "street": ("Street", "The street of the office, where there is no whole address."),
    "zip": ("ZIP code", "The ZIP code of the office, where there is no whole address."),
    "address_published_by": ("Who published the address", "Of a shelter: that the provider itself did."),
    "also_known_as": ("Also known as", "One of several short or former names."),
    "hours": ("Hours of a phone", "When the number is answered, in OpenStreetMap's syntax; local time."),
    "confirmed_how": ("How it was confirmed", "How a person asked the provider: by phone, email, visit or website."),
}  # fmt: skip


@cache
def term_id(taxonomy: str, code: str) -> str:
    """Give the id of a term."""
    return uuid_of("term", taxonomy, code)


def eligibility_code(id_: str, title: str) -> str:
    """Name a term of Open Eligibility: the same id stands for several there, so the title belongs to it."""
    return f"{id_} {title}"


def taxonomy_rows(names: Names, imprint: Imprint) -> Mapping[str, Row]:
    """Give the rows of the table `taxonomy`, by our names for them."""
    ours = {
        HELP: ("kinds of help", "Kinds of help, by need."),
        PEOPLE: ("people served", "Whom a service is for."),
        FACTS: ("facts of a listing", "Facts of the guide that HSDS has no field for."),
    }
    rows = {
        key: {"id": uuid_of("taxonomy", key), "name": f"{imprint.title}: {name}",
              "description": f"{about} {imprint.attribution}, {CC_BY.name}.", "version": imprint.edition.isoformat()}
        for key, (name, about) in ours.items()
    }  # fmt: skip
    rows[ELIGIBILITY] = {
        "id": uuid_of("taxonomy", ELIGIBILITY), "name": "Open Eligibility",
        "description": f"{names.open_eligibility.attribution}. License of its terms: {CC_BY_SA.name} ({CC_BY_SA.url}).",
        "uri": "https://github.com/auntbertha/openeligibility", "version": "2.0",
    }  # fmt: skip
    return rows


def term_rows(names: Names, taxonomies: Mapping[str, Row], used: Iterable[str]) -> list[Row]:
    """Give the rows of the table `taxonomy_term` whose ids are used, and those above them."""
    rows = {row["id"]: row for row in all_terms(names, taxonomies)}
    needed = set(used)
    needed |= {rows[one]["parent_id"] for one in needed if "parent_id" in rows[one]}
    return [row for row in rows.values() if row["id"] in needed]


def all_terms(names: Names, taxonomies: Mapping[str, Row]) -> Iterator[Row]:
    """List every row that the table `taxonomy_term` can have; `taxonomies` are those of `taxonomy_rows`."""

    def term(taxonomy: str, code: str, name: str, description: str, **more: str) -> Row:
        of = taxonomies[taxonomy]
        rights = f" ({CC_BY_SA.name})" if taxonomy == ELIGIBILITY else ""
        return {"id": term_id(taxonomy, code), "code": code, "name": name, "description": description, **more,
                "taxonomy": of["name"] + rights, "language": "en", "taxonomy_id": of["id"]}  # fmt: skip

    for group in names.groups:
        yield term(HELP, f"need/{group.id}", group.label, "A need, with the kinds of help that answer it.")
        for service in group.services:
            yield term(HELP, service.id, service.label, service.line, parent_id=term_id(HELP, f"need/{group.id}"))
    for one in names.people.values():
        yield term(PEOPLE, one.id, one.label, f"It serves {one.label}.")
    for code, (name, about) in FACT_TERMS.items():
        yield term(FACTS, code, name, about)
    eligibility = names.open_eligibility
    found = [(one.id, one.title) for one in eligibility.terms] + [(one.id, one.title) for one in eligibility.people]
    for id_, title in dict.fromkeys(found):
        yield {**term(ELIGIBILITY, eligibility_code(id_, title), title, f"Term {id_} of Open Eligibility 2.0."), "code": id_}
