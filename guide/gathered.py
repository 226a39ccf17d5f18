"""The files that hold all listings together: the exports, the search index, and what the referral sheet is given.

They are made beside the pages, on the second processor. One changed listing changes them all; what they say of the others
is taken from the last build.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from guide.exports import whole_files
from guide.kept import Kept
from guide.leaks import Withheld, leaks
from guide.once import Once
from guide.problems import Problem
from guide.searching import search_files
from guide.sheet import sheet_files
from guide.site import Shared
from guide.spool import Places, Spool

GROUPS = ("exports", "search", "sheet")
_NEW = "-new"


@dataclass(frozen=True, slots=True)
class Gathered:
    """The files of each group, where they stand in the spool, and what was found in them that must not be there."""

    groups: Mapping[str, tuple[str, ...]]
    places: Places
    leaked: tuple[Problem, ...]


def gather(groups: Sequence[str], into: Spool, shared: Shared, secrets: Sequence[Withheld], context: bytes, kept: Kept | None,
           *, searched: bool) -> Gathered:  # fmt: skip
    """Make some of the groups, put them into a spool, and look through them for what is withheld.

    `kept` knows what the last build made of each listing in this `context`; `searched` says that it looked through it for
    the same secrets.
    """
    guide = shared.guide
    make: dict[str, Callable[[Once], Iterable[tuple[str, bytes]]]] = {
        "exports": lambda once: whole_files(guide, shared.edition, once),
        "search": lambda once: search_files(shared, once).items(),
        "sheet": lambda once: sheet_files(shared, once).items(),
    }
    made = {}
    looked_at: dict[str, bytes] | Spool = into
    for name in groups:
        known_in, known = (kept.read(name) if kept else None) or (b"", {})
        once = Once(guide.marks, known if known_in == context else {})
        made[name] = into.put(make[name](once))
        if kept:
            kept.keep(f"{name}{_NEW}", (context, once.made))
        if name == "exports" and searched:
            changed = tuple(listing for listing in guide.listings if listing.id in once.new)
            looked_at = dict(whole_files(replace(guide, listings=changed), shared.edition, once))
    if isinstance(looked_at, dict):
        looked_at |= {address: into[address] for address in into if address not in made["exports"]}
    return Gathered(made, dict(into.places), tuple(leaks(looked_at, guide, secrets)))


def trust(kept: Kept) -> None:
    """Let the next build take what this one made: it did not fail."""
    for name in GROUPS:
        kept.rename(f"{name}{_NEW}", name)
