"""The page "In CI in five minutes" is followed literally, and the ready-made parts are run."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.articles import people, plant, write_articles
from tests.conftest import ROOT

yaml = pytest.importorskip("yaml")

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the page speaks to a POSIX shell")

PAGE = (ROOT / "docs" / "ci.md").read_text("utf-8")
BLOCK = re.compile(
    r"(?:<!-- file: (?P<file>\S+) -->\n)?```(?P<kind>\w+)\n(?P<text>.*?)```", re.DOTALL
)
WRONG = "4711"


def loaded(path: Path) -> Any:
    return yaml.safe_load(path.read_text("utf-8"))


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository as the page describes it, and an `auditor` on the path that is this one."""
    folder = tmp_path / "repository"
    write_articles(folder / "content", 4)
    plant(folder / "content" / "article-02.de.md", people(2), WRONG)
    tools = tmp_path / "bin"
    tools.mkdir()
    command = tools / "auditor"
    command.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m auditor "$@"\n', "utf-8")
    command.chmod(0o755)
    shell(folder, "git init --quiet . && git add . && git commit --quiet -m Start")
    return folder


def shell(folder: Path, script: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a script in the repository; git knows nobody and reads no settings of this machine."""
    environment = {
        **os.environ,
        "PATH": f"{folder.parent / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "HOME": str(folder.parent),
        "XDG_CACHE_HOME": str(folder.parent / "cache"),
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_SYSTEM": os.devnull,
        **{f"GIT_{who}_NAME": "Test" for who in ("AUTHOR", "COMMITTER")},
        **{f"GIT_{who}_EMAIL": "test@example.org" for who in ("AUTHOR", "COMMITTER")},
        **more,
    }
    return subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script],  # noqa: S607 - the shell of the page
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def follow(folder: Path) -> list[str]:
    """Do what the page says, block by block; returns what the commands printed."""
    printed = []
    for block in BLOCK.finditer(PAGE):
        if name := block["file"]:
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block["text"], "utf-8")
        else:
            assert block["kind"] == "sh"
            done = shell(folder, block["text"])
            assert done.returncode == 0, f"{block['text']}\n{done.stdout}\n{done.stderr}"
            printed.append(done.stdout)
    return printed


def test_the_page_does_what_it_says(repository: Path):
    looked, shown, accepted, hooked, compared = follow(repository)
    assert "content/article-02." in looked
    assert "exit status 1" in looked
    assert 'fail-on = "major"  # auditor.toml' in shown
    assert "1 accepted" in accepted
    assert hooked == ""
    assert "no regression" in compared


def test_the_hook_of_the_page_stops_a_commit(repository: Path):
    follow(repository)
    commit = "git add content && git commit --quiet -m Change"
    plant(repository / "content" / "article-00.fr.md", people(0), WRONG)
    stopped = shell(repository, commit)
    assert stopped.returncode != 0
    assert "content/article-00." in stopped.stdout + stopped.stderr
    assert "1 new (1 blocking)" in stopped.stdout + stopped.stderr
    plant(repository / "content" / "article-00.fr.md", WRONG, people(0))
    plant(repository / "content" / "article-00.fr.md", "théâtre", "spectacle")
    (repository / "README.md").write_text("# No article\n", "utf-8")
    (repository / "NOTES.md").write_text("# Nor this\n", "utf-8")
    assert shell(repository, f"git add . && {commit}").returncode == 0
    assert shell(repository, "git status --porcelain").stdout == ""


class TestPreCommit:
    def test_the_hook_runs_as_it_is_written(self, repository: Path):
        hooks = {hook["id"]: hook for hook in loaded(ROOT / ".pre-commit-hooks.yaml")}
        assert (
            yaml.safe_load(block_of(".pre-commit-config.yaml"))["repos"][0]["hooks"][0]["id"]
            in hooks
        )
        entry = hooks["auditor"]["entry"]
        assert hooks["auditor"]["require_serial"] is True
        (repository / "README.md").write_text("# No article\n", "utf-8")
        assert shell(repository, f"{entry} content/article-00.fr.md README.md").returncode == 0
        assert shell(repository, f"{entry} content/article-02.fr.md").returncode == 1
        assert shell(repository, entry).returncode == 0

    def test_the_hook_for_all_reads_the_configuration(self, repository: Path):
        hooks = {hook["id"]: hook for hook in loaded(ROOT / ".pre-commit-hooks.yaml")}
        assert shell(repository, hooks["auditor-all"]["entry"]).returncode == 2
        (repository / "auditor.toml").write_text("articles = ['content']\n", "utf-8")
        assert shell(repository, hooks["auditor-all"]["entry"]).returncode == 1


def block_of(name: str) -> str:
    return next(block["text"] for block in BLOCK.finditer(PAGE) if block["file"] == name)


class TestAction:
    def test_it_meets_the_published_schema(self):
        path = ROOT / "tests" / "data" / "schemas" / "github-action.json"
        jsonschema.validate(loaded(ROOT / "action.yml"), json.loads(path.read_text("utf-8")))

    def test_no_input_is_put_into_a_script(self):
        for step in loaded(ROOT / "action.yml")["runs"]["steps"]:
            assert "${{" not in step["run"]

    def test_the_page_names_inputs_that_exist(self):
        steps = yaml.safe_load(block_of(".github/workflows/translations.yml"))["jobs"]["audit"][
            "steps"
        ]
        ours = next(step for step in steps if "translation-auditor" in step["uses"])
        assert ours["with"].keys() <= loaded(ROOT / "action.yml")["inputs"].keys()

    def test_its_script_runs(self, repository: Path):
        step = next(
            s for s in loaded(ROOT / "action.yml")["runs"]["steps"] if s.get("id") == "check"
        )
        names = set(step["env"])
        script = step["run"]
        fixed = {
            "GITHUB_ACTION_PATH": str(ROOT),
            "GITHUB_OUTPUT": str(repository.parent / "output"),
            "GITHUB_STEP_SUMMARY": str(repository.parent / "summary.md"),
            "AUDITOR": "auditor",
        }
        given = {
            "AUDITOR_WHAT": "content/{name}.{lang}.md\n",
            "AUDITOR_SARIF": "out file.sarif",
            "AUDITOR_CACHE_DIR": "kept",
            "AUDITOR_FAIL_ON": "minor",
            "AUDITOR_GLOSSARY": "terms.csv",
        }
        (repository / "terms.csv").write_text("fr,de\nthéâtre,Theater\n", "utf-8")
        assert given.keys() <= names
        blocked = shell(repository, script, **fixed, **given)
        assert blocked.returncode == 1, blocked.stderr
        assert blocked.stdout.startswith("::error file=content/article-02.")
        assert (repository.parent / "output").read_text("utf-8") == "status=1\n"
        assert "blocked" in (repository.parent / "summary.md").read_text("utf-8")
        assert json.loads((repository / "out file.sarif").read_text("utf-8"))["runs"]
        passing = shell(repository, script, **fixed, **given, AUDITOR_EXIT_ZERO="true")
        assert passing.returncode == 0

    def test_an_input_is_no_command(self, repository: Path):
        script = f"bash {shlex.quote(str(ROOT / 'ci' / 'github.sh'))}"
        evil = "$(touch owned)\n`touch owned`\n; touch owned\n--config=x"
        done = shell(repository, script, AUDITOR_WHAT=evil, AUDITOR_CONFIG="", AUDITOR_FAIL_ON="")
        assert done.returncode in (2, 3)
        assert not (repository / "owned").exists()


def test_the_page_and_the_template_invent_no_address():
    """Where the product lives is for its user to say: no account, and no name in a public index."""
    job = loaded(ROOT / "ci" / "gitlab.yml")[".audit-translations"]
    assert job["variables"]["AUDITOR_PACKAGE"] == ""
    for named in re.findall(r"\S*translation-auditor@\S+|\S+/translation-auditor\b", PAGE):
        assert "OWNER/" in named
    assert "`OWNER/translation-auditor`" in PAGE


def test_the_script_of_the_gitlab_template_runs(repository: Path):
    job = loaded(ROOT / "ci" / "gitlab.yml")[".audit-translations"]
    script = "\n".join(line for line in job["script"] if not line.startswith("pip "))
    done = shell(
        repository,
        script,
        AUDITOR_PACKAGE="not installed here",
        AUDITOR_WHAT="content/{name}.{lang}.md",
        AUDITOR_OPTIONS="--fail-on minor",
    )
    assert done.returncode == 1, done.stderr
    reports = job["artifacts"]["reports"]
    (issue,) = json.loads((repository / reports["codequality"]).read_text("utf-8"))
    assert issue["location"]["path"].startswith("content/article-02.")
    assert "<testsuites" in (repository / reports["junit"]).read_text("utf-8")
