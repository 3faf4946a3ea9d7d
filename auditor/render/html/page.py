"""The whole page, put together."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from auditor.render.html import assets, rule_pages
from auditor.render.html.island import island
from auditor.render.html.report import Report
from auditor.render.html.verdict import severities
from auditor.render.html.words import ENGLISH, words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from auditor.gate import Entry
    from auditor.model import Audit

# Half characters, controls, and what turns the direction of the text around it.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
    "\ufffe\uffff\ud800-\udfff]"
)


def render(
    audit: Audit,
    *,
    title: str,
    generated: str | None = None,
    language: str = ENGLISH,
    paths: Mapping[str, str] | None = None,
    links: Mapping[tuple[int, int], str] | None = None,
    known: Sequence[Entry] = (),
) -> str:
    """Write the audit as one HTML page.

    Args:
        audit: what to show.
        title: the page's heading, for instance the article's name.
        generated: when or by what the page was made, as it shall read in the footer.
        language: that of the interface, one of `words.codes`.
        paths: what a baseline calls the documents, by id; where it is silent, their own paths.
        links: word links by number of the bitext and of the bead, as `align.words` writes them.
        known: what a baseline says; entries about other documents are exported again.

    """
    told = words(language)
    report = Report(audit, told, links or {})
    findings = report.findings()
    style, style_hash = assets.style()
    script, script_hash = assets.script()
    page = (
        assets.environment()
        .get_template("report.html.j2")
        .render(
            t=told,
            title=title,
            generated=generated,
            style=style,
            style_hash=style_hash,
            script=script,
            script_hash=script_hash,
            data=island(audit, report.ranked, findings, paths or {}, known, told),
            verdict=report.verdict(),
            severities=severities(audit),
            choices=report.choices(),
            documents=report.documents(),
            bitexts=report.bitexts(),
            alone=list(report.documents_alone()),
            findings=findings,
            rule_pages=rule_pages.pages(report.ranked, told),
            mean_drift=told.number(audit.summary.mean_drift),
            measured=audit.summary.mean_drift is not None,
            profile=audit.summary.mqm_profile,
            signature=audit.signature,
        )
    )
    return _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", page)
