"""What an editor, and GitHub, is told."""

from __future__ import annotations

import pytest

import build
from guide.problems import InputError, Problem


def problem(file="mo/cole.yaml", line=14, column=9, where="phones[0].number", message="is no number"):
    return Problem(file, line, column, where, message)


def test_a_problem_is_one_line_that_names_file_line_column_place_and_cause():
    assert str(problem()) == "mo/cole.yaml:14:9: phones[0].number: is no number"


def test_a_problem_of_the_whole_file_names_no_place_in_it():
    assert str(problem(line=1, column=1, where="")) == "mo/cole.yaml:1:1: is no number"


def test_problems_are_sorted_by_file_then_line_then_column():
    found = [problem(line=10), problem("mo/boone.yaml", 90), problem(line=9, column=12), problem(line=9, column=3)]
    assert [(p.file, p.line, p.column) for p in InputError(found).problems] == [
        ("mo/boone.yaml", 90, 9), ("mo/cole.yaml", 9, 3), ("mo/cole.yaml", 9, 12), ("mo/cole.yaml", 10, 9),
    ]  # fmt: skip


def test_the_same_problem_is_told_once():
    assert len(InputError([problem(), problem()]).problems) == 1


def test_the_error_reads_as_its_problems_line_by_line():
    assert str(InputError([problem(line=2), problem(line=1)])) == (
        "mo/cole.yaml:1:9: phones[0].number: is no number\nmo/cole.yaml:2:9: phones[0].number: is no number"
    )


# For GitHub, escaped as in https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts


def test_an_annotation_names_file_line_column_and_cause():
    assert problem().annotation() == (
        "::error file=mo/cole.yaml,line=14,col=9::phones[0].number: is no number"
    )


@pytest.mark.parametrize(
    ("written", "escaped"),
    [("100%", "100%25"), ("%0A", "%250A"), ("a:b,c", "a:b,c")],
    ids=["percent", "an escape", "colon and comma stay"],
)
def test_a_message_is_escaped_in_an_annotation(written, escaped):
    assert problem(where="", message=written).annotation().endswith(f"::{escaped}")


@pytest.mark.parametrize(
    ("name", "escaped"),
    [("a:b", "a%3Ab"), ("a,b", "a%2Cb"), ("50%", "50%25"), ("%3A", "%253A")],
    ids=["colon", "comma", "percent", "an escape"],
)
def test_a_file_name_is_escaped_in_an_annotation(name, escaped):
    assert f"file={escaped},line" in problem(name).annotation()


def test_no_message_can_give_github_a_second_command():
    assert "\n" not in problem(message="a\n::stop-commands::x\r\n").annotation()


def test_an_annotation_always_has_a_line_and_a_column():
    assert "line=1,col=1" in problem(line=0, column=0).annotation()


# At the command line


@pytest.fixture
def broken(project):
    path = project / "data/resources/mo/cole.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "    zzz: 1\n", encoding="utf-8")
    line = path.read_text(encoding="utf-8").count("\n")
    return project, f"data/resources/mo/cole.yaml:{line}:5: zzz: ", f"file=data/resources/mo/cole.yaml,line={line},col=5::zzz: "


def test_check_prints_each_problem_and_fails(broken, capsys, monkeypatch):
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    project, printed, _ = broken
    assert build.main(["check", "--root", str(project)]) == 1
    out, err = capsys.readouterr()
    assert printed in err
    assert "::error" not in out + err


def test_check_annotates_on_github(broken, capsys, monkeypatch):
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    project, printed, annotation = broken
    assert build.main(["check", "--root", str(project)]) == 1
    out, err = capsys.readouterr()
    assert printed in err
    assert f"::error {annotation}" in out


def test_check_passes_a_guide_without_mistakes(project, capsys):
    assert build.main(["check", "--root", str(project)]) == 0
    assert "no problem found" in capsys.readouterr().out
