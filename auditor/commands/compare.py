"""`auditor compare`: may a new engine ship? Two outputs of a pipeline for the same articles."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from auditor.commands.check import FailOn
from auditor.commands.common import ConfigFile, EncoderName, GlossaryFile, configured, errors
from auditor.commands.running import (
    CacheFolder,
    NoCache,
    SourceLanguage,
    cache_folder,
    outcomes,
    say,
)
from auditor.errors import AuditorError, NothingToAudit

if TYPE_CHECKING:
    from auditor.articles import Article
    from auditor.comparing import Comparison

EXAMPLE = "Example: auditor compare old/ new/ --format markdown -o comparison.html"
_WHAT = "A folder, a pattern like 'old/{name}.{lang}.md', a list of articles, or a file."


class CompareFormat(StrEnum):
    """Formats that a comparison can be written in."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"
    JSON = "json"


def compare(
    before: Annotated[str, typer.Argument(metavar="BEFORE", help=_WHAT)],
    after: Annotated[
        str, typer.Argument(metavar="AFTER", help="The same articles as they are now.")
    ],
    counterpart: Annotated[
        list[str] | None,
        typer.Option(
            metavar="WHAT",
            help="Documents that are the same for both sides (repeatable): the other language, "
            "where BEFORE and AFTER hold one.",
        ),
    ] = None,
    reference: Annotated[
        list[str] | None,
        typer.Option(metavar="WHAT", help="Human translations (repeatable), for BLEU, chrF, TER."),
    ] = None,
    form: Annotated[
        CompareFormat, typer.Option("--format", help="Format on standard output.")
    ] = CompareFormat.TEXT,
    output: Annotated[
        list[str] | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="Also write a file (repeatable); the format follows the ending: .md .html .json "
            ".txt.",
        ),
    ] = None,
    fail_on: Annotated[
        FailOn | None,
        typer.Option(
            help="The mildest severity of a new finding that is a regression. Default: as "
            "configured, else major."
        ),
    ] = None,
    min_confidence: Annotated[
        float | None,
        typer.Option(
            min=0, max=1, metavar="0–1", help="New findings less sure than this are no regression."
        ),
    ] = None,
    max_new: Annotated[int, typer.Option(min=0, help="How many such findings are tolerated.")] = 0,
    max_drift_rise: Annotated[
        float | None,
        typer.Option(min=0, metavar="0–1", help="By how much the mean drift may rise."),
    ] = None,
    max_score_drop: Annotated[
        float | None,
        typer.Option(
            min=0,
            metavar="POINTS",
            help="By how much BLEU, chrF or TER may worsen where that is significant (p < 0.05).",
        ),
    ] = None,
    exit_zero: Annotated[
        bool, typer.Option("--exit-zero", help="Report, but let a regression pass.")
    ] = False,
    glossary: GlossaryFile = None,
    source_language: SourceLanguage = None,
    no_cache: NoCache = False,
    cache_dir: CacheFolder = None,
    encoder: EncoderName = None,
    config: ConfigFile = None,
) -> None:
    """Compare two outputs of a pipeline: new, fixed and remaining findings, drift, scores."""
    with errors():
        from auditor.checking import repository_root
        from auditor.comparing import Limits
        from auditor.comparing import compare as compared
        from auditor.model import Severity

        settings = configured(config, encoder).given(
            {
                "gate.fail-on": fail_on and fail_on.value,
                "gate.min-confidence": min_confidence,
                "source-language": source_language,
                "glossary": glossary,
            }
        )
        targets = [(_format(target), target) for target in output or ()]
        sides = _Sides(before, after, counterpart or (), reference or ())
        pairs = list(sides.pairs(settings.get("source-language")))
        if not pairs:
            raise NothingToAudit(
                f"{before} and {after} have no article in common: check the names."
            )
        flat = [article for pair in pairs for article in pair]
        if all(len(article.documents) < 2 and not article.source for article in flat):
            say("One language alone: what only a comparison shows wants --counterpart.")
        folder = cache_folder(cache_dir, unused=no_cache)
        results = list(outcomes(flat, settings, repository_root(Path.cwd()), folder))
        comparison = compared(
            [
                (article.name, results[2 * number], results[2 * number + 1])
                for number, (article, _) in enumerate(pairs)
            ],
            Limits(
                Severity(settings.get("gate.fail-on")),
                max_new,
                max_drift_rise,
                max_score_drop,
                float(settings.get("gate.min-confidence")),
            ),
            only_before=sides.only(sides.before, sides.after),
            only_after=sides.only(sides.after, sides.before),
            tolerant=exit_zero,
        )
        _report(comparison, form.value, targets)
        raise typer.Exit(int(comparison.status))


class _Sides:
    """Both outputs by article, and what is the same for both."""

    def __init__(
        self, before: str, after: str, counterparts: Sequence[str], references: Sequence[str]
    ) -> None:
        from auditor.gathering import by_article

        self.before, self.after = by_article(before), by_article(after)
        self.counterparts = [by_article(named) for named in counterparts]
        self.references = [by_article(named) for named in references]

    def pairs(self, source_language: str | None) -> Iterator[tuple[Article, Article]]:
        """The articles that both sides have, with what is the same for both."""
        from dataclasses import replace

        from auditor.gathering import merged, with_source

        for name in sorted(self.before.keys() & self.after.keys()):
            one, other = (
                with_source(merged(side[name], [*self._shared(name)]), source_language)
                for side in (self.before, self.after)
            )
            yield replace(one, name=other.name), other

    def _shared(self, name: str) -> Iterator[Article]:
        """Counterparts and references of an article; of a single file, whatever it is called."""
        from auditor.articles import Article

        for given, are_references in ((self.counterparts, False), (self.references, True)):
            for side in given:
                found = side.get(name) or side.get("")
                if found and are_references:
                    yield Article(found.name, (), None, (*found.documents, *found.references))
                elif found:
                    yield found

    def only(self, side: Mapping[str, Article], other: Mapping[str, Article]) -> list[str]:
        """The articles of one side that the other lacks."""
        return sorted(side[name].name for name in side.keys() - other.keys())


def _format(target: str) -> str:
    from auditor.render.comparison import ENDINGS

    ending = Path(target).suffix.lower()
    if ending in ENDINGS:
        return ENDINGS[ending]
    raise AuditorError(f"Can't tell a format from '{target}': let it end in {', '.join(ENDINGS)}.")


def _report(comparison: Comparison, form: str, targets: Sequence[tuple[str, str]]) -> None:
    from auditor.files import write_atomically
    from auditor.render.comparison import render
    from auditor.render.comparison.facts import ANSWERS, counts

    for target, file in targets:
        write_atomically(file, render(target, comparison))
    sys.stdout.write(render(form, comparison))
    if form != "text":
        say(f"{counts(comparison)} {ANSWERS[comparison.status]}")
