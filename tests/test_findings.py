"""No rule gets worse by more than noise: recall on planted errors, alarms on clean texts.

The figures are those of `scripts/evaluate_findings.py --quick --json tests/findings.json`; whoever
makes a rule better, or worse on purpose, writes them anew.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

EXPECTED = json.loads((ROOT / "tests" / "findings.json").read_text("utf-8"))
RECALL, ALARMS = "recall", "alarms per 100 sentences, major and minor"
LESS_RECALL = 0.2  # of a kind of error: three copies of some fifteen
LESS_RECALL_IN_ALL = 0.03
MORE_ALARMS = 0.7  # for 100 sentences: two of some three hundred
MORE_ALARMS_IN_ALL = 1.0


@pytest.fixture(scope="module")
def measured(data_dir: Path, tmp_path_factory: pytest.TempPathFactory):
    if not (data_dir / "eval" / "ntrex").is_dir():
        pytest.skip(f"no evaluation sets in {data_dir}")
    path = tmp_path_factory.mktemp("findings") / "rates.json"
    subprocess.run(
        [
            sys.executable,
            ROOT / "scripts" / "evaluate_findings.py",
            *("--data", data_dir, "--quick", "--json", path),
        ],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        check=True,
    )
    return json.loads(path.read_text("utf-8"))


def test_planted_errors_are_found_as_before(measured):
    recall = measured[RECALL]
    worse = {
        kind: (before, recall[kind])
        for kind, before in EXPECTED[RECALL].items()
        if recall[kind] < before - LESS_RECALL
    }
    assert not worse
    mean_before = sum(EXPECTED[RECALL].values()) / len(EXPECTED[RECALL])
    mean = sum(recall[kind] for kind in EXPECTED[RECALL]) / len(EXPECTED[RECALL])
    assert mean >= mean_before - LESS_RECALL_IN_ALL


def test_clean_texts_raise_no_more_alarms_than_before(measured):
    alarms = measured[ALARMS]
    worse = {
        rule: (EXPECTED[ALARMS].get(rule, [0, 0]), rates)
        for rule, rates in alarms.items()
        if any(
            now > before + MORE_ALARMS
            for now, before in zip(rates, EXPECTED[ALARMS].get(rule, [0, 0]), strict=True)
        )
    }
    assert not worse
    for severity in (0, 1):
        now, before = (
            sum(rates[severity] for rates in table.values()) for table in (alarms, EXPECTED[ALARMS])
        )
        assert now <= before + MORE_ALARMS_IN_ALL
