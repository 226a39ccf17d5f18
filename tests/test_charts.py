"""Charts are SVG that says its numbers, and draws them in proportion."""

from __future__ import annotations

import re
from decimal import Decimal
from xml.etree import ElementTree

import pytest

from guide.charts import chart, in_words, share
from guide.model import Figure, Guide, Value

SVG = "{http://www.w3.org/2000/svg}"


def figure(draw, *rows, **facts):
    values = tuple(Value(**{name: Decimal(value) if isinstance(value, int | float) else value for name, value in row.items()})
                   for row in rows)  # fmt: skip
    return Figure(id="a-figure", title="Cases & people", draw=draw, unit="cases", base="All", question="?", values=values,
                  caveat="-", sources=("one",), **facts)  # fmt: skip


def drawn(it):
    return ElementTree.fromstring(chart(it).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))  # noqa: S314  ours


def rects(tree, name):
    return [one for one in tree.iter(f"{SVG}rect") if one.get("class") == name]


BARS = figure("bars", {"label": "Half", "value": 50}, {"label": "A quarter", "value": 25, "percent": 25}, whole=Decimal(100))
YEARS = figure("years", {"label": "2014", "value": 50}, {"label": "2015", "note": "no number found"},
               {"label": "2016", "value": 100, "also": 80, "note": "sources differ"})  # fmt: skip
NAMED = figure("named", {"label": "Legal services"}, {"label": "Shelter <and> housing"})


@pytest.mark.parametrize("it", [BARS, YEARS, NAMED], ids=lambda it: it.draw)
def test_a_chart_is_an_image_with_a_title_and_its_numbers_in_words(it):
    tree = drawn(it)
    assert tree.get("role") == "img"
    texts = {one.get("id"): one.text for one in tree if one.get("id")}
    assert [texts[name] for name in tree.get("aria-labelledby").split()] == [it.title, in_words(it)]


@pytest.mark.parametrize("it", [BARS, YEARS, NAMED], ids=lambda it: it.draw)
def test_every_label_and_number_stands_in_the_drawing(it):
    shown = "|".join(one.text for one in drawn(it).iter(f"{SVG}text"))
    for row in it.values:
        assert row.label in shown
        assert all(f"{number}" in shown for number in (row.value, row.also, row.percent) if number is not None)


def test_bars_are_as_long_as_their_share_of_the_whole():
    half, quarter = (float(one.get("width").rstrip("%")) for one in rects(drawn(BARS), "bar"))
    whole = float(rects(drawn(BARS), "track")[0].get("width").rstrip("%"))
    assert (half / whole, quarter / whole) == (0.5, 0.25)


@pytest.mark.parametrize(("rows", "shares"), [
    ([{"label": "a", "value": 134, "percent": 28}, {"label": "b", "value": 102, "percent": 22}], [0.28, 0.22]),
    ([{"label": "a", "value": 8}, {"label": "b", "value": 2}], [1, 0.25]),
])  # fmt: skip
def test_without_a_whole_a_bar_is_its_percentage_or_its_part_of_the_longest(rows, shares):
    it = figure("bars", *rows)
    assert [float(share(it, row)) for row in it.values] == shares


def test_a_year_without_a_number_is_a_gap():
    tree = drawn(YEARS)
    assert (len(rects(tree, "bar")), len(rects(tree, "none"))) == (2, 1)
    assert "2015: no number found." in in_words(YEARS)


def test_a_year_on_which_sources_differ_shows_both_numbers_and_what_lies_between():
    tree = drawn(YEARS)
    (between,) = rects(tree, "between")
    low = [float(one.get("height").rstrip("em")) for one in rects(tree, "bar")]
    assert float(between.get("height").rstrip("em")) / low[1] == pytest.approx(20 / 80, abs=0.02)
    assert low[0] / low[1] == pytest.approx(50 / 80, abs=0.02)
    assert "100 or 80 (sources differ) cases" in in_words(YEARS)


def test_things_that_were_named_are_drawn_alike():
    plates = rects(drawn(NAMED), "plate")
    assert len({(one.get("width"), one.get("height"), one.get("x")) for one in plates}) == 1


def test_words_of_the_data_cannot_break_out_of_the_drawing():
    hostile = figure("bars", {"label": "</text><script>alert(1)</script>", "value": 1, "note": "\"'>"})
    assert "<script" not in chart(hostile)


def test_every_figure_of_the_guide_has_a_source_for_each_row(guide: Guide):
    known = {reference.id for reference in guide.references}
    assert guide.figures
    for it in guide.figures:
        assert it.sources and set(it.cited) <= known
        assert re.search(r"\S", it.base) and it.caveat and it.question
