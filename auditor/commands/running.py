"""What `check`, `baseline` and `compare` share: options, the run over articles, its progress."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from auditor.commands.common import load
from auditor.errors import AuditorError

if TYPE_CHECKING:
    from auditor.articles import Article
    from auditor.config import Settings
    from auditor.gate import Outcome
    from auditor.gathering import Gathered

_SOON = 1.0  # seconds after which a terminal is told how far it is

What = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="WHAT…",
        help="Documents (PATH or LANG=PATH; files that differ in their language belong together), "
        "a pattern like 'content/{name}.{lang}.md', a folder, or a list of articles "
        "(.toml .csv .jsonl). Default: 'articles' of the configuration.",
    ),
]
SourceLanguage = Annotated[
    str | None,
    typer.Option(metavar="LANG", help="Documents in this language are sources, not judged."),
]
NoCache = Annotated[bool, typer.Option("--no-cache", help="Audit everything anew.")]
CacheFolder = Annotated[
    str | None, typer.Option("--cache-dir", metavar="FOLDER", help="Where answers are kept.")
]
BaselineFile = Annotated[
    str | None,
    typer.Option(
        "--baseline",
        metavar="FILE",
        help="Accepted findings. Default: 'baseline' of the configuration, or "
        "auditor-baseline.json beside it.",
    ),
]


def gathered(what: Sequence[str] | None, settings: Settings, *, changed: bool = False) -> Gathered:
    """The articles that were named, or those of the configuration.

    Raises:
        AuditorError: where neither names any.
    """
    from auditor.gathering import gather

    named = list(what or ())
    if not named and not changed:
        named = [str(from_here(settings.folder, entry)) for entry in settings.get("articles")]
    if not named and not changed:
        raise AuditorError(
            "Nothing was named to check: name documents, a pattern, a folder or a list, or set "
            "'articles' in the configuration."
        )
    return gather(named, settings.get("source-language"), changed=changed)


def from_here(folder: Path, entry: str) -> Path:
    """A path of the configuration, from the working directory where that is above it."""
    absolute, here = folder / entry, Path.cwd()
    return absolute.relative_to(here) if absolute.is_relative_to(here) else absolute


def outcomes(
    articles: Sequence[Article], settings: Settings, root: Path, cache_folder: Path | None
) -> Iterator[Outcome]:
    """Audit articles one by one; with a folder for it, unchanged ones come from the cache."""
    from auditor.cache import Cache
    from auditor.checking import Checker, check_all

    with ExitStack() as stack:
        cache = stack.enter_context(Cache(cache_folder)) if cache_folder else None
        checker = Checker(settings, root, load, cache)
        yield from _with_progress(check_all(checker, articles), len(articles))


def cache_folder(folder: str | None, *, unused: bool) -> Path | None:
    """Where the cache is, if it is used."""
    from auditor.cache import default_folder

    if unused:
        return None
    return Path(folder) if folder else default_folder()


def _with_progress(steps: Iterable[Outcome], total: int) -> Iterator[Outcome]:
    """The same steps; on a terminal, a line that says how far they are."""
    started, shown = time.monotonic(), False
    for number, step in enumerate(steps, 1):
        yield step
        if sys.stderr.isatty() and time.monotonic() - started > _SOON:
            typer.echo(f"\r{number} of {total} articles", nl=False, err=True)
            shown = True
    if shown:
        typer.echo("\r\x1b[K", nl=False, err=True)


def say(message: str) -> None:
    """Tell something that is no result."""
    from auditor.render.plain import line

    typer.echo(f"auditor: {line(message)}", err=True)


def mention_alone(found: Gathered) -> None:
    """Say which documents have no counterpart."""
    if found.alone:
        shown = ", ".join(found.alone[:3]) + (", …" if len(found.alone) > 3 else "")
        say(f"{len(found.alone)} without a counterpart in another language: {shown}.")
