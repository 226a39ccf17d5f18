"""The facts that the guide began with are all there, number by number, until somebody has a newer source.

`imported/digest.json` was written once, from the collected facts of November 2026: for each listing its file, its
phone numbers, a digest of its sources (`evidence`) and one of the whole listing (`whole`).
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[1]
IMPORTED = json.loads((ROOT / "tests/imported/digest.json").read_text(encoding="utf-8"))


def digest(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:16]


@pytest.fixture(scope="module")
def listings() -> dict[str, tuple[str, dict[str, Any]]]:
    found = {}
    folder = ROOT / "data/resources"
    for path in folder.rglob("*.yaml"):
        area = path.relative_to(folder).as_posix().removesuffix(".yaml")
        for listing in yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)["listings"]:  # noqa: S506  the safest loader
            found[listing["id"]] = (area, listing)
    return found


@pytest.fixture(scope="module")
def closed() -> set[str]:
    return {one["id"] for one in yaml.safe_load((ROOT / "data/closed.yaml").read_text(encoding="utf-8"))["closed"]}


def test_1113_listings_were_imported() -> None:
    assert len(IMPORTED) == 1113


def test_every_imported_listing_is_still_listed_or_closed(listings: dict[str, Any], closed: set[str]) -> None:
    assert set(IMPORTED) - set(listings) - closed == set()


def test_a_phone_number_changes_only_with_a_new_source_or_confirmation(listings: dict[str, Any]) -> None:
    changed = {
        listing_id: (was["phones"], now)
        for listing_id, was in IMPORTED.items()
        if listing_id in listings
        and digest([listings[listing_id][1]["sources"], listings[listing_id][1].get("confirmed")]) == was["evidence"]
        and (now := [phone["number"] for phone in listings[listing_id][1].get("phones", [])]) != was["phones"]
    }
    assert changed == {}


def test_an_imported_listing_moves_only_with_a_new_source_or_confirmation(listings: dict[str, Any]) -> None:
    moved = {
        listing_id: (was["file"], listings[listing_id][0])
        for listing_id, was in IMPORTED.items()
        if listing_id in listings
        and digest([listings[listing_id][1]["sources"], listings[listing_id][1].get("confirmed")]) == was["evidence"]
        and listings[listing_id][0] != was["file"]
    }
    assert moved == {}


def test_every_imported_id_is_published() -> None:
    lines = (ROOT / "data/published_ids.txt").read_text(encoding="utf-8").splitlines()
    assert set(IMPORTED) <= set(lines)
