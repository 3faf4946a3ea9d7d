"""Belief: the same doubt is worth more in a document where much is broken."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.fluency.ear import Heard
from auditor.fluency.ear_belief import Belief, Evidence, peak
from auditor.fluency.ear_stretches import Limits, limits, stretches
from auditor.fluency.ear_tokens import Token

EVIDENCE = Evidence(1.0, 1.0, (0.2, 20))
LIMITS = Limits(0.9, (0.95, 0.98), 0.97, 2, (0.7, 0.8), evidence=EVIDENCE, believed=(0.4, 0.9))


def heard(*values: float) -> Heard:
    tokens = tuple(Token("mot", 4 * n, 4 * n + 3) for n in range(len(values)))
    return Heard(tokens, np.array(values, np.float32), np.ones(len(values), np.bool_))


GOOD, DOUBTFUL, BAD = heard(0.1, 0.02), heard(0.1, 0.7), heard(0.1, 0.99)


class TestBelief:
    def test_a_text_without_doubts_is_hardly_broken(self):
        assert Belief.of([GOOD] * 50, EVIDENCE).share < 0.01

    def test_the_share_of_broken_sentences_is_about_right(self):
        assert Belief.of([GOOD, BAD] * 50, EVIDENCE).share == pytest.approx(0.5, abs=0.06)

    def test_a_short_document_proves_little(self):
        assert Belief.of([BAD, BAD], EVIDENCE).share < 0.12
        assert Belief.of([], EVIDENCE).share == 0.01

    def test_the_same_doubt_is_worth_more_in_rough_company(self):
        smooth, rough = (Belief.of([DOUBTFUL, *[one] * 40], EVIDENCE) for one in (GOOD, BAD))
        assert smooth.probability(0.7) < 0.1
        assert rough.probability(0.7) > 0.8

    @given(st.floats(0.01, 0.9), st.floats(0.05, 0.95))
    def test_the_least_doubt_is_where_the_probability_is_reached(self, share: float, wanted: float):
        belief = Belief(EVIDENCE, share)
        least = belief.least(wanted)
        if 0.001 < least < 0.999:
            assert belief.probability(least) == pytest.approx(wanted, abs=1e-3)

    def test_signs_have_no_peak(self):
        tokens = (Token("»", 0, 1), Token("mot", 2, 5))
        assert peak(Heard(tokens, np.array([0.9, 0.3], np.float32), np.ones(2, np.bool_))) < 0.31
        assert peak(Heard((), np.zeros(0, np.float32), np.zeros(0, np.bool_))) == 0

    @pytest.mark.parametrize("code", ["fr", "de"])
    def test_languages_that_the_ear_knows_have_their_evidence(self, code: str):
        own = limits(code)
        assert own is not None
        assert own.evidence is not None
        assert own.believed[0] < own.believed[1] < 1


class TestBelievedStretches:
    def told(self, one: Heard, share: float) -> list[tuple[int, int, bool]]:
        found = stretches(one, LIMITS, belief=Belief(EVIDENCE, share))
        return [(s.start, s.end, s.faint) for s in found]

    def test_what_is_believed_is_told_faintly_then_as_a_minor_fault(self):
        assert not self.told(DOUBTFUL, 0.05)
        assert self.told(DOUBTFUL, 0.2) == [(4, 7, True)]
        assert self.told(DOUBTFUL, 0.9) == [(4, 7, False)]

    def test_its_confidence_is_the_belief(self):
        found = next(stretches(DOUBTFUL, LIMITS, belief=Belief(EVIDENCE, 0.3)))
        assert found.confidence == pytest.approx(Belief(EVIDENCE, 0.3).probability(0.7), abs=1e-6)

    def test_quiet_doubts_are_told_apart_from_loud_ones(self):
        one = heard(0.3, 0.1, 0.1, 0.1, 0.99, 0.3, 0.1)
        assert self.told(one, 0.5) == [(0, 3, True), (16, 19, False)]
        assert self.told(one, 0.01) == [(16, 19, False)]

    def test_unknown_words_alone_are_left_in_peace(self):
        one = heard(0.1, 0.8, 0.1)
        one.known[1] = False
        assert not self.told(one, 0.9)
