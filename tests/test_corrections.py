"""How a page is corrected: its form, filled in; its file, at its line; an address for e-mail. Nothing where none is known."""

from __future__ import annotations

import shutil
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import html5lib
import pytest
import yaml
from sample import EDITION, ROOT, TODAY

from guide.building import Builder

HOME = "https://github.com/example-org/guide"
NAME = 'Help & "Hope" #1'
LISTING = f"""# a first line
listings:
  - id: one
    name: One
    summary: Helps.
    services: [case-management]
    sources: [{{title: A list}}]

  - id: two
    name: '{NAME}'
    summary: Helps.
    services: [case-management]
    sources: [{{title: A list}}]
"""


def built(bare: Path, root: Path, *lines: str) -> Path:
    """Build a guide of two listings whose `data/site.yaml` has these lines more; give the site."""
    shutil.copytree(bare, root)
    (root / "data/resources/mo/cole.yaml").write_text(LISTING, encoding="utf-8")
    with (root / "data/site.yaml").open("a", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in lines)
    Builder(root, root / "site").build(EDITION, TODAY)
    return root / "site"


@pytest.fixture(scope="module")
def site(bare: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("corrected") / "guide"
    return built(bare, root, f"repository: {HOME}.git", "branch: published", "email: guide@example.org")


def ways(page: Path) -> dict[str, str]:
    """Give the links of the part 'Wrong, or something missing?': words → address."""
    tree = html5lib.HTMLParser(namespaceHTMLElements=False).parse(page.read_text(encoding="utf-8"))
    return {"".join(link.itertext()): link.attrib["href"] for part in tree.iter("section") if "correct" in part.attrib.get("class", "").split()
            for link in part.iter("a")}  # fmt: skip


def filled(address: str) -> dict[str, str]:
    assert address.startswith(f"{HOME}/issues/new?")
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


@pytest.mark.parametrize(("words", "form"), [("Suggest a change", "change"), ("I called, all is right", "confirm"), ("It has closed", "closed")])
def test_a_listings_form_knows_the_listing(site, words, form):
    facts = filled(ways(site / "listings/two.html")[words])
    assert facts.pop("title").endswith(f": {NAME}")
    assert facts == {"template": f"{form}.yml", "listing": "two", "name": NAME, "county": "Cole County"}


@pytest.mark.parametrize(("page", "words", "facts"), [
    ("mo/cole.html", "Add a listing", {"template": "add.yml", "title": "Add: Cole County", "county": "Cole County"}),
    ("mo/cole.html", "Suggest a change", {"template": "correction.yml", "title": "Correction: Cole County", "page": "mo/cole.html", "county": "Cole County"}),
    ("reports/needs-assessment.html", "Suggest a change", {"template": "correction.yml", "title": "Correction: Needs assessment", "page": "reports/needs-assessment.html"}),
])  # fmt: skip
def test_a_form_knows_the_page(site, page, words, facts):
    assert filled(ways(site / page)[words]) == facts


def test_every_filled_field_is_one_of_the_form(site):
    for page in ("listings/two.html", "mo/cole.html", "reports/needs-assessment.html"):
        for words, address in ways(site / page).items():
            if "/issues/new" not in address:
                continue
            facts = filled(address)
            form = yaml.safe_load((ROOT / ".github/ISSUE_TEMPLATE" / facts.pop("template")).read_text(encoding="utf-8"))
            fields = {field["id"]: field["type"] for field in form["body"] if "id" in field}
            facts.pop("title")
            assert facts.keys() <= fields.keys(), words
            assert {fields[name] for name in facts} <= {"input", "textarea"}, "only texts can be filled in by an address"


@pytest.mark.parametrize(("page", "address"), [
    ("listings/one.html", "edit/published/data/resources/mo/cole.yaml#L3"),
    ("listings/two.html", "edit/published/data/resources/mo/cole.yaml#L9"),
    ("mo/cole.html", "edit/published/data/resources/mo/cole.yaml"),
    ("mo/worth.html", "new/published/data/resources?filename=mo%2Fworth.yaml"),
    ("reports/needs-assessment.html", "edit/published/content/reports/needs-assessment.md"),
])  # fmt: skip
def test_a_pages_file_is_opened_at_its_line(site, page, address):
    assert ways(site / page)["Edit on GitHub"] == f"{HOME}/{address}"


def test_a_message_by_e_mail_names_the_page(site):
    assert ways(site / "listings/two.html")["guide@example.org"] == "mailto:guide@example.org?subject=two"


@pytest.mark.parametrize("page", ["listings/two.html", "mo/cole.html", "reports/needs-assessment.html"])
def test_it_says_what_the_links_need(site, page):
    text = (site / page).read_text(encoding="utf-8")
    assert "For professionals. These leave this guide. They need a network and an account at GitHub, and what you write there is public." in text


def test_without_a_repository_or_an_address_nothing_is_linked(bare, tmp_path):
    site = built(bare, tmp_path / "guide")
    assert not any(ways(page) for page in site.rglob("*.html"))
    assert "Wrong, or something missing?" not in (site / "listings/two.html").read_text(encoding="utf-8")


def test_an_address_alone_is_shown_alone(bare, tmp_path):
    assert list(ways(built(bare, tmp_path / "guide", "email: guide@example.org") / "mo/cole.html")) == ["guide@example.org"]


@pytest.mark.parametrize(("line", "told"), [
    ("repository: https://example.org/owner/name", "is not the address of a repository on GitHub, like https://github.com/owner/name"),
    ("repository: https://github.com/owner", "is not the address of a repository on GitHub"),
    ("branch: a branch", "is not the name of a branch, like main"),
    ("branch: a..b", "is not the name of a branch, like main"),
])  # fmt: skip
def test_an_address_that_leads_nowhere_is_refused(bare, tmp_path, problems_of, line, told):
    shutil.copytree(bare, tmp_path / "guide")
    with (tmp_path / "guide/data/site.yaml").open("a", encoding="utf-8") as file:
        file.write(f"{line}\n")
    problems = problems_of(tmp_path / "guide")
    assert len(problems) == 1 and told in problems[0]
