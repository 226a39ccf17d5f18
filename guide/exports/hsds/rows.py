"""A listing → its rows in the tables of HSDS. What is not known has no row and no value."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

from guide.exports.hsds.terms import ELIGIBILITY, FACTS, HELP, PEOPLE, Row, eligibility_code, term_id
from guide.exports.imprint import Imprint
from guide.exports.names import Names, how_sure, uuid_of
from guide.exports.weekly import weekly
from guide.loading import STATES
from guide.model import AreaPlace, Listing, PublicPlace

Rows: TypeAlias = dict[str, list[Row]]
NOT_SAID = "Its office is here. No source says which counties it serves; ask."
PART_OF = "A part of {}, which it serves."
WITHHELD = "Kept confidential or not known; call first. {}."
_VISIBILITY = {PublicPlace: "public", AreaPlace: "area"}
_HOW_SHOWN = {"public": "The address is public", "area": "The city only", "withheld": "Kept confidential or not known"}


def rows_of(listing: Listing, names: Names, imprint: Imprint) -> Rows:
    """Give a listing's rows, by table."""
    return _Rows(listing, names, imprint).rows


class _Rows:
    """Gathers the rows of one listing."""

    def __init__(self, listing: Listing, names: Names, imprint: Imprint) -> None:
        self.listing = listing
        self.names = names
        self.rows: Rows = {}
        self._seen: dict[tuple[str, ...], int] = {}
        self.organization = self.add("organization", **self._who(), description=listing.summary, website=listing.website)
        self.add("organization_identifier", organization_id=self.organization, identifier_type=imprint.title,
                 identifier=listing.id)  # fmt: skip
        self.service = self.add(
            "service", organization_id=self.organization, **self._who(), description=listing.summary, url=listing.website,
            status="active", application_process=listing.how_to_refer, fees_description=listing.fees,
            eligibility_description=listing.eligibility, assured_date=str(listing.confirmed.on) if listing.confirmed else None,
            alert=None if listing.confirmed else how_sure(listing))  # fmt: skip
        self._place()
        self._phones()
        self._hours()
        self._areas()
        for language in listing.languages:
            self.add("language", language, service_id=self.service, name=names.languages[language].label, code=language)
        self._terms()
        for source in listing.sources:
            self.add("source", source.url or source.title or "", service_id=self.service, url=source.url, title=source.title,
                     published=str(source.published) if source.published else None, supports=source.supports)  # fmt: skip

    def add(self, table: str, *key: str, **facts: Any) -> str:
        """Add a row; give its id, which is made of the listing's, the table's name and a key inside the listing."""
        whose = (table, self.listing.id, *key)
        seen = self._seen.get(whose, 0)
        self._seen[whose] = seen + 1
        row_id = uuid_of(*whose, str(seen + 1)) if seen else uuid_of(*whose)
        row: Row = {"id": row_id}
        for name, fact in facts.items():
            if fact is not None:
                row[name] = fact
        self.rows.setdefault(table, []).append(row)
        return row_id

    def fact(self, entity: str, link_id: str, term: str, value: str | None = None, label: str | None = None) -> None:
        """Add a fact that HSDS has no field for."""
        self.add("attribute", link_id, term, link_id=link_id, taxonomy_term_id=term_id(FACTS, term), link_type="fact",
                 link_entity=entity, value=value, label=label)  # fmt: skip

    def _who(self) -> dict[str, str | None]:
        one = self.listing
        return {"name": one.name, "alternate_name": "; ".join(one.also_known_as) or None, "email": one.email}

    def _place(self) -> None:
        place, area = self.listing.location, self.listing.area
        known = self._known_of_place()
        home = self.names.home(self.listing)
        visibility = _VISIBILITY.get(type(place), "withheld")
        described = ", ".join([*known.values(), home]) if known else home
        about = {"public": described, "area": f"{described}. No address is listed; call first.",
                 "withheld": WITHHELD.format(home)}  # fmt: skip
        location = self.add("location", location_type="physical" if visibility == "public" else "virtual",
                            organization_id=self.organization, description=about[visibility])  # fmt: skip
        self.add("service_at_location", service_id=self.service, location_id=location)
        self.fact("location", location, "area", area, home)
        self.fact("location", location, "visibility", visibility, _HOW_SHOWN[visibility])
        state = self.names.state(self.listing)
        if state and known.keys() >= {"street", "city", "zip"}:
            county = self.names.counties.get(area)
            self.add("address", location_id=location, address_1=known["street"], city=known["city"],
                     region=county.name if county else None, state_province=state, postal_code=known["zip"], country="US",
                     address_type="physical")  # fmt: skip
        else:
            for term, value in known.items():
                self.fact("location", location, term, value)
        if isinstance(place, PublicPlace) and place.address_published_by:
            self.fact("location", location, "address_published_by", place.address_published_by)

    def _known_of_place(self) -> dict[str, str]:
        """Give what may be told of the place and is known: nothing of a withheld one, which holds nothing."""
        place = self.listing.location
        shown = [("street", place.street), ("city", place.city), ("zip", place.zip)] if isinstance(place, PublicPlace) else []
        shown += [("city", place.city)] if isinstance(place, AreaPlace) else []
        return {term: value for term, value in shown if value}

    def _phones(self) -> None:
        for phone in self.listing.phones:
            number, extension = phone.number, phone.number.extension
            as_number = int(extension) if extension and not extension.startswith("0") else None
            shown = str(number) if extension and as_number is None else str(number).partition(" ext.")[0]
            about = ", ".join(part for part in (phone.label, phone.hours.words if phone.hours else None) if part)
            row = self.add("phone", str(number), service_id=self.service, number=shown, extension=as_number, type="voice",
                           description=about or None)  # fmt: skip
            if phone.hours:
                self.fact("phone", row, "hours", phone.hours.text, phone.label)
        if self.listing.text:
            self.add("phone", "text", service_id=self.service, number=self.listing.text.number, type="text",
                     description=self.listing.text.words)  # fmt: skip

    def _hours(self) -> None:
        hours = self.listing.hours
        if not hours:
            return
        told = {"description": f"{hours.words}, local time", "notes": hours.text}
        for opening in weekly(hours):
            self.add("schedule", service_id=self.service, freq="WEEKLY", byday=",".join(day.upper() for day in opening.days),
                     opens_at=f"{opening.opens}:00", closes_at=_end(opening.closes), **told)  # fmt: skip
        if "schedule" not in self.rows:
            self.add("schedule", service_id=self.service, **told)

    def _areas(self) -> None:
        for area in self.listing.serves:
            if area in self.names.regions:
                part = PART_OF.format(self.names.area_name(area))
                for county in self.names.counties.values():
                    if county.region == area:
                        self._area(county.id, part, area)
            else:
                self._area(area)
        if not self.listing.serves:
            self._area(self.listing.area, NOT_SAID)

    def _area(self, area: str, description: str | None = None, region: str = "") -> None:
        counties = self.names.counties
        if area in counties:
            name, fips = f"{counties[area].name}, {STATES[area[:2]]}", counties[area].fips
        else:
            name = STATES.get(area, "United States")
            fips = next((county.fips[:2] for county in counties.values() if county.state == area), "")
        self.add("service_area", region, area, service_id=self.service, name=name, description=description,
                 extent=fips or None, extent_type="text" if fips else None)  # fmt: skip

    def _terms(self) -> None:
        one, eligibility = self.listing, self.names.open_eligibility
        for service in one.services:
            self._term("service_type", HELP, service)
        for who in one.people:
            self._term("people_served", PEOPLE, who)
        helps = [eligibility_code(term.id, term.title) for term in eligibility.terms if term.service in one.services]
        whom = [eligibility_code(term.id, term.title) for term in eligibility.people if term.people in one.people]
        for kind, codes in (("service_type", helps), ("people_served", whom)):
            for code in dict.fromkeys(codes):
                self._term(kind, ELIGIBILITY, code)
        if one.trafficking:
            self.fact("service", self.service, "trafficking")
        if one.confirmed:
            self.fact("service", self.service, "confirmed_how", one.confirmed.how)
        if len(one.also_known_as) > 1 or any(";" in name for name in one.also_known_as):
            for name in one.also_known_as:
                self.fact("service", self.service, "also_known_as", name)

    def _term(self, kind: str, taxonomy: str, code: str) -> None:
        self.add("attribute", taxonomy, code, link_id=self.service, taxonomy_term_id=term_id(taxonomy, code), link_type=kind,
                 link_entity="service")  # fmt: skip


def _end(closes: str) -> str:
    """Write the end of an opening; a day ends at 23:59, as HSDS advises."""
    return "23:59:00" if closes == "24:00" else f"{closes}:00"


def values(rows: Rows, table: str) -> Iterator[Row]:
    """List the rows of a table; none where a listing has none."""
    return iter(rows.get(table, ()))
