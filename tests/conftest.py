"""What the tests of the rooms share: the guide as it stands, a copy of it to spoil, and what a load says of it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings
from sample import ROOT, TODAY

from guide.loading import Memory, load
from guide.model import Guide
from guide.problems import InputError

FOLDERS = ("data", "content", "templates")
LISTING = """\
listings:
  - id: one
    name: One
    summary: Helps.
    services: [case-management]
    sources:
      - title: A list
"""
"""A file with one listing of seven lines; what a test adds begins in line 8."""

settings.register_profile("guide", deadline=None, derandomize=True, database=None)  # the same examples in every run
settings.load_profile("guide")


@pytest.fixture(scope="session")
def memory() -> Memory:
    """What was read last, so that a load takes a tenth of a second."""
    return Memory()


@pytest.fixture(scope="session")
def guide(memory: Memory) -> Guide:
    """The guide as it stands."""
    return load(ROOT, TODAY, memory)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the project to spoil."""
    for folder in FOLDERS:
        shutil.copytree(ROOT / folder, tmp_path / folder)
    return tmp_path


@pytest.fixture(scope="session")
def problems_of(memory: Memory) -> Callable[[Path], list[str]]:
    """Load a project; give its problems as they are printed."""
    return lambda root: _problems(root, memory)


def _problems(root: Path, memory: Memory) -> list[str]:
    try:
        load(root, TODAY, memory)
    except InputError as error:
        return [str(problem) for problem in error.problems]
    return []


@pytest.fixture(scope="session")
def file_problems(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., list[str]]:
    """Write a county's file into a guide without other listings; give its problems, from the line number on."""
    root = tmp_path_factory.mktemp("bare")
    for folder in FOLDERS:
        shutil.copytree(ROOT / folder, root / folder)
    for path in (root / "data/resources").rglob("*.yaml"):
        path.write_text("listings: []\n", encoding="utf-8")
    for name, text in {"published_ids.txt": "", "closed.yaml": "closed: []\n"}.items():
        (root / "data" / name).write_text(text, encoding="utf-8")
    memory = Memory()

    def problems(text: str | bytes, area: str = "mo/cole") -> list[str]:
        path = root / f"data/resources/{area}.yaml"
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        found = [problem.removeprefix(f"data/resources/{area}.yaml:") for problem in _problems(root, memory)]
        path.write_text("listings: []\n", encoding="utf-8")
        return found

    return problems


@pytest.fixture(scope="session")
def listing_problems(file_problems: Callable[..., list[str]]) -> Callable[..., list[str]]:
    """Add lines to the one listing of a county, from line 8 on; give the problems, from the line number on."""

    def problems(*lines: str, area: str = "mo/cole") -> list[str]:
        return file_problems(LISTING + "".join(f"    {line}\n" for line in lines), area)

    return problems


@pytest.fixture(scope="session")
def one_listing() -> str:
    """The text of a file with one listing of seven lines."""
    return LISTING
