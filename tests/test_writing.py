"""The site folder: what a build promises about it, also where the build is killed."""

from __future__ import annotations

import errno
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide import writing
from guide.spool import Files, Spool
from guide.writing import Busy, NotOurs, Written, plan, recover, write_site

HERE = Path(__file__).resolve().parents[1]
posix = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and SIGKILL")


def edition(letter: str, *names: str) -> dict[str, bytes]:
    """Make a guide in which every file tells which edition it belongs to."""
    names = names or ("index.html", "mo/cole.html", "mo/boone.html", "services/legal/aid.html")
    files = {name: f"{name} of edition {letter}".encode() for name in names}
    return files | {"edition.txt": f"Missouri resource guide, edition {letter}\n".encode()}


def standing(folder: Path) -> dict[str, bytes]:
    """Read back every file in a folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if not path.is_dir()
    }


def beside(site: Path) -> set[str]:
    """List what stands beside the site, but for the lock, and its twin if that has the very same files."""
    twin = site.with_name(f".{site.name}.twin")
    known = {site.name, f".{site.name}.lock"} | ({twin.name} if numbers(twin) == numbers(site) else set())
    return {path.name for path in site.parent.iterdir()} - known


def numbers(folder: Path) -> dict[str, int]:
    """Give the number on the disk of every file in a folder, and 0 for every folder."""
    return {
        path.relative_to(folder).as_posix(): 0 if path.is_dir() else path.lstat().st_ino
        for path in folder.rglob("*")
    }


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return tmp_path / "site"


# What is written


def test_the_folder_holds_exactly_the_files(site: Path) -> None:
    assert write_site(edition("A"), site) == Written(5, 0, 0, 0)
    assert standing(site) == edition("A")
    assert beside(site) == set()


def test_many_files_are_written_by_two_processes_and_the_last_is_as_whole_as_the_first(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "_MANY", 10)
    for letter in "AB":
        many = edition(letter, *(f"mo/{number}.html" for number in range(700)))
        files = Files(Spool())
        files.put((name, content * 1_000) for name, content in many.items())
        write_site(files, site)
        assert standing(site) == dict(files)
        assert numbers(site.with_name(".site.twin")) == numbers(site)


def test_folders_above_are_made(tmp_path: Path) -> None:
    write_site(edition("A"), tmp_path / "new/place/site")
    assert standing(tmp_path / "new/place/site") == edition("A")


def test_only_what_changes_is_touched(site: Path) -> None:
    write_site(edition("A"), site)
    for path in site.rglob("*.html"):
        os.utime(path, ns=(1_000_000_007, 1_000_000_007))
    before = {path: path.stat() for path in site.rglob("*.html")}
    files = edition("A") | {"mo/cole.html": b"another", "new.html": b"new"}
    del files["services/legal/aid.html"]
    assert write_site(files, site) == Written(added=1, changed=1, removed=1, unchanged=3)
    assert standing(site) == files
    for path in (site / "index.html", site / "mo/boone.html"):
        now = path.stat()
        assert (now.st_ino, now.st_mtime_ns) == (before[path].st_ino, before[path].st_mtime_ns)
        assert now.st_nlink == 2, "it has a name in the site and one in its twin"


@pytest.mark.parametrize("now", [b"", b"same size, else", b"longer than it was", b"shorter"])
def test_any_other_bytes_are_a_change(site: Path, now: bytes) -> None:
    write_site(edition("A") | {"index.html": b"same size, that"}, site)
    assert write_site(edition("A") | {"index.html": now}, site) == Written(0, 1, 0, 4)
    assert (site / "index.html").read_bytes() == now


def test_a_file_spoilt_by_hand_is_mended(site: Path) -> None:
    write_site(edition("A"), site)
    spoilt = site / "index.html"
    size_and_time = spoilt.stat()
    spoilt.write_bytes(spoilt.read_bytes().replace(b"A", b"X"))
    os.utime(spoilt, ns=(size_and_time.st_atime_ns, size_and_time.st_mtime_ns))
    write_site(edition("A"), site)
    assert standing(site) == edition("A")


@posix
def test_nothing_changed_touches_nothing(site: Path) -> None:
    write_site(edition("A"), site)
    folder = site.stat()

    def build() -> None:
        touching = {"os.rename", "os.link", "os.remove", "os.rmdir", "os.utime"}

        def refuse(event: str, arguments: tuple[Any, ...]) -> None:
            assert event not in touching, (event, arguments)
            assert event != "open" or "lock" in str(arguments[0]) or not arguments[2] & os.O_WRONLY

        sys.addaudithook(refuse)
        assert write_site(edition("A"), site) == Written(0, 0, 0, 5)

    assert in_child(build) == 0
    assert beside(site) == set()
    assert (site.stat().st_ino, site.stat().st_mtime_ns) == (folder.st_ino, folder.st_mtime_ns)


def test_what_is_not_in_the_guide_goes(site: Path) -> None:
    write_site(edition("A"), site)
    (site / ".hidden").write_text("hidden")
    (site / "gone/deep").mkdir(parents=True)
    (site / "gone/deep/page.html").write_text("old")
    assert write_site(edition("A"), site) == Written(0, 0, 2, 5)
    assert standing(site) == edition("A")
    assert not (site / "gone").exists()


def test_an_empty_folder_goes(site: Path) -> None:
    write_site(edition("A"), site)
    (site / "empty/deep").mkdir(parents=True)
    assert write_site(edition("A"), site) == Written(0, 0, 0, 5)
    assert not (site / "empty").exists()


def test_a_file_gives_way_to_a_folder_and_back(site: Path) -> None:
    write_site(edition("A", "mo"), site)
    write_site(edition("B", "mo/cole.html"), site)
    assert standing(site) == edition("B", "mo/cole.html")
    write_site(edition("A", "mo"), site)
    assert standing(site) == edition("A", "mo")


@posix
def test_links_in_the_site_go_and_what_they_name_stays(site: Path, tmp_path: Path) -> None:
    write_site(edition("A"), site)
    (tmp_path / "documents").mkdir()
    letter = tmp_path / "documents/letter"
    letter.write_bytes(edition("A")["index.html"])
    (site / "folder").symlink_to(tmp_path / "documents")
    (site / "index.html").unlink()
    (site / "index.html").symlink_to(letter)
    assert write_site(edition("A"), site) == Written(0, 1, 1, 4)
    assert standing(site) == edition("A")
    assert not (site / "index.html").is_symlink()
    assert letter.read_bytes() == edition("A")["index.html"]


def test_planning_touches_nothing(site: Path) -> None:
    assert plan(edition("A"), site).written == Written(5, 0, 0, 0)
    assert not site.parent.joinpath("site").exists()
    write_site(edition("A"), site)
    assert plan(edition("B", "index.html"), site).written == Written(0, 2, 3, 0)
    assert standing(site) == edition("A")


addresses = st.lists(st.sampled_from(["a", "b", "c.html", ".d", "é"]), min_size=1, max_size=3)
guides = st.dictionaries(addresses.map("/".join), st.binary(max_size=3), max_size=6).filter(
    lambda files: not any(b.startswith(a + "/") for a in files for b in files)
)


@given(before=guides, after=guides)
def test_whatever_stood_there_the_new_guide_stands(
    before: dict[str, bytes], after: dict[str, bytes]
) -> None:
    marker = {"edition.txt": b"Missouri resource guide\n"}
    with tempfile.TemporaryDirectory() as name:
        site = Path(name, "site")
        write_site(before | marker, site)
        written = write_site(after | marker, site)
        assert standing(site) == after | marker
    same = sum(before.get(name) == content for name, content in after.items()) + 1
    assert written.unchanged == same
    assert written.added == len(after.keys() - before.keys())
    assert written.removed == len(before.keys() - after.keys())
    assert written.changed == len(after.keys() & before.keys()) + 1 - same


@posix
@pytest.mark.parametrize("now", [edition("A") | {"mo/cole.html": b"new"}, edition("A", "index.html")])
def test_a_disk_without_hard_links_gets_copies_with_their_times(site: Path, now: dict[str, bytes]) -> None:
    write_site(edition("A"), site)
    shutil.rmtree(site.with_name(".site.twin"))  # there, it has none
    os.utime(site / "index.html", (1, 1))

    def build() -> None:
        def refuse(event: str, _arguments: object) -> None:
            if event == "os.link":
                raise PermissionError(errno.EPERM, "no hard links here")

        sys.addaudithook(refuse)
        write_site(now, site)

    assert in_child(build) == 0
    assert standing(site) == now
    assert (site / "index.html").stat().st_mtime == 1
    assert not site.with_name(".site.twin").exists(), "copies take room"


# The twin


def test_the_twin_has_the_files_of_the_site_and_no_older_ones(site: Path) -> None:
    for letter, names in (("A", ()), ("A", ("index.html", "mo")), ("B", ("index.html", "mo/cole.html"))):
        write_site(edition(letter, *names), site)
        assert numbers(site.with_name(".site.twin")) == numbers(site)


@posix
def test_what_stays_is_not_named_anew(site: Path) -> None:
    write_site(edition("A"), site)

    def build() -> None:
        named: list[str] = []
        sys.addaudithook(lambda event, arguments: named.append(str(arguments[1])) if event == "os.link" else None)
        write_site(edition("A") | {"index.html": b"new"}, site)
        assert named == [f"{site.with_name('.site.new')}/index.html"], "for the twin"

    assert in_child(build) == 0


@given(before=guides, after=guides, spoilt=guides, empty=st.booleans())
def test_a_twin_is_never_trusted(
    before: dict[str, bytes], after: dict[str, bytes], spoilt: dict[str, bytes], empty: bool
) -> None:
    marker = {"edition.txt": b"Missouri resource guide\n"}
    with tempfile.TemporaryDirectory() as name:
        site, twin = Path(name, "site"), Path(name, ".site.twin")
        write_site(before | marker, site)
        shutil.rmtree(twin)
        write_site(spoilt | marker, twin)
        shutil.rmtree(twin.with_name("..site.twin.twin"))
        (twin / "link").symlink_to(site)
        if empty:
            shutil.rmtree(twin)
            twin.mkdir()
        written = write_site(after | marker, site)
        assert standing(site) == after | marker
        if written.added or written.changed or written.removed:
            assert beside(site) == {"..site.twin.lock"}


def test_a_site_that_was_taken_away_is_made_anew(site: Path) -> None:
    write_site(edition("A"), site)
    shutil.rmtree(site)
    assert write_site(edition("A", "mo"), site) == Written(2, 0, 0, 0)
    assert standing(site) == edition("A", "mo")
    assert beside(site) == set()


# What is refused


def build_b(site: Path) -> None:
    write_site(edition("B"), site)


@pytest.mark.parametrize(
    "address",
    ["", "/etc/hosts", "../up.html", "mo/../../up.html", "./x", "mo/.", "mo//cole.html", "mo/",
     "mo\\cole.html", "C:x", "a\0b", "a\nb", "what?.html", "ends.", "ends /x"],
)  # fmt: skip
def test_addresses_that_not_every_disk_can_hold(site: Path, address: str) -> None:
    with pytest.raises(ValueError, match="address"):
        write_site(edition("A") | {address: b""}, site)
    assert list(site.parent.iterdir()) == []


@pytest.mark.parametrize(
    "twins", [("A.html", "a.html"), ("mo/x.html", "Mo/y.html"), ("é.html", "e\u0301.html")]
)
def test_twins_on_a_disk_that_ignores_case(site: Path, twins: tuple[str, str]) -> None:
    with pytest.raises(ValueError, match="same file"):
        write_site(edition("A", *twins), site)


def test_an_address_cannot_be_a_file_and_a_folder(site: Path) -> None:
    with pytest.raises(ValueError, match="'mo' is both"):
        write_site(edition("A", "mo", "mo/cole.html"), site)


@pytest.mark.parametrize("marker", [{}, {"edition.txt": b"Something else"}])
def test_a_guide_without_its_marker(site: Path, marker: dict[str, bytes]) -> None:
    with pytest.raises(ValueError, match=r"edition\.txt"):
        write_site({"index.html": b""} | marker, site)


@pytest.mark.parametrize(
    "documents",
    [
        {"letter.txt": "dear"},
        {".hidden": ""},
        {"edition.txt": "My novel, second edition"},
        {"edition.txt": "", "letter.txt": "dear"},
        {"deep/er/letter.txt": "dear"},
    ],
)
def test_documents_of_somebody_are_never_touched(tmp_path: Path, documents: dict[str, str]) -> None:
    folder = tmp_path / "Documents"
    for name, text in documents.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    with pytest.raises(NotOurs, match=r"Documents holds files .* name another folder"):
        write_site(edition("A"), folder)
    assert standing(folder) == {name: text.encode() for name, text in documents.items()}
    assert list(tmp_path.iterdir()) == [folder]


@pytest.mark.parametrize(
    ("purpose", "act"), [("new", recover), ("old", recover), *((name, build_b) for name in ("new", "old", "twin"))]
)
def test_nor_where_they_bear_a_name_that_a_build_uses(
    site: Path, purpose: str, act: Callable[[Path], object]
) -> None:
    write_site(edition("A"), site)
    shutil.rmtree(site.with_name(".site.twin"))
    theirs = site.with_name(f".site.{purpose}")
    theirs.mkdir()
    (theirs / "letter.txt").write_text("dear")
    with pytest.raises(NotOurs, match=purpose):
        act(site)
    assert standing(site) == edition("A")
    assert standing(theirs) == {"letter.txt": b"dear"}


def test_an_empty_folder_is_taken(site: Path) -> None:
    site.mkdir()
    write_site(edition("A"), site)
    assert standing(site) == edition("A")


def test_a_file_in_place_of_the_folder(site: Path) -> None:
    site.write_text("dear")
    with pytest.raises(NotOurs, match="a link or a file"):
        write_site(edition("A"), site)
    assert site.read_text() == "dear"


@posix
def test_a_link_in_place_of_the_folder(site: Path, tmp_path: Path) -> None:
    write_site(edition("A"), tmp_path / "elsewhere")
    for target in ("elsewhere", "nowhere"):
        site.symlink_to(target)
        with pytest.raises(NotOurs, match="a link or a file"):
            write_site(edition("B"), site)
        site.unlink()
    assert standing(tmp_path / "elsewhere") == edition("A")


# What a fault of the disk leaves


def test_a_place_that_cannot_hold_a_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("dear")
    with pytest.raises(OSError, match="file"):
        write_site(edition("A"), tmp_path / "file/site")
    assert recover(tmp_path / "file/site") is False
    assert recover(tmp_path / "nowhere/site") is False
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


@posix
@pytest.mark.parametrize("many", [4_000, 1], ids=["one process", "two processes"])
def test_a_write_that_fails_leaves_the_old_guide(site: Path, monkeypatch: pytest.MonkeyPatch, many: int) -> None:
    import resource

    monkeypatch.setattr(writing, "_MANY", many)
    write_site(edition("A"), site)
    before = site.stat()

    def build() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
        with pytest.raises(OSError, match="site") as caught:
            write_site(edition("B") | {"large.html": b"x" * 100_000}, site)
        assert caught.value.errno == errno.EFBIG
        assert caught.value.filename

    assert in_child(build) == 0
    assert standing(site) == edition("A")
    assert site.stat().st_ino == before.st_ino
    assert beside(site) == set()


FULL_DISK = """
import errno, os, subprocess, sys
from pathlib import Path
from tests.test_writing import beside, edition, standing
from guide.writing import write_site

def mount(*options):
    subprocess.run(["mount", *options, disk], check=True)

disk = sys.argv[1]
site = Path(disk, "site")
mount("-t", "tmpfs", "-o", "size=200k", "tmpfs")
write_site(edition("A"), site)
for name, content, wanted, words in (
    ("large.html", b"x" * 400_000, errno.ENOSPC, "No space left"),
    ("index.html", b"new", errno.EROFS, "Read-only"),
):
    try:
        write_site(edition("A") | {name: content}, site)
    except OSError as error:
        assert error.errno == wanted and words in str(error) and error.filename, error
    else:
        raise AssertionError("nothing was raised")
    assert standing(site) == edition("A")
    assert beside(site) == set()
    mount("-o", "remount,ro")
"""


@posix
def test_a_full_and_a_read_only_disk_leave_the_old_guide(site: Path, tmp_path: Path) -> None:
    write_site(edition("A"), site)
    for number, refused in ((errno.ENOSPC, "index.html"), (errno.EROFS, ".site.lock")):

        def build(number: int = number, refused: str = refused) -> None:
            def refuse(event: str, arguments: Any) -> None:
                if event == "open" and arguments[2] & os.O_CREAT and str(arguments[0]).endswith(refused):
                    raise OSError(number, os.strerror(number))

            sys.addaudithook(refuse)
            with pytest.raises(OSError, match=os.strerror(number)) as caught:
                write_site(edition("B"), site)
            assert caught.value.errno == number

        assert in_child(build) == 0
        assert standing(site) == edition("A")
        assert beside(site) == set()
    # and a real one, where there is leave to mount a disk of one's own
    apart = ["unshare", "--mount", "--map-root-user"]
    if shutil.which("unshare") and subprocess.run([*apart, "true"], check=False).returncode == 0:
        command = [*apart, sys.executable, "-c", FULL_DISK, str(tmp_path)]
        subprocess.run(command, check=True, cwd=HERE)


@posix
def test_a_second_build_is_refused_at_once_and_a_killed_one_does_not_stand_in_the_way(
    site: Path,
) -> None:
    write_site(edition("A"), site)
    arrived, arrival = os.pipe()

    def build() -> None:
        def stop(event: str, arguments: tuple[Any, ...]) -> None:
            if event == "os.rename" and str(arguments[0]) == str(site):
                os.write(arrival, b"!")
                signal.pause()

        sys.addaudithook(stop)
        write_site(edition("B"), site)

    child = begin(build)
    try:
        os.read(arrived, 1)
        with pytest.raises(Busy, match=r"another build is writing .*site; wait"):
            write_site(edition("C"), site)
        assert recover(site) is False
        assert beside(site) == {".site.new"}
        assert standing(site) == edition("A")
    finally:
        os.kill(child, signal.SIGKILL)
        end(child)
        os.close(arrived)
        os.close(arrival)
    write_site(edition("C"), site)
    assert standing(site) == edition("C")


# What a kill leaves


def begin(act: Callable[[], None]) -> int:
    """Do something in a process of its own; give its number."""
    child = os.fork()
    if child:
        return child
    status = 1
    try:
        act()
        status = 0
    except BaseException:  # noqa: BLE001  nothing of the parent's may run in the child
        traceback.print_exc()
    finally:
        os._exit(status)


def end(child: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def in_child(act: Callable[[], None]) -> int:
    """Do something in a process of its own; give its exit status, negative for a signal."""
    return end(begin(act))


def at_each_system_call(act: Callable[[], object]) -> Callable[[], None]:
    """Call something before each call that Python makes into the system or into an open file."""

    def watch(_frame: FrameType, event: str, function: Any) -> None:
        if event == "c_call":
            owner = getattr(function, "__module__", None) or type(function.__self__).__module__
            if owner in ("posix", "io", "_io"):
                act()

    return lambda: sys.setprofile(watch)


def dying(act: Callable[[], object], step: int) -> Callable[[], None]:
    """Do something, but be killed before its n-th call into the system."""
    steps = iter(range(step))

    def die_at_the_last() -> None:
        if next(steps, None) is None:
            os.kill(os.getpid(), signal.SIGKILL)

    def run() -> None:
        at_each_system_call(die_at_the_last)()
        act()
        sys.setprofile(None)

    return run


def kills(act: Callable[[], object]) -> Iterator[int]:
    """Kill something before its first, second, third … call into the system, until it survives."""
    for step in range(100_000):
        status = in_child(dying(act, step))
        if status == 0:
            assert step > 20, "too few calls were seen for this to have tested anything"
            return
        assert status == -signal.SIGKILL
        yield step


@posix
@pytest.mark.parametrize("old", [{}, edition("A"), edition("A", "index.html", "il/bond.html")])
def test_killed_at_any_call_the_old_or_the_new_guide_stands(
    site: Path, old: dict[str, bytes]
) -> None:
    new = edition("B") | {"index.html": edition("A")["index.html"]}
    absent = 0

    def restore() -> None:
        shutil.rmtree(site, ignore_errors=True)
        if old:
            write_site(old, site)

    restore()
    for _ in kills(lambda: write_site(new, site)):
        before = standing(site)
        if old and not site.exists():
            absent += 1
            assert standing(site.with_name(".site.old")) == old
            before = old
        assert before in (old, new)
        recover(site)
        assert standing(site) == before
        assert beside(site) == set()
        restore()
    assert standing(site) == new
    assert not old or absent == 1


@posix
def test_killed_between_the_two_renames_the_old_guide_is_put_back(site: Path) -> None:
    def build() -> None:
        def die(event: str, arguments: tuple[Any, ...]) -> None:
            if event == "os.rename" and str(arguments[1]) == str(site):
                os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(die)
        write_site(edition("B"), site)

    write_site(edition("A"), site)
    assert in_child(build) == -signal.SIGKILL
    assert not site.exists()
    assert beside(site) == {".site.old", ".site.new"}
    assert recover(site) is True
    assert standing(site) == edition("A")
    assert beside(site) == set()
    assert recover(site) is False
    assert in_child(build) == -signal.SIGKILL
    assert write_site(edition("A"), site) == Written(0, 0, 0, 5), "a build recovers by itself"


@posix
def test_recovering_may_be_killed_too(site: Path, tmp_path: Path) -> None:
    def killed_between_renames() -> None:
        for path in tmp_path.iterdir():
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        write_site(edition("A"), site.with_name(".site.old"))
        write_site(edition("B"), site.with_name(".site.new"))

    killed_between_renames()
    for _ in kills(lambda: recover(site)):
        assert standing(site) in ({}, edition("A"))
        recover(site)
        assert standing(site) == edition("A")
        killed_between_renames()


@posix
def test_a_rename_that_fails_puts_the_old_guide_back(site: Path) -> None:
    write_site(edition("A"), site)

    def build() -> None:
        renames = iter((".site.new to site",))

        def refuse(event: str, arguments: tuple[Any, ...]) -> None:
            if event == "os.rename" and str(arguments[1]) == str(site) and next(renames, None):
                raise PermissionError(errno.EACCES, "Access is denied")

        sys.addaudithook(refuse)
        with pytest.raises(PermissionError, match="open in a program"):
            write_site(edition("B"), site)

    assert in_child(build) == 0
    assert standing(site) == edition("A")
    assert beside(site) == set()


@posix
def test_fifty_kills_at_random_moments(site: Path) -> None:
    names = [f"{folder}/{number}.html" for folder in ("mo", "il", "") for number in range(100)]
    guides = [edition(letter, *(name.lstrip("/") for name in names)) for letter in "AB"]
    chance = random.Random(20261124)
    write_site(guides[0], site)
    seen = set()
    for _ in range(50):
        progress, told = os.pipe()

        def build(told: int = told) -> None:
            at_each_system_call(lambda: os.write(told, b"."))()
            while True:
                for files in reversed(guides):
                    write_site(files, site)

        child = begin(build)
        os.close(told)
        calls = chance.randrange(1, 10_000)
        while calls > 0:
            calls -= len(os.read(progress, calls))
        os.kill(child, signal.SIGKILL)
        assert end(child) == -signal.SIGKILL
        os.close(progress)
        recover(site)
        assert standing(site) in guides
        assert beside(site) == set()
        seen.add((site / "edition.txt").read_bytes())
    assert len(seen) == 2, "the kills fell into one edition only"
