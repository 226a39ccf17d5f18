"""HSDS → the model: reads the tables of a package, or whole services, and gives the listings that they were made of."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections import defaultdict
from typing import Any, TypeAlias

from msgspec.structs import replace

from guide.kinds import HOURS, read_day, read_partial_date, read_phone, read_text_line
from guide.model import AreaPlace, Confirmation, Guide, Listing, Phone, Place, PublicPlace, Source, WithheldPlace

Tables: TypeAlias = dict[str, list[dict[str, str]]]
INSIDE = {
    "service": {"phones": "phone", "schedules": "schedule", "service_areas": "service_area", "languages": "language",
                "sources": "source", "service_at_locations": "service_at_location", "attributes": "attribute"},
    "organization": {"organization_identifiers": "organization_identifier"},
    "location": {"addresses": "address", "attributes": "attribute"},
    "phone": {"attributes": "attribute"},
}  # fmt: skip
"""Lists inside the objects of HSDS, and what each holds."""
ONE = {"organization": "organization", "location": "location", "taxonomy_term": "taxonomy_term"}
"""Objects inside others."""


def unzipped(package: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def tables_of(package: bytes, files: dict[str, str]) -> Tables:
    """Read the tables of a package; `files` are their names by file. An empty cell is none."""
    found = {}
    for file, data in unzipped(package).items():
        if file in files:
            rows = csv.DictReader(io.StringIO(data.decode("utf-8"), newline=""))
            found[files[file]] = [{name: cell for name, cell in row.items() if cell != ""} for row in rows]
    return found


def tables_of_services(services: list[dict[str, Any]]) -> Tables:
    """Take whole services apart into the same tables: what stands inside gets the key of what it stands in."""
    tables: dict[str, dict[str, dict[str, str]]] = defaultdict(dict)

    def add(table: str, thing: dict[str, Any], **keys: str) -> None:
        row = {name: str(value) for name, value in thing.items() if not isinstance(value, dict | list)} | keys
        for name, inside in thing.items():
            if name in ONE and isinstance(inside, dict):
                row[f"{name}_id"] = inside["id"]
                add(ONE[name], inside)
            for item in inside if isinstance(inside, list) else ():
                key = {"link_id": thing["id"], "link_entity": table} if name == "attributes" else {f"{table}_id": thing["id"]}
                add(INSIDE[table][name], item, **key)
        tables[table].setdefault(row["id"], row)

    for service in services:
        add("service", service)
    return {name: list(rows.values()) for name, rows in tables.items()}


def listings_of(tables: Tables, guide: Guide) -> list[Listing]:
    """Read the listings, in the order of the services."""
    reader = _Reader(tables, guide)
    return [reader.listing(service) for service in tables["service"]]


class _Reader:
    def __init__(self, tables: Tables, guide: Guide) -> None:
        self.by: dict[tuple[str, str], list[dict[str, str]]] = defaultdict(list)
        for table, rows in tables.items():
            for row in rows:
                for name, value in row.items():
                    if name.endswith("_id") or name == "id":
                        self.by[table, value].append(row)
        self.counties = {county.fips: county.id for county in guide.counties}
        self.states = {county.fips[:2]: county.state for county in guide.counties}
        self.regions = {f"A part of {name}, which it serves.": region.id for region in guide.regions.regions
                        for name in [region.name if region.id == "metro-east" else f"{region.name} region"]}  # fmt: skip

    def of(self, table: str, key: str, value: str) -> list[dict[str, str]]:
        return [row for row in self.by[table, value] if row.get(key) == value]

    def terms(self, link_id: str, taxonomy: str) -> list[tuple[str, dict[str, str]]]:
        """List the codes of a thing's terms of one taxonomy, each with its attribute."""
        found = []
        for row in self.of("attribute", "link_id", link_id):
            term = self.of("taxonomy_term", "id", row["taxonomy_term_id"])[0]
            if term["taxonomy"].endswith(f": {taxonomy}"):
                found.append((term["code"], row))
        return found

    def facts(self, link_id: str) -> dict[str, str]:
        return {code: row.get("value", "") for code, row in self.terms(link_id, "facts of a listing")}

    def listing(self, service: dict[str, str]) -> Listing:
        key = service["id"]
        organization = self.of("organization", "id", service["organization_id"])[0]
        where = self.of("service_at_location", "service_id", key)[0]
        location = self.of("location", "id", where["location_id"])[0]
        facts, there = self.facts(key), self.facts(location["id"])
        names = tuple(row["value"] for code, row in self.terms(key, "facts of a listing") if code == "also_known_as")
        one = service.get("alternate_name")
        phones = self.of("phone", "service_id", key)
        assured = service.get("assured_date")
        hours = self.of("schedule", "service_id", key)
        return Listing(
            id=self.of("organization_identifier", "organization_id", organization["id"])[0]["identifier"],
            name=service["name"], also_known_as=names or ((one,) if one else ()), summary=service["description"],
            services=tuple(code for code, _ in self.terms(key, "kinds of help")),
            people=tuple(code for code, _ in self.terms(key, "people served")), trafficking="trafficking" in facts,
            serves=self.serves(key), languages=tuple(row["code"] for row in self.of("language", "service_id", key)),
            phones=tuple(self.phone(row) for row in phones if row["type"] == "voice"),
            text=next((read_text_line(row["description"]) for row in phones if row["type"] == "text"), None),
            email=service.get("email"), website=service.get("url"), location=self.place(location["id"], there),
            hours=HOURS.read(hours[0]["notes"]) if hours else None,
            eligibility=service.get("eligibility_description"), fees=service.get("fees_description"),
            how_to_refer=service.get("application_process"),
            confirmed=Confirmation(on=read_day(assured), how=facts["confirmed_how"]) if assured else None,
            sources=tuple(self.source(row) for row in self.of("source", "service_id", key)), area=there["area"],
        )  # fmt: skip

    def serves(self, key: str) -> tuple[str, ...]:
        found = []
        for row in self.of("service_area", "service_id", key):
            about, fips = row.get("description", ""), row.get("extent")
            if about.startswith("Its office is here."):
                return ()
            found.append(self.regions[about] if about else self.counties.get(fips) or self.states[fips] if fips else "us")
        return tuple(dict.fromkeys(found))

    def phone(self, row: dict[str, str]) -> Phone:
        number = read_phone(f"{row['number']} x{row['extension']}" if "extension" in row else row["number"])
        hours = self.facts(row["id"]).get("hours")
        told = HOURS.read(hours) if hours else None
        end = told.words if told else ""
        label = row.get("description", "").removesuffix(end).removesuffix(", ") if end else row.get("description", "")
        return Phone(number=number, label=label or None, hours=told)

    def place(self, key: str, facts: dict[str, str]) -> Place:
        if facts["visibility"] == "withheld":
            return WithheldPlace()
        if facts["visibility"] == "area":
            return AreaPlace(city=facts.get("city"))
        place = PublicPlace(city=facts.get("city"), street=facts.get("street"), zip=facts.get("zip"),
                            address_published_by=facts.get("address_published_by"))  # fmt: skip
        for address in self.of("address", "location_id", key):
            place = replace(place, street=address["address_1"], city=address["city"], zip=address["postal_code"])
        return place

    def source(self, row: dict[str, str]) -> Source:
        published = row.get("published")
        return Source(url=row.get("url"), title=row.get("title"), supports=row.get("supports"),
                      published=read_partial_date(published) if published else None)  # fmt: skip


def words_in(value: Any) -> list[str]:
    """List every word of a value of JSON."""
    if isinstance(value, dict):
        return [word for item in value.values() for word in words_in(item)]
    if isinstance(value, list):
        return [word for item in value for word in words_in(item)]
    return re.findall(r"\w+", str(value))
