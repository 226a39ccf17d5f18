"""The names by which the home page finds a county."""

from __future__ import annotations

import json
import re

import pytest

from guide.places import place_names, plain_name


@pytest.mark.parametrize(
    ("one", "other"),
    [("St. Joseph", "saint joseph"), ("Ste. Genevieve", "Sainte Genevieve"), ("O'Fallon", "ofallon"),
     ("Lee's Summit", "lees summit"), ("Ft. Leonard Wood", "Fort Leonard Wood")],
)  # fmt: skip
def test_spellings_of_a_place_are_alike(one, other):
    assert plain_name(one) == plain_name(other)


@pytest.fixture(scope="module")
def names(guide):
    script = place_names(guide).decode("ascii")
    quoted = re.fullmatch(r"window\.guidePlaces = JSON\.parse\('(.*)'\);\n", script).group(1)
    return json.loads(quoted.replace("\\'", "'").replace("\\\\", "\\"))


def counties(names, numbers):
    return {names["counties"][number][0] for number in numbers}


def test_a_zip_code_leads_to_its_county(names):
    assert counties(names, [names["zips"]["65101"]]) == {"mo/cole"}


def test_st_louis_leads_to_the_city_and_the_county(names):
    assert {"mo/st-louis-city", "mo/st-louis-county"} <= counties(names, names["cities"]["saint louis"][1:])


def test_a_withheld_city_is_not_named_for_its_listing(guide):
    assert not any(hasattr(one.location, "city") for one in guide.listings if type(one.location).__name__ == "WithheldPlace")
