"""Writes the ear's weights as the package reads them: bytes for the tables, halves for the rest."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from ear_network import Block, Network
from safetensors.numpy import save_file
from torch import Tensor


def write(
    network: Network, keys: np.ndarray, kept: np.ndarray, pairs: np.ndarray, path: Path
) -> None:
    """Write the weights file."""
    save_file(tensors(network, keys, kept, pairs), path)


def tensors(
    network: Network, keys: np.ndarray, kept: np.ndarray, pairs: np.ndarray
) -> dict[str, np.ndarray]:
    """What `auditor.fluency.ear_network.Network` is made from.

    `keys` are those of the known words as trained; only the ones in `kept` stay known.
    """
    rows = np.concatenate([[0], np.flatnonzero(np.isin(keys, kept)) + 1])
    out: dict[str, np.ndarray] = {"keys": keys[rows[1:] - 1], "pairs": pairs}
    out["words"], out["words.scale"] = _bytes(_array(network.words.weight)[rows])
    out["affixes"], out["affixes.scale"] = _bytes(_array(network.affixes.weight))
    out["shapes"] = _half(network.shapes.weight)
    out["encode"] = _half(network.encode.weight.T)
    out["encode.bias"] = _half(network.encode.bias)
    out["ties"] = _half(network.ties.weight)
    for number, block in enumerate(network.blocks):
        assert isinstance(block, Block)
        # A scale for each output, as for each row of a table.
        matrix, scale = _bytes(_array(block.mix.weight))
        out[f"block{number}"] = np.ascontiguousarray(matrix.T)
        out[f"block{number}.scale"] = scale
        out[f"block{number}.bias"] = _half(block.mix.bias)
    out["dilations"] = np.array(network.size.dilations, np.int32)
    out["head"] = _half(network.heads.weight[0])
    out["head.bias"] = _half(network.heads.bias[:1])
    return out


def _bytes(rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Rows as bytes, with a scale each."""
    scale = np.maximum(np.abs(rows).max(axis=1), 1e-8) / 127
    return np.round(rows / scale[:, None]).astype(np.int8), scale.astype(np.float16)


def _array(tensor: Tensor) -> np.ndarray:
    return tensor.detach().float().cpu().numpy()


def _half(tensor: Tensor) -> np.ndarray:
    return np.ascontiguousarray(_array(tensor), np.float16)
