"""Work is shared out between two processes; whatever happens in the other one, what comes out is the same."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest
from sample import ROOT

from guide.beside import beside, share

HERE, THERE = "here", "there"


def once(folder: Path, number: int, where: str) -> tuple[int, int]:
    """Give the job's number and the process that did it; raise `FileExistsError` if it is done twice."""
    (folder / str(number)).touch(exist_ok=False)
    return number, os.getpid()


def die_there(number: int, where: str) -> int:
    if where == THERE:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def fail(number: int, where: str) -> int:
    raise ValueError(f"job {number}")


def test_each_job_is_done_once_and_given_in_its_place(tmp_path: Path) -> None:
    made = share([partial(once, tmp_path, number) for number in range(200)], HERE, THERE)
    assert [number for (number, _), _ in made] == list(range(200))


def test_each_result_comes_with_whose_it_is(tmp_path: Path) -> None:
    made = share([partial(once, tmp_path, number) for number in range(200)], HERE, THERE)
    assert all((process == os.getpid()) == (where == HERE) for (_, process), where in made)


def test_if_the_other_process_is_killed_its_jobs_are_done_here() -> None:
    made = share([partial(die_there, number) for number in range(50)], HERE, THERE)
    assert [number for number, _ in made] == list(range(50))


@pytest.mark.parametrize("failing", [(0,), (3, 7), tuple(range(10))], ids=str)
def test_of_jobs_that_fail_the_first_is_told(tmp_path: Path, failing: tuple[int, ...]) -> None:
    jobs = [partial(fail, number) if number in failing else partial(once, tmp_path, number) for number in range(10)]
    with pytest.raises(ValueError, match=f"job {failing[0]}"):
        share(jobs, HERE, THERE)


def test_a_job_that_failed_in_the_other_process_alone_is_done_here() -> None:
    def only_here(where: str) -> str:
        if where == THERE:
            raise OSError("no room there")
        return where

    assert {where for where, _ in share([only_here] * 20, HERE, THERE)} == {HERE}


def test_the_other_process_has_ended_when_a_build_was_stopped() -> None:
    told, tell = os.pipe()
    wait, go = os.pipe()
    others = []

    def stopped(where: str) -> None:
        if where == THERE:
            os.write(tell, os.getpid().to_bytes(8, "big"))
            os.read(wait, 1)
            return
        others.append(int.from_bytes(os.read(told, 8), "big"))
        os.write(go, bytes(20))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        share([stopped] * 20, HERE, THERE)
    with pytest.raises(ProcessLookupError):
        os.kill(others[0], 0)


def test_what_fails_beside_fails_here() -> None:
    wait = beside(partial(fail, 1, HERE))
    with pytest.raises(ValueError, match="job 1"):
        wait()


def test_what_was_made_beside_arrives_however_large_it_is() -> None:
    assert beside(lambda: b"x" * 10_000_000)() == b"x" * 10_000_000


def test_the_other_process_ends_when_this_one_is_killed() -> None:
    code = ("import os, signal; from guide.beside import beside; beside(lambda: bytes(10**7));"
            "os.kill(os.getpid(), signal.SIGKILL)")  # fmt: skip
    # what it prints to is closed only when both have ended
    killed = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, timeout=60)
    assert killed.returncode == -signal.SIGKILL
