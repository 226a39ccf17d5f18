"""`python -m benchmarks` (or `make bench`): every benchmark of the guide, one after the other; prints Markdown tables."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ALL = {"The build": "run.py", "A saved change": "serving.py", "The search as the guide grows": "growth/run.py",
       "The pages": "pages/run.py"}  # fmt: skip


def main() -> int:
    """Run them all, each in a process of its own; give 1 where one failed."""
    failed = 0
    for heading, script in ALL.items():
        print(f"\n# {heading}\n", flush=True)
        failed |= bool(subprocess.call([sys.executable, str(HERE / script)], cwd=HERE.parent))
    return failed


if __name__ == "__main__":
    sys.exit(main())
