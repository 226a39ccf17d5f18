"""Names that tell nobody what a page is about: for the browser's title and history, and for a slip in a pocket."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from msgspec import Struct

from guide.model import Listing, Service


@cache
def _beginnings(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(re.escape(word.lower()) for word in words)})")


class Discreet(Struct, frozen=True):
    """Knows the words that tell; `telling` are beginnings of words, as `data/site.yaml` lists them."""

    telling: Sequence[str]

    def tells(self, text: str) -> bool:
        """Say whether a text has a word that gives its subject away."""
        return bool(self.telling) and bool(_beginnings(tuple(self.telling)).search(text.lower()))

    def service(self, service: Service) -> str:
        """Name a kind of help so that it tells nothing."""
        return service.discreet or ("Kind of help" if self.tells(service.label) else service.label)

    def listing(self, listing: Listing, otherwise: str) -> str:
        """Name a listing so that it tells nothing: its name or the first part of it, else what it is called for short."""
        if not self.tells(listing.name):
            return listing.name
        names = [re.split(r", | \(| - ", listing.name)[0]]
        names += [name for name in listing.also_known_as if not re.search(r"\d", name)]
        return next((name for name in names if not self.tells(name)), otherwise)
