"""Places in a file: lines, columns in characters and in bytes, on lines of any length."""

from __future__ import annotations

from dataclasses import replace

import pytest

import auditor
from auditor.model import Audit
from auditor.render.positions import Places
from tests.conftest import SEEDS


@pytest.fixture(scope="module")
def audit() -> Audit:
    return auditor.audit([str(SEEDS / f"tidal-library.{code}.txt") for code in ("fr", "de")])


def places(audit: Audit, raw: str) -> Places:
    return Places(replace(audit, documents=(replace(audit.documents[0], raw=raw),)))


@pytest.mark.parametrize("raw", ["é€𐐀x\nä é\r\nü\ry", "é" * 9000 + "\n" + "€a" * 9000 + "\n"])
def test_columns_count_from_one_in_characters_and_in_bytes(audit: Audit, raw: str):
    found = places(audit, raw)
    for offset in (*range(min(12, len(raw))), 4095, 4096, 4097, 8192, 9001, 13000, len(raw)):
        if offset > len(raw):
            continue
        place = found.of("fr", offset, offset)
        before = raw[offset - place.column + 1 : offset]
        assert "\n" not in before
        assert found.byte_column("fr", offset) == len(before.encode()) + 1
        assert found.text_before("fr", offset, 5) == before[-5:]


def test_a_line_of_megabytes_is_measured_in_steps(audit: Audit):
    raw = "é" * 5_000_000
    found = places(audit, raw)
    columns = [found.byte_column("fr", offset) for offset in range(0, 5_000_000, 1000)]
    assert columns[-1] == 2 * 4_999_000 + 1
