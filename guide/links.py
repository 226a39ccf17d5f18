"""Addresses that a reader follows: of a web page, of an e-mail box. What could lead elsewhere than it looks is refused."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import urlsplit

_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]", re.ASCII | re.IGNORECASE)
_FOREIGN = re.compile(r"(?:^|\.)xn--", re.IGNORECASE)
_PORTS = ("80", "443", "8080", "8443")
"""Ports of web sites; any other is of another service, and browsers refuse many of them."""
_EMAIL = re.compile(
    r"[A-Za-z0-9_](?:[A-Za-z0-9.+'_-]*[A-Za-z0-9_])?@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}"
)
"""Of what an address may hold (RFC 5322), only what cannot begin a second part of a `mailto:` link (RFC 6068)."""


def read_url(text: str) -> str:
    """Read a web address that begins with http:// or https://; `ValueError` where it leads elsewhere than it looks."""
    fault = f"'{text}' is not a web address that begins with https:// or http://"
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
        parts.port  # noqa: B018  raises on a port that is none
    except ValueError:
        raise ValueError(fault) from None
    if parts.scheme not in ("http", "https"):
        raise ValueError(fault)
    if re.search(r"[\s<>\"{}|\\^`\x00-\x1f]", text) or "@" in parts.netloc:
        raise ValueError(f"'{text}' is not a web address: blanks, quotes and @ before the host cannot stand in one")
    host_as_written, colon, port = parts.netloc.partition(":")
    if found := re.search(r"[^!-~]", host_as_written):
        name = unicodedata.name(found[0], "a strange sign").lower()
        raise ValueError(f"'{text}' is not a web address that can be checked by eye: '{found[0]}' in its host is {name}; type "
                         "the host anew in plain letters")  # fmt: skip
    if not _HOST.fullmatch(host_as_written):
        raise ValueError(f"'{text}' is not a web address: '{host}' is no host name, like www.example.org")
    if _FOREIGN.search(host):
        raise ValueError(f"'{text}' is not a web address that can be checked by eye: 'xn--' hides letters that may look "
                         "like others; find an address in plain letters")  # fmt: skip
    if colon and port not in _PORTS:
        raise ValueError(f"'{text}' is not a web address of a public page: delete ':{port}' behind the host")
    if found := re.search(r"[^!-~]", text):
        raise ValueError(f"'{text}' is not a web address: '{found[0]}' cannot stand in one; open the page and copy the address "
                         "from the browser")  # fmt: skip
    return text


def read_repository(text: str) -> str:
    """Read the address of a repository on GitHub, where the guide's forms and files are."""
    found = re.fullmatch(r"https://github\.com/([A-Za-z0-9-]+/[A-Za-z0-9._-]+?)(?:\.git)?/?", text)
    if not found:
        raise ValueError(f"'{text}' is not the address of a repository on GitHub, like https://github.com/owner/name")
    return f"https://github.com/{found[1]}"


def read_branch(text: str) -> str:
    """Read the name of a branch: letters, digits, dots, hyphens, slashes."""
    if not re.fullmatch(r"(?!.*\.\.)[A-Za-z0-9][A-Za-z0-9._/-]*", text) or text.endswith(("/", ".", ".lock")):
        raise ValueError(f"'{text}' is not the name of a branch, like main")
    return text


def read_email(text: str) -> str:
    """Read an e-mail address."""
    if not _EMAIL.fullmatch(text) or ".." in text or _FOREIGN.search(text.replace("@", ".")):
        raise ValueError(f"'{text}' is not an e-mail address, like name@example.org")
    return text
