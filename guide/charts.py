"""Figures → SVG, and into the texts that place them.

Widths are shares of the page's width and heights follow the type, so a chart fits a phone and paper.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from html import escape

from markupsafe import Markup

from guide.model import Figure, Value

LINE = 1.35
"""Height of a line of type, in the type's own size (em), as every height here."""
BAR, GAP = 1.1, 0.9
TRACK = 60
"""Width of a whole bar, in percent; the number stands behind it."""
TALLEST = 9.0
PLACED = re.compile(r'<figure data-figure="([a-z0-9-]+)">(.*?)</figure>', re.DOTALL)
"""What stands in the HTML for a placed figure; inside are the references to its sources."""


def chart(figure: Figure) -> str:
    """Draw a figure: an `<svg>` with a title and the numbers in words."""
    height, marks = {"bars": _bars, "years": _years, "named": _named}[figure.draw](figure)
    name = f"figure-{figure.id}"
    return (f'<svg class="chart {figure.draw}" width="100%" height="{_em(height)}" role="img" '
            f'aria-labelledby="{name}-title {name}-numbers"><title id="{name}-title">{escape(figure.title)}</title>'
            f'<desc id="{name}-numbers">{escape(in_words(figure))}</desc>{"".join(marks)}</svg>')  # fmt: skip


def with_figures(html: str, draw: Callable[[str, Markup], str]) -> Markup:
    """Put the figures into a text's HTML: `draw` gets a figure's name and the HTML of its references."""
    return Markup(PLACED.sub(lambda found: draw(found[1], Markup(found[2])), html))  # noqa: S704  cleaned above


def in_words(figure: Figure) -> str:
    """Tell a figure's rows as sentences."""
    if figure.draw == "named":
        return f"Named, in no order: {', '.join(row.label for row in figure.values)}."
    return " ".join(f"{row.label}: {_amount(row, figure.unit)}." for row in figure.values)


def _amount(row: Value, unit: str) -> str:
    if row.value is None:
        return row.note.rstrip(".") if row.note else "not known"
    share = f" ({row.percent} percent)" if row.percent is not None else ""
    return f"{row.value:,}{f' or {row.also:,} (sources differ)' if row.also is not None else ''} {unit}{share}"


def _bars(figure: Figure) -> tuple[float, Iterator[str]]:
    def marks() -> Iterator[str]:
        for number, row in enumerate(figure.values):
            top = number * (LINE + BAR + GAP)
            yield f'<text x="0" y="{_em(top + 1)}">{escape(row.label)}</text>'
            bar = f'y="{_em(top + LINE)}" height="{_em(BAR)}"'
            yield f'<rect class="track" x="0" {bar} width="{TRACK}%"/>'
            yield f'<rect class="bar" x="0" {bar} width="{_short(TRACK * share(figure, row))}%"/>'
            percent = f" ({row.percent}%)" if row.percent is not None else ""
            told = f"{row.value:,}{percent}" if row.value is not None else row.note or ""
            yield f'<text class="number" x="{TRACK + 2}%" y="{_em(top + LINE + BAR * 0.82)}">{escape(told)}</text>'

    return len(figure.values) * (LINE + BAR + GAP) - GAP + 0.3, marks()


def share(figure: Figure, row: Value) -> Decimal:
    """Give how much of its bar a row fills, 0 to 1: of the whole, of 100 percent, or of the largest row."""
    if row.value is None:
        return Decimal(0)
    if figure.whole:
        return row.value / figure.whole
    if row.percent is not None and all(one.percent is not None for one in figure.values):
        return row.percent / 100
    return row.value / (max(one.value for one in figure.values if one.value is not None) or 1)


def _years(figure: Figure) -> tuple[float, Iterator[str]]:
    known = [number for row in figure.values for number in (row.value, row.also) if number is not None]
    unit = TALLEST / float(max(known, default=Decimal(1)) or 1)
    floor = 2 * LINE + TALLEST
    wide = 100 / len(figure.values)
    hatch = f"hatch-{figure.id}"

    def marks() -> Iterator[str]:
        yield (f'<defs><pattern id="{hatch}" class="hatch" width="6" height="6" patternUnits="userSpaceOnUse" '
               'patternTransform="rotate(45)"><path d="M0 0V6" stroke-width="5"/></pattern></defs>')  # fmt: skip
        for number, row in enumerate(figure.values):
            yield f'<svg x="{_short(number * wide)}%" width="{_short(wide)}%" height="{_em(floor + LINE)}">'
            yield from _column(row, floor, unit, f"url(#{hatch})")
            for name, label in (("year", row.label), ("short-year", f"\u2019{row.label[-2:]}")):
                yield f'<text class="{name}" x="50%" y="{_em(floor + 1.15)}">{escape(label)}</text>'
            yield "</svg>"
        yield f'<line class="floor" x1="0" x2="100%" y1="{_em(floor)}" y2="{_em(floor)}"/>'

    return floor + LINE + 0.1, marks()


def _column(row: Value, floor: float, unit: float, hatch: str) -> Iterator[str]:
    """Draw one year: a column; above it, hatched, as far as another source counts; nothing but words where none is known."""
    if row.value is None:
        yield ('<rect class="none" x="18%" width="64%" '
               f'y="{_em(floor - TALLEST / 2)}" height="{_em(TALLEST / 2)}"/>'
               f'<text class="missing" x="50%" y="{_em(floor - TALLEST / 4 + 0.35)}">?</text>')  # fmt: skip
        return
    numbers = sorted({row.value, row.also} - {None})  # type: ignore[type-var]
    heights = [float(number or 0) * unit for number in numbers]
    yield f'<rect class="bar" x="18%" width="64%" y="{_em(floor - heights[0])}" height="{_em(heights[0])}"/>'
    if len(heights) > 1:
        yield (f'<rect class="between" x="18%" width="64%" y="{_em(floor - heights[1])}" '
               f'height="{_em(heights[1] - heights[0])}" fill="{hatch}"/>')  # fmt: skip
    for above, number in enumerate(numbers):
        place = floor - heights[-1] - 0.35 - above * 1.1
        yield f'<text class="number" x="50%" y="{_em(place)}">{number:,}</text>'


def _named(figure: Figure) -> tuple[float, Iterator[str]]:
    tall = 2.0

    def marks() -> Iterator[str]:
        for number, row in enumerate(figure.values):
            top = number * (tall + 0.3)
            yield f'<rect class="plate" x="0" y="{_em(top)}" width="100%" height="{_em(tall)}"/>'
            yield f'<text x="0.7em" y="{_em(top + 1.35)}">{escape(row.label)}</text>'

    return len(figure.values) * (tall + 0.3), marks()


def _em(number: float) -> str:
    return f"{_short(number)}em"


def _short(number: float | Decimal) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")
