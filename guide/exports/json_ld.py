"""Facts of a public listing inside its page, as schema.org's JSON-LD, for search engines and other programs.

A browser runs nothing of it: `application/ld+json` is a data block (HTML Standard, 4.12.1), which a
Content-Security-Policy does not concern. Places that are not public have none.
"""

from __future__ import annotations

from typing import Any

from guide.exports.download import Column, Download
from guide.exports.imprint import CC_BY, Imprint
from guide.exports.json_line import json_line
from guide.exports.names import Names
from guide.exports.weekly import DAYS, weekly
from guide.hours import Hours
from guide.loading import STATES
from guide.model import Listing, Phone, PublicPlace

_DAY = dict(zip(DAYS, ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"), strict=True))
_ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}
"""What could end the script or begin a comment in it."""


def json_ld(listing: Listing, names: Names, imprint: Imprint) -> str:
    """Give the facts of a listing, ready to stand inside a script element; none of a place that is not public."""
    if not isinstance(listing.location, PublicPlace):
        return ""
    facts = {
        "@context": "https://schema.org",
        "@type": "WebPage",
        "sdDatePublished": imprint.edition.isoformat(),
        "sdLicense": CC_BY.url,
        "creditText": imprint.attribution,
        "mainEntity": _organization(listing, listing.location, names),
    }
    return json_line(facts).translate(_ESCAPES)


def _organization(listing: Listing, place: PublicPlace, names: Names) -> dict[str, Any]:
    address = {"@type": "PostalAddress", "streetAddress": place.street, "addressLocality": place.city,
               "addressRegion": names.state(listing), "postalCode": place.zip, "addressCountry": "US"}  # fmt: skip
    return _known({
        "@type": "Organization",
        "name": listing.name,
        "alternateName": list(listing.also_known_as),
        "description": listing.summary,
        "url": listing.website,
        "email": listing.email,
        "address": _known(address),
        "contactPoint": [_contact(phone) for phone in listing.phones],
        "areaServed": [_area(area, names) for area in listing.serves],
        "makesOffer": [{"@type": "Offer", "itemOffered": {"@type": "Service", "name": names.services[service].label}}
                       for service in listing.services],
        "knowsLanguage": list(listing.languages),
    })  # fmt: skip


def _contact(phone: Phone) -> dict[str, Any]:
    return _known({"@type": "ContactPoint", "telephone": str(phone.number), "contactType": phone.label,
                   "hoursAvailable": _hours(phone.hours)})  # fmt: skip


def _hours(hours: Hours | None) -> list[dict[str, Any]]:
    """Give the openings of a week; the end of a day is 23:59, as schema.org writes it."""
    return [{"@type": "OpeningHoursSpecification", "dayOfWeek": [_DAY[day] for day in opening.days], "opens": opening.opens,
             "closes": "23:59" if opening.closes == "24:00" else opening.closes}
            for opening in (weekly(hours) if hours else ())]  # fmt: skip


def _area(area: str, names: Names) -> dict[str, str]:
    if area == "us":
        return {"@type": "Country", "name": "United States"}
    if area in names.counties:
        name = f"{names.counties[area].name}, {STATES[area[:2]]}"
    else:
        name = STATES.get(area) or names.area_name(area)
    return {"@type": "State" if area in STATES else "AdministrativeArea", "name": name}


def _known(facts: dict[str, Any]) -> dict[str, Any]:
    return {name: fact for name, fact in facts.items() if fact}


DOWNLOAD = Download(
    "json-ld", "listings/<id>.html", "Facts inside the pages", "JSON-LD",
    "The page of each public listing holds its facts in the words of schema.org, for programs that read pages. Listings whose "
    "place is told by city only, or withheld, have none.",
    (
        Column("sdDatePublished, sdLicense, creditText", "The edition, the license, and whom to name."),
        Column("name, alternateName, description, url, email", "The listing's own.", "mainEntity"),
        Column("address", "What is known of the public address.", "mainEntity"),
        Column("contactPoint", "Each number, what it is for, and when it is answered.", "mainEntity"),
        Column("areaServed", "Counties, regions or states that a source says it serves.", "mainEntity"),
        Column("makesOffer", "Kinds of help, in the guide's words.", "mainEntity"),
        Column("knowsLanguage", "Languages spoken, by ISO 639 code.", "mainEntity"),
    ),
)  # fmt: skip
