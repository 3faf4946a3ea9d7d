"""The catalogues of the report's words."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files

import pytest

from auditor.checks import RULES
from auditor.errors import AuditorError
from auditor.render.html.words import Phrase, codes, words
from tests.conftest import ROOT

FREE = {"rules"}  # tables that may lack words: then English stands there
_PLACE = re.compile(r"\{(\w+)\}")


def catalogue(code: str) -> dict[str, dict[str, object]]:
    folder = files("auditor.render.html") / "languages"
    return tomllib.loads((folder / f"{code}.toml").read_text("utf-8"))


def places(text: object) -> object:
    if isinstance(text, dict):
        return {form: places(each) for form, each in text.items()}
    return sorted(_PLACE.findall(text)) if isinstance(text, str) else None


@pytest.mark.parametrize("code", [code for code in codes() if code != "en"])
def test_every_language_has_the_same_words_with_the_same_places(code: str):
    english, other = catalogue("en"), catalogue(code)
    assert list(english) == list(other)
    for table in english.keys() - FREE:
        assert english[table].keys() == other[table].keys()
        for key, text in english[table].items():
            assert places(text) == places(other[table][key]), f"{code}: {table}.{key}"


def test_every_word_is_used():
    folder = ROOT / "auditor" / "render" / "html"
    sources = [path.read_text("utf-8") for path in folder.rglob("*.*") if path.suffix != ".toml"]
    source = "\n".join(sources)
    for table in ("page", "chart", "list", "text", "rule_pages", "help", "triage"):
        for key in catalogue("en")[table]:
            base = key.removesuffix("_because")
            named = (f"{table}.{base}", f'"{base}"')
            assert any(name in source for name in named), f"{table}.{key}"


def test_a_rule_has_its_name_in_every_language_but_english():
    french, german = (catalogue(code)["rules"] for code in ("fr", "de"))
    assert french.keys() == german.keys()
    assert {rule.slug for rule in RULES} <= french.keys()


def test_figures_as_each_language_writes_them():
    assert words("en").number(1.5) == "1.50"
    assert words("fr").number(1.5) == "1,50"
    assert words("en").percent(0.955, 1) == "95.5%"
    assert words("de").percent(0.955, 1) == "95,5\N{NO-BREAK SPACE}%"
    assert words("de").whole(20000) == "20.000"
    assert words("fr").count("page.findings", 0) == "0 constat"
    assert words("de").count("page.findings", 0) == "0 Befunde"


def test_what_no_catalogue_knows_stays_and_keeps_its_language():
    french = words("fr")
    assert french.category("accuracy/omission") == Phrase("exactitude/omission")
    assert french.category("accuracy/brand-new") == Phrase("accuracy/brand-new", "en")
    assert french.known("evidence", "brand new") == Phrase("brand new", "en")
    assert french.language("de") == "Allemand"
    assert french.language("x-none") == "X-none"
    with pytest.raises(AuditorError, match="de, en, fr"):
        words("ja")


def test_braces_in_values_stay():
    assert words("en")("list.link", number="{number}") == "Link to finding {number}"
