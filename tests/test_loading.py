"""A load reads every file or tells why not, and what is wrong in one file hides and causes nothing in the others."""

from __future__ import annotations

import os
import re

import pytest
from sample import TODAY, copy_of_few

import build
from guide.loading import load
from guide.problems import InputError

COLE = "data/resources/mo/cole.yaml"
BAD = "    zzz: 1\n"  # below the last listing of a file


@pytest.fixture
def project(tmp_path):
    """A copy of the project with the listings of a few files, and their ids as those of the last release."""
    root = copy_of_few(tmp_path, ("mo/boone", "mo/cole", "mo/worth", "us"))
    ids = re.findall("(?m)^  - id: (.*)", "".join(path.read_text(encoding="utf-8") for path in (root / "data/resources").rglob("*.yaml")))
    (root / "data/published_ids.txt").write_text("".join(f"{one}\n" for one in sorted(ids)), encoding="utf-8")
    return root


@pytest.fixture
def bare(project):
    """A guide without listings."""
    for path in (project / "data/resources").rglob("*.yaml"):
        path.write_text("listings: []\n", encoding="utf-8")
    (project / "data/published_ids.txt").write_text("", encoding="utf-8")
    return project


# Files of listings


@pytest.mark.parametrize(
    ("data", "told"),
    [(b"", "1:1: the file is empty; a county without listings says 'listings: []'"),
     (b"listings: []\n\n\xe9\n", "3:1: is not UTF-8 text; save the file with the encoding UTF-8"),
     (b"#" * 500_001, "1:1: the file is larger than 500,000 bytes (500,001); a county's listings never are"),
     (b"listings:\n\t- x\n", "2:1: a tab; YAML knows only blanks: use two blanks for each step"),
     (b"listings:\n  - &a {id: x}\n", "2:5: '&a' is an anchor; write the value out, or put the text in quotes"),
     (b"listings:\n  - <<: {id: x}\n", "2:5: '<<' merges other values in; write them out")],
    ids=["empty", "not UTF-8", "half a MB", "tab", "anchor", "merge"],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_told_and_nothing_else(project, problems_of, data, told):
    # the ids of the last release that stood in it are not called gone
    (project / COLE).write_bytes(data)
    first, *others = problems_of(project)
    assert (first, [problem for problem in others if not problem.startswith(COLE)]) == (f"{COLE}:{told}", [])


def test_an_empty_file_is_told_by_a_load_that_knows_no_earlier_one(project):
    (project / COLE).write_bytes(b"")
    with pytest.raises(InputError, match=f"^{COLE}:1:1: the file is empty"):
        load(project, TODAY)


def test_a_symbolic_link_is_told(project, problems_of):
    path = project / COLE
    path.rename(project / "elsewhere.yaml")
    path.symlink_to(project / "elsewhere.yaml")
    assert problems_of(project) == [f"{COLE}:1:1: is a symbolic link; put the file or folder itself here"]


@pytest.mark.parametrize("file", ["data/services.yaml", "data/published_ids.txt", "data/places.csv", "content/about.md"])
def test_a_symbolic_link_in_place_of_any_other_file_is_told(project, problems_of, file):
    path = project / file
    path.rename(project / "elsewhere")
    path.symlink_to(project / "elsewhere")
    assert problems_of(project) == [f"{file}:1:1: is a symbolic link; put the file or folder itself here"]


def test_a_folder_that_is_a_symbolic_link_is_told(bare, problems_of):
    (bare / "data/resources/il").rename(bare / "il")
    (bare / "data/resources/il").symlink_to(bare / "il")
    assert problems_of(bare) == ["data/resources/il:1:1: is a symbolic link; put the file or folder itself here"]


@pytest.mark.parametrize("folder", ["data", "content"])
def test_a_whole_folder_that_is_a_symbolic_link_is_told(bare, problems_of, folder):
    (bare / folder).rename(bare / "elsewhere")
    (bare / folder).symlink_to(bare / "elsewhere")
    assert problems_of(bare) == [f"{folder}:1:1: is a symbolic link; put the folder itself here"]


def test_a_county_without_file_is_told(project, problems_of):
    (project / COLE).unlink()
    assert problems_of(project) == [f"{COLE}:1:1: is missing: Cole County needs its file; without listings it says "
                                    "'listings: []'"]


@pytest.mark.parametrize(
    ("wrong", "should"),
    [("resources/cole.yaml", "data/resources/mo/cole.yaml"), ("resources/il/cole.yaml", "data/resources/mo/cole.yaml"),
     ("resources/mo/Cole.yml", "data/resources/mo/cole.yaml"), ("resources/mo/Cole County.yaml", "data/resources/mo/cole.yaml"),
     ("resources/mo/colle.yaml", "data/resources/mo/cole.yaml"), ("mo/cole.yaml", "data/resources/mo/cole.yaml"),
     ("resources/madison.yaml", "data/resources/il/madison.yaml or data/resources/mo/madison.yaml")],
)  # fmt: skip
def test_a_file_in_the_wrong_folder_is_told_with_the_right_one(bare, problems_of, wrong, should):
    (bare / "data" / wrong).parent.mkdir(exist_ok=True)
    (bare / "data" / wrong).write_text("listings: []\n", encoding="utf-8")
    assert problems_of(bare) == [f"data/{wrong}:1:1: is not a file of the guide; it should be {should}"]


def test_a_file_that_is_no_countys_is_told(bare, problems_of):
    (bare / "data/resources/mo/notes.txt").write_text("x", encoding="utf-8")
    assert problems_of(bare) == ["data/resources/mo/notes.txt:1:1: is not a file of the guide; listings stand in "
                                 "mo/<county>.yaml, "
                                 "il/<county>.yaml, mo.yaml, il.yaml and us.yaml"]  # fmt: skip


def test_a_folder_of_no_state_is_told(bare, problems_of):
    (bare / "data/resources/ks").mkdir()
    assert problems_of(bare) == ["data/resources/ks:1:1: is not a folder of the guide; county files stand in "
                                 "data/resources/mo and "
                                 "data/resources/il"]  # fmt: skip


@pytest.mark.parametrize("name", [".DS_Store", "cole.yaml~", ".cole.yaml.swp", "Thumbs.db", ".git/x"])
def test_what_programs_leave_behind_is_passed_over(bare, problems_of, name):
    path = bare / "data/resources/mo" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("x", encoding="utf-8")
    assert problems_of(bare) == []


@pytest.mark.parametrize("name", [b"caf\xe9.yaml", b"a\nb.yaml"])
def test_a_file_with_a_strange_name_is_told_on_one_line(bare, problems_of, name):
    with open(os.path.join(os.fsencode(bare / "data/resources/mo"), name), "wb"):  # noqa: PTH118, PTH123
        pass
    [problem] = problems_of(bare)
    assert "is not a file of the guide" in problem
    assert problem.encode().count(b"\n") == 0


def test_a_folder_or_pipe_in_place_of_a_file_is_told(bare, problems_of):
    path = bare / COLE
    path.unlink()
    os.mkfifo(path)
    assert problems_of(bare) == [f"{COLE}:1:1: is not a file; put a file of this name here"]


# One mistake, one problem


@pytest.mark.parametrize(
    "file", ["services", "people", "languages", "regions", "counties", "search", "site", "open_eligibility"]
)
@pytest.mark.parametrize(
    "spoil",
    [lambda text: text + "\n%", lambda text: "", lambda text: "- a\n" + text, lambda text: "a: b\n"],
    ids=["a slip", "empty", "a list", "other keys"],
)
def test_a_broken_vocabulary_is_told_and_no_listing_that_uses_it(project, problems_of, file, spoil):
    path = project / f"data/{file}.yaml"
    path.write_text(spoil(path.read_text(encoding="utf-8")), encoding="utf-8")
    problems = problems_of(project)
    assert problems
    assert {problem.partition(":")[0] for problem in problems} == {f"data/{file}.yaml"}


@pytest.mark.parametrize("file", ["services", "people", "languages", "regions", "counties"])
def test_a_vocabulary_that_is_missing_is_told_once(project, problems_of, file):
    (project / f"data/{file}.yaml").unlink()
    assert problems_of(project) == [f"data/{file}.yaml:1:1: is missing"]


def test_a_service_that_lost_its_id_causes_no_unknown_services(project, problems_of):
    path = project / "data/services.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("- id: crisis-line\n        label", "- label"), encoding="utf-8")
    [problem] = problems_of(project)
    assert "groups[0].services[0].id: is missing: " in problem


def test_a_slip_beside_a_service_hides_no_unknown_service(project, problems_of):
    path = project / "data/services.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("label: Crisis line\n", "label:\n"), encoding="utf-8")
    path = project / COLE
    path.write_text(path.read_text(encoding="utf-8").replace("[crisis-line, "
                                                             "emergency", "[crisis-lin, emergency"), encoding="utf-8")
    told = [problem.partition(": ")[2] for problem in problems_of(project)]
    assert [problem.partition(":")[0] for problem in told] == ["services[0]", "groups[0].services[0].label"]


def test_a_broken_file_hides_no_problem_of_another(project, problems_of):
    with (project / "data/resources/mo/boone.yaml").open("a", encoding="utf-8") as file:
        file.write("\t- x\n")
    with (project / COLE).open("a", encoding="utf-8") as file:
        file.write(BAD)
    files = [problem.partition(":")[0] for problem in problems_of(project)]
    assert files == ["data/resources/mo/boone.yaml", COLE]


def test_a_listing_whose_id_cannot_be_read_is_not_called_gone_too(project, problems_of):
    path = project / "data/resources/mo/worth.yaml"
    text = path.read_text(encoding="utf-8").replace("id: worth-county-sheriffs-office", "id: Worth County")
    path.write_text(text, encoding="utf-8")
    [problem] = problems_of(project)
    assert "id: 'Worth County' is not an id" in problem


@pytest.mark.parametrize("file", ["places.csv", "county_shapes.json", "published_ids.txt", "closed.yaml"])
@pytest.mark.parametrize("data", [b"\xff\xfe\x00", b"{}"], ids=["bytes", "brackets"])
def test_any_other_broken_file_is_told(project, problems_of, file, data):
    (project / "data" / file).write_bytes(data)
    problems = problems_of(project)
    assert problems
    assert {problem.partition(":")[0] for problem in problems} == {f"data/{file}"}


@pytest.mark.parametrize(
    ("file", "text", "told"),
    [("published_ids.txt", "# a\nNot An Id\n", "2:1: 'Not An Id' is not an id"),
     ("places.csv", "zip,city,county,also_known_as\n65101,A,mo/colle,\n", "2:1: 'mo/colle' is not a county; did you mean "
                                                                          "mo/cole?"),
     ("places.csv", "zip,city,county,also_known_as\n\n6510,A,mo/cole,\n", "3:1: needs a ZIP code of 5 digits"),
     ("places.csv", "a,b\n1,2\n", "1:1: must begin with the line 'zip,city,county,also_known_as'")],
)  # fmt: skip
def test_a_wrong_line_of_a_table_is_told(bare, problems_of, file, text, told):
    (bare / "data" / file).write_text(text, encoding="utf-8")
    [problem] = problems_of(bare)
    assert problem.startswith(f"data/{file}:{told}")


def test_published_ids_may_begin_with_a_byte_order_mark(project, problems_of):
    path = project / "data/published_ids.txt"
    path.write_text("\ufeff" + path.read_text(encoding="utf-8").replace("\n", "\r\n"), encoding="utf-8", newline="")
    assert problems_of(project) == []


# Open Eligibility


def test_every_term_of_open_eligibility_names_a_service_or_people(guide):
    services = {service.id for group in guide.groups for service in group.services}
    assert {term.service for term in guide.open_eligibility.terms} <= services
    assert {term.people for term in guide.open_eligibility.people} <= {term.id for term in guide.people}
    assert (len(guide.open_eligibility.terms), len(guide.open_eligibility.people)) == (12, 14)
    assert guide.open_eligibility.license == "CC BY-SA 3.0"


def test_an_unknown_service_of_open_eligibility_is_told(project, problems_of):
    path = project / "data/open_eligibility.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("service: crisis-line", "service: crisis-lines"), encoding="utf-8")
    [problem] = problems_of(project)
    assert problem.endswith(":6: terms[0].service: 'crisis-lines' is not a service of data/services.yaml; did you mean "
                            "crisis-line?")


# At the command line


def test_check_prints_every_problem_of_a_run_sorted_and_their_count(project, capsys, monkeypatch):
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    for file in ("mo/cole", "mo/boone", "us"):
        with (project / f"data/resources/{file}.yaml").open("a", encoding="utf-8") as text:
            text.write("    yyy: 1\n" + BAD)
    assert build.main(["check", "--root", str(project)]) == 1
    *problems, count = capsys.readouterr().err.splitlines()
    files = [problem.partition(".yaml:")[0].rpartition("/")[2] for problem in problems]
    assert files == ["boone", "boone", "cole", "cole", "us", "us"]
    assert count == "6 problems; nothing was changed"


def test_an_error_leaves_the_site_untouched(project, tmp_path):
    site = tmp_path / "site"
    assert build.main(["build", "--root", str(project), "--site", str(site)]) == 0
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in site.rglob("*") if path.is_file()}
    with (project / COLE).open("a", encoding="utf-8") as text:
        text.write(BAD)
    assert build.main(["build", "--root", str(project), "--site", str(site)]) == 1
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in site.rglob("*") if path.is_file()} == before
