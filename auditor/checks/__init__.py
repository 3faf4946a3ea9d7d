"""The rules, in the order in which they are listed and run."""

from auditor.checks import (
    moved_passage,
    number_mismatch,
    omitted_passage,
    unpaired_quotation,
    untranslated_text,
)
from auditor.checks.rule import Rule

RULES: tuple[Rule, ...] = (
    number_mismatch.RULE,
    untranslated_text.RULE,
    unpaired_quotation.RULE,
    omitted_passage.RULE,
    moved_passage.RULE,
)
