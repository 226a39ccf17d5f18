"""The program's own style and types; `pyproject.toml` says what is asked of them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.parametrize("tool", [("ruff", "check", "--no-cache"), ("mypy", "--no-incremental")], ids=["ruff", "mypy"])
def test_finds_nothing(tool):
    done = subprocess.run([sys.executable, "-m", *tool], cwd=ROOT, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stdout + done.stderr


def test_nothing_is_in_the_repository_that_git_is_to_ignore():
    """What a build keeps is code in part: whoever put it into the repository would have it run."""
    done = subprocess.run(["git", "ls-files", "--cached", "--ignored", "--exclude-standard"], cwd=ROOT, capture_output=True,
                          text=True, encoding="utf-8")  # fmt: skip
    assert done.stdout == ""
