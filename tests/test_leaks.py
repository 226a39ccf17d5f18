"""What the data withhold is found in whatever a build made, and then nothing is published."""

from __future__ import annotations

import io
import json
import re
import shutil
import zipfile
from html import escape

import pytest
from sample import EDITION, TODAY

from guide.building import Builder
from guide.leaks import Watch
from guide.loading import load_all
from guide.problems import InputError

NOTE = "Asked the board's chair in May; she said the house moves to Zzyzx Farm next spring & must not be named"
LISTINGS = f"""\
listings:
  - id: a-house
    name: A House
    summary: Shelter near Rivertown Mall for whoever asks.
    services: [emergency-shelter]
    phones: [{{number: 573-555-0100}}]
    location: {{visibility: withheld, city: Rivertown}}
    sources: [{{title: A list}}]
    editor_note: {NOTE}
  - id: a-house-office
    name: An Office
    summary: Helps.
    services: [case-management]
    location: {{visibility: public, city: Rivertown}}
    sources: [{{title: A list}}]
    editor_note: Keys for the office hang by the red door of the old mill. Keys for the office hang by the blue one now. the office lie on a nail behind the stove.
"""


@pytest.fixture(scope="module")
def guarded(bare, tmp_path_factory):
    """A guide with one withheld listing; what finds leaks in given files of it."""
    root = tmp_path_factory.mktemp("guarded") / "project"
    shutil.copytree(bare, root)
    (root / "data/resources/mo/cole.yaml").write_text(LISTINGS, encoding="utf-8")
    loaded = load_all(root, TODAY)

    def find(address, text):
        return [str(one) for one in Watch(loaded.guide, loaded.secrets).leaks({address: text if isinstance(text, bytes) else text.encode()})]

    return find


def zipped(text):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("inside.csv", text)
    return out.getvalue()


FORMATS = {
    "page.html": lambda text: f"<p>{escape(text)}</p>",
    "index.js": lambda text: f"found({json.dumps(text)})",
    "listings.csv": lambda text: f'a,"{text}",b\r\n',
    "a.vcf": lambda text: "NOTE:" + "\r\n ".join(re.findall(".{1,60}", text)),
    "feed.xml": lambda text: f"<summary>{escape(text)}</summary>",
    "map.svg": lambda text: f"<title>{escape(text)}</title>",
    "data.zip": zipped,
}


@pytest.mark.parametrize("address", FORMATS)
def test_an_editors_note_is_found_in_every_format(guarded, address):
    found = guarded(address, FORMATS[address](NOTE))
    assert len(found) == 1 and found[0].startswith("data/resources/mo/cole.yaml:9:5: editor_note: ")
    assert f"'{address}" in found[0]


def test_one_sentence_of_a_note_is_enough(guarded):
    assert guarded("a.html", "x she said the house moves to Zzyzx Farm next spring y")


def test_of_notes_that_begin_alike_the_one_that_is_told_is_found(guarded):
    assert guarded("a.html", "Keys for the office hang by the door of the house next to it") == []
    (found,) = guarded("a.html", "Keys for the office hang by the red door of the old mill.")
    assert "the red door of the old mill" in found and ":16:5: editor_note:" in found


def test_a_note_that_begins_inside_another_is_found(guarded):
    (found,) = guarded("a.html", "Keys for the office lie on a nail behind the stove.")
    assert "'the office lie on a nail behind the stove.'" in found


def test_what_the_data_show_is_no_leak(guarded):
    assert guarded("a.html", "Shelter near Rivertown Mall for whoever asks. May. A board's chair.") == []


CARD = '<li><a href="{0}listings/a-house.html">A House</a> <span>{1}</span></li>'
NEXT = '<li><a href="{0}listings/a-house-office.html">An Office</a> <span>Rivertown, Cole County</span></li>'


@pytest.mark.parametrize(("address", "text"), [
    ("listings/a-house.html", "<h1>A House</h1><p>Rivertown, Cole County</p>"),
    ("mo/cole.html", CARD.format("../", "Rivertown, Cole County") + NEXT.format("../")),
    ("listings.csv", "id,name,city\r\na-house,A House,Rivertown\r\n"),
    ("listings/a-house.vcf", "BEGIN:VCARD\r\nUID:a-house\r\nADR:;;;Rivertown;;;\r\nEND:VCARD"),
], ids=["own page", "card", "CSV", "vCard"])  # fmt: skip
def test_the_city_of_a_withheld_place_is_found(guarded, address, text):
    text = text if "a-house" in text else text + "a-house"
    found = guarded(address, text)
    assert len(found) == 1 and found[0].startswith("data/resources/mo/cole.yaml:7:38: location.city: 'Rivertown'")


def test_the_city_of_a_withheld_place_is_found_on_a_sheet_and_that_of_the_next_listing_is_none(guarded):
    sheet = 'guide.sheet.facts({%s"one":{"facts":[["Place","Rivertown"]],"sources":[]}});'
    own = '"a-house":{"facts":[["Place","Rivertown"]],"sources":[]},'
    assert len(guarded("assets/sheet/1.sheet.js", sheet % own)) == 1
    linked = '"two":{"facts":[],"sources":["https://example.org/a-house, no date"]},'
    assert guarded("assets/sheet/1.sheet.js", sheet % linked) == []


def test_the_city_of_another_listing_and_of_a_text_is_no_leak(guarded):
    assert guarded("mo/cole.html", CARD.format("../", "Cole County") + NEXT.format("../")) == []
    assert guarded("listings/a-house.html", "a-house <p>Shelter near Rivertown Mall for whoever asks.</p>") == []
    assert guarded("listings.csv", "a-house,A House,\r\na-house-office,An Office,Rivertown\r\n") == []


def test_a_build_that_would_leak_changes_nothing(bare, tmp_path):
    root = tmp_path / "project"
    shutil.copytree(bare, root)
    (root / "data/resources/mo/cole.yaml").write_text(LISTINGS, encoding="utf-8")
    builder = Builder(root, root / "site")
    builder.build(EDITION, TODAY)
    before = {path: path.read_bytes() for path in (root / "site").rglob("*") if path.is_file()}
    base = root / "templates/base.html"
    base.write_text(base.read_text(encoding="utf-8").replace("</body>", f"<p>{escape(NOTE)}</p></body>"), encoding="utf-8")
    with pytest.raises(InputError, match="must never leave this file"):
        builder.build(EDITION, TODAY)
    assert {path: path.read_bytes() for path in (root / "site").rglob("*") if path.is_file()} == before
