"""Writes the reader's weights as the package holds them: bytes, with a scale for each output.

python scripts/reader_weights.py /tmp/reader/reader.safetensors auditor/data/lexicon
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from reader_network import Size
from safetensors.numpy import load, save


def main() -> None:
    """Read what `train_reader.py` wrote, and write what `auditor.links.reader` reads."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("trained", type=Path, help="file of train_reader.py")
    parser.add_argument("out", type=Path, help="the folder to write to")
    options = parser.parse_args()
    packed = save(quantised(load(options.trained.read_bytes())))
    path = options.out / "de-fr.reader.safetensors"
    path.with_suffix(".new").write_bytes(packed)
    path.with_suffix(".new").rename(path)
    print(f"{path}: {len(packed) / 1e6:.2f} MB")


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


if __name__ == "__main__":
    main()
