"""Facts as people write them → as the data hold them. What could mean two things is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide.editing.plain_facts import (
    Address,
    read_address,
    read_phone_line,
    read_plain_date,
    read_plain_day,
    read_source,
)
from guide.editing.plain_hours import read_plain_hours
from guide.kinds import read_hours


@pytest.mark.parametrize(("text", "hours"), [
    ("24/7", "24/7"), ("24 hours a day", "24/7"), ("24 hours a day, 7 days a week", "24/7"), ("around the clock", "24/7"),
    ("Mo-Fr 08:00-17:00", "Mo-Fr 08:00-17:00"), ("Monday to Friday, 8 am to 5 pm", "Mo-Fr 08:00-17:00"),
    ("Mon - Fri 8am - 5pm", "Mo-Fr 08:00-17:00"), ("M-F 8 a.m. to 4:30 p.m.", "Mo-Fr 08:00-16:30"),
    ("Weekdays from 9:00 to 17:00", "Mo-Fr 09:00-17:00"), ("8:30am\u20135pm Monday through Friday", "Mo-Fr 08:30-17:00"),
    ("Mon, Wed & Fri 9 am-noon and 1 pm-5 pm; Sat closed", "Mo,We,Fr 09:00-12:00,13:00-17:00; Sa off"),
    ("Monday to Thursday 8 am to 10 pm,\nFriday 8 am to midnight", "Mo-Th 08:00-22:00; Fr 08:00-24:00"),
    ("every day, 7 pm to 7 am", "Mo-Su 19:00-07:00"), ("Thursdays: 10am-2pm", "Th 10:00-14:00"),
    ("12 pm to 12 am", "12:00-24:00"), ("midnight to 8 am", "00:00-08:00"), ("weekends noon to 4 pm", "Sa-Su 12:00-16:00"),
])  # fmt: skip
def test_hours_are_read_as_people_write_them(text, hours):
    assert str(read_plain_hours(text)) == hours


@pytest.mark.parametrize("text", [
    "8-5", "Mon-Fri 8-5", "8 to 5 pm", "9:00-5:00", "Mo-Fr 9:00-5:00", "1-2 pm", "Tuesday 9 am", "13 pm to 14 pm", "0 am to 5 pm",
    "8:75 am to 5 pm", "by appointment", "24-hour line", "T 8 am to 5 pm", "Monday to", "office hours", "x" * 300, "",
    "8 am to 5 pm, Monday to Friday; Saturday, 9 am to noon", "Mo-Fr 25:00-26:00",
])  # fmt: skip
def test_hours_that_could_mean_two_things_or_none_are_refused(text):
    with pytest.raises(ValueError, match=r"24/7|Mo-Fr 08:00-17:00"):
        read_plain_hours(text)


def test_the_hours_that_the_pages_show_are_read_as_what_they_are(guide):
    shown = {hours for listing in guide.listings for hours in (listing.hours, *(phone.hours for phone in listing.phones)) if hours}
    assert shown
    for hours in shown:
        assert str(read_plain_hours(hours.words)) in (str(hours), f"Mo-Su {hours}")


@given(st.text())
def test_any_text_is_hours_or_is_refused(text):
    try:
        hours = read_plain_hours(text)
    except ValueError:
        return
    assert read_hours(str(hours)) == hours


@pytest.mark.parametrize(("text", "plain"), [
    ("573-555-0142", {"number": "573-555-0142"}),
    ("(573) 555-0142 ext. 12", {"number": "573-555-0142 x12"}),
    ("573-555-0142, ext 12, office", {"number": "573-555-0142 x12", "label": "office"}),
    ("573-555-0142, 24-hour line, 24/7", {"number": "573-555-0142", "label": "24-hour line", "hours": "24/7"}),
    ("573.555.0142, office, Monday to Friday, 8 am to 5 pm", {"number": "573-555-0142", "label": "office", "hours": "Mo-Fr 08:00-17:00"}),
    ("573-555-0142, intake, ask for help", {"number": "573-555-0142", "label": "intake, ask for help"}),
    ("573-555-0142, 24/7", {"number": "573-555-0142", "hours": "24/7"}), ("988", {"number": "988"}),
])  # fmt: skip
def test_a_phone_is_read_with_what_it_is_for_and_when_it_is_answered(text, plain):
    assert read_phone_line(text).plain == plain


@pytest.mark.parametrize("text", ["", "office", "573-555", "office, 573-555-0142", "123-555-0142"])
def test_a_line_without_a_number_at_its_beginning_is_refused(text):
    with pytest.raises(ValueError, match=r"573-634-4911|area code"):
        read_phone_line(text)


@pytest.mark.parametrize(("text", "address"), [
    ("301 East High Street, Jefferson City, MO 65101", Address("301 East High Street", "Jefferson City", "65101")),
    ("301 East High Street, Suite 4\nJefferson City, Missouri", Address("301 East High Street, Suite 4", "Jefferson City", "")),
    ("301 East High Street, Jefferson City MO 65101-1234", Address("301 East High Street", "Jefferson City", "65101-1234")),
    ("Jefferson City", Address("", "Jefferson City", "")), ("Jefferson City, MO", Address("", "Jefferson City", "")),
])  # fmt: skip
def test_an_address_is_read_in_one_line_or_several(text, address):
    assert read_address(text) == address


@pytest.mark.parametrize("text", ["", "301 East High Street", "65101", "Jefferson City 65101", ","])
def test_half_an_address_is_refused_and_not_repeated(text):
    with pytest.raises(ValueError, match="write it like") as raised:
        read_address(text)
    assert not text.strip(",") or text not in str(raised.value).partition("write it like")[0]


@pytest.mark.parametrize(("text", "day"), [("2026-11-24", "2026-11-24"), ("11/24/2026", "2026-11-24"), ("1/2/2026", "2026-01-02")])
def test_a_day_is_read_as_it_is_written_here(text, day):
    assert read_plain_day(text) == read_plain_date(text) == day


@pytest.mark.parametrize("text", ["24/11/2026", "11/24/26", "2026-11", "yesterday", "", "2/30/2026"])
def test_a_day_that_does_not_exist_or_is_not_exact_is_refused(text):
    with pytest.raises(ValueError, match="2022-07-13"):
        read_plain_day(text)


def test_a_source_is_an_address_or_words():
    assert read_source("https://www.example.org/a") == {"url": "https://www.example.org/a"}
    assert read_source("their  leaflet") == {"title": "their leaflet"}
    for wrong in ("www.example.org", "https://example", "http://[::1]/"):
        with pytest.raises(ValueError, match="web address"):
            read_source(wrong)
