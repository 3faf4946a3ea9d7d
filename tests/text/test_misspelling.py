"""A word is misspelt only where one slip makes it of one frequent word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.languages import codes, language
from auditor.text.misspelling import correction, find_misspelt, is_slip
from auditor.text.words import Vocabulary


@pytest.mark.parametrize(
    ("word", "reading", "slip"),
    [
        ("gouvermement", "gouvernement", True),  # another letter
        ("gouvernment", "gouvernement", True),  # one less
        ("gouvvernement", "gouvernement", True),  # one more
        ("govuernement", "gouvernement", True),  # two turned
        ("societe", "société", True),  # accents, two of them and at the end
        ("gouvernements", "gouvernement", False),  # an inflection
        ("louvernement", "gouvernement", False),  # the first letter
        ("gouvermemnt", "gouvernement", False),  # two slips
        ("gouvernement", "gouvernement", False),
    ],
)
def test_what_a_slip_is(word: str, reading: str, slip: bool):
    assert is_slip(word, reading) is slip
    assert is_slip(reading, word) is slip


@pytest.mark.parametrize(
    ("code", "word", "reading"),
    [
        ("fr", "gouvermement", "gouvernement"),
        ("fr", "maitrise", ""),  # the reform of 1990
        ("fr", "gouvernementt", ""),  # an ending that is none is left alone
        ("de", "Regierugn", ""),
        ("de", "Regeirung", "Regierung"),
        ("de", "regeirung", ""),  # a noun in small letters is another fault
    ],
)
def test_corrections(code: str, word: str, reading: str):
    assert correction(word, language(code)) == reading


@given(st.text("abeéß Ünr-.'’1\n", max_size=60), st.sampled_from(codes()))
def test_slips_lie_in_the_text(text: str, code: str):
    for slip in find_misspelt(text, language(code), Vocabulary()):
        assert text[slip.start : slip.end].isalpha()
        assert slip.reading
