"""What can be chosen in the issue forms: the words of each choice, and what it stands for in the data."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from guide.model import Guide

OTHER = "Not in this list, or several things"
"""First on its list: GitHub takes the first choice for chosen where somebody chooses nothing, and this one changes nothing."""
PHONE, MORE_PHONES, ANSWERED = "phone", "more phones", "answered"


class Fact(Struct, frozen=True):
    """What may be wrong in a listing: its words in the form, its key in the data, and what it is called in a sentence."""

    choice: str
    key: str
    called: str


FACTS = (
    Fact("A phone number is wrong", PHONE, "phone number"),
    Fact("A phone number is missing", MORE_PHONES, "phone numbers"),
    Fact("When a phone is answered", ANSWERED, "hours of a phone"),
    Fact("Number for text messages", "text", "number for text messages"),
    Fact("Opening hours", "hours", "hours"),
    Fact("Website", "website", "website"),
    Fact("Email", "email", "email"),
    Fact("Address or city", "location", "address"),
    Fact("Name", "name", "name"),
    Fact("Summary", "summary", "summary"),
    Fact("Kinds of help", "services", "kinds of help"),
    Fact("Counties served", "serves", "counties served"),
    Fact("Who it serves", "people", "people served"),
    Fact("Languages", "languages", "languages"),
    Fact("Who can be helped, and who cannot", "eligibility", "eligibility"),
    Fact("That it serves trafficking survivors", "trafficking", "service to trafficking survivors"),
    Fact("Cost", "fees", "cost"),
    Fact("How to refer", "how_to_refer", "way to refer"),
)
HOW = {"I called": "phone", "By email": "email", "I was there": "visit", "I read its own website": "website"}
"""How a person asked a provider → `how` of a confirmation."""
ONLY = "only"
ASKED_ALL = {"No": "", "Yes, I called": "phone", "Yes, by email": "email", "Yes, I was there": "visit",
             "Yes, on its own website": "website"}  # fmt: skip
"""Whether somebody asked a provider about all of a new listing."""
ASKED = {"No": "", "Yes, but only about this": ONLY,
         **{f"{choice}, and the rest is right": how for choice, how in ASKED_ALL.items() if how}}  # fmt: skip
"""Whether somebody asked about one fact, or about the rest too: then it is a confirmation."""
TRAFFICKING = {"No, or not known": "", "Yes": "true"}
PLACES = {
    "Nothing but the county (always for shelters)": "withheld",
    "The city": "area",
    "The whole address: it is an office, and the provider itself publishes it": "public",
}
"""What may be shown of a place → its visibility. The first one, which is chosen where nothing is, keeps it confidential."""


def areas(guide: Guide) -> dict[str, str]:
    """List what a listing can serve, by the words of the forms: counties, regions, states, the nation."""
    return {
        **{county.full_name: county.id for county in guide.counties},
        **{f"{region.name} region": region.id for region in guide.regions.regions},
        **WIDE,
    }  # fmt: skip


WIDE = {"All of Missouri": "mo", "All of Illinois": "il", "The whole country": "us"}


def names(guide: Guide) -> Mapping[str, Mapping[str, str]]:
    """List what each list of names in a listing can hold: the words of a choice → the name in the data."""
    return {
        "services": {service.label: service.id for group in guide.groups for service in group.services},
        "serves": areas(guide),
        "people": {_capital(term.label): term.id for term in guide.people},
        "languages": {term.label: term.id for term in guide.languages},
    }  # fmt: skip


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
