#!/usr/bin/env python3
"""The one command of the guide. `python build.py` builds it; `python build.py --help` tells the rest."""

from __future__ import annotations

import argparse
import os
import sys
import time
from datetime import UTC, date, datetime
from pathlib import Path

from guide.problems import InputError
from guide.writing import recover

HERE = Path(__file__).resolve().parent


def main(arguments: list[str] | None = None) -> int:
    """Run one command; give its exit status: 0 when all is well, 1 for mistakes in the input, 2 for wrong usage."""
    defaults = argparse.Namespace(run=_build, root=HERE, site=None, edition=None, address=None)
    options = _parser().parse_args(arguments, defaults)
    options.site = options.site or options.root / "site"
    today = datetime.now(UTC).date()
    try:
        recover(options.site)
        return int(options.run(options, today))
    except InputError as error:
        _tell(error)
        return 1
    except OSError as error:
        print(f"Nothing was changed: {_reason(error)}", file=sys.stderr)
        return 1


def _build(options: argparse.Namespace, today: date) -> int:
    from guide.building import Builder

    started = time.perf_counter()
    built = Builder(options.root, options.site).build(options.edition or today, today, options.address)
    seconds = time.perf_counter() - started
    print(f"{built.listings:,} listings, {built.counties} counties, {built.pages:,} pages in {seconds:.2f} seconds")
    print(f"Open {options.site / 'index.html'}")
    return 0


def _check(options: argparse.Namespace, today: date) -> int:
    from guide.building import check

    print(f"{check(options.root, today):,} listings, no problem found")
    return 0


def _serve(options: argparse.Namespace, today: date) -> int:
    from guide.building import Builder
    from guide.serving import serve

    builder = Builder(options.root, options.site)

    def build() -> str | None:
        try:
            builder.build(options.edition or today, today, options.address)
        except InputError as error:
            return str(error)
        except OSError as error:
            return _reason(error)
        return None

    serve(options.root, options.site, build, port=options.port)
    return 0


def _ids(options: argparse.Namespace, today: date) -> int:
    from guide.releasing import add_published_ids

    added = add_published_ids(options.root, today)
    print(f"{len(added)} new ids in data/published_ids.txt" + "".join(f"\n  {name}" for name in added))
    return 0


def _schema(options: argparse.Namespace, today: date) -> int:
    from guide.schema import write_schemas

    for path in write_schemas(options.root, today):
        print(f"wrote {path}")
    return 0


def _tell(error: InputError) -> None:
    for problem in error.problems:
        print(problem, file=sys.stderr)
        if os.environ.get("GITHUB_ACTIONS"):
            print(problem.annotation())
    count = len(error.problems)
    print(f"{count} problem{'s' if count > 1 else ''}; nothing was changed", file=sys.stderr)


def _reason(error: OSError) -> str:
    return f"{error.filename}: {error.strerror}" if error.filename and error.strerror else str(error)


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{text}' is not a date, like 2026-11-24") from None


def _address(text: str) -> str:
    from guide.kinds import read_url

    try:
        return read_url(text).rstrip("/") + "/"
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _folder(text: str) -> Path:
    return Path(text).absolute()


def _parser() -> argparse.ArgumentParser:
    # no defaults here (they are main's), for a command's own default would undo what stands before the command
    common = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    common.add_argument("--root", type=_folder, metavar="DIR",
                        help="the project: the folder that holds data, content and templates (default: this one)")
    output = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    output.add_argument("--site", type=_folder, metavar="DIR", help="where the pages go (default: site)")
    output.add_argument("--edition", type=_date, metavar="DATE",
                        help="the date that the pages bear, like 2026-11-24 (default: today)")
    output.add_argument("--address", type=_address, metavar="URL",
                        help="where the guide will be published (default: as data/site.yaml says)")
    parser = argparse.ArgumentParser(prog="build.py", description="Builds the guide. Without a command: build.",
                                     parents=[common, output])
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    for name, run, parents, told in (
        ("build", _build, [common, output], "build the guide into site/"),
        ("check", _check, [common], "look for mistakes in the data without building"),
        ("serve", _serve, [common, output], "build, show the guide in a browser, and again at each saved change"),
        ("ids", _ids, [common], "note the ids of new listings before a release"),
        ("schema", _schema, [common], "write the JSON Schemas that help editors"),
    ):
        command = commands.add_parser(name, parents=parents, help=told, description=told.capitalize() + ".")
        command.set_defaults(run=run)
        if name == "serve":
            command.add_argument("--port", type=int, default=5500, help="where it listens (default: 5500)")
    return parser


if __name__ == "__main__":
    sys.exit(main())
