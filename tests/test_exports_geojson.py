"""listings.geojson: public places alone, at points that say how rough they are."""

from __future__ import annotations

import csv
import json

import pytest
from msgspec.structs import replace
from sample import EDITION, ROOT, listing

from guide.exports.geojson import DOWNLOAD, listings_geojson
from guide.exports.imprint import imprint_of
from guide.exports.names import names_of
from guide.model import AreaPlace, PublicPlace, WithheldPlace
from guide.once import Once


def features(guide, *some):
    guide = replace(guide, listings=some) if some else guide
    return json.loads(listings_geojson(guide, names_of(guide), imprint_of(guide, EDITION), Once(guide.marks)).read())["features"]


def points():
    with (ROOT / "data/places.csv").open(encoding="utf-8", newline="") as file:
        return {row["zip"]: [float(row["lon"]), float(row["lat"])] for row in csv.DictReader(file)}


def test_there_is_a_feature_for_each_public_place_and_for_no_other(guide):
    assert [one["id"] for one in features(guide)] == [one.id for one in guide.listings if isinstance(one.location, PublicPlace)]


@pytest.mark.parametrize("place", [WithheldPlace(), AreaPlace(city="Zzyzxville")])
def test_a_place_that_is_not_public_is_not_there(guide, place):
    assert [one["id"] for one in features(guide, listing("one", location=place), listing("two", location=PublicPlace()))] == ["two"]


def test_each_point_is_that_of_the_zip_code_and_says_so(guide):
    known = points()
    by_id = {one.id: one.location for one in guide.listings}
    found = features(guide)
    for one in found:
        point = known.get((by_id[one["id"]].zip or "")[:5])
        assert one["geometry"] == ({"type": "Point", "coordinates": point} if point else None)
        assert one["properties"]["precision"] == ("ZIP code area" if point else "no point known")
    assert sum(one["geometry"] is not None for one in found) > 500


def test_every_point_lies_in_missouri_or_beside_it(guide):
    for one in features(guide):
        if one["geometry"]:
            longitude, latitude = one["geometry"]["coordinates"]
            assert -96 < longitude < -88.5 and 35.9 < latitude < 41, one["id"]


def test_without_a_zip_code_there_is_no_point(guide):
    [one] = features(guide, listing(location=PublicPlace(city="Jefferson City", street="1 Zzyzx St")))
    assert one["geometry"] is None and one["properties"]["precision"] == "no point known"


def test_a_feature_holds_what_is_known_and_every_name_is_described(guide):
    [one] = features(guide, listing(location=PublicPlace(city="Zzyzxville", street="1 Zzyzx St", zip="65101-1234")))
    assert one["properties"] == {
        "name": "One", "kinds_of_help": ["Case management"], "street": "1 Zzyzx St", "city": "Zzyzxville", "zip": "65101-1234",
        "county": "Cole County", "county_fips": "29051", "state": "MO", "precision": "ZIP code area",
        "how_sure": "Nobody has confirmed this listing. It comes from public sources, which have no date. Call first."}  # fmt: skip
    told = {column.name for column in DOWNLOAD.columns} - {"id"}
    assert {name for found in features(guide) for name in found["properties"]} == told


def test_the_file_says_what_a_point_is_and_bears_edition_and_license(guide):
    value = json.loads(listings_geojson(guide, names_of(guide), imprint_of(guide, EDITION), Once(guide.marks)).read())
    assert value["type"] == "FeatureCollection" and value["edition"] == "2026-11-24" and value["license"] == "CC BY 4.0"
    assert "ZIP code area" in value["about"]


@pytest.mark.parametrize("point", ["91.0,-92.1", "38.5,-192.1", "38.5,", ",-92.1", "north,west", "1e1,-92.1", "38.5\u0663,-92.1"])
def test_a_point_that_is_none_is_a_mistake_with_its_line(project, problems_of, point):
    path = project / "data/places.csv"
    head, first, *rest = path.read_text(encoding="utf-8").split("\n")
    assert head == "zip,city,state,county,type,lat,lon,also_known_as"
    cells = first.split(",")
    cells[5:7] = point.split(",")
    path.write_text("\n".join([head, ",".join(cells), *rest]), encoding="utf-8")
    assert problems_of(project) == [
        "data/places.csv:2:1: needs a point in degrees, like 38.5767,-92.1735 under 'lat' and 'lon', or none: leave both empty"]  # fmt: skip
