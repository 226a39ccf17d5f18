"""Opening hours become days and times only where a week tells them all."""

from __future__ import annotations

import pytest

from guide.exports.weekly import DAYS, weekly
from guide.kinds import HOURS

WORKDAYS = DAYS[:5]


@pytest.mark.parametrize(("hours", "openings"), [
    ("24/7", [(DAYS, "00:00", "24:00")]),
    ("Mo-Fr 08:00-17:00", [(WORKDAYS, "08:00", "17:00")]),
    ("09:00-16:00", [(DAYS, "09:00", "16:00")]),
    ("19:00-07:00", [(DAYS, "19:00", "07:00")]),
    ("Mo,We 08:00-12:00,13:00-17:00", [(("Mo", "We"), "08:00", "12:00"), (("Mo", "We"), "13:00", "17:00")]),
    ("Fr-Mo 10:00-12:00", [(("Mo", "Fr", "Sa", "Su"), "10:00", "12:00")]),
    ("Mo-Fr 08:00-17:00; We 09:00-12:00", [(("Mo", "Tu", "Th", "Fr"), "08:00", "17:00"), (("We",), "09:00", "12:00")]),
    ("Mo-Th 08:00-22:00; Fr 08:00-24:00", [(DAYS[:4], "08:00", "22:00"), (("Fr",), "08:00", "24:00")]),
    ("Mo-Fr 08:00-17:00; We off", [(("Mo", "Tu", "Th", "Fr"), "08:00", "17:00")]),
])  # fmt: skip
def test_a_week_is_told(hours, openings):
    assert [(one.days, one.opens, one.closes) for one in weekly(HOURS.read(hours))] == openings


@pytest.mark.parametrize("hours", [
    "Mo-Fr 08:00-17:00; PH off", "sunrise-sunset", "week 1-10 Mo 08:00-10:00", "Mo[1] 10:00-12:00", "Mo 18:00-26:00",
    "Jan-Mar Mo-Fr 08:00-17:00", "Mo-Fr 08:00+", "Mo-Fr", 'Mo-Fr 08:00-17:00 "by appointment"',
])  # fmt: skip
def test_what_a_week_does_not_tell_is_left_to_words(hours):
    assert weekly(HOURS.read(hours)) == ()


def test_every_listing_that_is_open_is_told_with_the_days_that_its_words_name(guide):
    told = [one for listing in guide.listings for one in (listing.hours, *(phone.hours for phone in listing.phones)) if one]
    assert told and all(weekly(hours) for hours in told)
