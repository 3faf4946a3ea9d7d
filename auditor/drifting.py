"""The drift of beads and pairs: what vectors, ear and reader say, put together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from auditor.drift import GENERIC, Unshared, drift
from auditor.encoders.base import Encoder
from auditor.fluency.ear_network import Floats
from auditor.fluency.hearing import doubts
from auditor.links.reader import unshared
from auditor.model import Bead, BeadReference, Bitext, Calibration, Document, Kind


def with_drift(
    bitexts: Sequence[Bitext],
    documents: Mapping[str, Document],
    calibration: Calibration,
    read: Mapping[BeadReference, Unshared],
) -> tuple[Bitext, ...]:
    """The bitexts, comparable ones with the drift of their beads in place of the distance.

    ``read``: what was read of beads; those that were not read count by vectors and ear.
    """
    names = {
        name for bitext in bitexts if bitext.comparable for name in (bitext.left, bitext.right)
    }
    heard = {name: _segments(documents[name]) for name in sorted(names)}
    return tuple(
        replace(
            bitext,
            beads=tuple(
                _drifting(
                    bead,
                    (heard[bitext.left], heard[bitext.right]),
                    calibration,
                    read.get(BeadReference(number, index)),
                )
                for index, bead in enumerate(bitext.beads)
            ),
        )
        if bitext.comparable
        else bitext
        for number, bitext in enumerate(bitexts)
    )


def drifts(
    pairs: Sequence[tuple[str, str]],
    similarities: Sequence[float],
    encoder: Encoder,
    languages: tuple[str, str],
) -> list[float]:
    """The drift of pairs of texts, given their similarities and the languages of both sides."""
    heard = [doubts([pair[k] for pair in pairs], languages[k]).tolist() for k in (0, 1)]
    return [
        drift(similarity, encoder.calibration or GENERIC, (left, right), read)
        for similarity, left, right, read in zip(
            similarities, *heard, unshared(pairs, languages, encoder), strict=True
        )
    ]


def _segments(document: Document) -> Floats:
    """How much of each segment is in doubt; NaN for headings, captions and boilerplate."""
    prose = [k for k, segment in enumerate(document.segments) if segment.kind is Kind.PROSE]
    found = np.full(len(document.segments), np.nan)
    found[prose] = doubts([document.segments[k].view.text for k in prose], document.language)
    return found


def _drifting(
    bead: Bead, heard: tuple[Floats, Floats], calibration: Calibration, read: Unshared | None
) -> Bead:
    if not (bead.left and bead.right):
        return bead
    both = _side(heard[0][list(bead.left)]), _side(heard[1][list(bead.right)])
    return replace(bead, drift=drift(bead.similarity, calibration, both, read))


def _side(values: Floats) -> float:
    """The doubts of some segments together; NaN where none can be heard."""
    return float("nan") if np.isnan(values).all() else float(np.nansum(values))
