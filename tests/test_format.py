"""`build.py format`, as an editor types it, and what `check` says of looks."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from sample import ROOT

FILE = "data/resources/mo/cole.yaml"
UGLY = "listings:\n  - name: One\n    id: one\n    summary: Helps.\n    services: [case-management]\n    sources: [{title: A list}]\n"
FINE = ("listings:\n  - id: one\n    name: One\n    summary: Helps.\n    services: [case-management]\n    sources:\n"
        "      - title: A list\n")  # fmt: skip


@pytest.fixture
def root(bare: Path, tmp_path: Path) -> Path:
    shutil.copytree(bare, tmp_path / "guide")
    (tmp_path / "guide" / FILE).write_text(UGLY, encoding="utf-8")
    return tmp_path / "guide"


def run(root: Path, *arguments: str) -> tuple[int, str, str]:
    command = [sys.executable, str(ROOT / "build.py"), "--root", str(root), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=root)
    return done.returncode, done.stdout, done.stderr


def test_every_file_is_formatted(root):
    code, out, err = run(root, "format")
    assert (code, err) == (0, "")
    assert out.splitlines() == [f"wrote {FILE}", "127 files, 1 changed"]
    assert (root / FILE).read_text(encoding="utf-8") == FINE
    assert run(root, "format")[1].splitlines() == ["127 files, 0 changed"]


def test_check_shows_what_would_change_and_changes_nothing(root):
    code, out, _ = run(root, "format", "--check", FILE)
    assert code == 1
    assert out.startswith(f"--- {FILE}\n+++ {FILE}, formatted\n") and "\n+  - id: one\n" in out
    assert (root / FILE).read_text(encoding="utf-8") == UGLY
    assert run(root, "format", "--check", "data/resources/mo/boone.yaml")[:2] == (0, "")


@pytest.mark.parametrize("name", ["data/resources/mo/nowhere.yaml", "data/site.yaml", "../cole.yaml", "cole"])
def test_a_name_that_is_no_file_of_listings(root, name):
    code, out, err = run(root, "format", name)
    assert (code, out) == (2, "")
    assert err == f"{name} is not a file of listings; name one like data/resources/mo/cole.yaml\n"
    assert (root / FILE).read_text(encoding="utf-8") == UGLY


def test_nothing_is_written_where_a_file_cannot_be_read(root):
    (root / "data/resources/mo/adair.yaml").write_text("listings:\n\t- id: two\n", encoding="utf-8")
    code, _, err = run(root, "format")
    assert code == 1
    assert err.startswith("data/resources/mo/adair.yaml:2:1: a tab; ")
    assert (root / FILE).read_text(encoding="utf-8") == UGLY


def test_check_tells_looks_apart_from_mistakes(root):
    code, _, err = run(root, "check")
    assert code == 1
    assert err.splitlines()[0] == (f"{FILE}:2:1: looks other than the rest, though it says the same; write here: - id: one "
                                   f"(or run: python build.py format {FILE})")  # fmt: skip
    run(root, "format")
    assert run(root, "check")[0] == 0


def test_a_mistake_is_told_first_and_looks_of_the_same_file_later(root):
    (root / FILE).write_text(UGLY.replace("Helps.", "''"), encoding="utf-8")
    (root / "data/resources/mo/boone.yaml").write_text("listings:   []\n# a remark\n\n\n", encoding="utf-8")
    _, _, err = run(root, "check")
    assert [line.split(": ")[0] for line in err.splitlines()[:-1]] == ["data/resources/mo/boone.yaml:1:1", f"{FILE}:4:5"]


def test_looks_do_not_stop_a_build(root):
    assert run(root, "build")[0] == 0


def test_line_ends_of_windows_are_fine(root):
    (root / FILE).write_bytes(FINE.replace("\n", "\r\n").encode())
    assert run(root, "check")[0] == 0
    assert run(root, "format", "--check")[0] == 0
