"""A project in a git repository of its own, whose commits have the days that a test gives them."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from textwrap import indent
from typing import Any

import yaml

FIXED = {
    "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@example.org",
    "GIT_COMMITTER_NAME": "A", "GIT_COMMITTER_EMAIL": "a@example.org",
}  # fmt: skip


def listing(id: str, **facts: Any) -> dict[str, Any]:  # noqa: A002  the key is called so
    """A listing as an editor writes it; a fact that is None is left out."""
    known = {"id": id, "name": id.capitalize(), "summary": "Helps.", "services": ["case-management"],
             "sources": [{"title": "A list"}]} | facts  # fmt: skip
    return {key: value for key, value in known.items() if value is not None}


class Repository:
    """Writes files and commits them."""

    def __init__(self, root: Path) -> None:
        self.root = root
        root.mkdir(parents=True, exist_ok=True)
        self.git("init", "--quiet", "--initial-branch=main")

    def git(self, *arguments: str, day: str = "2026-01-01", hour: int = 12) -> str:
        """Run git; give what it printed."""
        when = f"{day}T{hour:02}:00:00+00:00"
        environment = {**os.environ, **FIXED, "GIT_COMMITTER_DATE": when, "GIT_AUTHOR_DATE": when}
        done = subprocess.run(["git", "-C", str(self.root), *arguments], env=environment, check=True, capture_output=True)
        return done.stdout.decode()

    def write(self, area: str, *listings: dict[str, Any]) -> None:
        """Write a file of listings in the usual form."""
        items = indent(yaml.safe_dump([*listings], sort_keys=False), "  ")
        self.write_text(f"data/resources/{area}.yaml", f"listings:\n{items}" if listings else "listings: []\n")

    def close(self, *listings: tuple[str, str]) -> None:
        """Write which listings, by id and area, are closed."""
        closed = [{"id": one, "name": one.capitalize(), "area": area, "on": "2026"} for one, area in listings]
        self.write_text("data/closed.yaml", yaml.safe_dump({"closed": closed}))

    def write_text(self, file: str, text: str) -> None:
        """Write any file."""
        path = self.root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def commit(self, day: str, hour: int = 12) -> None:
        """Commit all on a day."""
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message=x", day=day, hour=hour)
