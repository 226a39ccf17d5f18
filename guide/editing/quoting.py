"""Text of strangers in Markdown of GitHub: shown as it is, and nothing in it works: no mention, link, picture or HTML.

Inside of code GitHub makes nothing of a text (GitHub Flavored Markdown, 4.5 and 6.1); everywhere else it makes links of
addresses, mentions of names behind @, and references of numbers behind #, however they are escaped.
"""

from __future__ import annotations

import re

from guide.editing.summary import code
from guide.unseen import unseen

_LIVE = re.compile(r"[^\w\s,.;:'\"\u201c\u201d\u2019()?!%\u2013\u2026-]|_|:\S|www\.|\bGH-"
                   r"|\b[0-9a-f]{7,40}\b|^(?:\d+[.)]|-)\s", re.IGNORECASE)  # fmt: skip
"""What could become something else outside of code; a row of hexadecimal digits names a commit."""
_NOT_PLAIN = re.compile(r"[^\t\n -~]")


def fenced(text: str, longest: int = 20_000) -> str:
    """Write a text as a block of code, with a longer fence than any in it; the end of a very long one is left out."""
    text = text.replace("\r\n", "\n").strip("\n")
    shown = visible(text if len(text) <= longest else f"{text[:longest]}\n… (the rest is left out here)")
    fence = "`" * max(3, _longest_ticks(shown) + 1)
    return f"{fence}text\n{shown}\n{fence}"


def quoted(text: str) -> str:
    """Write a sentence: as it is where nothing in it could work, else as code."""
    line = visible(" ".join(text.split()))
    return code(line) if _LIVE.search(line) else line


def visible(text: str) -> str:
    """Put a sign that everybody sees in place of each character that nobody does."""
    return _NOT_PLAIN.sub(lambda found: "\N{REPLACEMENT CHARACTER}" if unseen(found[0]) else found[0], text)


def _longest_ticks(text: str) -> int:
    return max(map(len, re.findall("`+", text)), default=0)
