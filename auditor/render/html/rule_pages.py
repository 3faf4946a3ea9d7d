"""The pages of the rules that found something: a rule's docstring and examples as the page's text.

Rules are looked up by their slug in the register; a finding of a rule that is not there (an audit
of another version) has no page, and nothing else depends on which rules there are.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING
from urllib.parse import quote

from auditor.checks import RULES
from auditor.render.html.views import RuleExample, RulePage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from auditor.checks.rule import Rule
    from auditor.model import Finding
    from auditor.render.html.words import Words

_EXAMPLES = 4
_MARKED = re.compile(r"(`{1,2}[^`]+`{1,2}|\*[^*\s][^*]*\*)")
_TAGS = {"`": "code", "*": "em"}


def href(slug: str) -> str:
    """The link to a rule's page, or nothing where there is none."""
    known = any(rule.slug == slug for rule in RULES)
    return "#" + quote(_id(slug), safe="") if known else ""


def pages(findings: Sequence[Finding], words: Words) -> tuple[RulePage, ...]:
    """The pages of the rules behind some findings, in the order of the register."""
    counts = Counter(finding.rule for finding in findings)
    return tuple(_page(rule, counts[rule.slug], words) for rule in RULES if rule.slug in counts)


def _id(slug: str) -> str:
    return f"rule-{slug}"


def _page(rule: Rule, count: int, words: Words) -> RulePage:
    _, _, rest = rule.page.strip().partition("\n")
    title = words.known("rules", rule.slug)
    return RulePage(
        id=_id(rule.slug),
        slug=rule.slug,
        category=words.category(rule.category),
        severity=rule.severity,
        title=title if title.text != rule.slug else type(title)(rule.fault, title.language),
        count=count,
        paragraphs=tuple(_pieces(block) for block in rest.split("\n\n") if block.strip()),
        examples=tuple(
            RuleExample(tuple(example.texts.items()), example.marks)
            for example in rule.examples[:_EXAMPLES]
        ),
    )


def _pieces(block: str) -> tuple[tuple[str, str], ...]:
    """A paragraph on one line, as tags and texts: what docstrings mark is code or emphasis."""
    parts = _MARKED.split(" ".join(block.split()))
    return tuple(
        (_TAGS[part[0]], part.strip("`*")) if number % 2 else ("", part)
        for number, part in enumerate(parts)
        if part
    )
