"""The rules, in the order in which they are listed and run."""

from auditor.checks import (
    date_mismatch,
    direction_mismatch,
    literal_mismatch,
    magnitude_mismatch,
    mistranslated_span,
    moved_passage,
    name_mismatch,
    negation_mismatch,
    number_mismatch,
    omitted_passage,
    omitted_words,
    quotation_mismatch,
    repeated_passage,
    sentence_type_mismatch,
    stray_space,
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
    negation_mismatch.RULE,
    direction_mismatch.RULE,
    sentence_type_mismatch.RULE,
    untranslated_text.RULE,
    repeated_passage.RULE,
    quotation_mismatch.RULE,
    unpaired_quotation.RULE,
    stray_space.RULE,
    omitted_words.RULE,
    mistranslated_span.RULE,
    omitted_passage.RULE,
    moved_passage.RULE,
)
