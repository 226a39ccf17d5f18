"""Styles and scripts → the same, small: without comments, indentation and needless blanks.

The sources stay readable; only what is published is small. A comment that begins with `/*!` stays: it names a license.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from rcssmin import cssmin
from rjsmin import jsmin

from guide.files import no_text
from guide.problems import InputError, Problem, line_and_column
from guide.yaml_tree import utf8

_MAKERS: dict[str, Callable[..., str]] = {"css": cssmin, "js": jsmin}


def made_small(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Make the styles and scripts among the files of `templates/` small: address in the site → bytes, in their order.

    Other files stay as they are. Raises `InputError` for each that is not UTF-8, and for each template text that stands
    inside another, for rjsmin would take blanks out of it.
    """
    faults: list[Problem] = []
    made = dict(files)
    for address, data in files.items():
        if not (maker := _MAKERS.get(address.rpartition(".")[2])):
            continue
        file = f"templates/{address}"
        if wrong := no_text(file, data) or list(_nested(file, text := utf8(data))):
            faults += wrong
        else:
            made[address] = f"{maker(text, keep_bang_comments=True).strip()}\n".encode()
    if faults:
        raise InputError(faults)
    return made


def _nested(file: str, text: str) -> Iterator[Problem]:
    for opened in re.finditer(r"\$\{", text) if file.endswith(".js") else ():
        depth = 1
        for sign in re.finditer("[{}`]", text[opened.end():]):
            depth += {"{": 1, "}": -1}.get(sign[0], 0)
            if sign[0] == "`":
                place = opened.end() + sign.start()
                yield Problem(file, *line_and_column(text, place), "",
                              "a template text stands inside another; give the inner one a name first")  # fmt: skip
            if not depth or sign[0] == "`":
                break
