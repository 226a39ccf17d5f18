"""Work for the second processor, where there is one and the system can safely split a process in two."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Any, TypeVar

T = TypeVar("T")


def beside(make: Callable[[], T]) -> Callable[[], T]:
    """Begin to make something in a process of its own; give the function that waits for it.

    Whatever goes wrong there, it is made here then: so an error comes as if there were but one process.
    """
    if sys.platform != "linux" or (os.cpu_count() or 1) < 2:  # elsewhere a process cannot be split, or not safely
        return make
    fork = multiprocessing.get_context("fork")  # it needs to be handed nothing: it begins as a copy of this one
    here, there = fork.Pipe(duplex=False)
    process = fork.Process(target=_send, args=(make, there), daemon=True)
    process.start()
    there.close()

    def wait() -> T:
        with here:
            try:
                made: T = here.recv()
            except EOFError:
                return make()
            finally:
                process.join()
        return made

    return wait


def _send(make: Callable[[], Any], there: Connection) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the first process, which ends this one
    with suppress(Exception), there:
        there.send(make())
