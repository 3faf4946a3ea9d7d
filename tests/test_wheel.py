"""The built wheel holds what the command needs: templates, style, script, catalogues."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT, SEEDS


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel, built and unpacked as pip would."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    done = subprocess.run(build, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def test_every_file_of_the_package_is_in_it(unpacked: Path):
    command = ["git", "ls-files", "auditor"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("no git repository: the files of the package are not known")
    tracked = [name for name in listed.stdout.splitlines() if (ROOT / name).exists()]
    assert any(name.endswith(".js") for name in tracked)
    missing = {
        name for name in tracked if (ROOT / name).exists() and not (unpacked / name).exists()
    }
    assert missing == set()


def test_a_report_is_written_from_it(unpacked: Path, tmp_path: Path):
    pair = [str(SEEDS / f"harbour-wind.{code}.txt") for code in ("fr", "de")]
    code = "import auditor; print(auditor.__file__); from auditor.__main__ import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code, "audit", *pair, "-o", "a.html", "-o", "a.xlsx"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(unpacked)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(str(unpacked))
    assert (tmp_path / "a.html").read_text("utf-8").count("<script") == 2
    assert (tmp_path / "a.xlsx").read_bytes().startswith(b"PK")
