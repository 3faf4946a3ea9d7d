"""What `auditor audit` writes beside its findings: languages, the browser, a workbook."""

from __future__ import annotations

import json
import os
import re
import stat
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from lxml import etree

from auditor import baseline
from auditor.gate import Entry
from auditor.render import xlsx_report
from auditor.render.html.words import of_locale
from tests.audits import audit, document, finding, span
from tests.test_cli import FAULTY, auditor, refused

_SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def rows(content: bytes, sheet: int = 1) -> list[list[str]]:
    """The cells of a sheet as they read, and a formula as ``=…``."""
    with zipfile.ZipFile(BytesIO(content)) as book:
        strings = etree.fromstring(book.read("xl/sharedStrings.xml"))
        shared = ["".join(entry.itertext()) for entry in strings]
        tree = etree.fromstring(book.read(f"xl/worksheets/sheet{sheet}.xml"))
    return [
        [_cell(cell, shared) for cell in row.iter(f"{_SHEET}c")]
        for row in tree.iter(f"{_SHEET}row")
    ]


def _cell(cell: etree._Element, shared: list[str]) -> str:
    if cell.find(f"{_SHEET}f") is not None:
        return f"={cell.findtext(f'{_SHEET}f')}"
    value = cell.findtext(f"{_SHEET}v") or ""
    return shared[int(value)] if cell.get("t") == "s" else value


def hostile_workbook() -> bytes:
    left = document(["=1+1 et +2", "http://example.org", "a\x00b\ud800"], path="=cmd|' /C calc'!A0")
    right = document(["@SUM(A1)"], "de")
    hit = finding(
        span(left, "=1+1"), span(right, "@SUM(A1)"), bead=None, message='=HYPERLINK("http://x")'
    )
    return xlsx_report.render(audit((left, right), (), (hit,)))


def test_a_workbook_takes_no_text_for_a_formula_or_a_link():
    content = hostile_workbook()
    head, row = rows(content)
    cells = dict(zip(head, row, strict=False))
    assert cells["severity"] == "major"
    assert cells["confidence"] == "0.8"
    assert cells["message"] == '=HYPERLINK("http://x")'
    assert cells["text"] == "=1+1"
    with zipfile.ZipFile(BytesIO(content)) as book:
        sheets = [book.read(name) for name in book.namelist() if "worksheets/" in name]
    assert not any(b"<f>" in sheet or b"<hyperlink" in sheet for sheet in sheets)


def test_the_same_audit_gives_the_same_workbook():
    assert hostile_workbook() == hostile_workbook()


def test_formats_follow_the_ending(tmp_path: Path):
    done = auditor("audit", *FAULTY, "-o", "a.xlsx", "-o", "a.html", cwd=tmp_path)
    assert done.returncode == 0, done.stderr.decode()
    content = (tmp_path / "a.xlsx").read_bytes()
    findings, beads, documents = (rows(content, number) for number in (1, 2, 3))
    assert len(findings) > 10
    assert beads[0][:3] == ["bitext", "bead", "drift"]
    assert [row[0] for row in documents] == ["id", "fr", "de"]
    page = (tmp_path / "a.html").read_text("utf-8")
    assert 'data-links="' in page
    piped = auditor("audit", *FAULTY, "-o", "-", "--format", "xlsx", cwd=tmp_path)
    assert piped.stdout == content


@pytest.mark.parametrize(
    ("locale", "expected"),
    [
        ("fr_CH.UTF-8", "fr"),
        ("de", "de"),
        ("de-AT", "de"),
        ("C.UTF-8", "en"),
        ("", "en"),
        ("ja_JP", "en"),
    ],
)
def test_the_locale_chooses_the_language(locale: str, expected: str):
    assert of_locale(locale) == expected


def test_a_report_language_that_is_asked_for(tmp_path: Path):
    done = auditor("audit", *FAULTY, "-o", "a.html", "--report-language", "de", cwd=tmp_path)
    assert done.returncode == 0
    assert '<html lang="de">' in (tmp_path / "a.html").read_text("utf-8")
    error = refused(auditor("audit", *FAULTY, "--report-language", "xx", cwd=tmp_path), 2)
    assert "de, en, fr" in error


def test_open_shows_the_page(tmp_path: Path):
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" > "{tmp_path}/opened"\n')
    browser.chmod(browser.stat().st_mode | stat.S_IXUSR)
    done = subprocess.run(
        [sys.executable, "-m", "auditor", "audit", *FAULTY, "-o", "a b.html", "--open"],
        cwd=tmp_path,
        env={**os.environ, "BROWSER": f"{browser} %s"},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    assert (tmp_path / "opened").read_text().strip() == (tmp_path / "a b.html").as_uri()


def test_open_wants_a_page(tmp_path: Path):
    done = auditor("audit", *FAULTY, "-o", "a.json", "--open", cwd=tmp_path)
    assert ".html" in refused(done, 2)
    assert not (tmp_path / "a.json").exists()


def test_a_baseline_goes_into_the_page(tmp_path: Path):
    entry = Entry("0" * 16, "number-mismatch", "x.fr.md", note="</script><b>")
    baseline.write(str(tmp_path / "b.json"), [entry])
    done = auditor("audit", *FAULTY, "-o", "a.html", "--baseline", "b.json", cwd=tmp_path)
    assert done.returncode == 0, done.stderr.decode()
    page = (tmp_path / "a.html").read_text("utf-8")
    assert page.count("<script") == page.count("</script>") == 2
    data = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    assert json.loads(data[1])["known"][0]["note"] == "</script><b>"
    (tmp_path / "b.json").write_text("[]")
    refused(auditor("audit", *FAULTY, "--baseline", "b.json", cwd=tmp_path), 2)
