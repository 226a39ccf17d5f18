"""A saved contact rings the right number, and says no more than the page does."""

from __future__ import annotations

import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st
from listing_maker import listings as listings_like
from msgspec.structs import replace
from sample import EDITION, listing
from sample import phone as phone_of

from guide.exports.imprint import imprint_of
from guide.exports.names import names_of
from guide.exports.vcard import escaped, folded, vcard_address, vcard_files
from guide.kinds import PhoneNumber, read_text_line
from guide.model import AreaPlace, Phone, PublicPlace, WithheldPlace


def contact(guide, one):
    [(address, data)] = vcard_files([one], names_of(guide), imprint_of(guide, EDITION))
    assert address == f"listings/{one.id}.vcf"
    return vobject.readOne(data.decode("utf-8"))


def test_every_contact_of_the_guide_can_be_read_and_rings_every_number(guide):
    files = dict(vcard_files(guide.listings, names_of(guide), imprint_of(guide, EDITION)))
    by_address = {vcard_address(one): one for one in guide.listings if one.phones or one.text or one.website}
    assert files.keys() == by_address.keys()
    for address, data in files.items():
        one, card = by_address[address], vobject.readOne(data.decode("utf-8"))
        wanted = [phone.number.link.removeprefix("tel:") for phone in one.phones]
        wanted += [one.text.link.removeprefix("sms:")] if one.text else []
        assert [tel.value for tel in card.contents.get("tel", [])] == wanted
        assert card.fn.value == one.name and card.org.value == [one.name]
        assert [url.value for url in card.contents.get("url", [])] == ([one.website] if one.website else [])


def test_any_name_comes_back_as_it_was(guide):
    @given(listings_like(guide))
    def comes_back(one):
        card = contact(guide, replace(one, phones=(phone_of(),)))
        assert card.fn.value == one.name

    comes_back()


def test_the_number_to_call_first_is_preferred_and_each_says_what_it_is_for(guide):
    phones = (Phone(number=PhoneNumber("5735550100", "12"), label="crisis line"), Phone(number=PhoneNumber("988")))
    card = contact(guide, listing(phones=phones, text=read_text_line("START (88788)")))
    first, second, text = card.contents["tel"]
    assert (first.value, second.value, text.value) == ("+15735550100,12", "988", "88788")
    assert ["PREF" in tel.params["TYPE"] for tel in (first, second, text)] == [True, False, False]
    labels = {one.group: one.value for one in card.contents["x-ablabel"]}
    assert labels == {first.group: "crisis line", text.group: "text: START (88788)"}


@pytest.mark.parametrize(("place", "city"), [
    (WithheldPlace(), None), (AreaPlace(city="Zzyzxville"), "Zzyzxville"),
    (PublicPlace(city="Zzyzxville", street="1 Zzyzx St; B", zip="65101"), "Zzyzxville"), (PublicPlace(), None),
])  # fmt: skip
def test_the_address_is_what_may_be_told_of_the_place(guide, place, city):
    card = contact(guide, listing(phones=(phone_of(),), location=place))
    addresses = card.contents.get("adr", [])
    assert [one.value.city for one in addresses] == ([city] if city else [])
    if isinstance(place, PublicPlace) and city:
        [told] = addresses
        assert (told.value.street, told.value.code, told.value.region) == (place.street, place.zip, "MO")


def test_the_note_says_that_nobody_confirmed_it_and_which_edition_it_is_of(guide):
    note = contact(guide, listing(phones=(phone_of(),), published="2022-07")).note.value
    assert note == ("Nobody has confirmed this listing. It comes from public sources, the newest of July 2022. Call first. "
                    "Missouri Resource Guide, edition 2026-11-24, CC BY 4.0.")  # fmt: skip
    assert "Confirmed by phone on October 2, 2026." in contact(guide, listing(phones=(phone_of(),), confirmed="2026-10-02")).note.value


def test_a_listing_without_number_and_site_has_no_contact(guide):
    assert vcard_address(listing()) is None


@given(st.text(st.characters(codec="utf-8", exclude_characters="\r\n"), max_size=300))
def test_no_line_is_longer_than_75_bytes_and_none_ends_inside_a_character(text):
    data = folded(text)
    parts = data.removesuffix(b"\r\n").split(b"\r\n")
    assert all(len(part) <= 75 for part in parts)
    assert "".join(part.decode("utf-8")[1 if number else 0 :] for number, part in enumerate(parts)) == text


def test_signs_that_mean_something_are_escaped():
    assert escaped("a,b;c\\d\ne") == "a\\,b\\;c\\\\d\\ne"
