"""A comparison as one page without script: escaped as a whole, and nothing may load."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from auditor.render.check.facts import Finder
from auditor.render.comparison import facts
from auditor.render.plain import line, shortened

if TYPE_CHECKING:
    from auditor.comparing import Comparison


def render(comparison: Comparison) -> str:
    """The page."""
    finder = Finder()
    rows = {
        kind: [
            (
                seen.finding.severity.value,
                facts.place(seen, finder),
                seen.finding.rule,
                facts.told(seen, finder),
            )
            for seen in comparison.all(kind)
        ]
        for kind in facts.KINDS
    }
    style = _style()
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return (
        _environment()
        .get_template("compare.html.j2")
        .render(
            # The style is our own file: everything else is escaped.
            style=Markup(style),  # noqa: S704
            style_hash=digest,
            answer=facts.ANSWERS[comparison.status],
            counts=facts.counts(comparison),
            regressions=comparison.regressions,
            missing=list(facts.missing(comparison)),
            findings=rows,
            scores=list(facts.scores(comparison)),
            sizes=list(facts.sizes(comparison)),
            articles=[
                (
                    line(change.article),
                    *(facts.drift(value) for value in change.drifts),
                    *(len(getattr(change, kind)) for kind in facts.KINDS),
                    [shortened(why, 400) for why in facts.failures(change)],
                )
                for change in facts.notable(comparison)
            ],
        )
    )


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("auditor.render"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _style() -> str:
    environment = _environment()
    if environment.loader is None:
        raise LookupError("no templates")
    return environment.loader.get_source(environment, "compare.css")[0]
