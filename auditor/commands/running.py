"""What `check`, `baseline` and `compare` share: options, the run over articles, its progress."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from auditor.commands.common import Progress, load
from auditor.errors import AuditorError

if TYPE_CHECKING:
    from auditor.articles import Article
    from auditor.config import Settings
    from auditor.gate import Outcome
    from auditor.gathering import Gathered

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
    return gather(
        named,
        settings.get("source-language"),
        changed=changed,
        by_content=lambda folder: _by_content(folder, settings),
    )


def _by_content(folder: str, settings: Settings) -> Iterator[tuple[str, ...]]:
    """The groups that `auditor pair` finds in a folder."""
    from auditor import pairing
    from auditor.commands.folder import read

    with Progress() as progress:
        documents = read(folder, progress.tick, leave=Path("reports")).documents
        found = pairing.pair(documents, load(settings.get("encoder")), tick=progress.tick)
    if found.groups:
        say(
            f"{folder} was paired by what its files say, for no names belong together: a list of "
            "articles saves that work."
        )
    for group in found.groups:
        yield tuple(f"{document.language}={document.path}" for document in group.documents)


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
    """The same steps; on a terminal, a bar that says how far they are."""
    with Progress() as progress:
        for number, step in enumerate(steps, 1):
            yield step
            progress.tick("Auditing", number, total)


def say(message: str) -> None:
    """Tell something that is no result."""
    from auditor.render.plain import line

    typer.echo(f"auditor: {line(message)}", err=True)


def mention_alone(found: Gathered) -> None:
    """Say which documents have no counterpart."""
    if found.alone:
        shown = ", ".join(found.alone[:3]) + (", …" if len(found.alone) > 3 else "")
        say(f"{len(found.alone)} without a counterpart in another language: {shown}.")
