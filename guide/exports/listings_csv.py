"""`listings.csv`: one line for each listing, in words, for whoever works with a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from guide.exports.download import Column, Download
from guide.exports.imprint import CC_BY, Imprint
from guide.exports.names import Names
from guide.exports.tables import csv_text
from guide.model import AreaPlace, Guide, Listing, Phone, PublicPlace, Source
from guide.once import Once
from guide.woven import Woven

ADDRESS = "downloads/listings.csv"
_Cell: TypeAlias = Callable[[Listing, Names], str | None]


def listings_csv(guide: Guide, names: Names, imprint: Imprint, once: Once) -> Woven:
    """Write the table. What is not known is an empty cell."""

    about = imprint.edition.isoformat(), CC_BY.name

    def lines(listings: Sequence[Listing]) -> bytes:
        return csv_text((*(cell(listing, names) or "" for _, _, cell in _COLUMNS), *about) for listing in listings).encode()

    head = csv_text([(*(name for name, _, _ in _COLUMNS), "edition", "license")])
    return once.woven(ADDRESS, head.encode("utf-8-sig"), guide.listings, lines, b"")


def _shown_city(listing: Listing) -> str | None:
    return listing.location.city if isinstance(listing.location, PublicPlace | AreaPlace) else None


def _public(listing: Listing) -> PublicPlace:
    """Give the place where it is public, and else one that tells nothing."""
    return listing.location if isinstance(listing.location, PublicPlace) else PublicPlace()


def _visibility(listing: Listing) -> str:
    shown = {PublicPlace: "public", AreaPlace: "city only"}
    return shown.get(type(listing.location), "kept confidential or not known")


def _phone(phone: Phone) -> str:
    about = ", ".join(part for part in (phone.label, phone.hours.words if phone.hours else None) if part)
    return f"{phone.number} ({about})" if about else str(phone.number)


def _source(source: Source) -> str:
    told = ": ".join(part for part in (source.title, source.url) if part)
    return f"{told} ({source.published or 'no date'})"


def _joined(parts: Iterator[str]) -> str:
    return "; ".join(parts)


_COLUMNS: tuple[tuple[str, str, _Cell], ...] = (
    ("id", "The listing's id. It never changes and is never used again.", lambda one, _: one.id),
    ("name", "The name that the provider uses.", lambda one, _: one.name),
    ("also_known_as", "Short and former names.", lambda one, _: _joined(iter(one.also_known_as))),
    ("summary", "What it does, and for whom.", lambda one, _: one.summary),
    ("kinds_of_help", "What it offers, in the guide's words.",
     lambda one, names: _joined(names.services[service].label for service in one.services)),
    ("says_it_serves_trafficking_survivors", "'yes' where a source says so. Empty: no source does; ask.",
     lambda one, _: "yes" if one.trafficking else ""),
    ("phone", "The number to call first.", lambda one, _: str(one.phones[0].number) if one.phones else ""),
    ("phone_label", "Who or what answers there.", lambda one, _: one.phones[0].label if one.phones else ""),
    ("phone_hours", "When it is answered, local time.",
     lambda one, _: one.phones[0].hours.words if one.phones and one.phones[0].hours else ""),
    ("other_phones", "Further numbers, each with what it is for and when it is answered.",
     lambda one, _: _joined(_phone(phone) for phone in one.phones[1:])),
    ("text", "A number that takes text messages.", lambda one, _: one.text.words if one.text else ""),
    ("email", "An address of the office.", lambda one, _: one.email),
    ("website", "The provider's own site.", lambda one, _: one.website),
    ("place", "How much of the place is told: public, city only, or kept confidential or not known.",
     lambda one, _: _visibility(one)),
    ("street", "Of public places only.", lambda one, _: _public(one).street),
    ("city", "Of places that are public or told by city.", lambda one, _: _shown_city(one)),
    ("zip", "Of public places only.", lambda one, _: _public(one).zip),
    ("county", "The county of the office. Empty: it works in a whole state or the nation.",
     lambda one, names: names.counties[one.area].name if one.area in names.counties else ""),
    ("county_fips", "That county's code of the Census Bureau.",
     lambda one, names: names.counties[one.area].fips if one.area in names.counties else ""),
    ("state", "MO or IL. Empty: a national listing.", lambda one, names: names.state(one)),
    ("serves", "Counties, regions or states that a source says it serves. Empty: no source says; ask.",
     lambda one, names: _joined(names.area_name(area) for area in one.serves)),
    ("people", "Who it serves. Empty: not known.", lambda one, names: _joined(names.people[who].label for who in one.people)),
    ("languages", "Languages spoken. Empty: not known.",
     lambda one, names: _joined(names.languages[language].label for language in one.languages)),
    ("hours", "When the office is open, local time.", lambda one, _: one.hours.words if one.hours else ""),
    ("eligibility", "Who can be helped, and who cannot.", lambda one, _: one.eligibility),
    ("fees", "What it costs.", lambda one, _: one.fees),
    ("how_to_refer", "What to do first.", lambda one, _: one.how_to_refer),
    ("confirmed_on", "The day on which a person asked the provider, and all was right. Empty: nobody has.",
     lambda one, _: str(one.confirmed.on) if one.confirmed else ""),
    ("confirmed_how", "By phone, email, visit or website.", lambda one, _: one.confirmed.how if one.confirmed else ""),
    ("newest_source", "The date of the newest source, as exact as known.", lambda one, _: str(one.newest_source or "")),
    ("sources", "Where the facts come from, each with its date.", lambda one, _: _joined(map(_source, one.sources))),
)  # fmt: skip

DOWNLOAD = Download(
    "listings-csv", ADDRESS, "All listings as a table", "CSV",
    "One line for each listing. It opens right in Excel, and no cell starts a formula. Several things in one cell are parted "
    "by semicolons.",
    (*(Column(name, meaning) for name, meaning, _ in _COLUMNS),
     Column("edition", "The day of the edition that the line comes from."), Column("license", "How it may be used.")),
)  # fmt: skip
