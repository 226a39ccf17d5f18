"""On paper: a hand-out that fits a clipboard, and booklets that find their way back to the guide."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from looking import DESK, Way
from playwright.sync_api import Page, expect
from pypdf import PdfReader
from sample import EDITION, ROOT, TODAY

from guide.building import Builder
from guide.model import Guide

PageOf = Callable[..., Page]
ADDRESS = "https://example.org/guide/"


def pdf(*arguments: str) -> tuple[int, str]:
    done = subprocess.run([sys.executable, str(ROOT / "build.py"), "pdf", *arguments], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def pages_of(path: Path) -> int:
    return len(PdfReader(path).pages)


@pytest.fixture
def printed(folder: Way, page_of: PageOf) -> Page:
    page = page_of(DESK)
    page.goto(folder("mo/boone.html"))
    page.emulate_media(media="print")
    return page


def test_a_listing_is_told_in_full_once_on_a_countys_hand_out(printed: Page) -> None:
    told = printed.locator(".cards > li").evaluate_all("""cards => cards.filter(card => card.querySelector('.what').checkVisibility())
        .map(card => card.querySelector('h3 a, h4 a').getAttribute('href'))""")
    assert told and len(told) == len(set(told))
    shown = printed.locator(".cards > li").evaluate_all("cards => cards.filter(card => card.checkVisibility()).length")
    assert shown == printed.locator(".cards > li").count(), "each still stands with its name and number"


def test_no_card_is_cut_between_pages_or_columns(printed: Page) -> None:
    assert set(printed.locator(".cards > li").evaluate_all("all => all.map(one => getComputedStyle(one).breakInside)")) == {"avoid"}
    assert set(printed.locator("h2, h3, h4").evaluate_all("all => all.map(one => getComputedStyle(one).breakAfter)")) == {"avoid"}


def test_edition_and_age_are_on_paper(printed: Page) -> None:
    line = printed.locator(".on-paper")
    expect(line).to_be_visible()
    expect(line).to_contain_text(re.compile(r"Edition of November 24, 2026, (.* ago|today)\. Facts .* Call first\."))


def test_what_leads_elsewhere_is_not_on_paper(printed: Page) -> None:
    for role, name in (("link", "Leave this page"), ("link", "Go to a need"), ("contentinfo", None), ("button", re.compile("Add"))):
        expect(printed.get_by_role(role, name=name)).to_have_count(0)  # type: ignore[arg-type]


def test_a_published_page_bears_its_address_on_paper_as_words_and_as_a_code(server: Way, page_of: PageOf) -> None:
    page = page_of(DESK)
    for address in ("mo/worth.html", "regions/northwest.html", "listings/rape-and-abuse-crisis-service.html"):
        page.goto(server(address))
        back = page.locator(".way-back")
        expect(back).to_be_hidden()
        page.emulate_media(media="print")
        expect(back).to_contain_text(server(address).removeprefix("http://"))
        assert back.locator("svg title").text_content() == server(address)
        page.emulate_media(media="screen")


def test_a_copy_that_is_published_nowhere_has_no_code(folder: Way, page_of: PageOf) -> None:
    page = page_of(DESK)
    page.goto(folder("mo/worth.html"))
    assert page.locator(".way-back").count() == 0


# PDFs

@pytest.fixture(scope="module")
def pdfs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """PDFs of a county and of a region."""
    folder = tmp_path_factory.mktemp("pdfs")
    code, told = pdf("mo/worth", "metro-east", "--output", str(folder), "--edition", str(EDITION), "--address", ADDRESS)
    assert code == 0, told
    assert told.split() == [str(folder / f"mo-worth-{EDITION}.pdf"), str(folder / f"metro-east-{EDITION}.pdf")]
    return folder


@pytest.mark.parametrize("name", ["mo-worth", "metro-east"])
def test_a_pdf_is_tagged_and_has_bookmarks_and_a_language(pdfs: Path, name: str) -> None:
    made = (pdfs / f"{name}-{EDITION}.pdf").read_bytes()
    assert made.startswith(b"%PDF-")
    for mark in (b"/StructTreeRoot", b"/MarkInfo", b"/Outlines", b"/Lang"):
        assert mark in made, mark


def test_a_pdf_leads_to_the_web_and_never_into_a_folder(pdfs: Path) -> None:
    for path in pdfs.iterdir():
        links = re.findall(rb"/URI \((.*?)\)", path.read_bytes())
        assert [link for link in links if not link.startswith((b"https://", b"http://", b"tel:", b"sms:", b"mailto:"))] == []
        assert any(link.startswith(ADDRESS.encode()) for link in links)


def test_every_printed_page_bears_the_edition_and_its_number(pdfs: Path) -> None:
    told = [page.extract_text() for page in PdfReader(pdfs / f"mo-worth-{EDITION}.pdf").pages]
    for number, page in enumerate(told, 1):
        assert "Edition of November 24, 2026" in page and f"Page {number} of {len(told)}" in page


def test_a_small_countys_hand_out_fits_a_clipboard(pdfs: Path) -> None:
    assert pages_of(pdfs / f"mo-worth-{EDITION}.pdf") <= 8


@pytest.mark.parametrize(("name", "said"), [
    ("boone", "'boone' is neither a county like mo/boone, nor a region, nor 'all'; did you mean mo/boone?"),
    ("Metro East", "did you mean metro-east"),
    ("madison", "did you mean mo/madison or il/madison"),
    ("../etc", "nor a region"),
])  # fmt: skip
def test_a_name_that_the_guide_does_not_know_is_told_and_nothing_is_made(tmp_path: Path, name: str, said: str) -> None:
    code, told = pdf(name, "--output", str(tmp_path / "out"))
    assert code == 2 and said in told and len(told.splitlines()) == 1
    assert not (tmp_path / "out").exists()


def test_a_pdf_that_cannot_be_written_leaves_the_old_one(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("old")
    code, told = pdf("mo/worth", "--output", str(tmp_path / "file"))
    assert code == 1 and told.startswith("Nothing was changed: ")
    assert (tmp_path / "file").read_text() == "old"


# Booklets in the site

@pytest.fixture
def booklets(tmp_path: Path, guide: Guide) -> Path:
    """PDFs as `build.py pdf` names them; what is in them does not matter here."""
    folder = tmp_path / "booklets"
    folder.mkdir()
    for name in [region.id for region in guide.regions.regions] + ["all"]:
        (folder / f"{name}-{EDITION}.pdf").write_bytes(b"%PDF-" + b"x" * 2_000_000)
    return folder


@pytest.fixture
def project(bare: Path, tmp_path: Path) -> Path:
    shutil.copytree(bare, tmp_path / "project")
    return tmp_path / "project"


def test_each_region_offers_its_booklet_and_the_data_page_all(project: Path, booklets: Path, page_of: PageOf) -> None:
    Builder(project, project / "site").build(EDITION, TODAY, None, booklets)
    page = page_of()
    page.goto((project / "site/regions/central.html").as_uri())
    with page.expect_download() as download:
        page.get_by_role("link", name="This region as a booklet to print").click(modifiers=["Alt"])
    assert download.value.suggested_filename == f"central-{EDITION}.pdf"
    page.goto((project / "site/data.html").as_uri())
    expect(page.locator("#booklets").get_by_role("link")).to_have_count(9)


def test_a_booklet_that_is_missing_fails_the_build_and_changes_nothing(project: Path, booklets: Path) -> None:
    (booklets / f"central-{EDITION}.pdf").unlink()
    with pytest.raises(OSError, match="central"):
        Builder(project, project / "site").build(EDITION, TODAY, None, booklets)
    assert not (project / "site").exists()
