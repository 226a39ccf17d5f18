"""Where each page of the site stands: its address from the top, by the names in the data."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

FIXED = (
    "index.html", "counties.html", "services.html", "listings.html", "data.html", "search.html", "coverage.html",
    "reports.html", "sheet.html", "404.html", "measures.html", "changes.html", "changes.xml", "coverage.csv",
    *(f"downloads/{name}" for name in (
        "listings.csv", "guide.json", "guide.schema.json", "listings.geojson", "hsds.zip", "hsds-services.json",
        "open-eligibility.csv")),
)  # fmt: skip
"""Pages and downloads that every guide has, whatever its data."""
FOLDERS = ("mo", "il", "regions", "services", "listings", "figures", "assets", "search", "downloads")
"""Folders of the site whose pages come from the data."""


class Addresses(Struct, frozen=True):
    """The addresses that a text may link to, as far as they are known."""

    known: frozenset[str]
    open: tuple[str, ...] = ()
    """Folders whose names are not all known, for their own files have mistakes: any page there passes."""

    def __contains__(self, address: str) -> bool:
        return address in self.known or address.startswith(self.open or ("\0",))


def addresses(*, counties: Iterable[str], regions: Iterable[str], services: Iterable[str], listings: Iterable[str],
              articles: Iterable[str], figures: Iterable[str]) -> frozenset[str]:  # fmt: skip
    """List every page and download of a guide with these ids."""
    return frozenset([
        *FIXED,
        *(f"{county}.html" for county in counties),
        *(f"regions/{region}.html" for region in regions),
        *(f"services/{service}.html" for service in services),
        *(f"listings/{listing}.html" for listing in listings),
        *(f"{article}.html" for article in articles),
        *(f"figures/{figure}.csv" for figure in figures),
    ])  # fmt: skip
