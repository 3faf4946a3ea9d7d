"""The findings as JUnit XML: a suite for each bitext, a failed case for each finding.

A rule that found nothing in a bitext is a case that passed. A document that was audited by itself
has a suite too.
"""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from auditor.checks import RULES
from auditor.model import Audit, Document, Finding
from auditor.render.plain import line as plain_line
from auditor.render.positions import Lines
from auditor.render.xml_text import xml_text


def render(audit: Audit) -> str:
    """The whole audit as one ``testsuites`` element."""
    root = etree.Element("testsuites", name="auditor")
    documents = {document.id: document for document in audit.documents}
    lines = {document.id: Lines(document.raw) for document in audit.documents}
    for number, bitext in enumerate(audit.bitexts):
        found = [f for f in audit.findings if f.bead is not None and f.bead.bitext == number]
        suite = _suite(root, f"{bitext.left}-{bitext.right}", found)
        if not bitext.comparable:
            _skip(suite, bitext.reason)
        for finding in found:
            _failure(suite, finding, documents, lines)
    if not audit.bitexts:
        suite = _suite(root, audit.documents[0].id, audit.findings)
        for finding in audit.findings:
            _failure(suite, finding, documents, lines)
    written: bytes = etree.tostring(root, pretty_print=True, xml_declaration=True, encoding="UTF-8")
    return written.decode("utf-8")


def _suite(root: etree._Element, name: str, found: Sequence[Finding]) -> etree._Element:
    """A suite with a case for each rule that found nothing; its failures are yet to come."""
    silent = [rule.slug for rule in RULES if rule.slug not in {f.rule for f in found}]
    suite = etree.SubElement(root, "testsuite", name=name)
    suite.set("errors", "0")
    suite.set("tests", str(len(found) + len(silent)))
    suite.set("failures", str(len(found)))
    suite.set("skipped", "0")
    for slug in silent:
        etree.SubElement(suite, "testcase", classname=name, name=slug)
    return suite


def _skip(suite: etree._Element, reason: str) -> None:
    """Nothing was audited: one case that says why, in place of those of the rules."""
    suite[:] = []
    suite.set("tests", "1")
    suite.set("skipped", "1")
    case = etree.SubElement(suite, "testcase", classname=suite.get("name", ""), name="comparable")
    etree.SubElement(case, "skipped", message=xml_text(plain_line(reason)))


def _failure(
    suite: etree._Element,
    finding: Finding,
    documents: dict[str, Document],
    lines: dict[str, Lines],
) -> None:
    case = etree.SubElement(suite, "testcase", classname=suite.get("name", ""))
    case.set("name", f"{finding.rule} {finding.fingerprint}")
    failure = etree.SubElement(case, "failure", type=f"{finding.severity.value} {finding.category}")
    failure.set("message", xml_text(plain_line(finding.message)))
    places = []
    for span in finding.spans:
        line, column = lines[span.document].place(span.start)
        place = f"{documents[span.document].path}:{line}:{column}: {span.text}"
        places.append(plain_line(place))
    failure.text = xml_text("\n".join(places))
