"""What the search in the browser is given: the words that it understands, and a Lunr index in parts.

A listing that reaches no further than one region is in that region's part; all others are in the part `wide`. So a search
that names a place is whole with two parts, however many listings the guide has. The weights of the words are worked out
over all listings together; a part holds those of its own.

The index knows whole words, as `guide/words.py` writes them: only the browser knows stems, for the stemmers of lunr.py and
lunr.js disagree (`attorney`), and a stem is not what a half-typed word begins with.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from guide.loading import STATES
from guide.model import Guide, Listing
from guide.places import place_names
from guide.site import Shared
from guide.words import indexed_words, words

WIDE = "wide"
_ALL_DAY = ("24/7", "24 hour", "24 hours", "24 horas", "day and night", "all night", "round the clock")
FIELDS = {"name": 5, "text": 1}
"""The index's fields, and how much more a word counts there."""


def search_files(shared: Shared) -> dict[str, bytes]:
    """Make the scripts that the search loads: address in the site → bytes."""
    guide = shared.guide
    region_of = {county.id: county.region for county in guide.counties}
    index = lunr_index(guide.listings, guide.spelling)
    by_part: dict[str, list[Listing]] = {WIDE: [], **{region.id: [] for region in guide.regions.regions}}
    for listing in sorted(guide.listings, key=shared.ranking.rank):
        by_part[part_of(listing, region_of)].append(listing)
    files = {
        f"assets/search/part-{part}.js": _script(f"part-{part}", _part(some, index, shared))
        for part, some in by_part.items()
    }
    files["assets/search/words-known.js"] = _script("core", _core(shared, list(by_part)))
    files["assets/search/lunr.js"] = lunr_script()
    return files


def part_of(listing: Listing, region_of: Mapping[str, str]) -> str:
    """Name the part of the index that holds a listing: its region, or `wide` where it reaches further.

    `region_of` gives each county's region.
    """
    reached = {region_of.get(area, area) for area in (listing.area, *listing.serves)}
    (only, *more) = sorted(reached)
    return WIDE if more or only == "us" or only in STATES else only


def lunr_index(listings: Iterable[Listing], same: Mapping[str, str]) -> dict[str, Any]:
    """Build the Lunr index of all listings with lunr.py; give it as lunr.js reads it."""
    from lunr.builder import Builder

    builder = Builder()
    builder.ref("id")
    for field, boost in FIELDS.items():
        builder.field(field, boost)
    for listing in listings:
        builder.add({
            "id": listing.id,
            "name": indexed_words((listing.name, *listing.also_known_as), same),
            "text": indexed_words(_texts(listing), same),
        })  # fmt: skip
    index: dict[str, Any] = builder.build().serialize()
    return index


def lunr_script() -> bytes:
    """Give lunr.js, from the package that carries it, made small."""
    from rjsmin import jsmin

    found = find_spec("mkdocs")
    if not found or not found.submodule_search_locations:
        raise ModuleNotFoundError("the package mkdocs, which carries lunr.js, is not installed")
    path = Path(found.submodule_search_locations[0], "contrib/search/templates/search/lunr.js")
    licensed = path.read_text(encoding="utf-8").replace("/**", "/*!", 1)  # its first comment names author and license
    small: str = jsmin(licensed, keep_bang_comments=True)
    return small.encode("utf-8")


def _texts(listing: Listing) -> Iterator[str]:
    """List what the listing's page says of it in words."""
    yield listing.summary
    yield from (text for text in (listing.eligibility, listing.fees, listing.how_to_refer) if text)
    yield from (phone.label for phone in listing.phones if phone.label)
    if listing.text:
        yield listing.text.words


def _part(listings: list[Listing], index: Mapping[str, Any], shared: Shared) -> dict[str, Any]:
    number = {listing.id: str(place) for place, listing in enumerate(listings)}
    terms = {facts["_index"]: term for term, facts in index["invertedIndex"]}
    used: dict[int, int] = {}
    vectors: dict[str, dict[str, list[int]]] = defaultdict(dict)
    for ref, elements in index["fieldVectors"]:
        field, _, listing_id = ref.partition("/")
        if listing_id in number:
            # the score of a word is told in hundredths, its term by its place in this part
            vectors[field][number[listing_id]] = [
                value for term, score in zip(elements[::2], elements[1::2], strict=True)
                for value in (used.setdefault(term, len(used)), round(score * 100))
            ]  # fmt: skip
    return {
        "listings": [_shown(listing, shared) for listing in listings],
        "terms": " ".join(terms[term] for term in used),
        "vectors": {field: [vectors[field].get(str(place), []) for place in range(len(listings))] for field in FIELDS},
    }


def _shown(listing: Listing, shared: Shared) -> dict[str, Any]:
    """Give what a result shows and what it is found by: nothing that the listing's page does not show."""
    facts = {
        "id": listing.id,
        "name": listing.name,
        "known": list(listing.also_known_as),
        "what": listing.summary,
        "office": shared.office(listing),
        "area": listing.area,
        "serves": list(listing.serves),
        "services": list(listing.services),
        "people": list(listing.people),
        "languages": list(listing.languages),
        "phones": [_phone(phone) for phone in listing.phones],
        "text": [listing.text.words, listing.text.link] if listing.text else None,
        "website": listing.website,
        "trafficking": listing.trafficking,
        "allDay": listing.answers_all_day,
        "crisis": listing.is_crisis_line,
        "confirmed": [str(sure.on), sure.on.words, sure.how] if (sure := listing.confirmed) else None,
        "newest": listing.newest_source.words if listing.newest_source else None,
        "rank": shared.ranking.rank(listing),
    }
    return {key: value for key, value in facts.items() if value or (value == 0 and key == "rank")}


def _phone(phone: Any) -> list[str]:
    said = [str(phone.number), phone.number.link, phone.label or "", phone.hours.words if phone.hours else ""]
    while not said[-1]:
        said.pop()
    return said


def _core(shared: Shared, parts: list[str]) -> dict[str, Any]:
    guide = shared.guide
    limits = guide.site.freshness
    return {
        "same": dict(guide.spelling),
        "dropped": list(guide.search.dropped),
        "ignored": list(guide.search.ignored),
        "common": list(guide.search.common),
        **_meanings(guide),
        **_places(guide),
        "parts": parts,
        "limits": {"due": limits.due_after, "old": limits.old_after,
                   "crisisDue": limits.crisis_due_after, "crisisOld": limits.crisis_old_after},
    }  # fmt: skip


def _meanings(guide: Guide) -> dict[str, Any]:
    services = [service for group in guide.groups for service in group.services]
    needs = [{"ids": [one.id], "label": one.label, "isGroup": False, "phrases": _phrases(guide, one.label, *one.words)}
             for one in services]  # fmt: skip
    needs += [{"ids": [one.id for one in group.services], "label": group.label, "isGroup": True,
               "phrases": _phrases(guide, group.label)} for group in guide.groups]  # fmt: skip
    terms = {
        name: [{"id": one.id, "label": one.label, "phrases": _phrases(guide, one.label, *one.words)} for one in some]
        for name, some in {"people": guide.people, "languages": guide.languages}.items()
    }
    return {"needs": needs, **terms, "hours": _phrases(guide, *_ALL_DAY)}


def _places(guide: Guide) -> dict[str, Any]:
    def county_names(name: str) -> list[str]:
        bare = name.removesuffix(" County")
        return _phrases(guide, name, bare, f"{bare} co")

    return {
        "counties": [{"id": one.id, "full": one.full_name, "name": one.name, "region": one.region, "near": list(one.neighbors),
                      "phrases": county_names(one.name)} for one in guide.counties],
        "regions": [{"id": one.id, "name": one.name, "phrase": _phrases(guide, f"{one.name} region")[0]}
                    for one in guide.regions.regions],
        "called": [{"name": one.name, "means": list(one.means), "phrase": _phrases(guide, one.name)[0]}
                   for one in guide.search.places],
        **place_names(guide),
    }  # fmt: skip


def _phrases(guide: Guide, *texts: str) -> list[str]:
    """Read texts here, so that the browser need not: each as its plain words."""
    return [" ".join(words(text, guide.spelling)) for text in texts]


def _script(name: str, data: Mapping[str, Any]) -> bytes:
    text = json.dumps(data, ensure_ascii=True, separators=(",", ":"))
    quoted = text.replace("\\", "\\\\").replace("'", "\\'")
    # parsing a string is much quicker for a browser than an object literal
    return f"guide.loaded('{name}', JSON.parse('{quoted}'));\n".encode("ascii")
