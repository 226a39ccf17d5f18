"""What a page offers to programs and address books, in a real browser."""

from __future__ import annotations

import json

import pytest
from looking import DESK

from guide.model import PublicPlace


@pytest.fixture(scope="session")
def public(guide):
    """A listing whose place is public, with a phone."""
    return next(one for one in guide.listings if isinstance(one.location, PublicPlace) and one.phones)


def test_the_facts_inside_a_page_are_read_by_programs_and_refused_by_no_policy(way, page_of, public):
    page, said = page_of(), []
    page.on("console", lambda message: said.append(message.text))
    page.add_init_script(
        "window.refused = []; document.addEventListener('securitypolicyviolation', event => refused.push(event.violatedDirective))")
    page.goto(f"{way.start}listings/{public.id}.html")
    facts = page.locator('script[type="application/ld+json"]').text_content()
    assert json.loads(facts)["mainEntity"]["name"] == public.name
    assert (page.evaluate("refused"), said) == ([], [])


def test_a_contact_is_offered_on_the_screen_and_not_on_paper(folder, page_of, public):
    page = page_of(DESK)
    page.goto(f"{folder.start}listings/{public.id}.html")
    link = page.get_by_role("link", name="Save as a contact")
    assert link.is_visible()
    page.emulate_media(media="print")
    assert not link.is_visible()
