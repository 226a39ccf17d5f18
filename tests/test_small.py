"""What `guide/small.py` promises: styles and scripts are small, and do and say what they did."""

from __future__ import annotations

import pytest

from guide.problems import InputError
from guide.small import made_small

SCRIPT = """\
/*! A library, under its license */
// Says how many there are.
(function () {
  'use strict';
  const words = `${count}  of   them` + ' // all  '; /* gone */
  const found = /[/*"'`]  +/.test(words);
})();
"""


def small(name: str, text: str) -> str:
    (made,) = made_small({name: text.encode()}).values()
    return made.decode()


def test_comments_and_blanks_go_and_texts_stay() -> None:
    made = small("assets/a.js", SCRIPT)
    assert len(made) < 0.8 * len(SCRIPT) and "gone" not in made and "Says" not in made
    for text in ("`${count}  of   them`", "' // all  '", "/[/*\"'`]  +/", "'use strict'"):
        assert text in made


@pytest.mark.parametrize(("name", "text"), [("a.js", SCRIPT), ("a.css", "/*! A library, under its license */\np { color: red; }\n")])
def test_a_comment_that_names_a_license_stays(name: str, text: str) -> None:
    assert small(name, text).startswith("/*! A library, under its license */")


def test_a_style_keeps_the_blanks_that_mean_something() -> None:
    text = '.a :is(.b, .c) > p { width: calc(1px + 2em); content: " a  b "; }  /* gone */\n@media screen and (width > 1px) { p { margin: 0 } }\n'
    made = small("assets/a.css", text)
    assert ".a :is(.b,.c)>p" in made and "calc(1px + 2em)" in made and '" a  b "' in made and "screen and (" in made
    assert "gone" not in made and len(made) < 0.85 * len(text)


def test_other_files_stay_as_they_are() -> None:
    files = {"assets/icon.svg": b"<svg>  <!-- one -->\n</svg>", "assets/part": b"  a { }"}
    assert made_small(files) == files


def test_what_is_not_utf_8_is_told_with_its_place() -> None:
    with pytest.raises(InputError) as raised:
        made_small({"assets/odd.css": b"a {}\np { content: '\xff' }", "assets/fine.css": b"a {}", "assets/odd.js": b"\xe9"})
    assert [str(problem).partition("; ")[0] for problem in raised.value.problems] == [
        "templates/assets/odd.css:2:15: is not UTF-8 text", "templates/assets/odd.js:1:1: is not UTF-8 text"]  # fmt: skip


def test_each_text_in_a_text_is_told_with_its_place() -> None:
    first = b"const a = `${b ? `, ${b}` : ''}`;\n"
    second = b"const fine = `${a}` + `${{}}`, sign = /[${}]/;\n\nconst c = `${a({}) + `x`}`;\n"
    with pytest.raises(InputError) as raised:
        made_small({"assets/one.js": first, "assets/two.js": second, "assets/fine.css": b"p { content: '${`' }"})
    assert [str(problem).partition(": a template")[0] for problem in raised.value.problems] == [
        "templates/assets/one.js:1:18", "templates/assets/two.js:3:22"]  # fmt: skip


def test_what_is_small_becomes_no_smaller() -> None:
    once = made_small({"a.js": SCRIPT.encode(), "a.css": b"p > a { color: red }\n"})
    assert made_small(once) == once
