"""What the tests of the rooms share: the guide as it stands, a copy of it to spoil, and what a load says of it."""

from __future__ import annotations

import os
import pickle
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from page_reader import Page, read_site
from sample import CITY, EDITION, FOLDERS, NOTE, ROOT, TODAY, written

from guide.building import Builder
from guide.loading import Memory, load
from guide.model import Guide
from guide.problems import InputError

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


def pytest_xdist_auto_num_workers() -> int:
    """Run one process more than there are processors: while one waits for a browser, another can work."""
    return (os.cpu_count() or 1) + 1


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
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A guide without listings. A test that writes a file into it takes it away again."""
    root = tmp_path_factory.mktemp("bare")
    for folder in FOLDERS:
        shutil.copytree(ROOT / folder, root / folder)
    for path in (root / "data/resources").rglob("*.yaml"):
        path.write_text("listings: []\n", encoding="utf-8")
    for name, text in {"published_ids.txt": "", "closed.yaml": "closed: []\n"}.items():
        (root / "data" / name).write_text(text, encoding="utf-8")
    return root


@pytest.fixture(scope="session")
def file_problems(bare: Path) -> Callable[..., list[str]]:
    """Write a county's file into a guide without other listings; give its problems, from the line number on."""
    root, memory = bare, Memory()

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
def new_file_problems(bare: Path) -> Callable[..., list[str]]:
    """Write a new file of a guide without listings; give its problems, from the line number on, and take it away again."""
    memory = Memory()

    def problems(file: str, text: str) -> list[str]:
        path = bare / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        try:
            return [problem.removeprefix(f"{file}:") for problem in _problems(bare, memory)]
        finally:
            path.unlink()

    return problems


@pytest.fixture(scope="session")
def one_listing() -> str:
    """The text of a file with one listing of seven lines."""
    return LISTING


# The built site

@pytest.fixture(scope="session")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project, with secret words where nothing may be shown."""
    root = tmp_path_factory.mktemp("secrets")
    for folder in FOLDERS:
        shutil.copytree(ROOT / folder, root / folder)
    for path in (root / "data/resources").rglob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        text = re.sub(r"(visibility: withheld)(\n +city: .*)?", rf"\1\n      city: {CITY}", text)
        path.write_text(re.sub(r"(editor_note: ['\"]?)", rf"\1{NOTE} ", text), encoding="utf-8")
    return root


@pytest.fixture(scope="session")
def site(root: Path) -> Path:
    """The site that is built of it."""
    Builder(root, root / "site").build(EDITION, TODAY)
    return root / "site"


@pytest.fixture(scope="session")
def read(site: Path, tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> dict[str, Page]:
    """Its pages, but for the one that is nothing but a neutral place to go to; who read them first keeps them for all."""
    mine = tmp_path_factory.getbasetemp()
    kept = (mine if worker_id == "master" else mine.parent) / "pages read"
    if kept.exists():
        known: dict[str, Page] = pickle.loads(kept.read_bytes())  # noqa: S301  our own
        return known
    pages = {address: page for address, page in read_site(site).items() if address != "measures.html"}
    (mine / "pages").write_bytes(pickle.dumps(pages))
    (mine / "pages").replace(kept)
    return pages


@pytest.fixture(scope="session")
def listings(root: Path) -> list[dict[str, Any]]:
    """Every listing as it is written."""
    files = sorted((root / "data/resources").rglob("*.yaml"))
    return [
        {"area": path.relative_to(root / "data/resources").with_suffix("").as_posix(), "serves": [], **listing}
        for path in files
        for listing in written(str(path))["listings"]
    ]
