"""Whether words ask a question by their form, whatever mark they end with.

« Que dois-je faire », „Wann erhalte ich den Schlüssel“; not « Pourquoi le bac est fermé », nor
„Wie Sie die Tür schließen“, which name what is told below them.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from auditor.fluency.clauses import is_finite
from auditor.fluency.grammar import Grammar
from auditor.fluency.tagger import Word


def asks(words: Sequence[Word], grammar: Grammar) -> bool:
    """Whether a pronoun hangs on a finite verb, or such a verb comes first behind a question word.

    The latter tells in languages alone that put the verb of a subordinate clause last.
    """
    for word, after in pairwise(words):
        if is_finite(word) and after.form.startswith("-") and after.tag.startswith("PRON"):
            return True
        if grammar.verb_second and word.lower in grammar.question_words and is_finite(after):
            return True
    return False
