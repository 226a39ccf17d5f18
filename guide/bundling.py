"""The guide for a USB stick: the whole site in one ZIP file, with a page to start from, a text to read, and a checksum.

The same data and edition give the same bytes: the order, the times, the rights and the compression are fixed. Only another
zlib compresses otherwise; what lies in the ZIP file is the same then, too.
"""

from __future__ import annotations

import errno
import hashlib
import io
import os
import zipfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from msgspec import Struct

from guide.building import Builder
from guide.file_names import unfit
from guide.making import Made
from guide.problems import InputError, Problem
from guide.rendering import Renderer
from guide.site import Page

NAME = "missouri-resource-guide"
PAGES = "pages"
"""The folder of the site, beside the two files that a person is to see first."""
START, READ_ME = "START HERE.html", "READ ME.txt"
LEFT_OUT = "404.html"
"""Only a web server answers with it, and it knows where the guide is published."""
LARGEST = 15_000_000
YEARS = range(1980, 2108)
"""What a ZIP file can note, and FAT32 too."""


class Bundle(Struct, frozen=True):
    """What was written: the ZIP file, its size in bytes, how many files it holds, and its SHA-256."""

    path: Path
    size: int
    files: int
    checksum: str


def make_bundle(root: Path, folder: Path, edition: date, today: date, address: str | None = None) -> Bundle:
    """Build the edition of a day afresh; write it as a ZIP file into `folder`, and its checksum beside it.

    Raises `InputError` where the data have mistakes, a name is unfit for a stick or the ZIP file gets too large, `ValueError`
    for an edition that no ZIP file can bear, and `OSError` of the disk. What was there stays then.
    """
    if edition.year not in YEARS:
        raise ValueError(f"a ZIP file knows the years {YEARS[0]} to {YEARS[-1]}; an edition of {edition} has no place in it")
    name = f"{NAME}-{edition}"
    files = bundle_files(root, Builder(root, folder).make(edition, today, address), name)
    if faults := list(unfit(files)):
        raise InputError(Problem(path, 0, 0, "", fault) for path, fault in faults)
    packed = zipped(files, edition)
    if len(packed) >= LARGEST:
        raise InputError([_too_large(f"{name}.zip", len(packed), files)])
    checksum = hashlib.sha256(packed).hexdigest()
    _put({f"{name}.zip": packed, f"{name}.zip.sha256": f"{checksum}  {name}.zip\n".encode()}, folder)
    return Bundle(folder / f"{name}.zip", len(packed), len(files), checksum)


def bundle_files(root: Path, made: Made, name: str) -> dict[str, bytes]:
    """List what lies in a bundle, in one folder called `name`: path → bytes."""
    facts = {"name": name, "pages": PAGES, "start": START}
    beside = [Page(START, "start.html", "", facts), Page(READ_ME, "read-me.txt", "", facts)]
    files = dict(Renderer(root / "templates").render(made.shared, iter(beside)))
    files[READ_ME] = files[READ_ME].replace(b"\n", b"\r\n")  # older Notepads show nothing but one line without
    files |= {f"{PAGES}/{address}": data for address, data in made.site.files.items() if address != LEFT_OUT}
    return {f"{name}/{path}": files[path] for path in sorted(files)}


def zipped(files: Mapping[str, bytes], day: date) -> bytes:
    """Pack files into a ZIP file, in their order; each is noted as of the day's midnight, for anybody to read."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for path, data in files.items():
            entry = zipfile.ZipInfo(path, (day.year, day.month, day.day, 0, 0, 0))
            entry.create_system = 3  # Unix, on Windows too
            entry.external_attr = 0o100644 << 16
            archive.writestr(entry, data, zipfile.ZIP_DEFLATED, 9)
    return packed.getvalue()


def _too_large(name: str, size: int, files: Mapping[str, bytes]) -> Problem:
    largest = sorted(files, key=lambda path: (-len(files[path]), path))[:3]
    told = ", ".join(f"{path.partition('/')[2]} ({len(files[path]) / 1e6:.1f} MB)" for path in largest)
    return Problem(name, 0, 0, "", f"would have {size / 1e6:.1f} MB, and must stay below {LARGEST / 1e6:.0f} MB; "
                                   f"make something smaller, the largest files are {told}")  # fmt: skip


def _put(files: Mapping[str, bytes], folder: Path) -> None:
    """Put all files whole into the folder, or none. (If a kill comes between two, the checksum tells that they do not fit.)"""
    folder.mkdir(parents=True, exist_ok=True)
    parts = {folder / name: folder / f"{name}.part" for name in files}
    for path in parts:
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, "is a folder; move it elsewhere", str(path))
    try:
        for path, part in parts.items():
            with part.open("wb") as file:
                file.write(files[path.name])
                file.flush()
                os.fsync(file.fileno())
        for path, part in parts.items():
            part.replace(path)
    except OSError as error:
        if error.filename is None:  # a full disk is told without one
            error.filename = str(folder)
        raise
    finally:
        for part in parts.values():
            part.unlink(missing_ok=True)
