r"""Writes the reader's weights as the package holds them: bytes, with a scale for each output.

python scripts/reader_weights.py /tmp/reader/reader.safetensors \
    auditor/data/lexicon/de-fr.reader.safetensors.z
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from reader_network import Size
from safetensors.numpy import load

from auditor.weights import write_weights


def main() -> None:
    """Read what `train_reader.py` wrote, and write what `auditor.links.reader` reads."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("trained", type=Path, help="file of train_reader.py")
    parser.add_argument("out", type=Path, help="the file to write")
    options = parser.parse_args()
    write_weights(quantised(load(options.trained.read_bytes())), options.out)
    print(f"{options.out}: {options.out.stat().st_size / 1e6:.2f} MB")


def quantised(state: dict[str, NDArray[np.generic]]) -> dict[str, NDArray[np.generic]]:
    """Matrices as bytes with a scale for each row; all else in half precision."""
    out: dict[str, NDArray[np.generic]] = {"dilations": np.array(Size().dilations, np.int32)}
    for name, tensor in state.items():
        if tensor.ndim == 2:
            wide = tensor.astype(np.float32)
            scale = np.maximum(np.abs(wide).max(axis=1), 1e-8) / 127
            out[name] = np.rint(wide / scale[:, None]).astype(np.int8)
            out[name.removesuffix(".weight") + ".scale"] = scale.astype(np.float32)
        else:
            out[name] = tensor.astype(np.float16)
    return out


def restored(packed: dict[str, NDArray[np.generic]]) -> dict[str, NDArray[np.float32]]:
    """The weights as torch has them, from those of the package."""
    found: dict[str, NDArray[np.float32]] = {}
    for name, tensor in packed.items():
        if name == "dilations" or name.endswith(".scale"):
            continue
        wide = tensor.astype(np.float32)
        if tensor.dtype == np.int8:
            wide *= packed[name.removesuffix(".weight") + ".scale"].astype(np.float32)[:, None]
        found[name] = wide
    return found


if __name__ == "__main__":
    main()
