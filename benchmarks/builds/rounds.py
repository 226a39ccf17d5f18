"""Rounds of builds: every program in turn, so that what else the machine does hits all alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from benchmarks.builds.contenders import Contender
from benchmarks.builds.edits import WHAT, Edits
from benchmarks.builds.measuring import Cost

FULL, AGAIN = "full", "again"
Case = tuple[str, str]
"""A program's name, and what it does: `full`, `again`, or an edit of `WHAT`."""


@dataclass(frozen=True, slots=True)
class Step:
    """What is done before a build, untimed, and the build."""

    case: Case
    before: Callable[[], None]
    contender: Contender


def steps(ours: Contender, peers: Sequence[Contender], edits: Edits) -> list[Step]:
    """List the builds of a round: ours and a peer by turns, and after the full ones those with something there already."""
    found = [Step((one.name, FULL), one.clean, one) for one in (ours, *peers)]
    found += [Step((ours.name, AGAIN), lambda: None, ours)]
    found += [Step((ours.name, what), lambda what=what: edits.switch(what), ours) for what in WHAT]  # type: ignore[misc]
    return found + [Step((one.name, AGAIN), lambda: None, one) for one in peers]


def measure(plan: Sequence[Step], runs: int, tell: Callable[[str], None]) -> Mapping[Case, list[Cost]]:
    """Go through all steps once to warm up, then `runs` times, every second time from behind. Raises `Failed`."""
    costs: dict[Case, list[Cost]] = {step.case: [] for step in plan}
    for turn in range(runs + 1):
        tell(f"round {turn} of {runs}" if turn else "warming up")
        for step in plan if turn % 2 == 0 else reversed(plan):
            step.before()
            cost = step.contender.build()
            if turn:
                costs[step.case].append(cost)
    return costs
