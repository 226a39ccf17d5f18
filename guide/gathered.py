"""The files that hold all listings together: the exports and the search index.

One changed listing changes them all; what they say of the others is taken from the last build.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from msgspec import Struct

from guide.kept import Kept
from guide.leaks import Watch
from guide.once import OldFiles, Once
from guide.problems import Problem
from guide.shared import Shared
from guide.standing import Site
from guide.woven import Content

_MORE, _WOVEN = "-more", "-woven"
_MOST = 1_000
"""Facts that came after most were kept: up to so many are kept beside those, for to write all anew takes its time."""


class Weave(Struct, frozen=True):
    """Where the files of a group tell what: of each address, each block's number, where it begins, and its size."""

    context: bytes
    made_of: bytes
    """The number of what the files are made of."""
    files: dict[str, list[tuple[bytes, int, int]]]


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
    most, more = (kept.read_pieces(part, context) if kept else {} for part in (name, f"{name}{_MORE}"))
    old = _old_files(name, site, context, kept)
    once = Once(marks, most, more, old=old)
    site.put_group(name, MAKE[name](shared, once))
    if kept:
        later = once.used_since(most, more)
        few = len(later) <= _MOST
        if not few:
            kept.keep_pieces(name, context, once.pieces(once.all_used()))
        kept.keep_pieces(f"{name}{_MORE}", context, once.pieces(later if few else ()))
        places = {address: [(mark, *place) for mark, place in told.items() if mark] for address, told in once.told.items()}
        kept.keep_on_trial(f"{name}{_WOVEN}", Weave(context, site.groups[name], places))
    # with the names and the edition of the last build, only what a listing newly says can hold anything new
    unlike = not searched or not (most or more or old) or name == "search"
    if unlike or any(watch.leaks(dict.fromkeys(("new.csv", "new.json"), once.new.encode()))):
        yield from watch.leaks(site.files if searched else site)


def _old_files(name: str, site: Site, context: bytes, kept: Kept | None) -> OldFiles:
    """Give the files of a group that stand as the last build left them, and where they tell what."""
    weave = kept.read(f"{name}{_WOVEN}", Weave) if kept else None
    if not weave or weave.context != context:
        return {}
    return {address: (standing, {mark: (start, size) for mark, start, size in places})
            for address, places in weave.files.items() if (standing := site.standing(address, weave.made_of))}  # fmt: skip


# each loads its code where it is made, which is in one of two processes

def _exports(shared: Shared, once: Once) -> Iterable[tuple[str, Content]]:
    from guide.exports.files import whole_files

    return whole_files(shared.guide, shared.edition, once)


def _hsds(shared: Shared, once: Once) -> Iterable[tuple[str, Content]]:
    from guide.exports.files import hsds_files

    return hsds_files(shared.guide, shared.edition, once)


def _search(shared: Shared, once: Once) -> Iterable[tuple[str, Content]]:
    from guide.searching import search_files

    return search_files(shared, once).items()


MAKE: dict[str, Callable[[Shared, Once], Iterable[tuple[str, Content]]]] = {
    "hsds": _hsds, "exports": _exports, "search": _search}
GROUPS = tuple(MAKE)
