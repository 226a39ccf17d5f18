"""The page of a public listing holds its facts in the words of schema.org; no other page does."""

from __future__ import annotations

import json
import re

import html5lib
from hypothesis import given
from listing_maker import listings as listings_like
from sample import EDITION, listing
from sample import phone as phone_of

from guide.exports.imprint import imprint_of
from guide.exports.json_ld import json_ld
from guide.exports.names import names_of
from guide.model import AreaPlace, PublicPlace, WithheldPlace


def facts(guide, one):
    return json_ld(one, names_of(guide), imprint_of(guide, EDITION))


def test_just_the_pages_of_public_listings_hold_facts(read, guide):
    public = {f"listings/{one.id}.html" for one in guide.listings if isinstance(one.location, PublicPlace)}
    assert {address for address, page in read.items() if page.facts} == public
    assert all(len(page.facts) <= 1 for page in read.values())


def test_the_facts_in_a_page_are_those_of_its_listing(read, guide):
    for one in guide.listings:
        for text in read[f"listings/{one.id}.html"].facts:
            told = json.loads(text)["mainEntity"]
            assert told["name"] == one.name
            assert [point["telephone"] for point in told.get("contactPoint", [])] == [str(phone.number) for phone in one.phones]
            assert told["address"].get("streetAddress") == one.location.street
            assert told["address"].get("postalCode") == one.location.zip


def test_a_place_that_is_not_public_has_none(guide):
    assert facts(guide, listing(location=WithheldPlace())) == facts(guide, listing(location=AreaPlace(city="Zzyzxville"))) == ""


def test_no_text_can_end_the_script_or_begin_another(guide):
    @given(listings_like(guide))
    def stays_inside(one):
        text = facts(guide, one)
        assert not re.search("[<>&\u2028\u2029]", text)
        page = html5lib.HTMLParser(namespaceHTMLElements=False).parse(f'<script type="application/ld+json">{text}</script><p>x')
        assert [child.tag for child in page.find("head")] == ["script"] and page.find("head/script").text in (text, None)
        if text:
            assert json.loads(text)["mainEntity"]["description"] == one.summary

    stays_inside()


def test_the_facts_say_whom_it_serves_when_a_phone_is_answered_and_what_it_offers(guide):
    told = json.loads(facts(guide, listing(
        phones=(phone_of(hours="Mo-Fr 08:00-24:00"),), serves=("mo/cole", "mo", "us", "metro-east"), languages=("es", "ase"),
        location=PublicPlace(city="Zzyzxville"))))  # fmt: skip
    assert (told["sdDatePublished"], told["sdLicense"]) == ("2026-11-24", "https://creativecommons.org/licenses/by/4.0/")
    assert told["creditText"] == "Missouri Resource Guide, edition 2026-11-24"
    one = told["mainEntity"]
    assert one["address"] == {"@type": "PostalAddress", "addressLocality": "Zzyzxville", "addressRegion": "MO", "addressCountry": "US"}
    assert [(area["@type"], area["name"]) for area in one["areaServed"]] == [
        ("AdministrativeArea", "Cole County, Missouri"), ("State", "Missouri"), ("Country", "United States"),
        ("AdministrativeArea", "Metro East")]  # fmt: skip
    [hours] = one["contactPoint"][0]["hoursAvailable"]
    assert (hours["opens"], hours["closes"], hours["dayOfWeek"][0], len(hours["dayOfWeek"])) == ("08:00", "23:59", "Monday", 5)
    assert one["knowsLanguage"] == ["es", "ase"]
    assert one["makesOffer"][0]["itemOffered"]["name"] == "Case management"
