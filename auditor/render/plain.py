"""Lines for a terminal or a build's log, in which article text steers nothing."""

from __future__ import annotations

import re

from auditor.render.terminal import printable

# GitHub's runner takes a line that begins with "::" for a command, and "##[" anywhere in one.
_COMMANDS = (("##[", "## ["),)
# What a spreadsheet takes for a formula, also in the wide forms of East Asian fonts.
_FORMULA = re.compile(r"[=+\-@\t\r＝＋－＠]")


def line(text: str) -> str:
    """Text on one line that steers neither a terminal nor a build."""
    shown = printable(text)
    for command, harmless in _COMMANDS:
        shown = shown.replace(command, harmless)
    return f".{shown}" if shown.startswith("::") else shown


def shortened(text: str, length: int) -> str:
    """One line of no more than some characters."""
    shown = line(text)
    return shown if len(shown) <= length else shown[: length - 1] + "…"


def cell(text: str) -> str:
    """One line that no spreadsheet takes for a formula: OWASP's apostrophe before its signs."""
    shown = line(text)
    return f"'{shown}" if _FORMULA.match(shown) else shown
