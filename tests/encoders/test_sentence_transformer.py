"""The adapter for sentence-transformers models, tried with our own folder."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import huggingface_hub.constants
import numpy as np
import pytest

from auditor.encoders import EMBEDDED_FOLDER, load_encoder
from auditor.errors import AuditorError

if TYPE_CHECKING:
    from pathlib import Path

TEXTS = ["Le chat dort sur le tapis.", "Die Katze schläft auf dem Teppich.", "", "3,5 km", "🙂 ẞ"]


def test_sentence_transformers_reads_our_folder_alike() -> None:
    theirs = load_encoder(str(EMBEDDED_FOLDER))
    ours = load_encoder()
    np.testing.assert_allclose(theirs.encode(TEXTS), ours.encode(TEXTS), atol=1e-4)
    assert theirs.dimension == ours.dimension
    assert theirs.calibration == ours.calibration
    assert theirs.signature != ours.signature


@pytest.mark.parametrize("name", ["no-such-encoder", "nobody/no-such-encoder", "./no/such/folder"])
def test_unknown_encoder_says_what_to_do(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_OFFLINE", True)
    with pytest.raises(AuditorError, match=r"cannot be loaded.*embedded"):
        load_encoder(name)


def test_pickled_weights_are_refused(tmp_path: Path) -> None:
    shutil.copytree(EMBEDDED_FOLDER, tmp_path / "model")
    weights = tmp_path / "model" / "0_StaticEmbedding" / "model.safetensors"
    weights.rename(weights.with_name("pytorch_model.bin"))
    with pytest.raises(AuditorError, match="safetensors"):
        load_encoder(str(tmp_path / "model"))


def test_folder_without_a_model_says_so(tmp_path: Path) -> None:
    with pytest.raises(AuditorError, match="cannot be loaded"):
        load_encoder(str(tmp_path))
