"""What the other programs are given to search: all that our search knows of a listing, written out as words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from guide.coverage import served_counties
from guide.model import Listing, PublicPlace
from guide.shared import Shared


@dataclass(frozen=True, slots=True)
class Document:
    """One listing as plain texts, by how much they tell."""

    id: str
    fields: dict[str, str]
    """name, known, summary, more, services, words (what people type who look for them), people, place."""
    around: str
    """Every city and ZIP code of the office's county: our search knows them of itself."""
    shown: dict[str, Any]
    """What a card shows."""


def documents(shared: Shared) -> list[Document]:
    """Write out every listing, in the guide's order."""
    return [_document(listing, shared) for listing in shared.ranking.all]


def _document(listing: Listing, shared: Shared) -> Document:
    services = [shared.services[service] for service in listing.services]
    people = [shared.people[term] for term in listing.people]
    languages = [shared.languages[term] for term in listing.languages]
    zip_code = listing.location.zip if isinstance(listing.location, PublicPlace) else None
    office = shared.office(listing)
    fields = {
        "name": listing.name,
        "known": " · ".join(listing.also_known_as),
        "summary": listing.summary,
        "more": " · ".join(text for text in (
            listing.eligibility, listing.fees, listing.how_to_refer, *(phone.label for phone in listing.phones),
            *(str(phone.number) for phone in listing.phones), listing.text.words if listing.text else "",
        ) if text),
        "services": " · ".join(service.label for service in services),
        "words": " · ".join(word for service in services for word in service.words),
        "people": " · ".join(text for term in (*people, *languages) for text in (term.label, *term.words)),
        "place": " · ".join(text for text in (office, zip_code, *_served(listing, shared)) if text),
    }  # fmt: skip
    phones = [[str(phone.number), phone.number.link, phone.label or ""] for phone in listing.phones[:2]]
    around = sorted({text for code in shared.guide.zip_codes if code.county == listing.area
                     for text in (code.zip, code.city, *code.also_known_as)})  # fmt: skip
    shown = {"name": listing.name, "what": listing.summary, "office": office, "phones": phones}
    return Document(listing.id, fields, " · ".join(around), shown)


def _served(listing: Listing, shared: Shared) -> list[str]:
    """Name the counties served; for who serves a whole state or the nation, that alone."""
    wide = {"mo": "Missouri statewide", "il": "Illinois statewide", "us": "national"}
    said = [wide[area] for area in listing.serves if area in wide]
    return said or [county.full_name for county in served_counties(listing, shared.guide.counties)]
