"""Every format of a verdict, as its consumer wants it, and harmless whatever an article holds."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest
from lxml import etree

import auditor
from auditor import auditing
from auditor.gate import Entry, Outcome, Status, Thresholds, Verdict, judge
from auditor.languages import language
from auditor.model import Audit, Notice, Severity, Span
from auditor.render.check import FORMATS, render
from auditor.render.check.github_format import step_summary
from auditor.text.reading import read_text
from tests.articles import article, people

SCHEMAS = Path(__file__).parent.parent.parent / "data" / "schemas"
HOSTILE = (
    "::error file=x::owned\n::set-output name=a::b\n##[add-path]/evil %0A::warning::x\r"
    "\x1b[31mred\x1b]0;title\x07 \x00\x08\x0b\x7f\x9b2J \u202eevil\u2066\u2028 </script><script>"
    'alert(1)</script><!-- --> ]]> &amp; =HYPERLINK("x") @everyone #12 ![](http://x) |a|b| `c` '
    "\ufffe\uffff\ud800 \U000e0041 ${{ secrets.X }}"
)


def audited(path: str = "a ä", planted: str = "999") -> Audit:
    texts = article(0)
    texts["de"] = "  ü " + texts["de"].replace(people(0), planted)
    documents = [
        read_text(raw, id=code, path=f"{path}.{code}.md", language=language(code))
        for code, raw in texts.items()
    ]
    return auditing.audit(documents, auditor.load_encoder())


def hostile() -> Audit:
    """An audit in which every text that an article can reach is hostile, its path among it."""
    audit = audited(path=f"::error::{HOSTILE.replace(chr(0), '')}")
    document = replace(audit.documents[0], raw=f"{HOSTILE}\n{audit.documents[0].raw}")
    (finding,) = audit.findings
    span = Span("fr", 0, len(HOSTILE), HOSTILE, primary=True)
    finding = replace(finding, message=f"{HOSTILE} and {HOSTILE}", spans=(span, *finding.spans))
    formula = replace(span, start=0, end=4, text="=1+1")
    other = replace(finding, message="-2+3", spans=(formula,), severity=Severity.MINOR)
    return replace(audit, documents=(document, audit.documents[1]), findings=(finding, other))


def several(count: int, severity: Severity) -> Verdict:
    audit = audited()
    (finding,) = audit.findings
    found = [
        replace(finding, severity=severity, fingerprint=f"{n:016x}", confidence=n / 100)
        for n in range(count)
    ]
    return judge([Outcome("a", replace(audit, findings=tuple(found)))])


@pytest.fixture(scope="module")
def verdict() -> Verdict:
    audit = audited()
    notice = Notice("fr", 0, 3, "Unused ignore.")
    fixed = Entry("0" * 16, "number-mismatch", audit.documents[0].path, text="1")
    limits = Thresholds(max_drift=0.0, max_bead_drift=0.0, min_score=100.0)
    return judge(
        [
            Outcome("a", audit, notices=(notice,), thresholds=limits, ignored=2),
            Outcome("b", unreadable="b.fr.md does not exist."),
            Outcome("c", nothing="c.fr.md is empty."),
        ],
        [fixed],
        max_findings=0,
    )


@pytest.fixture(scope="module")
def evil() -> Verdict:
    outcomes = [
        Outcome(HOSTILE, hostile(), notices=(Notice("fr", 0, 3, HOSTILE),)),
        Outcome(HOSTILE, unreadable=f"{HOSTILE} does not exist."),
    ]
    entry = Entry("0" * 16, HOSTILE, HOSTILE, text=HOSTILE)
    return judge(outcomes, [entry], gone={HOSTILE})


def lines_of_commands(text: str) -> list[str]:
    """What GitHub's runner takes for commands, in both of its forms."""
    return [
        line
        for line in re.split(r"\r\n|\r|\n", text)
        if line.lstrip().startswith("::") or "##[" in line
    ]


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_tells_the_finding(verdict: Verdict, form: str):
    rendered = render(form, verdict)
    assert "number-mismatch" in rendered
    assert "999" in rendered
    assert rendered.endswith("\n")


class TestSchemas:
    @pytest.mark.parametrize("which", ["verdict", "evil"])
    def test_sarif(self, which: str, request: pytest.FixtureRequest):
        schema = json.loads((SCHEMAS / "sarif-2.1.0-rtm.5.json").read_text("utf-8"))
        log = json.loads(render("sarif", request.getfixturevalue(which)))
        jsonschema.Draft4Validator(schema).validate(log)
        (run,) = log["runs"]
        assert run["results"]
        assert run["properties"]["accepted"] == 0

    @pytest.mark.parametrize("which", ["verdict", "evil"])
    def test_junit(self, which: str, request: pytest.FixtureRequest):
        schema = etree.XMLSchema(etree.parse(SCHEMAS / "junit-10.xsd"))
        root = etree.fromstring(render("junit", request.getfixturevalue(which)).encode("utf-8"))
        schema.assertValid(root)
        for suite in root.findall("testsuite"):
            assert int(suite.get("tests", "")) == len(suite.findall("testcase"))
        assert root.findall(".//failure")
        assert root.findall(".//error")

    @pytest.mark.parametrize("which", ["verdict", "evil"])
    @pytest.mark.parametrize(
        ("form", "name"), [("gitlab", "gitlab-code-quality"), ("rdjson", "rdjson")]
    )
    def test_gitlab_and_reviewdog(
        self, which: str, form: str, name: str, request: pytest.FixtureRequest
    ):
        schema = json.loads((SCHEMAS / f"{name}.json").read_text("utf-8"))
        jsonschema.validate(json.loads(render(form, request.getfixturevalue(which))), schema)

    @pytest.mark.parametrize("which", ["verdict", "evil"])
    def test_our_own_json(self, which: str, request: pytest.FixtureRequest):
        path = files("auditor") / "data" / "check.schema.json"
        schema = json.loads(path.read_text("utf-8"))
        jsonschema.validate(json.loads(render("json", request.getfixturevalue(which))), schema)

    def test_the_sarif_of_one_audit(self):
        from auditor.render import sarif

        schema = json.loads((SCHEMAS / "sarif-2.1.0-rtm.5.json").read_text("utf-8"))
        jsonschema.Draft4Validator(schema).validate(json.loads(sarif.render(hostile())))


class TestPlaces:
    def test_rdjson_counts_bytes_and_the_others_characters(self):
        document = read_text(
            "Überall 999 Bücher.\n\nÄrger.\n", id="de", path="a.de.md", language=language("de")
        )
        audit = audited()
        (finding,) = audit.findings
        span = Span("de", 8, 11, "999", primary=True)
        audit = replace(
            audit,
            documents=(audit.documents[0], document),
            findings=(replace(finding, spans=(span,)),),
        )
        verdict = judge([Outcome("a", audit)])
        (diagnostic,) = json.loads(render("rdjson", verdict))["diagnostics"]
        assert diagnostic["location"]["range"] == {
            "start": {"line": 1, "column": 10},
            "end": {"line": 1, "column": 13},
        }
        assert "col=9,endColumn=12" in render("github", verdict)
        assert "a.de.md:1:9" in render("text", verdict)

    def test_a_span_of_several_lines_has_no_columns_on_github(self):
        audit = audited()
        (finding,) = audit.findings
        raw = audit.documents[0].raw
        span = Span("fr", 0, raw.index("\n\n") + 5, raw[: raw.index("\n\n") + 5], primary=True)
        audit = replace(audit, findings=(replace(finding, spans=(span,)),))
        first = render("github", judge([Outcome("a", audit)])).splitlines()[0]
        assert "line=1,endLine=3," in first
        assert "col=" not in first
        assert "endColumn" not in first

    def test_code_hosts_get_paths_with_forward_slashes(self, verdict: Verdict):
        issues = json.loads(render("gitlab", verdict))
        assert "a ä.de.md" in {issue["location"]["path"] for issue in issues}


class TestGitLab:
    def test_equal_findings_have_fingerprints_of_their_own(self):
        audit = audited()
        twin = replace(audit, findings=audit.findings * 2)
        other = audited(path="other")
        verdict = judge([Outcome("a", twin), Outcome("b", other)])
        issues = json.loads(render("gitlab", verdict))
        assert len({issue["fingerprint"] for issue in issues}) == len(issues) == 3

    def test_a_fingerprint_does_not_move_with_the_line(self):
        audit = audited()
        first = json.loads(render("gitlab", judge([Outcome("a", audit)])))
        (finding,) = audit.findings
        spans = tuple(replace(s, start=0, end=3) for s in finding.spans)
        moved = replace(audit, findings=(replace(finding, spans=spans),))
        second = json.loads(render("gitlab", judge([Outcome("a", moved)])))
        assert first[0]["location"] != second[0]["location"]
        assert first[0]["fingerprint"] == second[0]["fingerprint"]


class TestGitHub:
    def test_the_worst_ten_are_shown_and_the_rest_is_counted(self):
        rendered = render("github", several(13, Severity.MAJOR))
        assert len(lines_of_commands(rendered)) == 10
        assert "3 more errors than GitHub shows" in rendered
        assert len([line for line in rendered.splitlines() if line.startswith("error: ")]) == 3

    def test_what_does_not_block_is_a_warning(self):
        rendered = render("github", several(12, Severity.MINOR))
        assert rendered.count("::warning ") == 10
        assert "2 more warnings" in rendered
        neutral = render("github", several(1, Severity.NEUTRAL))
        assert neutral.startswith("::notice ")

    def test_the_summary_of_the_job(self, verdict: Verdict):
        page = step_summary(verdict)
        assert "number&#45;mismatch" in page
        assert "1 new" in page


class TestHostile:
    @pytest.mark.parametrize("form", FORMATS)
    def test_nothing_steers_a_terminal(self, evil: Verdict, form: str):
        steering = {
            char
            for char in render(form, evil)
            if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp") and char not in "\n\r"
        }
        assert not steering

    @pytest.mark.parametrize("form", FORMATS)
    def test_no_command_of_the_article_reaches_the_runner(self, evil: Verdict, form: str):
        commands = lines_of_commands(render(form, evil))
        if form == "github":
            ours = re.compile(r"::(error|warning|notice) [^:]*::[^\r\n]*")
            assert all(ours.fullmatch(command) for command in commands)
            assert len(commands) == 4
            for command in commands:
                properties = command.split("::")[1].partition(" ")[2].split(",")
                keys = [entry.partition("=")[0] for entry in properties]
                assert set(keys) <= {"file", "line", "endLine", "col", "endColumn", "title"}
                assert len(set(keys)) == len(keys)
        else:
            assert commands == []

    @pytest.mark.parametrize("form", ["json", "sarif", "gitlab", "rdjson"])
    def test_json_closes_no_script(self, evil: Verdict, form: str):
        rendered = render(form, evil)
        assert "</script" not in rendered
        assert "<!--" not in rendered

    def test_json_keeps_the_text(self, evil: Verdict):
        loaded = json.loads(render("json", evil))
        texts = {span["text"] for f in loaded["findings"] for span in f["spans"]}
        assert HOSTILE in texts

    def test_csv_starts_no_formula(self, evil: Verdict):
        rows = list(csv.reader(io.StringIO(render("csv", evil))))
        assert len(rows) == 3
        assert len({len(row) for row in rows}) == 1
        assert not [cell for row in rows for cell in row if cell[:1] in set("=+-@\t\r")]

    def test_the_summary_of_the_job_has_no_markup_of_the_article(self, evil: Verdict):
        page = step_summary(evil)
        for sign in ("<script", "![", "@everyone", "`c`", "http://", "\x1b", "\u202e", "<!--"):
            assert sign not in page
        rows = [line for line in page.splitlines() if line.startswith("|")]
        assert all(row.count("|") == 5 for row in rows)


def test_statuses_are_those_of_every_command():
    assert [int(status) for status in Status] == [0, 1, 2, 3]
