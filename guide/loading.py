"""`data/` and `content/` → one Guide; every problem of a run, with file, line, cause and remedy."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TypeVar

import yaml

from guide import model, rules
from guide.problems import InputError, Problem
from guide.reading import Reader, Vocabulary
from guide.rules import Draft, Entry
from guide.yaml_tree import TreeError, compose, decode

R = TypeVar("R")
STATES = {"mo": "Missouri", "il": "Illinois"}
_IGNORED = re.compile(r"^[.#]|~$|^(Thumbs\.db|desktop\.ini)$")


@dataclass(frozen=True, slots=True)
class ResourceFile:
    """What one file of `data/resources/` gave."""

    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...]
    unread_ids: tuple[str, ...] = ()
    """Ids in a file whose YAML cannot be read: they are not gone."""


class Memory:
    """Files as they were read last, so that a second load in one process reads only what changed."""

    def __init__(self) -> None:
        self.files: dict[str, tuple[bytes, object, ResourceFile]] = {}


def load(root: Path, today: date, memory: Memory | None = None) -> model.Guide:
    """Read `root`/data and `root`/content and check them.

    `today` is the last day that a date in the data may name. Raises `InputError` with every problem found.
    """
    return _Loader(root, memory or Memory()).load(today)


class _Loader:
    def __init__(self, root: Path, memory: Memory) -> None:
        self.root = root
        self.memory = memory
        self.problems: list[Problem] = []
        self.vocabularies: dict[str, Vocabulary] = {}

    def load(self, today: date) -> model.Guide:
        regions = self.record("data/regions.yaml", model.Regions)
        self.know("region", "a region", {r.id: r.name for r in regions.regions})
        county_names = self.county_names()
        self.know("county", "a county", county_names)
        counties = self.record("data/counties.yaml", model.Counties).counties
        groups = self.record("data/services.yaml", model.Services).groups
        services = [service for group in groups for service in group.services]
        self.know("service", "a service of data/services.yaml", {s.id: s.label for s in services},
                  {word.lower(): s.id for s in services for word in s.words})  # fmt: skip
        people = self.record("data/people.yaml", model.People).people
        self.know("people", "a name of data/people.yaml", {p.id: p.label for p in people},
                  {word.lower(): p.id for p in people for word in p.words})  # fmt: skip
        languages = self.record("data/languages.yaml", model.Languages).languages
        self.know("language", "a language code of data/languages.yaml", {t.id: t.label for t in languages},
                  {word.lower(): t.id for t in languages for word in t.words})  # fmt: skip
        regions_named = {r.id: r.name for r in regions.regions}
        self.know("area", "a county, region, state or 'us'", {**county_names, **regions_named, **STATES, "us": "national"})
        self.know("file", "a file of data/resources", {**county_names, **STATES, "us": "national"})
        site = self.record("data/site.yaml", model.Site)
        closed = self.record("data/closed.yaml", model.ClosedListings).closed
        zip_codes = tuple(self.zip_codes())
        shapes = self.shapes()
        articles = tuple(self.articles())
        files = list(self.resource_files(county_names))
        entries = tuple(entry for file in files for entry in file.entries)
        draft = Draft(
            counties=counties, groups=groups, zip_codes=zip_codes, shapes=shapes, entries=entries, closed=closed,
            published_ids=tuple(self.published_ids()), unread_ids=frozenset(i for f in files for i in f.unread_ids),
        )  # fmt: skip
        self.problems += rules.check(draft, today)
        if self.problems:
            raise InputError(self.problems)
        return model.Guide(
            site=site, regions=regions, counties=counties, groups=groups, people=people, languages=languages,
            zip_codes=zip_codes, shapes=shapes, listings=tuple(entry.listing for entry in entries), closed=closed,
            articles=articles,
        )  # fmt: skip

    # What every file has in common

    def note(self, file: str, line: int, column: int, message: str) -> None:
        self.problems.append(Problem(file, line, column, "", message))

    def know(self, name: str, called: str, names: Mapping[str, str], hints: Mapping[str, str] | None = None) -> None:
        told = {key: label for key, label in names.items() if key and label}  # an entry that lacks one is a problem already
        self.vocabularies[name] = Vocabulary(called, told, hints or {})

    def data(self, file: str) -> bytes:
        """The bytes of a file; empty, with a problem noted, where it cannot be read."""
        path = self.root / file
        if path.is_symlink():
            self.note(file, 1, 1, "is a symbolic link; put the file itself here")
            return b""
        try:
            return path.read_bytes()
        except FileNotFoundError:
            self.note(file, 1, 1, "is missing")
        except OSError as error:
            self.note(file, 1, 1, f"cannot be read: {error.strerror}")
        return b""

    def tree(self, file: str) -> yaml.Node | None:
        before = len(self.problems)
        data = self.data(file)
        if len(self.problems) > before:
            return None
        try:
            return compose(decode(data))
        except TreeError as error:
            for fault in error.faults:
                self.note(file, *fault)
            return None

    def record(self, file: str, record: type[R]) -> R:
        """Read a whole file as one record; where it cannot be, an empty one stands in, with problems noted."""
        node = self.tree(file)
        reader = Reader(file, self.vocabularies)
        value = reader.read(node or compose("{}"), record)
        if node:
            self.problems += reader.problems
        return value

    # Listings

    def resource_files(self, counties: Mapping[str, str]) -> Iterator[ResourceFile]:
        folder = self.root / "data/resources"
        wanted = [*STATES, "us", *counties]
        for path in sorted(folder.rglob("*")) if folder.is_dir() else []:
            name = path.relative_to(folder).as_posix()
            file = f"data/resources/{name}"
            if any(_IGNORED.search(part) for part in name.split("/")):
                continue
            if path.is_symlink():
                self.note(file, 1, 1, "is a symbolic link; put the file itself here")
            elif path.is_dir():
                if name not in STATES:
                    self.note(file, 1, 1, f"is not a folder of the guide; county files stand in {' and '.join(STATES)}")
            elif not name.endswith(".yaml") or name.removesuffix(".yaml") not in wanted:
                self.note(file, 1, 1, _misplaced(name, wanted))
        for area in sorted(wanted):
            file = f"data/resources/{area}.yaml"
            if not (self.root / file).exists() and not (self.root / file).is_symlink():
                self.note(file, 1, 1, f"is missing: {self.vocabularies['file'].names[area]} needs its file; "
                                      "without listings it says 'listings: []'")  # fmt: skip
                continue
            yield self.resource_file(area, file)

    def resource_file(self, area: str, file: str) -> ResourceFile:
        if (self.root / file).is_symlink():
            return ResourceFile((), ())  # already noted
        data = self.data(file)
        # what a listing may name is part of what was read
        vocabularies = {name: tuple(v.names) for name, v in self.vocabularies.items()}
        known = self.memory.files.get(file)
        if known and known[:2] == (data, vocabularies):
            found = known[2]
        else:
            found = _read_listings(area, file, data, self.vocabularies)
            self.memory.files[file] = (data, vocabularies, found)
        self.problems += found.problems
        return found

    def published_ids(self) -> Iterator[tuple[str, int]]:
        text = self.data("data/published_ids.txt").decode("utf-8", "replace")
        for number, line in enumerate(text.splitlines(), 1):
            if line.strip() and not line.startswith("#"):
                yield line.strip(), number

    # Places

    def county_names(self) -> dict[str, str]:
        """Read the counties' ids and names first, for the neighbors may name any of them."""
        node = self.tree("data/counties.yaml")
        self.problems = [p for p in self.problems if p.file != "data/counties.yaml"]  # told when it is read in full
        names = {}
        if isinstance(node, yaml.MappingNode):
            for _, value in node.value:
                for item in value.value if isinstance(value, yaml.SequenceNode) else ():
                    pairs = item.value if isinstance(item, yaml.MappingNode) else ()
                    facts = {k.value: v.value for k, v in pairs if isinstance(k, yaml.ScalarNode) and isinstance(v, yaml.ScalarNode)}
                    if facts.get("id") and facts.get("name"):
                        state = STATES.get(facts["id"][:2], "")
                        names[facts["id"]] = facts["name"] if state == "Missouri" else f"{facts['name']}, {state}"
        return names

    def zip_codes(self) -> Iterator[model.ZipCode]:
        file = "data/places.csv"
        text = self.data(file).decode("utf-8-sig", "replace")
        counties = self.vocabularies["county"]
        try:
            rows = list(csv.DictReader(io.StringIO(text), restval=""))
        except csv.Error as error:
            rows = []
            self.note(file, 1, 1, f"cannot be read: {error}")
        if text and not {"zip", "city", "county", "also_known_as"} <= set(rows[0] if rows else ()):
            self.note(file, 1, 1, "must begin with the line 'zip,city,county,also_known_as', then one for each ZIP code")
            return
        for number, row in enumerate(rows, 2):
            if row["county"] not in counties.names:
                self.note(file, number, 1, f"'{row['county']}' is not a county{counties.advice(row['county'])}")
                continue
            others = tuple(name.strip() for name in row["also_known_as"].split(";") if name.strip())
            yield model.ZipCode(row["zip"], row["city"], row["county"], others)

    def shapes(self) -> model.Shapes:
        file = "data/county_shapes.json"
        try:
            raw = json.loads(self.data(file) or b"{}")
            rings = {
                county: tuple(tuple((float(x), float(y)) for x, y in ring) for ring in rings)
                for county, rings in raw["rings"].items()
            }
            return model.Shapes(float(raw["width"]), float(raw["height"]), rings)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            self.note(file, 1, 1, f"does not hold the county outlines: {error}")
            return model.Shapes(1, 1, {})

    # Content

    def articles(self) -> Iterator[model.Article]:
        folder = self.root / "content"
        for path in sorted(folder.rglob("*.md")):
            name = path.relative_to(folder).as_posix().removesuffix(".md")
            file = f"content/{name}.md"
            try:
                text = decode(self.data(file))
                head, line, body = _front_matter(text)
                reader = Reader(file, self.vocabularies, first_line=line)
                front = reader.read(compose(head, first_line=line), model.FrontMatter)
            except TreeError as error:
                for fault in error.faults:
                    self.note(file, *fault)
                continue
            self.problems += reader.problems
            yield model.Article(name, front, body)


def _read_listings(area: str, file: str, data: bytes, vocabularies: Mapping[str, Vocabulary]) -> ResourceFile:
    try:
        text = decode(data)
    except TreeError as error:
        return ResourceFile((), tuple(Problem(file, *fault[:2], "", fault[2]) for fault in error.faults),
                            _ids_in(data.decode("utf-8", "replace")))  # fmt: skip
    try:
        root = compose(text)
    except TreeError as error:
        return ResourceFile((), tuple(Problem(file, *fault[:2], "", fault[2]) for fault in error.faults), _ids_in(text))
    reader = Reader(file, vocabularies)
    listings = reader.read(root, model.Listings).listings
    problems = tuple(replace(p, where=re.sub(r"^listings\[\d+\]\.?", "", p.where)) for p in reader.problems)
    broken = {p.line for p in problems}
    entries = tuple(
        Entry(replace(listing, area=area, location=listing.location or model.WithheldPlace()), file, node)
        for listing, node in zip(listings, _listing_nodes(root), strict=True)
    )
    return ResourceFile(entries, problems, _ids_in(text) if broken else ())


def _listing_nodes(root: yaml.Node) -> list[yaml.Node]:
    if isinstance(root, yaml.MappingNode):
        for key, value in root.value:
            if key.value == "listings":  # the first is read, as in Reader.read
                return list(value.value) if isinstance(value, yaml.SequenceNode) else []
    return []


def _ids_in(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"^[\s-]*id:\s*['\"]?([a-z0-9-]+)", text, re.MULTILINE))


def _misplaced(name: str, wanted: list[str]) -> str:
    stem = re.sub(r"\.\w*$", "", name).lower().replace(" ", "-").replace("_", "-").replace(".", "")
    fits = [area for area in wanted if area == stem or area.endswith("/" + stem.rpartition("/")[2])]
    should = " or ".join(f"data/resources/{area}.yaml" for area in fits)
    return (f"is not a file of the guide; it should be {should}" if fits else
            "is not a file of the guide; listings stand in mo/<county>.yaml, il/<county>.yaml, mo.yaml, il.yaml and us.yaml")  # fmt: skip


def _front_matter(text: str) -> tuple[str, int, str]:
    """Split a page into its head, the line on which that begins, and the Markdown after it."""
    found = re.match(r"---[ ]*\n(.*?)^---[ ]*(?:\n|$)", text, re.DOTALL | re.MULTILINE)
    if not found:
        raise TreeError([(1, 1, "the page must begin with a line '---', then 'title:' and 'summary:', then '---'")])
    return found.group(1), 2, text[found.end():]
