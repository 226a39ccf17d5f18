"""The table of ZIP codes and the outlines of the counties → places; a mistake in one is told, and the rest is read."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Collection, Iterator, Sequence

from guide.files import Files
from guide.model import Shapes, ZipCode
from guide.reading import Vocabulary, shortened
from guide.yaml_tree import TreeError, decode

ZIP_CODES = "data/places.csv"
SHAPES = "data/county_shapes.json"
_COUNTIES = "data/counties.yaml"
_COLUMNS = {"zip", "city", "county", "also_known_as"}
_TOWN = re.compile(r"[^\W_][\w .,'\u2019()/-]{1,59}")
_WIDEST = 10_000
_ADVISED = 100


def read_zip_codes(files: Files, counties: Vocabulary) -> Iterator[ZipCode]:
    """Read the table of ZIP codes; what is wrong gathers in `files.problems`."""
    data = files.data(ZIP_CODES)
    if data is None:
        return
    try:
        reader = csv.DictReader(io.StringIO(decode(data), newline=""), restval="")
        if not set(reader.fieldnames or ()) >= _COLUMNS:
            files.note(ZIP_CODES, 1, 1, "must begin with the line 'zip,city,county,also_known_as', then one for each ZIP code")
            return
        told = not counties.open and not files.broken(_COUNTIES)
        for row in reader:
            others = tuple(name.strip() for name in row["also_known_as"].split(";") if name.strip())
            if row["county"] not in counties.names:
                county = shortened(" ".join(row["county"].split()))
                advice = counties.advice(county) if len(files.problems) < _ADVISED else ""
                if told:
                    files.note(ZIP_CODES, reader.line_num, 1, f"'{county}' is not a county{advice}")
            elif fault := _fault_of_row(row, others):
                files.note(ZIP_CODES, reader.line_num, 1, fault)
            else:
                yield ZipCode(row["zip"], row["city"], row["county"], others, _point(row))
    except csv.Error as error:
        files.note(ZIP_CODES, max(reader.line_num, 1), 1, f"cannot be read: {error}")
    except TreeError as error:
        for line, column, message in error.faults:
            files.note(ZIP_CODES, line, column, message)


def _fault_of_row(row: dict[str, str], others: Sequence[str]) -> str:
    if not re.fullmatch("[0-9]{5}", row["zip"]) or not row["city"].strip():
        return "needs a ZIP code of 5 digits, and the name of its post office"
    if strange := next((name for name in (row["city"], *others) if not _TOWN.fullmatch(name)), ""):
        return (f"'{shortened(' '.join(strange.split()))}' is not the name of a town: it may have letters, digits, blanks and "
                ". , ' - / ( ), and at most 60 of them")  # fmt: skip
    try:
        _point(row)
    except ValueError:
        return "needs a point in degrees, like 38.5767,-92.1735 under 'lat' and 'lon', or none: leave both empty"
    return ""


def _point(row: dict[str, str]) -> tuple[float, float] | None:
    """Read longitude and latitude; `ValueError` where they are no point of the earth."""
    written = (row.get("lon") or "", row.get("lat") or "")
    if written == ("", ""):
        return None
    if not all(re.fullmatch(r"-?[0-9]{1,3}(\.[0-9]{1,9})?", one) for one in written):
        raise ValueError
    longitude, latitude = map(float, written)
    if abs(longitude) > 180 or abs(latitude) > 90:
        raise ValueError
    return longitude, latitude


def read_shapes(files: Files, counties: Vocabulary) -> Shapes:
    """Read the outlines of the counties; none, with a problem noted, where they cannot be drawn."""
    nothing = Shapes(1, 1, {})
    data = files.data(SHAPES)
    if data is None:
        return nothing
    try:
        raw = json.loads(decode(data))
        rings = {
            county: tuple(tuple((float(x), float(y)) for x, y in ring) for ring in rings)
            for county, rings in raw["rings"].items()
        }
        shapes = Shapes(float(raw["width"]), float(raw["height"]), rings)
    except TreeError as error:
        for line, column, message in error.faults:
            files.note(SHAPES, line, column, message)
        return nothing
    except (ValueError, LookupError, TypeError, AttributeError, OverflowError, RecursionError) as error:
        files.note(SHAPES, 1, 1, f"does not hold the county outlines: {error}")
        return nothing
    known = None if counties.open or files.broken(_COUNTIES) else counties.names
    faults = list(_faults_of_shapes(shapes, known))
    for fault in faults:
        files.note(SHAPES, 1, 1, fault)
    return nothing if faults else shapes


def _faults_of_shapes(shapes: Shapes, counties: Collection[str] | None) -> Iterator[str]:
    if not (0 < shapes.width <= _WIDEST and 0 < shapes.height <= _WIDEST):
        yield f"'width' and 'height' must be numbers from 1 to {_WIDEST:,}"
        return
    for county, rings in shapes.rings.items():
        name = shortened(" ".join(county.encode("utf-8", "replace").decode().split()))
        if counties is not None and county not in counties:
            yield f"'{name}' is not a county of data/counties.yaml"
        elif not rings or any(len(ring) < 4 or ring[0] != ring[-1] for ring in rings):
            yield f"the outline of '{name}' needs rings of 4 points or more, each closed: its last point is its first"
        elif not all(0 <= x <= shapes.width and 0 <= y <= shapes.height for ring in rings for x, y in ring):
            yield f"the outline of '{name}' has a point outside of the drawing"
