"""`auditor check`: the audit of many articles as a gate for builds."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from auditor.commands.common import ConfigFile, EncoderName, GlossaryFile, configured, errors
from auditor.commands.running import (
    BaselineFile,
    CacheFolder,
    NoCache,
    SourceLanguage,
    What,
    cache_folder,
    from_here,
    gathered,
    mention_alone,
    outcomes,
)
from auditor.errors import AuditorError

if TYPE_CHECKING:
    from auditor.config import Settings
    from auditor.gate import Entry, Verdict

EXAMPLE = "Example: auditor check 'content/{name}.{lang}.md' --format github --fail-on major"


class CheckFormat(StrEnum):
    """Formats that a verdict can be written in."""

    TEXT = "text"
    FULL = "full"
    GITHUB = "github"
    GITLAB = "gitlab"
    SARIF = "sarif"
    JUNIT = "junit"
    RDJSON = "rdjson"
    JSON = "json"
    CSV = "csv"


class FailOn(StrEnum):
    """Severities that can block."""

    MINOR = "minor"
    MAJOR = "major"
    CRITICAL = "critical"


def check(
    what: What = None,
    form: Annotated[
        CheckFormat,
        typer.Option("--format", help="On standard output: text is a line each, full has context."),
    ] = CheckFormat.TEXT,
    output: Annotated[
        list[str] | None,
        typer.Option(
            "--output",
            "-o",
            metavar="[FORMAT=]FILE",
            help="Also write a file (repeatable); the format follows the ending: .json .sarif "
            ".xml (JUnit) .csv .txt (full).",
        ),
    ] = None,
    fail_on: Annotated[
        FailOn | None, typer.Option(help="The mildest severity that blocks. Default: major.")
    ] = None,
    min_confidence: Annotated[
        float | None,
        typer.Option(min=0, max=1, metavar="0–1", help="Leave out findings less sure than this."),
    ] = None,
    max_drift: Annotated[
        float | None,
        typer.Option(min=0, max=1, metavar="0–1", help="The highest mean drift of an article."),
    ] = None,
    max_bead_drift: Annotated[
        float | None,
        typer.Option(min=0, max=1, metavar="0–1", help="The highest drift of a single bead."),
    ] = None,
    min_score: Annotated[
        float | None,
        typer.Option(metavar="SCORE", help="The lowest MQM score (mqm-core) of a translation."),
    ] = None,
    max_findings: Annotated[
        int | None, typer.Option(min=0, help="New findings of any severity that are tolerated.")
    ] = None,
    changed: Annotated[
        bool,
        typer.Option(
            "--changed",
            help="The documents are changed files: each is checked with its counterparts, and what "
            "has none passes.",
        ),
    ] = False,
    exit_zero: Annotated[
        bool, typer.Option("--exit-zero", help="Report, but let what is blocked pass.")
    ] = False,
    baseline: BaselineFile = None,
    glossary: GlossaryFile = None,
    source_language: SourceLanguage = None,
    no_cache: NoCache = False,
    cache_dir: CacheFolder = None,
    encoder: EncoderName = None,
    config: ConfigFile = None,
    show_config: Annotated[
        bool, typer.Option("--show-config", help="Print the effective configuration and stop.")
    ] = False,
) -> None:
    """Check translations as a gate: exit status 0 passed, 1 blocked, 2 unusable, 3 nothing."""
    with errors():
        settings = configured(config, encoder).given(
            {
                "gate.fail-on": fail_on and fail_on.value,
                "gate.min-confidence": min_confidence,
                "gate.max-drift": max_drift,
                "gate.max-bead-drift": max_bead_drift,
                "gate.min-score": min_score,
                "gate.max-findings": max_findings,
                "baseline": baseline,
                "glossary": glossary,
                "source-language": source_language,
            }
        )
        if show_config:
            _show(settings)
            return
        targets = [_target(entry) for entry in output or ()]
        folder = cache_folder(cache_dir, unused=no_cache)
        verdict = run(what, settings, folder, tolerant=exit_zero, changed=changed)
        _report(verdict, form, targets)
        raise typer.Exit(int(verdict.status))


def _show(settings: Settings) -> None:
    from auditor.config import show

    sys.stdout.write(show(settings))


def run(
    what: Sequence[str] | None,
    settings: Settings,
    folder: Path | None,
    *,
    tolerant: bool = False,
    afresh: bool = False,
    changed: bool = False,
) -> Verdict:
    """The verdict on what was named, under some settings.

    ``afresh`` knows no baseline; ``changed`` passes where nothing has a counterpart.
    """
    from auditor.checking import repository_root
    from auditor.gate import Status, judge, slim

    known, gone = ((), frozenset[str]()) if afresh else known_findings(settings)
    found = gathered(what, settings, changed=changed)
    mention_alone(found)
    root = repository_root(Path.cwd())
    verdict = judge(
        [slim(outcome) for outcome in outcomes(found.articles, settings, root, folder)],
        known,
        gone=gone,
        max_findings=settings.get("gate.max-findings"),
        tolerant=tolerant,
    )
    return verdict if found.articles else replace(verdict, status=Status.PASSED)


def baseline_path(settings: Settings) -> Path:
    """Where the baseline is: as named, or beside the configuration."""
    from auditor.baseline import DEFAULT_FILE

    named = settings.get("baseline")
    if named and settings.origins["baseline"].startswith("-"):
        return Path(named)
    return from_here(settings.folder, named or DEFAULT_FILE)


def known_findings(settings: Settings) -> tuple[tuple[Entry, ...], frozenset[str]]:
    """The entries of the baseline, and those of their documents that are no longer there."""
    from auditor.baseline import read
    from auditor.checking import repository_root

    path = baseline_path(settings)
    if settings.get("baseline") is None and not path.exists():
        return (), frozenset()
    entries = read(str(path))
    root = repository_root(Path.cwd())
    return entries, frozenset(e.path for e in entries if not (root / e.path).exists())


# --- what is written --------------------------------------------------------------------------


def _target(entry: str) -> tuple[str, str]:
    """Format and file of an ``--output``, checked before any work is done."""
    from auditor.render.check import ENDINGS, FORMATS

    form, divided, file = entry.partition("=")
    if divided and form in FORMATS and file:
        return form, file
    ending = Path(entry).suffix.lower()
    if ending in ENDINGS:
        return ENDINGS[ending], entry
    raise AuditorError(
        f"Can't tell a format from '{entry}': let it end in {', '.join(ENDINGS)}, "
        f"or write FORMAT=FILE with one of {', '.join(FORMATS)}."
    )


def _report(verdict: Verdict, form: CheckFormat, targets: Sequence[tuple[str, str]]) -> None:
    from auditor.files import write_atomically
    from auditor.render.check import MACHINE, render

    for target, file in targets:
        write_atomically(file, render(target, verdict))
    sys.stdout.write(render(form.value, verdict))
    sys.stdout.flush()
    if form.value in MACHINE:
        from auditor.render.check.facts import failures, summary

        for name, why in failures(verdict):
            typer.echo(f"auditor: {name}: {why}", err=True)
        typer.echo("\n".join(summary(verdict)), err=True)
    page = os.environ.get("GITHUB_STEP_SUMMARY")
    if form is CheckFormat.GITHUB and page:
        _step_summary(verdict, page)


def _step_summary(verdict: Verdict, page: str) -> None:
    """Add to the page of the job, which other steps write to as well."""
    from auditor.render.check.github_format import step_summary

    try:
        with Path(page).open("a", encoding="utf-8", errors="replace") as stream:
            stream.write(step_summary(verdict))
    except OSError as error:
        raise AuditorError(
            f"GITHUB_STEP_SUMMARY names {page}, which may not be written: unset it."
        ) from error
