"""A file of listings as an editor sees it: its values may be changed, and its comments stay where they belong."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TypeAlias

import yaml
from msgspec import Struct, field

from guide.confidential import comments
from guide.yaml_tree import TreeError, compose, decode

Plain: TypeAlias = "str | list[Plain] | dict[str, Plain]"
"""A value as it is written: texts, lists and mappings."""
_RESOLVERS = yaml.SafeLoader.yaml_implicit_resolvers
_LONGEST_KEY = 100


class Scalar(Struct):
    """A text. `bare`: it is written without quotes although other programs take it for a number, a date, true or nothing."""

    text: str
    bare: bool = False


class Item(Struct):
    """An entry of a mapping or, without a key, of a list."""

    value: Value
    key: Scalar | None = None
    above: list[str] = field(default_factory=list)
    """Comments and blank lines (empty texts) right above it."""
    beside: str = ""
    """The comment behind it."""


class Block(Struct):
    """A mapping or a list. `tail`: comments behind its last entry."""

    is_list: bool
    items: list[Item] = field(default_factory=list)
    tail: list[str] = field(default_factory=list)

    def item(self, key: str) -> Item | None:
        """Give the entry of a key."""
        return next((item for item in self.items if item.key and item.key.text == key), None)


Value: TypeAlias = "Scalar | Block"


class Document:
    """The text of a file of `data/resources/`, or of `data/closed.yaml`. Raises `TreeError` where it cannot be read."""

    def __init__(self, text: str) -> None:
        self.root = _Taking(text).root

    def ids(self) -> tuple[str, ...]:
        """List the ids of the listings."""
        return tuple(listing_id for item in self._listings().items if (listing_id := _id(item)))

    def listing(self, listing_id: str) -> dict[str, Plain]:
        """Give a listing as it is written. Raises `KeyError` where there is none."""
        return _mapping(self._item(listing_id)[1])

    def set(self, listing_id: str, path: tuple[str | int, ...], value: Plain | None) -> None:
        """Set what stands at a path inside a listing, `("phones", 0, "number")`; None takes it away.

        What is missing on the way is made, and a list or mapping that is left empty goes too. A number behind the last one
        of a list adds to it. Raises `KeyError` where there is no such listing, `IndexError` and `TypeError` for other paths.
        """
        _set(self._item(listing_id)[1], path, value)

    def add(self, listing: Mapping[str, Plain]) -> None:
        """Add a listing at the end."""
        listings = self._listings()
        listings.items.append(Item(_value(dict(listing)), above=[""] if listings.items else []))

    def remove(self, listing_id: str) -> None:
        """Take a listing out, with the comments inside it and right above it; above a blank line they are of more than it.

        Raises `KeyError` where there is no such listing.
        """
        listings = self._listings()
        item = self._item(listing_id)[0]
        at = listings.items.index(item)
        blanks = [number for number, comment in enumerate(item.above) if not comment]
        kept = item.above[: blanks[-1] + 1] if blanks else []
        del listings.items[at]
        if at < len(listings.items):
            after = listings.items[at].above
            after[:0] = kept[:-1] if after[:1] == [""] else kept
        else:
            listings.tail[:0] = kept[:-1]

    def text(self) -> str:
        """Write the file in the canonical form."""
        from guide.editing.canonical import written

        return written(self.root)

    def _listings(self) -> Block:
        item = self.root.item("listings") or self.root.item("closed")
        if item and isinstance(item.value, Block) and item.value.is_list:
            return item.value
        block = Block(True)
        if item:
            item.value = block
        else:
            self.root.items.append(Item(block, Scalar("listings", bare=True)))
        return block

    def _item(self, listing_id: str) -> tuple[Item, Block]:
        for item in self._listings().items:
            if isinstance(item.value, Block) and _id(item) == listing_id:
                return item, item.value
        raise KeyError(listing_id)


def _id(item: Item) -> str:
    found = item.value.item("id") if isinstance(item.value, Block) else None
    return found.value.text if found and isinstance(found.value, Scalar) else ""


def _plain(value: Value) -> Plain:
    if isinstance(value, Scalar):
        return value.text
    return [_plain(item.value) for item in value.items] if value.is_list else _mapping(value)


def _mapping(block: Block) -> dict[str, Plain]:
    return {item.key.text: _plain(item.value) for item in block.items if item.key}


def _value(plain: Plain) -> Value:
    if isinstance(plain, str):
        text = " ".join(plain.split())
        return Scalar(text, bare=_bare_is_ours(text))
    if isinstance(plain, list):
        return Block(True, [Item(_value(one)) for one in plain])
    return Block(False, [Item(_value(value), Scalar(key, bare=True)) for key, value in plain.items()])


def _bare_is_ours(text: str) -> bool:
    """Dates, years and `true` are written without quotes; numbers, such as ZIP codes, with them."""
    return bool(re.fullmatch(r"true|(?:19|20)\d\d(?:-\d\d-\d\d)?", text, re.ASCII))


def _set(block: Block, path: tuple[str | int, ...], value: Plain | None) -> None:
    name, rest = path[0], path[1:]
    item = _at(block, name)
    if rest:
        inner = item.value if item and isinstance(item.value, Block) else Block(isinstance(rest[0], int))
        _set(inner, rest, value)
        if inner.items:
            (item or _new(block, name)).value = inner
        elif item:
            block.items.remove(item)
    elif value is None:
        if item is not None:
            block.items.remove(item)
    else:
        (item or _new(block, name)).value = _value(value)


def _at(block: Block, name: str | int) -> Item | None:
    if isinstance(name, str):
        if block.is_list:
            raise TypeError(f"a list has no '{name}'")
        return block.item(name)
    if not block.is_list:
        raise TypeError(f"a mapping has no entry {name}")
    if name > len(block.items):
        raise IndexError(name)
    return block.items[name] if name < len(block.items) else None


def _new(block: Block, name: str | int) -> Item:
    item = Item(Scalar(""), Scalar(name, bare=True) if isinstance(name, str) else None)
    block.items.append(item)
    return item


def looks_like_another_type(text: str) -> bool:
    """Say whether other programs take a text without quotes for a number, a date, true, false or nothing (YAML 1.1)."""
    return not text or any(found.match(text) for _, found in _RESOLVERS.get(text[0], ()))


class _Taking:
    """Takes a tree and the comments around it together."""

    def __init__(self, text: str) -> None:
        text = decode(text.encode("utf-8", "surrogatepass"))
        tree = compose(text)
        if not isinstance(tree, yaml.MappingNode) or tree.flow_style:
            mark = tree.start_mark
            raise TreeError([(mark.line + 1, mark.column + 1, "the file must begin with 'listings:' in a line of its own")])
        self.lines = text.split("\n")
        spans = [(node.start_mark.index, node.end_mark.index) for node in _scalars(tree)]
        self.comments = {line: (column - 1, f"#{words}".rstrip()) for line, column, words in comments(text, spans)}
        self.last = 0
        """The last line (from 1) that is taken."""
        self.columns: dict[int, int] = {}
        """The column of a block's entries, by the block's identity."""
        self.root = Block(False)
        self.block(tree, self.root)
        self.tails(self.root, len(self.lines) + 1, -1)
        self.root.tail += self.above(len(self.lines) + 1)

    def block(self, node: yaml.Node, block: Block) -> None:
        column = self.columns[id(block)] = node.start_mark.column
        for entry in node.value:
            key, value = (None, entry) if block.is_list else entry
            start = (value if key is None else key).start_mark
            line = start.line + 1
            if block.is_list:
                line = self.dash(line)
            self.tails(block, line, column)
            item = Item(Scalar(""), above=self.above(line))
            block.items.append(item)
            self.last = max(self.last, line)
            if key is not None:
                item.key = self.key(key)
                self.last = max(self.last, key.end_mark.line + 1)
            item.value = self.value(value, item)

    def dash(self, line: int) -> int:
        """Find the line of a list entry's '-', which may stand above its value."""
        at = line
        while at > self.last + 1 and not self.lines[at - 1].lstrip().startswith("-"):
            at -= 1
        return at if self.lines[at - 1].lstrip().startswith("-") else line

    def value(self, node: yaml.Node, item: Item) -> Value:
        if isinstance(node, yaml.ScalarNode) or getattr(node, "flow_style", False):
            self.until(node, item)
            return self.in_line(node)
        block = Block(isinstance(node, yaml.SequenceNode))
        if node.start_mark.line >= self.last and self.last in self.comments:
            item.beside = self.comments.pop(self.last)[1]
        self.block(node, block)
        return block

    def in_line(self, node: yaml.Node) -> Value:
        if isinstance(node, yaml.ScalarNode):
            text = " ".join(node.value.split())
            return Scalar(text, bare=not node.style and looks_like_another_type(text))
        if isinstance(node, yaml.SequenceNode):
            return Block(True, [Item(self.in_line(one)) for one in node.value])
        return Block(False, [Item(self.in_line(value), self.key(key)) for key, value in node.value])

    def until(self, node: yaml.Node, item: Item) -> None:
        """Take the lines of a value: a comment behind the last one stays beside it, others go above it."""
        end = node.end_mark.line + 1
        if node.end_mark.column == 0 and end > self.last:
            end -= 1  # a folded text ends where the next line begins
        end = max(end, self.last)
        found = [self.comments.pop(line)[1] for line in range(self.last, end + 1) if line in self.comments]
        if found:
            item.beside = found.pop()
        item.above += found
        self.last = end

    def key(self, node: yaml.Node) -> Scalar:
        if not isinstance(node, yaml.ScalarNode) or not node.value.strip() or len(node.value) > _LONGEST_KEY:
            mark = node.start_mark
            raise TreeError([(mark.line + 1, mark.column + 1, "what stands before a colon must be one of the keys")])
        return Scalar(" ".join(node.value.split()), bare=True)

    def above(self, line: int) -> list[str]:
        """Take the comments and blank lines from the last line taken up to a line."""
        found: list[str] = []
        for number in range(self.last + 1, min(line, len(self.lines) + 1)):
            if comment := self.comments.pop(number, None):
                found.append(comment[1])
            elif not self.lines[number - 1].strip() and found[-1:] != [""]:
                found.append("")
        self.last = max(self.last, line - 1)
        return found

    def tails(self, block: Block, line: int, column: int) -> None:
        """Give comments above a line that are indented deeper than its entry to the blocks inside `block` that end there."""
        number = self.last + 1
        while number < line and not self.lines[number - 1].strip():
            number += 1
        comment = self.comments.get(number)
        if number >= line or comment is None or comment[0] <= column:
            return
        ended = self._ended(block, column, comment[0])
        if ended is not None:
            ended.tail += self.above(number + 1)
            self.tails(block, line, column)

    def _ended(self, block: Block, outside: int, column: int) -> Block | None:
        """Find the deepest block at the end of another whose entries stand between two columns."""
        found = None
        while block.items and isinstance(inner := block.items[-1].value, Block) and id(inner) in self.columns:
            block = inner
            if outside < self.columns[id(block)] <= column:
                found = block
        return found


def _scalars(node: yaml.Node) -> Iterator[yaml.Node]:
    rest = [node]
    while rest:
        node = rest.pop()
        if isinstance(node, yaml.ScalarNode):
            yield node
        else:
            rest += [one for pair in node.value for one in pair] if isinstance(node, yaml.MappingNode) else node.value
