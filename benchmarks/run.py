#!/usr/bin/env python3
"""Measures the build against other site generators and prints Markdown tables. `python benchmarks/run.py --help`."""

from __future__ import annotations

import argparse
import shutil
import signal
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.builds import report, tools
from benchmarks.builds.contenders import PEERS, ROOT, ours, read
from benchmarks.builds.edits import Edits
from benchmarks.builds.measuring import Failed
from benchmarks.builds.projects import MOST, make
from benchmarks.builds.rounds import measure, steps
from benchmarks.builds.weighing import weigh
from guide.problems import InputError

FEWEST = 100


def main() -> int:
    """Measure what the command line asks for; give 0, 1 where a program failed or is missing, 2 for wrong usage."""
    options = _parser().parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what is on the RAM disk is taken away then, too
    try:
        _tell("installing what is missing")
        for name in options.peers:
            {"hugo": tools.hugo, "eleventy": tools.eleventy, "pelican": tools.python_tools}[name]()
        print("# Build benchmarks\n")
        print("\n".join(report.where(options.folder, tools.versions(), options.peers, options.runs)))
        for note in (report.NOTE, *(report.NOTES[name] for name in options.peers if name in report.NOTES)):
            print(f"\n{note}")
        for size in options.sizes:
            _measure(size, options)
    except (Failed, InputError) as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    except OSError as error:
        print(f"{error.filename}: {error.strerror}", file=sys.stderr)
        return 1
    return 0


def _measure(size: str, options: argparse.Namespace) -> None:
    work = Path(tempfile.mkdtemp(prefix="guide-bench-", dir=options.folder))
    try:
        _tell(f"{size}: making the project")
        make(size, ROOT, work / "project")
        guide = read(work)
        one = ours(work)
        peers = [PEERS[name](work, guide) for name in options.peers]
        plan = steps(one, peers, Edits(work / "project"))
        costs = measure(plan, options.runs, lambda words: _tell(f"{size}: {words}"))
        print(f"\n## {len(guide.listings):,} listings{', the real ones' if size == 'real' else ''}\n")
        print("\n".join(report.times(costs)) + "\n")
        print("\n".join(report.weights({each.name: weigh(each.site) for each in (one, *peers)})), flush=True)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _tell(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


def _sizes(text: str) -> list[str]:
    sizes = [one.strip().replace("_", "") for one in text.split(",")]
    for one in sizes:
        if one != "real" and not (one.isascii() and one.isdigit() and len(one) < 9 and FEWEST <= int(one) <= MOST):
            raise argparse.ArgumentTypeError(f"'{one}' is no size: write 'real', or a number of listings from {FEWEST} to "
                                             f"{MOST}, like real,500,5000")  # fmt: skip
    return sizes


def _peers(text: str) -> list[str]:
    names = [one.strip() for one in text.split(",") if one.strip()]
    for one in names:
        if one not in PEERS:
            raise argparse.ArgumentTypeError(f"'{one}' is none of {', '.join(PEERS)}")
    return names


def _runs(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 99):
        raise argparse.ArgumentTypeError(f"'{text}' is not a number of rounds from 1 to 99")
    return int(text)


def _folder(text: str) -> Path:
    folder = Path(text).resolve()
    if not folder.is_dir():
        raise argparse.ArgumentTypeError(f"'{text}' is not a folder")
    return folder


def _parser() -> argparse.ArgumentParser:
    memory = Path("/dev/shm")  # noqa: S108  mkdtemp makes its own folder there
    parser = argparse.ArgumentParser(description="Measures the build against other site generators; prints Markdown tables.")
    parser.add_argument("--sizes", type=_sizes, default=["real", "500", "5000", "50000"], metavar="LIST",
                        help="'real' or numbers of listings (default: real,500,5000,50000)")
    parser.add_argument("--runs", type=_runs, default=7, metavar="N", help="rounds (default: 7)")
    parser.add_argument("--peers", type=_peers, default=list(PEERS), metavar="LIST",
                        help=f"which others (default: {','.join(PEERS)})")
    parser.add_argument("--folder", type=_folder, default=memory if memory.is_dir() else Path(tempfile.gettempdir()),
                        metavar="DIR", help="where projects and pages go (default: a RAM disk where there is one)")
    return parser


if __name__ == "__main__":
    sys.exit(main())
