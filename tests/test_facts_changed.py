"""Two states of a listing: a change is told just where its page shows something else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from msgspec.structs import replace
from sample import EDITION, ROOT, listing, phone

from guide.changes import ALL_FACTS, what_happened
from guide.kinds import HOURS, TEXT_LINE, read_partial_date
from guide.model import AreaPlace, Confirmation, Guide, Listing, PublicPlace, Source, WithheldPlace
from guide.rendering import Renderer
from guide.shared import shared_facts
from guide.site import _listing_page


def _subset(*names: str) -> some.SearchStrategy[tuple[str, ...]]:
    """Names in one order: another order is shown, and is no change."""
    return some.sets(some.sampled_from(names)).map(lambda chosen: tuple(sorted(chosen)))


def _maybe(*values: Any) -> some.SearchStrategy[Any]:
    return some.sampled_from((None, *values))


HOURS_KNOWN = [HOURS.read(text) for text in ("24/7", "Mo-Fr 08:00-17:00", "Mo-Fr 08:00-16:00")]
PHONES = some.builds(lambda digits, label, hours: replace(phone(digits), label=label, hours=hours),
                     some.sampled_from([*["5735550100"] * 4, "5735550101"]), _maybe("office", "line"), _maybe(*HOURS_KNOWN))  # fmt: skip
PUBLIC = some.builds(PublicPlace, city=some.sampled_from(["Linn", "Vienna"]), street=_maybe("1 Zzyzx Street"),
                     zip=_maybe("65101", "65102"), address_published_by=_maybe("provider"))  # fmt: skip
SOURCES = some.builds(Source, title=some.sampled_from(["A list", "Another"]), url=_maybe("https://one.example.org/"),
                      published=_maybe(read_partial_date("2025")), supports=_maybe("phones"))  # fmt: skip
FACTS: dict[str, some.SearchStrategy[Any]] = {
    "name": some.sampled_from(["One", "Two"]),
    "also_known_as": _subset("Eins", "Uno"),
    "summary": some.sampled_from(["Helps.", "Helps more."]),
    "services": some.sampled_from([("case-management",), ("crisis-line",), ("case-management", "crisis-line")]),
    "trafficking": some.booleans(),
    "serves": _subset("mo/cole", "mo/boone", "central"),
    "people": _subset("women", "men"),
    "languages": _subset("en", "es"),
    "phones": some.lists(PHONES, min_size=1, max_size=2, unique_by=lambda one: one.number).map(tuple),
    "text": _maybe(TEXT_LINE.read("START (88788)"), TEXT_LINE.read("88788")),
    "email": _maybe("office@example.org"),
    "website": _maybe("https://one.example.org/", "https://one.example.org/help"),
    "location": some.one_of(PUBLIC, some.builds(AreaPlace, city=_maybe("Linn", "Vienna")), some.just(WithheldPlace())),
    "hours": _maybe(*HOURS_KNOWN),
    "eligibility": _maybe("Anybody."),
    "fees": _maybe("Free"),
    "how_to_refer": _maybe("Call."),
    "confirmed": _maybe(*(Confirmation(on=read_partial_date(day), how=how) for day, how in
                          (("2026-01-01", "phone"), ("2026-01-01", "visit"), ("2026-02-01", "phone")))),
    "sources": some.sets(SOURCES, min_size=1, max_size=2).map(lambda chosen: tuple(sorted(chosen, key=repr))),
}  # fmt: skip
LISTINGS = some.fixed_dictionaries(FACTS).map(lambda facts: replace(listing(), **facts))


@some.composite
def two_states(draw: some.DrawFn) -> tuple[Listing, Listing]:
    """A listing, and the same after few of its facts were written anew."""
    before = draw(LISTINGS)
    fields = draw(some.sets(some.sampled_from(sorted(FACTS)), min_size=1, max_size=3))
    return before, replace(before, **{name: draw(FACTS[name]) for name in sorted(fields)})


@pytest.fixture(scope="module")
def shown(guide: Guide) -> Callable[[Listing], bytes]:
    """Give a listing's page, as the guide's own template makes it."""
    shared, renderer = shared_facts(guide, EDITION), Renderer(ROOT / "templates")

    def show(one: Listing) -> bytes:
        page = _listing_page(shared, one, "")
        return dict(renderer.render(shared, iter([replace(page, address="listings/one.html")])))["listings/one.html"]

    return show


@pytest.mark.parametrize("field", FACTS)
@settings(max_examples=25)
@given(data=some.data())
def test_a_change_is_told_just_where_the_page_shows_something_else(
        field: str, data: some.DataObject, shown: Callable[[Listing], bytes]) -> None:  # fmt: skip
    before = data.draw(LISTINGS)
    after = replace(before, **{field: data.draw(FACTS[field])})
    kinds, facts = what_happened(before, after)
    assert bool(kinds or facts) == (shown(before) != shown(after))


@given(states=two_states())
def test_what_changed_there_and_back_is_told_alike(states: tuple[Listing, Listing]) -> None:
    there, back = what_happened(*states), what_happened(*reversed(states))
    assert set(there[1]) - {"confirmation"} == set(back[1]) - {"confirmation"} <= set(ALL_FACTS)


@given(states=two_states(), words=some.sampled_from(["5550100", "Zzyzx", "Vienna", "example", "88788", "Anybody", "65102"]))
def test_no_value_is_told(states: tuple[Listing, Listing], words: str) -> None:
    assert words not in repr(what_happened(*states))


def test_another_order_of_names_is_no_change_and_another_order_of_phones_is() -> None:
    names = [listing(services=services) for services in (("a", "b"), ("b", "a"))]
    assert what_happened(*names) == ((), ())
    one, two = phone("5735550100"), phone("5735550101")
    assert what_happened(listing(phones=(one, two)), listing(phones=(two, one))) == ((), ("phone numbers",))


@pytest.mark.parametrize(("before", "after", "was_closed", "is_closed", "kinds"), [
    (None, listing(), False, False, ("added",)), (None, listing(), True, False, ("opened",)),
    (None, listing(), True, True, ("added",)), (listing(), None, False, True, ("closed",)),
    (listing(), None, False, False, ("removed",)), (listing(), None, True, True, ()), (None, None, False, True, ("closed",)),
    (None, None, True, True, ()), (listing(), listing(area="mo/boone"), False, False, ("moved",)),
    (listing(), listing(confirmed="2026-01-01"), False, False, ("confirmed",)),
    (listing(confirmed="2026-01-02"), listing(confirmed="2026-01-01"), False, False, ()),
])  # fmt: skip
def test_what_happened_has_a_name(before: Listing | None, after: Listing | None, was_closed: bool, is_closed: bool,
                                  kinds: tuple[str, ...]) -> None:  # fmt: skip
    assert what_happened(before, after, was_closed=was_closed, is_closed=is_closed)[0] == kinds
