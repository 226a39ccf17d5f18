"""A document → its canonical text: one order of keys, quotes only where they are needed, wide texts folded."""

from __future__ import annotations

import re
from collections.abc import Iterator

from guide.editing.document import Block, Document, Item, Scalar, Value, looks_like_another_type
from guide.model import ClosedListings, Listings
from guide.shapes import Choice, Many, Record, Shape, fields_of

WIDTH = 100
"""Behind this column a line ends at the next blank."""
_PLAIN = re.compile(r"(?:[^\s\-?:,\[\]{}#&*!|>'\"%@`]|[-?:](?=[^\s,\[\]{}]))(?:[^:#]|:(?=\S)|(?<!\s)#)*")
"""What YAML reads as one text without quotes (YAML 1.2, 7.3.3), in one line."""
_FLOW_SIGNS = re.compile(r"[,\[\]{}]")
_ESCAPED = re.compile(r"[^\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")


def canonical(text: str) -> str:
    """Write a file of listings in the canonical form. Raises `TreeError` where it cannot be read."""
    return Document(text).text()


def written(root: Block) -> str:
    """Write a document. Its values stay what the guide reads; comments and single blank lines stay."""
    record = ClosedListings if root.item("closed") else Listings
    lines = [*_block(root, 0, Record(record)), *root.tail]
    while lines and not lines[-1]:
        lines.pop()
    return "\n".join(lines) + "\n"


def _block(block: Block, column: int, shape: Shape | None) -> Iterator[str]:
    """Write the entries of a block, each from a column on."""
    indent = " " * column
    items = _in_order(block, shape)
    for number, item in enumerate(items):
        inner = _shape_of(shape, item)
        parted = block.is_list and isinstance(shape, Many) and number and column == 2
        above = [*item.above, *_moved_up(item)]
        if parted:
            above = ["", *above[above[:1] == [""]:]]
        elif not number and above[:1] == [""] and column:
            above = above[1:]
        lines = list(_item(item, column, inner))
        while lines and block.is_list and lines[0].lstrip().startswith("#"):
            above = [*above, lines.pop(0).strip()]
        yield from (f"{indent}{one}" if one else "" for one in above)
        if block.is_list:
            lines[0] = f"{indent}- {lines[0].lstrip()}".rstrip()
        yield from lines
    if column:
        yield from (f"{indent}{one}" if one else "" for one in block.tail)


def _item(item: Item, column: int, shape: Shape | None) -> Iterator[str]:
    indent = " " * column
    beside = f"  {item.beside}" if item.beside else ""
    value = item.value
    key = f"{_scalar(item.key, column, flow=False)}:" if item.key else ""
    if isinstance(value, Block) and not _in_one_line(value, item):
        if item.key or beside:
            yield f"{indent}{key}{beside}" if item.key else f"{indent}  {item.beside}"
        yield from _block(value, column + 2, shape)
        return
    start = f"{indent}{key} " if key else f"{indent}  "
    text = _value(value, len(start), column + (2 if item.key else 4), shape)
    yield from f"{start}{text}{beside}".rstrip().split("\n") if text or beside else [f"{indent}{key}"]


def _in_one_line(block: Block, item: Item) -> bool:
    """Lists of names stand in one line, and so does a confirmation, where each value is filled in: one line to change."""
    scalars = all(isinstance(one.value, Scalar) and (one.value.text or not one.value.bare) for one in block.items)
    return not block.items or (scalars and (block.is_list or bool(item.key and item.key.text == "confirmed")))


def _moved_up(item: Item) -> list[str]:
    """List the comments between the entries of a list that now stands in one line."""
    if not isinstance(item.value, Block) or not _in_one_line(item.value, item):
        return []
    inside = [comment for one in item.value.items for comment in (*one.above, one.beside)]
    return [comment for comment in (*inside, *item.value.tail) if comment]


def _in_order(block: Block, shape: Shape | None) -> list[Item]:
    if block.is_list:
        return block.items
    order = {key: number for number, key in enumerate(_keys(shape))}
    return sorted(block.items, key=lambda item: order.get(item.key.text if item.key else "", len(order)))


def _keys(shape: Shape | None) -> list[str]:
    """List the keys of a record in the canonical order; what is none of them comes last."""
    if isinstance(shape, Record):
        return [field.key for field in fields_of(shape.type)]
    if isinstance(shape, Choice):
        fields = (field.key for one in shape.types.values() for field in fields_of(one))
        return list(dict.fromkeys([shape.key, *fields]))
    return []


def _shape_of(shape: Shape | None, item: Item) -> Shape | None:
    if isinstance(shape, Many):
        return shape.of
    if isinstance(shape, Record) and item.key:
        return next((field.shape for field in fields_of(shape.type) if field.key == item.key.text), None)
    return None


def _value(value: Value, column: int, indent: int, shape: Shape | None = None) -> str:
    if isinstance(value, Scalar):
        return _scalar(value, column, flow=False, indent=indent)
    first, last = "[]" if value.is_list else "{}"
    text = first
    at = column + 1
    for number, item in enumerate(_in_order(value, shape)):
        if number:
            text += ","
            at += 1
            gap = "\n" + " " * indent if at > WIDTH else " "
            text += gap
            at = indent if at > WIDTH else at + 1
        one = f"{_scalar(item.key, 0, flow=True)}: " if item.key else ""
        one += _scalar(item.value, 0, flow=True) if isinstance(item.value, Scalar) else _value(item.value, 0, indent)
        text += one
        at += len(one)
    return text + last


def _scalar(scalar: Scalar, column: int, *, flow: bool, indent: int = 0) -> str:
    """Write a text from a column on, folded at blanks behind the width; inside a list in one line it is not folded."""
    text = scalar.text
    if not text:
        return "" if scalar.bare and not flow else "''"
    if _ESCAPED.search(text):
        return '"' + "".join(map(_escape, text)) + '"'
    plain = _PLAIN.fullmatch(text) and not (flow and _FLOW_SIGNS.search(text)) and not text.startswith(("---", "..."))
    if plain and (scalar.bare or not looks_like_another_type(text)):
        return text if flow else _folded(text, column, indent)
    quoted = "'" + text.replace("'", "''") + "'"
    return quoted if flow else _folded(quoted, column, indent)


def _escape(sign: str) -> str:
    if sign in '"\\':
        return f"\\{sign}"
    return sign if not _ESCAPED.match(sign) else f"\\U{ord(sign):08x}"


def _folded(text: str, column: int, indent: int) -> str:
    words = text.split(" ")
    lines = [words[0]]
    at = column + len(words[0])
    for word in words[1:]:
        if indent and at > WIDTH:
            lines.append(" " * indent + word)
            at = indent + len(word)
        else:
            lines[-1] += f" {word}"
            at += 1 + len(word)
    return "\n".join(lines)


