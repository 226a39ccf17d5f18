"""What must hold beyond one value: ids, counties, confidential places, dates, sources. One rule, one function."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from typing import Any

import yaml
from msgspec import Struct

from guide.confidential import comments, may_tell_place, told_place, told_place_of_link
from guide.county_places import Places, places_lie_in_their_county
from guide.kinds import PartialDate
from guide.model import (
    SHELTERING,
    ClosedListing,
    County,
    Listing,
    PublicPlace,
    Shapes,
    Site,
    Source,
    WithheldPlace,
)  # fmt: skip
from guide.problems import Problem
from guide.reading import LONGEST, Entry, place_in, texts_of


class Named(Struct, frozen=True):
    """A listing's id and name, where it begins, and where its id stands."""

    id: str | None
    name: str | None
    file: str
    line: int
    at: tuple[int, int]
    """Line and column; those of the listing where it has no id."""

    @property
    def place(self) -> str:
        """Its file and line."""
        return f"{self.file}:{self.line}"

    def problem(self, message: str) -> Problem:
        """Note what is wrong with its id."""
        return Problem(self.file, *self.at, "id", message)


def named(entry: Entry[Listing]) -> Named:
    """Give what the rules about ids ask of a listing."""
    pairs = entry.node.value if isinstance(entry.node, yaml.MappingNode) else ()
    mark = next((key.start_mark for key, _ in pairs if key.value == "id"), entry.node.start_mark)
    line = entry.node.start_mark.line + 1
    return Named(entry.record.id, entry.record.name, entry.file, line, (mark.line + 1, mark.column + 1))


class Draft(Struct, frozen=True, kw_only=True):
    """All that was read, before it is known to be right. Each listing was checked by itself already."""

    counties: tuple[Entry[County], ...]
    shapes: Shapes
    site: Entry[Site] | None
    listings: tuple[Named, ...]
    closed: tuple[Entry[ClosedListing], ...]
    published_ids: tuple[tuple[str, int], ...]
    vocabularies: Mapping[str, yaml.Node]
    """The files whose names must be unique: file → tree."""
    unread_ids: frozenset[str]
    """Ids in files that could not be read in full: they are not gone."""
    unread: bool
    """Some file of listings could not be read at all: who knows which ids stand in it."""
    broken: frozenset[str]
    """Files with mistakes of their own; what follows from those is not told as well."""


def check(draft: Draft, today: date) -> Iterator[Problem]:
    """Apply every rule but those of `check_listings`; `today` is the last day that a date may name."""
    for file, tree in draft.vocabularies.items():
        yield from names_are_unique(file, tree)
    yield from ids_are_unique(draft)
    yield from published_ids_stay(draft)
    if "data/counties.yaml" not in draft.broken:
        yield from counties_fit_together(draft)
    if draft.site:
        yield from numbers_are_dialed_as_they_are_shown(draft.site)
    for closed in draft.closed:
        source = [("source", closed.record.source)] if closed.record.source else []
        yield from closed_listings_tell_no_place(closed)
        yield from dates_are_past(closed, [("on", closed.record.on), *_dates(source)], today)
        yield from sources_can_be_found(closed, source)


def check_listings(listings: Iterable[Entry[Listing]], places: Places, today: date) -> Iterator[Problem]:
    """Apply the rules that each listing keeps or breaks by itself."""
    for entry in listings:
        yield from places_lie_in_their_county(entry, places)
        listing = entry.record
        yield from a_shelters_address_is_its_own_choice(entry)
        yield from withheld_places_stay_out_of_texts(entry)
        confirmed = [("confirmed.on", listing.confirmed.on)] if listing.confirmed else []
        sources = [(f"sources[{number}]", source) for number, source in enumerate(listing.sources or ())]
        yield from dates_are_past(entry, [*confirmed, *_dates(sources)], today)
        yield from sources_can_be_found(entry, sources)


def numbers_are_dialed_as_they_are_shown(entry: Entry[Site]) -> Iterator[Problem]:
    """An emergency line shows the number that it dials: whoever reads it out and whoever taps it reach the same line."""
    for place, line in enumerate(entry.record.emergency or ()):
        shown = {"shown": (line.shown, str(line.number) if line.number else ""),
                 "text_shown": (line.text_shown, line.text.number if line.text else "")}  # fmt: skip
        for key, (said, number) in shown.items():
            digits = re.sub(r"\D", "", said or "")
            if said and number and digits not in (re.sub(r"\D", "", number), "1" + re.sub(r"\D", "", number)):
                yield entry.problem(f"emergency[{place}].{key}",
                                    f"shows '{said}', but the link leads to {number}; make them the same")  # fmt: skip


# Ids

def names_are_unique(file: str, tree: yaml.Node) -> Iterator[Problem]:
    """No name of a vocabulary stands twice."""
    first: dict[tuple[str, str], int] = {}
    for path, node, text in texts_of(tree):
        line, sort = node.start_mark.line + 1, re.sub(r"\[\d+\]", "", path)
        if path.endswith(".id") and first.setdefault((sort, text.strip()), line) != line:
            yield Problem(file, line, node.start_mark.column + 1, path,
                          f"'{text.strip()}' stands twice (first in line {first[sort, text.strip()]}); "
                          "give one of them another id")  # fmt: skip


def ids_are_unique(draft: Draft) -> Iterator[Problem]:
    """No id stands twice, in whatever files."""
    first: dict[str, Named] = {}
    for listing in draft.listings:
        if listing.id and first.setdefault(listing.id, listing) is not listing:
            yield listing.problem(f"'{listing.id}' stands in {first[listing.id].place} too; an id belongs to one "
                                  "listing: give the newer one another id")  # fmt: skip
    gone: dict[str, Entry[ClosedListing]] = {}
    for closed in draft.closed:
        if not closed.record.id:
            continue
        if gone.setdefault(closed.record.id, closed) is not closed:
            place = gone[closed.record.id].place
            yield closed.problem("id", f"'{closed.record.id}' stands in {place} too; delete one of them")
        elif closed.record.id in first:
            yield first[closed.record.id].problem(
                f"'{closed.record.id}' is closed (data/closed.yaml) and an id is never used again; give this listing "
                      "a new one, or, if it is open again, delete it from data/closed.yaml")  # fmt: skip


def published_ids_stay(draft: Draft) -> Iterator[Problem]:
    """An id of the last release is still a listing, or is closed: it is a page's address."""
    present = {one.id for one in draft.listings} | {e.record.id for e in draft.closed} | draft.unread_ids
    published = {listing_id for listing_id, _ in draft.published_ids}
    gone = [(listing_id, line) for listing_id, line in draft.published_ids if listing_id not in present]
    new = [listing for listing in draft.listings if listing.id not in published]
    if len(gone) * len(new) > 5_000:  # whole files went or came: nobody renamed that many
        new = []
    for listing_id, line in gone:
        renamed = _renamed(listing_id, new, only=len(gone) == len(new) == 1 and not draft.unread)
        if renamed and renamed.id:
            new.remove(renamed)
            yield renamed.problem(f"'{renamed.id}' was '{listing_id}' in the last release; an id never changes, "
                                  f"it is the page's address: write '{listing_id}' again (if this is another listing and "
                                  "that one closed, note that in data/closed.yaml)")  # fmt: skip
        elif renamed:
            new.remove(renamed)  # it is told already that its id is missing or cannot be read
        elif not draft.unread:
            yield Problem("data/published_ids.txt", line, 1, "", f"the listing '{listing_id}' of the last release is gone; "
                          "put it back under this id, or, if the provider closed, note it in data/closed.yaml")  # fmt: skip


def _renamed(listing_id: str, new: list[Named], *, only: bool) -> Named | None:
    """The new listing that was probably known by an id; the only one it can be, whatever its name."""
    if only:
        return new[0]
    slugs = [(slug, listing) for listing in new for slug in (listing.id, _slug(listing.name)) if slug]
    close = get_close_matches(listing_id, [slug for slug, _ in slugs], 1, 0.75)
    return next((listing for slug, listing in slugs if slug in close), None)


def _slug(name: str | None) -> str:
    return re.sub(r"[^a-z0-9]+", "-", (name or "").lower().replace("'", "")).strip("-")


# Places

def counties_fit_together(draft: Draft) -> Iterator[Problem]:
    """Each county has an outline, and its neighbors name it too."""
    counties = {entry.record.id: entry.record for entry in draft.counties}
    for entry in draft.counties:
        county = entry.record
        if county.id not in draft.shapes.rings and "data/county_shapes.json" not in draft.broken:
            yield entry.problem("id", f"'{county.id}' has no outline in data/county_shapes.json")
        for number, neighbor in enumerate(county.neighbors):
            if county.id not in counties[neighbor].neighbors:
                yield entry.problem(f"neighbors[{number}]",
                                    f"'{neighbor}' does not name '{county.id}' as its neighbor; add it there")  # fmt: skip


# Confidential places

def a_shelters_address_is_its_own_choice(entry: Entry[Listing]) -> Iterator[Problem]:
    """A place where people shelter shows a street or ZIP code only where the provider itself published it."""
    location = entry.record.location
    sheltering = _sheltering(entry.record)
    if not sheltering or not isinstance(location, PublicPlace) or location.address_published_by:
        return
    key = "street" if location.street else "zip" if location.zip else ""
    if key:
        offers = " and ".join(sorted(sheltering))
        yield entry.problem(f"location.{key}", f"a {'ZIP code' if key == 'zip' else key} of a listing that offers {offers}: "
                            "delete street and zip and write 'visibility: withheld'; only if the provider itself publishes "
                            "its address, add 'address_published_by: provider'")  # fmt: skip


def _sheltering(listing: Listing) -> frozenset[str]:
    return SHELTERING & frozenset(listing.services or ())


def withheld_places_stay_out_of_texts(entry: Entry[Listing]) -> Iterator[Problem]:
    """No street, ZIP code or map point stands in any text of a listing whose place is not public.

    Where the city may be shown ('area') and nobody shelters, the editors' note may name streets that are no longer true.
    """
    if not _keeps_its_place(entry.record):
        return
    strict = _is_confidential(entry.record)
    for path, node, text in texts_of(entry.node):
        if path == "editor_note" and not strict:
            continue
        if told := _told(path, text, strict):
            yield Problem(entry.file, node.start_mark.line + 1, node.start_mark.column + 1, path, _leak(told))


def _keeps_its_place(listing: Listing) -> bool:
    location = listing.location
    return not isinstance(location, PublicPlace) or bool(_sheltering(listing) and not location.address_published_by)


def _is_confidential(listing: Listing) -> bool:
    return _keeps_its_place(listing) and (isinstance(listing.location, WithheldPlace) or bool(_sheltering(listing)))


def _told(path: str, text: str, strict: bool = True) -> str | None:
    text = text[: 2 * LONGEST]  # a longer one is refused anyway
    if path.startswith("location.") and path != "location.city":
        return None  # told already: such a place has no other key
    if path == "website" or path.endswith("url"):
        return told_place_of_link(text)
    if path == "id":
        return told_place(text.replace("-", " "), named_streets=strict)
    return told_place(text, zips=path != "text" and not path.endswith(".number"), named_streets=strict)


def _leak(told: str) -> str:
    # what was found is not repeated: logs of checks are public, and nobody cleans them
    return (f"has what looks like {told}, and the place is not public: delete it; if it was published by mistake, follow "
            "'After a mistake' in CONTRIBUTING.md")  # fmt: skip


def closed_listings_tell_no_place(entry: Entry[ClosedListing]) -> Iterator[Problem]:
    """No street, ZIP code or map point stands in what is kept of a closed listing: a shelter may have moved in."""
    for path, node, text in texts_of(entry.node):
        if told := _told(path, text):
            yield Problem(entry.file, node.start_mark.line + 1, node.start_mark.column + 1, path, _leak(told))


def comments_tell_no_place(text: str, entries: Sequence[Entry[Listing]]) -> Iterator[Problem]:
    """No comment in or beside a listing whose place is not public tells that place: the file itself is public."""
    if not entries or not any(may_tell_place(line.partition("#")[2]) for line in text.split("\n") if "#" in line):
        return
    scalars = [list(_scalars(entry.node)) for entry in entries]
    spans = [(node.start_mark.index, node.end_mark.index) for nodes in scalars for node in nodes]
    last_lines = [max((node.end_mark.line + 1 for node in nodes), default=0) for nodes in scalars]
    begins = [entry.node.start_mark.line for entry in entries]
    for line, column, one in comments(text, spans):
        told = told_place(one[:LONGEST])
        begun = bisect_left(begins, line)
        inside = begun and line <= last_lines[begun - 1]
        beside = entries[begun - 1 : begun] if inside else entries[max(begun - 1, 0) : begun + 1]
        if len(one) > LONGEST:
            yield Problem(entries[0].file, line, column, "comment", f"is far too long ({len(one):,} characters); shorten it")
        elif told and any(_is_confidential(entry.record) for entry in beside):
            yield Problem(beside[0].file, line, column, "comment", _leak(told))


def _scalars(node: yaml.Node) -> Iterator[yaml.Node]:
    rest = [node]
    while rest:
        node = rest.pop()
        if isinstance(node, yaml.ScalarNode):
            yield node
        elif isinstance(node, yaml.MappingNode):
            rest += [one for pair in node.value for one in pair]
        else:
            rest += node.value


# Dates and sources

def _dates(sources: Iterable[tuple[str, Source]]) -> list[tuple[str, PartialDate | None]]:
    return [(f"{where}.published", source.published) for where, source in sources]


def dates_are_past(entry: Entry[Any], dates: Iterable[tuple[str, PartialDate | None]], today: date) -> Iterator[Problem]:
    """No date lies in the future."""
    for where, day in dates:
        if day and day.first_day() > today:
            yield entry.problem(where, f"'{day}' lies in the future; write the date on the page or of the call, like {today}")


def sources_can_be_found(entry: Entry[Any], sources: Iterable[tuple[str, Source]]) -> Iterator[Problem]:
    """Each source has a link or a title."""
    for where, source in sources:
        if not source.url and not source.title and not _holds(entry.node, where):
            yield entry.problem(where, "needs a url, or a title where no public page can be linked")


def _holds(node: yaml.Node, where: str) -> bool:
    """A url or title stands there, and what is wrong with it is told already."""
    return any(place_in(node, f"{where}.{key}") for key in ("url", "title"))
