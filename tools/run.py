"""The two commands of the README: `python tools/run.py` builds the guide, `python tools/run.py test` tests it.

It needs Python alone. `relevance` measures the search of the last build, `pdf` prints it, and `bench` measures how quick all
is, all three in a browser.
Any other word is a command of build.py: `python tools/run.py serve --port 8000`.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ENVIRONMENT = ROOT / ".venv"
IN_BROWSER = {"test": ["-m", "pytest"], "relevance": ["-m", "tools.relevance"], "pdf": ["build.py", "pdf"],
              "bench": ["-m", "benchmarks"]}  # fmt: skip
PYTHON = ENVIRONMENT / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def main(arguments: list[str]) -> int:
    """Run one command in the project's own environment; give its exit status."""
    if sys.version_info < (3, 11):
        print(f"This needs Python 3.11 or newer; this is {sys.version.split()[0]}", file=sys.stderr)
        return 1
    in_browser = IN_BROWSER.get(arguments[0]) if arguments else None
    try:
        _install("requirements-test.txt" if in_browser else "requirements.txt")
        if not in_browser:
            return _run("build.py", *arguments)
        return _run("-m", "tools.browser") or _run(*in_browser, *arguments[1:])
    except subprocess.CalledProcessError as error:
        print(f"Nothing was built: what it needs could not be installed (see above); {_remedy(error)}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _install(lock: str) -> None:
    """Install exactly what the lock file names, unless that was done already."""
    wanted = hashlib.sha256((ROOT / lock).read_bytes() + sys.version.encode()).hexdigest()
    stamp = ENVIRONMENT / f"{lock}.installed"
    if stamp.is_file() and stamp.read_text() == wanted and PYTHON.exists():
        return
    print(f"Installing the packages of {lock} into .venv …", flush=True)
    venv.create(ENVIRONMENT, with_pip=True, clear=not _same_python(), upgrade_deps=False)
    pip = [str(PYTHON), "-m", "pip", "--quiet", "--disable-pip-version-check", "--no-input"]
    subprocess.run([*pip, "install", "--require-hashes", "-r", str(ROOT / lock)], check=True)
    stamp.write_text(wanted)


def _same_python() -> bool:
    made = ENVIRONMENT / "pyvenv.cfg"
    return made.is_file() and f"version = {sys.version.split()[0]}\n" in made.read_text()


def _run(*arguments: str) -> int:
    return subprocess.call([str(PYTHON), *arguments], cwd=ROOT)


def _remedy(error: subprocess.CalledProcessError) -> str:
    if "ensurepip" in str(error.cmd):
        return "this Python has no pip; on Debian and Ubuntu: sudo apt install python3-venv"
    return "the first time it needs a network"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
