"""Weights: deflated files give back what was written, and damaged ones nothing."""

from __future__ import annotations

import zlib
from itertools import product
from pathlib import Path

import numpy as np
import pytest

from auditor.text import lexicon
from auditor.weights import read_weights, write_weights

SHIPPED = Path(__file__).parents[1] / "auditor"
MOST = 30_000_000  # bytes of all weights


def test_tensors_come_back_as_they_were(tmp_path: Path):
    tensors = {"one": np.arange(6, dtype=np.int8).reshape(2, 3), "two": np.ones(3, np.float16)}
    write_weights(tensors, tmp_path / "some.safetensors.z")
    found = read_weights(tmp_path / "some.safetensors.z")
    assert found.keys() == tensors.keys()
    for name, tensor in tensors.items():
        assert found[name].dtype == tensor.dtype
        assert np.array_equal(found[name], tensor)
    assert [path.name for path in tmp_path.iterdir()] == ["some.safetensors.z"]


def test_a_file_that_was_cut_off_is_an_error(tmp_path: Path):
    path = tmp_path / "some.safetensors.z"
    write_weights({"one": np.zeros(1000, np.int8)}, path)
    path.write_bytes(path.read_bytes()[:-5])
    with pytest.raises(zlib.error):
        read_weights(path)


def test_all_weights_together_are_of_a_moderate_size():
    files = [*SHIPPED.rglob("*.safetensors"), *SHIPPED.rglob("*.safetensors.z")]
    assert sum(path.stat().st_size for path in files) < MOST


def test_a_lexicon_comes_back_as_it_was_packed():
    words = ["hafen", "hafenamt", "hund", "ölig"], ["chien", "port", "portuaire"]
    links = [(0, 1, 200), (1, 1, 90), (1, 2, 140), (2, 0, 255)]
    rows = [np.array([link[side] for link in links], np.int64) for side in (0, 1)]
    tensors = lexicon.packed(words, rows, np.array([score for *_, score in links], np.uint8))
    found = lexicon.unpacked(tensors, ("de", "fr"))
    assert [found.columns[code].stems for code in ("de", "fr")] == [*words]
    wanted = {(words[0][i], words[1][j]): score / 255 for i, j, score in links}
    for one, other in product(*words):
        assert found.translations(one, "de").get(other) == wanted.get((one, other))
        assert found.translations(other, "fr").get(one) == wanted.get((one, other))
