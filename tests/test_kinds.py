"""How a phone number, a date, hours, an address are written, and what they mean."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide.kinds import (
    PartialDate,
    PhoneNumber,
    one_of,
    read_day,
    read_email,
    read_fips,
    read_hours,
    read_number,
    read_partial_date,
    read_phone,
    read_slug,
    read_text,
    read_text_line,
    read_url,
    read_yes_no,
    read_zip,
)  # fmt: skip


def wrong(read, text):
    """Give what is said of a text that cannot be read."""
    with pytest.raises(ValueError) as error:
        read(text)
    return str(error.value)


# Phones


@pytest.mark.parametrize(
    "spelling",
    ["573-634-4911", "(573) 634-4911", "(573)634-4911", "573.634.4911", "573 634 4911", "573/634-4911", "5736344911",
     "1-573-634-4911", "+1 573 634 4911", "1 (573) 634-4911", "573\u2013634\u20134911", "573\u2011634\u20114911",
     "573 - 634 - 4911", "573\u00a0634\u00a04911"],
)  # fmt: skip
def test_a_phone_in_every_usual_spelling(spelling):
    assert read_phone(spelling) == PhoneNumber("5736344911")


@pytest.mark.parametrize(
    "spelling",
    ["573-634-4911 x12", "573-634-4911x12", "573-634-4911 ext. 12", "573-634-4911 ext 12", "573-634-4911, ext. 12",
     "573-634-4911; x12", "573-634-4911 EXT 12", "573-634-4911 extension 12", "573-634-4911 #12", "(573) 634-4911 X 12"],
)  # fmt: skip
def test_an_extension_in_every_usual_spelling(spelling):
    assert read_phone(spelling) == PhoneNumber("5736344911", "12")


@pytest.mark.parametrize("short", ["988", "911", "211", "2-1-1", "811"])
def test_a_short_number_stays_short(short):
    assert str(read_phone(short)) == short.replace("-", "")


@pytest.mark.parametrize("code", ["314", "557", "417", "573", "235", "636", "660", "816", "975", "618", "730", "800", "888", "833"])
def test_area_codes_of_missouri_the_metro_east_and_toll_free(code):
    assert read_phone(f"{code}-234-5678").digits == f"{code}2345678"


@pytest.mark.parametrize(
    "number",
    ["573-634-491", "573-634-49111", "2-573-634-4911", "000-000-0000", "123-456-7890", "573-134-4911", "+44 20 7946 0958",
     "112", "988 x1", "573-634-4911 / 573-634-4912", "x12", "+", "()", "", "\u0665\u0667\u0663-634-4911", "\u202a573-634-4911"],
)  # fmt: skip
def test_what_is_no_us_number_is_told(number):
    assert wrong(read_phone, number) == f"'{number}' is not a US phone number (10 digits, like 573-634-4911)"


@pytest.mark.parametrize("number", ["416-555-1234", "555-634-4911", "787-234-5678"], ids=["Canada", "none", "Puerto Rico"])
def test_a_code_of_another_place_is_told(number):
    assert f"{number[:3]} is no US area code" in wrong(read_phone, number)


@pytest.mark.parametrize("number", ["1-800-799-SAFE", "573-634-4911 option 2", "573-634-4911 (office)", "call the office"])
def test_letters_in_a_phone_are_told(number):
    assert "has letters; write the digits" in wrong(read_phone, number)


@pytest.mark.parametrize(
    ("number", "link"),
    [("573-634-4911", "tel:+15736344911"), ("573-634-4911 x12", "tel:+15736344911,12"), ("988", "tel:988")],
)
def test_a_phone_is_dialed_with_its_extension(number, link):
    assert read_phone(number).link == link


@pytest.mark.parametrize("number", ["573-634-4911", "573-634-4911 ext. 12", "988"])
def test_a_phone_that_is_printed_reads_as_itself(number):
    assert str(read_phone(number)) == number


@pytest.mark.parametrize(
    ("text", "link"),
    [("573-433-4631", "sms:+15734334631"), ("+1 (573) 433-4631", "sms:+15734334631"), ("5734334631", "sms:+15734334631"),
     ("44357 (text SAFE)", "sms:44357"), ("START (88788)", "sms:88788"), ("HOME to 741741", "sms:741741"),
     ("text 4HOPE to 741741", "sms:741741"), ("988", "sms:988")],
)  # fmt: skip
def test_a_text_line_names_the_number_to_text_to(text, link):
    assert (read_text_line(text).link, read_text_line(text).words) == (link, text)


@pytest.mark.parametrize("text", ["START", "HELP (123)", "233733 or 988", "573-433-463", "text us"])
def test_a_text_line_without_one_number_is_told(text):
    assert "must name one number to text to" in wrong(read_text_line, text)


def test_a_text_line_must_be_a_us_number():
    assert "is not a US phone number" in wrong(read_text_line, "000-000-0000")


# Dates


@pytest.mark.parametrize(
    ("text", "words", "first"),
    [("2022", "2022", date(2022, 1, 1)), ("2022-07", "July 2022", date(2022, 7, 1)),
     ("2022-07-13", "July 13, 2022", date(2022, 7, 13)), ("2024-02-29", "February 29, 2024", date(2024, 2, 29))],
    ids=["year", "month", "day", "leap day"],
)  # fmt: skip
def test_a_date_is_as_exact_as_it_is_known(text, words, first):
    day = read_partial_date(text)
    assert (str(day), day.words, day.first_day()) == (text, words, first)


@pytest.mark.parametrize("text", ["2022-13", "2022-00", "2022-02-29", "2022-07-32", "2022-07-00", "1899", "0000"])
def test_a_day_that_does_not_exist_is_told(text):
    assert wrong(read_partial_date, text).startswith(f"'{text}' is a date that does not exist")


@pytest.mark.parametrize("text", ["07/13/2022", "2022-7-13", "2022-7", "July 2022", "20220713", "2022-07-13T10:00", "22", "last year"])
def test_what_is_no_date_is_told_how_to_write_one(text):
    assert wrong(read_partial_date, text) == f"'{text}' is not a date; write 2022-07-13, or 2022-07 or 2022 if no more is known"


@pytest.mark.parametrize("text", ["2022", "2022-07"])
def test_a_confirmation_needs_a_whole_date(text):
    assert wrong(read_day, text) == f"'{text}' must be a whole date, like 2022-07-13"


@given(st.dates(min_value=date(1900, 1, 1)))
def test_every_day_since_1900_reads_as_itself(day):
    assert read_day(day.isoformat()) == PartialDate(day.year, day.month, day.day)
    assert str(read_day(day.isoformat())) == day.isoformat()


def test_dates_sort_by_time():
    written = ["2022", "2022-07", "2022-07-13", "2022-08", "2023"]
    assert [str(day) for day in sorted(map(read_partial_date, reversed(written)))] == written


# Hours


@pytest.mark.parametrize(
    ("hours", "words"),
    [("24/7", "24 hours a day"),
     ("Mo-Fr 08:00-17:00", "Monday to Friday, 8 am to 5 pm"),
     ("Mo-Th 09:00-17:00; Fr 09:00-12:00", "Monday to Thursday, 9 am to 5 pm; Friday, 9 am to noon"),
     ("Mo,We 08:30-12:00,13:00-16:45", "Monday and Wednesday, 8:30 am to noon and 1 pm to 4:45 pm"),
     ("Mo-We,Fr 12:00-24:00", "Monday to Wednesday and Friday, noon to midnight"),
     ("Mo,We,Fr 09:00-10:00", "Monday, Wednesday and Friday, 9 am to 10 am"),
     ("Mo-Fr 22:00-02:00", "Monday to Friday, 10 pm to 2 am"),
     ("Mo-Fr 17:00-26:00", "Monday to Friday, 5 pm to 2 am"),
     ("Sa 12:30-00:30", "Saturday, 12:30 pm to 12:30 am"),
     ("Mo-Su 00:00-24:00", "every day, 24 hours"),
     ("00:00-08:00", "every day, midnight to 8 am"),
     ("Mo-Fr 08:00-17:00; PH off", "Monday to Friday, 8 am to 5 pm; holidays, closed"),
     ("Sa,Su off", "Saturday and Sunday, closed")],
)  # fmt: skip
def test_hours_read_as_plain_words(hours, words):
    assert read_hours(hours).words == words


@pytest.mark.parametrize("hours", ["Tu[1] 10:00-12:00", "Mo-Fr 08:00+", "sunrise-sunset", 'Mo-Fr "by appointment"'])
def test_hours_beyond_our_words_stay_as_they_are_written(hours):
    assert read_hours(hours).words == hours


@pytest.mark.parametrize("hours", ["Mo-Fr 8-5", "8am-5pm", "Mon-Fri 08:00-17:00", "24 hours", "25:00-26:00", "anytime", ""])
def test_hours_that_nobody_can_read_are_told(hours):
    assert wrong(read_hours, hours).startswith(f"'{hours}' is not written as hours; write 24/7, Mo-Fr 08:00-17:00,")


def test_only_24_7_is_open_at_any_hour():
    assert [read_hours(hours).all_day for hours in ("24/7", "Mo-Fr 00:00-24:00")] == [True, False]


# Addresses


@pytest.mark.parametrize("url", ["https://a.org", "http://a.org/b?c=d&e=%20#f", "https://a-b.co.uk:8080/", "HTTPS://A.org"])
def test_a_link_may_be_http_or_https(url):
    assert read_url(url) == url


@pytest.mark.parametrize(
    "url",
    ["a.org", "www.a.org", "//a.org", "ftp://a.org", "mailto:a@b.org", "javascript:alert(1)", "data:text/html,x",
     "file:///etc/passwd", "https://", "https:a.org", "https://a", "https://localhost", "https://127.0.0.1", "https://[::1]/",
     "https://[bad", "https://a.org:99999", "https://a.org:x", "https://a.org@b.org", "https://a.org\\@b.org",
     "https://a b.org", "https://a.org/a b", 'https://a.org/"x', "https://a.org/<b>", "https://a..org", "https://-a.org", "n/a"],
)  # fmt: skip
def test_what_is_no_link_is_told(url):
    assert wrong(read_url, url).startswith(f"'{url}' is not a web address")


@pytest.mark.parametrize("email", ["help@agency.org", "first.last+a@b-c.co.uk", "A1_b@x.info"])
def test_an_email_address(email):
    assert read_email(email) == email


@pytest.mark.parametrize(
    "email",
    ["help", "help@", "@agency.org", "help@agency", "a b@agency.org", "a@@agency.org", "a..b@agency.org", "a@-b.org",
     "mailto:a@b.org", "A <a@b.org>", "a@b.org, c@d.org", "a@b.org.", "h\u00e9@b.org", "a (at) b.org"],
)  # fmt: skip
def test_what_is_no_email_is_told(email):
    assert wrong(read_email, email) == f"'{email}' is not an e-mail address, like name@example.org"


@pytest.mark.parametrize("code", ["65101", "65101-1234", "02139"])
def test_a_zip_code(code):
    assert read_zip(code) == code


@pytest.mark.parametrize("code", ["6510", "651011", "65101-", "65101 1234", "A5101", "\u0666\u0665101"])
def test_what_is_no_zip_code_is_told(code):
    assert wrong(read_zip, code) == f"'{code}' is not a ZIP code (5 digits, like 65101)"


# Plain values


def test_a_text_is_one_line():
    assert read_text("  a \n\n b\t\u00a0c ") == "a b c"


@pytest.mark.parametrize("slug", ["a", "safe-house-2", "988-line", "a" * 80])
def test_an_id(slug):
    assert read_slug(slug) == slug


@pytest.mark.parametrize("slug", ["A", "a b", "a_b", "a--b", "-a", "a-", "\u00e9", "a/b", "../a", "a.html", "a" * 81])
def test_what_is_no_id_is_told(slug):
    assert wrong(read_slug, slug).startswith(f"'{slug}' is not an id: use lower-case letters, digits and single hyphens")


@pytest.mark.parametrize(("text", "value"), [("true", True), ("Yes", True), ("FALSE", False), ("no", False)])
def test_yes_and_no(text, value):
    assert read_yes_no(text) is value


@pytest.mark.parametrize(
    ("read", "text"),
    [(read_yes_no, "maybe"), (read_yes_no, "1"), (read_number, "-1"), (read_number, "1.5"), (read_number, "many"),
     (read_fips, "2905"), (read_fips, "Cole"), (one_of("phone", "email").read, "fax"), (read_text, " \n ")],
)  # fmt: skip
def test_a_wrong_value_is_told(read, text):
    assert wrong(read, text)


READERS = (read_phone, read_text_line, read_partial_date, read_day, read_hours, read_url, read_email, read_zip, read_slug,
           read_yes_no, read_number, read_text)  # fmt: skip


@given(st.sampled_from(READERS), st.text(max_size=60) | st.text("0123456789-:;, MoFr/+xt()#@.[]\"", max_size=60))
def test_any_text_is_read_or_told(read, text):
    try:
        read(text)
    except ValueError as error:
        assert str(error)
