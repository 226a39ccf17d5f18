"""What must be confirmed next: crisis lines first, then the oldest, then what counties depend on most."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from msgspec import Struct

from guide.coverage import served_counties
from guide.editing.summary import code, escaped
from guide.exports.tables import csv_bytes
from guide.model import Guide, Listing

DAYS_OF_A_MONTH = 30.44


class Due(Struct, frozen=True):
    """A listing to ask about: since when it is due (None: it was never confirmed), and how many counties it alone helps."""

    listing: Listing
    since: date | None
    alone: int
    """So many times it is the only listing with a kind of help that a county has, statewide and national ones aside."""

    @property
    def reason(self) -> str:
        """Why it stands in the list, in words."""
        line = "crisis line; " if self.listing.is_crisis_line else ""
        if self.since:
            age = f"confirmed {self.listing.confirmed.on if self.listing.confirmed else ''}, due {self.since}"
        else:
            newest = self.listing.newest_source
            age = f"never confirmed; newest source {newest or 'without a date'}"
        needs = f"{self.alone} {'need' if self.alone == 1 else 'needs'}"
        alone = f"; the only one for {needs} of its counties" if self.alone else ""
        return f"{line}{age}{alone}"


def due(guide: Guide, on: date, months: int, area: str | None = None) -> tuple[Due, ...]:
    """List what is due on a day or within so many months after it, in the order in which to ask.

    A confirmed listing is due after the days of `data/site.yaml`; one that nobody confirmed is due always. `area` is a
    county (`mo/cole`), a region, a state or `us`: then only listings whose office is there.
    """
    last = on + timedelta(days=round(months * DAYS_OF_A_MONTH))
    depend = _alone(guide)
    places = {area} | {county.id for county in guide.counties if county.region == area}
    inside = [Due(listing, _since(guide, listing), depend[listing.id]) for listing in guide.listings
              if area is None or listing.area in places]  # fmt: skip
    return tuple(sorted((one for one in inside if one.since is None or one.since <= last), key=_order))


def _since(guide: Guide, listing: Listing) -> date | None:
    limits = guide.site.freshness
    if not listing.confirmed:
        return None
    days = limits.crisis_due_after if listing.is_crisis_line else limits.due_after
    return listing.confirmed.on.first_day() + timedelta(days=days + 1)


def _order(one: Due) -> tuple[object, ...]:
    newest = one.listing.newest_source
    return (not one.listing.is_crisis_line, one.since or date.min, newest.first_day() if newest else date.min, -one.alone,
            one.listing.name, one.listing.id)  # fmt: skip


def _alone(guide: Guide) -> Counter[str]:
    """Count for each listing the kinds of help that a county has from it alone, statewide and national listings aside."""
    holders: dict[tuple[str, str], list[str]] = defaultdict(list)
    for listing in guide.listings:
        if listing.area in ("mo", "il", "us") or {"mo", "il", "us"} & set(listing.serves):
            continue
        for county in {listing.area, *(county.id for county in served_counties(listing, guide.counties))}:
            for service in listing.services:
                holders[county, service].append(listing.id)
    return Counter(ids[0] for ids in holders.values() if len(ids) == 1)


# As a table, as CSV, as a list for an issue

def table(some: Sequence[Due]) -> Iterator[str]:
    """Write a line for each: phone, name, where, why."""
    for one in some:
        phone = str(one.listing.phones[0].number) if one.listing.phones else "no number"
        yield f"{phone:<22}{one.listing.area:<22}{one.listing.name}\n{'':<22}{one.listing.id}: {one.reason}"


def due_csv(some: Sequence[Due]) -> bytes:
    """Write the list for a spreadsheet."""
    head = ("id", "name", "area", "phone", "crisis_line", "confirmed", "due", "newest_source", "only_one_for")
    return csv_bytes([head, *((
        one.listing.id, one.listing.name, one.listing.area, str(one.listing.phones[0].number) if one.listing.phones else "",
        "yes" if one.listing.is_crisis_line else "", str(one.listing.confirmed.on) if one.listing.confirmed else "",
        str(one.since or ""), str(one.listing.newest_source or ""), str(one.alone)) for one in some)])  # fmt: skip


def due_markdown(some: Sequence[Due]) -> str:
    """Write the list for an issue of the repository, with a box to tick for each."""
    lines = ["Ask each, by phone, by e-mail or on its website, whether all is right. Then open its page in the guide and press",
             "'I called, all is right', or 'Suggest a change'. Tick it here so that nobody asks twice.", ""]  # fmt: skip
    for one in some:
        phone = f" {one.listing.phones[0].number}" if one.listing.phones else ""
        lines.append(f"- [ ] **{escaped(one.listing.name)}**{phone} ({code(one.listing.id)}): {one.reason}")
    return "\n".join(lines) + "\n"
