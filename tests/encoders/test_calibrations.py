"""Where a calibration lies, and which one counts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from auditor.encoders.calibrations import home, read_calibration, stored
from auditor.errors import AuditorError
from auditor.model import Calibration

CURVE = {"slope": -9.5, "intercept": 4.0}
VERSION = "0123456789ab"


def write(folder: Path, **values: object) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "calibration.json").write_text(json.dumps(values), "utf8")


@pytest.fixture(autouse=True)
def user_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("platformdirs.user_data_path", lambda *_, **__: tmp_path / "user")
    return tmp_path / "user"


def test_a_folder_keeps_its_own(tmp_path: Path):
    assert home(str(tmp_path), VERSION) == tmp_path


def test_a_hub_model_has_a_place_by_name_and_version(user_data: Path):
    place = home("LaBSE", VERSION)
    assert place.is_relative_to(user_data)
    assert place == home("sentence-transformers/LaBSE", VERSION)
    assert place != home("LaBSE", "ba9876543210")
    assert place != home("nobody/LaBSE", VERSION)


def test_no_name_leaves_the_place(user_data: Path):
    assert home("../../x/..\\y", VERSION).parent == user_data / "encoders"


def test_the_users_own_comes_before_what_came_with_a_hub_model(tmp_path: Path):
    snapshot = tmp_path / "snapshot"
    write(snapshot, slope=-1, intercept=1, weights="of its folder at home")
    assert stored("a/b", snapshot, VERSION) == Calibration(-1, 1)
    write(home("a/b", VERSION), **CURVE)
    assert stored("a/b", snapshot, VERSION) == Calibration(-9.5, 4)


def test_other_weights_in_the_same_folder_want_another_calibration(tmp_path: Path):
    write(tmp_path, **CURVE, weights=VERSION)
    assert stored(str(tmp_path), tmp_path, VERSION) == Calibration(-9.5, 4)
    with pytest.raises(AuditorError, match=r"other weights.*calibrate again"):
        stored(str(tmp_path), tmp_path, "ba9876543210")


@pytest.mark.parametrize(
    ("slope", "intercept"), [(float("nan"), 1), (-1, float("inf")), (0, 1), (2, 1)]
)
def test_a_curve_that_does_not_fall_is_refused(tmp_path: Path, slope: float, intercept: float):
    write(tmp_path, slope=slope, intercept=intercept)
    with pytest.raises(AuditorError, match="calibrate again"):
        read_calibration(tmp_path)


@pytest.mark.parametrize("content", ["[]", "1", "null", "\ud800"])
def test_other_json_is_refused(tmp_path: Path, content: str):
    (tmp_path / "calibration.json").write_bytes(content.encode("utf8", "surrogatepass"))
    with pytest.raises(AuditorError, match="calibrate again"):
        read_calibration(tmp_path)
