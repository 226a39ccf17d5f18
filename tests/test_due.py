"""What must be confirmed next, in which order; as a table, for spreadsheets, for an issue, and as a sheet to print."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import html5lib
import pytest
import yaml
from msgspec.structs import replace
from repository import listing as written
from sample import CITY, ROOT, listing

from guide.editing.due import due, due_csv, due_markdown
from guide.model import Guide, Listing
from guide.numbers import numbers_of

DAY = date(2026, 11, 24)
CRISIS = {"services": ("crisis-line",)}


def ids(guide: Guide, *listings: Listing, months: int = 0, area: str | None = None) -> list[str]:
    return [one.listing.id for one in due(replace(guide, listings=listings), DAY, months, area)]


def test_crisis_lines_come_first_then_the_oldest(guide):
    assert ids(guide, listing("new", published="2026"), listing("old", published="2012"), listing("undated"),
               listing("asked", confirmed="2026-01-01", published="2026"), listing("line", published="2026-10", **CRISIS)) == [
        "line", "undated", "old", "new", "asked"]  # fmt: skip


def test_what_counties_depend_on_comes_first_among_equals(guide):
    many = {"services": ("legal-aid",), "serves": ("mo/cole", "mo/boone", "mo/maries")}
    some = due(replace(guide, listings=(
        listing("a-shared", services=("medical-care",)), listing("b-shared", services=("medical-care",)),
        listing("wide", services=("legal-aid",), area="mo"), listing("only", **many))), DAY, 0)  # fmt: skip
    assert [(one.listing.id, one.alone) for one in some] == [("only", 3), ("a-shared", 0), ("b-shared", 0), ("wide", 0)]


@pytest.mark.parametrize(("confirmed", "facts", "months", "is_due"), [
    ("2026-05-28", {}, 0, False),  # 180 days before
    ("2026-05-27", {}, 0, True),
    ("2026-07-20", {}, 2, True),
    ("2026-08-20", {}, 2, False),
    ("2026-08-26", CRISIS, 0, False),  # 90 days before
    ("2026-08-25", CRISIS, 0, True),
])  # fmt: skip
def test_a_confirmed_listing_is_due_after_its_days(guide, confirmed, facts, months, is_due):
    assert ids(guide, listing("one", confirmed=confirmed, **facts), months=months) == (["one"] if is_due else [])


@pytest.mark.parametrize(("area", "found"), [("mo/cole", ["cole"]), ("central", ["boone", "cole"]), ("mo", ["wide"]), ("il/bond", []),
                                             (None, ["boone", "cole", "wide"])])  # fmt: skip
def test_it_can_be_narrowed_down(guide, area, found):
    some = [listing("cole"), listing("boone", area="mo/boone"), listing("wide", area="mo")]
    assert ids(guide, *some, area=area) == found


def test_the_reason_is_told_in_words(guide):
    some = due(replace(guide, listings=(listing("one", confirmed="2026-01-01", **CRISIS), listing("two", published="2022-07"))), DAY, 0)
    assert [one.reason for one in some] == [
        "crisis line; confirmed 2026-01-01, due 2026-04-02; the only one for 1 need of its counties",
        "never confirmed; newest source 2022-07; the only one for 1 need of its counties",
    ]


def test_the_table_for_spreadsheets_starts_no_formula(guide):
    rows = list(csv.DictReader(io.StringIO(due_csv(due(replace(guide, listings=(listing("one", name="=1+1"),)), DAY, 0)).decode("utf-8-sig"))))
    assert [(row["id"], row["name"], row["confirmed"], row["only_one_for"]) for row in rows] == [("one", "'=1+1", "", "1")]


def test_the_list_for_an_issue_makes_nothing_of_a_name(guide):
    text = due_markdown(due(replace(guide, listings=(listing("one", name="A @b [c](d) <e> #1"),)), DAY, 0))
    line = next(line for line in text.splitlines() if line.startswith("- [ ] "))
    assert not any(sign in line.removeprefix("- [ ] ").replace("&#", "") for sign in ("@", "](", "<", " #1"))


# The page about the data

def test_the_data_page_counts_by_region_and_state(guide):
    numbers = numbers_of(replace(guide, listings=(
        listing("one", confirmed="2026-11-01"), listing("two", confirmed="2026-05-01"), listing("three", confirmed="2025-01-01"),
        listing("four"), listing("five", area="mo"))), DAY)  # fmt: skip
    rows = {row.name: row.ages for row in (*numbers.rows, numbers.whole)}
    assert rows["Central"] == (1, 1, 1, 1) and rows["Missouri, statewide"] == (0, 0, 0, 1) and rows["Northwest"] == (0, 0, 0, 0)
    assert rows["All"] == (1, 1, 1, 2)


def test_the_table_stands_on_the_page(pages_root):
    table = next(one for one in html5lib.parse((pages_root / "data.html").read_text(encoding="utf-8"), namespaceHTMLElements=False).iter("table")
                 if "How sure" in "".join(one.find("caption").itertext()))  # fmt: skip
    rows = ["|".join("".join(cell.itertext()) for cell in row) for row in table.iter("tr")]
    assert rows == ["Region|Confirmed|Due|Old|Never", *(f"{name}|0|0|0|0" for name in (
        "Northwest", "Northeast", "Kansas City")), "Central|0|0|0|1", *(f"{name}|0|0|0|0" for name in (
        "St. Louis", "Southwest", "Southeast", "Metro East")), "All|0|0|0|1"]  # fmt: skip


# The command

@pytest.fixture(scope="module")
def pages_root(bare: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a guide with one listing, whose place is withheld; the project stands above it."""
    root = tmp_path_factory.mktemp("due") / "guide"
    shutil.copytree(bare, root)
    one: dict[str, Any] = written("one", name="One & <b>", phones=[{"number": "573-555-0142", "label": "office", "hours": "24/7"}],
                                  location={"visibility": "withheld", "city": CITY}, fees="Free")  # fmt: skip
    (root / "data/resources/mo/cole.yaml").write_text(yaml.safe_dump({"listings": [one]}), encoding="utf-8")
    assert run(root, "build")[0] == 0
    return root / "site"


def run(root: Path, *arguments: str) -> tuple[int, str, str]:
    done = subprocess.run([sys.executable, str(ROOT / "build.py"), "--root", str(root), *arguments], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, done.stderr


def test_the_command_shows_the_list(pages_root):
    code, out, _ = run(pages_root.parent, "due", "--months", "2")
    assert code == 0
    assert out.splitlines()[0].split(None, 2) == ["573-555-0142", "mo/cole", "One & <b>"]
    assert out.splitlines()[-1] == "1 of 1 listings that are due in the whole guide"


def test_the_command_writes_files_and_the_sheet_has_a_box_for_each_fact(pages_root, tmp_path):
    files = {kind: tmp_path / kind for kind in ("csv", "sheet", "markdown")}
    code, out, _ = run(pages_root.parent, "due", "--area", "central", *(part for kind, path in files.items() for part in (f"--{kind}", str(path))))
    assert code == 0 and len(out.splitlines()) == 3
    page = files["sheet"].read_text(encoding="utf-8")
    tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page)
    boxes = [" ".join("".join(box.itertext()).split()) for box in tree.iter("li")]
    assert boxes[0] == "573-555-0142 office, 24 hours a day"
    assert {"Website: not known; ask", "Cost: Free", "Place that is shown: the county only", "Kinds of help: Case management"} <= {*boxes}
    assert CITY not in page and "http" not in page.replace("http-equiv", "")


@pytest.mark.parametrize(("arguments", "told"), [
    (["--months", "soon"], "'soon' is not a whole number, like 2"), (["--months", "-1"], "'-1' is not a whole number"),
    (["--area", "cole"], "'cole' is neither a county like mo/boone, nor a region like central, nor mo, il or us"),
    (["--limit", "1.5"], "'1.5' is not a whole number"), (["extra"], "unrecognized arguments: extra"),
])  # fmt: skip
def test_what_is_typed_wrong_is_told(pages_root, arguments, told):
    code, out, err = run(pages_root.parent, "due", *arguments)
    assert (code, out) == (2, "") and told in err


def test_a_file_that_cannot_be_written_is_told(pages_root, tmp_path):
    code, _, err = run(pages_root.parent, "due", "--csv", str(tmp_path / "no/folder.csv"))
    assert code == 1 and err.startswith("Nothing was changed: ")
