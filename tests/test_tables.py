"""CSV files open right in Excel, start no formula there, and hold what the figures and the gaps say."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide.exports.tables import csv_bytes


def read(data):
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("cell", ["=HYPERLINK(\"//x.org\")", "+1+1", "-1", "@SUM(A1)", "\tx", "\r=1", "\uff1d1+1"])
def test_a_cell_that_excel_would_calculate_is_a_text(cell):
    assert read(csv_bytes([[cell]]))[0][0] == f"'{cell}"


CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1)


@given(st.lists(st.lists(CELLS, min_size=2, max_size=3), min_size=1))
def test_what_is_written_is_what_is_read_but_for_the_mark_before_a_formula(lines):
    marked = [[f"'{cell}" if cell[0] in "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20" else cell for cell in line] for line in lines]
    assert read(csv_bytes(lines)) == marked


def test_excel_is_told_that_it_is_utf_8():
    assert csv_bytes([["ñ"]]).startswith(b"\xef\xbb\xbf")
