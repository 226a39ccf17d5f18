"""The text of a YAML file: what is understood, and what is told, with its line."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from guide.yaml_tree import TreeError, compose, decode

GOOD = b"""\
listings:
  - id: one
    name: One
    services: [case-management]
"""


def read(data):
    """Give the tree's values: every scalar is text."""

    def value(node):
        if isinstance(node, yaml.MappingNode):
            return {value(key): value(item) for key, item in node.value}
        return [value(item) for item in node.value] if isinstance(node, yaml.SequenceNode) else node.value

    return value(compose(decode(data if isinstance(data, bytes) else data.encode())))


def faults(data):
    with pytest.raises(TreeError) as error:
        compose(decode(data if isinstance(data, bytes) else data.encode()))
    return error.value.faults


def line_and_cause(data):
    """Give the line of the only fault, and what it says."""
    [(line, _, message)] = faults(data)
    return line, message


# Understood, not punished


@pytest.mark.parametrize(
    "written",
    [GOOD.replace(b"\n", b"\r\n"), GOOD.replace(b"\n", b"\r"), b"\xef\xbb\xbf" + GOOD, GOOD.replace(b"\n", b"  \n"),
     GOOD.replace(b"One\n", b"One\t\n"), GOOD.rstrip(), b"\n\n# a comment\n" + GOOD + b"# the end\n", b"---\n" + GOOD,
     GOOD + b"...\n", GOOD.replace(b"name", b"? name\n   ") if False else GOOD.replace(b"One", b"'One'")],
    ids=["CRLF", "CR", "byte-order mark", "trailing blanks", "trailing tab", "no last line end", "comments", "---", "...", "quotes"],
)  # fmt: skip
def test_how_a_file_may_be_written_too(written):
    assert read(written) == read(GOOD)


@pytest.mark.parametrize("text", ["no", "65101", "5736344911", "2022-07-13", "1_000", "0x1F", "012", "12:30", ".inf", "true", "on"])
def test_a_value_is_the_text_that_stands_there(text):
    assert read(f"a: {text}") == {"a": text}


@pytest.mark.parametrize(
    "text",
    ["Food & shelter", "Help !now", "5 * 6", "A &B", "100%", "a@b.org", "R&B", "it's", "\U0001f600", "caf\u00e9", "C#", "1 << 2"],
)
def test_marks_inside_a_text_are_text(text):
    assert read(f"a: {text}") == {"a": text}


@pytest.mark.parametrize("text", ["&a", "*a", "!a", "<<", "- a", "# a", "a: b", "{a}", "[a]", "---", "%a"])
def test_marks_in_quotes_are_text(text):
    assert read(f"a: '{text}'") == {"a": text}


# Told, with the line


@pytest.mark.parametrize(
    ("data", "line", "column"),
    [(b"a: b\nc: \xff\n", 2, 4), ("a: b\nc: d\u00e9\n".encode("latin-1"), 2, 5), ("a: b".encode("utf-16"), 1, 1),
     (b"\xed\xa0\x80", 1, 1), (b"a\r\nb\r\n\xc3", 3, 1)],
    ids=["FF", "Latin-1", "UTF-16", "lone surrogate", "cut off"],
)  # fmt: skip
def test_what_is_not_utf8_is_told_where(data, line, column):
    assert faults(data) == [(line, column, "is not UTF-8 text; save the file with the encoding UTF-8")]


@pytest.mark.parametrize("data", [b"", b" \n\n", b"# only a comment\n", b"\xef\xbb\xbf"], ids=["empty", "blanks", "comment", "mark"])
def test_an_empty_file_is_told(data):
    assert faults(data) == [(1, 1, "the file is empty; a county without listings says 'listings: []'")]


def test_half_a_megabyte_is_read_and_one_byte_more_is_told():
    assert read(b"a: " + b"b" * 499_997) == {"a": "b" * 499_997}
    assert line_and_cause(b"a: " + b"b" * 499_998) == (
        1, "the file is larger than 500,000 bytes (500,001); a county's listings never are")  # fmt: skip


@pytest.mark.parametrize("data", ["a: b\n\tc: d\n", "a: b\nc:\td\n", "a: b\nc: d\te\n", "a: b\n# c\td\n", 'a: b\nc: "d\te"\n'],
                         ids=["indent", "after colon", "text", "comment", "quotes"])  # fmt: skip
def test_a_tab_is_told(data):
    assert line_and_cause(data) == (2, "a tab; YAML knows only blanks: use two blanks for each step")


def test_every_line_with_a_tab_is_told():
    assert [fault[:2] for fault in faults("a:\tb\nc: d\n  e:\tf\n")] == [(1, 3), (3, 5)]


@pytest.mark.parametrize("character", ["\0", "\x07", "\x1b", "\x7f", "\x80", "\ufffe", "\u2028", "\u2029", "\x85", "\x0b", "\x0c"],
                         ids=lambda character: f"{ord(character):04X}")  # fmt: skip
def test_a_character_that_nobody_sees_is_told_where(character):
    [(line, column, message)] = faults(f"a: b\r\nc: de{character}f\r\n")
    assert (line, column) == (2, 6)
    assert message.startswith(f"a character that cannot be seen stands here (U+{ord(character):04X}, ")
    assert message.endswith(", behind 'c: de'): delete it")


@pytest.mark.parametrize(
    ("text", "cause"),
    [("a: b\nc: &x d\n", "'&x' is an anchor"), ("a: b\nc: *x\n", "'*x' is an alias"), ("a: b\n<<: {c: d}\n", "'<<' merges"),
     ("a: b\n&x c: d\n", "'&x' is an anchor"), ("a: b\nc: [&x d]\n", "'&x' is an anchor"), ("a: b\nc: {d: *x}\n", "'*x' is an alias"),
     ("a: b\nc: !!str d\n", "a '!' tag"), ("a: b\nc: !d e\n", "a '!' tag"), ("a: b\nc: !<tag:x,2000:y> d\n", "a '!' tag"),
     ("a: b\nc: !!python/object/apply:os.system [ls]\n", "a '!' tag"), ("a: b\n---\nc: d\n", "'---' begins a second document")],
    ids=["anchor", "alias", "merge", "anchored key", "in a list", "in a mapping", "tag", "own tag", "long tag", "python", "document"],
)  # fmt: skip
def test_what_yaml_knows_and_the_guide_does_not_is_told(text, cause):
    line, message = line_and_cause(text)
    assert line == 2
    assert message.startswith(cause)


def test_each_alias_of_a_bomb_is_told_and_none_is_followed():
    bomb = "a: &a [x, x]\n" + "".join(f"{b}: &{b} [*{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    assert len(faults(bomb)) == 9 + 16


@pytest.mark.parametrize(
    ("text", "line", "cause"),
    [("a: b\nc: d: e\nf: g\n", 2, "a colon and a blank inside a text"),
     ("a: b\nc\nd: e\nf: g\n", 2, "a line that is no 'key: value'"),
     ("a: b\nc:d\ne: f\n", 2, "a line that is no 'key: value'"),
     ("a: b\nc: [d, e\nf: g\nh: i\n", 2, "a list in [ ] is not closed"),
     ("a: b\nc: {d: e\nf: g\nh: i\n", 2, "a mapping in { } is not closed"),
     ("a: b\nc: 'd\ne: f\n", 2, "a quote is opened and never closed"),
     ('a: b\nc: "d\ne: f\n', 2, "a quote is opened and never closed"),
     ("a: b\nc: 'Women's shelter'\nd: e\n", 2, "the line does not fit what stands above it"),
     ("a: b\nc: @d\n", 2, "a text cannot begin with"), ("a: b\nc: `d\n", 2, "a text cannot begin with"),
     ("a: b\nc: %d\n", 2, "a text cannot begin with"), ("a: b\nc: - d\n", 2, "'- ' cannot stand here"),
     ("a:\n  - b\n  - c\n  d: e\n", 4, "the line does not fit the list above it")],
    ids=["colon", "no colon", "no blank", "open list", "open mapping", "open quote", "open double quote", "apostrophe", "@", "`",
         "%", "dash", "no dash"],
)  # fmt: skip
def test_a_slip_is_told_on_its_own_line_with_a_remedy(text, line, cause):
    told, message = line_and_cause(text)
    assert told == line
    assert message.startswith(cause)


@pytest.mark.parametrize("text", ["[", "{", "{a: ", "- ", "? ", "a: [", "- - "], ids=["[", "{", "{a:", "-", "?", "a: [", "- -"])
def test_ten_thousand_levels_are_told(text):
    assert faults(text * 10_000)


def test_a_thousand_indented_levels_are_told():
    assert faults("".join(f"{' ' * level}a:\n" for level in range(1_300)))


MARKS = ["[", "]", "{", "}", ":", ": ", "- ", "\"", "'", "#", "|", ">", "&a", "*a", "!", "!!a ", "%", "@", "\t", "\n", "  ", "\r", "---\n",
         "...\n", "? ", ",", "\0", "\x85", "\u2028", "\ufeff", "<<: ", "\\", "~", "\ud800", "\U0001f600"]  # fmt: skip


@given(st.lists(st.sampled_from(MARKS) | st.sampled_from(GOOD.decode().split(" ")), max_size=40).map("".join)
       .map(lambda text: text.encode("utf-8", "surrogatepass")) | st.binary(max_size=80))  # fmt: skip
@example(b"\xff\xfe")
def test_any_bytes_become_a_tree_or_faults_inside_the_file(data):
    try:
        compose(decode(data))
    except TreeError as error:
        lines = data.count(b"\n") + data.count(b"\r") + 1
        assert error.faults
        assert all(1 <= line <= lines + 1 and column >= 1 and message for line, column, message in error.faults)
