"""One listing: what its lines may say, and what is told, with line, column, place and remedy."""

from __future__ import annotations

import pytest

# What is understood


@pytest.mark.parametrize(
    "lines",
    [["phones:", "  - number: 5736344911"], ["phones:", "  - number: 573.634.4911 x12"], ["phones: [{number: 988}]"],
     ["location: {visibility: public, city: Jefferson City, street: 1 Oak St, zip: 65101}"],
     ["location: {visibility: public, city: Jefferson City, zip: 65101-1234}"],
     ["location:", "  city: Jefferson City"], ["trafficking: yes"], ["trafficking: True"], ["languages: [en, es]"],
     ["serves: [mo/cole, central, mo, us]"], ["hours: 24/7"], ["confirmed: {on: 2024-02-29, how: phone}"],
     ["eligibility: >-", "  Anyone", "  at all"], ["fees: 0"], ["also_known_as: [No, 12]"]],
)  # fmt: skip
def test_usual_spellings_are_understood(listing_problems, lines):
    assert listing_problems(*lines) == []


@pytest.mark.parametrize(
    "spoil",
    [lambda text: text.replace("\n", "\r\n"), lambda text: "\ufeff" + text, lambda text: text.replace("\n", "  \n"),
     lambda text: text.rstrip(), lambda text: "# ours\n\n" + text],
    ids=["CRLF", "byte-order mark", "trailing blanks", "no last line end", "a comment"],
)  # fmt: skip
def test_a_file_as_any_editor_saves_it_is_understood(file_problems, one_listing, spoil):
    assert file_problems(spoil(one_listing)) == []


@pytest.mark.parametrize("spoil", [lambda t: t.replace("\n", "\r\n"), lambda t: "\ufeff" + t], ids=["CRLF", "byte-order mark"])
def test_lines_and_columns_are_counted_alike_however_the_file_is_saved(file_problems, one_listing, spoil):
    [problem] = file_problems(spoil(one_listing + "    zzz: 1\n"))
    assert problem.startswith("8:5: zzz: ")


# Keys


@pytest.mark.parametrize(
    ("lines", "told"),
    [(["name: Two"], "8:5: name: stands twice (first in line 3); delete one of them"),
     (["phones:", "  - number: 988", "    number: 911"], "10:9: phones[0].number: stands twice (first in line 9); delete "
                                                         "one of them"),
     (["location: {city: Cole, city: Cole}"], "8:28: location.city: stands twice (first in line 8); delete one of them")],
)  # fmt: skip
def test_a_key_that_stands_twice_is_told_where_the_second_is(listing_problems, lines, told):
    assert listing_problems(*lines) == [told]


def test_a_list_of_listings_that_stands_twice_is_told(file_problems, one_listing):
    assert file_problems(one_listing + "listings: []\n") == ["8:1: listings: stands twice (first in line 1); delete one "
                                                             "of them"]


@pytest.mark.parametrize(
    ("lines", "told"),
    [(["phnes: []"], "8:5: phnes: 'phnes' is not a key here; did you mean phones?"),
     (["Website: https://a.org"], "8:5: Website: 'Website' is not a key here; did you mean website?"),
     (["how to refer: Call"], "8:5: how to refer: 'how to refer' is not a key here; did you mean how_to_refer?"),
     (["phones:", "  - numbr: 988", "    number: 988"], "9:9: phones[0].numbr: 'numbr' is not a key here; did you mean "
                                                        "number?"),
     (["phone: 988"], "8:5: phone: write 'phones:' and below it '- number: 573-634-4911'"),
     (["county: mo/cole"], "8:5: county: the county is the file that the listing stands in; which counties it serves stands "
                           "under 'serves'"),
     (["? [a, b]", ": c"], "8:7: ?: '?' is not a key here; the keys are id, name,")],
)  # fmt: skip
def test_an_unknown_key_is_told_with_the_one_that_was_meant(listing_problems, lines, told):
    [problem] = listing_problems(*lines)
    assert problem.startswith(told)


@pytest.mark.parametrize(("line", "key"), [(2, "id"), (3, "name"), (4, "summary")])
def test_a_key_that_is_missing_is_told_at_the_listing(file_problems, one_listing, line, key):
    lines = one_listing.replace("  - id", "  -\n    id").splitlines()
    del lines[line]
    [problem] = file_problems("\n".join(lines))
    assert problem.startswith(f"3:5: {key}: is missing: ")


def test_a_phone_without_number_is_told_at_that_phone(listing_problems):
    [problem] = listing_problems("phones:", "  - label: office")
    assert problem.startswith("9:9: phones[0].number: is missing: ")


# Types


@pytest.mark.parametrize(
    ("lines", "told"),
    [(["fees: [Free]"], "8:5: fees: must be one value, not a list"),
     (["fees: {a: b}"], "8:5: fees: must be one value, not a mapping"),
     (["fees:"], "8:5: fees: is empty; fill it in, or delete the line"),
     (["fees: ''"], "8:5: fees: is empty; fill it in, or delete the line"),
     (["fees: null"], "8:5: fees: is empty; fill it in, or delete the line"),
     (["serves: mo/cole"], "8:5: serves: must be a list, like [one, two]"),
     (["serves: []"], "8:5: serves: is an empty list; fill it in, or delete the line"),
     (["serves: {mo/cole: 1}"], "8:5: serves: must be a list, like [one, two]"),
     (["serves:", "  - [mo/cole]"], "9:9: serves[0]: must be one value, not a list"),
     (["serves:", "  -"], "9:8: serves[0]: is empty; fill it in, or delete the line"),
     (["phones: 988"], "8:5: phones: must be a list, like - key: value"),
     (["phones:", "  - 988"], "9:9: phones[0]: must be 'key: value' lines (number, label, hours …)"),
     (["location: Jefferson City"], "8:5: location: must be 'key: value' lines (visibility, city …)"),
     (["confirmed: 2024-01-01"], "8:5: confirmed: must be 'key: value' lines (on, how …)"),
     (["trafficking: maybe"], "8:5: trafficking: 'maybe' must be true or false"),
     (["location: {visibility: secret}"], "8:16: location.visibility: 'secret' must be one of: public, area, withheld"),
     (["confirmed: {on: 2024-01-01, how: fax}"], "8:33: confirmed.how: 'fax' must be one of: phone, email, visit, website")],
)  # fmt: skip
def test_a_value_of_the_wrong_type_is_told_at_its_key(listing_problems, lines, told):
    assert listing_problems(*lines) == [told]


@pytest.mark.parametrize("text", ["listings: 5", "listings: {a: b}", "listings: null", "listings: text"])
def test_listings_that_are_no_list_are_told(file_problems, text):
    assert file_problems(text) == ["1:1: listings: must be a list, like - key: value"]


@pytest.mark.parametrize("text", ["5", "- a", "text"])
def test_a_file_that_holds_no_keys_is_told(file_problems, text):
    assert file_problems(text) == ["1:1: must be 'key: value' lines (listings …)"]


@pytest.mark.parametrize("item", ["null", "5", "[a]", "text"])
def test_a_listing_that_holds_no_keys_is_told(file_problems, item):
    [problem] = file_problems(f"listings:\n  - {item}\n")
    assert problem.startswith("2:5: must be 'key: value' lines (id, name,")


@pytest.mark.parametrize(
    ("lines", "told"),
    [(["serves: [mo/cole, mo/cole]"], "8:23: serves[1]: 'mo/cole' stands twice (first in line 8); delete one of them"),
     (["phones:", "  - number: 573-634-4911", "  - number: (573) 634-4911"],
      "10:9: phones[1]: the same stands twice (first in line 9); delete one of them")],
)  # fmt: skip
def test_an_item_that_stands_twice_in_a_list_is_told(listing_problems, lines, told):
    assert listing_problems(*lines) == [told]


# Names


@pytest.mark.parametrize(
    ("was", "now", "told"),
    [("[case-management]", "[case-managment]", "'case-managment' is not a service of data/services.yaml; did you mean "
                                               "case-management?"),
     ("[case-management]", "[Hotline]", "'Hotline' is not a service of data/services.yaml; did you mean crisis-line?"),
     ("[case-management]", "[qqq]", "'qqq' is not a service of data/services.yaml")],
)  # fmt: skip
def test_an_unknown_service_is_told(file_problems, one_listing, was, now, told):
    assert file_problems(one_listing.replace(was, now)) == [f"5:16: services[0]: {told}"]


@pytest.mark.parametrize(
    ("line", "told"),
    [("people: [adults, wimen]", "8:22: people[1]: 'wimen' is not a name of data/people.yaml; did you mean women?"),
     ("languages: [Spanish]", "8:17: languages[0]: 'Spanish' is not a language code of data/languages.yaml; did you mean es?"),
     ("serves: [cole]", "8:14: serves[0]: 'cole' is not a county, region, state or 'us'; did you mean mo/cole?"),
     ("serves: [mo/colle]", "8:14: serves[0]: 'mo/colle' is not a county, region, state or 'us'; did you mean mo/cole?"),
     ("serves: [Madison County]", "8:14: serves[0]: 'Madison County' is not a county, region, state or 'us'; did you mean "
                                  "mo/madison or il/madison?"),
     ("serves: [St. Louis City]", "8:14: serves[0]: 'St. Louis City' is not a county, region, state or 'us'; did you mean "
                                  "mo/st-louis-city?")],
)  # fmt: skip
def test_an_unknown_name_is_told_with_the_one_that_was_meant(listing_problems, line, told):
    assert listing_problems(line) == [told]


def test_st_louis_may_mean_the_region_the_city_or_the_county(listing_problems):
    [problem] = listing_problems("serves: [St. Louis]")
    assert all(name in problem for name in (" st-louis", "mo/st-louis-city", "mo/st-louis-county"))


# Values


@pytest.mark.parametrize(
    ("line", "told"),
    [("phones: [{number: 573-634-491}]", "8:15: phones[0].number: '573-634-491' is not a US phone number (10 digits, "
                                         "like 573-634-4911)"),
     ("phones: [{number: 57363449111}]", "8:15: phones[0].number: '57363449111' is not a US phone number (10 digits, "
                                         "like 573-634-4911)"),
     ("phones: [{number: 1-800-GET-HELP}]", "8:15: phones[0].number: '1-800-GET-HELP' has letters; write the digits (like "
                                            "573-634-4911) and put the word into the label"),
     ("phones: [{number: 604-555-0100}]", "8:15: phones[0].number: '604-555-0100' is not a US phone number (604 is no US "
                                          "area code)"),
     ("phones: [{number: +44 20 7946 0000}]", "8:15: phones[0].number: '+44 20 7946 0000' is not a US phone number"),
     ("website: www.a.org", "8:5: website: 'www.a.org' is not a web address that begins with https:// or http://"),
     ("website: ftp://a.org", "8:5: website: 'ftp://a.org' is not a web address that begins"),
     ("website: 'javascript:alert(1)'", "8:5: website: 'javascript:alert(1)' is not a web address that begins"),
     ("email: help at a.org", "8:5: email: 'help at a.org' is not an e-mail address, like name@example.org"),
     ("hours: 9 to 5", "8:5: hours: '9 to 5' is not written as hours; write 24/7, Mo-Fr 08:00-17:00"),
     ("text: HELP", "8:5: text: 'HELP' must name one number to text to"),
     ("location: {visibility: public, zip: 6510}", "8:36: location.zip: '6510' is not a ZIP code (5 digits, like 65101)"),
     ("confirmed: {on: 2023-02-29, how: phone}", "8:17: confirmed.on: '2023-02-29' is a date that does not exist"),
     ("confirmed: {on: 2023-02, how: phone}", "8:17: confirmed.on: '2023-02' must be a whole date, like 2022-07-13")],
)  # fmt: skip
def test_a_value_that_is_none_of_its_kind_is_told_at_its_key(listing_problems, line, told):
    [problem] = listing_problems(line)
    assert problem.startswith(told)


def test_a_wrong_id_is_told(file_problems, one_listing):
    [problem] = file_problems(one_listing.replace("id: one", "id: One House"))
    assert problem.startswith("2:5: id: 'One House' is not an id: use lower-case letters, digits and single hyphens")


@pytest.mark.parametrize("day", ["2022-13", "07/13/2022", "2022-07-32", "soon"])
def test_a_source_with_a_date_that_does_not_exist_is_told(file_problems, one_listing, day):
    [problem] = file_problems(one_listing + f"        published: {day}\n")
    assert problem.startswith(f"8:9: sources[0].published: '{day}' is ")


@pytest.mark.parametrize(
    ("value", "told"),
    [('"a\\0b"', "U+0000, a control character"), ('"a\\u200bb"', "U+200B, zero width space"),
     ('"a\\x07b"', "U+0007, a control character"), ('"a\\u2066b"', "U+2066, left-to-right isolate")],
)  # fmt: skip
def test_a_character_that_nobody_sees_is_told_though_it_is_written_as_an_escape(listing_problems, value, told):
    assert listing_problems(f"fees: {value}") == [f"8:5: fees: holds a character that cannot be seen ({told}, behind 'a'); "
                                                  "delete it, or type the text anew"]  # fmt: skip


# Every message can be read


def test_a_message_is_one_short_line_whatever_the_value(listing_problems):
    [problem] = listing_problems("email: |", *["  far too much text for an address"] * 300)
    assert "\n" not in problem
    assert len(problem) < 300


def test_a_number_in_front_of_many_blanks_is_read_at_once(listing_problems):
    assert listing_problems(f"phones: [{{number: '573-634-4911{' ' * 100_000}x12'}}]") == []


def test_every_problem_of_a_file_is_told_sorted_by_line(listing_problems):
    problems = listing_problems("fees:", "zzz: 1", "phones: [{number: 1}]", "website: x")
    assert [problem.split(": ")[:2] for problem in problems] == [
        ["8:5", "fees"], ["9:5", "zzz"], ["10:15", "phones[0].number"], ["11:5", "website"],
    ]  # fmt: skip
