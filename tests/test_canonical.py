"""The canonical form of a file of listings: the same words in one order, whatever an editor wrote; and no comment lost."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sample import ROOT

from guide.confidential import comments
from guide.editing.canonical import canonical
from guide.editing.formatting import files_of
from guide.reading import texts_of
from guide.unseen import unseen
from guide.yaml_tree import TreeError, compose

FILES = {file: (ROOT / file).read_text(encoding="utf-8") for file in files_of(ROOT)}
HEAD = "listings:\n  - id: one\n"
tried: Counter[str] = Counter()


def meaning(node: yaml.Node) -> Any:
    """Give what the guide reads of a tree: words, and which of them stand for nothing; the order of keys says nothing."""
    if isinstance(node, yaml.ScalarNode):
        text = " ".join(node.value.split())
        return text, not node.style and text in ("", "null", "~", "Null", "NULL")
    if isinstance(node, yaml.SequenceNode):
        return [meaning(one) for one in node.value]
    return sorted(((meaning(key), meaning(value)) for key, value in node.value), key=repr)


def remarks(text: str) -> Counter[str]:
    rest, spans = [compose(text)], []
    while rest:
        node = rest.pop()
        if isinstance(node, yaml.ScalarNode):
            spans.append((node.start_mark.index, node.end_mark.index))
        else:
            rest += [one for pair in node.value for one in (pair if isinstance(node, yaml.MappingNode) else [pair])]
    return Counter(words.strip() for _, _, words in comments(text, spans))


@pytest.mark.parametrize("file", FILES)
def test_every_file_of_the_guide_is_in_the_form(file):
    assert canonical(FILES[file]) == FILES[file]


# Any file that can be read

def _in_quotes(line: str, chance: random.Random) -> str:
    key, colon, value = line.partition(": ")
    quoted = chance.choice(["'" + value.replace("'", "''") + "'", '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'])
    return f"{key}: {quoted}" if colon and value[:1] not in "[{'\"" else line


def _as_a_block(line: str, chance: random.Random) -> str:
    key, colon, value = line.partition(": ")
    indent = " " * (len(key) - len(key.lstrip(" -")) + 2)
    return f"{key}: {chance.choice('>|')}{chance.choice(['', '-', '+'])}\n{indent}{value}" if colon and value[:1] not in "[{" else line


def _list_below(line: str, chance: random.Random) -> str:
    key, colon, value = line.partition(": [")
    indent = " " * (len(key) - len(key.lstrip()) + 2)
    return f"{key}:\n" + "\n".join(f"{indent}- {one}" for one in value.rstrip("]").split(", ")) if colon else line


WAYS: dict[str, Callable[[str, random.Random], str]] = {
    "a comment above": lambda line, chance: f"{' ' * chance.randrange(9)}# note {chance.randrange(99)}\n{line}",
    "a comment beside": lambda line, chance: f"{line}  # by {chance.randrange(99)}",
    "a blank line": lambda line, chance: f"{' ' * chance.randrange(3)}\n{line}",
    "quotes": _in_quotes,
    "a text below its key": _as_a_block,
    "a list below its key": _list_below,
    "a text in two lines": lambda line, _: line.replace(" and ", " and\n      ", 1),
    "a list in two lines": lambda line, _: line.replace(", ", ",\n      ", 1),
    "a comment in a list": lambda line, chance: line.replace("[", f"[  # in {chance.randrange(99)}\n        ", 1),
    "a bracket below": lambda line, chance: line.replace("]", f"\n      # out {chance.randrange(99)}\n      ]", 1),
    "a dash alone": lambda line, _: line.replace("- ", "-\n        ", 1) if line.startswith("      - ") else line,
    "blanks": lambda line, _: line.replace(" ", "  ", 3) if ": " in line and not line.startswith("  ") else f"{line}  ",
    "nothing": lambda line, _: f"{line.partition(':')[0]}:" if ": " in line else line,
}  # fmt: skip


def some_listings(chance: random.Random) -> list[str]:
    first, *rest = FILES[chance.choice(list(FILES))].split("\n\n")
    return "\n\n".join([first, *chance.sample(rest, min(1, len(rest)))]).split("\n")


def test_no_meaning_and_no_comment_is_lost_and_a_second_time_changes_nothing():
    @settings(max_examples=2_050, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(st.sampled_from(sorted(WAYS)), min_size=1, max_size=6), st.integers(0, 2**32))
    def check(ways: list[str], seed: int) -> None:
        chance = random.Random(seed)
        lines = some_listings(chance)
        for way in ways:
            at = chance.randrange(len(lines))
            lines[at] = WAYS[way](lines[at], chance)
        if chance.random() < 0.3:  # other orders
            one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
            lines[one], lines[other] = lines[other], lines[one]
        text = "\n".join(lines)
        try:
            before = compose(text)
            made = canonical(text)
        except TreeError:
            tried["refused"] += 1
            return
        tried["formatted"] += 1
        assert meaning(compose(made)) == meaning(before)
        assert canonical(made) == made
        assert remarks(made) == remarks(text)

    check()


def test_at_least_two_thousand_files_were_tried_and_most_could_be_read():
    assert tried.total() >= 2_000 and tried["formatted"] > tried["refused"], tried


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cn", "Co", "Cs", "Cf", "Zl", "Zp"]), max_size=40) | st.sampled_from(
    ["no", "true", "~", "null", "0123", "65101", "1e3", "12:30:00", "2022-07-13", "- a", "? a", "a: b", "a #b", "#", "&a", "*a", "!a", "%", "@",
     "`", "'", '"', "---", "...", "[", "]", "{}", ",", "a,b", ": ", "-", "=", "<<", "|", ">", "a:", "x" * 300, "word " * 60, "\\", "a\\b"])  # fmt: skip
WORDS = WORDS.filter(lambda text: not unseen(text))  # those are refused


@settings(max_examples=500, deadline=None)
@given(name=WORDS, also=st.lists(WORDS, min_size=1, max_size=5))
def test_any_text_can_be_written(name, also):
    def quoted(text: str) -> str:
        return "'" + text.replace("'", "''") + "'"

    text = f"{HEAD}    name: {quoted(name)}\n    also_known_as: [{', '.join(map(quoted, also))}]\n"
    made = canonical(text)
    told = {path: words for _, item in yaml_pairs(made) for path, _, words in texts_of(item)}
    assert told["name"] == " ".join(name.split())
    assert [told[f"also_known_as[{number}]"] for number in range(len(also))] == [" ".join(one.split()) for one in also]
    assert canonical(made) == made


def yaml_pairs(text: str) -> list[tuple[str, yaml.Node]]:
    return [(key.value, item) for key, value in compose(text).value for item in value.value]


# What the form is

@pytest.mark.parametrize(("written", "formed"), [
    ("sources: [{title: A}]", "sources:\n      - title: A"),
    ("serves:\n      - mo/cole\n      - mo/maries", "serves: [mo/cole, mo/maries]"),
    ("confirmed:\n      how: phone\n      on: 2026-11-24", "confirmed: {on: 2026-11-24, how: phone}"),
    ('name: "It is"', "name: It is"),
    ("name: 'It''s: so'", "name: 'It''s: so'"),
    ("name: >\n      Two\n      lines", "name: Two lines"),
    ("location: {zip: '65101', city: A, visibility: public, street: B}",
     "location:\n      visibility: public\n      street: B\n      city: A\n      zip: '65101'"),
    ("location: {zip: 65101, visibility: public}", "location:\n      visibility: public\n      zip: 65101"),
    ("services: [a]\n    confirmed: {on: , how: phone}", "services: [a]\n    confirmed:\n      on:\n      how: phone"),
    ("services:\n    - a\n    -", "services:\n      - a\n      -"),
    ("editor_note: Last\n    summary: First", "summary: First\n    editor_note: Last"),
    ("fee: An unknown key\n    fees: Free", "fees: Free\n    fee: An unknown key"),
    ("fees:\n    text: ''", "text: ''\n    fees:"),
    ("phones:   # the first is best\n      # called\n      - {number: 988, label: x}  # ok",
     "phones:  # the first is best\n      # called\n      # ok\n      - number: 988\n        label: x"),
])  # fmt: skip
def test_the_form(written, formed):
    assert canonical(f"{HEAD}    {written}\n") == f"{HEAD}    {formed}\n"


def test_a_wide_text_is_folded_and_a_word_never_cut():
    made = canonical(f"{HEAD}    summary: {'word ' * 50}{'x' * 150} end\n")
    assert all(line.rfind(" ") <= 101 for line in made.split("\n"))
    assert made.count("x" * 150) == 1 and made.count("\n") == 6


def test_one_blank_line_parts_listings_and_none_stands_at_the_end():
    assert canonical("# head\n\n\nlistings:\n\n  - id: one\n  - id: two\n\n\n\n  - id: three\n\n\n") == (
        "# head\n\nlistings:\n  - id: one\n\n  - id: two\n\n  - id: three\n")


@pytest.mark.parametrize("spoil", [
    lambda text: "\ufeff" + text, lambda text: text.replace("\n", "\r\n"), lambda text: text.replace("\n", "\r"),
    lambda text: text.replace("\n", " \n"), str.rstrip,
])  # fmt: skip
def test_what_other_systems_add_does_not_stay(spoil):
    text = f"# head\n{HEAD}    name: One  # so\n# end\n"
    assert canonical(spoil(text)) == text


@pytest.mark.parametrize("sign", ["\x85", "\u2028", "\u200b", "\ud800", "\t"])
def test_a_character_that_cannot_be_seen_is_refused_in_a_comment_too(sign):
    with pytest.raises(TreeError):
        canonical(f"# a{sign}b\n{HEAD}")


@pytest.mark.parametrize("text", ["- id: one\n", "one\n", "{listings: []}\n", "? [a]\n: b\n", "listings:\n  - [a: b]: c\n"])
def test_what_is_no_file_of_listings_is_refused(text):
    with pytest.raises(TreeError):
        canonical(text)
