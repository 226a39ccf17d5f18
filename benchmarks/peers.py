"""The programs that the search is compared with: MiniSearch and Pagefind, fetched when they are needed, never kept."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import venv
from collections.abc import Sequence
from html import escape
from pathlib import Path
from time import perf_counter

from rjsmin import jsmin

from benchmarks.texts import Document

MINISEARCH = "minisearch@7.2.0"
PAGEFIND = "pagefind[bin]==1.5.2"
PAGES = Path(__file__).parent / "pages"


class MissingPeerError(Exception):
    """A program to compare with cannot be had here; the message says why."""


def fetch_minisearch(folder: Path) -> Path:
    """Install MiniSearch into a folder of its own; give the package's folder."""
    found = folder / "node_modules/minisearch"
    if not found.is_dir():
        if not shutil.which("npm") or not shutil.which("node"):
            raise MissingPeerError("MiniSearch is left out: it needs Node.js with npm")
        _run("MiniSearch", ["npm", "install", "--prefix", str(folder), "--no-audit", "--no-fund", "--no-save", MINISEARCH])
    return found


def fetch_pagefind(folder: Path) -> list[str]:
    """Install Pagefind into a Python environment of its own; give the command that starts it."""
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    if not python.is_file():
        venv.create(folder, with_pip=True)
        _run("Pagefind", [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", PAGEFIND])
    return [str(python), "-m", "pagefind"]


def build_minisearch(package: Path, found: Sequence[Document], site: Path, *, around: bool = False) -> float:
    """Put MiniSearch and its index into a copy of our site; give the seconds that the index took."""
    folder = site / "assets/mini"
    folder.mkdir(parents=True)
    library = (package / "dist/umd/index.js").read_text(encoding="utf-8")
    (folder / "library.js").write_text(jsmin(library), encoding="utf-8")
    texts = folder / "documents.json"
    texts.write_text(json.dumps([
        {"id": one.id, **one.fields, **({"around": one.around} if around else {}), **one.shown} for one in found
    ]), encoding="utf-8")  # fmt: skip
    told = _run("MiniSearch", ["node", "--max-old-space-size=4096", str(PAGES / "build_mini.cjs"),
                               str((package / "dist/cjs/index.cjs").absolute()), str(PAGES / "settings.js"), str(texts),
                               str(folder / "index.js")])  # fmt: skip
    texts.unlink()
    return float(told) / 1000


def build_pagefind(command: Sequence[str], found: Sequence[Document], site: Path, *, around: bool = False) -> float:
    """Write a page for each listing and let Pagefind index them into our site; give the seconds that it took."""
    source = site / "pages"
    source.mkdir()
    for one in found:
        (source / f"{one.id}.html").write_text(_page(one, around=around), encoding="utf-8")
    started = perf_counter()
    _run("Pagefind", [*command, "--site", str(source), "--output-path", str(site / "pagefind")])
    return perf_counter() - started


def _page(one: Document, *, around: bool) -> str:
    weights = {"name": 8, "known": 8, "services": 4, "words": 3, "place": 5, "people": 2, "summary": 2, "more": 1}
    said = {"id": one.id, "title": one.fields["name"], "what": one.shown["what"], "office": one.shown["office"],
            "phones": json.dumps(one.shown["phones"])}  # fmt: skip
    kept = "".join(f'<i data-pagefind-meta="{key}" data-pagefind-ignore>{escape(text)}</i>' for key, text in said.items())
    body = "".join(f'<p data-pagefind-weight="{weights[key]}">{escape(text)}</p>' for key, text in one.fields.items() if text)
    more = f'<p data-pagefind-weight="2">{escape(one.around)}</p>' if around else ""
    return f'<!doctype html><html lang="en"><title>{escape(one.fields["name"])}</title>' \
           f"<body><main data-pagefind-body>{kept}{body}{more}</main></body></html>"  # fmt: skip


def _run(name: str, command: Sequence[str]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode:
        last = (done.stderr.strip() or done.stdout.strip() or "no message").splitlines()[-1]
        raise MissingPeerError(f"{name} is left out: {command[0]} failed: {last}")
    return done.stdout
