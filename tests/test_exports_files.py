"""All files to download: the data page tells of each, a build gives the same bytes, and none tells what is withheld."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import html5lib
import pytest
from hsds_reader import unzipped
from sample import EDITION, ROOT, TODAY

from guide.building import Builder
from guide.exports.files import DOWNLOADS, described, export_files
from guide.exports.vcard import vcard_address
from guide.leaks import Watch
from guide.loading import load_all


@pytest.fixture(scope="module")
def exported(guide):
    return dict(export_files(guide, EDITION))


def test_every_file_is_in_the_site(site, exported):
    files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    assert exported.keys() <= files
    assert {name for name in files if name.startswith("downloads/") or name.endswith(".vcf")} == exported.keys()


def test_the_same_guide_and_edition_give_the_same_bytes(exported):
    code = ("import hashlib, sys; from datetime import date; from pathlib import Path; from guide.exports.files import export_files; "
            "from guide.loading import load; "
            f"files = export_files(load(Path('.'), date.fromisoformat('{TODAY}')), date.fromisoformat('{EDITION}')); "
            "print(hashlib.sha256(b''.join(name.encode() + data for name, data in files)).hexdigest())")  # fmt: skip
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo"},
                          capture_output=True, check=True, text=True)  # fmt: skip
    assert done.stdout.strip() == hashlib.sha256(b"".join(name.encode() + data for name, data in exported.items())).hexdigest()


def test_the_data_page_lists_every_file_with_its_size_and_license(site, read, exported):
    root = html5lib.HTMLParser(namespaceHTMLElements=False).parse((site / "data.html").read_text(encoding="utf-8"))
    [table] = [one for one in root.iter("table") if "Files to download" in "".join(one.find("caption").itertext())]
    rows = {cells[0]: cells for row in table.find("tbody") for cells in [[" ".join("".join(cell.itertext()).split()) for cell in row]]}
    for download in described(exported, lambda name: len(exported[name])):
        if download.address in exported:
            size = f"{download.size / 1000:.1f} kB" if download.size < 1_000_000 else f"{download.size / 1_000_000:.1f} MB"
            assert rows[download.name][3:] == [size, download.license.name]
    assert len(rows) == len(DOWNLOADS)
    linked = {link.address for link in read["data.html"].links}
    assert {name for name in exported if name.startswith("downloads/")} <= linked


def test_the_data_page_explains_every_column(read):
    text = read["data.html"].text
    for download in DOWNLOADS:
        assert download.about in text
        assert all(f"{column.name} {column.meaning}" in text for column in download.columns), download.id


def test_every_listing_with_a_contact_links_to_it(read, guide):
    for one in guide.listings:
        links = [link.address for link in read[f"listings/{one.id}.html"].links if link.address.endswith(".vcf")]
        assert links == ([f"../{vcard_address(one)}"] if vcard_address(one) else [])


def test_a_saved_contact_is_warned_of(read):
    assert "It stays in the phone or computer, where others may see it." in read["listings/united-way-211.html"].text


def test_no_line_of_a_file_is_longer_than_an_editor_can_show(exported):
    for name in ("downloads/guide.json", "downloads/listings.geojson", "downloads/hsds-services.json"):
        assert max(map(len, exported[name].split(b"\n"))) < 60_000, name


def test_the_archive_has_the_same_times_and_rights_everywhere(exported):
    assert unzipped(exported["downloads/hsds.zip"]).keys() >= {"datapackage.json", "services.csv", "taxonomies.csv"}
    stamps = re.findall(rb"PK\x01\x02(.)(.).{6}(.{4})", exported["downloads/hsds.zip"], re.DOTALL)
    assert {stamp for *_, stamp in stamps} == {b"\x00\x00\x21\x00"}  # January 1, 1980
    assert {system for _, system, _ in stamps} == {b"\x03"}


LISTINGS = """\
listings:
  - id: a-house
    name: "A House, of \\"Rivertown\\"; x"
    also_known_as: ["Rivertown, \\\\ House; \\"R\\""]
    summary: "Near \\"Rivertown, Mall\\" é \U0001f600; for <b>whoever & asks</b> \\\\ x."
    services: [emergency-shelter]
    phones: [{number: 573-555-0100, label: "Rivertown; \\"line\\", x"}]
    location: {visibility: withheld, city: Rivertown}
    sources: [{title: A list}]
"""


def test_a_listing_that_names_its_own_town_in_public_is_no_leak_in_any_format(bare, tmp_path: Path):
    root = tmp_path / "project"
    shutil.copytree(bare, root)
    (root / "data/resources/mo/cole.yaml").write_text(LISTINGS, encoding="utf-8")
    Builder(root, root / "site").build(EDITION, TODAY)


LEAKS = {
    "downloads/listings.csv": '=a-house,"A ""House""",city: Rivertown\r\n',
    "downloads/guide.json": '{"id": "a-house", "location": {"city": "Rivertown"}},\n',
    "downloads/listings.geojson": '{"id": "a-house", "properties": {"city": "Rivertown"}},\n',
    "downloads/hsds-services.json": '{"identifier": "a-house", "name": "x", "city": "Rivertown"},\n',
    "listings/a-house.vcf": "BEGIN:VCARD\r\nUID:missouri-resource-guide/a-house\r\nADR:;;;River\r\n town;;;\r\nEND:VCARD\r\n",
}


@pytest.mark.parametrize("address", LEAKS)
def test_a_file_that_told_the_town_would_be_found(bare, tmp_path, address):
    root = tmp_path / "project"
    shutil.copytree(bare, root)
    (root / "data/resources/mo/cole.yaml").write_text(LISTINGS, encoding="utf-8")
    loaded = load_all(root, TODAY)
    assert len(list(Watch(loaded.guide, loaded.secrets).leaks({address: LEAKS[address].encode()}))) == 1
