"""Projects of any size to build: the real one as it is, or one whose listings are invented.

An invented listing takes its form from a real one: its file, which fields it has, how many words each has, whom and where it
serves, and how much of its place may be shown. Its words are real words in another order; its names, numbers and addresses
are invented (numbers of 555-01xx, example.org). The same size gives the same project.
"""

from __future__ import annotations

import csv
import re
import shutil
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from guide.editing.document import Document

Facts = dict[str, Any]
MOST = 60_000
"""Listings that the guide's files hold: none may be larger than half a megabyte."""
_FULL = 440_000
PARTS = ("data", "content", "templates")
_TEXTS = ("summary", "eligibility", "fees", "how_to_refer", "editor_note")
_HEAD = "# yaml-language-server: $schema={}schema/listings.json\n"
_FIRST = ("Alder", "Amber", "Aspen", "Bluestem", "Bright", "Cedar", "Clear", "Clover", "Copper", "Dawn", "Elm", "Fern", "Flint",
          "Golden", "Harbor", "Hazel", "Heron", "Ivy", "Juniper", "Lantern", "Larch", "Maple", "Meadow", "Morning", "New",
          "North", "Open", "Prairie", "Quiet", "Redbud", "Rowan", "Sage", "Silver", "Stone", "Swift", "Sycamore", "Tall",
          "True", "Walnut", "Willow")  # fmt: skip
_SECOND = ("Bridge", "Brook", "Day", "Door", "Field", "Gate", "Grove", "Hands", "Hearth", "Hope", "House", "Light", "Neighbors",
           "Oak", "River", "Road", "Roof", "Step", "Stream", "Tree", "Voice", "Water", "Way", "Window")  # fmt: skip
_THIRD = ("Advocates", "Alliance", "Association", "Care", "Center", "Clinic", "Coalition", "Community Action", "Community Care",
          "Counseling", "Crisis Line", "Family Services", "Foundation", "Health Department", "Help Line", "Hospital",
          "Initiative", "Legal Aid", "Medical Group", "Ministries", "Mission", "Network", "Outreach", "Partners", "Program",
          "Resource Center", "Services", "Shelter", "Victim Services", "Youth Services")  # fmt: skip


_TOLL_FREE = {"800", "833", "844", "855", "866", "877", "888"}  # 555-01xx is kept for invented numbers in the others only


@dataclass(frozen=True, slots=True)
class _Words:
    """The real words of each field, without numbers and names, and the real titles' and labels' as well."""

    of: Mapping[str, tuple[str, ...]]

    def shuffled(self, chance: Random, field: str, text: str) -> str:
        """Give a text of as many words as another, begun with a capital where that one is."""
        words = [chance.choice(self.of[field]) for _ in text.split()]
        if text[:1].isupper():
            words[0] = words[0].capitalize()
        return " ".join(words)


def make(size: str, root: Path, folder: Path) -> None:
    """Write a project into a folder that is not there yet: `real`, or a number of invented listings, as `5000`."""
    for part in PARTS:
        shutil.copytree(root / part, folder / part)
    if size != "real":
        _invent(int(size), folder / "data")


def _invent(size: int, data: Path) -> None:
    chance = Random(size)  # noqa: S311  no secret: the same size gives the same listings
    resources = data / "resources"
    paths = {path.relative_to(resources).with_suffix("").as_posix(): path for path in sorted(resources.rglob("*.yaml"))}
    forms = list(_real(paths))
    words = _words_of([facts for _, facts in forms])
    shelves = _Shelves(list(paths), _places(data))
    times, rest = divmod(size, len(forms))
    for number, (area, form) in enumerate([*forms * times, *chance.sample(forms, rest)], 1):
        shelves.put(chance, area, _listing(chance, number, form, words))
    for area, path in paths.items():
        document = Document(_HEAD.format("../" * (2 + area.count("/"))) + "listings: []\n")
        for facts in shelves.files[area]:
            document.add(facts)
        path.write_text(document.text(), encoding="utf-8")
    ids = sorted(facts["id"] for some in shelves.files.values() for facts in some)
    kept = ids[: _FULL // (1 + max(len(one) for one in ids))]  # an id need not have been in a release
    (data / "published_ids.txt").write_text("".join(f"{one}\n" for one in kept), encoding="utf-8")
    (data / "closed.yaml").write_text("closed: []\n", encoding="utf-8")


def _places(data: Path) -> dict[str, list[tuple[str, str]]]:
    """Give each county's ZIP codes with their cities."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    with (data / "places.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found[row["county"]].append((row["zip"], row["city"]))
    return found


class _Shelves:
    """The files of listings while they fill. What no longer fits into one of the guide's files goes to the emptiest county."""

    def __init__(self, areas: list[str], places: Mapping[str, list[tuple[str, str]]]) -> None:
        self.files: dict[str, list[Facts]] = {area: [] for area in areas}
        self._sizes = dict.fromkeys(areas, 0)
        self._places = places

    def put(self, chance: Random, area: str, facts: Facts) -> None:
        """Put a listing into its file, or into that of another county, with a place there and the same service area."""
        size = len(str(facts))
        if self._sizes[area] + size > _FULL:
            home = min(self._places, key=lambda county: self._sizes[county])
            facts = _moved(facts, area, home, *chance.choice(self._places[home]))
            area = home
        self._sizes[area] += size
        self.files[area].append(facts)


def _moved(facts: Facts, area: str, home: str, zip_code: str, city: str) -> Facts:
    place = dict(facts.get("location", {}))
    place |= {key: value for key, value in {"city": city, "zip": zip_code}.items() if key in place}
    serves = facts.get("serves") or ([] if "/" in area else [area])
    serves = list(dict.fromkeys(home if one == area and "/" in area else one for one in serves))
    return {**facts, **({"location": place} if place else {}), **({"serves": serves} if serves else {})}


def _real(paths: Mapping[str, Path]) -> Iterator[tuple[str, Facts]]:
    for area, path in paths.items():
        document = Document(path.read_text(encoding="utf-8"))
        yield from ((area, dict(document.listing(one))) for one in document.ids())


def _words_of(forms: list[Facts]) -> _Words:
    texts: dict[str, list[str]] = defaultdict(list)
    for facts in forms:
        for field in _TEXTS:
            texts[field] += str(facts.get(field, "")).split()
        for one in facts.get("phones", ()):
            texts["label"] += str(one.get("label", "")).split()
        for one in facts["sources"]:
            texts["supports"] += str(one.get("supports", "")).split()
            texts["title"] += str(one.get("title", "")).split()
    plain = re.compile("[a-z]{2,}[a-z-]*[a-z]?,?")  # small letters only: no names, no places
    return _Words({field: tuple(one for one in some if plain.fullmatch(one)) for field, some in texts.items()})


def _listing(chance: Random, number: int, form: Facts, words: _Words) -> Facts:
    name = f"{chance.choice(_FIRST)} {chance.choice(_SECOND)} {chance.choice(_THIRD)}"
    slug = name.lower().replace(" ", "-")
    facts = {**form, "id": f"{slug}-{number}", "name": name}
    if "also_known_as" in facts:
        facts["also_known_as"] = ["".join(word[0] for word in name.split())]
    for field in _TEXTS:
        if field in facts:
            facts[field] = words.shuffled(chance, field, str(facts[field])).rstrip(",")
    if "phones" in facts:
        facts["phones"] = [_phone(chance, one, words) for one in facts["phones"]]
    if "text" in facts:
        facts["text"] = _number(chance, "573")
    if "email" in facts:
        facts["email"] = f"office@{slug}.example.org"
    if "website" in facts:
        facts["website"] = f"https://{slug}.example.org"
    if "street" in facts.get("location", {}):
        facts["location"] = {**facts["location"], "street": f"{chance.randrange(100, 9900)} {chance.choice(_FIRST)} Street"}
    facts["sources"] = [_source(chance, at, slug, one, words) for at, one in enumerate(facts["sources"])]
    return facts


def _phone(chance: Random, form: Facts, words: _Words) -> Facts:
    area = str(form["number"])[:3]
    ours = len(str(form["number"])) > 9 and area not in _TOLL_FREE
    phone = {**form, "number": _number(chance, area if ours else "573")}
    if "label" in phone:
        said = words.shuffled(chance, "label", str(phone["label"])).rstrip(",")
        phone["label"] = f"24-hour {said}" if "24" in str(form["label"]) else said
    return phone


def _number(chance: Random, area: str) -> str:
    return f"{area}-555-01{chance.randrange(100):02}"


def _source(chance: Random, at: int, slug: str, form: Facts, words: _Words) -> Facts:
    source = dict(form)
    if "url" in source:
        path = "-".join(chance.choices(words.of["summary"], k=4)).replace(",", "")
        source["url"] = f"https://{chance.choice(_FIRST).lower()}-news.example.org/{slug}/{at}/{path}"
    for field in ("title", "supports"):
        if field in source:
            source[field] = words.shuffled(chance, field, str(source[field])).rstrip(",")
    return source
