"""The embedded encoder: vectors, tokens, promises."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import numpy as np
import pytest

from auditor.encoders import EMBEDDED_FOLDER, load_encoder
from auditor.encoders.base import Encoder
from auditor.encoders.calibrations import read_calibration
from auditor.encoders.static import StaticEncoder
from auditor.errors import AuditorError

if TYPE_CHECKING:
    from pathlib import Path

TRIPLES = [
    (
        "Le train pour Lyon part à huit heures.",
        "Der Zug nach Lyon fährt um acht Uhr ab.",
        "The train to Lyon leaves at eight o'clock.",
    ),
    (
        "Elle n'a pas fermé la fenêtre de la cuisine.",
        "Sie hat das Fenster in der Küche nicht geschlossen.",
        "She did not close the kitchen window.",
    ),
    (
        "Le prix du pain a augmenté de 12 % cette année.",
        "Der Brotpreis ist in diesem Jahr um 12 % gestiegen.",
        "The price of bread has risen by 12% this year.",
    ),
    (
        "Les médecins ont trouvé un nouveau traitement.",
        "Die Ärzte haben eine neue Behandlung gefunden.",
        "The doctors have found a new treatment.",
    ),
    (
        "Mon frère habite dans une petite maison près de la mer.",
        "Mein Bruder wohnt in einem kleinen Haus am Meer.",
        "My brother lives in a small house by the sea.",
    ),
]
AWKWARD = ["", " ", "\n\t", "½", "\N{SOFT HYPHEN}", "🙂", "a" * 5000, "1 250,50 €", "ẞ ß ﬁ Œ"]


@pytest.fixture(scope="module")
def encoder() -> StaticEncoder:
    return StaticEncoder(EMBEDDED_FOLDER, "embedded")


def test_is_an_encoder(encoder: StaticEncoder) -> None:
    assert isinstance(encoder, Encoder)
    assert encoder.name == "embedded"


def test_signature_names_the_weights(encoder: StaticEncoder) -> None:
    name, digest = encoder.signature.split("@")
    assert name == "embedded"
    assert len(digest) == 12
    assert int(digest, 16) >= 0


def test_shape_type_and_unit_length(encoder: StaticEncoder) -> None:
    vectors = encoder.encode([text for triple in TRIPLES for text in triple])
    assert vectors.shape == (15, encoder.dimension)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_no_texts(encoder: StaticEncoder) -> None:
    assert encoder.encode([]).shape == (0, encoder.dimension)


@pytest.mark.parametrize("text", ["", " ", "\n\t"])
def test_text_without_tokens_is_a_zero_vector(encoder: StaticEncoder, text: str) -> None:
    vectors = encoder.encode(["Bonjour.", text])
    assert not vectors[1].any()
    np.testing.assert_allclose(np.linalg.norm(vectors[0]), 1, atol=1e-5)


def test_awkward_texts_stay_finite(encoder: StaticEncoder) -> None:
    assert np.isfinite(encoder.encode(AWKWARD)).all()


def test_same_text_same_vector_in_every_batch(encoder: StaticEncoder) -> None:
    texts = [text for triple in TRIPLES for text in triple] + AWKWARD
    together = encoder.encode(texts)
    alone = np.concatenate([encoder.encode([text]) for text in texts])
    many = encoder.encode(texts * 300)[-len(texts) :]
    np.testing.assert_array_equal(together, alone)
    np.testing.assert_array_equal(together, many)


def test_fresh_encoder_gives_the_same_vectors(encoder: StaticEncoder) -> None:
    texts = [text for triple in TRIPLES for text in triple]
    again = StaticEncoder(EMBEDDED_FOLDER, "embedded")
    np.testing.assert_array_equal(encoder.encode(texts), again.encode(texts))
    assert again.signature == encoder.signature


@pytest.mark.parametrize(("one", "other"), [(0, 1), (0, 2), (1, 2)])
def test_translation_is_the_nearest(encoder: StaticEncoder, one: int, other: int) -> None:
    left = encoder.encode([triple[one] for triple in TRIPLES])
    right = encoder.encode([triple[other] for triple in TRIPLES])
    scores = left @ right.T
    assert (scores.argmax(1) == np.arange(len(TRIPLES))).all()
    off = scores[~np.eye(len(TRIPLES), dtype=bool)]
    assert scores.diagonal().mean() > off.mean() + 0.4


def test_changed_number_is_further_away(encoder: StaticEncoder) -> None:
    fr, de, _ = TRIPLES[2]
    own, true, changed = encoder.encode([fr, de, de.replace("12", "21")])
    assert own @ true > own @ changed


def test_numbers_meet_however_they_are_grouped(encoder: StaticEncoder) -> None:
    vectors = encoder.encode(["1250", "1 250", "1\N{NARROW NO-BREAK SPACE}250"])
    np.testing.assert_allclose(vectors @ vectors.T, 1, atol=1e-5)


def test_token_spans_slice_the_text(encoder: StaticEncoder) -> None:
    text = "L’été 2024, 🙂 la Straße coûte 1 250 € — ﬁn."
    tokens = encoder.token_vectors(text)
    pieces = [text[start:end] for start, end in tokens.spans]
    assert "".join(pieces) == "".join(text.split())
    assert "2024" in "".join(pieces)
    assert tokens.vectors.shape == (len(pieces), encoder.dimension)


def test_token_vectors_add_up_to_the_text(encoder: StaticEncoder) -> None:
    text = TRIPLES[0][0]
    total = encoder.token_vectors(text).vectors.sum(0)
    np.testing.assert_allclose(total / np.linalg.norm(total), encoder.encode([text])[0], atol=1e-5)


def test_no_tokens_no_vectors(encoder: StaticEncoder) -> None:
    tokens = encoder.token_vectors("")
    assert tokens.spans == ()
    assert tokens.vectors.shape == (0, encoder.dimension)


def test_calibration_turns_similarity_into_falling_drift(encoder: StaticEncoder) -> None:
    calibration = encoder.calibration
    assert calibration is not None
    assert calibration.slope < 0 < calibration.intercept


def test_calibration_belongs_to_these_weights(encoder: StaticEncoder) -> None:
    written = json.loads((EMBEDDED_FOLDER / "calibration.json").read_text("utf8"))
    assert written["encoder"] == encoder.signature


def test_absent_calibration_is_none(tmp_path: Path) -> None:
    assert read_calibration(tmp_path) is None


@pytest.mark.parametrize("content", ["{}", "no json", '{"slope": null, "intercept": 1}'])
def test_broken_calibration_says_so(tmp_path: Path, content: str) -> None:
    (tmp_path / "calibration.json").write_text(content, "utf8")
    with pytest.raises(AuditorError, match="calibrate again"):
        read_calibration(tmp_path)


def test_absent_weights_say_so(tmp_path: Path) -> None:
    with pytest.raises(AuditorError, match="cannot be read"):
        StaticEncoder(tmp_path, "embedded")


@pytest.mark.parametrize("broken", ["model.safetensors", "tokenizer.json"])
def test_damaged_files_say_so(tmp_path: Path, broken: str) -> None:
    source, target = EMBEDDED_FOLDER / "0_StaticEmbedding", tmp_path / "0_StaticEmbedding"
    target.mkdir()
    for name in ("model.safetensors", "tokenizer.json"):
        content = (source / name).read_bytes()
        (target / name).write_bytes(content[:1000] if name == broken else content)
    with pytest.raises(AuditorError, match="damaged"):
        StaticEncoder(tmp_path, "embedded")


def test_embedded_encoder_loads_neither_torch_nor_transformers() -> None:
    code = (
        "import sys; from auditor.encoders import load_encoder; load_encoder().encode(['Oui.']); "
        "slow = {'torch', 'transformers', 'sentence_transformers', 'scipy'}; "
        "print(sorted(slow & {*sys.modules}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_load_encoder_gives_the_embedded_one() -> None:
    assert load_encoder().signature == load_encoder("embedded").signature
