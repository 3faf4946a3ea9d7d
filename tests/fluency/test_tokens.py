"""Words are cut as the treebanks cut them, and every cut can be found again in the text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.fluency.grammar import cuts
from auditor.fluency.tokens import tokenize


@pytest.mark.parametrize(
    ("code", "text", "forms"),
    [
        ("fr", "L’eau qu'il a-t-il bue", ["L'", "eau", "qu'", "il", "a", "-t-il", "bue"]),
        ("fr", "aujourd’hui, peut-être", ["aujourd'hui", ",", "peut-être"]),
        ("fr", "(ALD+1,2 %)", ["(", "ALD", "+1,2", "%", ")"]),
        ("de", "Im Vor- und Nachspiel, z. B. 3,5 %.",
         ["Im", "Vor", "-", "und", "Nachspiel", ",", "z", ".", "B", ".", "3,5", "%", "."]),
    ],
)  # fmt: skip
def test_words_and_signs(code: str, text: str, forms: list[str]):
    assert [token.text for token in tokenize(text, cuts(code))] == forms


@given(st.text(max_size=80), st.sampled_from(["fr", "de"]))
def test_tokens_lie_in_the_text_in_order(text: str, code: str):
    end = 0
    for token in tokenize(text, cuts(code)):
        assert end <= token.start < token.end <= len(text)
        assert len(token.text) == token.end - token.start
        end = token.end
