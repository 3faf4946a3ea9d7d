"""`auditor compare`: two outputs of a pipeline for the same articles."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from auditor.cli import app
from tests.articles import people, plant, write_articles

WRONG = "4711"


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def compare(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["compare", *arguments], catch_exceptions=False)


def loaded(result: Result) -> dict[str, dict[str, int]]:
    values: dict[str, dict[str, int]] = json.loads(result.stdout)
    return values


def outputs(count: int = 4) -> None:
    """An old output with two faults; the new one mends one, words one anew, and adds one."""
    for side in ("old", "new"):
        write_articles(Path(side), count)
    plant(Path("old/article-01.de.md"), people(1), WRONG)
    plant(Path("old/article-02.de.md"), people(2), WRONG)
    plant(Path("new/article-02.de.md"), people(2), WRONG)
    plant(Path("new/article-02.de.md"), "Im Winter brachten", "Während des Winters brachten")
    plant(Path("new/article-03.fr.md"), people(3), WRONG)


def test_new_fixed_and_remaining():
    outputs()
    result = compare("old", "new", "--format", "json")
    assert result.exit_code == 1
    values = loaded(result)
    assert values["counts"] == {"new": 1, "fixed": 1, "remaining": 1}
    by_id = {article["id"]: article for article in values["articles"]}
    assert [len(by_id["article-03"][kind]) for kind in ("new", "fixed", "remaining")] == [1, 0, 0]
    assert [len(by_id["article-02"][kind]) for kind in ("new", "fixed", "remaining")] == [0, 0, 1]
    assert by_id["article-00"]["similarity"] == {"de": 100.0, "fr": 100.0}
    assert by_id["article-03"]["similarity"]["fr"] < 100.0


def test_a_better_output_passes():
    outputs()
    result = compare("new", "new")
    assert result.exit_code == 0
    assert "0 new, 0 fixed, 2 remaining" in result.stdout
    plant(Path("new/article-03.fr.md"), WRONG, people(3))
    assert compare("old", "new").exit_code == 0


def test_thresholds():
    outputs()
    assert compare("old", "new", "--max-new", "1").exit_code == 0
    assert compare("old", "new", "--fail-on", "critical").exit_code == 0
    assert compare("old", "new", "--exit-zero").exit_code == 0
    passing = ["--fail-on", "critical"]
    assert compare("new", "old", *passing, "--max-drift-rise", "1").exit_code == 0
    Path("new/article-00.de.md").write_text(
        Path("new/article-00.de.md").read_text("utf-8").replace("Holzbrücke", "Zahnbürste"), "utf-8"
    )
    result = compare("old", "new", *passing, "--max-drift-rise", "0")
    drifts = loaded(compare("old", "new", *passing, "--format", "json"))["mean_drift"]
    assert result.exit_code == (drifts["after"] > drifts["before"])


def test_scores_against_references_are_tested_for_significance():
    for side in ("old", "new", "human"):
        write_articles(Path(side), 6)
    for path in Path("new").glob("*.de.md"):
        text = path.read_text("utf-8").replace("Garten", "Gemüse").replace("wieder ihre", "ihr die")
        path.write_text(text.replace("Bäcker am Platz", "Bäcker von Platz"), "utf-8")
    options = ("--reference", "human", "--fail-on", "critical")
    result = compare("old", "new", *options, "--format", "json")
    assert result.exit_code == 0
    scores = loaded(result)["scores"]
    assert set(scores) == {"de", "fr"}
    assert len(scores["de"]) == 3
    for name, score in scores["de"].items():
        assert f"bs:{1000}" in score["signature"], name
        assert score["p_value"] < 0.05
        assert score["units"] == 60
    assert scores["fr"]["BLEU"]["before"] == scores["fr"]["BLEU"]["after"]
    blocked = compare("old", "new", *options, "--max-score-drop", "0.5")
    assert blocked.exit_code == 1
    assert "of de is worse by" in blocked.stdout
    assert "of fr" not in blocked.stdout
    assert compare("old", "new", *options, "--max-score-drop", "99").exit_code == 0


def test_one_language_with_its_counterpart():
    outputs()
    for path in [*Path("old").glob("*.fr.md"), *Path("new").glob("*.fr.md")]:
        path.rename(f"{path.name}") if path.parent.name == "new" else path.unlink()
    Path("french").mkdir()
    for path in Path().glob("*.fr.md"):
        path.rename(Path("french") / path.name)
    result = compare("old", "new", "--counterpart", "french", "--format", "json")
    assert loaded(result)["counts"]["fixed"] == 1


def test_one_language_alone():
    """What a single text shows is compared, and how far the two outputs are from each other."""
    outputs()
    for path in [*Path("old").glob("*.fr.md"), *Path("new").glob("*.fr.md")]:
        path.unlink()
    plant(Path("new/article-00.de.md"), "erwartet“, sagt", "erwartet, sagt")
    result = compare("old", "new", "--format", "json", "--fail-on", "minor")
    assert result.exit_code == 1
    assert "--counterpart" in result.stderr
    values = loaded(result)
    assert values["counts"]["new"] == 1
    by_id = {article["id"]: article for article in values["articles"]}
    assert 90 < by_id["article-00"]["similarity"]["de"] < 100


def test_the_configuration_says_what_counts():
    outputs()
    assert compare("old", "new", "--min-confidence", "1").exit_code == 0
    Path("auditor.toml").write_text("[gate]\nfail-on = 'critical'\n", "utf-8")
    assert compare("old", "new").exit_code == 0
    assert compare("old", "new", "--fail-on", "major").exit_code == 1


def test_single_files_and_lists_and_patterns():
    outputs()
    files = [f"{side}/article-01.de.md" for side in ("old", "new")]
    result = compare(*files, "--counterpart", "new/article-01.fr.md")
    assert result.exit_code == 0
    assert "1 fixed" in result.stdout
    for side in ("old", "new"):
        rows = [
            json.dumps({"id": "x", "language": code, "path": f"{side}/article-01.{code}.md"})
            for code in ("fr", "de")
        ]
        Path(f"{side}.jsonl").write_text("\n".join(rows), "utf-8")
    assert "1 fixed" in compare("old.jsonl", "new.jsonl").stdout
    assert "1 fixed" in compare("old/{name}.{lang}.md", "new/{name}.{lang}.md").stdout


def test_articles_on_one_side_and_articles_that_cannot_be_read():
    outputs()
    Path("new/article-00.de.md").unlink()
    Path("new/article-00.fr.md").unlink()
    write_articles(Path("old"), 0)
    result = compare("old", "new", "--exit-zero")
    assert "Only before: article-00." in result.stdout
    Path("new/article-01.de.md").write_bytes(bytes(range(256)) * 9)
    broken = compare("old", "new")
    assert broken.exit_code == 2
    assert "article-01" in broken.stdout
    Path("empty").mkdir()
    assert compare("old", "empty").exit_code == 3
    assert compare("old", "nowhere").exit_code == 2


def test_pages_for_people():
    outputs()
    evil = "<script>x</script>@everyone![](http://x)|`\u202e\x1b"
    plant(Path("new/article-03.fr.md"), f"{WRONG} ", f"{WRONG} {evil} ")
    name = "new/article-03<img>@everyone"
    for code in ("fr", "de"):
        Path(f"new/article-03.{code}.md").rename(f"{name}.{code}.md")
        Path(f"old/article-03.{code}.md").rename(f"{name.replace('new', 'old')}.{code}.md")
    result = compare("old", "new", "--format", "markdown", "-o", "c.html", "--fail-on", "minor")
    assert result.exit_code == 1
    page = Path("c.html").read_text("utf-8")
    for text in (page, result.stdout):
        for sign in ("<script", "<img", "![](", "\u202e", "\x1b"):
            assert sign not in text
    assert "@everyone" not in result.stdout
    assert result.stdout.startswith("<!-- auditor compare -->\n")
    assert "default-src 'none'" in page
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in html.unescape(page)
    assert not re.search(r"""(?:src|href)\s*=""", page)
    assert 'lang="en"' in page
    assert "c.docx" in compare("old", "new", "-o", "c.docx").stderr


@pytest.mark.parametrize("form", ["text", "markdown", "html", "json"])
def test_a_comparison_without_any_change(form: str):
    write_articles(Path("old"), 2)
    write_articles(Path("new"), 2)
    result = compare("old", "new", "--format", form)
    assert result.exit_code == 0


def test_help_has_an_example():
    assert "Example: auditor compare" in CliRunner().invoke(app, ["compare", "--help"]).stdout
