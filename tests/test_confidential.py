"""No text of a listing whose place is not public tells that place, and ordinary prose passes."""

from __future__ import annotations

import pytest

from guide.confidential import POINT, STREET, ZIP, told_place, told_place_of_link

STREETS = [
    "123 Main Street", "1220 E. High St.", "411 Madison St, Jefferson City", "12 Oak Lane", "4500 W 63rd St", "101 N. 7th",
    "123 main street", "221B Baker Street", "123-125 Elm Ave", "123 1/2 Elm Street", "123\u00bd Elm "
                                                                                     "Street", "Office,123 Main St",
    "#123 Main St", "123 Broadway", "2727 N. Kingshighway", "123 Oak Court", "12 oak court, Columbia", "300 Hope Dr",
    "4500 County Road 12", "18550 Highway 54", "1234 State Route B", "123 St. Charles Street", "10 St. Louis Ave",
    "123 Main St. Louis", "One Main Street", "at the corner of 5th and Main", "12345 NW Barry Rd", "8001 Natural Bridge Road",
    "1 Campus Drive", "123 Harmony Way", "\uff11\uff12\uff13 Main Street", "123\u00a0Main\u00a0Street", "5600 US Highway 63",
    "100 S 4th St Ste 200", "815 W Tampa St", "3936 Troost Ave. serves dinner",
]  # fmt: skip
NAMED_STREETS = ["The shelter is on Elm Street.", "shelter near Vandiver Road", "a house off North Hickman Avenue"]
ZIPS = ["Jefferson City, MO 65101", "Columbia 65201", "Columbia,65201", "MO-65101", "65101-1234", "Missouri 65101",
        "Dallas, TX 75201", "ZIP code: 90210", "65101, 573-634-4911"]  # fmt: skip
POINTS = ["38.5767, -92.1735", "38.5767,-92.1735", "38.5767 N, 92.1735 W", "38\u00b034'36\"N", "HRGF+2Q Jefferson City",
          "see https://goo.gl/maps/abc", "///filled.count.soap on what3words"]  # fmt: skip
PROSE = [
    "24 beds", "1-800 numbers", "St. Louis", "65 or older", "63 counties", "10 St. Louis counties", "$65,000 a year",
    "up to 65000 people", "in 2023", "573-634-4911", "PO Box 12", "call 800-303-0013 or go to court", "24-hour crisis line",
    "12 full-time street outreach workers", "50 homeless youth through street outreach", "3 drug court programs",
    "the 22nd Circuit Court", "3 Safe Place sites", "2 West Virginia offices", "4 North St. Louis locations",
    "5 families near St. Francis Hospital", "Ages 12 to 17; 18 and older by court order", "Call 211 United Way, or text",
    "Up to 90 days, then 24 months", "988 Suicide and Crisis Lifeline", "16 miles from the Arkansas state line",
    "A 30-bed shelter in St. Joseph", "3 locations in St. Charles County", "12-step program", "1 in 4 women", "24/7",
    "Since 2005 Main Street has helped", "Title 42 U.S. Code", "18 U.S.C. 1591", "form I-914", "T visa (I-914)", "50 US states",
    "truck stops along Highway 63", "2 food drives a year", "13 counties of the 25th Judicial Circuit", "text HOME to 741741",
    "intake: 800-228-5459 x65090", "about 15 minutes drive", "ages 18-24 in St. Louis City", "DV court 3 days a week",
]  # fmt: skip


@pytest.mark.parametrize("text", STREETS)
def test_a_street_address_is_seen(text):
    assert told_place(text) == STREET
    assert told_place(text, named_streets=False) == STREET


@pytest.mark.parametrize("text", NAMED_STREETS)
def test_a_street_without_a_number_is_seen_where_the_place_is_withheld(text):
    assert (told_place(text), told_place(text, named_streets=False)) == (STREET, None)


@pytest.mark.parametrize("text", ZIPS)
def test_a_zip_code_is_seen(text):
    assert told_place(text) == ZIP


@pytest.mark.parametrize("text", POINTS)
def test_a_point_on_the_map_is_seen(text):
    assert told_place(text) == POINT


@pytest.mark.parametrize("text", PROSE)
def test_numbers_of_ordinary_prose_pass(text):
    assert told_place(text) is None


@pytest.mark.parametrize(
    ("url", "told"),
    [("https://a.org/?q=123+Main+St", STREET), ("https://a.org/x?at=123%20Main%20St", STREET),
     ("https://www.google.com/maps/place/Shelter", POINT), ("https://maps.app.goo.gl/abc", POINT),
     ("https://a.org/x?zip=65101", ZIP), ("https://a.org/find?loc=38.5767,-92.1735", POINT),
     ("https://a.org/news?id=64123", None), ("https://a.org/2022/07/13/a-court-street", None), ("https://[bad", None),
     ("https://a.org/546/Victim-Services", None)],
)  # fmt: skip
def test_a_link_tells_a_place_on_a_map_and_in_its_query(url, told):
    assert told_place_of_link(url) == told


# In a listing

TOLD = ("has what looks like a street address, and the place is not public: delete it; if it was published by mistake, follow "
        "'After a mistake' in CONTRIBUTING.md")  # fmt: skip


@pytest.mark.parametrize(
    ("line", "where", "column"),
    [("also_known_as: [One, 123 Oak Street]", "also_known_as[1]", 26), ("eligibility: See 123 Oak Street", "eligibility", 5),
     ("fees: Pay at 123 Oak Street", "fees", 5), ("how_to_refer: Go to 123 Oak Street", "how_to_refer", 5),
     ("editor_note: Was at 123 Oak Street", "editor_note", 5), ("location: {city: 123 Oak Street}", "location.city", 16),
     ("phones: [{number: 988, label: 123 Oak Street}]", "phones[0].label", 28), ("text: 44357 (One Oak Street)", "text", 5),
     ("website: https://a.org/?q=123+Oak+Street", "website", 5),
     ("hours: 'Mo-Fr 08:00-17:00 \"123 Oak Street\"'", "hours", 5)],
)  # fmt: skip
def test_a_street_in_any_text_of_a_withheld_place_is_told_at_its_key(listing_problems, line, where, column):
    assert listing_problems(line) == [f"8:{column}: {where}: {TOLD}"]


@pytest.mark.parametrize(
    ("was", "now", "told"),
    [("name: One", "name: 123 Oak Street", "3:5: name"), ("summary: Helps.", "summary: Helps at 123 Oak "
                                                                             "Street.", "4:5: summary"),
     ("summary: Helps.", "summary: >-\n      Helps\n      at 123\n      Oak Street.", "4:5: summary"),
     ("summary: Helps.", "summary: Helps at\n      123 Oak Street.", "4:5: summary"),
     ("id: one", "id: house-123-oak-street", "2:5: id"), ("title: A list", "title: 123 Oak Street", "7:9: sources[0].title"),
     ("title: A list", "title: A\n        supports: 123 Oak Street", "8:9: sources[0].supports")],
    ids=["name", "summary", "folded", "two lines", "id", "title", "supports"],
)  # fmt: skip
def test_a_street_in_a_withheld_listing_is_told_at_the_line_of_the_key(file_problems, one_listing, was, now, told):
    assert file_problems(one_listing.replace(was, now)) == [f"{told}: {TOLD}"]


@pytest.mark.parametrize(
    ("text", "what"), [("MO 65101", "a ZIP code"), ("65101", "a ZIP code"), ("38.5767, -92.1735", "a point on the map")]
)
@pytest.mark.parametrize("key", ["fees", "editor_note"])
def test_a_zip_or_point_in_a_note_of_a_withheld_place_is_told(listing_problems, key, text, what):
    [problem] = listing_problems(f"{key}: In {text} it is")
    assert problem.startswith(f"8:5: {key}: has what looks like {what}, and the place is not public: delete it")


def test_what_was_found_is_not_repeated_in_public_logs(listing_problems):
    assert "Oak" not in "".join(listing_problems("fees: 123 Oak Street"))


@pytest.mark.parametrize("line", ["text: 64357 (text SAFE)", "phones: [{number: 573-634-4911, label: 24-hour line}]"])
def test_numbers_to_call_and_to_text_are_no_place(listing_problems, line):
    assert listing_problems(line) == []


AREA = "location: {visibility: area, city: Jefferson City}"
PUBLIC = "location: {visibility: public, city: Jefferson City}"


def test_a_street_in_what_is_shown_of_an_area_is_told(listing_problems):
    assert listing_problems(AREA, "fees: Pay at 123 Oak Street") == [f"9:5: fees: {TOLD}"]


def test_the_note_of_an_area_may_name_a_street_unless_people_shelter_there(file_problems, one_listing):
    text = f"{one_listing}    {AREA}\n    editor_note: Was at 123 Oak Street\n"
    assert file_problems(text) == []
    assert file_problems(text.replace("[case-management]", "[emergency-shelter]")) == [f"9:5: editor_note: {TOLD}"]


def test_a_street_in_a_text_of_a_public_place_is_welcome_unless_it_is_a_shelter(file_problems, one_listing):
    text = f"{one_listing}    {PUBLIC}\n    fees: Pay at 123 Oak Street\n"
    assert file_problems(text) == []
    assert file_problems(text.replace("[case-management]", "[emergency-shelter]")) == [f"9:5: fees: {TOLD}"]


# In a comment


@pytest.mark.parametrize(
    ("was", "now", "told"),
    [("    summary", "    # was 123 Oak Street\n    summary", "4:5"), ("name: One", "name: One  # at 123 Oak Street", "3:16"),
     ("listings:\n", "listings:\n  # 123 Oak Street\n", "2:3"), ("A list\n", "A list\n# 123 Oak Street\n", "8:1")],
    ids=["line", "end of line", "above", "below"],
)  # fmt: skip
def test_a_street_in_a_comment_beside_a_withheld_listing_is_told(file_problems, one_listing, was, now, told):
    assert file_problems(one_listing.replace(was, now)) == [f"{told}: comment: {TOLD}"]


def test_a_comment_beside_a_public_place_may_name_its_street(file_problems, one_listing):
    assert file_problems(f"{one_listing}    {PUBLIC}\n    # 123 Oak Street\n") == []


def test_a_number_sign_inside_a_text_is_no_comment(file_problems, one_listing):
    assert file_problems(one_listing.replace("Helps.", "'Helps # 123 Oak Street'")) == [f"4:5: summary: {TOLD}"]


def test_a_closed_listing_tells_no_place(project, problems_of):
    closed = "closed:\n  - {id: zzz, name: Home at 123 Oak Street, area: mo/cole, on: 2024}\n"
    (project / "data/closed.yaml").write_text(closed, encoding="utf-8")
    assert problems_of(project) == [f"data/closed.yaml:2:15: name: {TOLD}"]


def test_a_withheld_place_holds_nothing_past_loading(guide):
    withheld = [listing for listing in guide.listings if type(listing.location).__name__ == "WithheldPlace"]
    assert len(withheld) > 50
    assert {listing.location.__struct_fields__ for listing in withheld} == {()}
