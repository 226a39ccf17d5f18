"""Files of listings are checked alike, by one process or by two."""

from __future__ import annotations

from functools import partial

from sample import ROOT, TODAY

from guide.county_places import Places
from guide.listing_files import check_file, check_files
from guide.loading import Memory
from guide.model import Guide


def test_on_both_processors_files_give_what_they_give_on_one(guide: Guide, memory: Memory) -> None:
    folder = ROOT / "data/resources"
    texts = {path.relative_to(folder).as_posix().removesuffix(".yaml"): path.read_bytes() for path in folder.rglob("*.yaml")}
    texts["mo/cole"] = texts["mo/cole"].replace(b"services: [", b"services: [unheard-of, ")
    files = [(area, f"{number}/{area}.yaml", data) for number in range(3) for area, data in texts.items()]
    check = partial(check_file, memory.vocabularies, Places(guide.counties, guide.zip_codes), TODAY)
    together = check_files(files, check, alone=False)
    assert together == check_files(files, check, alone=True)
    assert sum(bool(one.problems) for one in together) == 3
