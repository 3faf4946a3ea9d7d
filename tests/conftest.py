"""What several tests share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

# A machine under load, or a library loaded by the first example, is no fault of the code.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds"


@pytest.fixture(scope="session")
def data_dir() -> Path:
    """The folder with evaluation sets and real articles, which is no part of the project."""
    named = os.environ.get("AUDITOR_DATA")
    folder = Path(named) if named else ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip(f"no evaluation data: set AUDITOR_DATA to its folder ({folder} is missing)")
    return folder


@pytest.fixture(scope="session")
def real_articles(data_dir: Path) -> Path:
    """Five real articles, third-party text that is read here and never committed."""
    folder = data_dir / "seeds"
    if not folder.is_dir():
        pytest.skip(f"no real articles: {folder} is missing")
    return folder
