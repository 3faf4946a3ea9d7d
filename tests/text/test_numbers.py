"""Numbers in running text, by value."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.languages import codes, language
from auditor.text.numbers import Strength, find_numbers

NARROW = "\N{NARROW NO-BREAK SPACE}"


def read(code: str, text: str, least: Strength = Strength.WORD) -> list[tuple[str, float]]:
    found = find_numbers(text, language(code))
    return [(text[n.start : n.end], n.value) for n in found if n.strength >= least]


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        ("fr", f"1{NARROW}234,5 tonnes", [(f"1{NARROW}234,5", 1234.5)]),
        ("de", "1.234,5 Tonnen", [("1.234,5", 1234.5)]),
        ("en", "1,234.5 tons", [("1,234.5", 1234.5)]),
        ("de", "100.000 Chips", [("100.000", 100_000)]),
        ("de", "3.5 Prozent", [("3.5 Prozent", 3.5)]),
        ("fr", "97,4 milliards", [("97,4 milliards", 97.4e9)]),
        ("de", "97,4 Mrd. Euro", [("97,4 Mrd.", 97.4e9)]),
        ("en", "$1.5 billion", [("1.5 billion", 1.5e9)]),
        ("fr", "1 million et demi de dollars", [("1 million et demi", 1.5e6)]),
        ("fr", "un milliard et demi", [("un milliard et demi", 1.5e9)]),
        ("fr", "deux heures et demie", [("deux", 2)]),
        ("de", "vom 01.10. bis 31.10.", [("01", 1), ("10", 10), ("31", 31), ("10", 10)]),
        ("de", "3.20% mehr als 3.5 Millionen", [("3.20%", 3.2), ("3.5 Millionen", 3.5e6)]),
        ("fr", "un billion", [("un billion", 1e12)]),
        ("fr", "5 M€", [("5 M€", 5e6)]),
        ("de", "zweihundertfünfzig Leute", [("zweihundertfünfzig", 250)]),
        ("fr", "quatre-vingt-dix-sept jours", [("quatre-vingt-dix-sept", 97)]),
        ("fr", "vingt pour cent", [("vingt pour cent", 20)]),
        ("de", "seit drei Jahrzehnten", [("drei Jahrzehnten", 30)]),
        ("de", "am 4. Dezember 2024", [("4", 4), ("2024", 2024)]),
        ("de", "am 4.12.2024", [("4", 4), ("12", 12), ("2024", 2024)]),
        ("de", "um 20.30 Uhr", [("20", 20), ("30", 30)]),
        ("fr", "à 20h30", [("20", 20), ("30", 30)]),
        ("fr", "en 2015 100 000 élèves", [("2015", 2015), ("100 000", 100_000)]),
        ("de", "die 1990er Jahre", [("1990", 1990)]),
        ("fr", "le H100, GPT-4, la 3D et B7", []),
        ("fr", "ouvert 24 heures sur 24 et 7j/7", []),
        ("de", "Nummer 12345678901234567890", []),
        ("fr", "voir https://example.org/2024/12", []),
        ("de", "10-20 Stück", [("10", 10), ("20", 20)]),
        ("de", "Version 10.0.19041", [("10", 10), ("19041", 19041)]),
        ("fr", "pages 1,2,3", [("1", 1), ("2", 2), ("3", 3)]),
    ],
)
def test_a_number_is_read_by_its_value(code: str, text: str, expected: list[tuple[str, float]]):
    assert read(code, text) == expected


def test_what_may_be_english_format_has_both_readings():
    (number,) = find_numbers("1.234", language("de"))
    assert number.readings == (1234, 1.234)


@pytest.mark.parametrize(
    ("text", "sign", "percent"),
    [
        ("(BKEL-4.07%)", "-", True),
        ("(BKEL +2,41 %)", "+", True),
        ("-5 Grad", "-", False),
        ("10-20", "", False),
        ("Covid-19", None, None),
    ],
)
def test_a_sign_is_told_from_a_hyphen(text: str, sign: str | None, percent: bool | None):
    found = find_numbers(text, language("de"))
    last = found[-1] if found else None
    assert (last and last.sign) == sign
    assert (last and last.percent) == percent


@pytest.mark.parametrize(
    ("code", "text", "value"),
    [
        ("fr", "une douzaine", 12),
        ("de", "Dezember", 12),
        ("fr", "XVIIe siècle", 17),
        ("de", "einer", 1),
        ("de", "die Achtzehnjährige", 18),
        ("de", "die zweimonatige Pause", 2),
    ],
)
def test_words_that_only_explain_a_number_are_marked_so(code: str, text: str, value: float):
    found = find_numbers(text, language(code))
    assert value in {number.value for number in found if number.strength is Strength.SUPPORT}
    assert not read(code, text)


@settings(max_examples=200, deadline=None)
@given(text=st.text(max_size=300), code=st.sampled_from(codes()))
def test_any_text_can_be_searched(text: str, code: str):
    for number in find_numbers(text, language(code)):
        assert 0 <= number.start < number.end <= len(text)
        assert number.readings


@settings(max_examples=200, deadline=None)
@given(
    value=st.integers(0, 10**12),
    mark=st.sampled_from([".", NARROW, "\N{NO-BREAK SPACE}", "'", " "]),
)
def test_grouped_thousands_read_back(value: int, mark: str):
    written = f"{value:,}".replace(",", mark)
    (number,) = find_numbers(written, language("fr"))
    assert value in number.readings


def test_a_hostile_text_takes_linear_time():
    for piece in ("1.", "1 ", "9,", "«", "un ", "-1", "a1"):
        find_numbers(piece * 20_000, language("fr"))
