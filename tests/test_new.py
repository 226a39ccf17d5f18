"""`build.py new`, run as an editor runs it: what it asks, what it refuses, and that nothing half-done is ever written."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sample import ROOT

from guide.editing.new import unused_id

FILE = "data/resources/mo/cole.yaml"
HEAD = "# yaml-language-server: $schema=../../../schema/listings.json\n"
BEFORE = HEAD + """listings:
  # asked in May
  - id: one
    name: Legal Aid of the Middle
    summary: Helps.
    services: [legal-aid]
    phones:
      - number: 573-555-0142
    sources:
      - title: A list
"""
OFFICE = ["Cole County", "Legal aid, case-management", "public", "1 High Street", "Jefferson City", "65101", "Door of Hope",
          "Lawyers: for whoever needs one.", "573-634-4911", "office", "Mo-Fr 08:00-17:00", "800-303-0013", "", "", "",
          "https://www.example.org/", "Cole County, mo/maries", "https://www.example.org/a", "", "2024-05", ""]  # fmt: skip
WRITTEN = """
  - id: door-of-hope-jefferson-city
    name: Door of Hope
    summary: 'Lawyers: for whoever needs one.'
    services: [legal-aid, case-management]
    serves: [mo/cole, mo/maries]
    phones:
      - number: 573-634-4911
        label: office
        hours: Mo-Fr 08:00-17:00
      - number: 800-303-0013
    website: https://www.example.org/
    location:
      visibility: public
      street: 1 High Street
      city: Jefferson City
      zip: '65101'
    sources:
      - url: https://www.example.org/a
        published: 2024-05
"""
SHELTER = ["mo/cole", "emergency-shelter", "Door of Hope", "Helps.", "", "", "", "", "A list", "", ""]


@pytest.fixture
def root(bare: Path, tmp_path: Path) -> Path:
    """A guide with one listing."""
    shutil.copytree(bare, tmp_path / "guide")
    (tmp_path / "guide" / FILE).write_text(BEFORE, encoding="utf-8")
    return tmp_path / "guide"


def started(root: Path) -> subprocess.Popen[bytes]:
    environment = {name: value for name, value in os.environ.items() if name != "GITHUB_ACTIONS"}
    return subprocess.Popen([sys.executable, ROOT / "build.py", "new", "--root", root], env=environment,
                            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)  # fmt: skip


def run(root: Path, *answers: str | bytes) -> tuple[int, str, str]:
    """Answer each question; then the answers end."""
    given = b"".join((answer if isinstance(answer, bytes) else answer.encode()) + b"\n" for answer in answers)
    process = started(root)
    out, err = process.communicate(given)
    return process.returncode, out.decode(), err.decode()


def read_until(process: subprocess.Popen[bytes], words: bytes) -> bytes:
    read = b""
    assert process.stdout
    while words not in read and (sign := process.stdout.read(1)):
        read += sign
    return read


def refusals(out: str) -> list[str]:
    return [line.partition("Again, please: ")[2] for line in out.splitlines() if "Again, please: " in line]


def text(root: Path) -> str:
    return (root / FILE).read_text(encoding="utf-8")


def test_what_is_answered_is_shown_and_written_behind_the_others(root):
    code, out, err = run(root, *OFFICE, "yes")
    assert (code, err, refusals(out)) == (0, "", [])
    assert out.splitlines()[-1].startswith(f"Wrote {FILE}")
    assert WRITTEN in out and "Worth a look" not in out
    assert text(root) == BEFORE + WRITTEN
    done = subprocess.run([sys.executable, ROOT / "build.py", "check", "--root", root], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "2 listings, no problem found\n")


def test_a_wrong_answer_is_asked_for_again_with_what_is_wrong(root):
    code, out, _ = run(
        root, "", "Boon County", "Madison County", "cole", "", "?", "crisis lin", "crisis line; Legal Aid", "secret", "public",
        "1 High Street", "Kansas City", "", "6510", "64101-1234", "65101", "", "Door", "Helps\u200b.", b"Caf\xe9", "Helps.",
        "573-634-491", "573 634 4911", "office", "always", "24/7", "", "www.example.org", "", "mo/cool", "", "nowhere", "", "",
        "A list", "2030-13", "9999", "2022", "No Id", "one", "two", "perhaps", "yes")  # fmt: skip
    assert code == 0
    expected = [
        "this is needed", "did you mean mo/boone?", "did you mean mo/madison or il/madison?", "this is needed",
        "did you mean crisis-line?", "must be one of: public, area, withheld", "lies in Clay County", "is not a ZIP code", "lies in Jackson County",
        "this is needed", "U+200B", "half of a character", "is not a US phone number", "is not written as hours",
        "is not a web address", "did you mean mo/cole", "is not a web address", "this is needed", "is a date that does not exist",
        "lies in the future", "is not an id", "'one' is or was another listing's id", "write yes or no",
    ]  # fmt: skip
    told = refusals(out)
    assert [(words, line) for words, line in zip(expected, told, strict=True) if words not in line] == []
    assert "\n  emergency-shelter: Emergency shelter\n" in out
    assert "  - id: two\n    name: Door\n    summary: Helps.\n    services: [crisis-line, legal-aid]\n" in text(root)


def test_a_shelter_is_asked_for_no_place_and_told_why(root):
    code, out, _ = run(root, *SHELTER, "yes")
    assert code == 0
    assert "stays withheld" in out and "Street" not in out and "City" not in out
    assert text(root).endswith("    location:\n      visibility: withheld\n    sources:\n      - title: A list\n")
    assert "id: door-of-hope-cole\n" in text(root)


@pytest.mark.parametrize("answers", [["mo/cole", "emergency-shelter"], ["mo/cole", "legal-aid", ""]])
def test_a_place_that_is_not_public_is_refused_in_every_text_and_not_repeated(root, answers):
    told = "Ask at 1234 Zzyzx Avenue"
    _, out, _ = run(root, *answers, told, "Door", told, "Helps.", "573-634-4911", told, "", "", "",
                    "https://example.org/?q=1234+Zzyzx+Avenue", "", "", "", told)  # fmt: skip
    assert len(refusals(out)) == 5 and all("has what looks like a street address" in line for line in refusals(out))
    assert "Zzyzx" not in out and text(root) == BEFORE


def test_a_number_or_name_that_is_listed_already_is_worth_a_look(root):
    answers = [*SHELTER]
    answers[2], answers[4:5] = "Legal Aid of the Midle", ["573-555-0142", "", "", ""]
    out = run(root, *answers)[1]
    assert f"- Legal Aid of the Middle stands in {FILE} already (one); is it the same?" in out
    assert "- 573-555-0142 is the number of Legal Aid of the Middle too" in out


# Nothing is written

@pytest.mark.parametrize("answers", [0, 8, len(OFFICE)])
def test_nothing_is_written_where_the_answers_end(root, answers):
    code, out, err = run(root, *OFFICE[:answers])
    assert (code, out.splitlines()[-1], err) == (1, "Nothing was written.", "")
    assert text(root) == BEFORE


def test_nothing_is_written_at_ctrl_c(root):
    process = started(root)
    assert process.stdin
    process.stdin.write("\n".join(OFFICE).encode() + b"\n")
    process.stdin.flush()
    read_until(process, b"(yes or no): ")
    process.send_signal(signal.SIGINT)
    out, err = process.communicate()
    assert (process.returncode, out.decode().splitlines()[-1], err) == (130, "Nothing was written.", b"")
    assert text(root) == BEFORE


def test_nothing_is_written_at_a_no(root):
    assert run(root, *OFFICE, "no")[0] == 1
    assert text(root) == BEFORE


def test_nothing_is_asked_where_the_guide_has_mistakes(root):
    (root / FILE).write_text(BEFORE.replace("Helps.", "''"), encoding="utf-8")
    code, out, err = run(root, *OFFICE, "yes")
    assert (code, out) == (1, "")
    assert err.splitlines()[0].startswith(f"{FILE}:6:5: summary: is empty")


@pytest.mark.parametrize("meanwhile", ["listings:\n\t- id: two\n", WRITTEN.join([BEFORE, ""])])
def test_what_became_wrong_meanwhile_is_told_and_left_alone(root, meanwhile):
    process = started(root)
    assert process.stdin
    process.stdin.write("\n".join(OFFICE).encode() + b"\n")
    process.stdin.flush()
    read_until(process, b"(yes or no): ")
    (root / FILE).write_text(meanwhile, encoding="utf-8")
    _, err = process.communicate(b"yes\n")
    assert process.returncode == 1 and err.decode().startswith(f"{FILE}:")
    assert text(root) == meanwhile


# Where it is written

def test_what_somebody_else_wrote_meanwhile_stays(root):
    process = started(root)
    assert process.stdin
    process.stdin.write("\n".join(OFFICE).encode() + b"\n")
    process.stdin.flush()
    read_until(process, b"(yes or no): ")
    (root / FILE).write_text(BEFORE.replace("Helps.", "Helps all."), encoding="utf-8")
    process.communicate(b"yes\n")
    assert process.returncode == 0
    assert text(root) == BEFORE.replace("Helps.", "Helps all.") + WRITTEN


@pytest.mark.parametrize(("area", "head"), [("mo/cole", HEAD), ("us", HEAD.replace("../../../", "../../"))])
def test_a_file_that_is_missing_is_made(root, area, head):
    (root / f"data/resources/{area}.yaml").unlink()
    assert run(root, area, *SHELTER[1:], "yes")[0] == 0
    made = (root / f"data/resources/{area}.yaml").read_text(encoding="utf-8")
    assert made.startswith(f"{head}listings:\n  - id: door-of-hope")


def test_the_head_is_that_of_the_files_of_the_guide():
    assert (ROOT / FILE).read_text(encoding="utf-8").startswith(HEAD)
    assert (ROOT / "data/resources/us.yaml").read_text(encoding="utf-8").startswith(HEAD.replace("../../../", "../../"))


def test_an_id_that_was_ever_used_is_not_used_again(root):
    closed = "closed:\n  - id: door-of-hope-cole\n    name: Door\n    area: mo/cole\n    on: '2020'\n"
    (root / "data/closed.yaml").write_text(closed, encoding="utf-8")
    (root / "data/published_ids.txt").write_text("# remark\none\ndoor-of-hope-cole\n", encoding="utf-8")
    out = run(root, *SHELTER[:-1], "door-of-hope-cole", "")[1]
    assert refusals(out) == ["'door-of-hope-cole' is or was another listing's id; one is never used again"]
    assert "  - id: door-of-hope-cole-2\n" in out


@pytest.mark.parametrize(("name", "place", "taken", "made"), [
    ("Cole County Sheriff\u2019s Office", "cole", set(), "cole-county-sheriffs-office"),
    ("Casa Ñandú", "Jefferson City", set(), "casa-nandu-jefferson-city"),
    ("HALO", "", {"halo", "halo-2"}, "halo-3"),
    ("Con", "", set(), "con-2"),
    ("救助", "", set(), "listing"),
    ("救助", "cole", set(), "cole"),
    ("word " * 40, "cole", set(), "-".join([*["word"] * 14, "cole"])),
    ("word " * 40, "", set(), "-".join(["word"] * 15)),
    ("x" * 100, "cole", set(), "cole"),
])  # fmt: skip
def test_an_id_is_made_of_the_name_and_the_place(name, place, taken, made):
    assert unused_id(name, place, taken) == made
