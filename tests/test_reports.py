"""The report pages: no number without its source, and each source with its link and date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
import pytest
from sample import written

from guide.prose import FIGURE

ROOT = Path(__file__).resolve().parents[1]
REPORTS = ("executive-summary", "needs-assessment", "strategic-plan")
SOURCED = [f"reports/{name}" for name in REPORTS] + ["for-professionals"]
HTML = "{http://www.w3.org/1999/xhtml}"
BLOCKS = {f"{HTML}{name}" for name in ("p", "li", "tr", "figcaption")}


def text_of(site: Path, name: str) -> Element:
    tree = html5lib.parse((site / f"{name}.html").read_text(encoding="utf-8"))
    return next(one for one in tree.iter(f"{HTML}article") if one.get("class") == "text")


def blocks(element: Element) -> Iterator[Element]:
    """List the paragraphs, items and rows that hold no other; of a figure its caption, which speaks for the whole."""
    for child in element:
        if child.get("class") in ("footnote", "jump", "note", "over", "lead"):
            continue
        if child.get("class") == "drawn":
            yield next(child.iter(f"{HTML}figcaption"))
        elif child.tag in BLOCKS and not any(one.tag in BLOCKS for one in child.iter() if one is not child):
            yield child
        else:
            yield from blocks(child)


def references(element: Element) -> list[Element]:
    return [one for one in element.iter(f"{HTML}a") if one.get("class") == "footnote-ref"]


@pytest.mark.parametrize("name", SOURCED)
def test_every_number_has_a_reference(site: Path, name: str) -> None:
    found = list(blocks(text_of(site, name)))
    said = {block: re.sub(r"\d*$", "", "".join(block.itertext())) if not references(block) else "" for block in found}
    assert [text for text in said.values() if re.search(r"\d", text)] == []
    assert sum(bool(references(block)) for block in found) > 5


@pytest.mark.parametrize("name", SOURCED)
def test_every_reference_leads_to_a_source_with_link_and_date(site: Path, name: str) -> None:
    text = text_of(site, name)
    foot = next(one for one in text.iter(f"{HTML}div") if one.get("class") == "footnote")
    sources = {one.get("id"): one for one in foot.iter(f"{HTML}li")}
    assert {link.get("href", "").removeprefix("#") for link in references(text)} == set(sources)
    for source in sources.values():
        links = [link.get("href", "") for link in source.iter(f"{HTML}a")]
        assert links[0].startswith("http")
        assert re.search(r"Published (\w+ )?(\d+, )?\d{4}; |Date not known; ", "".join(source.itertext()))


@pytest.mark.parametrize("name", [f"reports/{name}" for name in REPORTS])
def test_every_report_says_what_is_not_public_and_where_the_original_is(site: Path, name: str) -> None:
    text = text_of(site, name)
    assert "What is not public" in {"".join(one.itertext()) for one in text.iter(f"{HTML}h2")}
    assert any(link.get("href") == "https://mocate.org/resources/htimp/" for link in text.iter(f"{HTML}a"))


@pytest.mark.parametrize("name", [f"reports/{name}" for name in REPORTS])
def test_every_report_says_that_its_findings_are_of_2019(site: Path, name: str) -> None:
    assert "2019" in "".join(text_of(site, name).itertext())



NEVER = {
    "an estimate that nobody can check": r"24,000",
    "rankings of states that contradict each other": r"\b(?:ranks?|ranked) (?:\d+|third|fourth)",
    "the hotline's former operator": r"Polaris",
    "weak shares of one page": r"\b(?:20|18|12) ?(?:%|percent)|\b(?:managers?|familial) [^.]{0,40}(?:%|percent)",
    "weak ages": r"\b(?:65|85) ?(?:%|percent)|12 to 25|15 to 25",
    "a bill as law": r"589\.700 (?:gives|lets|allows)",
    "a false name": r"Missouri Coalition Against Human Trafficking",
    "a merger that nobody saw": r"merged",
    "a prevalence": r"422 (?:people|victims) (?:are|were) trafficked",
}


@pytest.mark.parametrize("claim", NEVER)
def test_what_no_source_supports_is_not_claimed(claim: str) -> None:
    texts = [path.read_text(encoding="utf-8") for path in (ROOT / "content").rglob("*.md")]
    texts += [path.read_text(encoding="utf-8") for path in (ROOT / "data/figures").glob("*.yaml")]
    assert [found[0] for text in texts for found in re.finditer(NEVER[claim], text)] == []


def test_the_needs_assessment_shows_every_figure(site: Path) -> None:
    placed = set(FIGURE.findall((ROOT / "content/reports/needs-assessment.md").read_text(encoding="utf-8")))
    assert placed == {path.stem for path in (ROOT / "data/figures").glob("*.yaml")}
    html = (site / "reports/needs-assessment.html").read_text(encoding="utf-8")
    for name in placed:
        assert f'href="../figures/{name}.csv"' in html
        assert (site / f"figures/{name}.csv").read_bytes()


def test_what_providers_named_is_linked_with_what_is_listed_today(site: Path) -> None:
    html = (site / "reports/needs-assessment.html").read_text(encoding="utf-8")
    services = {service["id"] for group in written("services.yaml")["groups"] for service in group["services"]}
    named = {service for row in written("figures/most-named-needs.yaml")["values"] for service in row["services"]}
    assert named <= services
    for service in named:
        assert f'href="../services/{service}.html"' in html


def test_no_age_stands_in_a_figure() -> None:
    for path in (ROOT / "data/figures").glob("*.yaml"):
        labels = [row["label"] for row in written(f"figures/{path.name}")["values"]]
        assert not [label for label in labels if re.search(r"\bage|years? old|\d+ to \d+", label)]


def test_a_figure_of_named_needs_is_in_alphabetical_order() -> None:
    figure = written("figures/most-named-needs.yaml")
    labels = [row["label"] for row in figure["values"]]
    assert labels == sorted(labels)
    assert "alphabetical" in figure["caveat"]
