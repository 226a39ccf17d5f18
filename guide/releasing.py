"""What is noted at a release: the ids that are then pages' addresses for good."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from guide.loading import load


def add_published_ids(root: Path, today: date) -> list[str]:
    """Add the ids of new listings to `data/published_ids.txt`, sorted; give them. Raises `InputError`."""
    ids = {listing.id for listing in load(root, today).listings}
    path = root / "data/published_ids.txt"
    lines = path.read_text(encoding="utf-8").splitlines()
    head = [line for line in lines if line.startswith("#")]
    known = {line.strip() for line in lines if line.strip() and not line.startswith("#")}
    new = sorted(ids - known)
    if new:
        path.write_text("\n".join([*head, *sorted(known | ids)]) + "\n", encoding="utf-8", newline="\n")
    return new
