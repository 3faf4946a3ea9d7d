"""Which quotation marks belong together."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.languages import codes, language
from auditor.text.quotations import find_quotations


@pytest.mark.parametrize(
    ("code", "text", "pairs"),
    [
        ("fr", "« oui »", 1),
        ("fr", "« Il a dit “non” hier »", 2),
        ("fr", "« Il a dit « non » hier »", 2),
        ("fr", '"oui" et "non"', 2),
        ("de", "„ja“", 1),
        ("de", "„Sie rief ‚nein‘ laut“", 2),
        ("de", "»ja« und ›nein‹", 2),
        ("de", '„ja” und „nein"', 2),
        ("de", "“English style” im Text", 1),
        ("en", "“He said ‘no’ twice”", 1),
        ("en", 'a 5" screen', 0),
    ],
)
def test_pairs_are_found(code: str, text: str, pairs: int):
    found = find_quotations(text, language(code))
    assert len(found.pairs) == pairs
    assert not found.unclosed
    assert not found.unopened


@pytest.mark.parametrize(
    ("code", "text", "unclosed", "unopened"),
    [
        ("de", "„das Werk und „die Stadt“", (0,), ()),
        ("fr", "« hors normes", (0,), ()),
        ("fr", "hors normes »", (), (12,)),
        ("de", "Ende“, sagte er", (), (4,)),
        ("en", "no end”", (), (6,)),
    ],
)
def test_marks_left_alone_are_found(
    code: str, text: str, unclosed: tuple[int, ...], unopened: tuple[int, ...]
):
    found = find_quotations(text, language(code))
    assert (found.unclosed, found.unopened) == (unclosed, unopened)


@given(text=st.text(alphabet='„“”»«›‹‚‘’" aé.', max_size=80), code=st.sampled_from(codes()))
def test_each_mark_is_used_once_at_most(text: str, code: str):
    found = find_quotations(text, language(code))
    used = [place for pair in found.pairs for place in pair] + [*found.unclosed, *found.unopened]
    assert len(used) == len(set(used))
    assert all(start < end for start, end in found.pairs)
