"""The command `build.py`: what it says, what it gives back, and what it leaves alone."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


def command(*arguments: str | Path, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run the command as an editor would."""
    environment = {name: value for name, value in os.environ.items() if name != "GITHUB_ACTIONS"}
    return subprocess.run([sys.executable, ROOT / "build.py", *arguments], cwd=cwd, env=environment,
                          capture_output=True, encoding="utf-8", check=False)  # fmt: skip


def files_in(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, subprocess.CompletedProcess[str]]:
    """A site built from another folder, to be published somewhere; and what the command said."""
    folder = tmp_path_factory.mktemp("elsewhere")
    done = command("build", "--site", "out/site", "--edition", "2026-11-24", "--address", "https://example.org/guide",
                   cwd=folder)  # fmt: skip
    return folder / "out/site", done


def test_a_build_tells_what_it_made_and_what_to_open(built: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    site, done = built
    assert (done.returncode, done.stderr) == (0, "")
    assert "123 counties" in done.stdout
    assert str(site / "index.html") in done.stdout


def test_a_folder_is_meant_from_where_one_stands(built: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    assert (built[0] / "index.html").is_file()


def test_only_the_page_for_wrong_addresses_knows_where_the_guide_is_published(
        built: tuple[Path, subprocess.CompletedProcess[str]]) -> None:  # fmt: skip
    bound = [name for name, text in files_in(built[0]).items() if b'<base href="https://example.org/guide/">' in text]
    assert bound == ["404.html"]


def test_the_edition_stands_in_a_file_of_its_own(built: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    assert "2026-11-24" in (built[0] / "edition.txt").read_text(encoding="utf-8")


def test_a_check_writes_nothing(project: Path) -> None:
    before = files_in(project)
    done = command("check", "--root", project)
    assert (done.returncode, done.stderr) == (0, "")
    assert "no problem" in done.stdout
    assert files_in(project) == before


def test_a_check_tells_every_mistake_and_fails(project: Path) -> None:
    for name in ("cole", "worth"):
        path = project / f"data/resources/mo/{name}.yaml"
        path.write_text(path.read_text(encoding="utf-8").replace("summary:", "sumary:", 1), encoding="utf-8")
    done = command("check", "--root", project)
    assert done.returncode == 1
    assert "data/resources/mo/cole.yaml:" in done.stderr and "data/resources/mo/worth.yaml:" in done.stderr
    assert "nothing was changed" in done.stderr


def test_a_folder_that_is_not_the_guides_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters/to-mother.txt").write_text("Dear mother", encoding="utf-8")
    done = command("--site", tmp_path / "letters")
    assert done.returncode == 1
    assert "letters" in done.stderr and "Traceback" not in done.stderr
    assert files_in(tmp_path) == {"letters/to-mother.txt": b"Dear mother"}


def test_a_project_that_is_missing_is_told_in_words(tmp_path: Path) -> None:
    done = command("--root", tmp_path / "nowhere")
    assert done.returncode == 1
    assert "is missing" in done.stderr and "Traceback" not in done.stderr


def test_a_guide_whose_build_was_killed_is_put_back_by_the_next_command(
        built: tuple[Path, subprocess.CompletedProcess[str]], tmp_path: Path) -> None:  # fmt: skip
    shutil.copytree(built[0], tmp_path / ".site.old")
    command("check", "--site", tmp_path / "site")
    done = command("--root", tmp_path / "nowhere", "--site", tmp_path / "site")
    assert done.returncode == 1
    assert files_in(tmp_path / "site") == files_in(built[0])


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--edition", "tomorrow"], "tomorrow"),
        (["--edition", "2026-02-30"], "2026-02-30"),
        (["--address", "guide.example.org"], "guide.example.org"),
        (["bild"], "bild"),
        (["check", "--site", "there"], "--site"),
    ],
)
def test_wrong_usage_is_told_and_changes_nothing(tmp_path: Path, arguments: list[str], told: str) -> None:
    done = command(*arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert told in done.stderr
    assert files_in(tmp_path) == {}


def test_help_names_every_command() -> None:
    done = command("--help")
    assert done.returncode == 0
    assert [name for name in ("build", "check", "serve", "ids", "schema") if f"    {name} " not in done.stdout] == []


@pytest.mark.parametrize("where", ["before", "after"])
def test_an_option_counts_before_and_after_the_command(project: Path, where: str) -> None:
    (project / "data/regions.yaml").unlink()
    option = ["--root", str(project)]
    done = command(*option, "check") if where == "before" else command("check", *option)
    assert (done.returncode, "data/regions.yaml" in done.stderr) == (1, True)


def test_new_ids_are_noted_once(project: Path) -> None:
    path = project / "data/published_ids.txt"
    kept = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join(line for line in kept if line != "worth-county-sheriffs-office") + "\n", encoding="utf-8")
    first = command("ids", "--root", project)
    assert (first.returncode, first.stderr) == (0, "")
    assert "worth-county-sheriffs-office" in path.read_text(encoding="utf-8").splitlines()
    noted = path.read_bytes()
    assert command("ids", "--root", project).returncode == 0
    assert path.read_bytes() == noted
