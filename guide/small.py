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
    texts = {f"templates/{address}": data for address, data in files.items() if _maker(address)}
    if faults := [problem for file, data in texts.items() for problem in no_text(file, data) or _nested(file, utf8(data))]:
        raise InputError(faults)
    return {address: _small(address, data) for address, data in files.items()}


def _maker(address: str) -> Callable[..., str] | None:
    return _MAKERS.get(address.rpartition(".")[2])


def _small(address: str, data: bytes) -> bytes:
    maker = _maker(address)
    return f"{maker(utf8(data), keep_bang_comments=True).strip()}\n".encode() if maker else data


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
