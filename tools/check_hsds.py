"""Check the built HSDS files against the official schemas of a folder: python -m tools.check_hsds FOLDER [SITE]

FOLDER holds the specification's JSON Schemas and its datapackage.json, from https://github.com/openreferral/specification
(branch 3.1-dev). They are not part of this repository: they have a license of their own (CC BY-SA 4.0).
"""

from __future__ import annotations

import json
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Any

from guide.exports.hsds.files import PACKAGE, SERVICES
from guide.exports.hsds.tables import OWN


def services_problems(services: Any, folder: Path) -> list[str]:
    """Check whole services against `service.json` and all that it refers to, formats too."""
    import jsonschema
    import referencing

    def official(name: str) -> referencing.Resource[Any]:
        schema = json.loads((folder / name).read_text(encoding="utf-8"))
        return referencing.Resource.from_contents(schema, referencing.jsonschema.DRAFT202012)

    registry: referencing.Registry[Any] = referencing.Registry(retrieve=official)  # type: ignore[call-arg]
    check = jsonschema.Draft202012Validator({"$ref": "service.json"}, registry=registry,
                                            format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER)  # fmt: skip
    return [f"{service.get('id')}: {error.json_path}: {error.message}"
            for service in services for error in check.iter_errors(service)]  # fmt: skip


def package_problems(package: Path, descriptor: dict[str, Any] | None = None) -> list[str]:
    """Check a tabular data package by its own descriptor, or by another."""
    import frictionless

    with tempfile.TemporaryDirectory() as folder:
        with zipfile.ZipFile(package) as archive:
            archive.extractall(folder)
        told = Path(folder, "datapackage.json")
        if descriptor:
            told.write_text(json.dumps(descriptor), encoding="utf-8")
        report = frictionless.validate(str(told))
    return [f"{task.name}: {error.message}" for task in report.tasks for error in task.errors] + [
        error.message for error in report.errors]  # fmt: skip


def official_descriptor(folder: Path, shipped: set[str]) -> dict[str, Any]:
    """Give the specification's descriptor with the tables that are shipped, and the keys between them alone."""
    descriptor: dict[str, Any] = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    descriptor["resources"] = [one for one in descriptor["resources"] if one["name"] in shipped]
    for resource in descriptor["resources"]:
        keys = resource["schema"].get("foreignKeys", [])
        resource["schema"]["foreignKeys"] = [key for key in keys if key["reference"]["resource"] in shipped]
    return descriptor


def main(arguments: list[str]) -> int:
    """Print what is wrong, and how much was looked at; give 1 where anything is."""
    folder, site = Path(arguments[0]), Path(arguments[1] if len(arguments) > 1 else "site")
    services = json.loads((site / SERVICES).read_text(encoding="utf-8"))
    with zipfile.ZipFile(site / PACKAGE) as archive:
        shipped = {one["name"] for one in json.loads(archive.read("datapackage.json"))["resources"]} - {OWN}
    problems = [
        *services_problems(services, folder),
        *package_problems(site / PACKAGE),
        *package_problems(site / PACKAGE, official_descriptor(folder, shipped)),
    ]
    print(*problems, sep="\n", end="\n" if problems else "")
    print(f"{len(services):,} services and {len(shipped)} tables looked at, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
