"""BLEU, chrF and TER against a human translation, by sacreBLEU and with its signatures."""

from __future__ import annotations

from collections.abc import Sequence

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
