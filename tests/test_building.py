"""The whole build: what it makes, that it makes the same again, and that a mistake changes nothing."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from sample import EDITION, ROOT, TODAY, copy_of_few

from guide.building import Builder
from guide.making import check
from guide.model import Guide
from guide.problems import InputError
from guide.shared import shared_facts
from guide.site import data_page, pages

KEPT = ("mo/cole", "mo/worth", "il/bond")
"""The files of listings that the small project keeps: few, so that it is built quickly."""


def run(root: Path, site: Path, *, cwd: Path | None = None, **environment: str) -> subprocess.Popen[bytes]:
    """Start a build in a process of its own, with nothing in its environment but what is given."""
    needed = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    command = [sys.executable, str(ROOT / "build.py"), "--root", str(root), "--site", str(site), "--edition", str(EDITION)]
    return subprocess.Popen(command, cwd=cwd, env={**needed, **environment},
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE)  # fmt: skip


def contents(site: Path) -> dict[str, bytes]:
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def stamps(site: Path) -> dict[str, tuple[int, int, bytes]]:
    """Give what would show that somebody touched a file or folder."""
    return {
        path.relative_to(site).as_posix(): (path.stat().st_mtime_ns, path.stat().st_ino,
                                            path.read_bytes() if path.is_file() else b"")
        for path in (site, *site.rglob("*"))
    }  # fmt: skip


def differing(one: dict[str, bytes], other: dict[str, bytes]) -> set[str]:
    return {name for name in one.keys() | other.keys() if one.get(name) != other.get(name)}


def replace_in(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{path} no longer holds {old!r}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The whole guide, as built by two processes which have nothing in common but the data and the day."""
    folder = tmp_path_factory.mktemp("whole")
    for place in ("one", "another place/ö"):
        for name in ("data", "content", "templates"):
            shutil.copytree(ROOT / name if place == "one" else folder / "one" / name, folder / place / name)
    one = run(folder / "one", folder / "site", cwd=ROOT, PYTHONHASHSEED="1", TZ="Pacific/Kiritimati", LC_ALL="C",
              PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")  # fmt: skip
    other = run(folder / "another place/ö", folder / "another site", cwd=folder, PYTHONHASHSEED="4242",
                TZ="America/Adak", LANG="C.UTF-8", LC_ALL="C.UTF-8", HOME="/nowhere", COLUMNS="20")  # fmt: skip
    for process in (one, other):
        _, errors = process.communicate()
        assert (process.returncode, errors.decode()) == (0, "")
    built = contents(folder / "site")
    built["differing"] = "\n".join(sorted(differing(built, contents(folder / "another site")))).encode()
    return built


@pytest.fixture(scope="module")
def small_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = copy_of_few(tmp_path_factory.mktemp("small"), KEPT)
    Builder(root, root / "site").build(EDITION, TODAY)
    return root


@pytest.fixture
def small(small_template: Path, tmp_path: Path) -> Path:
    """A built project of few listings, to change."""
    return Path(shutil.copytree(small_template, tmp_path / "small"))


def build(root: Path, site: str = "site") -> dict[str, bytes]:
    Builder(root, root / site).build(EDITION, TODAY)
    return contents(root / site)


# What it makes

def test_there_are_115_missouri_counties_and_8_of_illinois(whole: dict[str, bytes]) -> None:
    counties = [name.split("/")[0] for name in whole if name.startswith(("mo/", "il/"))]
    assert (counties.count("mo"), counties.count("il")) == (115, 8)


def test_each_county_region_service_and_listing_has_its_page(whole: dict[str, bytes], guide: Guide) -> None:
    wanted = {f"{county.id}.html" for county in guide.counties}
    wanted |= {f"regions/{region.id}.html" for region in guide.regions.regions}
    wanted |= {f"services/{service.id}.html" for group in guide.groups for service in group.services}
    wanted |= {f"listings/{listing.id}.html" for listing in (*guide.listings, *guide.closed)}
    assert wanted - whole.keys() == set()


def test_every_page_stands_in_the_site_map(whole: dict[str, bytes], guide: Guide) -> None:
    shared = shared_facts(guide, EDITION)
    mapped = [page.address for page in (*pages(shared), data_page(shared))]
    assert len(mapped) == len(set(mapped)), "two pages of the site map have one address"
    assert {name for name in whole if name.endswith(".html")} == set(mapped)


def test_the_same_data_and_day_give_the_same_bytes_wherever_they_are_built(whole: dict[str, bytes]) -> None:
    assert whole["differing"].decode() == ""


# Mistakes

@pytest.fixture
def spoilt(small: Path) -> Path:
    """A built project with three mistakes in three files."""
    replace_in(small / "data/resources/mo/worth.yaml", "660-564-2222", "660-564-222")
    replace_in(small / "data/resources/mo/worth.yaml", "[law-enforcement]", "[law-enforcment]")
    replace_in(small / "data/resources/mo/cole.yaml", "    summary:", "    sumary:")
    (small / "content/about.md").write_text("No head.\n", encoding="utf-8")
    return small


MISTAKES = ("data/resources/mo/worth.yaml", "660-564-222", "law-enforcment", "data/resources/mo/cole.yaml", "sumary",
            "content/about.md")  # fmt: skip


def test_a_mistake_leaves_the_site_untouched(spoilt: Path) -> None:
    before = stamps(spoilt / "site")
    process = run(spoilt, spoilt / "site")
    process.communicate()
    assert process.returncode == 1
    assert stamps(spoilt / "site") == before
    assert not (spoilt / ".site.new").exists()


def test_every_mistake_is_told_at_once(spoilt: Path) -> None:
    output, errors = run(spoilt, spoilt / "site").communicate()
    assert [mistake for mistake in MISTAKES if mistake not in errors.decode()] == []
    assert "::error" not in output.decode()


def test_on_github_every_mistake_is_an_annotation_too(spoilt: Path) -> None:
    output, errors = run(spoilt, spoilt / "site", GITHUB_ACTIONS="true").communicate()
    marked = [line for line in output.decode().splitlines() if line.startswith("::error file=")]
    assert [mistake for mistake in MISTAKES if not any(mistake in line for line in marked)] == []
    assert all(",line=" in line for line in marked)
    assert [mistake for mistake in MISTAKES if mistake not in errors.decode()] == []


def test_a_fault_in_a_template_leaves_the_site_untouched_and_names_the_file(small: Path) -> None:
    replace_in(small / "templates/pages/region.html", "{% block content %}", "{% block content %}{{ nobody.knows }}")
    before = stamps(small / "site")
    process = run(small, small / "site")
    _, errors = process.communicate()
    assert process.returncode == 1
    assert "templates/pages/region.html" in errors.decode()
    assert "Traceback" not in errors.decode()
    assert stamps(small / "site") == before


@pytest.mark.parametrize("file", ["pages/region.html", "parts/phones.html", "assets/search/rank.js"])
def test_a_template_that_is_not_utf_8_is_told_with_its_place(small: Path, file: str) -> None:
    path = small / "templates" / file
    lines = path.read_bytes().count(b"\n")
    path.write_bytes(path.read_bytes() + b"caf\xe9\n")
    before = stamps(small / "site")
    process = run(small, small / "site")
    _, errors = process.communicate()
    assert process.returncode == 1
    assert errors.decode().startswith(f"templates/{file}:{lines + 1}:4: is not UTF-8 text")
    assert stamps(small / "site") == before


def test_all_styles_scripts_and_pictures_that_not_every_disk_can_hold_are_told(small: Path) -> None:
    before = stamps(small / "site")
    assets = small / "templates/assets"
    for name in (b"what?.svg", b"caf\xe9.svg", "caf\u00e9.svg".encode(), b"con.svg", b"Guide.css", b"search/ends."):
        Path(os.fsdecode(bytes(assets) + b"/" + name)).touch()
    (assets / "linked.svg").symlink_to(assets / "guide.css")
    process = run(small, small / "site")
    _, errors = process.communicate()
    assert process.returncode == 1
    assert stamps(small / "site") == before
    told = re.findall(r"(?m)^templates/assets/(.*?):1:1: (.*)$", errors.decode())
    plain = "is no name for every disk: use letters from A to Z, digits, blanks, '.', '_' and '-'"
    assert sorted(told) == sorted([
        ("linked.svg", "is a symbolic link; put the file itself here"),
        ("caf\u00e9.svg", f"'caf\u00e9.svg' {plain}"),
        ("caf?.svg", f"'caf?.svg' {plain}"),
        ("con.svg", "Windows can have no file 'con.svg'; choose another name"),
        ("guide.css", "'assets/guide.css' and 'assets/Guide.css' are the same on Windows and on most sticks; rename one"),
        ("search/ends.", f"'ends.' {plain}"),
        ("what?.svg", f"'what?.svg' {plain}"),
    ])


def test_a_file_in_the_site_whose_name_is_no_unicode_goes_as_any_other_that_is_none_of_ours(small: Path) -> None:
    builder = Builder(small, small / "site")
    builder.build(EDITION, TODAY)
    before = contents(small / "site")
    Path(os.fsdecode(bytes(small / "site") + b"/caf\xe9.html")).touch()
    for _ in range(2):
        Builder(small, small / "site").build(EDITION, TODAY)
        assert contents(small / "site") == before


def test_a_style_or_script_that_is_gone_is_told_wherever_it_is_named(small: Path) -> None:
    before = stamps(small / "site")
    for name in ("guide.css", "sorting.js"):
        (small / "templates/assets" / name).unlink()
    process = run(small, small / "site")
    _, errors = process.communicate()
    assert process.returncode == 1
    assert stamps(small / "site") == before
    told = re.findall(r"(?m)^templates/(\S+)\.html:\d+:\d+: 'assets/(\S+)' is not there", errors.decode())
    assert sorted(told) == [("base", "guide.css"), ("pages/coverage", "sorting.js"), ("pages/neutral", "guide.css"),
                            ("pages/region", "sorting.js"), ("pages/start", "guide.css")]  # fmt: skip


def test_a_check_tells_that_too(small: Path) -> None:
    (small / "templates/assets/exit.js").unlink()
    with pytest.raises(InputError, match=r"templates/base.html:17:.*'assets/exit.js' is not there"):
        check(small, TODAY)


# Building again

def test_a_second_build_touches_nothing(small: Path) -> None:
    before = stamps(small / "site")
    build(small)
    assert stamps(small / "site") == before


def test_a_changed_listing_changes_only_the_pages_that_show_it(small: Path) -> None:
    before, old = stamps(small / "site"), contents(small / "site")
    replace_in(small / "data/resources/mo/worth.yaml", "660-564-2222", "660-564-2223")
    new = build(small)
    shows = {"listings/worth-county-sheriffs-office.html", "mo/worth.html", "services/law-enforcement.html"}
    changed = {name for name in differing(old, new) if "/" in name and name.endswith(".html")}
    assert changed == shows
    after = stamps(small / "site")
    same = old.keys() - differing(old, new)
    assert [name for name in sorted(same) if before[name] != after[name]] == []


def test_the_page_of_a_listing_that_is_gone_goes(small: Path) -> None:
    (small / "data/resources/mo/worth.yaml").write_text("listings: []\n", encoding="utf-8")
    new = build(small)
    assert "listings/worth-county-sheriffs-office.html" not in new
    assert [name for name, text in new.items() if b"worth-county-sheriffs-office" in text] == []


def test_a_closed_listing_keeps_its_page_and_is_no_longer_offered(small: Path) -> None:
    (small / "data/resources/mo/worth.yaml").write_text("listings: []\n", encoding="utf-8")
    (small / "data/closed.yaml").write_text(
        "closed:\n- {id: worth-county-sheriffs-office, name: Worth County Sheriff, area: mo/worth, on: 2026-10}\n",
        encoding="utf-8")  # fmt: skip
    new = build(small)
    page = new["listings/worth-county-sheriffs-office.html"].decode()
    assert "closed" in page.lower() and "October 2026" in page
    assert b"listings/worth-county-sheriffs-office.html" not in new["mo/worth.html"]


CHANGES = [
    ("data/resources/mo/worth.yaml", "660-564-2222", "660-564-2223"),
    ("data/services.yaml", "label: ", "label: Very "),
    ("data/people.yaml", "label: ", "label: most "),
    ("data/regions.yaml", "name: ", "name: Far "),
    ("data/site.yaml", "shown: '988'", "shown: '9-8-8'"),
    ("data/county_shapes.json", "\"height\":871", "\"height\":971"),
    ("content/about.md", "title: ", "title: All "),
    ("templates/parts/phones.html", "{% macro", "changed {% macro"),
    ("templates/assets/guide.css", "#fbfaf6", "#fbfaf7"),
]


def test_a_builder_that_is_kept_builds_what_a_new_one_does(small: Path) -> None:
    kept = Builder(small, small / "site")
    kept.build(EDITION, TODAY)
    for file, old, new in CHANGES:
        replace_in(small / file, old, new)
        kept.build(EDITION, TODAY)
        new = Builder(small, small / "new site").make(EDITION, TODAY).site
        assert differing(contents(small / "site"), {name: new[name] for name in new}) == set(), f"after a change of {file}"


def test_a_guide_without_listings_is_built(bare, tmp_path):
    built = Builder(bare, tmp_path / "site").build(EDITION, TODAY)
    assert built.listings == 0 and (tmp_path / "site/mo/cole.html").is_file()
