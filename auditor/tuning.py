"""An audit as a configuration wants it: other severities, and without what is to be ignored.

Works on a finished audit, so that no check knows of it. The scores are counted anew.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from auditor import ignores
from auditor.ignores import Ignore
from auditor.model import Audit, Finding, Notice, Severity
from auditor.summary import count, mqm_score, worst_first

_UNTRANSLATED = "accuracy/untranslated"


def _nothing(text: str) -> bool:
    del text
    return False


@dataclass(frozen=True, slots=True)
class Tuning:
    """What a configuration changes in an audit.

    ``ignored`` tells whether a quoted text is to be ignored; ``name`` stands for all of it in the
    signature, and is empty where nothing is changed.
    """

    name: str = ""
    severities: Mapping[str, Severity] = field(default_factory=dict)
    ignored: Callable[[str], bool] = _nothing
    do_not_translate: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tuned:
    """The audit after tuning, how many findings were ignored, and notices about ignores."""

    audit: Audit
    ignored: int = 0
    notices: tuple[Notice, ...] = ()


def tune(audit: Audit, tuning: Tuning, markup: Mapping[str, str], rules: Collection[str]) -> Tuned:
    """Apply a tuning, and the ignores in the documents.

    ``markup`` tells how each document is marked up, by id: only Markdown and HTML have comments.
    ``rules`` are the slugs that a comment may name.
    """
    found, notices = _ignores(audit, markup, rules)
    kept: list[Finding] = []
    used: set[Ignore] = set()
    for finding in audit.findings:
        silencing = [ignore for ignore in found if ignore.silences(finding)]
        used.update(silencing)
        if not silencing and not _unwanted(finding, tuning):
            kept.append(_weighed(finding, tuning))
    for document in audit.documents:
        notices += ignores.unused(found, used, document)
    tuned = _with_findings(audit, kept, tuning)
    return Tuned(tuned, len(audit.findings) - len(kept), tuple(notices))


def _ignores(
    audit: Audit, markup: Mapping[str, str], rules: Collection[str]
) -> tuple[list[Ignore], list[Notice]]:
    found: list[Ignore] = []
    notices: list[Notice] = []
    for document in audit.documents:
        kind = markup.get(document.id, "text")
        if kind != "text":
            more, remarks = ignores.read(document, rules, markdown=kind == "markdown")
            found += more
            notices += remarks
    return found, notices


def _unwanted(finding: Finding, tuning: Tuning) -> bool:
    quoted = [span.text for span in finding.spans if span.primary]
    if any(tuning.ignored(text) for text in quoted):
        return True
    return (
        finding.category == _UNTRANSLATED
        and bool(quoted)
        and all(_names_only(text, tuning.do_not_translate) for text in quoted)
    )


def _names_only(text: str, names: Sequence[str]) -> bool:
    """Whether no word is left of a text without the names that nobody translates."""
    for name in sorted(names, key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", " ", text)
    return bool(names) and not any(character.isalnum() for character in text)


def _weighed(finding: Finding, tuning: Tuning) -> Finding:
    severity = tuning.severities.get(finding.rule)
    return finding if severity is None else replace(finding, severity=severity)


def _with_findings(audit: Audit, findings: Sequence[Finding], tuning: Tuning) -> Audit:
    """The audit with other findings, its counts and scores; the signature names the tuning."""
    name = f"{audit.signature}|config:{tuning.name}" if tuning.name else audit.signature
    judged = [d for d in audit.documents if d.id in audit.summary.mqm_score]
    return replace(
        audit,
        signature=name,
        findings=tuple(sorted(findings, key=worst_first)),
        summary=replace(
            audit.summary,
            findings=count(findings),
            mqm_score={document.id: mqm_score(document, findings) for document in judged},
        ),
    )


def name_of(settings: Sequence[str]) -> str:
    """A short name for some settings, or none where there are none."""
    if not settings:
        return ""
    return hashlib.sha256("\n".join(settings).encode()).hexdigest()[:8]
