"""Asks git; the only room that runs it. It asks nothing of the network and changes nothing."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

_PATIENCE = 60
"""Seconds that git may take."""


def git(root: Path, *arguments: str, given: bytes = b"") -> bytes:
    """Run git in a folder; give what it prints. Raises `OSError` without git, `SubprocessError` where it will not."""
    # a hook of git names its own repository in the environment; what the user allows git to read stands in GIT_CONFIG_…
    kept = {name: value for name, value in os.environ.items()
            if not name.startswith("GIT_") or name.startswith(("GIT_CONFIG_", "GIT_CEILING_"))}  # fmt: skip
    offline = {"GIT_NO_LAZY_FETCH": "1", "GIT_ALLOW_PROTOCOL": "none", "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0"}
    command = ["git", "-C", str(root), "--no-replace-objects", "--no-pager", *arguments]
    done = subprocess.run(command, input=given, capture_output=True, check=True, timeout=_PATIENCE, env={**kept, **offline})
    return done.stdout


def head(root: Path) -> tuple[str, frozenset[str]]:
    """Give the current commit, and the commits at which a shallow repository is cut off. Raises as `git` does."""
    told = git(root, "rev-parse", "HEAD", "--is-shallow-repository", "--git-path", "shallow")
    commit, shallow, place = told.decode("utf-8", "surrogateescape").splitlines()
    cut = (root / place).read_text("ascii").split() if shallow == "true" else ()
    return commit, frozenset(cut)
