"""Names that exports share: labels of what listings name by its id, places in words, and ids for the whole world."""

from __future__ import annotations

import uuid
from hashlib import sha1

from guide.by_id import ById, by_id
from guide.loading import STATES
from guide.model import Guide, Listing, OpenEligibility, ServiceGroup

UNCONFIRMED = "Nobody has confirmed this listing. It comes from public sources, {}. Call first."
_OURS = uuid.UUID("d61c79ec-708d-4864-b380-740bd0688ca3")
"""What the ids are made from: never change it, or every directory that took the data in sees everything anew."""

_BEGUN = sha1(_OURS.bytes, usedforsecurity=False)
_VARIANT = {digit: "89ab"[int(digit, 16) % 4] for digit in "0123456789abcdef"}


def uuid_of(*parts: str) -> str:
    """Make the id of a thing of the guide: always the same for the same parts.

    It is what `uuid.uuid5` gives (RFC 9562, 5.5), in less than half the time: fifteen are made of each listing.
    """
    hashed = _BEGUN.copy()
    hashed.update("/".join(parts).encode())
    made = hashed.hexdigest()
    return f"{made[:8]}-{made[8:12]}-5{made[13:16]}-{_VARIANT[made[16]]}{made[17:20]}-{made[20:32]}"


class Names(ById, frozen=True):
    """Everything that a listing may name, by id, with what exports say of it."""

    groups: tuple[ServiceGroup, ...]
    open_eligibility: OpenEligibility

    def home(self, listing: Listing) -> str:
        """Name where a listing's office is, or how wide it works: `Cole County, Missouri`, `Missouri`, `United States`."""
        state = STATES.get(listing.area[:2], "United States")
        return f"{self.counties[listing.area].name}, {state}" if listing.area in self.counties else state

    def state(self, listing: Listing) -> str:
        """Give the postal letters of the state of a listing's office; none for a national one."""
        return listing.area[:2].upper() if listing.area[:2] in STATES else ""


def names_of(guide: Guide) -> Names:
    """Gather the names of a guide."""
    return Names(**by_id(guide), groups=guide.groups, open_eligibility=guide.open_eligibility)


def how_sure(listing: Listing) -> str:
    """Say who confirmed a listing, or that nobody did."""
    if listing.confirmed:
        return f"Confirmed by {listing.confirmed.how} on {listing.confirmed.on.words}."
    newest = listing.newest_source
    return UNCONFIRMED.format(f"the newest of {newest.words}" if newest else "which have no date")
