"""What article text can do to a terminal or a spreadsheet: nothing."""

from __future__ import annotations

import pytest

from auditor.render.plain import cell as written
from auditor.render.terminal import printable


@pytest.mark.parametrize(
    "text", ["\x1b[31mred", "a\rb\x07", "\N{RIGHT-TO-LEFT OVERRIDE}abc", "x\x9b0m", "\udc80"]
)
def test_nothing_steers_the_terminal(text: str):
    shown = printable(text)
    assert shown.encode("utf-8").decode() == shown
    assert not any(ord(char) < 32 or 0x7F <= ord(char) < 0xA0 for char in shown)
    assert "\N{RIGHT-TO-LEFT OVERRIDE}" not in shown


def test_ordinary_text_is_left_alone():
    assert printable("« Déjà », sagte sie – „ja“.") == "« Déjà », sagte sie – „ja“."


@pytest.mark.parametrize("cell", ["=1+1", "+33", "-2", "@SUM(A1)", "\t=1", "＝1"])
def test_no_cell_is_a_formula(cell: str):
    assert written(cell) == "'" + cell.strip()


def test_other_cells_are_left_alone():
    assert written("a=b") == "a=b"
