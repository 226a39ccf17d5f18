"""listings.csv and open-eligibility.csv: what a spreadsheet shows of the guide."""

from __future__ import annotations

import csv
import io

import pytest
from msgspec.structs import replace
from sample import EDITION, listing, written

from guide.exports.eligibility import eligibility_csv
from guide.exports.imprint import imprint_of
from guide.exports.listings_csv import DOWNLOAD, listings_csv
from guide.exports.names import names_of
from guide.kinds import HOURS, PhoneNumber
from guide.model import AreaPlace, Phone, PublicPlace, WithheldPlace
from guide.once import Once


def read(data):
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def rows(guide, *some):
    guide = replace(guide, listings=some) if some else guide
    return read(listings_csv(guide, names_of(guide), imprint_of(guide, EDITION), Once(guide.marks)).read())


def test_every_listing_is_a_line_with_its_first_number(guide):
    found = rows(guide)
    assert [row["id"] for row in found] == [one.id for one in guide.listings]
    assert [row["phone"] for row in found] == [str(one.phones[0].number) if one.phones else "" for one in guide.listings]
    assert [row["summary"] for row in found] == [one.summary for one in guide.listings]


def test_every_column_is_described(guide):
    assert list(rows(guide, listing())[0]) == [column.name for column in DOWNLOAD.columns]


def test_a_line_says_it_in_words(guide):
    phones = (Phone(number=PhoneNumber("5735550100", "12"), label="crisis line", hours=HOURS.read("24/7")),
              Phone(number=PhoneNumber("988"), label="office", hours=HOURS.read("Mo-Fr 08:00-17:00")))  # fmt: skip
    [row] = rows(guide, listing(
        phones=phones, serves=("mo/cole", "central", "us"), services=("legal-aid",), people=("women", "teens"), languages=("es",),
        trafficking=True, location=PublicPlace(city="Zzyzxville", street="1 Zzyzx St", zip="65101"), confirmed="2026-10-02",
        published="2022-07", also_known_as=("A", "B")))  # fmt: skip
    assert {name: row[name] for name in (
        "phone", "phone_label", "phone_hours", "other_phones", "serves", "people", "languages", "also_known_as", "street", "city",
        "zip", "county", "county_fips", "state", "place", "says_it_serves_trafficking_survivors", "confirmed_on", "confirmed_how",
        "newest_source", "sources", "edition", "license")} == {
        "phone": "573-555-0100 ext. 12", "phone_label": "crisis line", "phone_hours": "24 hours a day",
        "other_phones": "988 (office, Monday to Friday, 8 am to 5 pm)",
        "serves": "Cole County; Central region; the whole country", "people": "women; teens", "languages": "Spanish",
        "also_known_as": "A; B", "street": "1 Zzyzx St", "city": "Zzyzxville", "zip": "65101", "county": "Cole County",
        "county_fips": "29051", "state": "MO", "place": "public", "says_it_serves_trafficking_survivors": "yes",
        "confirmed_on": "2026-10-02", "confirmed_how": "phone", "newest_source": "2022-07", "sources": "A list (2022-07)",
        "edition": "2026-11-24", "license": "CC BY 4.0"}  # fmt: skip


def test_what_is_not_known_is_an_empty_cell(guide):
    [row] = rows(guide, listing(area="us"))
    filled = {"id", "name", "summary", "kinds_of_help", "place", "sources", "edition", "license"}
    assert {name for name, cell in row.items() if cell} == filled


@pytest.mark.parametrize(("place", "told"), [
    (WithheldPlace(), ("kept confidential or not known", "", "", "")), (AreaPlace(city="Zzyzxville"), ("city only", "", "Zzyzxville", "")),
])  # fmt: skip
def test_of_a_place_that_is_not_public_no_street_and_no_zip_code_is_told(guide, place, told):
    [row] = rows(guide, listing(location=place))
    assert (row["place"], row["street"], row["city"], row["zip"]) == told


def test_a_name_that_excel_would_calculate_is_a_text(guide):
    assert rows(guide, listing(name="=1+1"))[0]["name"] == "'=1+1"


def test_open_eligibility_stands_apart_with_attribution_and_its_own_license(guide):
    found = read(eligibility_csv(guide.open_eligibility, imprint_of(guide, EDITION)))
    mapping = written("open_eligibility.yaml")
    assert [(row["our_id"], row["term_id"], row["term_title"]) for row in found] == [
        *((one["service"], one["id"], one["title"]) for one in mapping["terms"]),
        *((one["people"], one["id"], one["title"]) for one in mapping["people"])]  # fmt: skip
    assert {row["license"] for row in found} == {"CC BY-SA 3.0"}
    assert all("Aunt Bertha" in row["attribution"] and row["edition"] == "2026-11-24" for row in found)
