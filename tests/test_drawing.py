"""Outlines: a set of counties has one line around it and none inside."""

from __future__ import annotations

import re
from itertools import pairwise

from guide.drawing import Maps, outer_rings
from guide.model import Guide, Shapes

LEFT = ((0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0), (0.0, 0.0))
RIGHT = ((10.0, 0.0), (20.0, 0.0), (20.0, 10.0), (10.0, 10.0), (10.0, 0.0))
APART = ((40.0, 0.0), (50.0, 0.0), (50.0, 10.0), (40.0, 0.0))
MAPS = Maps(Shapes(100, 100, {"left": (LEFT,), "right": (RIGHT,), "apart": (APART,)}))


def test_the_edge_between_two_counties_lies_inside():
    (ring,) = outer_rings([LEFT, RIGHT])
    edges = {frozenset(edge) for edge in pairwise(ring)}
    assert frozenset({(10.0, 0.0), (10.0, 10.0)}) not in edges
    assert len(edges) == 6


def test_counties_apart_keep_a_line_each():
    assert len(outer_rings([LEFT, APART])) == 2


def test_an_outline_does_not_depend_on_the_order_of_the_counties():
    assert MAPS.around(["left", "right"]) == MAPS.around(["right", "left"])


def test_a_path_leads_round_the_county():
    start, steps = re.fullmatch(r"M(\S+ \S+)l(.*)z", MAPS.county("left")).groups()
    assert (start, steps.split()) == ("0 0", ["10", "0", "0", "10-10", "0"])


def test_a_coarse_outline_has_fewer_points_and_the_fine_one_stays(guide: Guide) -> None:
    maps = Maps(guide.shapes)
    everywhere = [county.id for county in guide.counties]
    fine = maps.around(everywhere)
    assert len(maps.around(everywhere, 8)) < len(fine) / 2 and maps.around(everywhere) == fine
