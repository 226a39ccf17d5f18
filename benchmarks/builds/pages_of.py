"""Markdown files for Pelican, which makes no pages of data: one for each listing, county and kind of help, and the lists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path

from guide.coverage import Tier, says_it_serves, tier_of
from guide.model import AreaPlace, County, Guide, Listing, PublicPlace, Source, area_name

_TIERS = {Tier.HERE: "Office in this county", Tier.SERVES: "Serves this county from elsewhere", Tier.STATEWIDE: "Statewide",
          Tier.NATIONAL: "National"}  # fmt: skip


def write(guide: Guide, folder: Path) -> None:
    """Write all files into a folder."""
    for name, title, text in _pages(guide):
        path = folder / f"{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        depth = "../" * name.count("/")
        path.write_text(f"Title: {title}\nSlug: {name.replace('/', '-')}\nSave_as: {name}.html\nUrl: {name}.html\n"
                        f"Root: {depth or './'}\n\n{text}\n", encoding="utf-8")  # fmt: skip


def _pages(guide: Guide) -> Iterator[tuple[str, str, str]]:
    words = _Words(guide)
    for listing in guide.listings:
        yield f"listings/{listing.id}", listing.name, words.listing(listing)
    for county in guide.counties:
        yield county.id, county.full_name, words.county(county)
    for group in guide.groups:
        for service in group.services:
            some = (one for one in guide.listings if service.id in one.services)
            yield f"services/{service.id}", service.label, f"{service.line}\n\n{words.rows(some, '../')}"
    yield "index", "Who to call, by county", words.counties()
    yield "counties", "Counties", words.counties()
    yield "services", "Kinds of help", "\n".join(f"- [{service.label}](services/{service.id}.html): {service.line}"
                                                  for group in guide.groups for service in group.services)  # fmt: skip
    yield "listings", "All listings, A to Z", words.rows(sorted(guide.listings, key=lambda one: one.name.casefold()), "")


class _Words:
    def __init__(self, guide: Guide) -> None:
        self.guide = guide
        self.by_id = {county.id: county for county in guide.counties}
        self.regions = {region.id: region for region in guide.regions.regions}
        self.services = {service.id: service.label for group in guide.groups for service in group.services}
        self.people = {term.id: term.label for term in guide.people}
        self.languages = {term.id: term.label for term in guide.languages}

    def office(self, listing: Listing) -> str:
        city = listing.location.city if isinstance(listing.location, PublicPlace | AreaPlace) else None
        county = self.by_id[listing.area].full_name if listing.area in self.by_id else listing.area.upper()
        return f"{city}, {county}" if city else county

    def place(self, listing: Listing) -> str:
        place = listing.location
        if not isinstance(place, PublicPlace):
            return "No address is listed; call first."
        return ", ".join(part for part in (place.street, self.office(listing), place.zip) if part)

    def phones(self, listing: Listing, most: int) -> str:
        lines = [f"[{phone.number}]({phone.number.link}) {phone.label or ''}{f', {phone.hours.words}' if phone.hours else ''}"
                 for phone in listing.phones[:most]]  # fmt: skip
        return "  \n".join(lines) or "No number known"

    def age(self, listing: Listing) -> str:
        newest = listing.newest_source
        told = f"newest public source: {newest.words}" if newest else "public sources without a date"
        return f"**Call first.** Not confirmed; {told}"

    def listing(self, listing: Listing) -> str:
        facts = {
            "Kinds of help": " · ".join(f"[{self.services[one]}](../services/{one}.html)" for one in listing.services),
            "Trafficking survivors": "Says it serves them." if listing.trafficking else "No source says so. Ask.",
            "Who it serves": ", ".join(self.people[one] for one in listing.people) or "Not known. Ask.",
            "Who can be helped": escape(listing.eligibility or "Not known. Ask."),
            "How to refer": escape(listing.how_to_refer or "Not known. Call first."),
            "Fees": escape(listing.fees or "Not known. Ask."),
            "Languages": ", ".join(self.languages[one] for one in listing.languages) or "Not known. Ask.",
            "Hours": listing.hours.words if listing.hours else "Not known. Call first.",
            "Place": self.place(listing),
            "Counties": ", ".join(area_name(one, self.by_id, self.regions) for one in listing.serves) or "Ask.",
            "Website": f"[{listing.website}]({listing.website})" if listing.website else "",
        }
        told = "\n\n".join(f"{name}\n:   {fact}" for name, fact in facts.items() if fact)
        sources = "\n".join(f"1. {_source(one)}" for one in listing.sources)
        return (f"{self.phones(listing, 99)}\n\n{self.age(listing)}\n\n{escape(listing.summary)}\n\n{told}\n\n"
                f"## Where this comes from\n\n{sources}")  # fmt: skip

    def card(self, listing: Listing, county: County) -> str:
        ask = "" if says_it_serves(listing, county) else "\n\nAsk whether they serve your county."
        return (f"#### [{listing.name}](../listings/{listing.id}.html)\n\n{self.phones(listing, 2)}\n\n"
                f"{escape(listing.summary)}\n\n{self.office(listing)}\n\n{self.age(listing)}{ask}")  # fmt: skip

    def county(self, county: County) -> str:
        offers = [(tier, one) for one in self.guide.listings if (tier := tier_of(one, county)) is not None]
        offers.sort(key=lambda offer: (offer[0], not offer[1].trafficking, offer[1].name))
        cards = {one.id: self.card(one, county) for _, one in offers}
        parts = [f"{len(offers)} listings serve this county."]
        for group in self.guide.groups:
            parts.append(f"## {group.label}")
            for service in group.services:
                some = [(tier, one) for tier, one in offers if service.id in one.services]
                parts += [f"### {service.label} ({len(some)})", service.line]
                for tier, called in _TIERS.items():
                    here = [cards[one.id] for its, one in some if its is tier]
                    parts += [f"*{called}*", *here] if here else []
        return "\n\n".join(parts)

    def rows(self, listings: Iterable[Listing], root: str) -> str:
        return "\n".join(f"- [{one.name}]({root}listings/{one.id}.html) {one.phones[0].number if one.phones else ''} "
                         f"{self.office(one)}" for one in listings)  # fmt: skip

    def counties(self) -> str:
        return "\n".join(f"- [{county.full_name}]({county.id}.html)" for county in self.guide.counties)


def _source(source: Source) -> str:
    named = f"[{source.title or source.url}]({source.url})" if source.url else escape(source.title or "")
    told = f": {escape(source.supports)}" if source.supports else ""
    return f"{named}, {source.published.words if source.published else 'no date'}{told}"
