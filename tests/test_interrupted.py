"""What goes wrong while the guide is built: the site stays whole, one line says what was wrong, and the next build mends all."""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sample import FOLDERS, ROOT, copy_of_few

from guide.contents import LINKED_EVERYWHERE
from guide.writing import recover

FEW_COUNTIES = ("mo/cole", "mo/boone", "us")
STARTED = "import resource, runpy, sys; {}; sys.argv = ['build.py', *sys.argv[1:]]; runpy.run_path({!r}, run_name='__main__')"


def environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name != "GITHUB_ACTIONS"}


def build(root: Path, site: Path, edition: str = "2026-11-24", before: str = "pass") -> subprocess.CompletedProcess[str]:
    """Build as an editor would; `before`: Python that runs in the same process before."""
    program = STARTED.format(before, str(ROOT / "build.py"))
    arguments = ["--root", root, "--site", site, "--edition", edition]
    return subprocess.run([sys.executable, "-c", program, *arguments], env=environment(), capture_output=True,
                          encoding="utf-8", check=False)  # fmt: skip


def standing(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def is_told_plainly(done: subprocess.CompletedProcess[str], words: str) -> bool:
    """Say whether a build failed with plain lines, one of which has these words."""
    return bool(done.returncode == 1 and "Traceback" not in done.stderr and words in done.stderr
                and done.stderr.strip().count("\n") <= 1)  # fmt: skip


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A guide with all pages and few listings."""
    return copy_of_few(tmp_path_factory.mktemp("small"), FEW_COUNTIES)


@pytest.fixture(scope="module")
def built(small: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its site."""
    site = tmp_path_factory.mktemp("built") / "site"
    assert build(small, site).returncode == 0
    return site


@pytest.fixture
def site(built: Path, tmp_path: Path) -> Path:
    """A copy of the site to spoil."""
    shutil.copytree(built, tmp_path / "place/site")
    return tmp_path / "place/site"


@pytest.fixture
def project(small: Path, tmp_path: Path) -> Path:
    """A copy of the guide to spoil."""
    for folder in FOLDERS:
        shutil.copytree(small / folder, tmp_path / "project" / folder)
    return tmp_path / "project"


# Killed


def test_fifty_builds_killed_at_random_moments_leave_the_old_or_the_new_site(small: Path, site: Path) -> None:
    started = time.perf_counter()
    assert build(small, site, "2026-11-25").returncode == 0
    whole_build = time.perf_counter() - started
    editions = {(folder / "edition.txt").read_bytes(): standing(folder) for folder in (site,)}
    build(small, site, "2026-11-24")
    editions[(site / "edition.txt").read_bytes()] = standing(site)
    (one, pages), (other, others) = editions.items()
    assert sum(pages[name] != others[name] for name in pages) > 150, "the editions differ in too little"

    chance = random.Random(20261125)
    killed = 0
    while killed < 50:
        day = "2026-11-24" if (site / "edition.txt").read_bytes() == one else "2026-11-25"
        program = [sys.executable, ROOT / "build.py", "--root", small, "--site", site, "--edition", day]
        child = subprocess.Popen(program, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            child.wait(whole_build * chance.uniform(0.2, 1))
        except subprocess.TimeoutExpired:
            child.kill()
            killed += child.wait() == -signal.SIGKILL
        recover(site)  # as every command does first
        assert standing(site) == editions[(site / "edition.txt").read_bytes()]
        assert {path.name for path in site.parent.iterdir()} <= {"site", ".site.lock", ".site.twin"}
    assert build(small, site, "2026-11-24").returncode == 0
    assert standing(site) == editions[other]


# A disk that does not do its part


def test_a_disk_that_is_full_leaves_the_old_site_and_the_next_build_mends_all(small: Path, site: Path) -> None:
    before = standing(site)
    full = "resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))"  # Python ignores the signal, and the write fails
    done = build(small, site, "2026-11-25", full)
    assert is_told_plainly(done, "File too large"), done.stderr
    assert "Nothing was changed: " in done.stderr
    assert standing(site) == before
    assert {path.name for path in site.parent.iterdir()} <= {"site", ".site.lock", ".site.twin"}
    assert build(small, site, "2026-11-25").returncode == 0
    assert b"2026-11-25" in (site / "edition.txt").read_bytes()


@pytest.mark.parametrize("where", ["file/site", "file", "link/site"])
def test_a_place_that_cannot_be_written_is_told(small: Path, tmp_path: Path, where: str) -> None:
    (tmp_path / "file").write_text("dear", encoding="utf-8")
    (tmp_path / "link").symlink_to("nowhere/at/all")
    done = build(small, tmp_path / where)
    assert is_told_plainly(done, str(tmp_path / where.partition("/")[0])), done.stderr
    assert (tmp_path / "file").read_text(encoding="utf-8") == "dear"


def test_a_site_below_a_folder_that_nobody_can_write_is_told(small: Path) -> None:
    done = build(small, Path("/proc/self/site"))  # not even root makes folders there
    assert is_told_plainly(done, "/proc/self"), done.stderr


# Files that are not what they were


def vanishing(file: str, instead: str = "") -> str:
    """Write Python that takes a file away when it is opened to be read; `instead`: what stands there then.

    A build opens each file once before, to see what changed.
    """
    return f"""
import os
left = [{file!r}, {file!r}]
def watch(event, arguments):
    if event == 'open' and left and str(arguments[0]).endswith(left[0]):
        name = left.pop()
        if not left:
            os.unlink(arguments[0])
            {instead or 'pass'}
sys.addaudithook(watch)
"""


@pytest.mark.parametrize("file", ["data/resources/mo/cole.yaml", "data/services.yaml", "data/places.csv", "data/figures/hotline-cases.yaml",
                                  "content/about.md", "content/reports/needs-assessment.md"])  # fmt: skip
def test_a_file_that_goes_while_it_is_read_is_told(project: Path, site: Path, file: str) -> None:
    before = standing(site)
    done = build(project, site, "2026-11-25", f"exec({vanishing(file)!r})")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert f"{file}:1:1: cannot be read: No such file or directory" in done.stderr
    assert standing(site) == before


@pytest.mark.parametrize("file", ["templates/pages/listing.html", "templates/base.html", "templates/assets/guide.css"])
def test_a_template_that_is_gone_is_told(project: Path, site: Path, file: str) -> None:
    before = standing(site)
    (project / file).unlink()
    done = build(project, site)
    *told, last = done.stderr.strip().split("\n")
    assert done.returncode == 1 and told and last.endswith("nothing was changed"), done.stderr
    assert [line for line in told if Path(file).name not in line] == []
    assert standing(site) == before


@pytest.mark.parametrize("file", ["data/resources/mo/cole.yaml", "data/services.yaml", "data/site.yaml", "data/places.csv",
                                  "data/county_shapes.json", "data/published_ids.txt", "data/closed.yaml", "data/sources.yaml",
                                  "data/figures/hotline-cases.yaml", "content/about.md"])  # fmt: skip
@pytest.mark.parametrize("kind", ["folder", "pipe", "link", "loop"])
def test_what_is_no_file_in_place_of_one_is_told_and_never_waited_for(project: Path, problems_of, file: str, kind: str) -> None:
    path = project / file
    path.unlink()
    {"folder": path.mkdir, "pipe": lambda: os.mkfifo(path), "link": lambda: path.symlink_to("/etc/hostname"),
     "loop": lambda: path.symlink_to(path.name)}[kind]()  # fmt: skip
    problems = problems_of(project)
    assert any(problem.startswith(f"{file}:1:1: is ") for problem in problems), problems


@pytest.mark.parametrize("folder", ["content", "data/figures", "data/resources/mo", "data/resources", "data"])
def test_a_folder_that_is_gone_is_told(project: Path, problems_of, folder: str) -> None:
    shutil.rmtree(project / folder)
    assert problems_of(project)


def test_a_folder_that_holds_itself_is_told(project: Path, problems_of) -> None:
    (project / "data/resources/mo/again").symlink_to("..")
    (project / "content/again").symlink_to(".")
    assert problems_of(project) == [f"{name}/again:1:1: is a symbolic link; put the file or folder itself here"
                                    for name in ("content", "data/resources/mo")]  # fmt: skip


def test_a_page_that_every_page_links_to_is_missed(project: Path, problems_of) -> None:
    frame = (ROOT / "templates/base.html").read_text(encoding="utf-8")
    linked = {name for name in re.findall(r'href="\{\{ root \}\}([a-z-]+)\.html"', frame) if (ROOT / f"content/{name}.md").exists()}
    assert linked <= set(LINKED_EVERYWHERE)
    for name in LINKED_EVERYWHERE:
        (project / f"content/{name}.md").unlink()
    missed = [problem for problem in problems_of(project) if "is missing: every page of the guide links to it" in problem]
    assert len(missed) == len(LINKED_EVERYWHERE)
