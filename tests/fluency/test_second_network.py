"""The ear's second network: it is asked where the first one has a doubt, and nowhere else."""

from __future__ import annotations

from importlib.resources import files

import numpy as np
import pytest
from safetensors.numpy import save

from auditor.errors import AuditorError
from auditor.fluency.ear import SECOND, Ear
from auditor.fluency.ear_network import LEVELS, Table
from auditor.weights import inflated, read_weights

PATH = files("auditor") / "data" / "fluency" / "ear" / "model.safetensors.z"
WHOLE = "La mairie a annoncé que le pont fermera au printemps."
BROKEN = "La mairie a annoncer que le pont pont fermera printemps."


@pytest.fixture(scope="module")
def tensors() -> dict[str, np.ndarray]:
    return dict(read_weights(PATH))


@pytest.fixture(scope="module")
def first(tensors: dict[str, np.ndarray]) -> Ear:
    return Ear(save({n: t for n, t in tensors.items() if not n.startswith(SECOND)}))


def test_one_network_alone_is_an_ear_too(first: Ear):
    assert first.second is None
    assert first.listen([BROKEN], "fr")[0].probabilities.max() > 0.5


def test_a_sentence_without_a_doubt_is_heard_by_the_first_alone(first: Ear):
    both = Ear(inflated(PATH)).listen([WHOLE], "fr")[0]
    alone = first.listen([WHOLE], "fr")[0]
    assert alone.probabilities.max() < 0.2
    assert np.allclose(both.probabilities, alone.probabilities, atol=1e-6)


def test_a_doubt_is_the_mean_of_two(tensors: dict[str, np.ndarray], first: Ear):
    own = {n.removeprefix(SECOND): t for n, t in tensors.items() if n.startswith(SECOND)}
    second = Ear(save({**own, "keys": tensors["keys"], "pairs": tensors["pairs"]}))
    odds = []
    for ear in (first, second, Ear(inflated(PATH))):
        heard = ear.listen([BROKEN], "fr")[0].probabilities.astype(np.float64)
        odds.append(np.log(heard / (1 - heard)))
    assert np.allclose(odds[2], (odds[0] + odds[1]) / 2, atol=1e-3)


def test_what_is_too_long_for_a_sentence_is_heard_once(first: Ear):
    endless = f"{BROKEN} " * 40
    both = Ear(inflated(PATH)).listen([endless], "fr")[0]
    assert np.allclose(both.probabilities, first.listen([endless], "fr")[0].probabilities)


def test_the_second_network_may_not_be_half_there(tensors: dict[str, np.ndarray]):
    damaged = {n: t for n, t in tensors.items() if n != f"{SECOND}head"}
    with pytest.raises(AuditorError, match="Install translation-auditor again"):
        Ear(save(damaged))


def test_half_bytes_name_levels():
    levels = np.linspace(-1, 1, LEVELS).astype(np.float16)
    rows = np.array([[0x10, 0xF2]], np.uint8)
    table = Table.of({"t": rows, "t.scale": np.array([2.0], np.float16), "t.levels": levels}, "t")
    wanted = 2 * levels.astype(np.float32)[[0, 1, 2, 15]]
    assert np.allclose(table.take(np.array([[0], [0]]))[1, 0], wanted)
