"""Work for the second processor, where there is one and the system can safely split a process in two."""

from __future__ import annotations

import os
import pickle
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from typing import Any, NoReturn, TypeVar

T = TypeVar("T")
S = TypeVar("S")
_BUFFER = 1 << 20
"""Bytes that one process can write before the other one reads."""
MOST = 255
"""Jobs that can be shared out: each has a ticket of one byte."""


def beside(make: Callable[[], T]) -> Callable[[], T]:
    """Begin to make something in a process of its own; give the function that waits for it.

    Whatever goes wrong there, it is made here then: so an error comes as if there were but one process.
    """
    if sys.platform != "linux" or len(os.sched_getaffinity(0)) < 2:  # elsewhere a process cannot be split, or not safely
        return make
    from fcntl import F_SETPIPE_SZ, fcntl  # Windows has no such module

    here, there = os.pipe()
    with suppress(OSError):  # more room than the system gives may be refused
        fcntl(there, F_SETPIPE_SZ, _BUFFER)
    process = os.fork()
    if not process:
        os.close(here)  # else it would wait for itself to read, once the first process is gone
        _send(make, there)
    os.close(there)

    def wait() -> T:
        try:
            with os.fdopen(here, "rb", _BUFFER) as pipe:
                made: T = pickle.load(pipe)  # noqa: S301  what our own process wrote
        except (EOFError, pickle.UnpicklingError):  # it failed, or was killed
            return make()
        finally:
            os.waitpid(process, 0)
        return made

    return wait


def dealt(things: Sequence[T], most: int) -> Iterator[Sequence[T]]:
    """Deal things, in their order, into as many parts at most, all but the last of one size."""
    size = max(1, -(-len(things) // most))
    return (things[at : at + size] for at in range(0, len(things), size))


def share(jobs: Sequence[Callable[[S], T]], here: S, there: S) -> list[tuple[T, S]]:
    """Do jobs on both processors: whichever is free takes the next. Give what each job gave, in their order.

    A job is given `here` if this process does it, `there` if the other one does; that comes with what it gave. One that failed
    is done here once more: so an error comes as if there were but one process, and it is always that of the first such job.
    """
    take, tickets = os.pipe()
    try:
        os.write(tickets, bytes(range(len(jobs))))
    finally:
        os.close(tickets)

    def work(mine: S) -> dict[int, T]:
        done = {}
        while ticket := os.read(take, 1):
            with suppress(Exception):
                done[ticket[0]] = jobs[ticket[0]](mine)
        return done

    others = beside(partial(work, there))
    try:
        ours = work(here)
    finally:
        while os.read(take, MOST):  # the other one has nothing to begin, if this one was stopped
            pass
        theirs = others()
        os.close(take)
    made = {**{at: (one, there) for at, one in theirs.items()}, **{at: (one, here) for at, one in ours.items()}}
    return [made[at] if at in made else (job(here), here) for at, job in enumerate(jobs)]


def _send(make: Callable[[], Any], there: int) -> NoReturn:
    """Be the other process: make it, send it, and end."""
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the first process, which ends this one
        with suppress(Exception), os.fdopen(there, "wb", _BUFFER) as pipe:
            pickle.dump(make(), pipe, protocol=5)
    finally:
        os._exit(0)
