"""Any sentence-transformers model as an encoder.

The only module that imports torch, and only once a model is really asked for: the import alone
takes seconds. Weights are read from safetensors alone (a pickle can run code), and code that a
model brings along is never run.
"""

from __future__ import annotations

import hashlib
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from auditor.encoders.calibrations import repository, stored
from auditor.errors import AuditorError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from sentence_transformers import SentenceTransformer

    from auditor.model import Calibration, Tokens

_NOT_FETCHED = ["*.bin", "*.pt", "*.pth", "*.ckpt", "*.h5", "*.msgpack", "*.ot", "*.py", "*.pkl"]
_NOT_FETCHED += ["*.onnx", "onnx/*", "openvino/*"]
_PICKLES = ("pytorch_model.bin", "model.pt", "model.pkl")


class SentenceTransformerEncoder:
    """A sentence-transformers model by hub name or folder.

    `revision` is a branch, tag or commit on the hub. Raises AuditorError where the model cannot
    be found, fetched or read.
    """

    def __init__(self, name: str, revision: str | None = None) -> None:
        self.name = name
        try:
            folder = Path(name) if Path(name).is_dir() else _fetched(name, revision)
            _refuse_pickles(folder)
            self._model = _loaded(folder)
        except AuditorError:
            raise
        # The libraries underneath raise OSError, ValueError, HTTP errors and more.
        except Exception as fault:
            raise AuditorError(_advice(name, fault)) from fault
        self.dimension = int(self._model.encode([""]).shape[1])
        self._folder = folder
        self._version = _version(folder, is_local=folder == Path(name))
        self.signature = f"{name}@{self._version}"

    @cached_property
    def calibration(self) -> Calibration | None:
        """What `auditor models calibrate` has written, or came with the model; else None."""
        return stored(self.name, self._folder, self._version)

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of shape (len(texts), dimension): see `Encoder.encode`."""
        vectors = np.zeros((len(texts), self.dimension), np.float32)
        filled = [index for index, text in enumerate(texts) if text.strip()]
        if filled:
            vectors[filled] = self._model.encode(
                [texts[index] for index in filled],
                convert_to_numpy=True,
                normalize_embeddings=True,
                show_progress_bar=False,
            )
        return vectors

    def tokens(self, texts: Sequence[str]) -> Tokens | None:
        """None: the tokens of these models have no vectors of their own."""
        del texts
        return None


def _fetched(name: str, revision: str | None) -> Path:
    """Fetch a hub model or find it in the cache; the folder is named after its commit."""
    from huggingface_hub import snapshot_download

    return Path(
        snapshot_download(repository(name), revision=revision, ignore_patterns=_NOT_FETCHED)
    )


def _loaded(folder: Path) -> SentenceTransformer:
    from sentence_transformers import SentenceTransformer

    return SentenceTransformer(
        str(folder), device="cpu", trust_remote_code=False, local_files_only=True
    )


def _refuse_pickles(folder: Path) -> None:
    for pickle in (path for name in _PICKLES for path in folder.rglob(name)):
        if not any(pickle.parent.glob("*.safetensors")):
            raise AuditorError(
                f"{pickle} holds pickled weights, which can run code: convert the model to "
                "safetensors (SentenceTransformer.save_pretrained does) or choose another."
            )


def _version(folder: Path, *, is_local: bool) -> str:
    """Twelve hex digits: of the hub's commit, or of the weights' sha256."""
    if not is_local:
        return folder.name[:12]
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*.safetensors")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _advice(name: str, fault: Exception) -> str:
    reason = (str(fault).strip() or type(fault).__name__).splitlines()[0].rstrip(".")
    return (
        f"The encoder {name!r} cannot be loaded: {reason}. Give 'embedded', the folder of a "
        "sentence-transformers model with safetensors weights, or the name of a model on the "
        "Hugging Face hub while the network reaches it; 'auditor models' lists what is installed."
    )
