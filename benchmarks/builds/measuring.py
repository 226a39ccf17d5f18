"""What a program costs: its time, the processors' time and its memory; and medians of several runs."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

CLOCK = Path(__file__).with_name("clock.py")


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run cost."""

    wall: float
    """Seconds from start to end."""
    cpu: float
    """Seconds of all processors, user and system, of the program and all that it started and waited for."""
    memory: int
    """Bytes in memory at the peak of the largest process."""


class Failed(Exception):
    """A program ended with another status than 0, or could not be started."""


def run(command: Sequence[str], folder: Path) -> Cost:
    """Run a program in a folder to its end and give what it cost. Raises `Failed` with the end of what it said."""
    with tempfile.TemporaryDirectory() as noted:
        found = Path(noted) / "cost"
        done = subprocess.run([sys.executable, "-I", "-S", str(CLOCK), str(found), *command], cwd=folder, check=False,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)  # fmt: skip
        status, wall, cpu, memory = found.read_text(encoding="ascii").split() if found.is_file() else ("", "0", "0", "0")
    words = done.stdout.decode(errors="replace").strip()
    if not status:
        raise Failed(f"{command[0]} could not be started: {words.rpartition(chr(10))[2]}")
    if status != "0":
        raise Failed(f"{' '.join(command)} ended with {status}:\n{words[-2000:]}")
    return Cost(float(wall), float(cpu), int(memory) * 1024)


def middle(costs: Sequence[Cost]) -> Cost:
    """Give the medians of some runs, each for itself."""
    return Cost(median(one.wall for one in costs), median(one.cpu for one in costs), int(median(one.memory for one in costs)))


def ratio(costs: Sequence[Cost], against: Sequence[Cost]) -> float:
    """Give the median of the ratios of wall times within the same round."""
    return median(one.wall / other.wall for one, other in zip(costs, against, strict=True))


def cpu_ratio(costs: Sequence[Cost], against: Sequence[Cost]) -> float:
    """Give the same of the processors' times, which suffer less where the machine does other work beside."""
    return median(one.cpu / other.cpu for one, other in zip(costs, against, strict=True))
