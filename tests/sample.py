"""Small values for tests: of the model, and where the project stands."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from guide.kinds import HOURS, PhoneNumber, read_partial_date
from guide.model import Confirmation, County, Freshness, Listing, Phone, Source, WithheldPlace

ROOT = Path(__file__).resolve().parents[1]
TODAY = datetime.now(UTC).date()  # the facts may have been confirmed today
LIMITS = Freshness(due_after=180, old_after=365, crisis_due_after=90, crisis_old_after=180)
COLE = County(id="mo/cole", name="Cole County", fips="29051", region="central", neighbors=("mo/boone",))
BOONE = County(id="mo/boone", name="Boone County", fips="29019", region="central", neighbors=("mo/cole",))
MADISON = County(id="il/madison", name="Madison County", fips="17119", region="metro-east", neighbors=("il/bond",))


def phone(digits: str = "5736344911", hours: str | None = None) -> Phone:
    return Phone(number=PhoneNumber(digits), hours=HOURS.read(hours) if hours else None)


def listing(id: str = "one", *, published: str | None = None, confirmed: str | None = None, **facts: Any) -> Listing:  # noqa: A002  the field is called so
    source = Source(title="A list", published=read_partial_date(published) if published else None)
    known: dict[str, Any] = {
        "name": id.capitalize(), "summary": "Helps.", "services": ("case-management",), "area": "mo/cole",
        "location": WithheldPlace(), "sources": (source,),
        "confirmed": Confirmation(on=read_partial_date(confirmed), how="phone") if confirmed else None,
    }  # fmt: skip
    return Listing(id=id, **{**known, **facts})
