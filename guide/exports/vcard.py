"""A contact for each listing with a phone or a website, as vCard 3.0 (RFC 2426), which every address book reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from guide.exports.download import Column, Download
from guide.exports.imprint import CC_BY, Imprint
from guide.exports.names import Names, how_sure
from guide.model import AreaPlace, Listing, PublicPlace

_LONGEST = 75
_ESCAPES = str.maketrans({"\\": "\\\\", ",": "\\,", ";": "\\;", "\n": "\\n"})


def vcard_address(listing: Listing) -> str | None:
    """Give the address of a listing's contact in the site; None where there is nothing to save."""
    return f"listings/{listing.id}.vcf" if listing.phones or listing.text or listing.website else None


def vcard_files(listings: Iterable[Listing], names: Names, imprint: Imprint) -> Iterator[tuple[str, bytes]]:
    """Give the address and bytes of some listings' contacts."""
    for listing in listings:
        if address := vcard_address(listing):
            yield address, b"".join(map(folded, _lines(listing, names, imprint)))


def _lines(listing: Listing, names: Names, imprint: Imprint) -> Iterator[str]:
    name = escaped(listing.name)
    yield from ("BEGIN:VCARD", "VERSION:3.0", f"UID:missouri-resource-guide/{listing.id}", f"REV:{imprint.edition}")
    yield from (f"FN:{name}", f"N:{name};;;;", f"ORG:{name}", "X-ABSHOWAS:COMPANY")
    if listing.also_known_as:
        yield f"NICKNAME:{','.join(map(escaped, listing.also_known_as))}"
    labels = []
    for number, phone in enumerate(listing.phones, 1):
        preferred = ",PREF" if number == 1 else ""
        yield f"item{number}.TEL;TYPE=WORK,VOICE{preferred}:{escaped(phone.number.link.removeprefix('tel:'))}"
        labels.append((number, ", ".join(part for part in (phone.label, phone.hours.words if phone.hours else None) if part)))
    if listing.text:
        yield f"item{len(listing.phones) + 1}.TEL;TYPE=WORK,MSG:{listing.text.link.removeprefix('sms:')}"
        labels.append((len(listing.phones) + 1, f"text: {listing.text.words}"))
    for number, label in labels:
        if label:
            yield f"item{number}.X-ABLABEL:{escaped(label)}"
    if listing.email:
        yield f"EMAIL;TYPE=INTERNET,WORK:{escaped(listing.email)}"
    if listing.website:
        yield f"URL:{listing.website}"
    place = listing.location
    if isinstance(place, PublicPlace | AreaPlace) and place.city:
        public = place if isinstance(place, PublicPlace) else PublicPlace(city=place.city)
        parts = ("", "", public.street or "", public.city or "", names.state(listing), public.zip or "", "")
        yield f"ADR;TYPE=WORK:{';'.join(map(escaped, parts))}"
    yield f"NOTE:{escaped(f'{how_sure(listing)} {imprint.attribution}, {CC_BY.name}.')}"
    yield "END:VCARD"


def escaped(text: str) -> str:
    r"""Write a text as a value: backslash, comma and semicolon get a backslash, a line break becomes `\n` (RFC 2426, 5)."""
    return text.translate(_ESCAPES)


def folded(line: str) -> bytes:
    """Break a line so that no part is longer than 75 bytes, and none ends inside a character (RFC 2426, 2.6)."""
    data = line.encode()
    parts = []
    while len(data) > _LONGEST:
        end = _LONGEST
        while data[end] & 0xC0 == 0x80:
            end -= 1
        parts.append(data[:end])
        data = b" " + data[end:]
    return b"\r\n".join([*parts, data]) + b"\r\n"


DOWNLOAD = Download(
    "vcards", "listings/<id>.vcf", "A contact for each listing", "vCard 3.0",
    "For the address book of a phone or a program, linked from the page of each listing with a phone number or a website. A "
    "saved contact stays there, where others may see it.",
    (
        Column("FN, N, ORG", "The listing's name."),
        Column("NICKNAME", "Short and former names."),
        Column("TEL", "Each number, the one to call first marked as preferred; X-ABLABEL tells what it is for and when it is "
                      "answered."),
        Column("EMAIL, URL", "The office's address for e-mail, the provider's site."),
        Column("ADR", "Of a public place what is known; of others the city where it may be told; else nothing."),
        Column("NOTE", "Who confirmed it, or that nobody did; the edition and the license."),
        Column("UID", "The listing's id; always the same."),
    ),
)  # fmt: skip
