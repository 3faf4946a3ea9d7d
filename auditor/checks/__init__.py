"""The rules, in the order in which they are listed and run."""

from auditor.checks import (
    date_mismatch,
    literal_mismatch,
    magnitude_mismatch,
    name_mismatch,
    number_mismatch,
    unit_mismatch,
    unpaired_quotation,
    untranslated_text,
)
from auditor.checks.rule import Rule

RULES: tuple[Rule, ...] = (
    number_mismatch.RULE,
    magnitude_mismatch.RULE,
    unit_mismatch.RULE,
    date_mismatch.RULE,
    name_mismatch.RULE,
    literal_mismatch.RULE,
    untranslated_text.RULE,
    unpaired_quotation.RULE,
)
