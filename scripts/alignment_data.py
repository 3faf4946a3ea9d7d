"""Documents with gold alignments: Text+Berg, and the articles of msdocs_sxs.

Text+Berg has one sentence a line and gold beads by line. In `msdocs_sxs` the gold units are known
by their place in the text: all paragraphs are joined into one running text, which the auditor's
own segmenter cuts, so that segments and units differ.
"""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from auditor.align import Lines
from auditor.encoders.base import Encoder
from auditor.languages import language
from auditor.text.reading import read_text

Beads = list[tuple[tuple[int, ...], tuple[int, ...]]]
Spans = list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Gold:
    """Two documents and the beads that people found in them.

    ``texts``: the segments, in the languages of ``codes``. ``units``: the units that each segment
    touches, on both sides, where there are any.
    """

    name: str
    left: Lines
    right: Lines
    beads: Beads
    texts: tuple[list[str], list[str]]
    codes: tuple[str, str]
    units: tuple[list[set[int]], list[set[int]]] = ([], [])


def lines_of(texts: Sequence[str], encoder: Encoder, blocks: Sequence[int] | None = None) -> Lines:
    """What alignment knows of some texts."""
    return Lines.of(texts, encoder.encode(texts), blocks, encoder.tokens(texts))


# --- Text+Berg ----------------------------------------------------------------------------------


def read_textberg(data: Path, encoder: Encoder) -> Iterator[Gold]:
    """Every article of Text+Berg that is there: German left, French right."""
    for path in sorted((data / "eval" / "textberg").glob("*.defr")):
        sides = [_one_a_line(path.with_suffix(suffix)) for suffix in (".de", ".fr")]
        left, right = (lines_of(texts, encoder) for texts in sides)
        yield Gold(path.stem, left, right, _gold(path), (sides[0], sides[1]), ("de", "fr"))


def _one_a_line(path: Path) -> list[str]:
    return [line.strip() for line in path.read_text("utf-8").splitlines()]


def _gold(path: Path) -> Beads:
    """Gold beads, ``[0]:[0, 1]`` a line."""
    lines = path.read_text("utf-8").split("\n")
    sides = [line.split(":") for line in lines if ":" in line]
    return [(_numbers(left), _numbers(right)) for left, right in sides]


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(map(int, re.findall(r"\d+", text)))


# --- msdocs_sxs ---------------------------------------------------------------------------------


def read_msdocs(
    data: Path,
    encoder: Encoder,
    *,
    every: slice = slice(None),
    joined: bool = True,
    lost: float = 0.0,
) -> Iterator[Gold]:
    """The articles of `msdocs_sxs`: French left, German right.

    ``joined``: all paragraphs in one running text; else each in a line of its own. ``lost``: the
    share of segments that are taken out of either side. The beads are the smallest groups of
    segments that share units.
    """
    for path in sorted((data / "eval" / "msdocs_sxs").glob("*.seg.tsv"))[every]:
        name = path.name.removesuffix(".seg.tsv")
        rng = Random(name)  # noqa: S311 - repeatable, not secret
        left, right = (_side(path, code, joined=joined) for code in ("fr", "de"))
        if lost:
            left, right = _thinned(left, lost, rng), _thinned(right, lost, rng)
        ours, theirs = (lines_of(side.texts, encoder, side.blocks) for side in (left, right))
        units = left.units, right.units
        texts = left.texts, right.texts
        yield Gold(name, ours, theirs, _shared(*units), texts, ("fr", "de"), units)


@dataclass(frozen=True, slots=True)
class _Side:
    """One language of an article: segments, their blocks, and the units that each touches."""

    texts: list[str]
    blocks: list[int]
    units: list[set[int]]


def _side(path: Path, code: str, *, joined: bool) -> _Side:
    """Join the units of one language and cut the text with the auditor's own segmenter."""
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter="\t"))
    text, units = "", []
    for row, following in zip(rows, [*rows[1:], rows[0]], strict=True):
        start = len(text)
        text += " ".join(row[code].split())
        units.append((start, len(text)))
        text += " " if joined or row["para"] == following["para"] else "\n"
    segments = read_text(text, id=code, path=path.name, language=language(code)).segments
    return _Side(
        [segment.view.text for segment in segments],
        [segment.block for segment in segments],
        [_touched((segment.start, segment.end), units) for segment in segments],
    )


def _thinned(side: _Side, share: float, rng: Random) -> _Side:
    """Lose runs of one to three segments."""
    kept: list[int] = []
    index = 0
    while index < len(side.texts):
        if rng.random() < share / 2:
            index += rng.randint(1, 3)
        else:
            kept.append(index)
            index += 1
    return _Side(
        [side.texts[i] for i in kept], [side.blocks[i] for i in kept], [side.units[i] for i in kept]
    )


def _touched(segment: tuple[int, int], units: Spans) -> set[int]:
    """The units with which a segment shares at least half of the shorter one."""
    touched = set()
    for number, (start, end) in enumerate(units):
        shared = min(end, segment[1]) - max(start, segment[0])
        if shared > 0 and 2 * shared >= min(end - start, segment[1] - segment[0]):
            touched.add(number)
    return touched


def _shared(left: list[set[int]], right: list[set[int]]) -> Beads:
    """Connected groups of segments and units."""
    leader: dict[int, int] = {}

    def find(unit: int) -> int:
        while leader.setdefault(unit, unit) != unit:
            unit = leader[unit]
        return unit

    for units in (*left, *right):
        roots = sorted(map(find, units))
        for other in roots[1:]:
            leader[other] = roots[0]
    groups: dict[int, tuple[list[int], list[int]]] = {}
    for side, segments in enumerate((left, right)):
        for index, units in enumerate(segments):
            if units:
                groups.setdefault(find(min(units)), ([], []))[side].append(index)
    return [(tuple(ours), tuple(theirs)) for _, (ours, theirs) in sorted(groups.items())]
