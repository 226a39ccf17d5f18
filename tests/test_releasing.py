"""What a release notes: every id that is then a page's address for good."""

from __future__ import annotations

import pytest
from sample import TODAY

import build
from guide.problems import InputError
from guide.releasing import add_published_ids

NEW = "  - {id: a-new-house, name: New, summary: Helps., services: [crisis-line], sources: [{title: A list}]}\n"
CLOSED = "closed:\n  - {id: an-old-house, name: Old, area: mo/cole, on: 2024}\n"


@pytest.fixture
def added(project):
    """A guide with one listing more than its last release."""
    with (project / "data/resources/us.yaml").open("a", encoding="utf-8") as file:
        file.write(NEW)
    return project


def test_new_ids_are_added_sorted_below_the_head(added):
    path = added / "data/published_ids.txt"
    before = path.read_text(encoding="utf-8").splitlines()
    assert add_published_ids(added, TODAY) == ["a-new-house"]
    after = path.read_text(encoding="utf-8").splitlines()
    head = [line for line in before if line.startswith("#")]
    assert after == [*head, *sorted({*before, "a-new-house"} - {*head})]


def test_a_release_without_new_ids_changes_nothing(project):
    path = project / "data/published_ids.txt"
    before = (path.read_bytes(), path.stat().st_mtime_ns)
    assert add_published_ids(project, TODAY) == []
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before


def test_an_id_is_noted_though_its_listing_is_closed(project):
    (project / "data/closed.yaml").write_text(CLOSED, encoding="utf-8")
    assert add_published_ids(project, TODAY) == ["an-old-house"]


def test_a_noted_id_cannot_vanish_unseen(added, problems_of):
    add_published_ids(added, TODAY)
    path = added / "data/resources/us.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace(NEW, ""), encoding="utf-8")
    [problem] = problems_of(added)
    assert "the listing 'a-new-house' of the last release is gone" in problem


def test_a_file_saved_elsewhere_is_read_and_written_plainly(added):
    path = added / "data/published_ids.txt"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert add_published_ids(added, TODAY) == ["a-new-house"]
    assert path.read_bytes().startswith(b"# Every id")
    assert b"\r" not in path.read_bytes()


def test_ids_of_a_guide_with_mistakes_are_not_noted(added):
    path = added / "data/published_ids.txt"
    before = path.read_bytes()
    with (added / "data/resources/us.yaml").open("a", encoding="utf-8") as file:
        file.write("    zzz: 1\n")
    with pytest.raises(InputError):
        add_published_ids(added, TODAY)
    assert path.read_bytes() == before


def test_the_command_tells_what_it_noted(added, capsys):
    assert build.main(["ids", "--root", str(added)]) == 0
    assert capsys.readouterr().out == "1 new ids in data/published_ids.txt\n  a-new-house\n"
