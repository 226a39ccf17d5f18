"""The files that hold all listings together: the exports, the search index, and what the referral sheet is given.

One changed listing changes them all; what they say of the others is taken from the last build.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from guide.kept import Kept, Key, Piece
from guide.leaks import Watch
from guide.once import Once
from guide.problems import Problem
from guide.shared import Shared
from guide.standing import Site

_MORE = "-more"
_MOST = 300
"""Facts that came after most were kept: up to so many are kept beside those, for to write all anew takes its time."""


def gather(name: str, site: Site, shared: Shared, context: bytes, kept: Kept | None, watch: Watch,
           *, searched: bool, soon: bool) -> Iterator[Problem]:  # fmt: skip
    """Make one of the groups, if the site lacks it; give what stands in it that must not be there.

    `kept` knows what the last build made of each listing in this `context`; `searched` says that it looked through it for
    the same secrets; `soon`: what stands will do.
    """
    marks = shared.guide.marks
    listings = b"".join([marks[listing.id] for listing in shared.guide.listings])
    if not site.lacks_group(name, listings, may_be_old=soon and searched):
        yield from watch.leaks({} if searched else site)
        return
    most, more = (_known(kept, part, context) for part in (name, f"{name}{_MORE}"))
    known = {**most, **more}
    once = Once(marks, known)
    site.put_group(name, MAKE[name](shared, once))
    if kept:
        later = [key for key in once.used if key not in most]
        few = len(later) <= _MOST
        if not few:
            kept.keep_pieces(name, context, once.pieces(once.used))
        kept.keep_pieces(f"{name}{_MORE}", context, once.pieces(later if few else ()))
    # with the names and the edition of the last build, only what a listing newly says can hold anything new
    unlike = not searched or not known or name == "search"
    if unlike or any(watch.leaks(dict.fromkeys(("new.csv", "new.json", "new.sheet.js"), once.new.encode()))):
        yield from watch.leaks(site.news if searched else site.files)


def _known(kept: Kept | None, part: str, context: bytes) -> Mapping[Key, Piece]:
    """Read what was kept of a group, or of a part of it, if it was in this context."""
    known_in, known = kept.read_pieces(part) if kept else (b"", {})
    return known if known_in == context else {}


# each loads its code where it is made, which is in one of two processes

def _exports(shared: Shared, once: Once) -> Iterable[tuple[str, bytes]]:
    from guide.exports.files import whole_files

    return whole_files(shared.guide, shared.edition, once)


def _hsds(shared: Shared, once: Once) -> Iterable[tuple[str, bytes]]:
    from guide.exports.files import hsds_files

    return hsds_files(shared.guide, shared.edition, once)


def _search(shared: Shared, once: Once) -> Iterable[tuple[str, bytes]]:
    from guide.searching import search_files

    return search_files(shared, once).items()


def _sheet(shared: Shared, once: Once) -> Iterable[tuple[str, bytes]]:
    from guide.sheet import sheet_files

    return sheet_files(shared, once).items()


MAKE: dict[str, Callable[[Shared, Once], Iterable[tuple[str, bytes]]]] = {
    "hsds": _hsds, "exports": _exports, "search": _search, "sheet": _sheet}  # fmt: skip
GROUPS = tuple(MAKE)
