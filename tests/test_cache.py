"""The cache: keeps, survives, and is thrown away when broken; an audit comes back as it was."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

import auditor
from auditor import archive
from auditor.cache import Cache
from auditor.model import Audit
from tests.conftest import SEEDS


def audits() -> list[Audit]:
    markdown = [str(SEEDS / f"harbour-wind.{code}.txt") for code in ("fr", "de")]
    return [
        auditor.audit(markdown),
        auditor.audit(markdown, references=[f"fr={markdown[0]}"]),
        auditor.audit([str(SEEDS / f"two-stations.{code}.txt") for code in ("fr", "de")]),
    ]


@pytest.mark.parametrize("audit", audits(), ids=["faulty", "reference", "strangers"])
def test_an_audit_comes_back_whole(audit: Audit):
    packed = json.loads(json.dumps(archive.pack(audit)))
    again = archive.unpack(packed, {d.id: d.raw for d in audit.documents})
    plain = json.loads(json.dumps([dict(f.evidence) for f in audit.findings]))
    expected = replace(
        audit,
        findings=tuple(replace(f, evidence=e) for f, e in zip(audit.findings, plain, strict=True)),
    )
    assert again == expected


def test_views_of_markup_come_back(tmp_path: Path):
    texts = {
        "fr": "<p>Le port rouvre&nbsp;: <b>230</b> places&eacute;.</p><p>Tous viennent.</p>",
        "de": "<p>Der Hafen &ouml;ffnet: <i>230</i> Pl&auml;tze.</p><p>Alle kommen.</p>",
    }
    for code, text in texts.items():
        (tmp_path / f"a.{code}.html").write_text(text, "utf-8")
    audit = auditor.audit([str(tmp_path / f"a.{code}.html") for code in texts])
    packed = json.loads(json.dumps(archive.pack(audit)))
    again = archive.unpack(packed, {d.id: d.raw for d in audit.documents})
    for one, other in zip(audit.documents, again.documents, strict=True):
        for before, after in zip(one.segments, other.segments, strict=True):
            assert after.view.text == before.view.text
            assert list(after.view.starts) == list(before.view.starts)
            assert list(after.view.ends) == list(before.view.ends)


def test_what_is_kept_is_there_again(tmp_path: Path):
    with Cache(tmp_path / "c") as cache:
        assert cache.get("a") is None
        cache.put("a", {"é": ["\ud800", 0.1]})
    with Cache(tmp_path / "c") as cache:
        assert cache.get("a") == {"é": ["\ud800", 0.1]}


@pytest.mark.parametrize("content", [b"no database", b"", b"SQLite format 3\x00" + b"\xff" * 4096])
def test_a_broken_file_is_thrown_away(tmp_path: Path, content: bytes):
    with Cache(tmp_path) as cache:
        path = cache.path
    path.write_bytes(content)
    with Cache(tmp_path) as cache:
        assert cache.get("a") is None
        cache.put("a", 1)
        assert cache.get("a") == 1


def test_a_file_that_is_cut_off_is_thrown_away_in_mid_run(tmp_path: Path):
    with Cache(tmp_path) as cache:
        for number in range(200):
            cache.put(str(number), ["x" * 2000, number])
        path = cache.path
    path.write_bytes(path.read_bytes()[:9000])
    with Cache(tmp_path) as cache:
        values = [cache.get(str(number)) for number in range(200)]
        cache.put("a", 1)
        assert cache.get("a") == 1
    assert all(value in (None, ["x" * 2000, n]) for n, value in enumerate(values))


def test_an_entry_that_is_broken_is_a_miss(tmp_path: Path):
    with Cache(tmp_path) as cache:
        cache.put("a", 1)
        with sqlite3.connect(cache.path) as other:
            other.execute("UPDATE audits SET value = x'0102'")
        other.close()
        assert cache.get("a") is None


def test_a_table_of_another_form_is_thrown_away(tmp_path: Path):
    with Cache(tmp_path) as cache:
        path = cache.path
    path.unlink()
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE audits (x)")
    other.close()
    with Cache(tmp_path) as cache:
        assert cache.get("a") is None
        cache.put("a", 1)
        assert cache.get("a") == 1


def test_a_place_that_cannot_be_used_is_no_error(tmp_path: Path):
    (tmp_path / "file").write_text("x", "utf-8")
    with Cache(tmp_path / "file" / "folder") as cache:
        cache.put("a", 1)
        assert cache.get("a") is None


def test_two_processes_write_at_once(tmp_path: Path):
    code = (
        "import sys; from pathlib import Path; from auditor.cache import Cache\n"
        "with Cache(Path(sys.argv[1])) as cache:\n"
        "    for n in range(100): cache.put(f'{sys.argv[2]}-{n}', ['x' * 5000, n])\n"
    )
    command = [sys.executable, "-c", code, str(tmp_path)]
    running = [subprocess.Popen([*command, name]) for name in ("a", "b", "c")]
    assert [process.wait() for process in running] == [0, 0, 0]
    with Cache(tmp_path) as cache:
        assert all(
            cache.get(f"{name}-{n}") == ["x" * 5000, n] for name in "abc" for n in range(100)
        )
