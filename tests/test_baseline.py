"""The file of accepted findings."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest

from auditor import baseline
from auditor.errors import AuditorError
from auditor.gate import Entry, EntryStatus

ENTRIES = (
    Entry("0123456789abcdef", "number-mismatch", "a.fr.md", EntryStatus.FALSE_ALARM, "Lus.", "230"),
    Entry("fedcba9876543210", "untranslated-text", "b.de.md", text="\x1b</script>\u202e\ud800"),
)


def test_it_comes_back_and_meets_its_schema(tmp_path: Path):
    path = tmp_path / "b.json"
    baseline.write(str(path), ENTRIES[::-1])
    assert baseline.read(str(path)) == ENTRIES
    schema = json.loads((files("auditor") / "data" / "baseline.schema.json").read_text("utf-8"))
    text = path.read_text("utf-8")
    jsonschema.validate(json.loads(text), schema)
    assert text.isprintable() or all(line.isprintable() for line in text.splitlines())
    assert "</" not in text
    assert len(text.splitlines()) == len(ENTRIES) + 5


def test_an_empty_one(tmp_path: Path):
    path = tmp_path / "b.json"
    baseline.write(str(path), [])
    assert baseline.read(str(path)) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "no JSON"),
        ("[]", "no baseline"),
        ('{"schema": "auditor-baseline/2"}', "no baseline"),
        ('{"schema": "auditor-baseline/1", "entries": {}}', "no list"),
        ('{"schema": "auditor-baseline/1", "entries": [1]}', "entry 1"),
        (
            '{"schema": "auditor-baseline/1", "entries": '
            '[{"fingerprint": "a", "rule": "b", "path": "c", "status": "maybe"}]}',
            "known are accepted",
        ),
    ],
)
def test_refusals(tmp_path: Path, text: str, expected: str):
    path = tmp_path / "b.json"
    path.write_text(text, "utf-8")
    with pytest.raises(AuditorError, match=expected):
        baseline.read(str(path))
