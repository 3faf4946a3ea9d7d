"""`auditor baseline`: record the findings that are accepted, so that only new ones block."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from auditor.commands.check import baseline_path, run
from auditor.commands.common import ConfigFile, EncoderName, GlossaryFile, configured, errors
from auditor.commands.running import CacheFolder, NoCache, SourceLanguage, What, cache_folder, say
from auditor.errors import AuditorError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from auditor.config import Settings
    from auditor.gate import Entry, Verdict

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Record findings that are accepted, so that only new ones block.",
    epilog="Example: auditor baseline create 'content/{name}.{lang}.md'",
)

_File = Annotated[
    str | None,
    typer.Option(
        "--baseline",
        "--output",
        "-o",
        metavar="FILE",
        help="The baseline. Default: 'baseline' of the configuration, or auditor-baseline.json.",
    ),
]


@app.command(epilog="Example: auditor baseline create 'content/{name}.{lang}.md'")
def create(
    what: What = None,
    baseline: _File = None,
    force: Annotated[bool, typer.Option("--force", help="Replace a baseline.")] = False,
    glossary: GlossaryFile = None,
    source_language: SourceLanguage = None,
    no_cache: NoCache = False,
    cache_dir: CacheFolder = None,
    encoder: EncoderName = None,
    config: ConfigFile = None,
) -> None:
    """Accept all findings that there are now."""
    with errors():
        said = {"baseline": baseline, "glossary": glossary, "source-language": source_language}
        settings = configured(config, encoder).given(said)
        target = baseline_path(settings)
        if target.exists() and not force:
            raise AuditorError(
                f"{target} exists: 'auditor baseline update' adds to it, --force replaces it."
            )
        folder = cache_folder(cache_dir, unused=no_cache)
        verdict = run(what, settings, folder, tolerant=True, afresh=True)
        _write(target, _all(verdict), verdict, [])


def _command(added: Callable[[Verdict], list[Entry]], purpose: str) -> Callable[..., None]:
    """A command that keeps what of a baseline is not fixed, and adds some of what is new."""

    def command(
        what: What = None,
        baseline: _File = None,
        glossary: GlossaryFile = None,
        source_language: SourceLanguage = None,
        no_cache: NoCache = False,
        cache_dir: CacheFolder = None,
        encoder: EncoderName = None,
        config: ConfigFile = None,
    ) -> None:
        with errors():
            said = {"baseline": baseline, "glossary": glossary, "source-language": source_language}
            settings = configured(config, encoder).given(said)
            target = _existing(settings)
            folder = cache_folder(cache_dir, unused=no_cache)
            verdict = run(what, settings, folder, tolerant=True)
            _write(target, added(verdict), verdict, _kept(target, verdict))

    command.__doc__ = purpose
    return command


def _existing(settings: Settings) -> Path:
    target = baseline_path(settings)
    if not target.exists():
        raise AuditorError(f"{target} does not exist: 'auditor baseline create' makes it.")
    return target


def _all(verdict: Verdict) -> list[Entry]:
    from auditor.gate import entries_of

    return list(entries_of(verdict.findings))


def _new(verdict: Verdict) -> list[Entry]:
    from auditor.gate import Standing, entries_of

    return list(entries_of([j for j in verdict.findings if j.standing is not Standing.ACCEPTED]))


def _none(verdict: Verdict) -> list[Entry]:
    del verdict
    return []


def _kept(target: Path, verdict: Verdict) -> list[Entry]:
    """The entries that stay: all but as many of each kind as are fixed."""
    from auditor.baseline import read

    fixed = list(verdict.fixed)
    kept = []
    for entry in read(str(target)):
        if entry in fixed:
            fixed.remove(entry)
        else:
            kept.append(entry)
    return kept


def _write(target: Path, added: Sequence[Entry], verdict: Verdict, kept: Sequence[Entry]) -> None:
    from auditor.baseline import write
    from auditor.gate import Status
    from auditor.render.check.facts import failures, summary

    for name, why in failures(verdict):
        say(f"{name}: {why}")
    write(str(target), [*kept, *added])
    for text in list(summary(verdict))[:-2]:
        typer.echo(text)
    typer.echo(
        f"{target} holds {len(kept) + len(added)}: {len(added)} added, "
        f"{len(verdict.fixed)} dropped, {len(kept)} kept."
    )
    if verdict.status in (Status.UNUSABLE, Status.NOTHING):
        raise typer.Exit(int(verdict.status))


app.command("update", epilog="Example: auditor baseline update")(
    _command(_new, "Accept new findings, and drop the entries that are fixed; notes are kept.")
)
app.command("prune", epilog="Example: auditor baseline prune")(
    _command(_none, "Drop the entries that are fixed, and add nothing.")
)
