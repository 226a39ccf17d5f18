"""The lines of the workflows that tell a pull request what it changes, list what is due, and note dead links.

They run here as on GitHub, in a repository of git. GitHub is the one stand-in: a program `gh` that notes how it was called.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from repository import FIXED, Repository
from sample import FOLDERS, ROOT

GH = """#!/bin/sh
printf '%s\\n' "$*" >> "$CALLS"
case "$1 $2" in "issue list") cat "$ISSUES" ;; "api --paginate") cat "$COMMENTS" ;; esac
for argument in "$@"; do
  case "$argument" in *.md) cat "${argument#body=@}" >> "$CALLS" ;; esac
done
"""


class Runner:
    """Runs the lines of a job as GitHub's runner does: bash, stopping at the first that fails."""

    def __init__(self, root: Path, folder: Path) -> None:
        self.root = root
        self.folder = folder
        self.calls, self.issues, self.comments, self.page = (folder / name for name in ("calls", "issues", "comments", "page"))
        (folder / "bin").mkdir()
        for path in (self.calls, self.issues, self.comments, self.page):
            path.write_text("")
        program = f'#!/bin/sh\nshift\nexec "{sys.executable}" "{ROOT}/build.py" --root "{root}" "$@"\n'
        for name, text in {"gh": GH, "python3": program}.items():
            (folder / "bin" / name).write_text(text)
            (folder / "bin" / name).chmod(0o755)

    def run(self, workflow: str, job: str, names: str = "", **env: str) -> str:
        """Run the steps whose name has these words; give what they said to GitHub."""
        steps = yaml.safe_load((ROOT / f".github/workflows/{workflow}.yml").read_text(encoding="utf-8"))["jobs"][job]["steps"]
        self.calls.write_text("")
        known = {"PATH": f"{self.folder / 'bin'}{os.pathsep}{os.environ['PATH']}", "HOME": str(self.folder), "LANG": "C.UTF-8",
                 "CALLS": str(self.calls), "ISSUES": str(self.issues), "COMMENTS": str(self.comments),
                 "GITHUB_STEP_SUMMARY": str(self.page), "GITHUB_REPOSITORY": "example-org/guide",
                 **{key: value for key, value in FIXED.items() if "CONFIG" in key}}  # fmt: skip
        chosen = [step for step in steps if "run" in step and names in step["name"]]
        assert chosen
        for step in chosen:
            done = subprocess.run(["bash", "-e", "-c", step["run"]], cwd=self.folder if job == "tell" else self.root,
                                  env={**known, **env}, capture_output=True, text=True, check=False)  # fmt: skip
            assert done.returncode == 0, done.stdout + done.stderr
        return self.calls.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A branch that changes a number of a listing, beside the branch that it goes into."""
    repository = Repository(tmp_path_factory.mktemp("changed") / "guide")
    for name in FOLDERS:
        subprocess.run(["cp", "-r", str(ROOT / name), str(repository.root / name)], check=True)
    repository.commit("2026-11-24")
    repository.git("update-ref", "refs/remotes/origin/main", "HEAD")
    path = repository.root / "data/resources/mo/cole.yaml"
    text = path.read_text(encoding="utf-8")
    assert "573-634-4911" in text
    path.write_text(text.replace("573-634-4911", "573-634-0142", 1), encoding="utf-8")
    repository.commit("2026-11-25")
    return repository.root


@pytest.fixture
def runner(changed: Path, tmp_path: Path) -> Runner:
    return Runner(changed, tmp_path)


def test_the_summary_of_a_pull_request_tells_what_changed_since_it_began(runner):
    runner.run("pull-request", "look", "Say what changes", BASE="main")
    assert "573-634-4911 → 573-634-0142" in (runner.root / "summary/summary.md").read_text(encoding="utf-8")
    assert "573-634-4911 → 573-634-0142" in runner.page.read_text(encoding="utf-8"), "forks have only the page of the run"


def test_a_pull_request_of_a_form_is_compared_with_the_main_branch(runner):
    runner.run("pull-request", "look", "Say what changes", BASE="")
    assert "573-634-0142" in (runner.root / "summary/summary.md").read_text(encoding="utf-8")


def test_the_comment_is_written_once_and_then_anew(runner):
    (runner.folder / "summary.md").write_text("Cole County · One: it changed\n", encoding="utf-8")
    told = {"NUMBER": "7", "RUN": "https://example.org/run"}
    first = runner.run("pull-request", "tell", **told)
    assert "--method POST repos/example-org/guide/issues/7/comments" in first
    assert "<!-- what-changes -->\nCole County · One: it changed\n" in first
    assert "[download **preview**](https://example.org/run)" in first
    runner.comments.write_text("4711\n")
    again = runner.run("pull-request", "tell", **told)
    assert "--method PATCH repos/example-org/guide/issues/comments/4711" in again and "--method POST" not in again


def test_each_region_with_something_due_gets_one_issue_a_month(runner):
    calls = runner.run("due", "due")
    opened = [line.partition("--title ")[2].partition(" --body-file")[0] for line in calls.splitlines() if line.startswith("issue create")]
    assert any(title.endswith(": central") for title in opened) and any(title.endswith(": us") for title in opened)
    assert len(opened) == len(set(opened)) and "\n- [ ] " in calls
    runner.issues.write_text("\n".join(opened))
    assert "issue create" not in runner.run("due", "due")


def test_an_issue_of_dead_links_is_opened_once_and_then_kept(runner):
    (runner.root / "links.md").write_text("# Links\n\n- One: https://example.org/gone does not answer\n", encoding="utf-8")
    assert "issue create --title Web addresses that do not answer" in runner.run("links", "links", "Keep one issue")
    runner.issues.write_text("12\n")
    again = runner.run("links", "links", "Keep one issue")
    assert "issue edit 12" in again and "issue create" not in again
    runner.issues.write_text("")
    (runner.root / "links.md").write_text("All 5 addresses answer.\n", encoding="utf-8")
    assert "issue create" not in runner.run("links", "links", "Keep one issue")
