"""What the page about the data tells of a file to download."""

from __future__ import annotations

from msgspec import Struct

from guide.exports.imprint import CC_BY, License


class Column(Struct, frozen=True):
    """A column of a table, a property of a record: its name, what it holds, and the table where there are several."""

    name: str
    meaning: str
    table: str = ""


class Download(Struct, frozen=True):
    """A file, or a sort of files: where it stands, what it is, and what is in it."""

    id: str
    address: str
    """Its address in the site; of a sort of files how it is made up."""
    title: str
    kind: str
    about: str
    columns: tuple[Column, ...] = ()
    schema: str = ""
    """The address of the file that describes it for programs."""
    license: License = CC_BY
    size: int = 0
    """Bytes; of a sort of files the sum."""
    files: int = 1

    @property
    def name(self) -> str:
        """What a reader calls it: the file's name, or how those of a sort are made up."""
        return self.address if "<" in self.address else self.address.rpartition("/")[2]

    @property
    def parted(self) -> bool:
        """It holds several tables or records, each with columns of its own."""
        return any(column.table for column in self.columns)
