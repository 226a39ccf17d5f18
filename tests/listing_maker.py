"""Listings of every sort for tests that try many: each field full, empty, odd."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from guide.kinds import HOURS, PartialDate, PhoneNumber, read_text_line
from guide.model import AreaPlace, Confirmation, Guide, Listing, Phone, PublicPlace, Source, WithheldPlace

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cn", "Co", "Cs"]), max_size=30).map(
    lambda text: " ".join(text.split())) | st.sampled_from(
    ["a; b", "x, y", 'say "so"', "back\\slash", "=1+1", "</script>", "&amp;", "<!--", "BEGIN:VCARD", "'", "a\u2028b", "Ünïted"])  # fmt: skip
TEXT = WORDS.filter(bool)
MAYBE = st.none() | TEXT
HOURS_ = st.sampled_from([
    "24/7", "Mo-Fr 08:00-17:00", "Mo-Th 08:00-22:00; Fr 08:00-24:00; Sa-Su 12:00-24:00", "09:00-16:00", "19:00-07:00",
    "Mo-Fr 09:00-12:00,13:00-17:00; We off", "Mo-Fr 08:00-17:00; PH off", "Fr-Mo 10:00-12:00", "sunrise-sunset", "week 1-10 Mo 08:00-10:00",
]).map(HOURS.read)  # fmt: skip
NUMBERS = st.builds(PhoneNumber, st.sampled_from(["5735550100", "3145550101", "988", "8885550102"]),
                    st.sampled_from(["", "", "12", "012", "7"])).map(
    lambda number: number if len(number.digits) == 10 else PhoneNumber(number.digits))  # fmt: skip
DATES = st.builds(PartialDate, st.integers(1900, 2026), st.integers(1, 12), st.integers(1, 28))
PARTIAL = DATES | st.builds(PartialDate, st.integers(1900, 2026)) | st.builds(PartialDate, st.integers(1900, 2026), st.integers(1, 12))
URLS = st.sampled_from(["https://good.example/", "http://good.example:8080/?a=1,2;3&b=%20#x", "https://good.example/a'b"])
PLACES = (
    st.builds(PublicPlace, city=MAYBE, street=MAYBE, zip=st.none() | st.just("65101"), address_published_by=st.none() | st.just("provider"))
    | st.builds(AreaPlace, city=MAYBE) | st.just(WithheldPlace())
)  # fmt: skip
PHONES = st.builds(Phone, number=NUMBERS, label=MAYBE, hours=st.none() | HOURS_)
SOURCES = st.builds(Source, url=st.none() | URLS, title=TEXT, published=st.none() | PARTIAL, supports=MAYBE)


def many(of: Any, at_least: int = 0) -> Any:
    return st.lists(of, min_size=at_least, max_size=3, unique=True).map(tuple)


def listings(guide: Guide) -> Any:
    """Give listings that name what a guide knows."""
    counties = [county.id for county in guide.counties]
    regions = [region.id for region in guide.regions.regions]
    services = [service.id for group in guide.groups for service in group.services]
    return st.builds(
        Listing, id=st.just("one"), name=TEXT, also_known_as=many(TEXT), summary=TEXT,
        services=many(st.sampled_from(services), 1), trafficking=st.booleans(),
        serves=many(st.sampled_from([*counties, *regions * 9, *["mo", "il", "us"] * 20])),
        people=many(st.sampled_from([term.id for term in guide.people])),
        languages=many(st.sampled_from([term.id for term in guide.languages])), phones=many(PHONES),
        text=st.none() | st.sampled_from(["START (88788)", "573-555-0103", "988"]).map(read_text_line),
        email=st.none() | st.just("a@b.example"), website=st.none() | URLS, location=PLACES, hours=st.none() | HOURS_,
        eligibility=MAYBE, fees=MAYBE, how_to_refer=MAYBE,
        confirmed=st.none() | st.builds(Confirmation, on=DATES, how=st.sampled_from(["phone", "email", "visit", "website"])),
        sources=many(SOURCES, 1), area=st.sampled_from([*counties, *["mo", "il", "us"] * 20]),
    )  # fmt: skip
