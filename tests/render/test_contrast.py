"""Contrast of the report's colours as WCAG 2.2 AA asks: 4.5 for text, 3 for marks."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

CSS = (files("auditor.render.html") / "templates" / "report.css").read_text("utf-8")
SEVERITIES = ("critical", "major", "minor", "neutral")


def colours(number: int) -> dict[str, str]:
    """The variables of the page: light first, then dark; the rest is as in light."""
    blocks = re.findall(r":root \{([^}]*)\}", CSS)
    found = [dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6})", block)) for block in blocks]
    return {**found[0], **found[number]}


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", [0, 1, 2], ids=["light", "dark", "print"])
def test_text_and_marks_stand_out(scheme: int):
    own = colours(scheme)
    for ground in ("paper", "raised"):
        for name in ("ink", "muted", *SEVERITIES):
            assert contrast(own[name], own[ground]) >= 4.5, f"{name} on {ground}"
    for name in ("bar", "bar-high"):
        assert contrast(own[name], own["paper"]) >= 3, name
    for ground in (*(f"{severity}-wash" for severity in SEVERITIES), "answer"):
        assert contrast(own["ink"], own[ground]) >= 4.5, f"ink on {ground}"


def test_black_on_white():
    assert contrast("#000", "#ffffff") == pytest.approx(21)
