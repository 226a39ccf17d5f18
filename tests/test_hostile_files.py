"""The tables, outlines, figures and pages that a pull request can change: what is wrong in one is told, on one line."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from pathlib import Path

import pytest
from hostile import BAD_URLS, HTML, MARKDOWN, PROGRAMS, REFUSED
from hypothesis import given, settings
from hypothesis import strategies as st
from sample import EDITION, ROOT, TODAY
from test_mutations import SPOILED, number_of_lines
from test_prose import Elements, made

from guide.building import Builder
from guide.problems import InputError
from guide.unseen import unseen

ROW = "zip,city,county,also_known_as\n65101,Jefferson City,mo/cole,{}\n"
SQUARE = [[1, 1], [2, 1], [2, 2], [1, 1]]


@pytest.fixture
def told(bare: Path, problems_of: Callable[[Path], list[str]]) -> Callable[[str, str | bytes], list[str]]:
    """Change one file of a guide without listings; give its problems, and put it back."""

    def problems(file: str, data: str | bytes) -> list[str]:
        path = bare / file
        kept = path.read_bytes()
        path.write_bytes(data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data)
        try:
            return problems_of(bare)
        finally:
            path.write_bytes(kept)

    return problems


@pytest.mark.parametrize("name", ["<script>", "=1+1", "a\u202eb", "\u200b", "x" * 61, "{{ 7*7 }}", '""', "-1", "@x", "\0", "&amp;", "`"])
def test_a_town_is_called_by_a_name(told, name):
    assert told("data/places.csv", ROW.format(f'"{name}"'))
    assert told("data/places.csv", ROW.replace("Jefferson City", f'"{name}"').format(""))


@pytest.mark.parametrize("name", ["St. Louis", "O'Fallon", "Winston-Salem", "Mt. Vernon (north)", "Ca\u00f1on"])
def test_a_towns_name_may_have_what_names_have(told, name):
    assert told("data/places.csv", ROW.format(name)) == []


@pytest.mark.parametrize(
    "rings",
    [[], [[]], [[[1, 1]]], [[[1, 1], [2, 2], [1, 1]]], [[*SQUARE[:-1], [3, 3]]], [[*SQUARE[:2], [math.nan, 1], SQUARE[0]]],
     [[*SQUARE[:2], [math.inf, 1], SQUARE[0]]], [[*SQUARE[:2], [-5, 1], SQUARE[0]]], [[*SQUARE[:2], [1e9, 1], SQUARE[0]]],
     [[*SQUARE[:2], [1, 2, 3], SQUARE[0]]], [[*SQUARE[:2], ["<b>", 1], SQUARE[0]]], [[*SQUARE[:2], None]], "x", 5, None, {"a": 1}],
)  # fmt: skip
def test_an_outline_that_cannot_be_drawn_is_told(told, rings):
    shapes = json.loads((ROOT / "data/county_shapes.json").read_bytes())
    shapes["rings"]["mo/cole"] = rings
    problems = told("data/county_shapes.json", json.dumps(shapes))
    assert problems
    assert all(problem.startswith("data/county_shapes.json:1:1: ") for problem in problems)


@pytest.mark.parametrize(("key", "value"), [("width", math.nan), ("width", 0), ("height", -1), ("height", 1e300), ("width", "x"),
                                            ("rings", []), ("rings", {"mo/nowhere": [SQUARE]}), ("rings", {'"><script>': [SQUARE]})])
def test_a_frame_or_county_that_there_is_not_is_told(told, key, value):
    shapes = json.loads((ROOT / "data/county_shapes.json").read_bytes())
    shapes[key] = shapes[key] | value if key == "rings" and value else value
    assert told("data/county_shapes.json", json.dumps(shapes))


@pytest.mark.parametrize("name", ["con", "nul", "com1", "lpt9", "aux", "prn"])
def test_no_page_bears_a_name_that_windows_cannot_hold(file_problems, one_listing, new_file_problems, name):
    [problem] = file_problems(one_listing.replace("id: one", f"id: {name}"))
    assert "Windows has no file of that name" in problem
    assert new_file_problems(f"content/{name}.md", "---\ntitle: A\nsummary: B\ndate: 2022-01-01\n---\nA.\n")


# Pages

PAGE = "---\ntitle: A page\nsummary: Says something.\ndate: 2022-01-01\n---\n"


@pytest.fixture
def page(new_file_problems: Callable[..., list[str]]) -> Callable[[str], list[str]]:
    """Write a page with a text; give its problems."""
    return lambda text: new_file_problems("content/a-page.md", PAGE + text)


@pytest.mark.parametrize(
    ("text", "line", "cause"),
    [("A.\n\n[x](mailto:a@b.example?bcc=c@d.example)\n", 8, "is not an e-mail address"), ("[x](mailto:?to=a@b.example)", 6, "is not an e-mail"),
     ("[x](tel:911;x)", 6, "is no number"), ("[x](sms:911?body=x)", 6, "is no number"), ("[x](//evil.example)", 6, "is not a web address"),
     ("A.\n\n## B {#results}\n", 8, "'results' belongs to the page itself"), ('<p id="q">x</p>', 6, "'q' belongs to the page itself"),
     ("## B {#figure-x}\n", 6, "belongs to the page itself"), ("## B {#c}\n\n## D {#c}\n", 6, "'c' stands twice"),
     ("A.\n\nB &#x202e;c\n", 8, "U+202E, right-to-left override"), ("A&zwj;b\n", 6, "U+200D, zero width joiner"), ("&#xe000;\n", 6, "U+E000"),
     ("A.\n\n" + "[" * 9 + "\n", 8, "is opened 9 times"), ("> " * 30 + "x\n", 6, "nested too deeply"), ("x" * 3_001, 6, "longer than 3,000"),
     ("## a\n\n" * 301, 606, "more than 300 headings"), ("x\n" * 50_001, 6, "longer than 100,000")],
)  # fmt: skip
def test_what_a_text_may_not_do_is_told_where(page, text, line, cause):
    problem = page(text)[0]
    assert problem.startswith(f"{line}:")
    assert cause in problem


@pytest.mark.parametrize("text", ["---\n\nA.\n\n----------------------------------------------------------------\n", "a < b, c < d\n",
                                  "| a | b |\n|---|---|\n| :-( | :-( |\n", "- a\n    - b\n        - c\n", "[911](tel:911) [x](mailto:a@b.example)\n"])
def test_what_people_write_passes(page, text):
    assert page(text) == []


HOSTILE = [*HTML, *PROGRAMS, *MARKDOWN, *(f"[x]({url})" for url in BAD_URLS), *(f"<a href='{url}'>x</a>" for url in BAD_URLS)]


@pytest.fixture(scope="module")
def told_of(bare: Path, problems_of: Callable[[Path], list[str]]) -> set[str]:
    """The pages that are told of, where there is one of each hostile text."""
    pages = {f"content/h-{number:03}.md": text for number, text in enumerate(HOSTILE)}
    for file, text in pages.items():
        (bare / file).write_text(PAGE + text, encoding="utf-8")
    try:
        return {problem.partition(":")[0] for problem in problems_of(bare)} & pages.keys()
    finally:
        for file in pages:
            (bare / file).unlink()


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_of_a_page_is_told_or_clean(told_of, text):
    if f"content/h-{HOSTILE.index(text):03}.md" not in told_of:
        assert Elements(made(text).html).strange == []


@pytest.mark.parametrize("text", [text for text in REFUSED if text.strip() and len(text) < 100 and not "\ud800" <= text <= "\udfff"], ids=ascii)
def test_a_character_that_nobody_sees_is_told_in_a_page_too(page, text):
    [problem] = page(f"A.\n\nB {text}\n")
    assert problem.startswith("8:")


# Whatever a file becomes

OTHERS = sorted(path.relative_to(ROOT).as_posix() for folder in ("data", "content") for path in (ROOT / folder).rglob("*")
                if path.is_file() and "resources" not in path.parts and not path.name.startswith("."))  # fmt: skip


@pytest.fixture(scope="module")
def builder(bare: Path, tmp_path_factory: pytest.TempPathFactory) -> Builder:
    """One that is kept, so that a build takes only what changed."""
    return Builder(bare, tmp_path_factory.mktemp("spoiled") / "site")


def test_any_other_file_that_is_spoiled_is_built_or_told_where(bare, builder):
    @settings(max_examples=60)
    @given(st.sampled_from(OTHERS), st.lists(st.sampled_from(sorted(SPOILED)), min_size=1, max_size=3), st.randoms(use_true_random=False))
    def check(file, ways, chance):
        path = bare / file
        kept = data = path.read_bytes()
        for way in ways:
            data = SPOILED[way](data or b"\n", chance)
        path.write_bytes(data)
        try:
            builder.build(EDITION, TODAY)
        except InputError as error:
            for problem in error.problems:
                assert problem.file != file or 1 <= problem.line <= number_of_lines(data), problem
                assert "\n" not in str(problem)
                assert unseen(str(problem)) is None
        finally:
            path.write_bytes(kept)

    check()
