"""A file imports from its own room or from a lower floor, and the core touches no file."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

CORE = [
    "align",
    "checks",
    "text",
    "auditing.py",
    "pairing.py",
    "stamping.py",
    "summary.py",
    "drift.py",
    "logistic.py",
    "calibrating.py",
    "model.py",
    "archive.py",
    "articles.py",
    "comparing.py",
    "gate.py",
    "globs.py",
    "ignores.py",
    "tuning.py",
    "twins.py",
]
FORBIDDEN_CALLS = {"open", "print", "input"}
FORBIDDEN_MODULES = {"random", "time", "datetime", "os", "pathlib", "sys", "subprocess", "socket"}


def test_every_module_has_a_floor_and_imports_go_down():
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def core_files() -> list[Path]:
    paths = [ROOT / "auditor" / name for name in CORE]
    return [file for path in paths for file in (path.rglob("*.py") if path.is_dir() else [path])]


def imported(tree: ast.AST) -> set[str]:
    """The packages that a module imports, anywhere in it."""
    nodes = list(ast.walk(tree))
    names = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    names += [node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)]
    return {name.split(".")[0] for name in names}


@pytest.mark.parametrize("path", core_files(), ids=lambda path: str(path.relative_to(ROOT)))
def test_the_core_opens_nothing_prints_nothing_and_asks_no_clock(path: Path):
    tree = ast.parse(path.read_text("utf-8"))
    called = {
        node.func.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    assert not called & FORBIDDEN_CALLS
    assert not imported(tree) & FORBIDDEN_MODULES


@pytest.mark.parametrize("path", sorted((ROOT / "auditor").rglob("*.py")), ids=lambda p: p.stem)
def test_torch_is_named_in_one_room_only(path: Path):
    names = imported(ast.parse(path.read_text("utf-8")))
    if names & {"torch", "sentence_transformers", "transformers"}:
        assert path.parent.name == "encoders"
