"""What is noted at a release: the ids that are then pages' addresses for good."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from guide.loading import load
from guide.yaml_tree import decode


def add_published_ids(root: Path, today: date) -> list[str]:
    """Add the ids of new listings to `data/published_ids.txt`, sorted; give them. Raises `InputError`."""
    guide = load(root, today)
    ids = {listing.id for listing in guide.listings} | {closed.id for closed in guide.closed}
    path = root / "data/published_ids.txt"
    lines = [line.strip() for line in decode(path.read_bytes()).split("\n")]
    head = [line for line in lines if line.startswith("#")]
    known = {line for line in lines if line and not line.startswith("#")}
    new = sorted(ids - known)
    if new:
        path.write_text("\n".join([*head, *sorted(known | ids)]) + "\n", encoding="utf-8", newline="\n")
    return new
