"""Which listing and which county a form is about, of what its author or a page's link wrote."""

from __future__ import annotations

import re
from difflib import get_close_matches

from guide.editing.choices import WIDE
from guide.editing.forms import Answers, FormError
from guide.model import Guide, Listing, area_name
from guide.words import words

_STATES = {"mo": ("mo", "missouri"), "il": ("il", "illinois")}
_SAME = {"saint": "st", "sainte": "ste"}
_IN_ADDRESS = re.compile(r"(?:.*/)?([^/?#]+?)(?:\.html)?/?(?:[?#].*)?")


def listing_of(guide: Guide, answers: Answers) -> Listing:
    """Find the listing that a form is about. Raises `FormError` where it is none or could be several, or where name or
    county are not the listing's; what was written is not repeated.
    """
    found = _by_id(guide, answers) if answers.text("listing") else _by_name(guide, answers)
    if not _is_called(found, answers.text("name")):
        raise FormError([answers.fault("name", f"The listing {found.id} is called “{found.name}”. Which of the two is it?")])
    if answers.text("county") and found.area not in (areas := areas_called(guide, answers.text("county"))):
        here = place_called(guide, found.area)
        raise FormError([answers.fault("county", f"The listing {found.id} stands under “{here}”. " + (
            "Which of the two is right?" if areas else "The guide knows no county of the name that you wrote."))])  # fmt: skip
    return found


def area_of(guide: Guide, answers: Answers) -> str:
    """Find the county, state or nation whose file a new listing belongs into. Raises `FormError`."""
    found = areas_called(guide, answers.text("county"))
    if len(found) == 1:
        return found[0]
    ask = " or ".join(place_called(guide, area) for area in found)
    raise FormError([answers.fault("county", f"Which one: {ask}?" if found else (
        f"The guide knows no county of this name. Write it like Cole County, or one of: {', '.join(WIDE)}."))])  # fmt: skip


def areas_called(guide: Guide, text: str) -> list[str]:
    """List the counties, states or the nation that a text may name. The name that the pages use names one alone: there, a
    county without its state is one of Missouri.
    """
    wanted = _plain(text)
    if exact := [county.id for county in guide.counties if _plain(county.full_name) == wanted]:
        return exact
    names = {"us": {"the whole country", "national", "nationwide", "united states"}}
    for state, name in {"mo": "missouri", "il": "illinois"}.items():
        names[state] = {f"all of {name}", name, f"{name} statewide", f"statewide {name}"}
    for county in guide.counties:
        short = re.sub(r" County$|^City of ", "", county.name)
        names[county.id] = {county.name, short, county.id, *(f"{county.name} {state}" for state in _STATES[county.state]),
                            *([f"{short} City"] if county.name.startswith("City of ") else [])}  # fmt: skip
    return [area for area, some in names.items() if wanted in map(_plain, some) or text.strip() == area]


def place_called(guide: Guide, area: str) -> str:
    """Name a county, state or the nation as the pages and the forms do."""
    return area_name(area, {county.id: county for county in guide.counties}, {})


def same_name(one: str, other: str) -> bool:
    """Say whether two names are the same but for capitals, accents and punctuation."""
    return _plain(one) == _plain(other)


def _by_id(guide: Guide, answers: Answers) -> Listing:
    found = _IN_ADDRESS.fullmatch(answers.text("listing"))
    wanted = (found[1] if found else "").strip().lower()
    for listing in guide.listings:
        if listing.id == wanted:
            return listing
    for closed in guide.closed:
        if closed.id == wanted:
            raise FormError([answers.fault("listing", f"“{closed.name}” is closed since {closed.on}, the guide says. If it is "
                                                      "open again, use the form “Something else”, and say how you know.")])
    close = get_close_matches(wanted, [listing.id for listing in guide.listings], 3, 0.7)
    raise FormError([answers.fault("listing", "The guide has no listing of this id. " + _asked(close))])


def _by_name(guide: Guide, answers: Answers) -> Listing:
    found = [listing for listing in guide.listings if _is_called(listing, answers.text("name"))]
    if answers.text("county") and len(found) > 1:
        areas = areas_called(guide, answers.text("county"))
        found = [listing for listing in found if listing.area in areas] or found
    if len(found) == 1:
        return found[0]
    told = "Several listings have this name. " if found else "The guide has no listing of this name. "
    raise FormError([answers.fault("listing", told + _asked([listing.id for listing in found[:5]]))])


def _asked(ids: list[str]) -> str:
    return f"Do you mean {' or '.join(ids)}?" if ids else "Open its page, and copy the end of its address into this field."


def _is_called(listing: Listing, name: str) -> bool:
    return any(same_name(name, known) for known in (listing.name, *listing.also_known_as))


def _plain(text: str) -> str:
    return " ".join(words(text, _SAME))
