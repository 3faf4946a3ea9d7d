"""Where an encoder's calibration lies: in its own folder, or for a hub model with the user's data.

A folder of the hub's cache may be cleared and fetched again any day; what the user measured
must outlive that.
"""

from __future__ import annotations

import json
import math
import re
from pathlib import Path

from auditor.errors import AuditorError
from auditor.model import Calibration

FILE = "calibration.json"

_PUBLISHER = "sentence-transformers"
_DISTRIBUTION = "translation-auditor"


def repository(name: str) -> str:
    """A model's full name on the hub."""
    return name if "/" in name else f"{_PUBLISHER}/{name}"


def home(name: str, version: str) -> Path:
    """The folder in which the calibration of an encoder is written."""
    if Path(name).is_dir():
        return Path(name)
    from platformdirs import user_data_path

    key = re.sub(r"[^\w.-]", "_", repository(name).replace("/", "--"))
    data = user_data_path(_DISTRIBUTION, appauthor=False)
    return data / "encoders" / f"{key}@{version}"


def stored(name: str, folder: Path, version: str) -> Calibration | None:
    """The calibration of a model that was loaded from a folder; the user's own comes first."""
    if folder == Path(name):
        return read_calibration(folder, version)
    return read_calibration(home(name, version)) or read_calibration(folder)


def read_calibration(folder: Path, version: str | None = None) -> Calibration | None:
    """Read the calibration beside an encoder: None where absent.

    Raises:
        AuditorError: where it is broken, or tells that it was measured on other weights.
    """
    path = folder / FILE
    if not path.exists():
        return None
    try:
        values = json.loads(path.read_text("utf8"))
        found = Calibration(float(values["slope"]), float(values["intercept"]))
        weights = str(values.get("weights", version))
    except (ValueError, KeyError, TypeError, AttributeError, OSError) as fault:
        raise AuditorError(f"{path} holds no slope and intercept: calibrate again.") from fault
    if not (math.isfinite(found.slope) and math.isfinite(found.intercept) and found.slope < 0):
        raise AuditorError(
            f"{path} holds no falling curve (slope {found.slope}, intercept {found.intercept}): "
            "calibrate again."
        )
    if version and weights != version:
        raise AuditorError(
            f"{path} was measured on other weights ({weights}, now {version}): calibrate again."
        )
    return found
