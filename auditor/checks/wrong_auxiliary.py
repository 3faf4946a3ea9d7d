"""A perfect has the wrong auxiliary.

« Le train a arrivé » for « est arrivé », „Sie ist gut geschlafen“ for „hat“: the auxiliary follows
that of the source, or was chosen without a look at its verb. A reader stumbles, and takes the text
for one that nobody has read.

What counts as right: passives and adjectives (« le port est fermé »), reflexive verbs, and verbs
that take either auxiliary.

Limits: only participles of which the text that the lists were learnt from has hundreds with one
auxiliary, and as good as none with the other one.

Authority: MQM-Core, fluency/grammar.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.checks.rule import Example, Hit, Passage, Rule, Scope, sentence_hits
from auditor.fluency.auxiliaries import wrong_auxiliaries
from auditor.model import Severity


def check(passage: Passage) -> Iterator[Hit]:
    """Look for perfects with the wrong auxiliary in a sentence."""
    return sentence_hits(
        passage,
        wrong_auxiliaries,
        "The verb of “{quote}” makes its perfect with “{about}”.",
        confidence=0.85,
    )


RULE = Rule(
    slug="wrong-auxiliary",
    category="fluency/grammar",
    severity=Severity.MINOR,
    scope=Scope.SENTENCE,
    check=check,
    page=__doc__,
    examples=(
        Example({"fr": "Le train est arrivé à la gare avec une heure de retard."}),
        Example({"fr": "La décision est prise, et le port est fermé depuis hier."}),
        Example({"de": "Die Gäste sind nach dem Essen noch lange geblieben."}),
        Example({"fr": "Le train a arrivé à la gare avec une heure de retard."}, ("a arrivé",)),
        Example({"fr": "Hier, la mairie est participé au débat sur le port."}, ("est participé",)),
        Example(
            {"de": "Die Gäste haben nach dem Essen noch lange geblieben."},
            ("haben nach dem Essen noch lange geblieben",),
        ),
        Example({"de": "Er sagt, dass er sehr gut geschlafen ist."}, ("geschlafen ist",)),
    ),
    longest=2_000,
)
