"""The package's weights: safetensors, deflated where that makes them smaller by a tenth or more."""

from __future__ import annotations

import zlib
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from numpy.typing import NDArray
from safetensors.numpy import load, save

DEFLATED = ".safetensors.z"

Tensors = dict[str, NDArray[Any]]


def inflated(path: Traversable) -> bytes:
    """The bytes of a deflated file. Raises OSError, or zlib.error where it is damaged."""
    return zlib.decompress(path.read_bytes())


def read_weights(path: Traversable) -> Tensors:
    """The tensors of a deflated file. Raises OSError, zlib.error or SafetensorError."""
    return load(inflated(path))


def write_weights(tensors: Tensors, path: Path) -> None:
    """Write tensors deflated, all or nothing."""
    new = path.with_name(f"{path.name}.new")
    new.write_bytes(zlib.compress(save(tensors), 9))
    new.replace(path)
