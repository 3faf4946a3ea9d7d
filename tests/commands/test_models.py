"""``auditor models`` as a user meets it: the list, a calibration, what it refuses.

A hub's cache is imitated with the embedded encoder's own folder, which sentence-transformers reads.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest

from auditor import audit
from auditor.encoders import EMBEDDED_FOLDER
from tests.articles import article
from tests.conftest import SEEDS
from tests.test_cli import CLEAN, auditor, refused

NAME, COMMIT = "nobody/tiny", "0123456789abcdef0123456789abcdef01234567"


@pytest.fixture(scope="module")
def pairs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """True translations: the sample articles' sentences, and those of an article of the tests."""
    lines = [
        f"{one}\t{other}"
        for one, other in zip(*(article(0)[c].split("\n") for c in ("fr", "de")), strict=True)
        if one
    ]
    for name in ("harbour-wind", "tidal-library"):
        result = audit([str(SEEDS / f"{name}.{code}.txt") for code in ("fr", "de")])
        left, right = (document.segments for document in result.documents)
        lines += [
            f"{left[bead.left[0]].text}\t{right[bead.right[0]].text}"
            for bead in result.bitexts[0].beads
            if len(bead.left) == len(bead.right) == 1
        ]
    path = tmp_path_factory.mktemp("pairs") / "pairs.tsv"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def copy_model(target: Path) -> Path:
    """The embedded encoder's folder by links, without its calibration."""
    for source in EMBEDDED_FOLDER.rglob("*"):
        place = target / source.relative_to(EMBEDDED_FOLDER)
        if source.is_file() and source.name != "calibration.json":
            place.parent.mkdir(parents=True, exist_ok=True)
            place.symlink_to(source)
    return target


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache of the hub, and no network; nothing of the user's own is touched."""
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "hub"))
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "user"))
    return tmp_path / "hub"


@pytest.fixture
def snapshot(cache: Path) -> Path:
    """A model in the hub's cache."""
    repository = cache / f"models--{NAME.replace('/', '--')}"
    (repository / "refs").mkdir(parents=True)
    (repository / "refs" / "main").write_text(COMMIT, "utf-8")
    return copy_model(repository / "snapshots" / COMMIT)


def listed() -> dict[str, dict[str, object]]:
    done = auditor("models", "--format", "json")
    assert done.returncode == 0, done.stderr.decode()
    values = json.loads(done.stdout)
    schema = files("auditor") / "render" / "models.schema.json"
    jsonschema.validate(values, json.loads(schema.read_text("utf-8")))
    return {encoder["name"]: encoder for encoder in values["encoders"]}


# --- the list ---------------------------------------------------------------------------------


@pytest.mark.parametrize("command", [["models"], ["models", "list"]])
def test_the_embedded_encoder_is_listed_and_how_to_fetch_others(command: list[str]):
    done = auditor(*command)
    assert done.returncode == 0
    assert not done.stderr
    shown = done.stdout.decode()
    for expected in (
        "embedded@",
        "256",
        "fr, de, en",
        " MB",
        "calibrated: 0.5 at similarity 0.39",
        "no sentence-transformers model",
        "hf download",
    ):
        assert expected in shown


def test_models_in_the_cache_are_listed(snapshot: Path):
    (snapshot / "calibration.json").write_text('{"slope": -8, "intercept": 4}', "utf-8")
    encoders = listed()
    assert list(encoders) == ["embedded", NAME]
    tiny = encoders[NAME]
    assert tiny["signature"] == f"{NAME}@{COMMIT[:12]}"
    assert (tiny["dimension"], tiny["languages"]) == (256, ["fr", "de", "en"])
    assert tiny["calibration"] == {"slope": -8, "intercept": 4}
    assert tiny["fault"] is None


def test_a_fault_does_not_cost_the_list(snapshot: Path, cache: Path):
    (cache / "models--broken--one" / "snapshots").mkdir(parents=True)
    (cache / "models--broken--one" / "snapshots" / "stray").write_text("", "utf-8")
    (cache / "models--no--encoder" / "snapshots" / COMMIT).mkdir(parents=True)
    (snapshot / "calibration.json").write_text("nothing", "utf-8")
    (snapshot / "README.md").unlink()
    (snapshot / "README.md").write_text("---\nlanguage: [\n---\n", "utf-8")
    (snapshot / "0_StaticEmbedding" / "model.safetensors").unlink()
    tiny = listed()[NAME]
    assert (tiny["dimension"], tiny["languages"], tiny["calibration"]) == (None, [], None)
    assert "safetensors" in str(tiny["fault"])
    assert b"1." in auditor("models").stderr


def test_dimensions_are_read_from_every_kind_of_module(snapshot: Path):
    kinds = {
        "1_Pooling": {"word_embedding_dimension": 32, "pooling_mode_cls_token": True},
        "2_Dense": {"in_features": 32, "out_features": 24},
        "3_Normalize": {},
    }
    expected = 24
    for count in (3, 1):
        modules = [{"path": ""}] + [{"path": name} for name in list(kinds)[:count]]
        (snapshot / "modules.json").unlink()
        (snapshot / "modules.json").write_text(json.dumps(modules), "utf-8")
        (snapshot / "config.json").write_text('{"hidden_size": 8}', "utf-8")
        for name, values in kinds.items():
            (snapshot / name).mkdir(exist_ok=True)
            (snapshot / name / "config.json").write_text(json.dumps(values), "utf-8")
        assert listed()[NAME]["dimension"] == expected
        expected = 32


@pytest.mark.usefixtures("snapshot")
def test_the_list_needs_neither_network_nor_torch():
    code = (
        "import socket, sys\n"
        "def refuse(*_, **__): raise AssertionError('network')\n"
        "socket.socket.connect = socket.getaddrinfo = refuse\n"
        "from auditor.cli import app\n"
        "try: app(['models'])\n"
        "except SystemExit as end: assert not end.code\n"
        "slow = {'torch', 'transformers', 'sentence_transformers', 'scipy'}\n"
        "print(sorted(slow & {*sys.modules}))\n"
    )
    environment = {name: value for name, value in os.environ.items() if name != "HF_HUB_OFFLINE"}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    assert NAME in done.stdout
    assert done.stdout.splitlines()[-1] == "[]"


def test_a_name_in_the_cache_does_not_steer_the_terminal(snapshot: Path):
    (snapshot / "README.md").unlink()
    (snapshot / "README.md").write_text('---\nlanguage: "\\e[2J"\n---\n', "utf-8")
    assert b"\x1b" not in auditor("models").stdout
    assert "\x1b" not in auditor("models", "--format", "json").stdout.decode()


def test_help_has_an_example():
    assert b"Example: auditor models calibrate" in auditor("models", "--help").stdout


# --- a calibration ----------------------------------------------------------------------------


def test_a_folder_is_calibrated_and_then_needs_no_generic_curve(tmp_path: Path, pairs: Path):
    model = str(copy_model(tmp_path / "model"))
    before = auditor("score", str(pairs), "--encoder", model)
    assert b"generic" in before.stderr
    done = auditor("models", "calibrate", model, str(pairs), "--languages", "fr,de")
    assert done.returncode == 0, done.stderr.decode()
    assert b"AUC" in done.stdout
    assert b"Brier" in done.stdout
    assert b"not used" not in done.stdout
    written = json.loads((tmp_path / "model" / "calibration.json").read_text("utf-8"))
    assert written["slope"] < 0
    assert str(tmp_path) not in written["encoder"]
    after = auditor("score", str(pairs), "--encoder", model)
    assert b"generic" not in after.stderr
    assert after.stdout != before.stdout
    assert sorted(path.name for path in (tmp_path / "model").iterdir()) == sorted(
        path.name for path in EMBEDDED_FOLDER.iterdir()
    )


def test_a_hub_model_keeps_its_calibration_with_the_users_data(snapshot: Path, pairs: Path):
    done = auditor("models", "calibrate", NAME, str(pairs))
    assert done.returncode == 0, done.stderr.decode()
    assert not (snapshot / "calibration.json").exists()
    curve = listed()[NAME]["calibration"]
    assert isinstance(curve, dict)
    audited = auditor("audit", *CLEAN, "--encoder", NAME, "-o", "-", "--format", "json")
    assert b"generic" not in audited.stderr
    signature = json.loads(audited.stdout)["signature"]
    assert f"|drift:calibrated({curve['slope']},{curve['intercept']})+" in signature


def test_a_new_calibration_outdates_what_was_cached(tmp_path: Path):
    model = copy_model(tmp_path / "model")
    arguments = ["check", *CLEAN, "--encoder", str(model), "--format", "json"]
    arguments += ["--cache-dir", str(tmp_path / "cache"), "--exit-zero"]
    signatures = []
    for slope in (-10, -20):
        curve = {"slope": slope, "intercept": 5}
        (model / "calibration.json").write_text(json.dumps(curve), "utf-8")
        signatures.append(json.loads(auditor(*arguments).stdout)["signature"])
    assert "calibrated(-10,5)" in signatures[0]
    assert "calibrated(-20,5)" in signatures[1]


def test_the_embedded_encoder_is_calibrated_into_a_file_only(tmp_path: Path, pairs: Path):
    own = EMBEDDED_FOLDER / "calibration.json"
    before = own.read_bytes()
    for arguments in (
        ["embedded"],
        [str(EMBEDDED_FOLDER)],
        ["embedded", "--out", str(own)],
        ["embedded", "--out", str(EMBEDDED_FOLDER / "x" / ".." / "new.json")],
    ):
        name, *out = arguments
        done = auditor("models", "calibrate", name, str(pairs), *out)
        assert "--out FILE" in refused(done, 2)
    assert own.read_bytes() == before
    target = tmp_path / "new" / "c.json"
    done = auditor("models", "calibrate", "embedded", str(pairs), "--out", str(target))
    assert done.returncode == 0, done.stderr.decode()
    assert b"not used" in done.stdout
    assert json.loads(target.read_text("utf-8"))["encoder"].startswith("embedded@")


def test_standard_input_and_output(pairs: Path):
    arguments = ["models", "calibrate", "embedded", "-", "--out", "-"]
    done = auditor(*arguments, stdin=pairs.read_bytes())
    assert done.returncode == 0, done.stderr.decode()
    assert json.loads(done.stdout)["auc"] > 0.7
    assert b"AUC" in done.stderr


# --- refusals ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "status", "reason"),
    [
        (lambda lines: lines[:49], 2, "too few"),
        (lambda lines: lines[:1] * 500, 2, "too few"),
        (lambda lines: lines[:0], 3, "no pairs"),
        (lambda lines: [line.replace("\t", " ") for line in lines], 2, "no tab"),
        (
            lambda lines: [
                f"{line.split(chr(9))[0]}\t{lines[i - 40].split(chr(9))[1]}"
                for i, line in enumerate(lines)
            ],
            3,
            "can't tell",
        ),
    ],
    ids=["few", "copies", "empty", "no tab", "no translations"],
)
def test_pairs_that_calibrate_nothing(
    tmp_path: Path,
    pairs: Path,
    change,
    status: int,
    reason: str,
):
    changed, target = tmp_path / "changed.tsv", tmp_path / "c.json"
    lines = pairs.read_text("utf-8").splitlines()
    changed.write_text("".join(f"{line}\n" for line in change(lines)), "utf-8")
    done = auditor("models", "calibrate", "embedded", str(changed), "--out", str(target))
    assert reason in refused(done, status)
    assert not target.exists()


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["no/such-model", "PAIRS"], "cannot be loaded"),
        (["embedded", "missing.tsv", "--out", "c.json"], "does not exist"),
        (["embedded", "PAIRS", "--out", "c.json", "--languages", "fr,xx"], "xx"),
        (["embedded", "PAIRS", "--out", "c.json", "--languages", "fr"], "two languages"),
    ],
)
def test_wrong_use(tmp_path: Path, pairs: Path, arguments: list[str], reason: str):
    named = [str(pairs) if argument == "PAIRS" else argument for argument in arguments]
    assert reason in refused(auditor("models", "calibrate", *named, cwd=tmp_path), 2)
    assert not (tmp_path / "c.json").exists()


def test_a_format_before_another_command_is_refused():
    refused(auditor("models", "--format", "json", "list"), 2)


def test_a_broken_calibration_can_be_replaced(tmp_path: Path, pairs: Path):
    model = copy_model(tmp_path / "model")
    broken = model / "calibration.json"
    broken.write_text("nothing", "utf-8")
    assert "calibrate again" in refused(auditor("score", str(pairs), "--encoder", str(model)), 2)
    assert auditor("models", "calibrate", str(model), str(pairs)).returncode == 0
    assert json.loads(broken.read_text("utf-8"))["slope"] < 0
