"""The tool that checks the built HSDS files against the official schemas of a folder."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hsds_reader import unzipped
from sample import EDITION

from guide.exports.hsds.files import PACKAGE, hsds_files
from guide.exports.imprint import imprint_of
from guide.exports.names import names_of
from guide.once import Once
from guide.woven import bytes_of
from tools.check_hsds import main


@pytest.fixture(scope="module")
def site(guide, tmp_path_factory):
    site = tmp_path_factory.mktemp("built")
    (site / "downloads").mkdir()
    for address, content in hsds_files(guide, names_of(guide), imprint_of(guide, EDITION), Once(guide.marks)):
        (site / address).write_bytes(bytes_of(content))
    return site


@pytest.fixture
def folder(site, tmp_path: Path) -> Path:
    """Schemas that refer to each other as the official ones do, and a descriptor with more tables than are shipped."""
    uuid = {"type": "string", "format": "uuid"}
    organization = {"properties": {"id": uuid, "website": {"type": "string", "format": "uri"}}, "required": ["id", "name"]}
    service = {"properties": {"id": uuid, "organization": {"$ref": "organization.json"}}, "required": ["id", "status"]}
    descriptor = json.loads(unzipped((site / PACKAGE).read_bytes())["datapackage.json"])
    by_name = {resource["name"]: resource for resource in descriptor["resources"]}
    by_name["phone"]["schema"]["foreignKeys"] += [{"fields": "contact_id", "reference": {"resource": "contact", "fields": "id"}}]
    resources = [by_name[name] for name in by_name if name != "source"]
    descriptor["resources"] = [*resources, {"name": "contact", "path": "contacts.csv", "schema": {"fields": [{"name": "id"}]}}]
    for name, value in {"organization": organization, "service": service, "datapackage": descriptor}.items():
        (tmp_path / f"{name}.json").write_text(json.dumps(value), encoding="utf-8")
    return tmp_path


def test_files_that_fit_are_found_right(folder, site, capsys):
    assert main([str(folder), str(site)]) == 0
    assert capsys.readouterr().out.endswith("services and 13 tables looked at, 0 problems\n")


def test_a_service_that_does_not_fit_is_told(folder, site, capsys):
    path = folder / "organization.json"
    path.write_text(path.read_text(encoding="utf-8").replace('["id", "name"]', '["id", "logo"]'), encoding="utf-8")
    assert main([str(folder), str(site)]) == 1
    assert "$.organization: 'logo' is a required property" in capsys.readouterr().out


def test_a_table_that_does_not_fit_is_told(folder, site, capsys):
    path = folder / "datapackage.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"active", ', ""), encoding="utf-8")
    assert main([str(folder), str(site)]) == 1
    assert "service: The cell \"active\"" in capsys.readouterr().out
