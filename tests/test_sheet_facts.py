"""The referral sheet's facts: all that a listing shows, nothing that it withholds, and a name for a pocket that tells nothing."""

from __future__ import annotations

import json
import re

import pytest
from sample import CITY, NOTE

from guide.discreet import Discreet
from guide.model import Service
from guide.sheet import SCRIPTS, script_of, spanish_hours


@pytest.fixture(scope="module")
def facts(site):
    """Id → facts, as the browser gets them."""
    found = {}
    for number in range(SCRIPTS):
        text = (site / f"assets/sheet/{number}.sheet.js").read_text(encoding="ascii")
        some = json.loads(re.fullmatch(r"guide\.sheet\.facts\((.*)\);\n", text)[1])
        assert {script_of(one) for one in some} <= {number}
        found |= some
    return found


def test_every_listing_can_be_picked(facts, listings):
    assert set(facts) == {one["id"] for one in listings}


def test_the_page_reckons_with_as_many_scripts(root):
    page = (root / "templates/assets/sheet-page.js").read_text(encoding="utf-8")
    assert f"const SCRIPTS = {SCRIPTS};" in page


def test_every_number_of_a_listing_is_on_its_sheet(facts, listings):
    for one in listings:
        numbers = [re.sub(r"\D", "", phone["number"]) for phone in facts[one["id"]]["phones"]]
        assert numbers == [re.sub(r"\D", "", str(phone["number"])).removeprefix("1") for phone in one.get("phones", ())]


def test_what_the_file_says_for_the_referral_is_on_the_sheet(facts, listings):
    for one in listings:
        said = dict(facts[one["id"]]["facts"])
        for key, label in (("how_to_refer", "How to refer"), ("eligibility", "Who can be helped"), ("fees", "Fees")):
            assert said[label] == " ".join(one[key].split()) if key in one else said[label].startswith("Not known")
        assert len(facts[one["id"]]["sources"]) == len(one["sources"])


def test_nothing_withheld_is_on_a_sheet(facts):
    assert CITY not in json.dumps(facts) and NOTE not in json.dumps(facts)


TELLING = re.compile(r"traffick|\babus|assault|violen|\bsex|\brape|victim|survivor|shelter|safe ?house|crisis|domestic|hotline|"
                     r"exploit|prostitut|forensic|suicid|refuge", re.IGNORECASE)  # fmt: skip


def test_no_name_for_a_pocket_tells(facts):
    assert {one: facts[one]["discreet"] for one in facts if TELLING.search(facts[one]["discreet"])} == {}


@pytest.mark.parametrize(("english", "spanish"), [
    ("24 hours a day", "24 horas"),
    ("Monday to Friday, 8 am to 4:30 pm", "lunes a viernes, 8 a. m. a 4:30 p. m."),
    ("every day, 7 pm to midnight", "todos los días, 7 p. m. a medianoche"),
    ("Saturday, closed", "sábado, cerrado"),
])  # fmt: skip
def test_hours_are_told_in_spanish(english, spanish):
    assert spanish_hours(english) == spanish


def test_all_hours_of_the_guide_can_be_told_in_spanish(facts):
    said = {phone["es"] for one in facts.values() for phone in one["phones"] if "es" in phone}
    assert said and not {word for hours in said for word in re.findall(r"[A-Za-záéíóúñ]+", hours)} - {
        "a", "m", "p", "y", "lunes", "martes", "jueves", "viernes", "domingo", "horas", "todos", "los", "d\u00edas", "s\u00e1bado",
        "mi\u00e9rcoles", "mediod\u00eda", "medianoche", "cerrado", "festivos"}  # fmt: skip


def test_a_service_without_a_name_for_a_pocket_gets_one_that_tells_nothing():
    discreet = Discreet(("shelter",))
    assert discreet.service(Service(id="x", label="Shelter", line="-", words=())) == "Kind of help"
    assert discreet.service(Service(id="x", label="Shelter", discreet="Rooms", line="-", words=())) == "Rooms"
    assert discreet.service(Service(id="x", label="Rides", line="-", words=())) == "Rides"
