"""What names stand for in every language."""

from __future__ import annotations

import pytest

from auditor.languages import language
from auditor.text.exonyms import full_name, phrase_concepts


@pytest.mark.parametrize(
    ("code", "text", "meant"),
    [
        ("de", "auch das Vereinigte Königreich", "GB"),
        ("de", "im Vereinigten Königreich", "GB"),
        ("de", "der Dominikanischen Republik", "DO"),
        ("fr", "au Royaume-Uni", "GB"),
    ],
)
def test_names_of_several_words_are_found_however_they_are_inflected(
    code: str, text: str, meant: str
):
    assert meant in phrase_concepts(text, language(code))


def test_a_full_name_has_no_ending():
    assert full_name("Irlande", language("fr")) & full_name("Irland", language("de"))
    assert not full_name("Irlandes", language("fr"))
