"""The words that the search understands before it knows any listing: kinds of help, people, languages, hours and places.

A phrase is its plain words. One that is only its label in small letters is left out, and so are a county's usual names;
`templates/assets/search/packed.js` makes them again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from guide.model import County, Guide
from guide.once import Once
from guide.packing import gaps, in_order, lists, packed, script_json
from guide.places import place_names
from guide.shared import Shared
from guide.words import words

_COUNTY = " County"


def known_words(shared: Shared, once: Once) -> str:
    """Give all that the search understands, and how old a confirmation may be, as JSON."""
    guide = shared.guide
    limits = guide.site.freshness
    offices = (f"{listing.area} {getattr(listing.location, 'city', None) or ''}" for listing in guide.listings)
    return once.of_facts("known", offices, lambda: script_json({
        "same": dict(guide.spelling),
        "dropped": list(guide.search.dropped),
        "ignored": list(guide.search.ignored),
        "real": _phrases(guide, *guide.search.real),
        "common": list(guide.search.common),
        "said": [_phrases(guide, one.words, one.means) for one in guide.search.said],
        **_meanings(guide),
        **_places(guide, in_order(shared)["areas"]),
        "limits": {"due": limits.due_after, "old": limits.old_after,
                   "crisisDue": limits.crisis_due_after, "crisisOld": limits.crisis_old_after},
    }), str)  # fmt: skip


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
    return {"needs": needs, **terms, "hours": _phrases(guide, *guide.search.all_day)}


def _places(guide: Guide, areas: Sequence[str]) -> dict[str, Any]:
    place = {area: at for at, area in enumerate(areas)}
    known = place_names(guide)
    return {
        "areas": areas,
        "counties": _counties(guide, place),
        "regions": [{"id": one.id, "name": one.name, "phrase": _phrases(guide, f"{one.name} region")[0]}
                    for one in guide.regions.regions],
        "called": [{"name": one.name, "means": list(one.means), "phrase": _phrases(guide, one.name)[0]}
                   for one in guide.search.places],
        "zips": {"codes": packed(gaps(int(code) for code in known["zips"])),
                 "counties": _lists(known["zips"].values(), place)},
        "cities": {"names": [name for name, *_ in known["cities"]],
                   "phrases": _unusual([name for name, *_ in known["cities"]], [phrase for _, phrase, *_ in known["cities"]]),
                   "counties": _lists([counties for _, _, *counties in known["cities"]], place)},
    }  # fmt: skip


def _counties(guide: Guide, place: Mapping[str, int]) -> dict[str, Any]:
    """Give the counties in columns, in the order of the areas."""

    def bare(county: County) -> str:
        return county.name.removesuffix(_COUNTY)

    counties = guide.counties
    return {
        "names": [one.name for one in counties],
        "full": {str(at): one.full_name for at, one in enumerate(counties) if one.full_name != one.name},
        "phrases": _unusual([bare(one) for one in counties], [_phrases(guide, bare(one))[0] for one in counties]),
        "region": packed(place[one.region] for one in counties),
        "near": _lists([one.neighbors for one in counties], place),
    }


def _lists(some: Any, place: Mapping[str, int]) -> str:
    return lists([place[area] for area in areas] for areas in some)


def _unusual(names: Sequence[str], phrases: Sequence[str]) -> dict[str, str]:
    """Keep the phrases that are not the name in small letters, by their places."""
    return {str(at): phrase for at, (name, phrase) in enumerate(zip(names, phrases, strict=True))
            if not name.isascii() or phrase != name.lower()}  # fmt: skip


def _phrases(guide: Guide, *texts: str) -> list[str]:
    """Read texts here, so that the browser need not: each as its plain words."""
    return [" ".join(words(text, guide.spelling)) for text in texts]
