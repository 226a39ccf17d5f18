"""What every export says of itself: whose it is, of which day, and how it may be used."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from guide.model import Guide


class License(Struct, frozen=True):
    """A license: its short name, its SPDX id, and its text."""

    name: str
    id: str
    url: str


CC_BY = License("CC BY 4.0", "CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/")
CC_BY_SA = License("CC BY-SA 3.0", "CC-BY-SA-3.0", "https://creativecommons.org/licenses/by-sa/3.0/")
"""That of Open Eligibility: what comes from there stands apart, and says so."""


class Imprint(Struct, frozen=True):
    """The guide's title, the day of the edition, and the guide's address where it is published."""

    title: str
    edition: date
    address: str

    @property
    def attribution(self) -> str:
        """What whoever uses the data must name (CC BY 4.0, section 3)."""
        return f"{self.title}, edition {self.edition}"

    @property
    def facts(self) -> dict[str, str]:
        """The same as JSON has it."""
        return {"title": self.title, "edition": self.edition.isoformat(), "license": CC_BY.name, "license_url": CC_BY.url,
                "attribution": self.attribution}  # fmt: skip


def imprint_of(guide: Guide, edition: date) -> Imprint:
    """Give the imprint of an edition of the guide."""
    return Imprint(guide.site.title, edition, guide.site.address or "")
