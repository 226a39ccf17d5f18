"""SVG made at build time: the county map, and small maps of any set of counties."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import cache
from itertools import pairwise

from msgspec import Struct

from guide.model import Shapes

Point = tuple[float, float]
Ring = tuple[Point, ...]


class Box(Struct, frozen=True):
    """A drawing's frame, in the outlines' own units."""

    x: float
    y: float
    width: float
    height: float

    def __str__(self) -> str:
        return f"{_short(self.x)} {_short(self.y)} {_short(self.width)} {_short(self.height)}"


class Maps:
    """Draws counties from their outlines."""

    def __init__(self, shapes: Shapes) -> None:
        self.box = Box(0, 0, shapes.width, shapes.height)
        self._rings = shapes.rings
        self._outlines: dict[tuple[frozenset[str], float], str] = {}
        self._counties: dict[str, str] = {}
        self._whole: dict[float, str] = {}

    def county(self, county: str) -> str:
        """Give a county's outline as the `d` of an SVG path."""
        if county not in self._counties:
            self._counties[county] = " ".join(_path(ring) for ring in self._rings[county])
        return self._counties[county]

    def whole(self, within: float = 2) -> str:
        """Give the one outline around all counties; `within` as for `around`."""
        if within not in self._whole:
            self._whole[within] = self.around(self._rings, within)
        return self._whole[within]

    def around(self, counties: Iterable[str], within: float = 2) -> str:
        """Give the one outline around all these counties, without the lines between them, as the `d` of a path.

        It is as exact as `within`, in the outlines' own units: a mark that is a thumbnail's size needs few points.
        """
        key = frozenset(counties), within
        if key not in self._outlines:
            rings = [ring for county in sorted(key[0]) for ring in self._rings[county]]
            self._outlines[key] = " ".join(_path(_thinned(ring, within)) for ring in outer_rings(rings))
        return self._outlines[key]

    def middle(self, county: str) -> Point:
        """Give the point in the middle of a county's frame: where its name stands."""
        points = [point for ring in self._rings[county] for point in ring]
        xs, ys = [x for x, _ in points], [y for _, y in points]
        return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2


def outer_rings(rings: Iterable[Ring]) -> list[Ring]:
    """Join rings that share edges into the rings around them: an edge that two rings share lies inside."""
    edges: Counter[frozenset[Point]] = Counter()
    directed: list[tuple[Point, Point]] = []
    for ring in rings:
        for edge in pairwise(ring):
            if edge[0] != edge[1]:
                edges[frozenset(edge)] += 1
                directed.append(edge)
    leaving: dict[Point, list[Point]] = {}
    for start, end in directed:
        if edges[frozenset((start, end))] == 1:
            leaving.setdefault(start, []).append(end)
    joined: list[Ring] = []
    while leaving:
        start = next(iter(leaving))
        ring_points = [start]
        point = start
        while point in leaving:
            following = leaving[point].pop()
            if not leaving[point]:
                del leaving[point]
            ring_points.append(following)
            point = following
            if point == start:
                break
        joined.append(tuple(ring_points))
    return joined


def _thinned(ring: Ring, tolerance: float) -> Ring:
    """Leave out points that lie within `tolerance` of the line through their neighbors (Douglas and Peucker, 1973)."""
    if len(ring) < 8:
        return ring
    kept = {0, len(ring) // 2, len(ring) - 1}
    spans = [(0, len(ring) // 2), (len(ring) // 2, len(ring) - 1)]
    while spans:
        first, last = spans.pop()
        farthest, distance = 0, tolerance
        for index in range(first + 1, last):
            away = _distance(ring[index], ring[first], ring[last])
            if away > distance:
                farthest, distance = index, away
        if farthest:
            kept.add(farthest)
            spans += [(first, farthest), (farthest, last)]
    return tuple(ring[index] for index in sorted(kept))


def _distance(point: Point, start: Point, end: Point) -> float:
    (x, y), (x1, y1), (x2, y2) = point, start, end
    length = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5
    if not length:
        return float(((x - x1) ** 2 + (y - y1) ** 2) ** 0.5)
    return float(abs((x2 - x1) * (y1 - y) - (x1 - x) * (y2 - y1)) / length)


def _path(ring: Ring) -> str:
    """Write a ring with whole-number steps from point to point, which is half as long as full coordinates."""
    points = [(round(x), round(y)) for x, y in ring]
    steps = [f"M{points[0][0]} {points[0][1]}l"]
    for (x1, y1), (x2, y2) in pairwise(points[:-1]):
        if (x1, y1) != (x2, y2):
            steps.append(f"{x2 - x1} {y2 - y1} ")
    return "".join(steps).rstrip().replace(" -", "-") + "z"


@cache
def _short(number: float) -> str:
    return f"{number:.1f}".rstrip("0").rstrip(".")
