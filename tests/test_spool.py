"""Files wait in a spool until they are written; whoever reads one gets its bytes."""

from __future__ import annotations

from functools import partial

import pytest

from guide.beside import share
from guide.spool import MEMORY, Files, Spool

SMALL, LARGE = b"a page", b"0123456789" * (MEMORY // 10 + 1)


@pytest.mark.parametrize("shared", [False, True])
@pytest.mark.parametrize("first", [SMALL, LARGE], ids=["in memory", "on the disk"])
def test_what_was_added_is_read_in_any_order_also_between_additions(shared: bool, first: bytes) -> None:
    spool = Spool(shared=shared)
    places = [spool.add(first), spool.add(b"two")]
    assert spool.read(places[1]) == b"two"
    places.append(spool.add(b"three"))
    assert [spool.read(place) for place in reversed(places)] == [b"three", b"two", first]


def test_two_processes_that_read_at_once_get_what_they_asked_for() -> None:
    files = Files(Spool())
    wanted = {f"{number}.html": f"{number} ".encode() * 20_000 for number in range(200)}
    files.put(wanted.items())

    def holds(name: str, _: None) -> bool:
        return files[name] == wanted[name]

    assert all(found for found, _ in share([partial(holds, name) for name in wanted], None, None))
