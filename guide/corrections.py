"""The ways in which a reader of a page corrects it: a form, the file itself, an e-mail."""

from __future__ import annotations

from urllib.parse import quote, urlencode

from msgspec import Struct

from guide.model import Guide, Listing


class Ways(Struct, frozen=True):
    """Links of one page, each with its words, and an address for e-mail; empty where the guide knows no such place."""

    links: tuple[tuple[str, str], ...] = ()
    email: str = ""

    def __bool__(self) -> bool:
        return bool(self.links or self.email)


class Corrections(Struct, frozen=True):
    """Makes the links, of what `data/site.yaml` says of the repository."""

    guide: Guide

    def of_listing(self, listing: Listing, area: str) -> Ways:
        """Give the ways to correct a listing; `area` names its county, state or the nation."""
        facts = {"listing": listing.id, "name": listing.name, "county": area}
        return self._ways(
            ("Suggest a change", self._form("change", f"Change: {listing.name}", **facts)),
            ("I called, all is right", self._form("confirm", f"Confirm: {listing.name}", **facts)),
            ("It has closed", self._form("closed", f"Closed: {listing.name}", **facts)),
            ("Edit on GitHub", self._file(f"data/resources/{listing.area}.yaml", self.guide.lines.get(listing.id))),
            subject=listing.id,
        )

    def of_county(self, county: str, name: str, *, has_listings: bool) -> Ways:
        """Give the ways to correct a county's page; a county without a listing of its own has no file yet."""
        file = (self._file(f"data/resources/{county}.yaml") if has_listings
                else self._new_file("data/resources", f"{county}.yaml"))  # fmt: skip
        return self._ways(
            ("Suggest a change", self._form("correction", f"Correction: {name}", page=f"{county}.html", county=name)),
            ("Add a listing", self._form("add", f"Add: {name}", county=name)),
            ("Edit on GitHub", file),
            subject=f"{county}.html",
        )

    def of_text(self, name: str, title: str) -> Ways:
        """Give the ways to correct a text of `content/`."""
        return self._ways(
            ("Suggest a change", self._form("correction", f"Correction: {title}", page=f"{name}.html")),
            ("Edit on GitHub", self._file(f"content/{name}.md")),
            subject=f"{name}.html",
        )

    def _ways(self, *links: tuple[str, str], subject: str) -> Ways:
        site = self.guide.site
        email = f"{site.email}?{urlencode({'subject': subject}, quote_via=quote)}" if site.email else ""
        return Ways(links if site.repository else (), email)

    def _form(self, form: str, title: str, **facts: str) -> str:
        """Give the address of an issue form, filled in: a field's id is the name of its part of the query."""
        if not self._repository:
            return ""
        query = urlencode({"template": f"{form}.yml", "title": title, **facts}, quote_via=quote)
        return f"{self._repository}/issues/new?{query}"

    def _file(self, file: str, line: int | None = None) -> str:
        return f"{self._repository}/edit/{quote(self.guide.site.branch)}/{quote(file)}" + (f"#L{line}" if line else "")

    def _new_file(self, folder: str, file: str) -> str:
        query = urlencode({"filename": file}, quote_via=quote)
        return f"{self._repository}/new/{quote(self.guide.site.branch)}/{folder}?{query}"

    @property
    def _repository(self) -> str:
        return (self.guide.site.repository or "").rstrip("/")
