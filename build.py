#!/usr/bin/env python3
"""The one command of the guide. `python build.py` builds it; `python build.py --help` tells the rest."""

from __future__ import annotations

import argparse
import gc
import os
import sys
import time
from contextlib import suppress
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

from guide.problems import InputError
from guide.writing import recover

HERE = Path(__file__).resolve().parent


def main(arguments: list[str] | None = None) -> int:
    """Run one command; give its exit status: 0 when all is well, 1 for mistakes in the input, 2 for wrong usage."""
    defaults = argparse.Namespace(run=_build, root=HERE, site=None, edition=None, address=None, booklets=None)
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
    built = Builder(options.root, options.site).build(options.edition or today, today, options.address, options.booklets)
    seconds = time.perf_counter() - started
    print(f"{built.listings:,} listings, {built.counties} counties, {built.pages:,} pages in {seconds:.2f} seconds")
    print(f"Open {options.site / 'index.html'}")
    return 0


def _check(options: argparse.Namespace, today: date) -> int:
    from guide.making import check

    print(f"{check(options.root, today):,} listings, no problem found")
    return 0


def _format(options: argparse.Namespace, today: date) -> int:
    from guide.editing.formatting import changes, files_of, write

    known = files_of(options.root)
    files = [_inside(options.root, name) for name in options.files]
    if wrong := [name for name, file in zip(options.files, files, strict=True) if file not in known]:
        print("\n".join(f"{name} is not a file of listings; name one like data/resources/mo/cole.yaml" for name in wrong),
              file=sys.stderr)  # fmt: skip
        return 2
    found = changes(options.root, files or known)
    if options.check:
        print("".join(change.diff for change in found), end="")
        return 1 if found else 0
    write(options.root, found)
    print("\n".join([*(f"wrote {change.file}" for change in found),
                     f"{len(files or known)} files, {len(found)} changed"]))  # fmt: skip
    return 0


def _new(options: argparse.Namespace, today: date) -> int:
    from guide.editing.formatting import write
    from guide.editing.new import new_listing

    try:
        change = new_listing(options.root, today)
    except (KeyboardInterrupt, EOFError) as stopped:
        print("\nNothing was written.")
        return 130 if isinstance(stopped, KeyboardInterrupt) else 1
    if change is None:
        print("Nothing was written.")
        return 1
    write(options.root, [change])
    print(f"Wrote {change.file}. What else can stand in a listing: docs/data-format.md")
    return 0


def _summary(options: argparse.Namespace, today: date) -> int:
    from guide.editing.summary import markdown, summary_of

    try:
        text = markdown(summary_of(options.root, options.base, today))
    except ValueError as error:
        print(error, file=sys.stderr)
        return 2
    if options.output:
        options.output.write_text(text, encoding="utf-8")
    else:
        print(text, end="")
    return 0


def _due(options: argparse.Namespace, today: date) -> int:
    from guide.editing.call_sheet import call_sheet
    from guide.editing.due import due, due_csv, due_markdown, table
    from guide.editing.summary import words_of
    from guide.loading import load

    guide = load(options.root, today)
    areas = {"mo", "il", "us", *(county.id for county in guide.counties), *(region.id for region in guide.regions.regions)}
    if options.area and options.area not in areas:
        print(f"'{options.area}' is neither a county like mo/boone, nor a region like central, nor mo, il or us",
              file=sys.stderr)  # fmt: skip
        return 2
    found = due(guide, today, options.months, options.area)
    some = found[: options.limit]
    where = words_of(guide).of(options.area) if options.area else "the whole guide"
    files = {}
    if options.csv:
        files[options.csv] = due_csv(some)
    if options.markdown:
        files[options.markdown] = due_markdown(some).encode()
    if options.sheet:
        files[options.sheet] = call_sheet(options.root, guide, some, len(found), where, today)
    for path, data in files.items():
        path.write_bytes(data)
        print(f"{len(some):,} of {len(found):,} listings that are due: {path}")
    if not files:
        print("\n".join([*table(some), f"{len(some):,} of {len(found):,} listings that are due in {where}"]))
    return 0


def _links(options: argparse.Namespace, today: date) -> int:
    from guide.editing.link_check import addresses_of, ask, link_report
    from guide.editing.summary import words_of
    from guide.loading import load

    guide = load(options.root, today)
    listings = addresses_of(guide.listings)
    text = link_report(ask(listings), listings, words_of(guide))
    if options.output:
        options.output.write_text(text, encoding="utf-8")
    else:
        print(text, end="")
    return 0


def _inside(root: Path, name: str) -> str:
    path = Path(os.path.normpath(Path(name).absolute()))
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else name


def _serve(options: argparse.Namespace, today: date) -> int:
    from guide.building import Builder
    from guide.serving import serve

    builder = Builder(options.root, options.site)

    def build(*, soon: bool) -> str | None:
        try:
            builder.build(options.edition or today, today, options.address, soon=soon)
        except InputError as error:
            return str(error)
        except OSError as error:
            return _reason(error)
        if not soon:
            gc.collect()  # nobody waits for the pages now
        return None

    serve(options.root, options.site, partial(build, soon=True), partial(build, soon=False), port=options.port)
    return 0


def _bundle(options: argparse.Namespace, today: date) -> int:
    from guide.bundling import make_bundle

    try:
        made = make_bundle(options.root, options.output, options.edition or today, today, options.address)
    except ValueError as error:
        print(error, file=sys.stderr)
        return 2
    print(f"{made.files:,} files, {made.size / 1e6:.1f} MB, SHA-256 {made.checksum}")
    print(f"Unpack {made.path} onto the stick, and open 'START HERE.html' there")
    return 0


def _pdf(options: argparse.Namespace, today: date) -> int:
    try:
        from guide.printing import make_pdfs
        from tools.browser import FLAGS, find

        browser = find()
    except ModuleNotFoundError as error:
        print(f"PDFs need the browser of the tests ({error.name} is missing). This installs it, and makes them:\n"
              f"  python tools/run.py pdf {' '.join(options.names)}", file=sys.stderr)  # fmt: skip
        return 1
    if not browser:
        print("PDFs need a browser: install Chrome or Chromium, then try again", file=sys.stderr)
        return 1
    try:
        for path in make_pdfs(options.root, options.names, options.output, options.edition or today,
                              today, options.address, browser, FLAGS):  # fmt: skip
            print(path, flush=True)
    except ValueError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def _ids(options: argparse.Namespace, today: date) -> int:
    from guide.releasing import add_published_ids

    added = add_published_ids(options.root, today)
    print(f"{len(added)} new ids in data/published_ids.txt" + "".join(f"\n  {name}" for name in added))
    return 0


def _schema(options: argparse.Namespace, today: date) -> int:
    from guide.editing.form_files import write_forms
    from guide.schema import write_schemas

    for path in [*write_schemas(options.root, today), *write_forms(options.root, today)]:
        print(f"wrote {path}")
    return 0


def _propose(options: argparse.Namespace, today: date) -> int:
    from guide.editing.events import read_event, write_outcome
    from guide.editing.proposals import propose

    outcome = propose(options.root, today, read_event(options.event))
    print(write_outcome(options.root, outcome, options.output))
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


def _count(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 4:
        raise argparse.ArgumentTypeError(f"'{text}' is not a whole number, like 2")
    return int(text)


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
    output.add_argument("--booklets", type=_folder, metavar="DIR",
                        help="offer the PDFs of all regions and the whole guide that 'pdf' made in this folder")
    parser = argparse.ArgumentParser(prog="build.py", description="Builds the guide. Without a command: build.",
                                     parents=[common, output])
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    for name, run, parents, told in (
        ("build", _build, [common, output], "build the guide into site/"),
        ("check", _check, [common], "look for mistakes in the data without building"),
        ("serve", _serve, [common, output], "build, show the guide in a browser, and again at each saved change"),
        ("bundle", _bundle, [common, output], "pack the whole guide into a ZIP file for a USB stick, in dist/"),
        ("pdf", _pdf, [common, output], "print counties, regions or the whole guide into PDFs in dist/"),
        ("ids", _ids, [common], "note the ids of new listings before a release"),
        ("format", _format, [common], "write files of listings in the usual form: order, quotes, wide lines"),
        ("new", _new, [common], "ask for a new listing in the terminal, and write it into its file"),
        ("summary", _summary, [common], "tell in words what changed in the listings since a commit"),
        ("due", _due, [common], "list what must be confirmed next, the most urgent first"),
        ("links", _links, [common], "ask every web address of the listings whether it answers (needs a network)"),
        ("schema", _schema, [common], "write the JSON Schemas that help editors, and the issue forms"),
        ("propose", _propose, [common], "turn the issue form of an event at GitHub into a change of the data, or an answer"),
    ):
        command = commands.add_parser(name, parents=parents, help=told, description=told.capitalize() + ".")
        command.set_defaults(run=run)
        if name == "serve":
            command.add_argument("--port", type=int, default=5500, help="where it listens (default: 5500)")
        if name == "format":
            command.add_argument("files", nargs="*", metavar="FILE",
                                 help="a file like data/resources/mo/cole.yaml (default: all of them)")
            command.add_argument("--check", action="store_true", help="change nothing; show what would change, exit with 1")
        if name == "summary":
            command.add_argument("--base", required=True, metavar="COMMIT", help="since when: a commit, a branch, like main")
        if name in ("summary", "links"):
            command.add_argument("--output", type=_folder, metavar="FILE", default=None, help="write it there, as Markdown")
        if name == "due":
            command.add_argument("--months", type=_count, default=0, metavar="N", help="also what is due within so many months")
            command.add_argument("--area", metavar="NAME", default=None, help="a county like mo/boone, a region, mo, il or us")
            command.add_argument("--limit", type=_count, default=None, metavar="N", help="so many at most")
            command.add_argument("--csv", type=_folder, metavar="FILE", default=None, help="write a table for spreadsheets")
            command.add_argument("--sheet", type=_folder, metavar="FILE", default=None, help="write a sheet to print, as HTML")
            command.add_argument("--markdown", type=_folder, metavar="FILE", default=None, help="write a list for an issue")
        if name == "pdf":
            command.add_argument("names", nargs="+", metavar="NAME",
                                 help="a county like mo/boone, a region like central, or all")
        if name == "propose":
            command.add_argument("--event", type=_folder, required=True, metavar="FILE", help="what GitHub says of the issue")
            command.add_argument("--output", type=_folder, required=True, metavar="DIR",
                                 help="where branch, title and text of the pull request go, or the answer")
        if name in ("pdf", "bundle"):
            command.add_argument("--output", type=_folder, metavar="DIR", default=HERE / "dist",
                                 help="where it goes (default: dist)")
    return parser


if __name__ == "__main__":
    gc.disable()  # a command ends before its garbage is worth a fifth of its time
    status = main()
    with suppress(OSError):  # whoever read what was told may have gone
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(status)  # to take every part of a guide apart before the end would be a tenth of the time
