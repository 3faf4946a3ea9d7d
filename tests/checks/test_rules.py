"""What every rule promises."""

from __future__ import annotations

import pkgutil
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor import checks
from auditor.checks import RULES
from auditor.checks.rule import Example, Passage, Rule, Scope, passage
from auditor.encoders import load_encoder
from auditor.languages import codes
from auditor.text.glossary import Concept, Glossary
from tests.conftest import ROOT

CASES = ROOT / "tests" / "cases"
CATEGORIES = {"accuracy", "fluency", "terminology", "locale", "style", "design"}


def marked(rule: Rule, given_passage: Passage) -> tuple[str, ...]:
    """The stretches that a rule marks as primary, in its order."""
    return tuple(
        given_passage.sides[mark.side].text[mark.start : mark.end]
        for hit in rule.check(given_passage)
        for mark in hit.marks
        if mark.primary
    )


def read_case_glossary(entry: dict[str, Any]) -> Glossary:
    """The glossary of a case: terms by language, alternatives divided as in a CSV file."""

    def terms(name: str) -> dict[str, tuple[str, ...]]:
        return {code: tuple(text.split("|")) for code, text in entry.pop(name, {}).items()}

    concept = Concept(terms("glossary"), terms("forbidden"), exact=entry.pop("exact", False))
    kept = tuple(entry.pop("kept", ()))
    return Glossary((concept,) if concept.approved or concept.forbidden else (), kept)


def examples() -> Iterator[Any]:
    for rule in RULES:
        for number, example in enumerate(rule.examples):
            yield pytest.param(rule, example, id=f"{rule.slug}-{number}")


def cases() -> Iterator[Any]:
    for rule in RULES:
        path = CASES / f"{rule.slug}.toml"
        table = tomllib.loads(path.read_text("utf-8"))
        for provenance, entries in table.items():
            for number, entry in enumerate(entries):
                failing = entry.pop("fails", None)
                marks = tuple(entry.pop("marks", ()))
                glossary = read_case_glossary(entry)
                yield pytest.param(
                    rule,
                    Example(entry, marks, glossary),
                    id=f"{rule.slug}-{provenance}-{number}",
                    marks=[pytest.mark.xfail(reason=failing, strict=True)] if failing else [],
                )


ENCODER = load_encoder()


def _passage(example: Example) -> Passage:
    return passage(example.texts, glossary=example.glossary, words=ENCODER.encode)


@pytest.mark.parametrize(("rule", "example"), list(examples()))
def test_an_example_shows_what_the_rule_does(rule: Rule, example: Example):
    assert marked(rule, _passage(example)) == example.marks


@pytest.mark.parametrize(("rule", "example"), list(cases()))
def test_a_case_is_judged_right(rule: Rule, example: Example):
    assert marked(rule, _passage(example)) == example.marks


def test_the_register_is_complete():
    modules = {info.name for info in pkgutil.iter_modules(checks.__path__)} - {"rule"}
    assert {rule.slug.replace("-", "_") for rule in RULES} == modules


def test_slugs_are_unique():
    assert len({rule.slug for rule in RULES}) == len(RULES)


SCRAPS = {
    "fr": "le la ne pas il elle est sont que qui « » ? . , 12 3,5 million € lundi Paris Merlou "
    "l'eau dit port ville plus moins avant après sans Que Est-ce janvier quatre-vingts km "
    'IBM d"eau',
    "de": "der die das nicht kein er sie ist sind dass „ “ ? . , 12 3,5 Millionen € Montag Paris "
    "Merlous Hafen Stadt sagt mehr weniger vor nach ohne Warum Januar achtzig km IBM Uhr",
    "en": "the a not no he she is are that who \" ' ? . , 12 3.5 million £ Monday Paris Merlou's "
    "harbour town says more less before after without Why January eighty miles IBM don't No. 23.45",
}


def words_of(code: str) -> st.SearchStrategy[str]:
    """Words and signs of a language in any order."""
    return st.lists(st.sampled_from(SCRAPS[code].split()), max_size=24).map(" ".join)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.slug)
class TestEachRule:
    def test_has_a_page_that_begins_with_the_fault_as_a_sentence(self, rule: Rule):
        assert rule.fault.endswith(".")
        assert rule.fault[0].isupper()
        assert "Limits:" in rule.page
        assert "Authority:" in rule.page

    def test_has_an_mqm_category(self, rule: Rule):
        dimension, kind = rule.category.split("/")
        assert dimension in CATEGORIES
        assert kind

    def test_teaches_with_good_and_bad_examples(self, rule: Rule):
        bad = sum(bool(example.marks) for example in rule.examples)
        assert 1 <= bad < len(rule.examples) <= 7

    def test_is_silent_on_empty_text(self, rule: Rule):
        assert not list(rule.check(passage({"fr": "", "de": ""})))

    @settings(max_examples=40, deadline=None)
    @given(drawn=st.data(), first=st.sampled_from(codes()), second=st.sampled_from(codes()))
    def test_no_words_of_any_two_languages_make_it_fail(
        self, rule: Rule, drawn: st.DataObject, first: str, second: str
    ):
        alone = rule.scope in (Scope.DOCUMENT, Scope.SENTENCE)
        texts = {
            code: drawn.draw(words_of(code)) for code in (first, *(() if alone else (second,)))
        }
        if alone or first != second:
            assert all(hit.message for hit in rule.check(passage(texts)))

    @settings(max_examples=150, deadline=None)
    @given(
        left=st.text(max_size=200), right=st.text(max_size=200), language=st.sampled_from(codes())
    )
    def test_no_text_makes_it_fail_and_marks_lie_in_the_text(
        self, rule: Rule, left: str, right: str, language: str
    ):
        other = "de" if language != "de" else "fr"
        texts = {language: left, other: right}
        alone = rule.scope in (Scope.DOCUMENT, Scope.SENTENCE)
        given_passage = passage({language: left} if alone else texts)
        for hit in rule.check(given_passage):
            assert 0 <= hit.confidence <= 1
            assert hit.message
            for mark in hit.marks:
                text = given_passage.sides[mark.side].text
                assert 0 <= mark.start <= mark.end <= len(text)
