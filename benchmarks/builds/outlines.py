"""What never changes about the counties, for programs that would be slow at it: made beforehand, not measured."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from guide.drawing import Maps
from guide.model import County, Guide


def outlines(guide: Guide) -> dict[str, Any]:
    """Give the frame of the drawing, the SVG paths of all that a page draws, and which counties lie how far from which."""
    maps = Maps(guide.shapes)
    counties = {county.id: maps.county(county.id) for county in guide.counties}
    regions = {region.id: maps.around(county.id for county in guide.counties if county.region == region.id)
               for region in guide.regions.regions}  # fmt: skip
    states = {state: maps.around(county.id for county in guide.counties if county.state == state) for state in ("mo", "il")}
    everything = maps.around(counties)
    by_id = {county.id: county for county in guide.counties}
    return {"box": str(maps.box), "all": everything, "counties": counties, "regions": regions,
            "states": {**states, "us": everything}, "rings": {county: rings(county, by_id) for county in by_id}}  # fmt: skip


def rings(county: str, counties: Mapping[str, County]) -> list[list[str]]:
    """List the counties one border away from a county, those two borders away, and so on."""
    found, seen, ring = [], {county}, [county]
    while ring := sorted({near for one in ring for near in counties[one].neighbors} - seen):
        seen.update(ring)
        found.append(ring)
    return found
