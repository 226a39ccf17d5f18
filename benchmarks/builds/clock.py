"""Runs a program and writes down what it cost: `clock.py FILE PROGRAM ARGUMENT …`.

A process of its own, and a small one: the peak of a program's memory, as Linux counts it, begins with that of the process that
started it.
"""

import os
import sys
import time


def main() -> None:
    """Run the program to its end; write its exit status, seconds, processor seconds and kilobytes into the file."""
    _, file, *command = sys.argv
    started = time.perf_counter()
    _, status, used = os.wait4(os.posix_spawnp(command[0], command, os.environ), 0)
    wall = time.perf_counter() - started
    with open(file, "w", encoding="ascii") as found:  # noqa: PTH123  pathlib would make this process larger
        found.write(f"{os.waitstatus_to_exitcode(status)} {wall} {used.ru_utime + used.ru_stime} {used.ru_maxrss}")


if __name__ == "__main__":
    main()
