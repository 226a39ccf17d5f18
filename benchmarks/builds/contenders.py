"""The programs that are measured: how each is made ready, and what is run."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import yaml

from benchmarks.builds import pages_of, tools
from benchmarks.builds.measuring import Cost, run
from benchmarks.builds.outlines import outlines
from guide.loading import load
from guide.model import Guide

ROOT = tools.HERE.parent.parent


@dataclass(frozen=True, slots=True)
class Contender:
    """A program that builds a project: its command, where its pages go, and what must go for it to begin from nothing."""

    name: str
    command: Sequence[str]
    folder: Path
    site: Path
    kept: Sequence[Path] = ()

    def clean(self) -> None:
        """Take away what it made and what it kept."""
        for path in (self.site, *self.kept):
            shutil.rmtree(path, ignore_errors=True)

    def build(self) -> Cost:
        """Build once. Raises `Failed`."""
        return run(self.command, self.folder)


def ours(work: Path) -> Contender:
    """Make our own build ready: `work`/project is there."""
    project = work / "project"
    command = (sys.executable, str(ROOT / "build.py"), "--root", str(project), "--site", str(project / "site"))
    return Contender("ours", command, ROOT, project / "site", (project / ".cache", project / ".site.twin"))


def hugo(work: Path, guide: Guide) -> Contender:
    """Lay Hugo's project beside the guide's, which it reads itself."""
    folder = work / "hugo"
    shutil.copytree(tools.HERE / "hugo", folder)
    (folder / "data").mkdir()
    (folder / "data/outlines.json").write_text(json.dumps(outlines(guide)), encoding="utf-8")
    command = (str(tools.hugo()), "--quiet", "--source", str(folder), "--destination", str(work / "hugo-site"))
    return Contender("hugo", command, folder, work / "hugo-site", (folder / "resources",))


def eleventy(work: Path, guide: Guide) -> Contender:
    """Lay Eleventy's project beside the guide's, which it reads itself."""
    folder = work / "eleventy"
    shutil.copytree(tools.HERE / "eleventy", folder)
    (folder / "node_modules").symlink_to(tools.eleventy() / "node_modules")
    (folder / "outlines.json").write_text(json.dumps(outlines(guide)), encoding="utf-8")
    command = ("node", "node_modules/@11ty/eleventy/cmd.cjs", "--quiet", f"--output={work / 'eleventy-site'}")
    return Contender("eleventy", command, folder, work / "eleventy-site")


def pelican(work: Path, guide: Guide) -> Contender:
    """Write a Markdown file for each page of Pelican's, which makes no pages of data."""
    folder = work / "pelican"
    shutil.copytree(tools.HERE / "pelican", folder)
    pages_of.write(guide, folder / "content")
    settings = {"outlines": outlines(guide), "site": yaml.safe_load((work / "project/data/site.yaml").read_text("utf-8"))}
    (folder / "shared.json").write_text(json.dumps(settings), encoding="utf-8")
    command = (str(tools.python_tools() / "bin/pelican"), "content", "--settings", "settings.py", "--quiet", "--output",
               str(work / "pelican-site"))  # fmt: skip
    return Contender("pelican", command, folder, work / "pelican-site", (folder / "cache",))


PEERS = {"hugo": hugo, "eleventy": eleventy, "pelican": pelican}


def read(work: Path) -> Guide:
    """Load the project that is measured. Raises `InputError`."""
    return load(work / "project", datetime.now(UTC).date())
