"""Small values for tests: of the model, and where the project stands."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import yaml

from guide.kinds import HOURS, PhoneNumber, read_partial_date
from guide.model import Confirmation, County, Freshness, Listing, Phone, Source, WithheldPlace

ROOT = Path(__file__).resolve().parents[1]
TODAY = datetime.now(UTC).date()  # the facts may have been confirmed today
FOLDERS = ("data", "content", "templates")
"""What a project needs to be built."""
EDITION = date(2026, 11, 24)
CITY, NOTE = "Zzyzxville", "Qqnotexq"
"""Secret words that stand in place of each withheld city and in each editor's note."""
LIMITS = Freshness(due_after=180, old_after=365, crisis_due_after=90, crisis_old_after=180)
COLE = County(id="mo/cole", name="Cole County", fips="29051", region="central", neighbors=("mo/boone",))
BOONE = County(id="mo/boone", name="Boone County", fips="29019", region="central", neighbors=("mo/cole",))
MADISON = County(id="il/madison", name="Madison County", fips="17119", region="metro-east", neighbors=("il/bond",))


def copy_of_few(root: Path, files: tuple[str, ...]) -> Path:
    """Copy the project to a folder, with the listings of some files alone (like 'mo/cole'), so that it is built quickly."""
    for name in FOLDERS:
        shutil.copytree(ROOT / name, root / name)
    for path in (root / "data/resources").rglob("*.yaml"):
        if path.relative_to(root / "data/resources").with_suffix("").as_posix() not in files:
            path.write_text("listings: []\n", encoding="utf-8")
    (root / "data/published_ids.txt").write_text("", encoding="utf-8")
    (root / "data/closed.yaml").write_text("closed: []\n", encoding="utf-8")
    return root


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


def written(name: str) -> Any:
    """Read a file of `data/` as it is written: all texts."""
    return yaml.load((ROOT / "data" / name).read_bytes(), yaml.CBaseLoader)  # noqa: S506  makes nothing but texts
