"""What a site weighs: its pages and their bytes, by kind."""

from __future__ import annotations

import os
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

_KINDS = {"listings": "listings", "mo": "counties", "il": "counties", "regions": "regions", "services": "kinds of help"}


@dataclass(frozen=True, slots=True)
class Weight:
    """A number of pages and their bytes."""

    pages: int = 0
    size: int = 0

    def __add__(self, other: Weight) -> Weight:
        return Weight(self.pages + other.pages, self.size + other.size)


def weigh(site: Path) -> dict[str, Weight]:
    """Weigh the HTML pages of a site by kind, all of them under `all`, and every other file under `other files`."""
    found: dict[str, Weight] = defaultdict(Weight)
    for folder, _, names in os.walk(site):
        kind = _KINDS.get(Path(folder).relative_to(site).parts[0] if Path(folder) != site else "", "all others")
        for name in names:
            one = Weight(1, (Path(folder) / name).stat().st_size)
            if name.endswith(".html"):
                found[kind] += one
                found["all"] += one
            else:
                found["other files"] += one
    return dict(found)
