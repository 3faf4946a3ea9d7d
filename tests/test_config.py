"""The configuration: found, understood or refused with a suggestion, and shown with its origins."""

from __future__ import annotations

import json
import tomllib
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest

from auditor import config
from auditor.checks import DEFAULT, RULES
from auditor.errors import AuditorError
from auditor.model import Severity

RULE = RULES[0].slug


def written(folder: Path, text: str, name: str = "auditor.toml") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def refusal(folder: Path, text: str) -> str:
    with pytest.raises(AuditorError) as caught:
        config.load(str(written(folder, text)))
    message = str(caught.value)
    assert "\n" not in message.strip()
    return message


class TestFinding:
    def test_its_own_file_is_found_from_a_folder_below(self, tmp_path: Path):
        written(tmp_path, "source-language = 'en'\n")
        below = tmp_path / "a" / "b"
        below.mkdir(parents=True)
        settings = config.load(start=below)
        assert settings.get("source-language") == "en"
        assert settings.folder == tmp_path
        assert settings.origins["source-language"] == "auditor.toml"
        assert settings.origins["encoder"] == "default"

    def test_a_table_in_the_project_file(self, tmp_path: Path):
        written(tmp_path, "[tool.auditor.gate]\nfail-on = 'minor'\n", "pyproject.toml")
        settings = config.load(start=tmp_path)
        assert settings.get("gate.fail-on") == "minor"
        assert settings.origins["gate.fail-on"] == "pyproject.toml"

    def test_a_project_file_without_the_table_is_passed_over(self, tmp_path: Path):
        written(tmp_path, "source-language = 'en'\n")
        written(tmp_path, "[project]\nname = 'x'\n", "below/pyproject.toml")
        assert config.load(start=tmp_path / "below").get("source-language") == "en"

    def test_the_search_ends_at_the_root_of_the_repository(self, tmp_path: Path):
        written(tmp_path, "source-language = 'en'\n")
        (tmp_path / "repository" / ".git").mkdir(parents=True)
        assert config.load(start=tmp_path / "repository").get("source-language") is None

    def test_a_file_that_is_named_must_be_there_and_hold_the_table(self, tmp_path: Path):
        with pytest.raises(AuditorError, match="does not exist"):
            config.load(str(tmp_path / "no.toml"))
        other = written(tmp_path, "[project]\nname = 'x'\n", "pyproject.toml")
        with pytest.raises(AuditorError, match=r"\[tool.auditor\]"):
            config.load(str(other))


class TestRefusals:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("fail_on = 'minor'", "no setting 'fail_on'"),
            ("[gate]\nfail_on = 'minor'", "Is 'fail-on' meant?"),
            ("[gate]\nfail-on = 'majr'", "Is 'major' meant?"),
            ("[gate]\nmin-confidence = 2", "at least 0 and at most 1"),
            ("[gate]\nmax-findings = true", "a whole number"),
            ("[gate]\nmax-drift = '0.3'", "a number"),
            ("ignore = 'x'", "a list"),
            ("ignore = ['(?=x)']", "RE2"),
            ("ignore = ['(']", "RE2"),
            ("baseline = ''", "too short"),
            ("source-language = 'xx'", "no language 'xx'"),
            ("[[paths]]\nignore = []", "wants a 'match'"),
            ("[[paths]]\nmatch = ['a']\n[paths.gate]\nmax-findings = 1", "no setting"),
            ("encoder", "no valid TOML"),
        ],
    )
    def test_one_sentence_that_helps(self, tmp_path: Path, text: str, expected: str):
        assert expected in refusal(tmp_path, text)

    def test_a_rule_that_nobody_knows_gets_a_suggestion(self, tmp_path: Path):
        assert f"Is '{RULE}' meant?" in refusal(tmp_path, f"[rules]\n{RULE}s = 'off'")


def test_the_schema_is_valid_and_takes_what_the_program_takes(tmp_path: Path):
    schema = json.loads((files("auditor") / "data" / "config.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    text = f"""
        articles = ["content/{{name}}.{{lang}}.md"]
        source-language = "en"
        baseline = "known.json"
        ignore = ["^Q[1-4]$"]
        do-not-translate = ["Harbour Light"]
        [rules]
        {RULE} = "minor"
        [gate]
        fail-on = "critical"
        min-confidence = 0.4
        max-drift = 0.3
        max-bead-drift = 0.9
        min-score = 80
        max-findings = 4
        [[paths]]
        match = ["legal/**"]
        [paths.gate]
        fail-on = "minor"
    """
    jsonschema.validate(tomllib.loads(text), schema)
    config.load(str(written(tmp_path, text)))


class TestWhatCounts:
    def test_rules_and_severities(self, tmp_path: Path):
        other = RULES[1].slug
        path = written(tmp_path, f"[rules]\n{RULE} = 'off'\n{other} = 'critical'\n")
        wanted = config.effective(config.load(str(path)), ["a.fr.md"])
        assert RULE not in [rule.slug for rule in wanted.rules]
        assert wanted.tuning.severities == {other: Severity.CRITICAL}
        assert wanted.tuning.name

    def test_nothing_set_leaves_the_signature_alone(self, tmp_path: Path):
        wanted = config.effective(config.load(start=tmp_path), [])
        assert wanted.rules == DEFAULT
        assert wanted.tuning.name == ""

    def test_a_rule_that_is_off_by_default_can_be_turned_on(self, tmp_path: Path):
        optional = next(rule for rule in RULES if rule.optional)
        assert optional not in DEFAULT
        for value, severity in (("on", {}), ("neutral", {optional.slug: Severity.NEUTRAL})):
            path = written(tmp_path, f"[rules]\n{optional.slug} = '{value}'\n")
            wanted = config.effective(config.load(str(path)), [])
            assert wanted.rules == RULES
            assert wanted.tuning.severities == severity
            assert wanted.tuning.name != ""

    def test_sections_count_for_their_paths(self, tmp_path: Path):
        path = written(
            tmp_path,
            f"ignore = ['a']\n[gate]\nfail-on = 'major'\n"
            f"[[paths]]\nmatch = ['legal/**']\nignore = ['b']\n"
            f"rules = {{{RULE} = 'off'}}\ngate = {{fail-on = 'minor'}}\n",
        )
        settings = config.load(str(path))
        legal = config.effective(settings, [str(tmp_path / "legal" / "x" / "a.fr.md")])
        other = config.effective(settings, [str(tmp_path / "news" / "a.fr.md")])
        assert (legal.thresholds.fail_on, other.thresholds.fail_on) == ("minor", "major")
        assert len(legal.rules) == len(DEFAULT) - 1
        assert other.rules == DEFAULT
        assert legal.tuning.ignored("b")
        assert legal.tuning.ignored("a")
        assert not other.tuning.ignored("b")

    def test_the_command_line_counts_for_all(self, tmp_path: Path):
        path = written(tmp_path, "[[paths]]\nmatch = ['*']\n[paths.gate]\nfail-on = 'minor'\n")
        settings = config.load(str(path)).given({"gate.fail-on": "critical", "baseline": None})
        assert config.effective(settings, [str(tmp_path / "a.md")]).thresholds.fail_on == "critical"
        assert settings.origins["gate.fail-on"] == "--fail-on"

    def test_a_pattern_costs_linear_time_whatever_it_is(self, tmp_path: Path):
        settings = config.load(str(written(tmp_path, "ignore = ['(a+)+$', '(a|aa)+b']")))
        assert not config.effective(settings, []).tuning.ignored("a" * 50_000 + "!")


def test_what_is_shown_is_toml_that_says_the_same(tmp_path: Path):
    path = written(
        tmp_path,
        f"ignore = ['\\d \"x\"']\n[rules]\n{RULE} = 'off'\n[gate]\nmin-score = 80.5\n"
        "[[paths]]\nmatch = ['x/**']\n[paths.gate]\nmax-drift = 0.2\n",
    )
    shown = config.show(config.load(str(path)).given({"gate.fail-on": "minor"}))
    assert "# --fail-on" in shown
    assert "# default" in shown
    assert "# max-drift is not set" in shown
    again = config.load(str(written(tmp_path, shown, "again.toml")))
    assert again.get("ignore") == ['\\d "x"']
    assert again.get("gate.min-score") == 80.5
    assert again.get(f"rules.{RULE}") == "off"
    assert config.effective(again, [str(tmp_path / "x" / "a")]).thresholds.max_drift == 0.2
