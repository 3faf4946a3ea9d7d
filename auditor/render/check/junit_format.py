"""A verdict as JUnit XML: a suite for each article, a case for each rule and each finding.

What blocks is a failure; a finding that doesn't is a case that passed and says so; what the
baseline accepts is skipped.
"""

from __future__ import annotations

from lxml import etree

from auditor.checks import RULES
from auditor.gate import Judged, Outcome, Standing, Verdict
from auditor.render.check.facts import Finder, figures, sentence
from auditor.render.plain import line
from auditor.render.xml_text import xml_text


def render(verdict: Verdict) -> str:
    """All articles as one ``testsuites`` element."""
    root = etree.Element("testsuites", name="auditor")
    finder = Finder()
    for outcome in verdict.outcomes:
        _suite(root, outcome, verdict, finder)
    run_wide = [breach for breach in verdict.breaches if not breach.article]
    if run_wide:
        suite = etree.SubElement(root, "testsuite", name="auditor")
        for breach in run_wide:
            _failed(suite, "auditor", breach.limit, breach.message, "limit")
        _count(suite)
    root.insert(0, etree.Comment(f" {_words(figures(verdict.counts)).replace('--', '- -')} "))
    written: bytes = etree.tostring(root, pretty_print=True, xml_declaration=True, encoding="UTF-8")
    return written.decode("utf-8")


def _suite(root: etree._Element, outcome: Outcome, verdict: Verdict, finder: Finder) -> None:
    name = _words(outcome.article)
    suite = etree.SubElement(root, "testsuite", name=name)
    ours = [judged for judged in verdict.findings if judged.audit is outcome.audit]
    if outcome.unreadable:
        case = etree.SubElement(suite, "testcase", classname=name, name="readable")
        etree.SubElement(case, "error", message=_words(outcome.unreadable), type="unreadable")
    elif outcome.nothing:
        case = etree.SubElement(suite, "testcase", classname=name, name="comparable")
        etree.SubElement(case, "error", message=_words(outcome.nothing), type="nothing to audit")
    else:
        for slug in (r.slug for r in RULES if r.slug not in {j.finding.rule for j in ours}):
            etree.SubElement(suite, "testcase", classname=name, name=slug)
    for judged in ours:
        _case(suite, name, judged, finder)
    for breach in verdict.breaches:
        if breach.article == outcome.article:
            _failed(suite, name, breach.limit, breach.message, "limit")
    _count(suite)


def _case(suite: etree._Element, name: str, judged: Judged, finder: Finder) -> None:
    finding = judged.finding
    title = f"{finding.rule} {finding.fingerprint}"
    told = f"{finder.first(judged)}: {finding.severity.value}: {sentence(judged, finder)}"
    if judged.blocks:
        kind = f"{finding.severity.value} {finding.category}"
        _failed(suite, name, title, finding.message, kind, told)
        return
    case = etree.SubElement(suite, "testcase", classname=name, name=_words(title))
    if judged.standing is Standing.NEW:
        etree.SubElement(case, "system-out").text = _words(told)
    else:
        etree.SubElement(case, "skipped", message=f"{judged.standing.value}: {_words(told)}")


def _failed(
    suite: etree._Element, name: str, title: str, message: str, kind: str, told: str = ""
) -> None:
    case = etree.SubElement(suite, "testcase", classname=name, name=_words(title))
    failure = etree.SubElement(case, "failure", type=kind, message=_words(message))
    failure.text = _words(told or message)


def _count(suite: etree._Element) -> None:
    suite.set("tests", str(len(suite.findall("testcase"))))
    for plural, one in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(plural, str(len(suite.findall(f"testcase/{one}"))))


def _words(text: str) -> str:
    return xml_text(line(text))
