"""Files made to exhaust whoever reads them: each is told in seconds and half a gigabyte, or read in them."""

from __future__ import annotations

import os
import re
import resource
import sys
import traceback
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest
from sample import TODAY

from guide.loading import Memory, load
from guide.problems import InputError

SECONDS, BYTES = 10, 500_000_000
"""What one load may cost: processor time, and memory beyond what the test holds."""
COLE, PAGE, FIGURE = "data/resources/mo/cole.yaml", "content/a-page.md", "data/figures/a-figure.yaml"
HEAD = """\
listings:
  - id: one
    name: One
    summary: Helps.
    services: [case-management]
    sources:
      - title: A list
"""
TEXT = "---\ntitle: A page\nsummary: Says something.\ndate: 2026-01-01\n---\n"


def each(count: int, line: str) -> str:
    """Write a line again and again, each time with its number in place of the hash."""
    return "".join(line.replace("#", str(number)) for number in range(count))


def fill(piece: str, size: int = 490_000) -> str:
    return piece * (size // len(piece.encode()))


def paragraphs(piece: str, size: int = 98_000, line: int = 2_900) -> str:
    """Write as much of a piece as a page may hold, in lines and paragraphs as long as they may be."""
    text = piece * (line // len(piece))
    return f"{text}\n" * (size // (len(text) + 1))


YAML: Mapping[str, str | bytes] = {
    "aliases of aliases": "a: &a [x, x]\n" + "".join(f"{b}: &{b} [*{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)),
    "150,000 aliases": "[&a a," + "*a," * 150_000 + "]", "10,000 lists in lists": "- " * 10_000 + "x",
    "10,000 brackets": "[" * 10_000, "10,000 braces": "{a: " * 10_000, "10,000 keys of keys": "? " * 10_000,
    "490,000 brackets": "[" * 490_000, "brackets that close": HEAD + "    fees: " + "[" * 900 + "]" * 900,
    "1,000 steps": "".join(f"{' ' * step}a:\n" for step in range(1_300)),
    "many deep lists": f"{HEAD}    fees: [{('[' * 490 + ']' * 490 + ',') * 900}]\n",
    "a line of half a megabyte": f"{HEAD}    fees: {'a' * 490_000}\n", "five megabytes": "a: b\n" * 1_000_000,
    "line ends": fill("\n"), "line ends and a slip": fill("\n") + "a: [", "CR": fill("\r"), "NULs": fill("\0"),
    "marks of byte order": fill("\ufeff"), "any bytes": bytes(range(256)) * 1_900, "half characters": b"\xed\xa0\x80" * 160_000,
    "private characters": HEAD + '    fees: "' + "\\ue000" * 80_000 + '"\n',
    "one long ligature": f"{HEAD}    fees: 1{chr(0xFDFA) * 160_000}\n",
    "a heap of accents": f"{HEAD}    fees: a{chr(0x301) * 240_000}\n", "the same key": HEAD + "    fees: a\n" * 14_000,
    "13,000 keys": HEAD + each(13_000, "    k#: 1\n"), "nearly right keys": HEAD + each(13_000, "    phones#: 1\n"),
    "long keys": HEAD + each(4_900, f"    {'k' * 90}#: 1\n"), "a key of half a megabyte": f"? {'a' * 490_000}\n: b\n",
    "29,000 items": "listings:\n" + "- a\n" * 29_000, "240,000 items": "listings:\n" + "-\n" * 240_000,
    "empty listings": f"listings: [{'{},' * 15_000}]", "160,000 empty listings": f"listings: [{'{},' * 160_000}]",
    "unknown services": HEAD.replace("[case-management]", f"[{each(29_000, 's#,')}]"),
    "unknown counties": f"{HEAD}    serves: [{each(29_000, 'mo/c#,')}]\n",
    "unknown counties of many": "listings:\n" + "".join(f"  - id: a{n}\n    serves: [{each(190, 'Missouri county #, ')}]\n" for n in range(110)),
    "6,000 sources": HEAD + each(6_000, "      - title: a#\n        published: 2099\n"),
    "190 sources of many": "listings:\n" + "".join(f"  - id: a{n}\n    sources:\n{each(190, '    - title: a#, published: 2099')}" for n in range(70)),
    "sources that lie ahead": HEAD + each(190, "      - title: a#\n        published: 2099\n") + each(13_000, "    k#: a\n"),
    "sources without words": HEAD + each(190, "      - supports: a#\n") + each(13_000, "    k#: a\n"),
    "the same id": "listings:\n" + "  - id: a\n" * 14_000, "29,000 ids": "listings:\n" + each(14_000, "  - id: a#\n"),
    "comments": HEAD + "# 1 Elm Street\n" * 30_000,
    "comments beside values": f"{HEAD}    serves:\n" + "      - a #b\n" * 13_000 + "# 1 Elm Street\n",
    "comments of listings": "listings:\n" + each(2_500, "  - id: a#\n    name: O\n    summary: H\n    sources: [{title: A}] # 1 Elm St\n"),
    "numbers in comments": HEAD + f"#{'1 ' * 2_490}\n" * 98 + "# 1 Elm Street\n",
    "numbers in words": HEAD + each(98, f"    k#: {'1 ' * 2_490}\n"),
    "numbers and words": HEAD + each(98, f"    k#: {'1 q q q q ' * 490}\n"),
    "numbers in links": HEAD + each(98, f"    k#: {{url: https://a.org/{'+1' * 2_490}}}\n"), "tabs": fill("\ta\n"),
    "tags": f"[{'!a b,' * 80_000}]", "anchors": fill("- &a b\n"), "merges": fill("<<: a\n"), "documents": fill("---\na\n"),
    "directives": fill("%a b\n"), "quotes": fill('a: "\n'), "a quote that never ends": f'{HEAD}    fees: "{"x " * 240_000}',
    "escapes": HEAD + '    fees: "' + "\\u0041" * 80_000 + '"\n', "a long id": HEAD.replace("one", "1-" * 240_000, 1),
    "a long host": f"{HEAD}    website: https://{'a.' * 240_000}\n", "a long e-mail": f"{HEAD}    email: a@{'a-' * 240_000}\n",
    "a long phone": f"{HEAD}    phones: [{{number: '{'(' * 4_900}'}}]\n",
    "a long text line": f"{HEAD}    text: '{'1 ' * 2_400}'\n", "long hours": f"{HEAD}    hours: '{'Mo-' * 1_600}'\n",
}  # fmt: skip
MARKDOWN = {
    "10,000 quotes": "> " * 10_000, "quotes line by line": "".join(f"{'> ' * (step % 100)}a\n" for step in range(1_600)),
    "10,000 lists": "- " * 10_000 + "x", "10,000 steps": "".join(f"{'    ' * step}- a\n" for step in range(150)),
    "numbered lists": "1. " * 900 + "x", "lists and quotes": "- > " * 900, "plus and minus": "- + * " * 400 + "x",
    "brackets": paragraphs("["), "pairs of brackets": paragraphs("[]"), "brackets in brackets": paragraphs("[" * 8 + "]" * 8),
    "links": paragraphs("[a]("), "good links": paragraphs("[a](about.html) "), "bad links": paragraphs("[a](a.html) "),
    "pictures": paragraphs("!["), "references": paragraphs("[^a] "), "open references": paragraphs("[^"),
    "stars": paragraphs("*"), "stars and letters": paragraphs("*a"), "open stars": paragraphs("**a"),
    "all stars": paragraphs("***a**b* "), "underscores": paragraphs("_a "), "ticks": paragraphs("`"),
    "ticks and letters": paragraphs("a`"), "angles": paragraphs("<"), "open tags": paragraphs("<a "),
    "elements": paragraphs("<b>a</b>"), "blocks": paragraphs("<div>a</div>"), "blocks in blocks": "<div>\n" * 16_000,
    "addresses": paragraphs("<http://"), "comments": paragraphs("<!--"), "instructions": paragraphs("<?"),
    "entities": paragraphs("&#"), "ampersands": paragraphs("&"), "attributes": paragraphs("{:"),
    "an attribute list": "a {: " + "#a .b " * 480 + "}\n", "headings": "## a\n\n" * 16_000,
    "notes": each(9_000, "[^n#]: x\n\n"), "notes and their marks": "".join(f"a[^n{n}]\n\n[^n{n}]: x\n\n" for n in range(4_500)),
    "a wide table": f"|{'a|' * 1_400}\n|{'-|' * 1_400}\n" + f"|{'b|' * 1_400}\n" * 30,
    "a long table": "|a|b|\n|-|-|\n" + "|c|d|\n" * 16_000, "definitions": each(4_300, "[r#]: https://a.org\n"),
    "numbers": paragraphs("1 "), "lines": "a\n" * 49_000, "blanks": " " * 2_900 + "x\n", "backslashes": paragraphs("\\"),
    "figures": "!figure[cases]\n\n" * 6_000, "a line of 100,000 letters": "a" * 98_000, "five megabytes": "a\n" * 2_500_000,
    "underlined headings": "a\n---\n\n" * 12_000, "the same place": "## a {#b}\n\n" * 8_900,
    "quotation marks": paragraphs('"a" '), "code": "    a\n" * 16_000, "rules": "- - -\n\n" * 14_000,
}  # fmt: skip
OTHER: Mapping[str, tuple[str, str | bytes]] = {
    "a figure of 7,000 rows": (FIGURE, "title: A\nvalues:\n" + each(7_000, "- label: a#\n  percent: 500\n")),
    "a page that cites 30,000 sources": (PAGE, f"---\ntitle: A\nsummary: B\ndate: 2026-01-01\nsources: [{each(29_000, 's#,')}]\n---\nA.\n"),
    "a page that cites one 30,000 times": (PAGE, f"---\ntitle: A\nsummary: B\ndate: 2026-01-01\nsources: [{'htimp-project,' * 27_000}]\n---\nA.\n"),
    "a head that never ends": (PAGE, "---\n" + "a: b\n" * 50_000),
    "40,000 ids of a release": ("data/published_ids.txt", each(40_000, "gone-#\n")),
    "no ids of a release": ("data/published_ids.txt", "A B\n" * 120_000),
    "3,300 closed listings": ("data/closed.yaml", "closed:\n" + each(3_300, "- {id: a#, name: A, area: mo, on: 2099}\n")),
    "closed twice": ("data/closed.yaml", "closed:\n" + "- {id: a, name: A, area: mo, on: 2001}\n" * 3_300),
    "services": ("data/services.yaml", "groups:\n" + each(9_000, "- {id: a#}\n")),
    "sources": ("data/sources.yaml", "sources:\n" + each(2_400, "- {id: a#, title: A, kind: news, url: 'https://a.org', read: 2099}\n")),
    "ZIP codes": ("data/places.csv", "zip,city,county,also_known_as\n" + each(30_000, "65101,A,mo/c#,\n")),
    "a cell that never ends": ("data/places.csv", 'zip,city,county,also_known_as\n"' + "a\n" * 240_000),
    "names of a town": ("data/places.csv", f"zip,city,county,also_known_as\n65101,A,mo/cole,{'a;' * 200_000}\n"),
    "commas": ("data/places.csv", "," * 490_000), "nested outlines": ("data/county_shapes.json", "[" * 490_000),
    "outlines": ("data/county_shapes.json", '{"width": 1, "height": 1, "rings": {' + each(35_000, '"#": [],') + '"x": []}}'),
    "a long number": ("data/county_shapes.json", '{"width": ' + "9" * 490_000 + "}"),
    "words of the search": ("data/search.yaml", "same:\n" + each(5_900, "- {word: a#, means: b}\n")),
}  # fmt: skip
BOMBS: dict[str, tuple[str, str | bytes]] = {
    **{f"YAML: {name}": (COLE, data) for name, data in YAML.items()},
    **{f"Markdown: {name}": (PAGE, TEXT + text) for name, text in MARKDOWN.items()},
    **OTHER,
}


@pytest.fixture(scope="module")
def load_within(bare: Path) -> Callable[[str, bytes], list[str]]:
    """Load a guide with one file in it replaced, in a process that is killed where it takes too much; give its problems."""
    memory = Memory()
    load(bare, TODAY, memory)

    def problems(file: str, data: bytes) -> list[str]:
        path = bare / file
        kept = path.read_bytes() if path.exists() else None
        path.write_bytes(data)
        told, tell = os.pipe()
        child = os.fork()
        if not child:
            _load_and_tell(bare, TODAY, memory, tell)
        os.close(tell)
        with os.fdopen(told, encoding="utf-8", errors="surrogateescape") as pipe:
            lines = pipe.read().splitlines()
        _, status, _used = os.wait4(child, 0)
        path.write_bytes(kept) if kept is not None else path.unlink()
        assert os.waitstatus_to_exitcode(status) == 0, "\n".join(lines[:20])
        return lines

    return problems


def _load_and_tell(root: Path, today: date, memory: Memory, tell: int) -> None:
    status = 1
    with os.fdopen(tell, "w", encoding="utf-8", errors="surrogateescape") as pipe:
        try:
            held = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
            resource.setrlimit(resource.RLIMIT_AS, (held + BYTES, held + BYTES))
            resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))  # counted from the fork on
            try:
                load(root, today, memory)
            except InputError as error:
                pipe.writelines(f"{problem}\n" for problem in error.problems)
            status = 0
        except BaseException:  # noqa: BLE001  nothing of the parent's may run in the child
            traceback.print_exc(file=pipe)
            traceback.print_exc(file=sys.stderr)
    os._exit(status)


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_told_in_its_file_or_read_and_costs_little(load_within, name):
    file, text = BOMBS[name]
    data = text if isinstance(text, bytes) else text.encode()
    lines = len(re.findall(rb"\r\n|\r|\n", data.rstrip(b"\r\n"))) + 1
    problems = load_within(file, data)
    assert problems or file == PAGE
    for problem in problems:
        found = re.match(r"([^:]+):(\d+):(\d+): .", problem)
        assert found, problem
        assert found[1] == file or file not in (COLE, PAGE, FIGURE), problem  # other files are named by many
        assert 1 <= int(found[2]) <= max(lines, 1) or found[1] != file, problem
        assert len(problem) < 1_500
