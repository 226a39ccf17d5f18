"""`data/` and `content/` → one Guide; every problem of a run, with file, line, cause and remedy."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from functools import partial
from pathlib import Path
from typing import TypeAlias, TypeVar

import yaml
from msgspec import Struct

from guide import article_rules, model, rules
from guide.addresses import Addresses, addresses
from guide.atlas import read_shapes, read_zip_codes
from guide.beside import beside
from guide.contents import FIGURES, read_articles, read_figures
from guide.county_places import Places
from guide.file_names import printable
from guide.files import IGNORED, Files, ids_in, items_under, start_of
from guide.kept import digest
from guide.kinds import read_slug
from guide.leaks import Withheld
from guide.listing_files import Check, CheckedFile, check_file, check_files
from guide.problems import InputError, Problem
from guide.reading import Entry, Reader, Vocabulary
from guide.rules import Draft
from guide.shapes import FromFile
from guide.yaml_tree import TreeError, compose, decode

R = TypeVar("R", bound=FromFile)
Texts: TypeAlias = Mapping[str, model.Prose]
"""Article → its text as HTML."""
T = TypeVar("T", model.Listing, model.ClosedListing, model.County)
STATES = {"mo": "Missouri", "il": "Illinois"}
VOCABULARIES = frozenset(f"data/{name}.yaml" for name in ("counties", "regions", "services", "people", "languages"))
OTHER_FILES = VOCABULARIES | {
    "data/site.yaml", "data/closed.yaml", "data/open_eligibility.yaml", "data/search.yaml", "data/places.csv",
    "data/county_shapes.json", "data/published_ids.txt", "data/sources.yaml",
}  # fmt: skip
# a mistake in one of these fields of a name leaves the name itself known
_BESIDE_A_NAME = re.compile(r"\]\.(?:label|line|words|name|about|fips|region|neighbors)(?:\[\d+\])?$")
_SAYS_OF_A_VALUE = re.compile("(?!is missing|stands twice)")  # those come of lines that were lost, names among them


class Memory:
    """Files as they were read last, so that a second load in one process reads only what changed."""

    def __init__(self) -> None:
        self.vocabularies: dict[str, Vocabulary] = {}
        self.checked_by: object = None
        """The names, places and day that they were checked by."""
        self.files: dict[str, tuple[bytes, CheckedFile]] = {}


class Loaded(Struct, frozen=True):
    """What a load without a mistake gave."""

    guide: model.Guide
    withheld: Mapping[str, tuple[Withheld, ...]]
    """File of listings → what it holds that must never leave it."""
    vocabularies: Mapping[str, Vocabulary]
    today: date
    """The last day that a date could name."""

    @property
    def secrets(self) -> tuple[Withheld, ...]:
        """All that is withheld, in the order of the files."""
        return tuple(one for _, some in sorted(self.withheld.items()) for one in some)

    @property
    def withholds(self) -> bytes:
        """Stands for all that is withheld, in whichever lines."""
        return digest(repr([one.facts for one in self.secrets]))


def load(root: Path, today: date, memory: Memory | None = None) -> model.Guide:
    """Read `root`/data and `root`/content and check them.

    `today` is the last day that a date in the data may name. Raises `InputError` with every problem found.
    """
    return _Loader(root, memory or Memory(), alone=True).load(today).guide


def load_all(root: Path, today: date) -> Loaded:
    """Do what `load` does, on both processors; give also what the data withhold, and what another load may start from."""
    return _Loader(root, Memory(), alone=False).load(today)


class _Loader(Files):
    def __init__(self, root: Path, memory: Memory, *, alone: bool) -> None:
        super().__init__(root)
        self.memory = memory
        self.alone = alone
        """Not with the second processor."""
        self.vocabularies: dict[str, Vocabulary] = {}
        self.unread = False

    def load(self, today: date) -> Loaded:
        for folder in ("data", "content"):
            if (self.root / folder).is_symlink():
                self.note(folder, 1, 1, "is a symbolic link; put the folder itself here")
        regions = self.record("data/regions.yaml", model.Regions)
        regions_named = {region.id: region.name for region in regions.regions}
        self.know("region", "a region", regions_named, file="data/regions.yaml")
        counties_named = self.county_names()
        self.know("county", "a county", counties_named, file="data/counties.yaml")
        counties = self.record("data/counties.yaml", model.Counties).counties
        groups = self.record("data/services.yaml", model.Services).groups
        services = [service for group in groups for service in group.services]
        self.know("service", "a service of data/services.yaml", {s.id: s.label for s in services},
                  {word.lower(): s.id for s in services for word in s.words}, "data/services.yaml")  # fmt: skip
        people = self.record("data/people.yaml", model.People).people
        self.know("people", "a name of data/people.yaml", {p.id: p.label for p in people},
                  {word.lower(): p.id for p in people for word in p.words}, "data/people.yaml")  # fmt: skip
        languages = self.record("data/languages.yaml", model.Languages).languages
        self.know("language", "a language code of data/languages.yaml", {t.id: t.label for t in languages},
                  {word.lower(): t.id for t in languages for word in t.words}, "data/languages.yaml")  # fmt: skip
        wide = {**STATES, "us": "national"}
        open_county = self.vocabularies["county"].open or self.loses_names("data/counties.yaml")
        areas = {**counties_named, **regions_named, **wide}
        self.vocabularies["area"] = Vocabulary("a county, region, state or 'us'", _told(areas),
                                               open=open_county or self.vocabularies["region"].open)  # fmt: skip
        self.vocabularies["file"] = Vocabulary("a file of data/resources", {**_told(counties_named), **wide}, open=open_county)
        site = self.record("data/site.yaml", model.Site)
        closed = self.record("data/closed.yaml", model.ClosedListings).closed
        open_eligibility = self.record("data/open_eligibility.yaml", model.OpenEligibility)
        search = self.record("data/search.yaml", model.Search)
        zip_codes = tuple(read_zip_codes(self, self.vocabularies["county"]))
        shapes = read_shapes(self, self.vocabularies["county"])
        references = self.record("data/sources.yaml", model.References).sources
        self.know("source", "a source of data/sources.yaml", {one.id: one.title for one in references},
                  file="data/sources.yaml")  # fmt: skip
        figures = tuple(read_figures(self, self.vocabularies))
        articles = tuple(read_articles(self, self.vocabularies))
        prose: Callable[[], Texts] = partial(
            _prose, tuple(entry.record for entry in articles),
            tuple(one for one in references if None not in (one.id, one.title, one.kind, one.url, one.read)),
            tuple(entry.record for entry in figures))  # fmt: skip
        prose = prose if self.alone else beside(prose)
        sure = () if self.broken("data/counties.yaml") else counties
        places = Places(sure, zip_codes)
        checked_by = self.vocabularies, sure, zip_codes, today
        if self.memory.checked_by != checked_by:
            self.memory.checked_by, self.memory.files = checked_by, {}
            self.memory.vocabularies = dict(self.vocabularies)
        files = list(self.resource_files(counties_named, partial(check_file, self.vocabularies, places, today),
                                         anywhere=open_county))  # fmt: skip
        names = tuple(one for file in files for one in file.names)
        unread_ids = {listing_id for file in files for listing_id in file.unread_ids}
        if self.broken("data/closed.yaml"):
            unread_ids |= {*ids_in(self.texts.get("data/closed.yaml", ""))}
        self.problems += rules.check(Draft(
            counties=self.entries("data/counties.yaml", "counties", counties), shapes=shapes,
            site=Entry(site, "data/site.yaml", self.trees["data/site.yaml"]) if "data/site.yaml" in self.trees else None,
            listings=names, closed=self.entries("data/closed.yaml", "closed", closed),
            published_ids=tuple(self.published_ids()), unread_ids=frozenset(unread_ids),
            unread=self.unread or (self.broken("data/closed.yaml") and "data/closed.yaml" not in self.texts),
            vocabularies={file: tree for file, tree in self.trees.items() if file in {*VOCABULARIES, "data/sources.yaml"}},
            broken=frozenset(problem.file for problem in self.problems),
        ), today)  # fmt: skip
        made = prose()
        self.problems += article_rules.check(article_rules.Texts(
            articles, made, figures, self.vocabularies["source"],
            Vocabulary(f"a figure of {FIGURES}", {entry.record.id: entry.record.title for entry in figures},
                       open=any(problem.file.startswith(FIGURES) for problem in self.problems)),
            self.addresses(articles, figures, {one.id for one in names if one.id}
                           | {one.id for one in closed if one.id} | unread_ids),
        ), today)  # fmt: skip
        if self.problems:
            raise InputError(self.problems)
        guide = model.Guide(
            site=site, regions=regions, counties=counties, groups=groups, people=people, languages=languages,
            open_eligibility=open_eligibility, search=search, zip_codes=zip_codes, shapes=shapes,
            listings=tuple(listing for file in files for listing in file.listings),
            lines={id_: line for file in files for id_, line in file.lines.items()},
            marks={id_: mark for file in files for id_, mark in file.marks.items()},
            closed=closed, references=references,
            articles=tuple(entry.record for entry in articles), prose=made, figures=tuple(entry.record for entry in figures),
        )  # fmt: skip
        secrets = {file.names[0].file: file.withheld for file in files if file.names}
        return Loaded(guide, secrets, self.vocabularies, today)

    # What every file has in common

    def loses_names(self, file: str) -> bool:
        """Say whether a vocabulary's file has mistakes that may have cost a name."""
        return any(p.file == file and not (_BESIDE_A_NAME.search(p.where) and _SAYS_OF_A_VALUE.match(p.message))
                   for p in self.problems)  # fmt: skip

    def know(
        self, name: str, called: str, names: Mapping[str, str], hints: Mapping[str, str] | None = None, file: str = ""
    ) -> None:
        self.vocabularies[name] = Vocabulary(called, _told(names), hints or {}, open=self.loses_names(file))

    def record(self, file: str, record: type[R]) -> R:
        """Read a whole file as one record; where it cannot be, an empty one stands in, with problems noted."""
        node = self.tree(file)
        reader = Reader(file, self.vocabularies)
        value = reader.read(node or compose("{}"), record)
        if node:
            self.problems += reader.problems
        return value

    def entries(self, file: str, key: str, records: tuple[T, ...]) -> tuple[Entry[T], ...]:
        """Put the records of a file's list and their nodes together."""
        nodes = items_under(self.trees[file], key) if file in self.trees else []
        return tuple(Entry(record, file, node) for record, node in zip(records, nodes, strict=True))

    # Listings

    def resource_files(self, counties: Mapping[str, str], check: Check, *, anywhere: bool) -> Iterator[CheckedFile]:
        """Read and check the listings; `anywhere`: the counties are not all known, so any file of a state may be one."""
        folder = self.root / "data/resources"
        wanted = {*STATES, "us", *counties}
        if anywhere:
            wanted |= {f"{state}/{path.stem}" for state in STATES for path in (folder / state).glob("*.yaml")}
        for path in sorted((self.root / "data").rglob("*")):
            file = path.relative_to(self.root).as_posix()
            name = file.removeprefix("data/").removeprefix("resources/")
            inside = file.startswith("data/resources/")
            if file in OTHER_FILES or any(IGNORED.search(part) for part in file.split("/")):
                continue
            if path.is_symlink():
                self.note(printable(file), 1, 1, "is a symbolic link; put the file or folder itself here")
            elif path.is_dir():
                if inside and name not in STATES:
                    folders = " and ".join(f"data/resources/{state}" for state in STATES)
                    self.note(printable(file), 1, 1, f"is not a folder of the guide; county files stand in {folders}")
            elif name.removesuffix(".yaml") not in wanted if inside else _holds_listings(path):
                self.note(printable(file), 1, 1, _misplaced(name, sorted(wanted)))
                yield CheckedFile(unread_ids=ids_in(start_of(path)))
        known = self.memory.files
        texts = {file: (area, data) for area in sorted(wanted) for file in [f"data/resources/{area}.yaml"]
                 if (data := self.resource_data(area, file)) is not None}  # fmt: skip
        new = [(area, file, data) for file, (area, data) in texts.items() if known.get(file, (None, None))[0] != data]
        for (_, file, data), found in zip(new, check_files(new, check, alone=self.alone), strict=True):
            known[file] = data, found
        for file in texts:
            found = known[file][1]
            self.problems += found.problems
            self.unread |= bool(found.problems and not found.listings and not found.unread_ids)
            yield found

    def resource_data(self, area: str, file: str) -> bytes | None:
        """Give the bytes of a file of listings; None where it cannot be had, which is noted."""
        before = len(self.problems)
        data = self.data(file)
        if data is None:
            self.unread = True
            if self.problems[before].message == "is missing":
                called = self.vocabularies["file"].names.get(area, area)
                self.problems[before] = Problem(file, 1, 1, "", f"is missing: {called} needs its file; without listings it "
                                                                "says 'listings: []'")  # fmt: skip
        return data

    def published_ids(self) -> Iterator[tuple[str, int]]:
        file = "data/published_ids.txt"
        try:
            text = decode(self.data(file) or b"")
        except TreeError as error:
            for fault in error.faults:
                self.note(file, *fault)
            return
        for number, line in enumerate(text.split("\n"), 1):
            word = line.strip()
            if not word or word.startswith("#"):
                continue
            try:
                yield read_slug(word), number
            except ValueError as error:
                self.note(file, number, 1, f"{error}; one id stands in each line")

    # Places

    def county_names(self) -> dict[str, str]:
        """Read the counties' ids and names first, for the neighbors may name any of them."""
        tree = self.tree("data/counties.yaml")
        names = {}
        for item in items_under(tree, "counties") if tree else []:
            pairs = item.value if isinstance(item, yaml.MappingNode) else ()
            facts = {k.value: v.value for k, v in pairs if isinstance(k, yaml.ScalarNode) and isinstance(v, yaml.ScalarNode)}
            if re.fullmatch(r"(mo|il)/[a-z0-9-]+", facts.get("id", "")):
                state = STATES[facts["id"][:2]]
                name = facts.get("name") or facts["id"]
                names[facts["id"]] = name if state == "Missouri" else f"{name}, {state}"
        return names

    def addresses(self, articles: Sequence[Entry[model.Article]], figures: Sequence[Entry[model.Figure]],
                  listings: Collection[str]) -> Addresses:  # fmt: skip
        """List the addresses that texts may link to, as far as the data could be read."""
        named = self.vocabularies
        folders = [(named["county"].open, tuple(f"{state}/" for state in STATES)), (named["region"].open, ("regions/",)),
                   (named["service"].open, ("services/",)), (self.unread, ("listings/",))]  # fmt: skip
        return Addresses(
            addresses(counties=named["county"].names, regions=named["region"].names, services=named["service"].names,
                      listings=listings, articles=[entry.record.name for entry in articles],
                      figures=[entry.record.id for entry in figures]),
            open=tuple(folder for is_open, some in folders if is_open for folder in some),
        )  # fmt: skip


def _prose(articles: Iterable[model.Article], references: tuple[model.Reference, ...],
           figures: tuple[model.Figure, ...]) -> Texts:  # fmt: skip
    from guide.prose import prose  # it loads Markdown, which takes its time

    return {article.name: prose(article, references, figures) for article in articles}


def _told(names: Mapping[str, str]) -> dict[str, str]:
    """Names that were read; where only the label is missing, the name stands for it."""
    return {name: label or name for name, label in names.items() if name}


def _holds_listings(path: Path) -> bool:
    return path.name.lower().endswith((".yaml", ".yml")) and bool(re.search("^listings:", start_of(path), re.MULTILINE))


def _misplaced(name: str, wanted: list[str]) -> str:
    stem = re.sub(r"\.\w*$", "", name).lower().replace(" ", "-").replace("_", "-").replace(".", "").removesuffix("-county")
    names = [area.rpartition("/")[2] for area in wanted]
    meant = get_close_matches(stem.rpartition("/")[2], names, 1, 0.75)
    fits = [stem] if stem in wanted else [area for area, name in zip(wanted, names, strict=True) if name in meant]
    if fits:
        should = " or ".join(f"data/resources/{area}.yaml" for area in fits)
        return f"is not a file of the guide; it should be {should}"
    return "is not a file of the guide; listings stand in mo/<county>.yaml, il/<county>.yaml, mo.yaml, il.yaml and us.yaml"
