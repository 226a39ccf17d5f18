"""A file of listings that is changed by a program: only what was meant changes, and comments stay."""

from __future__ import annotations

import difflib

import pytest
from sample import ROOT

from guide.editing.document import Document

TEXT = """# head
listings:
  # the first
  - id: one
    name: One  # as its sign says
    services: [crisis-line, legal-aid]
    phones:
      # called in May
      - number: 573-555-0142
        label: office
      - number: 573-555-0143
    confirmed: {on: 2026-01-02, how: phone}

  # the second
  - id: two
    name: Two
# the end
"""


def changed(path: tuple[str | int, ...], value: object, listing_id: str = "one", text: str = TEXT) -> list[str]:
    """Set a value; give the lines that went and came."""
    document = Document(text)
    document.set(listing_id, path, value)  # type: ignore[arg-type]
    diff = difflib.unified_diff(text.split("\n"), document.text().split("\n"), n=0, lineterm="")
    return [line for line in diff if line[:1] in "+-" and line[:3] not in ("+++", "---")]


def test_a_listing_is_told_as_it_is_written():
    document = Document(TEXT)
    assert document.ids() == ("one", "two")
    assert document.listing("one") == {
        "id": "one", "name": "One", "services": ["crisis-line", "legal-aid"],
        "phones": [{"number": "573-555-0142", "label": "office"}, {"number": "573-555-0143"}],
        "confirmed": {"on": "2026-01-02", "how": "phone"},
    }  # fmt: skip


@pytest.mark.parametrize(("path", "value", "lines"), [
    (("phones", 0, "number"), "573-555-0199", ["-      - number: 573-555-0142", "+      - number: 573-555-0199"]),
    (("phones", 1, "label"), "24-hour line", ["+        label: 24-hour line"]),
    (("phones", 2), {"number": "988"}, ["+      - number: '988'"]),
    (("phones", 1), None, ["-      - number: 573-555-0143"]),
    (("services",), ["legal-aid"], ["-    services: [crisis-line, legal-aid]", "+    services: [legal-aid]"]),
    (("services", 0), None, ["-    services: [crisis-line, legal-aid]", "+    services: [legal-aid]"]),
    (("name",), "Won: too", ["-    name: One  # as its sign says", "+    name: 'Won: too'  # as its sign says"]),
    (("summary",), "Helps.", ["+    summary: Helps."]),
    (("location", "zip"), "65101", ["+    location:", "+      zip: '65101'"]),
    (("trafficking",), "true", ["+    trafficking: true"]),
    (("confirmed",), {"how": "visit", "on": "2026-11-25"},
     ["-    confirmed: {on: 2026-01-02, how: phone}", "+    confirmed: {on: 2026-11-25, how: visit}"]),
    (("confirmed",), None, ["-    confirmed: {on: 2026-01-02, how: phone}"]),
    (("fees",), None, []),
    (("location", "zip"), None, []),
])  # fmt: skip
def test_only_what_was_meant_changes(path, value, lines):
    assert changed(path, value) == lines


def test_a_confirmation_is_a_change_of_one_line_in_a_real_file():
    text = (ROOT / "data/resources/mo/cole.yaml").read_text(encoding="utf-8")
    confirmation = {"on": "2026-11-25", "how": "phone"}
    assert changed(("confirmed",), confirmation, "rape-and-abuse-crisis-service", text) == ["+    confirmed: {on: 2026-11-25, how: phone}"]


def test_the_last_entry_of_a_list_takes_the_list_along():
    document = Document(TEXT)
    document.set("one", ("phones", 1), None)
    document.set("one", ("phones", 0), None)
    assert "phones" not in document.listing("one")


def test_a_listing_is_added_at_the_end():
    document = Document(TEXT)
    document.add({"name": "Three", "id": "three", "sources": [{"title": "A list"}]})
    assert document.text().endswith("    name: Two\n\n  - id: three\n    name: Three\n    sources:\n      - title: A list\n# the end\n")


@pytest.mark.parametrize("empty", ["listings: []\n", "listings:\n", "# only a comment\nlistings: []\n"])
def test_a_listing_is_added_to_none(empty):
    document = Document(empty)
    document.add({"id": "one"})
    assert document.text() == empty.partition("listings:")[0] + "listings:\n  - id: one\n"


def test_a_listing_that_is_taken_out_takes_its_comments_along():
    document = Document(TEXT)
    document.remove("one")
    assert document.text() == "# head\nlistings:\n  # the second\n  - id: two\n    name: Two\n# the end\n"


@pytest.mark.parametrize("listing_id", ["one", "two"])
def test_a_heading_above_a_blank_line_stays_when_a_listing_goes(listing_id):
    document = Document(TEXT.replace("  # the first\n", "  # A\n\n  # the first\n").replace("  # the second\n", "  # B\n\n  # the second\n"))
    document.remove(listing_id)
    text = document.text()
    assert [text.count(words) for words in ("# A\n", "# B\n", "# the end\n")] == [1, 1, 1]
    assert "# the first" not in text if listing_id == "one" else "# the second" not in text


def test_the_last_listing_leaves_an_empty_list():
    document = Document("listings:\n  - id: one\n")
    document.remove("one")
    assert document.text() == "listings: []\n"


def test_closed_listings_are_a_list_too():
    document = Document((ROOT / "data/closed.yaml").read_text(encoding="utf-8"))
    document.add({"on": "2026", "id": "one", "name": "One", "area": "mo/cole"})
    assert document.text().endswith("closed:\n  - id: one\n    name: One\n    area: mo/cole\n    on: 2026\n")


def test_what_is_not_there_is_told():
    document = Document(TEXT)
    with pytest.raises(KeyError):
        document.set("three", ("name",), "Three")
    with pytest.raises(KeyError):
        document.listing("three")
    with pytest.raises(IndexError):
        document.set("one", ("phones", 3, "number"), "988")
    with pytest.raises(TypeError):
        document.set("one", ("phones", "number"), "988")
    assert document.text() == Document(TEXT).text()
