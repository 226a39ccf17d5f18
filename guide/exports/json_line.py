"""A value as JSON in one line."""

from __future__ import annotations

from typing import Any

from msgspec.json import Encoder

_ENCODER = Encoder()


def json_line(value: Any) -> str:
    """Write a value; letters beyond ASCII stay as they are."""
    return _ENCODER.encode(value).decode()
