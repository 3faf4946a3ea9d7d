"""BLEU, chrF and TER against a human translation, by sacreBLEU and with its signatures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from auditor.model import MetricScore


def against_reference(
    translation: Sequence[str], reference: Sequence[str]
) -> tuple[MetricScore, ...]:
    """Scores of a whole document, aligned segment by segment (Post 2018, sacreBLEU)."""
    from sacrebleu.metrics.bleu import BLEU
    from sacrebleu.metrics.chrf import CHRF
    from sacrebleu.metrics.ter import TER

    scores = []
    for name, metric in (("chrF", CHRF()), ("BLEU", BLEU()), ("TER", TER())):
        score = metric.corpus_score(list(translation), [list(reference)])
        scores.append(MetricScore(name, float(score.score), str(metric.get_signature())))
    return tuple(scores)


# Samples times units that the bootstrap holds in memory; its signature tells the samples.
_MOST_SAMPLED = 5_000_000


@dataclass(frozen=True, slots=True)
class PairedScore:
    """One metric before and after, and how likely so large a difference is by chance."""

    name: str
    before: float
    after: float
    p_value: float
    units: int
    signature: str

    @property
    def worse_by(self) -> float:
        """By how many points it fell; a rise for TER, which counts errors."""
        fall = self.before - self.after
        return -fall if self.name == "TER" else fall

    @property
    def significant(self) -> bool:
        """Whether the difference is significant at the usual five per cent."""
        return self.p_value < 0.05


def paired_scores(
    reference: Sequence[str], before: Sequence[str], after: Sequence[str]
) -> tuple[PairedScore, ...]:
    """BLEU, chrF and TER of two systems with sacreBLEU's paired bootstrap (Koehn 2004)."""
    from sacrebleu.metrics.bleu import BLEU
    from sacrebleu.metrics.chrf import CHRF
    from sacrebleu.metrics.ter import TER
    from sacrebleu.significance import PairedTest

    systems: list[tuple[str, Sequence[str]]] = [("before", before), ("after", after)]
    references = [list(reference)]
    metrics = {
        "chrF": CHRF(references=references),
        "BLEU": BLEU(references=references),
        "TER": TER(references=references),
    }
    samples = min(1000, max(100, _MOST_SAMPLED // max(1, len(reference))))
    test = PairedTest(systems, metrics, references=None, test_type="bs", n_samples=samples)
    signatures, results = test()
    scores = []
    for name, (one, other) in results.items():
        # The column of names holds texts; the second system's result has a p-value.
        if not isinstance(one, str) and not isinstance(other, str) and other.p_value is not None:
            figures = (float(one.score), float(other.score), float(other.p_value))
            scores.append(PairedScore(name, *figures, len(reference), str(signatures[name])))
    return tuple(scores)


def chrf(texts: Sequence[str], others: Sequence[str]) -> tuple[float, str]:
    """How like some texts are to others, as chrF from 0 to 100, and its signature."""
    from sacrebleu.metrics.chrf import CHRF

    metric = CHRF()
    score = metric.corpus_score(list(texts), [list(others)])
    return float(score.score), str(metric.get_signature())
