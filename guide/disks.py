"""What each system does in its own way: a lock that ends with the program, and waiting for a disk."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


class Busy(OSError):
    """Another build is writing the same folder."""


@contextmanager
def locked(lock: Path, folder: Path) -> Iterator[None]:
    """Keep other builds out of a folder by a file beside it; the system lets go of it when the program ends, even killed.

    Raises `Busy` where another one has it.
    """
    file = os.open(lock, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        try:
            if sys.platform == "win32":
                msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
            else:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except (BlockingIOError, PermissionError):
            busy = f"another build is writing {folder}; wait until it is done, then build again"
            raise Busy(busy) from None
        yield
    finally:
        os.close(file)


def wait_for_disk(folder: Path) -> None:
    """Wait until the disk that holds a folder has all that was written; where the system knows no better, until all have."""
    if sys.platform == "linux":
        from ctypes import CDLL  # Python itself knows only how to wait for all disks

        number = os.open(folder, os.O_RDONLY)
        try:
            with suppress(AttributeError):
                if CDLL(None).syncfs(number) == 0:
                    return
        finally:
            os.close(number)
    if sys.platform != "win32":
        os.sync()
