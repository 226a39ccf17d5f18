"""QR codes: from a sheet of paper back to the page that it was printed from."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=8192)
def qr_code(address: str) -> str:
    """Draw an address as an `<svg>` that is black on white in every color scheme."""
    import segno  # only when a page is rendered, for it takes its time

    # one mask for all: to try all eight of ISO/IEC 18004 costs six times as much, and each is valid
    code = segno.make(address, micro=False, mask=2)
    return str(code.svg_inline(border=2, omitsize=True, svgclass="qr", lineclass=None, light="#fff", title=address))
