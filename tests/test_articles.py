"""The texts of `content/` and the figures of `data/figures/`: mistakes are told with line and remedy."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

HEAD = """\
---
title: A page
summary: Says something.
date: 2026-11-01
sources: [htimp-project]
---
"""
"""A head of six lines; the text begins in line 7."""
FIGURE = """\
title: What was counted
draw: bars
unit: people
base: All who answered
question: How many?
values:
  - label: Some
    value: 12.5
    percent: 40
caveat: Not everybody.
sources: [htimp-project]
"""


@pytest.fixture(scope="module")
def text_problems(new_file_problems: Callable[..., list[str]]) -> Callable[..., list[str]]:
    """Write a page with a text; give its problems, from the line number on."""
    return lambda text, head=HEAD, file="content/reports/a-page.md": new_file_problems(file, head + text)


@pytest.fixture(scope="module")
def figure_problems(new_file_problems: Callable[..., list[str]]) -> Callable[..., list[str]]:
    """Write a figure; give its problems, from the line number on."""
    return lambda *changes: new_file_problems("data/figures/a-figure.yaml", changed(FIGURE, *changes))


def changed(text: str, *changes: tuple[str, str]) -> str:
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return text


def test_a_page_with_numbers_that_are_sourced_is_right(text_problems):
    assert text_problems("""\
Of the survivors, 12 said so.[^htimp-project] Call [911](tel:911).

## What 3 of them said

- First, 5 of them.[^htimp-project]
- none

| what | number |
|------|--------|
| one  | 14[^htimp-project] |

1. an item
2. another, see [the county](../mo/cole.html#legal) and [a site](https://example.org/2024/page)
""") == []  # fmt: skip


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("\nIn 2019, 12 said so.\n", "8:1: has a number without a source"),
        ("Words.\nIn all 12.\n", "8:1: has a number without a source"),
        ("- one[^htimp-project]\n- 12 of them\n", "8:1: has a number without a source"),
        ("| a | b |\n|---|---|\n| x | 5 |\n", "9:1: has a number without a source"),
        ("Said.[^htimp-projekt]\n", "7:6: 'htimp-projekt' is not a source of data/sources.yaml; did you mean htimp-project?"),
        ("Said.[^needs-abstract]\n", "7:6: add 'needs-abstract' to 'sources' in the head"),
        ("!figure[types-of-traficking]\n", "7:1: 'types-of-traficking' is not a figure of data/figures; did you mean types-of-"),
        ("See !figure[types-of-trafficking] here.\n", "7:5: a figure stands in a line of its own"),
        ("!Figure(types-of-trafficking)\n", "7:1: a figure stands in a line of its own"),
        ("!figure[types-of-trafficking]\n\n!figure[types-of-trafficking]\n", "9:1: the figure 'types-of-trafficking' stands twice"),
        ("# A title\n", "7:1: the title of the page stands in its head; begin a heading with '##'"),
        ("![a person](person.jpg)\n", "7:1: a page shows no pictures"),
        ("\n<img src='person.jpg'>\n", "8:1: a page shows no pictures"),
    ],
)
def test_a_mistake_in_a_text_is_told_with_its_line(text_problems, text, problem):
    text += "\nEnd.[^htimp-project]\n"
    (told,) = text_problems(text)
    assert told.startswith(problem)


@pytest.mark.parametrize(
    ("link", "problem"),
    [
        ("../covrage.html", "'../covrage.html' leads nowhere: the guide has no page 'covrage.html'; did you mean coverage.html?"),
        ("coverage.html", "the guide has no page 'reports/coverage.html'; did you mean coverage.html?"),
        ("../about.md", "the guide has no page 'about.md'; did you mean about.html?"),
        ("../mo/kole.html", "did you mean mo/cole.html?"),
        ("#nowhere", "'reports/a-page.html' has no place 'nowhere'; its places are here-it-is"),
        ("../safety.html#nowhere", "'safety.html' has no place 'nowhere'"),
        ("/coverage.html", "the guide has no page '/coverage.html'"),
        ("htps://example.org", "'htps://example.org' is not a web address that begins with https:// or http://"),
        ("javascript:alert(1)", "is not a web address"),
        ("//example.org/x", "is not a web address"),
        ("https://example", "'example' is no host name"),
    ],
)
def test_a_broken_link_is_told_with_its_line(text_problems, link, problem):
    (told,) = text_problems(f"## Here it is\n\nSaid.[^htimp-project] [a link]({link})\n")
    assert told.startswith("9:1: ")
    assert problem in told


@pytest.mark.parametrize("link", ["../coverage.html", "#here-it-is", "a-page.html", "../safety.html#phone-calls-and-messages",
                                  "../coverage.csv", "../figures/hotline-cases.csv", "../search.html#q=shelter",
                                  "mailto:office@example.org", "tel:911", "sms:233733"])  # fmt: skip
def test_a_right_link_is_no_problem(text_problems, link):
    assert text_problems(f"## Here it is\n\nSaid.[^htimp-project] [a link]({link})\n") == []


def test_code_is_not_read(text_problems):
    assert text_problems("Write `!figure[x]`, `[^x]` or `573-634-4911` so.[^htimp-project]\n") == []


def test_a_note_of_the_texts_own_needs_no_source(text_problems):
    assert text_problems("Said.[^htimp-project] More.[^why]\n\n[^why]: Because of it.\n") == []


def test_a_page_without_sources_may_have_numbers_outside_the_reports(text_problems):
    head = changed(HEAD, ("sources: [htimp-project]\n", ""))
    assert text_problems("Call 911.\n", head, "content/a-page.md") == []
    (told,) = text_problems("Call 911.\n", head)
    assert told.startswith("6:1: has a number without a source")


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (("title: A page\n", ""), "2:1: title: is missing"),
        (("date: 2026-11-01\n", ""), "2:1: date: is missing"),
        (("2026-11-01", "2026-11"), "4:1: date: '2026-11' must be a whole date, like 2022-07-13"),
        (("2026-11-01", "2999-01-01"), "4:1: date: '2999-01-01' lies in the future"),
        (("[htimp-project]", "[htimp-projct]"), "5:11: sources[0]: 'htimp-projct' is not a source of data/sources.yaml; did you mean htimp-project?"),
        (("[htimp-project]", "[htimp-project, needs-abstract]"), "5:26: sources[1]: nothing on the page cites 'needs-abstract'"),
        (("summary:", "sumary:"), "3:1: sumary: 'sumary' is not a key here; did you mean summary?"),
        (("date: 2026", "order: first\ndate: 2026"), "4:1: order: 'first' is not a whole number"),
    ],
)
def test_a_mistake_in_the_head_is_told_with_its_line(text_problems, change, problem):
    told = text_problems("Said.[^htimp-project]\n", changed(HEAD, change))
    assert any(one.startswith(problem) for one in told), told


@pytest.mark.parametrize(
    ("file", "problem"),
    [
        ("content/search.md", "1:1: 'search.html' is the address of another page"),
        ("content/mo/cole.md", "1:1: 'mo/cole.html' is the address of another page"),
        ("content/My page.md", "1:1: cannot be a page's address: rename it to 'my-page.md'"),
        ("content/page.txt", "1:1: is not a page; pages are Markdown files that end in .md"),
    ],
)
def test_a_page_has_an_address_of_its_own(new_file_problems, file, problem):
    (told,) = new_file_problems(file, changed(HEAD, ("sources: [htimp-project]\n", "")) + "Words.\n")
    assert told.startswith(problem)


@pytest.mark.parametrize("text", ["", "no head", "---\n---\nwords\n", "---\ntitle: x\n"])
def test_a_page_without_a_head_is_told(new_file_problems, text):
    (told,) = new_file_problems("content/a-page.md", text)
    assert told.startswith("1:1: the page must begin with a line '---'")


def test_a_fault_in_the_yaml_of_a_head_is_told_with_its_line(new_file_problems):
    (told,) = new_file_problems("content/a-page.md", "---\ntitle: a: b\nsummary: x\n---\n")
    assert told.startswith("2:")


# Figures

def test_a_figure_is_right(figure_problems):
    assert figure_problems() == []


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (("sources: [htimp-project]\n", ""), "1:1: sources: is missing"),
        (("[htimp-project]", "[nobody]"), "11:11: sources[0]: 'nobody' is not a source of data/sources.yaml"),
        (("12.5", "'1,250'"), "8:5: values[0].value: '1,250' is not a number like 422 or 82.7"),
        (("12.5", "-3"), "8:5: values[0].value: '-3' is not a number"),
        (("    value: 12.5\n    percent: 40\n", ""), "7:5: values[0]: has no value; write what is known of it"),
        (("    value: 12.5\n", "    note: no number\n"), "7:5: values[0]: has no value, but a second number or a percentage"),
        (("percent: 40", "percent: 140"), "9:5: values[0].percent: '140' is more than the whole"),
        (("draw: bars", "draw: bars\nwhole: 12"), "9:5: values[0].value: '12.5' is more than the whole (12)"),
        (("draw: bars", "draw: pie"), "2:1: draw: 'pie' must be one of: bars, years, named"),
        (("draw: bars", "draw: named"), "8:5: values[0].value: a figure of things that were named shows no numbers"),
        (("caveat: Not everybody.\n", ""), "1:1: caveat: is missing"),
        (("question: How many?\n", ""), "1:1: question: is missing"),
    ],
)
def test_a_mistake_in_a_figure_is_told_with_its_line(figure_problems, change, problem):
    told = figure_problems(change)
    assert any(one.startswith(problem) for one in told), told


@pytest.mark.parametrize(("file", "problem"), [
    ("data/figures/A figure.yaml", "1:1: cannot be a page's address: rename it to 'a-figure.yaml'"),
    ("data/figures/a-figure.yml", "1:1: is not a figure; figures are files that end in .yaml"),
])  # fmt: skip
def test_a_figure_has_a_name_that_a_text_can_place(new_file_problems, file, problem):
    (told,) = new_file_problems(file, FIGURE)
    assert told.startswith(problem)


def test_mistakes_in_data_figures_sources_and_texts_are_told_in_one_run(project: Path, problems_of):
    for file, old, new in (
        ("data/resources/mo/cole.yaml", "number: ", "number: 99"),
        ("data/figures/hotline-cases.yaml", "value: 55", "value: many"),
        ("data/sources.yaml", "kind: project", "kind: rumor"),
        ("content/safety.md", "](tel:911)", "](nowhere.html)"),
    ):
        path = project / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
    files = {problem.split(":")[0] for problem in problems_of(project)}
    assert files == {"data/resources/mo/cole.yaml", "data/figures/hotline-cases.yaml", "data/sources.yaml", "content/safety.md"}
