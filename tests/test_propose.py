"""`build.py propose` on what GitHub says of an issue, and the workflow's own lines behind it, on a repository of git.

GitHub is the one stand-in: a program `gh` that notes how it was called.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from form_bodies import body
from repository import FIXED, Repository
from sample import ROOT
from small_guide import COLE, THREE, folder

JOBS = yaml.safe_load((ROOT / ".github/workflows/forms.yml").read_text(encoding="utf-8"))["jobs"]
RACS = {"listing": "rape-and-abuse-crisis-service", "name": "Rape and Abuse Crisis Service"}
ONE = "form/123-one"
BRANCH = f"form/123-{RACS['listing']}"
GH = """#!/bin/sh
printf '%s\\n' "$*" >> "$CALLS"
case "$1 $2" in
  "pr list") cat "$OPEN" 2>/dev/null || true ;;
  "pr create") echo https://github.com/example-org/guide/pull/45 ;;
esac
for argument in "$@"; do
  case "$argument" in *.md) cat "$argument" >> "$CALLS" ;; esac
done
"""


def event(path: Path, text: str | None, number: int = 123) -> Path:
    """Write the event of an issue, as GitHub does (what it says beside is left out)."""
    user = {"login": "octocat", "id": 1, "type": "User"}
    issue = {"number": number, "title": "Change: $(touch /tmp/x)", "state": "open", "body": text, "user": user, "labels": []}
    path.write_text(json.dumps({"action": "opened", "issue": issue, "repository": {"default_branch": "main"}, "sender": user}))
    return path


def bare(guide: Path, to: Path) -> Path:
    """Make a bare repository that holds a guide."""
    work = Repository(to / "work")
    for name in ("data", "content", ".github/ISSUE_TEMPLATE"):
        shutil.copytree(guide / name, work.root / name)
    work.commit("2026-11-24")
    subprocess.run(["git", "clone", "--quiet", "--bare", str(work.root), str(to / "origin.git")], check=True)
    return to / "origin.git"


@pytest.fixture(scope="module")
def origin(tmp_path_factory):
    return bare(ROOT, tmp_path_factory.mktemp("origin"))


def clone(origin: Path, to: Path) -> Path:
    subprocess.run(["git", "clone", "--quiet", "--branch", "main", str(origin), str(to)], check=True)
    return to


def run(root: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, ROOT / "build.py", "--root", root, "propose", *arguments]
    return subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False, cwd=root, encoding="utf-8")


# The command

@pytest.fixture
def root(origin, tmp_path):
    return clone(origin, tmp_path / "guide")


def outcome(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}


def test_a_form_becomes_a_change_of_the_files_and_the_text_of_a_pull_request(root, tmp_path):
    form = body("confirm", **RACS)
    done = run(root, "--event", event(tmp_path / "event.json", form.replace("\n", "\r\n")), "--output", tmp_path / "out")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"Confirm Rape and Abuse Crisis Service (form #123): wrote {COLE}\n"
    diff = subprocess.run(["git", "-C", str(root), "diff", "--unified=0"], capture_output=True, text=True, check=True).stdout.splitlines()
    assert [line for line in diff if line[0] in "+-"] == [
        f"--- a/{COLE}", f"+++ b/{COLE}", "+    confirmed: {on: 2026-11-24, how: phone}"]  # fmt: skip
    found = outcome(tmp_path / "out")
    assert found.keys() == {"branch.txt", "title.txt", "body.md", "outcome.txt"}
    assert (found["outcome.txt"], found["branch.txt"]) == ("proposal\n", f"{BRANCH}\n")
    assert found["title.txt"] == "Confirm Rape and Abuse Crisis Service (form #123)\n"
    assert "as the form #123 of octocat asks for" in found["body.md"] and form in found["body.md"]


@pytest.mark.parametrize(("text", "kind", "files", "told"), [
    (body("confirm", **RACS, confirmed_on="soon"), "answer", {"answer.md"}, "no change; the answer tells why"),
    (body("correction"), "answer", {"answer.md", "label.txt"}, "no change; the answer tells why"),
    ("Hello", "nothing", set(), "this issue was not made with a form; nothing to do"),
    (None, "nothing", set(), "this issue was not made with a form; nothing to do"),
])  # fmt: skip
def test_what_becomes_no_change_leaves_the_files_alone(root, tmp_path, text, kind, files, told):
    out = tmp_path / "out"
    out.mkdir()
    (out / "branch.txt").write_text("of an earlier run")
    done = run(root, "--event", event(tmp_path / "event.json", text), "--output", out)
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{told}\n", "")
    assert outcome(out).keys() == {*files, "outcome.txt"} and outcome(out)["outcome.txt"] == f"{kind}\n"
    assert not subprocess.run(["git", "-C", str(root), "status", "--porcelain"], capture_output=True, check=True).stdout


@pytest.mark.parametrize(("text", "told"), [
    ("", "is not JSON"), ("{", "is not JSON"), ("[" * 100_000, "is not JSON"), ("\x00", "is not JSON"), ("[]", "not an event of an issue"),
    ("{}", "not an event of an issue"), ('{"issue": null}', "not an event of an issue"),
    ('{"issue": {"number": "1; rm", "body": "", "user": {"login": "a"}}}', "is of another sort"),
    ('{"issue": {"number": true, "body": "", "user": {"login": "a"}}}', "is of another sort"),
    ('{"issue": {"number": 1, "body": 5, "user": {"login": "a"}}}', "is of another sort"),
    ('{"issue": {"number": 0, "body": "", "user": {"login": "a"}}}', "is of another sort"),
    ('{"issue": {"number": 1, "body": "", "user": null}}', "not an event of an issue"),
    (" " * 5_000_001, "is larger than"),
], ids=["empty", "cut", "deep", "binary", "list", "other event", "null", "number", "true", "body", "zero", "nobody", "large"])  # fmt: skip
def test_a_broken_event_is_told_and_changes_nothing(tmp_path, capsys, text, told):
    import build

    path = tmp_path / "event.json"
    path.write_text(text)
    assert build.main(["--root", str(ROOT), "--site", str(tmp_path / "site"), "propose", "--event", str(path), "--output", str(tmp_path / "out")]) == 1
    error = capsys.readouterr().err
    assert error.startswith("event.json: ") and told in error and len(error) < 300
    assert not (tmp_path / "out").exists()


def test_an_event_that_is_not_there_is_told(root, tmp_path):
    done = run(root, "--event", tmp_path / "none.json", "--output", tmp_path / "out")
    assert done.returncode == 1 and "No such file" in done.stderr
    assert run(root).returncode == 2


# The workflow

class GitHub:
    """Runs the workflow's own lines for one issue after another, each in a new clone."""

    def __init__(self, origin: Path, folder: Path) -> None:
        self.folder = folder
        self.runs = 0
        self.origin = folder / "origin.git"
        shutil.copytree(origin, self.origin)
        (folder / "bin").mkdir()
        for name, text in {"gh": GH, "python3": f'#!/bin/sh\nshift\nexec "{sys.executable}" "{ROOT}/build.py" --root . "$@"\n'}.items():
            (folder / "bin" / name).write_text(text)
            (folder / "bin" / name).chmod(0o755)
        self.calls = folder / "calls.txt"
        self.open = folder / "open.txt"

    def job(self, name: str, root: Path, **env: str) -> tuple[int, str, dict[str, str]]:
        """Run the lines of a job as a runner does: bash, stopping at the first that fails; give what they put out."""
        outputs, told = root.parent / "outputs.txt", ""
        outputs.write_text("")
        known = {"PATH": f"{self.folder / 'bin'}{os.pathsep}{os.environ['PATH']}", "HOME": str(self.folder), "CALLS": str(self.calls),
                 "OPEN": str(self.open), "GITHUB_OUTPUT": str(outputs), "LANG": "C.UTF-8",
                 **{key: value for key, value in FIXED.items() if "CONFIG" in key}, **env}  # fmt: skip
        for step in (step for step in JOBS[name]["steps"] if "run" in step):
            given = dict(line.split("=", 1) for line in outputs.read_text().splitlines())
            own = {key: self.value(value, given, known) for key, value in step.get("env", {}).items()}
            done = subprocess.run(["bash", "-e", "-c", step["run"]], cwd=root, env=known | own, capture_output=True, text=True, check=False)
            told += done.stdout + done.stderr
            if done.returncode:
                return done.returncode, told, {}
        return 0, told, dict(line.split("=", 1) for line in outputs.read_text().splitlines())

    def value(self, text: str, outputs: dict[str, str], known: dict[str, str]) -> str:
        """Put in what GitHub would."""
        if "steps.push.outputs.branch" in text:
            return outputs["branch"]
        return {"${{ github.token }}": "t", "${{ github.repository }}": "example-org/guide", "${{ github.event.repository.default_branch }}": "main",
                "${{ github.event.issue.number }}": known["NUMBER"]}.get(text, text)  # fmt: skip

    def issue(self, text: str, number: int = 123) -> tuple[int, str]:
        """Let an issue be opened, or edited; give the exit status of what follows and what it said."""
        self.runs += 1
        self.calls.write_text("")
        clones = [clone(self.origin, self.folder / f"run{self.runs}" / name / "guide") for name in ("read", "then")]
        path = event(self.folder / "event.json", text, number)
        code, told, outputs = self.job("read", clones[0], GITHUB_EVENT_PATH=str(path), NUMBER=str(number))
        assert code == 0, told
        shutil.copytree(clones[0] / "proposal", clones[1] / "proposal")  # the artifact
        then = {"proposal": "propose", "answer": "answer"}.get(outputs["outcome"])
        if not then:
            return 0, outputs["outcome"]
        assert JOBS[then]["if"] == f"needs.read.outputs.outcome == '{outputs['outcome']}'"
        code, told, _ = self.job(then, clones[1], NUMBER=str(number))
        return code, told

    def git(self, *arguments: str) -> str:
        return subprocess.run(["git", "-C", str(self.origin), *arguments], capture_output=True, text=True, check=True).stdout

    @property
    def branches(self) -> list[str]:
        return self.git("for-each-ref", "--format=%(refname:short)", "refs/heads/").split()


@pytest.fixture(scope="module")
def little(tmp_path_factory):
    return bare(folder(), tmp_path_factory.mktemp("little"))


@pytest.fixture
def github(little, tmp_path):
    return GitHub(little, tmp_path)


@pytest.fixture(scope="module")
def first(little, tmp_path_factory):
    """GitHub after a first form."""
    github = GitHub(little, tmp_path_factory.mktemp("first"))
    code, told = github.issue(body("confirm"))
    assert code == 0, told
    return github


@pytest.fixture
def again(first, tmp_path):
    """The same, for a second one."""
    return GitHub(first.origin, tmp_path)


def test_a_form_becomes_a_branch_with_one_commit_and_a_pull_request(first):
    assert first.branches == [ONE, "main"]
    assert first.git("log", "--format=%an: %s", f"main..{ONE}") == "github-actions[bot]: Confirm One (form #123)\n"
    assert first.git("diff", "--name-only", "main", ONE).split() == [COLE]
    calls = first.calls.read_text().splitlines()
    title = "Confirm One (form #123)"
    assert f"pr create --base main --head {ONE} --title {title} --body-file proposal/body.md" in calls
    assert calls[-2:] == [f"workflow run test.yml --ref {ONE}", f"workflow run pull-request.yml --ref {ONE} --field number=45"]
    assert not [call for call in calls if "close" in call.split()[:2]]


def test_an_edited_form_renews_its_branch_and_its_pull_request(again):
    again.open.write_text("45\n")
    code, told = again.issue(body("confirm", confirmed_on="2026-11-20"))
    assert code == 0, told
    assert again.branches == [ONE, "main"]
    assert again.git("rev-list", "--count", f"main..{ONE}") == "1\n"
    assert "confirmed: {on: 2026-11-20, how: phone}" in again.git("show", f"{ONE}:{COLE}")
    calls = again.calls.read_text()
    assert "pr edit 45 --title Confirm" in calls and "pr create" not in calls and "--field number=45" in calls


def test_a_form_that_is_then_about_another_listing_keeps_its_branch(again):
    code, told = again.issue(body("confirm", **THREE))
    assert code == 0, told
    assert again.branches == [ONE, "main"]
    assert again.git("show", f"{ONE}:{COLE}").count("confirmed: {on: 2026-11-24") == 1


def test_what_a_person_did_on_the_branch_is_never_put_over(again):
    work = clone(again.origin, again.folder / "person")
    subprocess.run(["git", "-C", str(work), "checkout", "--quiet", ONE], check=True)
    (work / COLE).write_text((work / COLE).read_text(encoding="utf-8") + "# mended\n", encoding="utf-8")
    subprocess.run(["git", "-C", str(work), "commit", "--quiet", "--all", "--message=x"], check=True, env={**os.environ, **FIXED})
    subprocess.run(["git", "-C", str(work), "push", "--quiet", "origin", ONE], check=True)
    before = again.git("rev-parse", ONE)
    code, told = again.issue(body("confirm", confirmed_on="2026-11-20"))
    assert code == 1 and "A person changed" in told
    assert again.git("rev-parse", ONE) == before
    assert "pr " not in again.calls.read_text()


def test_two_forms_have_a_branch_each(again):
    again.issue(body("closed"), number=12)
    assert again.branches == ["form/12-one", ONE, "main"]
    assert again.git("diff", "--name-only", "main", "form/12-one").split() == ["data/closed.yaml", COLE]


def test_a_form_in_which_something_is_missing_is_answered(github):
    code, told = github.issue(body("confirm", confirmed_on="soon"))
    assert code == 0, told
    calls = github.calls.read_text()
    assert calls.startswith("issue comment 123 --body-file proposal/answer.md\n")
    assert "**On which day?**" in calls and "label" not in calls
    assert github.branches == ["main"]


def test_a_correction_is_marked_for_a_person(github):
    code, told = github.issue(body("correction"))
    assert code == 0, told
    assert "issue edit 123 --add-label for a person\n" in github.calls.read_text()


def test_an_issue_that_no_form_made_is_left_alone(github):
    assert github.issue("Hello") == (0, "nothing")
    assert github.calls.read_text() == "" and github.branches == ["main"]


def test_nothing_that_a_stranger_writes_is_run(github):
    hostile = "--help $(touch hurt) `touch hurt` '; touch hurt; ' \"; touch hurt; \" && touch hurt | touch hurt > hurt"
    for text in (body("add", name=f"Aurora {hostile}", summary=f"{hostile}\ntouch hurt\n"), body("confirm", confirmed_on=hostile)):
        code, told = github.issue(text)
        assert code == 0, told
    assert not list(github.folder.rglob("hurt"))
    assert all(set(branch) <= set("abcdefghijklmnopqrstuvwxyz0123456789-/") for branch in github.branches)
