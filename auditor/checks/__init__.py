"""The rules, in the order in which they are listed and run."""

from auditor.checks import number_mismatch, unpaired_quotation, untranslated_text
from auditor.checks.rule import Rule

RULES: tuple[Rule, ...] = (
    number_mismatch.RULE,
    untranslated_text.RULE,
    unpaired_quotation.RULE,
)
