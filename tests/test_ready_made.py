"""The action, the job and the hook are run as they are written, their installation included.

Slow, and in need of a package index: only where ``AUDITOR_READY`` names a folder whose virtual
environment ``auditor`` has the auditor's dependencies, as CI has made one (``.ci/run``). That
pre-commit makes an environment of its own, with a gigabyte in it, is tested only where
``AUDITOR_READY_ALL`` is set, too (``make ready``).
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.articles import people, plant, write_articles
from tests.conftest import ROOT

yaml = pytest.importorskip("yaml")

READY = os.environ.get("AUDITOR_READY")
pytestmark = pytest.mark.skipif(not READY, reason="AUDITOR_READY names no environment")
WRONG = "4711"
TOOLS = f"{Path(str(READY)) / 'auditor' / 'bin'}{os.pathsep}{os.environ['PATH']}"
_FILLED = re.compile(r"\$\{\{\s*(inputs|runner)\.([\w-]+)\s*\}\}")


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository that holds the product as it is here, tagged like a release."""
    folder = tmp_path_factory.mktemp("product")
    listed = run("git ls-files --cached --others --exclude-standard -z", ROOT).stdout
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, folder / name)
    run("git init --quiet . && git add . && git commit --quiet -m Release && git tag v1", folder)
    return folder


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A team's repository: four articles, one of them with a wrong number."""
    folder = tmp_path / "repository"
    write_articles(folder / "content", 4)
    plant(folder / "content" / "article-02.de.md", people(2), WRONG)
    run("git init --quiet .", folder)
    return folder


def run(script: str, folder: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a script as a runner does: strict bash, no settings of this machine's user."""
    environment = {
        **{k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "AUDITOR", "GIT_"))},
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_SYSTEM": os.devnull,
        "PIP_RETRIES": "0",  # an index that cannot be reached from here is passed over at once
        **{f"GIT_{who}_NAME": "Test" for who in ("AUTHOR", "COMMITTER")},
        **{f"GIT_{who}_EMAIL": "test@example.org" for who in ("AUTHOR", "COMMITTER")},
        **more,
    }
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],  # noqa: S607
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def loaded(path: Path) -> Any:
    return yaml.safe_load(path.read_text("utf-8"))


def test_the_action(product: Path, repository: Path, tmp_path: Path):
    action = loaded(product / "action.yml")
    inputs = {name: entry["default"] for name, entry in action["inputs"].items()}
    inputs |= {"what": "content/{name}.{lang}.md", "extra-index-url": "", "python": sys.executable}
    values = {"inputs": inputs, "runner": {"temp": READY}}
    done = None
    for step in action["runs"]["steps"]:
        assert step["shell"] == "bash"
        environment = {
            name: _FILLED.sub(lambda m: str(values[m[1]][m[2]]), str(value))
            for name, value in step["env"].items()
        }
        assert done is None or done.returncode == 0, done.stderr
        done = run(
            step["run"],
            repository,
            RUNNER_TEMP=str(READY),
            GITHUB_ACTION_PATH=str(product),
            GITHUB_OUTPUT=str(tmp_path / "output"),
            GITHUB_STEP_SUMMARY=str(tmp_path / "summary"),
            XDG_CACHE_HOME=str(tmp_path / "cache"),
            **environment,
        )
    assert done is not None
    assert done.returncode == 1, done.stderr
    assert done.stdout.startswith("::error file=content/article-02.")
    assert (tmp_path / "output").read_text("utf-8") == "status=1\n"


def test_the_job_of_gitlab(product: Path, repository: Path):
    job = loaded(product / "ci" / "gitlab.yml")[".audit-translations"]
    variables = {**job["variables"], "PIP_EXTRA_INDEX_URL": "", "PIP_CACHE_DIR": ""}
    variables = {name: value for name, value in variables.items() if value or "PIP" not in name}
    script = "\n".join(job["script"])
    refused = run(script, repository, **variables, PATH=TOOLS)
    assert refused.returncode == 2
    assert "AUDITOR_PACKAGE" in refused.stderr
    variables |= {"AUDITOR_PACKAGE": str(product), "AUDITOR_WHAT": "content/{name}.{lang}.md"}
    done = run(script, repository, **variables, PATH=TOOLS)
    assert done.returncode == 1, done.stderr
    for report in job["artifacts"]["reports"].values():
        assert "article-02" in (repository / report).read_text("utf-8")


@pytest.mark.parametrize(
    "settings",
    [
        "language: system, additional_dependencies: []",
        pytest.param(
            "",
            marks=pytest.mark.skipif(
                "AUDITOR_READY_ALL" not in os.environ, reason="AUDITOR_READY_ALL is not set"
            ),
        ),
    ],
    ids=["with-the-auditor-on-the-path", "as-it-is-written"],
)
def test_the_hook_of_pre_commit(product: Path, repository: Path, tmp_path: Path, settings: str):
    (repository / ".pre-commit-config.yaml").write_text(
        f"repos:\n  - repo: {product}\n    rev: v1\n    hooks:\n"
        f"      - {{id: auditor{', ' if settings else ''}{settings}}}\n",
        "utf-8",
    )
    more = {"PRE_COMMIT_HOME": str(tmp_path / "hooks"), "XDG_CACHE_HOME": str(tmp_path / "cache")}
    if settings:
        more["PATH"] = TOOLS
    hook = f"{sys.executable} -m pre_commit"
    installed = run(f"{hook} install --install-hooks && git add .", repository, **more)
    assert installed.returncode == 0, installed.stdout + installed.stderr
    stopped = run("git commit --quiet -m Start", repository, **more)
    assert stopped.returncode != 0
    assert f"“{WRONG}”" in stopped.stdout + stopped.stderr
    plant(repository / "content" / "article-02.de.md", WRONG, people(2))
    passed = run("git add . && git commit --quiet -m Start", repository, **more)
    assert passed.returncode == 0, passed.stdout + passed.stderr
