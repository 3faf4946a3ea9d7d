"""The encoders on this machine: as text for a reader, as JSON for programs."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import Any

from auditor.encoders.installed import Installed, Listing
from auditor.model import Calibration
from auditor.render.json_text import pretty
from auditor.text.printable import printable

SCHEMA = "auditor-models/1"

_MOST_LANGUAGES = 8
_WIDTH = 88
_FETCH = (
    "To use another: '--encoder NAME' takes any sentence-transformers model of the Hugging Face "
    "hub that knows both languages (sentence-transformers/LaBSE, for one) and fetches it on first "
    "use, safetensors weights alone, into the hub's cache. Where the network doesn't reach the "
    "hub, run 'hf download NAME --local-dir FOLDER' on a machine where it does, bring FOLDER "
    "over, and give '--encoder FOLDER'. A model without a calibration gets a generic one; "
    "'auditor models calibrate NAME PAIRS.tsv' measures its own on true translations."
)


def text(listing: Listing) -> str:
    """Every encoder with its facts, and how to get others."""
    lines = ["Embedded", *_lines(listing.embedded), "", "In the hub's cache"]
    for model in listing.hub:
        lines += _lines(model)
    lines += [] if listing.hub else ["  no sentence-transformers model"]
    return "\n".join([*lines, "", textwrap.fill(_FETCH, _WIDTH, break_on_hyphens=False)]) + "\n"


def _lines(model: Installed) -> Iterator[str]:
    yield f"  {printable(model.name)}"
    facts = {
        "signature": model.signature,
        "dimension": str(model.dimension or "not told"),
        "languages": _languages(model.languages),
        "size": f"{model.size / 1e6:,.1f} MB",
        "drift": _drift(model.calibration),
    }
    facts |= {"but": model.fault} if model.fault else {}
    for name, fact in facts.items():
        yield f"    {name:<10} {printable(fact)}"


def _languages(codes: tuple[str, ...]) -> str:
    if not codes:
        return "not told"
    more = f", … ({len(codes)})" if len(codes) > _MOST_LANGUAGES else ""
    return ", ".join(codes[:_MOST_LANGUAGES]) + more


def _drift(calibration: Calibration | None) -> str:
    if calibration is None:
        return "not calibrated"
    middle = -calibration.intercept / calibration.slope
    return f"calibrated: 0.5 at similarity {middle:.2f}"


def as_json(listing: Listing) -> str:
    """Schema auditor-models/1."""
    encoders = [(True, listing.embedded), *((False, model) for model in listing.hub)]
    return pretty(
        {
            "schema": SCHEMA,
            "encoders": [_encoder(model, embedded) for embedded, model in encoders],
            "notices": list(listing.notices),
        }
    )


def _encoder(model: Installed, embedded: bool) -> dict[str, Any]:
    calibration = model.calibration
    return {
        "name": model.name,
        "embedded": embedded,
        "signature": model.signature,
        "dimension": model.dimension,
        "languages": list(model.languages),
        "bytes": model.size,
        "calibration": calibration
        and {"slope": calibration.slope, "intercept": calibration.intercept},
        "fault": model.fault or None,
    }
