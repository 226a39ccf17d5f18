"""What stands at the foot of each printed page: the guide's name and its edition, for a page that gets lost from the others."""

from __future__ import annotations

from datetime import date

STYLES = "assets/paper.css"


def paper_styles(title: str, edition: date) -> bytes:
    """Write the styles that print the name and the edition beside the page number (CSS Paged Media, margin boxes)."""
    words = f"{title} · Edition of {edition:%B} {edition.day}, {edition.year}"
    escaped = words.replace("\\", "\\\\").replace('"', '\\"')
    return f'@charset "utf-8";\n@page {{ @bottom-left {{ content: "{escaped}"; font: 8pt sans-serif; }} }}\n'.encode()
