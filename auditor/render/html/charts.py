"""Three views of the drift, as figures for SVG: along the text, how it is spread, against length.

All measures are in units of the drawing, which the page stretches to its width; heights count
down from the top, as SVG has it.
"""

from __future__ import annotations

import json
import math
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from statistics import median
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from auditor.model import Bead, Severity
    from auditor.render.html.views import Row
    from auditor.render.html.words import Words

_BARS = 400  # more would be too thin to see or to hit: then one bar stands for several beads
_BINS = 20
_LEAST_SPREAD = 8  # beads with two sides below which a distribution says nothing
_TICKS = (0.01, 0.1, 0.25, 0.5, 1.0)
_DOTS = 400  # more would overlap: then one dot stands for the beads of a cell
_COLUMNS, _ROWS = 64, 24  # cells of the scatter plot, where there are many dots
_WIDEST = 2.0  # powers of two of the length ratio, to either side
_CLEAN = "clean_drift.json"


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of the strip chart."""

    x: int
    y: float
    height: float
    href: str
    label: str
    style: str
    pips: tuple[int, ...]
    severity: str


@dataclass(frozen=True, slots=True)
class Strip:
    """Drift along the article, 100 high."""

    width: int
    bars: tuple[Bar, ...]
    beads: int
    beads_per_bar: int


@dataclass(frozen=True, slots=True)
class Clean:
    """How the drift of clean human translations is spread: shares of 20 steps of 0.05."""

    set: str
    beads: int
    shares: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A step of the histogram: its bar, and the level of clean translations if known."""

    x: int
    y: float
    height: float
    label: str
    clean_y: float | None


@dataclass(frozen=True, slots=True)
class Histogram:
    """How the drift is spread, 400 wide and 100 high; heights go with the root of the share."""

    beads: int
    columns: tuple[Column, ...]
    ticks: tuple[tuple[float, str], ...]
    clean: Clean | None

    @property
    def clean_path(self) -> str:
        """The steps of clean translations as one line."""
        return " ".join(
            f"{'L' if number else 'M'}{column.x} {column.clean_y}H{column.x + 20}"
            for number, column in enumerate(self.columns)
        )


@dataclass(frozen=True, slots=True)
class Dot:
    """One bead in the scatter plot, or those of one cell; ``size`` from 1 to 5."""

    x: float
    y: float
    size: int
    href: str
    label: str


@dataclass(frozen=True, slots=True)
class Scatter:
    """Length ratio (across, 400 wide, the usual one in the middle) and drift (up, 100 high)."""

    dots: tuple[Dot, ...]


# Along the text -------------------------------------------------------------------------------


def strip(beads: Sequence[Bead], rows: Sequence[Row], words: Words) -> Strip | None:
    """A bar for each bead, or for each few where there are very many."""
    if not rows:
        return None
    size = math.ceil(len(beads) / _BARS)
    groups = [range(start, min(start + size, len(beads))) for start in range(0, len(beads), size)]
    bars = tuple(_bar(place, group, beads, rows, words) for place, group in enumerate(groups))
    return Strip(10 * max(len(bars), 24), bars, len(beads), size)


def _bar(place: int, group: range, beads: Sequence[Bead], rows: Sequence[Row], words: Words) -> Bar:
    top = max(group, key=lambda index: share(beads[index].drift))
    refs = [ref for index in group for ref in rows[index].refs]
    worst = max((ref.severity for ref in refs), key=lambda each: each.rank, default=None)
    height = max(1.0, round(100 * share(beads[top].drift), 1))
    return Bar(
        x=10 * place,
        y=100 - height,
        height=height,
        href="#" + rows[top].id,
        label=_bar_label(group, rows[top], len(refs), worst, words),
        style=_bar_style(beads[top], rows[top]),
        pips=tuple(range(max(1, worst.rank))) if worst else (),
        severity=worst.value if worst else "",
    )


def _bar_label(group: range, top: Row, findings: int, worst: Severity | None, words: Words) -> str:
    name = (
        words("chart.bar", number=top.number, drift=top.drift)
        if len(group) == 1
        else words("chart.bars", first=group[0] + 1, last=group[-1] + 1, drift=top.drift)
    )
    if worst is None:
        return name
    count = words.count("page.findings", findings)
    return words("chart.bar_findings", bar=name, findings=count, severity=words.severity(worst))


def _bar_style(bead: Bead, row: Row) -> str:
    if row.boilerplate:
        return "dim"
    if not (bead.left and bead.right):
        return "one-sided"
    return "high" if row.high else "low"


def share(drift: float) -> float:
    """Drift as a share of a meter: between 0 and 1, whatever comes."""
    return 0.0 if math.isnan(drift) else min(1.0, max(0.0, drift))


# How it is spread -----------------------------------------------------------------------------


def spread(drifts: Sequence[float]) -> tuple[float, ...]:
    """The share of drifts in each of 20 steps of 0.05."""
    counts = [0] * _BINS
    for drift in drifts:
        counts[min(_BINS - 1, int(share(drift) * _BINS))] += 1
    return tuple(count / max(1, len(drifts)) for count in counts)


def histogram(
    beads: Sequence[Bead], rows: Sequence[Row], signature: str, words: Words
) -> Histogram | None:
    """How the drift of beads with two sides is spread; None where there are too few."""
    drifts = [
        bead.drift
        for bead, row in zip(beads, rows, strict=True)
        if bead.left and bead.right and not row.boilerplate and not math.isnan(bead.drift)
    ]
    if len(drifts) < _LEAST_SPREAD:
        return None
    clean = clean_level(signature)
    columns = tuple(
        _column(number, part, clean.shares[number] if clean else None, words)
        for number, part in enumerate(spread(drifts))
    )
    ticks = tuple((_level(tick), words.percent(tick)) for tick in _TICKS)
    return Histogram(len(drifts), columns, ticks, clean)


def _column(number: int, part: float, clean: float | None, words: Words) -> Column:
    values = {
        "low": words.number(number / _BINS),
        "high": words.number((number + 1) / _BINS),
        "share": words.percent(part, 1),
    }
    label = (
        words("chart.spread_bar", **values)
        if clean is None
        else words("chart.spread_bar_clean", clean=words.percent(clean, 1), **values)
    )
    top = _level(part)
    clean_y = None if clean is None else _level(clean)
    return Column(20 * number, top, round(100 - top, 1), label, clean_y)


def _level(part: float) -> float:
    """How far from the top a share is drawn: by its root, so that one per cent can be seen."""
    return round(100 - 100 * math.sqrt(part), 1)


def clean_level(signature: str) -> Clean | None:
    """What is known of clean translations under the encoder and drift of a run's signature."""
    parts = dict(part.partition(":")[::2] for part in signature.split("|"))
    for known in _clean_levels():
        if known["encoder"] == parts.get("encoder") and known["drift"] == parts.get("drift"):
            return Clean(str(known["set"]), int(known["beads"]), tuple(known["shares"]))
    return None


@cache
def _clean_levels() -> tuple[Mapping[str, Any], ...]:
    text = (files("auditor.render.html") / _CLEAN).read_text("utf-8")
    return tuple(json.loads(text))


# Against length -------------------------------------------------------------------------------


def scatter(
    beads: Sequence[Bead],
    lengths: Sequence[tuple[int, int]],
    rows: Sequence[Row],
    words: Words,
) -> Scatter | None:
    """Length ratio and drift; ``lengths`` are the characters of both sides of each bead."""
    places = [
        number
        for number, bead in enumerate(beads)
        if all(lengths[number]) and not rows[number].boilerplate and not math.isnan(bead.drift)
    ]
    if len(places) < _LEAST_SPREAD:
        return None
    usual = median(lengths[number][1] / lengths[number][0] for number in places)
    points = {
        number: (
            _across(lengths[number][1] / lengths[number][0] / usual),
            100 - 100 * share(beads[number].drift),
        )
        for number in places
    }
    cells: defaultdict[tuple[float, float], list[int]] = defaultdict(list)
    for number, (x, y) in points.items():
        many = len(points) > _DOTS
        cell = (int(x * _COLUMNS / 400), int(y * _ROWS / 100)) if many else (x, y)
        cells[cell].append(number)
    return Scatter(
        tuple(_dot(group, points, lengths, usual, rows, words) for group in cells.values())
    )


def _across(ratio: float) -> float:
    """Where a length ratio is drawn: by its logarithm, the usual one in the middle."""
    power = min(_WIDEST, max(-_WIDEST, math.log2(ratio)))
    return round(200 + 200 * power / _WIDEST, 1)


def _dot(
    group: Sequence[int],
    points: Mapping[int, tuple[float, float]],
    lengths: Sequence[tuple[int, int]],
    usual: float,
    rows: Sequence[Row],
    words: Words,
) -> Dot:
    """A dot for the beads of one cell, at the place of the one that drifts most."""
    top = min(group, key=lambda number: points[number][1])
    left, right = lengths[top]
    values = {
        "number": rows[top].number,
        "ratio": words.number(right / left / usual),
        "drift": rows[top].drift,
    }
    label = (
        words("chart.lengths_dot", **values)
        if len(group) == 1
        else words.count("chart.lengths_dots", len(group), **values)
    )
    size = min(5, 1 + int(math.log2(len(group)) / 2))
    return Dot(points[top][0], round(points[top][1], 1), size, "#" + rows[top].id, label)
