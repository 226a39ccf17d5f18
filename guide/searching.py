"""What the search in the browser is given: its code, the words that it understands, and a Lunr index in parts.

A listing that reaches no further than one region is in that region's part; all others are in the part `wide`. Where a
region's part would grow large, who reaches no further than one county is in that county's. So a search that names a place
is whole with two parts or three, however many listings the guide has.

lunr.py counts the words. A part holds the counts of its own listings; the browser works out from them, and from the counts
over all listings, the very weights that lunr.py would (`templates/assets/search/library.js`). The index knows whole words,
as `guide/words.py` writes them: only the browser knows stems, for the stemmers of lunr.py and lunr.js disagree (`attorney`),
and a stem is not what a half-typed word begins with.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from msgspec import Struct

from guide.known_words import known_words
from guide.loading import STATES
from guide.model import Guide, Listing
from guide.once import Once
from guide.packing import columns, gaps, lists, packed, script_json
from guide.problems import InputError, Problem
from guide.shared import Shared
from guide.words import indexed_words

WIDE = "wide"
LARGE = 1_500
"""How many listings a region's part may have before its counties get parts of their own."""
FIELDS = {"name": 5, "text": 1}
"""The index's fields, and how much more a word counts there."""
_SOURCES = "assets/search/"
ORDER = ("words", "packed", "places", "vocabulary", "understand", "library", "where", "match", "rank", "cards", "results")
"""The search's own scripts, in the order in which they are joined."""


def search_files(shared: Shared, once: Once | None = None) -> dict[str, bytes]:
    """Make the scripts of data that the search loads: address in the site → bytes."""
    guide = shared.guide
    once = once or Once({})
    parts = parts_of(shared.ranking.all, guide)
    marks = {name: once.mark(*some) for name, some in parts.items()}
    unknown = (listing for name, some in parts.items() if not once.knows("postings", marks[name]) for listing in some)
    once.use("words", map(once.mark, guide.listings))
    count = counting(unknown, guide.spelling, once)
    words_of = {name: once.of("postings", marks[name], partial(packed_words, some, count), Words)
                for name, some in parts.items()}  # fmt: skip
    everywhere: Counter[str] = Counter()
    for words in words_of.values():
        everywhere.update(words.own)
    files = {}
    for name, some in parts.items():
        facts, words = once.of("columns", marks[name], partial(_columns, some, shared), str), words_of[name]
        files[f"assets/search/part-{name.replace('/', '-')}.js"] = _script(f"part-{name}", facts, {
            "rank": packed(gaps(shared.ranking.ranks(some))),
            "terms": " ".join(words.own), "postings": words.postings,
            "elsewhere": packed(everywhere[term] - own for term, own in words.own.items()), "lengths": words.lengths,
        })  # fmt: skip
    lengths = {field: sum(words.totals[at] for words in words_of.values()) for at, field in enumerate(FIELDS)}
    index = {"listings": len(guide.listings), "fields": FIELDS, "lengths": lengths}
    known = _script("core", known_words(shared, once), {"parts": list(parts), "index": index})
    return {**files, "assets/search/words-known.js": known}


def search_code(sources: Mapping[str, bytes]) -> dict[str, bytes]:
    """Join the search's own code, and lunr.js before it, into one script; `sources` are the site's assets, made small.

    All others stay as they are.
    Raises `InputError` for each script that is missing, or that has no place in the order.
    """
    wanted = [f"{_SOURCES}{name}.js" for name in ORDER]
    found = {address for address in sources if address.startswith(_SOURCES)}
    wrong = [(address, "is missing; the search cannot do without it") for address in wanted if address not in found]
    wrong += [(address, "has no place in ORDER of guide/searching.py; name it there") for address in sorted(found - {*wanted})]
    if wrong:
        raise InputError([Problem(f"templates/{address}", 1, 1, "", what) for address, what in wrong])
    kept = {address: data for address, data in sources.items() if address not in found}
    return {**kept, f"{_SOURCES}code.js": b"\n".join([lunr_script(), *(sources[address].rstrip() for address in wanted)])}


def parts_of(listings: Sequence[Listing], guide: Guide) -> dict[str, list[Listing]]:
    """Deal the listings to the parts; `wide` and every region have one, a county only where its region's is large."""
    region_of = {county.id: county.region for county in guide.counties}
    parts: dict[str, list[Listing]] = {WIDE: [], **{region.id: [] for region in guide.regions.regions}}
    part = cache(partial(_part, region_of))
    usual = [part(listing.area, listing.serves) for listing in listings]
    sizes = Counter(name for name, _ in usual)
    for listing, (name, is_alone) in zip(listings, usual, strict=True):
        parts.setdefault(listing.area if is_alone and sizes[name] > LARGE else name, []).append(listing)
    return parts


def part_of(listing: Listing, region_of: Mapping[str, str]) -> str:
    """Name the part of the index that holds a listing: its region, or `wide` where it reaches further.

    `region_of` gives each county's region.
    """
    return _part(region_of, listing.area, listing.serves)[0]


def _part(region_of: Mapping[str, str], area: str, serves: Sequence[str]) -> tuple[str, bool]:
    """Name the part of who has an office in an area and serves others; say whether they reach no further than one county."""
    reached = {region_of.get(one, one) for one in (area, *serves)}
    (only, *more) = sorted(reached)
    return WIDE if more or only == "us" or only in STATES else only, area in region_of and {area, *serves} == {area}


def count_words(listings: Iterable[Listing], same: Mapping[str, str]) -> Any:
    """Count the words of all listings with lunr.py; give its `lunr.builder.Builder`, before it works out the weights."""
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
    return builder


class Count(Struct, frozen=True):
    """Of each field of a listing: how often each word stands in it, and how many words it has."""

    words: tuple[dict[str, int], ...]
    lengths: tuple[int, ...]


def counting(listings: Iterable[Listing], same: Mapping[str, str], once: Once) -> Callable[[Listing], Count]:
    """Count the words of the listings that are not known already; give the function that tells those of any of them."""
    builder = count_words([listing for listing in listings if not once.knows("words", once.mark(listing))], same)

    def count(listing: Listing) -> Count:
        refs = [f"{field}/{listing.id}" for field in FIELDS]
        return Count(tuple(dict(builder.field_term_frequencies[ref]) for ref in refs),
                     tuple(builder.field_lengths[ref] for ref in refs))  # fmt: skip

    return lambda listing: once.of("words", once.mark(listing), lambda: count(listing), Count)


class Words(Struct, frozen=True):
    """The words of some listings."""

    own: dict[str, int]
    """Each word → in how many of their fields it stands, in the order of the alphabet."""
    postings: str
    lengths: list[str]
    totals: list[int]
    """How many words each field has in all of them."""


def packed_words(listings: Sequence[Listing], count: Callable[[Listing], Count]) -> Words:
    """Give the words of some listings, and for each in which of them it stands how often.

    A posting is a number for each listing that has the word: the gap since the one before, times five, and 0 for once in
    the text, 1 once in the name, 2 once in both, 3 twice in the text, 4 for any other; then both counts follow.
    """
    found: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
    lengths: list[tuple[int, ...]] = []
    for at, listing in enumerate(listings):
        counted = count(listing)
        lengths.append(counted.lengths)
        name, text = counted.words
        for term in {**name, **text}:
            found[term].append((at, name.get(term, 0), text.get(term, 0)))
    terms = sorted(found)
    return Words(
        own={term: sum((name > 0) + (text > 0) for _, name, text in found[term]) for term in terms},
        postings=lists(_posting(found[term]) for term in terms),
        lengths=[packed(each[at] for each in lengths) for at in range(len(FIELDS))],
        totals=[sum(each[at] for each in lengths) for at in range(len(FIELDS))],
    )


_USUAL = {(0, 1): 0, (1, 0): 1, (1, 1): 2, (0, 2): 3}


def _posting(found: Sequence[tuple[int, int, int]]) -> Iterator[int]:
    for gap, (_, name, text) in zip(gaps(at for at, _, _ in found), found, strict=True):
        kind = _USUAL.get((name, text), 4)
        yield gap * 5 + kind
        if kind == 4:
            yield name
            yield text


def lunr_script() -> bytes:
    """Give lunr.js, from the package that carries it, made small."""
    from rjsmin import jsmin

    found = find_spec("mkdocs")
    if not found or not found.submodule_search_locations:
        raise ModuleNotFoundError("the package mkdocs, which carries lunr.js, is not installed")
    path = Path(found.submodule_search_locations[0], "contrib/search/templates/search/lunr.js")
    licensed = path.read_text(encoding="utf-8").replace("/**", "/*!", 1)  # its first comment names author and license
    made: str = jsmin(licensed, keep_bang_comments=True)
    return made.encode("utf-8")


def _texts(listing: Listing) -> Iterator[str]:
    """List what the listing's page says of it in words."""
    yield listing.summary
    yield from (text for text in (listing.eligibility, listing.fees, listing.how_to_refer) if text)
    yield from (phone.label for phone in listing.phones if phone.label)
    if listing.text:
        yield listing.text.words


def _columns(listings: Sequence[Listing], shared: Shared) -> str:
    return script_json(columns(listings, shared))


def _script(name: str, facts: str, more: Mapping[str, Any]) -> bytes:
    """Write data: facts that are JSON already, and more."""
    quoted = f"{facts[:-1]},{script_json(more)[1:]}".replace("\\", "\\\\").replace("'", "\\'")
    # parsing a string is much quicker for a browser than an object literal
    return f"guide.loaded('{name}', JSON.parse('{quoted}'));\n".encode("ascii")
