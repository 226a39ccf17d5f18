"""What must hold beyond one value: ids, places, dates, sources; each fault with its line and a remedy."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sample import TODAY

PUBLIC = "location: {visibility: public, city: Jefferson City, street: 1 Oak Street, zip: 65101}"
SHELTER = "[emergency-shelter]"
SOURCE = "    sources:\n      - title: A list\n"


@pytest.fixture
def shelter_problems(file_problems, one_listing):
    def problems(*lines):
        text = one_listing.replace("[case-management]", SHELTER)
        return file_problems(text + "".join(f"    {line}\n" for line in lines))

    return problems


# Ids


def test_an_id_that_stands_twice_in_a_file_is_told_where_the_second_is(file_problems, one_listing):
    second = one_listing.removeprefix("listings:\n")
    assert file_problems(one_listing + second) == [
        "8:5: id: 'one' stands in data/resources/mo/cole.yaml:2 too; an id belongs to one listing: give the newer one "
        "another id"]  # fmt: skip


@pytest.fixture
def spoil(project, problems_of):
    """Change a file of the whole guide; give the problems of the load."""

    def problems(file, change):
        path = project / file
        path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
        return problems_of(project)

    return problems


def line_of(project, file, text):
    lines = (project / file).read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if text in line)


def test_an_id_that_stands_in_two_files_is_told(spoil):
    added = "  - {id: covenant-house-missouri, name: X, summary: X, services: [crisis-line], sources: [{title: X}]}\n"
    [problem] = spoil("data/resources/us.yaml", lambda text: "listings:\n" + added + text.partition("listings:\n")[2])
    assert problem.startswith("data/resources/us.yaml:2:6: id: 'covenant-house-missouri' stands in "
                              "data/resources/mo/st-louis-city.yaml:")  # fmt: skip


@pytest.mark.parametrize("new", ["worth-county-sheriff", "worth-county-sheriffs-office-2", "something-else-entirely"])
def test_an_id_that_changed_since_the_last_release_is_told_where_it_stands(spoil, new):
    assert spoil("data/resources/mo/worth.yaml", lambda text: text.replace("worth-county-sheriffs-office", new)) == [
        f"data/resources/mo/worth.yaml:3:5: id: '{new}' was 'worth-county-sheriffs-office' in the last release; an id never "
        "changes, it is the page's address: write 'worth-county-sheriffs-office' again (if this is another listing and that "
        "one closed, note that in data/closed.yaml)"]  # fmt: skip


def test_a_listing_that_vanished_since_the_last_release_is_told_at_its_id(project, spoil):
    line = line_of(project, "data/published_ids.txt", "worth-county-sheriffs-office")
    assert spoil("data/resources/mo/worth.yaml", lambda text: "listings: []\n") == [
        f"data/published_ids.txt:{line}:1: the listing 'worth-county-sheriffs-office' of the last release is gone; put it back "
        "under this id, or, if the provider closed, note it in data/closed.yaml"]  # fmt: skip


CLOSED = """\
closed:
  - id: worth-county-sheriffs-office
    name: Sheriff
    area: mo/worth
    on: 2024-01
"""


def test_a_closed_listing_may_go(project, spoil):
    (project / "data/closed.yaml").write_text(CLOSED, encoding="utf-8")
    assert spoil("data/resources/mo/worth.yaml", lambda text: "listings: []\n") == []


def test_the_id_of_a_closed_listing_is_never_used_again(spoil):
    [problem] = spoil("data/closed.yaml", lambda text: CLOSED)
    assert problem.startswith("data/resources/mo/worth.yaml:3:5: id: 'worth-county-sheriffs-office' is closed "
                              "(data/closed.yaml)")


def test_a_closed_listing_that_stands_twice_is_told(spoil):
    problems = spoil("data/closed.yaml", lambda text: CLOSED + CLOSED.removeprefix("closed:\n"))
    told = "id: 'worth-county-sheriffs-office' stands in data/closed.yaml:2 too; delete one of them"
    assert f"data/closed.yaml:6:5: {told}" in problems


@pytest.mark.parametrize(
    ("file", "item"),
    [("services", "  - id: crisis\n    label: X\n    services: [{id: zzz, label: X, line: X, words: [x]}]\n"),
     ("services", "  - id: zzz\n    label: X\n    services: [{id: crisis-line, label: X, line: X, words: [x]}]\n"),
     ("people", "  - {id: women, label: X}\n"), ("languages", "  - {id: es, label: X}\n")],
    ids=["a group", "a service", "people", "a language"],
)  # fmt: skip
def test_a_name_that_stands_twice_in_a_vocabulary_is_told(project, spoil, file, item):
    line = (project / f"data/{file}.yaml").read_text(encoding="utf-8").count("\n") + 1
    problems = spoil(f"data/{file}.yaml", lambda text: text + item)
    line += 2 if "crisis-line" in item else 0
    assert any(problem.startswith(f"data/{file}.yaml:{line}:") and "stands twice" in problem for problem in problems)


# Places


@pytest.mark.parametrize(
    ("key", "value"), [("street", "1 Oak Street"), ("zip", "65101"), ("address", "1 Oak Street"), ("lat", "38.5")]
)
@pytest.mark.parametrize("place", ["visibility: withheld, ", "visibility: area, ", ""], ids=["withheld", "area", "left out"])
def test_a_street_or_point_where_the_place_is_not_public_is_told(listing_problems, place, key, value):
    line = f"location: {{{place}{key}: {value}}}"
    [problem] = listing_problems(line)
    assert problem.startswith(f"8:{line.index(key + ':') + 5}: location.{key}: a ")
    assert "may stand only where 'visibility: public' says so; delete the line" in problem


def test_a_street_of_a_public_place_is_welcome(listing_problems):
    assert listing_problems(PUBLIC) == []


@pytest.mark.parametrize("services", ["[emergency-shelter]", "[case-management, transitional-housing]"])
@pytest.mark.parametrize(("place", "column", "key"), [("street: 1 Oak Street", 35, "street"), ("zip: 65101", 35, "zip")])
def test_a_shelter_shows_its_street_only_where_the_provider_does(file_problems, one_listing, services, place, column, key):
    text = one_listing.replace("[case-management]", services)
    location = f"    location: {{visibility: public, {place}"
    [problem] = file_problems(f"{text}{location}}}\n")
    assert problem.startswith(f"8:{column + 1}: location.{key}: a ")
    assert "add 'address_published_by: provider'" in problem
    assert file_problems(f"{text}{location}, address_published_by: provider}}\n") == []


@pytest.mark.parametrize(
    ("place", "told"),
    [("zip: 63103", "8:36: location.zip: ZIP code 63103 lies in City of St. Louis, not in or next to Cole County; mend "
                    "it, or move "
                    "the listing to data/resources/mo/st-louis-city.yaml"),
     ("city: Kirksville", "8:36: location.city: Kirksville lies in Adair County, not in or next to Cole County; mend it, "
                          "or move the "
                          "listing to data/resources/mo/adair.yaml")],
)  # fmt: skip
def test_a_place_in_another_county_is_told(listing_problems, place, told):
    assert listing_problems(f"location: {{visibility: public, {place}}}") == [told]


@pytest.mark.parametrize("place", ["city: Columbia, zip: 65201", "city: Holts Summit", "zip: 99999", "city: Nowhere"])
def test_a_place_next_door_or_unknown_passes(listing_problems, place):
    assert listing_problems(f"location: {{visibility: public, {place}}}") == []


def test_a_county_whose_neighbor_does_not_know_it_is_told(project, spoil):
    line = line_of(project, "data/counties.yaml", "neighbors: [mo/knox, mo/linn")
    problems = spoil("data/counties.yaml", lambda text: text.replace("neighbors: [mo/knox, mo/linn", "neighbors: "
                                                                                                     "[mo/cole, mo/knox, "
                                                                                                     "mo/linn"))
    assert problems == [f"data/counties.yaml:{line}:17: neighbors[0]: 'mo/cole' does not name 'mo/adair' as its "
                        "neighbor; add it there"]


# Dates and sources

TOMORROW = TODAY + timedelta(days=1)


@pytest.mark.parametrize("day", [str(TOMORROW), str(TODAY.year + 1), f"{TODAY.year + 1}-01"])
def test_a_source_from_the_future_is_told(file_problems, one_listing, day):
    assert file_problems(one_listing + f"        published: {day}\n") == [
        f"8:9: sources[0].published: '{day}' lies in the future; write the date on the page or of the call, like "
        f"{TODAY}"]  # fmt: skip


def test_a_confirmation_from_the_future_is_told(listing_problems):
    [problem] = listing_problems(f"confirmed: {{on: {TOMORROW}, how: phone}}")
    assert problem.startswith(f"8:17: confirmed.on: '{TOMORROW}' lies in the future")


@pytest.mark.parametrize("day", [str(TODAY), str(TODAY.year), f"{TODAY:%Y-%m}"])
def test_what_is_dated_today_or_this_year_passes(file_problems, one_listing, day):
    assert file_problems(one_listing + f"        published: {day}\n") == []


def test_a_closing_in_the_future_is_told(spoil):
    problems = spoil("data/closed.yaml", lambda text: CLOSED.replace("2024-01", str(TOMORROW)))
    assert problems[0].startswith(f"data/closed.yaml:5:5: on: '{TOMORROW}' lies in the future")


def test_a_source_that_nobody_can_find_is_told(file_problems, one_listing):
    assert file_problems(one_listing.replace("title: A list", "supports: all")) == [
        "7:9: sources[0]: needs a url, or a title where no public page can be linked"]  # fmt: skip


def test_a_source_with_a_wrong_link_is_told_once(file_problems, one_listing):
    [problem] = file_problems(one_listing.replace("title: A list", "url: a.org"))
    assert problem.startswith("7:9: sources[0].url: 'a.org' is not a web address")


@pytest.mark.parametrize("lines", [["fees: Free"]])
def test_a_shelter_that_withholds_its_place_is_welcome(shelter_problems, lines):
    assert shelter_problems(*lines) == []


@pytest.mark.parametrize(("old", "new", "fault"), [
    ("shown: 1-888-373-7888", "shown: 1-888-373-7889", "emergency[1].shown: shows '1-888-373-7889', but the link leads to 888-373-7888"),
    ("number: 988", "number: 911", "emergency[2].shown: shows '988', but the link leads to 911"),
    ("text_shown: text 233733", "text_shown: text 233734", "emergency[1].text_shown: shows 'text 233734', but the link leads to 233733"),
])  # fmt: skip
def test_an_emergency_line_dials_the_number_that_it_shows(project, problems_of, old, new, fault):
    path = project / "data/site.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    assert [problem for problem in problems_of(project) if fault in problem]
