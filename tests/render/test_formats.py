"""SARIF and JUnit as their consumers want them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from lxml import etree

import auditor
from auditor import auditing
from auditor.checks import RULES
from auditor.languages import language
from auditor.model import Audit
from auditor.render import csv_report, json_report, junit, sarif
from auditor.text.reading import read_text

FRENCH = "Le port rouvre au printemps.\n\nLa maire promet 230 places \x07de <travail> & plus.\n"
GERMAN = "Der Hafen öffnet im Frühjahr.\n\nDie Bürgermeisterin verspricht 320 Arbeitsplätze.\n"


@pytest.fixture(scope="module")
def audit() -> Audit:
    documents = [
        read_text(raw, id=code, path=f"texts/a ä.{code}.txt", language=language(code))
        for code, raw in (("fr", FRENCH), ("de", GERMAN))
    ]
    return auditing.audit(documents, auditor.load_encoder())


def strings(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for entry in value.values() for text in strings(entry)]
    if isinstance(value, list):
        return [text for entry in value for text in strings(entry)]
    return [value] if isinstance(value, str) else []


def test_sarif_has_what_code_scanning_reads(audit: Audit):
    log = json.loads(sarif.render(audit))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == [rule.slug for rule in RULES]
    assert all(
        rule[key]["text"]
        for rule in rules
        for key in ("shortDescription", "fullDescription", "help")
    )
    assert all(strings(log))
    (result,) = run["results"]
    assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == "number-mismatch"
    assert result["level"] == "error"
    assert result["partialFingerprints"]["primaryLocationLineHash"].startswith(
        audit.findings[0].fingerprint
    )


def test_sarif_regions_are_lines_and_columns_from_one(audit: Audit):
    (result,) = json.loads(sarif.render(audit))["runs"][0]["results"]
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "texts/a%20%C3%A4.fr.txt"
    region = place["region"]
    assert (region["startLine"], region["startColumn"]) == (3, 17)
    assert (region["endLine"], region["endColumn"]) == (3, 20)
    assert (
        FRENCH[region["charOffset"] :][: region["charLength"]] == "230" == region["snippet"]["text"]
    )
    (other,) = result["relatedLocations"]
    assert other["physicalLocation"]["region"]["snippet"]["text"] == "320"


def test_junit_counts_its_cases(audit: Audit):
    root = etree.fromstring(junit.render(audit).encode("utf-8"))
    (suite,) = root.findall("testsuite")
    cases = suite.findall("testcase")
    failed = [case for case in cases if case.find("failure") is not None]
    assert suite.get("name") == "fr-de"
    assert int(suite.get("tests", "")) == len(cases) == len(RULES)
    assert int(suite.get("failures", "")) == len(failed) == 1
    assert "230" in failed[0].find("failure").text


def test_junit_says_when_texts_are_no_pair():
    strangers = [
        read_text(raw, id=code, path=code, language=language(code))
        for code, raw in (
            ("fr", "Le port rouvre au printemps. Les pêcheurs attendent une réponse."),
            ("de", "Sie spielt abends gern Klavier. Morgens liest er lange Zeitung."),
        )
    ]
    result = auditing.audit(strangers, auditor.load_encoder())
    (suite,) = etree.fromstring(junit.render(result).encode("utf-8"))
    assert suite.get("skipped") == "1"
    assert suite.find("testcase/skipped") is not None


def test_a_hostile_article_gets_through_no_format():
    evil = "\x1b[31m \u202e ::error::x ##[group] </script><!-- \x07"
    texts = {
        "fr": f"=La ville compte 230 places {evil} libres.\n",
        "de": f"=Die Stadt hat 320 freie {evil} Plätze.\n",
    }
    documents = [
        read_text(raw, id=code, path=f"{evil}.{code}.txt", language=language(code))
        for code, raw in texts.items()
    ]
    found = auditing.audit(documents, auditor.load_encoder())
    assert found.findings
    for render in (csv_report.render, json_report.render, junit.render, sarif.render):
        written = render(found)
        for sign in ("\x1b", "\x07", "\u202e", "##[", "</script", "\n::"):
            assert sign not in written
    loaded = json.loads(json_report.render(found))
    for finding in loaded["findings"]:
        for span in finding["spans"]:
            raw = texts[span["document"]]
            assert span["text"] == raw[span["start"] : span["end"]]
