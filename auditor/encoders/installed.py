"""Which encoders are here: the embedded one, and what the hub's cache holds.

Reads configuration files alone: no model is loaded, nothing is fetched, torch stays out.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from auditor.encoders import EMBEDDED, EMBEDDED_FOLDER
from auditor.encoders.calibrations import stored
from auditor.encoders.static import StaticEncoder
from auditor.errors import AuditorError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from huggingface_hub import CachedRepoInfo

    from auditor.model import Calibration

_MAIN = "main"  # the revision that a name stands for


@dataclass(frozen=True, slots=True)
class Installed:
    """An encoder on this machine; ``fault`` says why it can't be used as it is."""

    name: str
    signature: str
    dimension: int | None
    languages: tuple[str, ...]
    size: int
    calibration: Calibration | None
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """The embedded encoder, the models of the hub's cache by name, and what couldn't be read."""

    embedded: Installed
    hub: tuple[Installed, ...]
    notices: tuple[str, ...] = ()


def listing() -> Listing:
    """All encoders that can be used without the network."""
    repositories, notices = _cached()
    found = [model for repo in repositories for model in _models(repo)]
    return Listing(_embedded(), tuple(sorted(found, key=lambda model: model.name)), notices)


def _embedded() -> Installed:
    encoder = StaticEncoder(EMBEDDED_FOLDER, EMBEDDED)
    size = sum(path.stat().st_size for path in EMBEDDED_FOLDER.rglob("*") if path.is_file())
    languages = _languages(EMBEDDED_FOLDER)
    return Installed(
        EMBEDDED, encoder.signature, encoder.dimension, languages, size, encoder.calibration
    )


def _cached() -> tuple[list[CachedRepoInfo], tuple[str, ...]]:
    """The models in the hub's cache, and a word on what is broken there."""
    from huggingface_hub import scan_cache_dir
    from huggingface_hub.errors import CacheNotFound

    try:
        cache = scan_cache_dir()
    except CacheNotFound:
        return [], ()
    except (OSError, ValueError) as fault:
        return [], (f"The hub's cache can't be read: {str(fault).splitlines()[0]}",)
    models = [repo for repo in cache.repos if repo.repo_type == "model"]
    broken = len(cache.warnings)
    return models, (f"Broken in the hub's cache and left out: {broken}.",) if broken else ()


def _models(repo: CachedRepoInfo) -> Iterator[Installed]:
    """The sentence-transformers model that a repository's name stands for, if it is one."""
    revision = repo.refs.get(_MAIN)
    if revision is None or not (revision.snapshot_path / "modules.json").is_file():
        return
    folder, version = revision.snapshot_path, revision.commit_hash[:12]
    calibration, fault = _calibration(repo.repo_id, folder, version)
    if not any(folder.rglob("*.safetensors")):
        fault = (
            "its safetensors weights are missing: they are fetched on first use, if there are any"
        )
    yield Installed(
        repo.repo_id,
        f"{repo.repo_id}@{version}",
        _dimension(folder),
        _languages(folder),
        revision.size_on_disk,
        calibration,
        fault,
    )


def _calibration(name: str, folder: Path, version: str) -> tuple[Calibration | None, str]:
    try:
        return stored(name, folder, version), ""
    except AuditorError as error:
        return None, str(error)


def _languages(folder: Path) -> tuple[str, ...]:
    """The languages that the model card names."""
    from huggingface_hub.repocard import metadata_load

    try:
        named = (metadata_load(folder / "README.md") or {}).get("language") or ()
    except Exception:  # a card is written by hand: no card is worth an error
        return ()
    return tuple(str(code) for code in (named if isinstance(named, list) else [named]))


def _dimension(folder: Path) -> int | None:
    """The length of a vector, as the last module that tells one has it."""
    found = None
    modules = _values(folder / "modules.json")
    for module in modules if isinstance(modules, list) else ():
        place = folder / str(module.get("path", "") if isinstance(module, dict) else "")
        found = _of_module(place) or found
    return found


def _of_module(folder: Path) -> int | None:
    values = _values(folder / "config.json")
    if isinstance(values, dict):
        keys = ("out_features", "embedding_dimension", "word_embedding_dimension", "hidden_size")
        told = next((values[key] for key in keys if isinstance(values.get(key), int)), None)
        return told and told * _ways(values)
    return _of_table(folder / "model.safetensors")


def _ways(pooling: dict[str, Any]) -> int:
    """How many poolings are set end to end."""
    modes = pooling.get("pooling_mode")
    if isinstance(modes, list):
        return len(modes) or 1
    old = sum(value is True for key, value in pooling.items() if key.startswith("pooling_mode_"))
    return old or 1


def _of_table(weights: Path) -> int | None:
    """The width of a static embedding, from the head of its file."""
    from safetensors import SafetensorError, safe_open

    try:
        with safe_open(weights, framework="numpy") as tensors:
            names = set(tensors.keys())
            name = next(n for n in ("embeddings", "embedding.weight") if n in names)
            return int(tensors.get_slice(name).get_shape()[1])
    except (OSError, SafetensorError, StopIteration, IndexError):
        return None


def _values(path: Path) -> Any:
    try:
        return json.loads(path.read_text("utf8"))
    except (OSError, ValueError):
        return None
