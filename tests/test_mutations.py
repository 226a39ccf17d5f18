"""Real county files, spoiled in thousands of ways: each loads or is told why not, at once, on a line that it has."""

from __future__ import annotations

import random
import re
import resource
import signal
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sample import ROOT, TODAY

from guide import rules
from guide.county_places import Places
from guide.listing_files import check_file
from guide.loading import Memory
from guide.model import Guide
from guide.problems import Problem
from guide.reading import Entry
from guide.unseen import unseen
from guide.yaml_tree import compose

SECONDS, BYTES = 2.0, 500_000_000
"""What one file may cost: processor time, and memory beyond what the test holds."""
FILES = {
    path.relative_to(ROOT / "data/resources").with_suffix("").as_posix(): path.read_bytes()
    for path in sorted((ROOT / "data/resources").rglob("*.yaml"))
}
ODD = ["", "null", "~", "true", "0", "-1", "1e999", ".inf", "[]", "{}", "[[]]", "{a: b}", "''", '"', "'", "|", ">", "|9", "&a b",
       "*a", "!!binary x", "<<", "? a", "- a", "%", "@", "`", "573-634-4911", "65101", "2022-13-45", "24/7", "Mo-Fr 08:00-17:00",
       "https://", "https://a@b.org", "javascript:alert(1)", "mo/cole", "us", "1 Elm Street, Columbia, MO 65201", "a" * 6_000,
       '"\\u202e"', '"\\0"', '"\\ud800"', "\u200b", "\u2028", "\x85", "\x00", "\ufeff", "[" * 200, "- " * 200, "{a: " * 200,
       "9" * 400, "# x", ": :", "a: b: c", "\U0001f600", "<script>", "{{ 7 * 7 }}", "\\", "\t", "x" + " " * 900 + "y"]  # fmt: skip
TOKENS = ["\n", "\r", "\t", "  ", "- ", ": ", "#", "[", "]", "{", "}", ",", "\"", "'", "&", "*", "!", "|", ">", "%", "@", "---\n",
          "...\n", "? ", "<<: ", "listings:\n", "\n  - id: one\n", "\x00", "\ufeff", "\u2028", "\u202e", "\\"]  # fmt: skip
tried: Counter[str] = Counter()


def lines_of(data: bytes) -> list[bytes]:
    return re.split(rb"(?<=\n)|(?<=\r)(?!\n)", data)


def on_lines(change: Callable[[list[bytes], random.Random], object]) -> Callable[[bytes, random.Random], bytes]:
    def spoil(data: bytes, chance: random.Random) -> bytes:
        lines = lines_of(data)
        change(lines, chance)
        return b"".join(lines)

    return spoil


def delete(lines: list[bytes], chance: random.Random) -> None:
    start = chance.randrange(len(lines))
    del lines[start : start + chance.choice((1, 1, 1, 2, 5))]


def repeat(lines: list[bytes], chance: random.Random) -> None:
    start = chance.randrange(len(lines))
    some = lines[start : start + chance.choice((1, 1, 2, 10))]
    lines[start:start] = some * chance.choice((1, 1, 1, 30))


def swap(lines: list[bytes], chance: random.Random) -> None:
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]


def indent(lines: list[bytes], chance: random.Random) -> None:
    at = chance.randrange(len(lines))
    bare = lines[at].lstrip(b" ")
    lines[at] = b" " * max(0, len(lines[at]) - len(bare) + chance.choice((-4, -2, -1, 1, 2, 4, 40))) + bare


def replace(lines: list[bytes], chance: random.Random) -> None:
    at = chance.randrange(len(lines))
    key, colon, _ = lines[at].partition(b": ")
    lines[at] = key + (colon or b": ") + chance.choice(ODD).encode("utf-8", "surrogatepass") + b"\n"


def nest(lines: list[bytes], chance: random.Random) -> None:
    depth = chance.choice((20, 300, 2_000))
    blanks = chance.choice((0, 4))
    deep = b"".join(b" " * (blanks + level) + b"a:\n" for level in range(depth)) if depth < 2_000 else b"- " * depth + b"x\n"
    lines.insert(chance.randrange(len(lines)), deep)


def insert_bytes(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] + chance.randbytes(chance.choice((1, 1, 2, 8))) + data[at:]


def insert_token(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] + chance.choice(TOKENS).encode() + data[at:]


def cut_out(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] + data[at + chance.choice((1, 1, 2, 30)) :]


def truncate(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def splice(data: bytes, chance: random.Random) -> bytes:
    other = chance.choice(list(FILES.values()))
    return data[: chance.randrange(len(data) + 1)] + other[chance.randrange(len(other)) :]


def line_ends(data: bytes, chance: random.Random) -> bytes:
    return data.replace(b"\n", chance.choice((b"\r\n", b"\r", b"\n\n", b" ", b"\n\r")))


def encoding(data: bytes, chance: random.Random) -> bytes:
    return data.decode("utf-8", "replace").encode(chance.choice(("utf-16", "utf-8-sig", "latin-1", "utf-7")), "replace")


SPOILED = {one.__name__: on_lines(one) for one in (delete, repeat, swap, indent, replace, nest)} | {
    one.__name__: one for one in (insert_bytes, insert_token, cut_out, truncate, splice, line_ends, encoding)
}


class TooMuch(Exception):
    """A file took more than it may."""


@contextmanager
def held_to(seconds: float, more_bytes: int) -> Iterator[None]:
    """Stop what takes more processor time, and refuse it more memory."""

    def stop(*_: object) -> None:
        raise TooMuch(f"more than {seconds} seconds")

    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    before = signal.signal(signal.SIGVTALRM, stop)
    resource.setrlimit(resource.RLIMIT_AS, (pages * resource.getpagesize() + more_bytes, hard))
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        resource.setrlimit(resource.RLIMIT_AS, (hard, hard))
        signal.signal(signal.SIGVTALRM, before)


@pytest.fixture(scope="module")
def problems_of(guide: Guide, memory: Memory) -> Callable[[str, bytes], list[Problem]]:
    """Read one county's file as a load does, and apply every rule to it."""
    nowhere = compose("{}")
    counties = tuple(Entry(county, "data/counties.yaml", nowhere) for county in guide.counties)
    places = Places(guide.counties, guide.zip_codes[::10])

    def problems(area: str, data: bytes) -> list[Problem]:
        found = check_file(memory.vocabularies, places, TODAY, area, f"data/resources/{area}.yaml", data)
        draft: dict[str, Any] = {"site": None, "closed": (), "published_ids": (), "vocabularies": {}, "broken": frozenset(), "unread": False}
        return [*found.problems, *rules.check(rules.Draft(
            counties=counties, shapes=guide.shapes, listings=found.names,
            unread_ids=frozenset(found.unread_ids), **draft), TODAY)]  # fmt: skip

    return problems


def number_of_lines(data: bytes) -> int:
    """Count as an editor's program does: after the last line end stands no line."""
    lines = re.split(rb"\r\n|\r|\n", data)
    return max(1, len(lines) - (not lines[-1]))


@pytest.mark.parametrize("part", range(3))
def test_a_spoiled_file_loads_or_is_told_where_and_costs_little(problems_of, part):
    @settings(max_examples=1_800, suppress_health_check=list(HealthCheck))
    @given(st.sampled_from(sorted(FILES)),
           st.lists(st.sampled_from(sorted(SPOILED)), min_size=1, max_size=1 + 3 * part), st.integers(0, 2**32))  # fmt: skip
    def check(area: str, ways: list[str], seed: int) -> None:
        chance = random.Random(seed)
        data = FILES[area]
        for way in ways:
            data = SPOILED[way](data, chance)
        with held_to(SECONDS, BYTES):
            problems = problems_of(area, data)
        tried["told" if problems else "loaded"] += 1
        for problem in problems:
            assert problem.file == f"data/resources/{area}.yaml"
            assert 1 <= problem.line <= number_of_lines(data), problem
            assert problem.column >= 1
            assert problem.message
            assert unseen(str(problem)) is None
            assert "\n" not in str(problem)
            assert len(str(problem)) < 700

    check()


def test_at_least_five_thousand_files_were_spoiled_and_some_of_them_still_load():
    assert tried.total() >= 5_000, tried
    assert min(tried["told"], tried["loaded"]) > 100, tried
