"""Who serves a county: the tiers, their order, and the order inside a tier."""

from __future__ import annotations

from datetime import date

import pytest
from sample import BOONE, COLE, LIMITS, MADISON, listing, phone

from guide.coverage import Age, Ranking, Tier, age_of, served_counties, tier_of

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("facts", "county", "tier"),
    [
        pytest.param({"area": "mo/cole"}, COLE, Tier.HERE, id="office here, counties not known"),
        pytest.param({"area": "mo/cole", "serves": ("mo",)}, COLE, Tier.HERE, id="office here, statewide"),
        pytest.param({"area": "mo/cole", "serves": ("mo/boone",)}, COLE, Tier.HERE, id="office here, names others"),
        pytest.param({"area": "mo/cole"}, BOONE, None, id="counties not known, office elsewhere"),
        pytest.param({"area": "mo/cole", "serves": ("mo/boone",)}, BOONE, Tier.SERVES, id="names the county"),
        pytest.param({"area": "mo/cole", "serves": ("central",)}, BOONE, Tier.SERVES, id="names the region"),
        pytest.param({"area": "mo", "serves": ("metro-east",)}, MADISON, Tier.SERVES, id="Metro East is a region"),
        pytest.param({"area": "mo/cole", "serves": ("mo",)}, BOONE, Tier.STATEWIDE, id="names the state"),
        pytest.param({"area": "mo/cole", "serves": ("mo",)}, MADISON, None, id="the other state"),
        pytest.param({"area": "mo"}, BOONE, Tier.STATEWIDE, id="state file, counties not known"),
        pytest.param({"area": "us", "serves": ("us",)}, MADISON, Tier.NATIONAL, id="national"),
        pytest.param({"area": "us", "serves": ("us", "mo/cole")}, COLE, Tier.SERVES, id="the nearest tier counts"),
    ],
)
def test_tier(facts, county, tier):
    assert tier_of(listing(**facts), county) is tier


def offers_of(*listings, county=COLE):
    return [offer.listing.id for offer in Ranking(listings, LIMITS, TODAY).offers(county)]


def test_nearer_tiers_come_first():
    assert offers_of(
        listing("national", area="us", serves=("us",), trafficking=True),
        listing("statewide", area="mo", serves=("mo",), trafficking=True),
        listing("serves", area="mo/boone", serves=("mo/cole",), trafficking=True),
        listing("here"),
    ) == ["here", "serves", "statewide", "national"]


IN_ORDER = [
    listing("a-zebra", trafficking=True, published="2010"),
    listing("b-line", phones=(phone(hours="24/7"),), published="2011"),
    listing("c-confirmed", confirmed="2026-10-01", published="2012"),
    listing("d-due", confirmed="2026-02-01", published="2013"),
    listing("e-new", published="2026-07-13"),
    listing("f-less-exact", published="2026-07"),
    listing("g-old", published="2019"),
    listing("h-no-date", name="Alpha"),
    listing("i-no-date", name="beta"),
]


def test_inside_a_tier_the_order_is_trafficking_then_all_day_then_confirmed_then_newer_then_name():
    assert offers_of(*reversed(IN_ORDER)) == [one.id for one in IN_ORDER]


def test_ask_where_no_source_names_the_county():
    ranking = Ranking([listing("unknown"), listing("named", serves=("central",))], LIMITS, TODAY)
    assert {offer.listing.id: offer.ask for offer in ranking.offers(COLE)} == {"unknown": True, "named": False}


def test_ask_at_an_office_whose_sources_name_only_other_counties():
    offer = Ranking([listing(serves=("mo/boone",))], LIMITS, TODAY).offers(COLE)[0]
    assert (offer.tier, offer.ask) == (Tier.HERE, True)


def test_an_hour_of_the_office_makes_no_24_hour_line():
    assert not listing(phones=(phone(hours="Mo-Fr 08:00-17:00"),)).answers_all_day


@pytest.mark.parametrize(
    ("confirmed", "services", "age"),
    [
        (None, ("legal-aid",), Age.UNCONFIRMED),
        ("2026-05-28", ("legal-aid",), Age.CONFIRMED),  # 180 days
        ("2026-05-27", ("legal-aid",), Age.DUE),
        ("2025-11-24", ("legal-aid",), Age.DUE),  # 365 days
        ("2025-11-23", ("legal-aid",), Age.UNCONFIRMED),
        ("2026-08-26", ("crisis-line",), Age.CONFIRMED),  # 90 days
        ("2026-08-25", ("crisis-line",), Age.DUE),
        ("2026-05-27", ("crisis-line",), Age.UNCONFIRMED),
    ],
)
def test_age(confirmed, services, age):
    assert age_of(listing(confirmed=confirmed, services=services), LIMITS, TODAY) is age


def test_served_counties_are_those_that_a_source_names():
    counties = (COLE, BOONE, MADISON)
    assert [c.id for c in served_counties(listing(serves=("central",)), counties)] == ["mo/cole", "mo/boone"]
    assert served_counties(listing(), counties) == ()
    assert served_counties(listing(serves=("us",)), counties) == counties
