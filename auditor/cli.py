"""The command line: reads arguments, calls the library, writes files, sets the exit status.

What a command needs is imported inside it, so that ``--help`` answers at once.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from enum import StrEnum
from functools import cache
from importlib.metadata import version
from typing import TYPE_CHECKING, Annotated

import typer

from auditor.commands import baseline, check, compare, models, pair
from auditor.commands.common import (
    NOTHING,
    ConfigFile,
    EncoderName,
    GlossaryFile,
    configured,
    errors,
    load,
    report_name,
)
from auditor.commands.writing import Format
from auditor.errors import AuditorError, NothingToAudit

if TYPE_CHECKING:
    from auditor.checks.rule import Rule
    from auditor.config import Settings
    from auditor.encoders.base import Encoder
    from auditor.model import Audit, Document
    from auditor.tuning import Tuned

app = typer.Typer(
    name="auditor",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Find mistranslations by auditing two translations of one article against each other.",
    epilog="Example: auditor audit article.fr.txt article.de.txt",
)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"auditor {version('translation-auditor')}")
        raise typer.Exit


@app.callback()
def _root(
    show_version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Print the version."),
    ] = False,
) -> None:
    del show_version


@app.command(
    epilog="Example: auditor audit fr=article.txt de=artikel.txt -o report.html -o report.json"
)
def audit(
    documents: Annotated[
        list[str],
        typer.Argument(
            metavar="DOCUMENT…",
            help="Two translations or more: PATH or LANG=PATH ('-' is standard input). The "
            "language is read from the name (x.fr.txt) or detected. One alone is checked by the "
            "rules of its language.",
        ),
    ],
    output: Annotated[
        list[str] | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="Where to write (repeatable); the format follows the ending: .html .json .csv "
            ".xlsx .sarif .xml (JUnit); '-' is standard output. Default: reports/NAME.html",
        ),
    ] = None,
    form: Annotated[
        Format | None, typer.Option("--format", help="Format, whatever the ending of --output.")
    ] = None,
    source: Annotated[
        str | None, typer.Option(metavar="PATH", help="The source text, where it is at hand.")
    ] = None,
    reference: Annotated[
        list[str] | None,
        typer.Option(metavar="LANG=PATH", help="A human translation (repeatable)."),
    ] = None,
    report_language: Annotated[
        str | None,
        typer.Option(metavar="LANG", help="The HTML report's: en, fr, de. Default: the locale's."),
    ] = None,
    baseline_file: Annotated[
        str | None,
        typer.Option(
            "--baseline", metavar="FILE", help="Judgements that the HTML report starts with."
        ),
    ] = None,
    show: Annotated[
        bool, typer.Option("--open", help="Open the HTML report in the browser.")
    ] = False,
    glossary: GlossaryFile = None,
    encoder: EncoderName = None,
    config: ConfigFile = None,
) -> None:
    """Audit translations of one article against each other and write a report."""
    with errors():
        from auditor.baseline import read as read_baseline
        from auditor.commands import writing
        from auditor.files import parse_spec

        name = report_name([parse_spec(document).path for document in documents])
        targets = writing.targets(output, form, name)
        opened = writing.to_open(targets) if show else None
        settings = configured(config, encoder).given({"glossary": glossary})
        loaded = cache(lambda: load(settings.get("encoder")))
        known = read_baseline(baseline_file) if baseline_file else ()
        page = writing.Page(name, writing.page_language(report_language), loaded, known)
        result = _run(documents, settings, loaded, source=source, references=reference or ())
        for target in targets:
            writing.write(result, target, page)
        paths = [target.path for target in targets if target.path != "-"]
        _summarise(result, paths, err=len(paths) < len(targets))
        if opened:
            writing.open_page(opened)
        if result.bitexts and not any(bitext.comparable for bitext in result.bitexts):
            raise typer.Exit(NOTHING)


def _run(
    documents: Sequence[str],
    settings: Settings,
    encoder: Callable[[], Encoder],
    *,
    source: str | None = None,
    references: Sequence[str] = (),
    sentence_lines: bool = False,
    rules: Sequence[Rule] | None = None,
) -> Audit:
    from auditor import auditing, config, files, tuning
    from auditor.checks import RULES

    read = files.read_all(
        documents, source=source, references=references, sentence_lines=sentence_lines
    )
    for document in read:
        for notice in document.notices:
            typer.echo(f"auditor: {notice}", err=True)
    wanted = config.effective(settings, [document.path for document in read])
    found = auditing.audit(
        read,
        encoder(),
        wanted.rules if rules is None else rules,
        wanted.glossary,
    )
    tuned = tuning.tune(found, wanted.tuning, files.markup_of(read), [rule.slug for rule in RULES])
    _say_notices(tuned, read)
    return tuned.audit


def _say_notices(tuned: Tuned, documents: Sequence[Document]) -> None:
    from auditor.render.positions import Lines
    from auditor.render.terminal import printable

    by_id = {document.id: document for document in documents}
    for notice in tuned.notices:
        document = by_id[notice.document]
        line, _ = Lines(document.raw).place(notice.start)
        typer.echo(f"auditor: {printable(f'{document.path}:{line}: {notice.message}')}", err=True)


def _summarise(result: Audit, written: Sequence[str], *, err: bool) -> None:
    from auditor.render import terminal

    typer.echo(terminal.render(result), err=err)
    for target in written:
        typer.echo(f"Report: {terminal.printable(target)}", err=err)


class BeadFormat(StrEnum):
    """Formats that beads can be written in."""

    TSV = "tsv"
    JSONL = "jsonl"
    TMX = "tmx"
    VECALIGN = "vecalign"


@app.command(
    epilog="Example: auditor align article.fr.txt article.de.txt --format tmx > article.tmx"
)
def align(
    left: Annotated[str, typer.Argument(metavar="LEFT", help="PATH or LANG=PATH.")],
    right: Annotated[str, typer.Argument(metavar="RIGHT", help="PATH or LANG=PATH.")],
    form: Annotated[BeadFormat, typer.Option("--format", help="Format.")] = BeadFormat.TSV,
    one_sentence_per_line: Annotated[
        bool, typer.Option("--one-sentence-per-line", help="Keep the input's own segmentation.")
    ] = False,
    encoder: EncoderName = None,
    config: ConfigFile = None,
) -> None:
    """Align the sentences of two documents and print the beads."""
    with errors():
        from auditor.render import beads

        settings = configured(config, encoder)
        result = _run(
            [left, right],
            settings,
            lambda: load(settings.get("encoder")),
            sentence_lines=one_sentence_per_line,
            rules=(),
        )
        sys.stdout.write(beads.FORMATS[form](result))
        if not result.bitexts[0].comparable:
            raise NothingToAudit(f"Not translations of one another: {result.bitexts[0].reason}.")


def _two(codes: str) -> tuple[str, str]:
    """The languages of two columns."""
    from auditor.languages import language

    names = [language(code.strip()).code for code in codes.split(",")]
    if len(names) != 2:
        raise AuditorError(f"--languages wants two codes, as in fr,de, and not '{codes}'.")
    return names[0], names[1]


@app.command(epilog="Example: auditor score pairs.tsv --languages fr,de")
def score(
    pairs: Annotated[
        str, typer.Argument(metavar="PAIRS.tsv", help="Two columns; '-' is standard input.")
    ],
    languages: Annotated[
        str, typer.Option(metavar="LEFT,RIGHT", help="The languages of the two columns.")
    ] = "fr,de",
    encoder: EncoderName = None,
    config: ConfigFile = None,
) -> None:
    """Score pairs of sentences: similarity and drift of each line."""
    with errors():
        from auditor import auditing, files

        settings = configured(config, encoder)
        codes = _two(languages)
        rows = files.read_pairs(pairs)
        scores = auditing.score(rows, load(settings.get("encoder")), codes)
        sys.stdout.write("left\tright\tsimilarity\tdrift\n")
        for (one, other), (similarity, drift) in zip(rows, scores, strict=True):
            sys.stdout.write(f"{one}\t{other}\t{similarity:.4f}\t{drift:.4f}\n")


@app.command(epilog="Example: auditor rules number-mismatch")
def rules(
    name: Annotated[str | None, typer.Argument(help="One rule's page.")] = None,
) -> None:
    """List the rules, or print one rule's page."""
    from auditor.checks import RULES

    with errors():
        if name is None:
            for rule in RULES:
                off = " (off unless configured)" if rule.optional else ""
                typer.echo(f"{rule.slug:24} {rule.category:26} {rule.fault}{off}")
            return
        found = next((rule for rule in RULES if rule.slug == name), None)
        if found is None:
            known = ", ".join(rule.slug for rule in RULES)
            raise AuditorError(f"No rule is called '{name}'. The rules are: {known}.")
        typer.echo(_page(found))


def _page(rule: Rule) -> str:
    from auditor.text.glossary import rows

    lines = [
        f"{rule.slug} ({rule.category}, {rule.severity})",
        "",
        rule.page.strip(),
        "",
        "Examples",
    ]
    for example in rule.examples:
        lines += ["", "  bad" if example.marks else "  good"]
        lines += [f"    glossary: {row}" for row in rows(example.glossary)]
        lines += [f"    {code}: {text}" for code, text in example.texts.items()]
        lines += [f"    marks: {' | '.join(example.marks)}"] if example.marks else []
    return "\n".join(lines)


app.command(epilog=check.EXAMPLE)(check.check)
app.add_typer(baseline.app, name="baseline")
app.add_typer(models.app, name="models")
app.command(epilog=compare.EXAMPLE)(compare.compare)
app.command(epilog="Example: auditor pair articles --run")(pair.pair)
