"""From what the command line names to articles: patterns, folders, lists, files.

Files belong together where their names differ in the language alone: ``x.fr.md`` and ``x.de.md``,
``fr/x.md`` and ``de/x.md``.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePath

from auditor import manifest
from auditor.articles import Article
from auditor.errors import AuditorError, NothingToAudit
from auditor.files import language_of_name, parse_spec
from auditor.globs import path_regex
from auditor.languages import codes
from auditor.text.markup import ENDINGS

_LANGUAGE = "{lang}"
_REGION = r"(?:[-_][A-Za-z]{2,4})?"


# A folder to groups of documents (``LANG=PATH``) that say the same.
ByContent = Callable[[str], Iterable[Sequence[str]]]


@dataclass(frozen=True, slots=True)
class Gathered:
    """The articles, and documents that stand alone, by path."""

    articles: tuple[Article, ...]
    alone: tuple[str, ...] = ()


def gather(
    named: Sequence[str],
    source_language: str | None = None,
    *,
    changed: bool = False,
    by_content: ByContent | None = None,
) -> Gathered:
    """All articles that some arguments name.

    ``changed`` takes documents for changed files: those without a counterpart are passed over.
    ``by_content`` is asked about a folder in which no names belong together.

    Raises:
        AuditorError: where an argument means nothing, or a list can't be read.
        NothingToAudit: where they name no two documents that belong together.
    """
    articles: list[Article] = []
    alone: list[str] = []
    single = [argument for argument in named if not _is_collection(argument)]
    found = [_collection(argument, by_content) for argument in named if _is_collection(argument)]
    found += [_documents(single, changed=changed)] if single else []
    for gathered in found:
        articles += gathered.articles
        alone += gathered.alone
    unique = {(article.name, article.documents): article for article in articles}
    whole = [with_source(article, source_language) for article in unique.values()]
    if not whole and not changed:
        raise NothingToAudit(_nothing(named, alone))
    return Gathered(tuple(whole), tuple(dict.fromkeys(alone)))


def _nothing(named: Sequence[str], alone: Sequence[str]) -> str:
    shown = ", ".join(named)[:200]
    if alone:
        return (
            f"Nothing to audit in {shown}: no two files differ in their language alone "
            f"({alone[0]} has no counterpart)."
        )
    return f"Nothing to audit in {shown}: no document is there."


def _is_collection(argument: str) -> bool:
    return _LANGUAGE in argument or manifest.is_manifest(argument) or Path(argument).is_dir()


def _collection(argument: str, by_content: ByContent | None) -> Gathered:
    if _LANGUAGE in argument:
        return of_pattern(argument)
    if Path(argument).is_dir():
        return pairs_of_folder(argument, by_content)
    return Gathered(manifest.read(argument))


def of_pattern(pattern: str) -> Gathered:
    """The articles of ``content/{name}.{lang}.md``: files that differ in ``{lang}`` alone."""
    return _grouped(_matching(pattern).items())


def _matching(pattern: str) -> dict[str, list[str]]:
    """The files that a pattern means, by their path with ``{lang}`` in the language's place."""
    expression = path_regex(pattern, {"name": r"[^/]+?", "lang": _languages()})
    wildcard = re.sub(r"\{name\}|\{lang\}", "*", pattern.removeprefix("./"))
    anchor = Path(PurePath(wildcard).anchor)
    paths = anchor.glob(str(PurePath(wildcard).relative_to(anchor)))
    groups: dict[str, list[str]] = {}
    for path in sorted(path.as_posix() for path in paths if path.is_file()):
        if match := expression.fullmatch(path):
            key = path[: match.start("lang")] + _LANGUAGE + path[match.end("lang") :]
            code = re.split("[-_]", match.group("lang"))[0].lower()
            groups.setdefault(key, []).append(f"{code}={path}")
    return groups


def _languages() -> str:
    return f"(?i:{'|'.join(codes())}){_REGION}"


def pairs_of_folder(folder: str, by_content: ByContent | None = None) -> Gathered:
    """The articles in a folder and the folders in it: by the names of their files.

    Where no names belong together, by what the files say.
    """
    found = _grouped(_in_folder(folder).items())
    if found.articles or by_content is None:
        return found
    groups = [tuple(specs) for specs in by_content(folder)]
    paired = {parse_spec(spec).path for specs in groups for spec in specs}
    return Gathered(
        tuple(Article(_name_of(specs), specs) for specs in groups),
        tuple(path for path in found.alone if path not in paired),
    )


def _name_of(specs: Sequence[str]) -> str:
    return _title(name_without_language(parse_spec(specs[0]).path))


def _in_folder(folder: str) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for path in _texts(Path(folder)):
        if code := language_of_name(os.path.relpath(path, folder)):
            groups.setdefault(name_without_language(path), []).append(f"{code}={path}")
    return groups


def _texts(folder: Path) -> Iterator[str]:
    """The texts in a folder, but for what is hidden."""
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            known = PurePath(name).suffix[1:].lower() in (*ENDINGS, *codes())
            if known and not name.startswith("."):
                yield (Path(place) / name).as_posix()


def name_without_language(path: str) -> str:
    """A path with ``{lang}`` where the file's name, or else a folder, tells the language."""
    parts = list(PurePath(path).parts)
    for number in range(len(parts) - 1, -1, -1):
        last = number == len(parts) - 1
        expression = _in_name() if last else _as_folder()
        replaced, count = expression.subn(rf"\g<1>{_LANGUAGE}\g<2>", parts[number], count=1)
        if count:
            parts[number] = replaced
            break
    return PurePath(*parts).as_posix()


def _in_name() -> re.Pattern[str]:
    """A language at the end of a file's name, before its ending or as its ending."""
    return re.compile(rf"^(|.*?[._-]){_languages()}(\.[^.]*)?$", re.DOTALL)


def _as_folder() -> re.Pattern[str]:
    return re.compile(rf"^(){_languages()}()$")


def _grouped(groups: Iterable[tuple[str, list[str]]]) -> Gathered:
    """Groups of two and more are articles; a single document stands alone."""
    articles, alone = [], []
    for key, specs in groups:
        if len({spec.partition("=")[0] for spec in specs}) > 1:
            articles.append(Article(_title(key), tuple(specs)))
        else:
            alone += [spec.partition("=")[2] for spec in specs]
    return Gathered(tuple(articles), tuple(alone))


def _title(key: str) -> str:
    """A name for an article: its files' name without the language."""
    bare = re.sub(r"[._-]?\{lang\}[._-]?(?=$|/|\.)|\{lang\}[/._-]?", "", key, count=1)
    return str(PurePath(bare).with_suffix("")) if PurePath(bare).name else key


def _documents(arguments: Sequence[str], *, changed: bool) -> Gathered:
    """Documents named one by one: by their names, with the counterparts that lie beside them.

    Where no name tells what belongs together, or languages are given (``fr=x``), all of them are
    translations of one article, if they are not changed files. A single one is an article too.
    """
    given = [spec.language for spec in map(parse_spec, arguments) if spec.language]
    if given and not changed and len(arguments) > 1 and len(set(given)) == len(given):
        return Gathered((Article(_name_of(arguments), tuple(arguments)),))
    groups: dict[str, list[str]] = {}
    for argument in arguments:
        spec = parse_spec(argument)
        groups.setdefault(name_without_language(spec.path), []).append(argument)
    if not changed and len(arguments) > 1 and all(len(specs) == 1 for specs in groups.values()):
        counterparts = [_counterparts(key, specs) for key, specs in groups.items()]
        if all(len(specs) == 1 for specs in counterparts):
            return Gathered((Article(_title(next(iter(groups))), tuple(arguments)),))
    articles, alone = [], []
    for key, specs in groups.items():
        whole = _counterparts(key, specs) if len(specs) == 1 else specs
        if len(whole) > 1:
            articles.append(Article(_title(key), tuple(whole)))
        elif not Path(parse_spec(specs[0]).path).exists():
            raise AuditorError(f"{specs[0]} does not exist: check the name and the folder.")
        else:
            alone += whole if not changed or _LANGUAGE in key else []
    if len(arguments) == 1 and alone and not changed:
        articles.append(
            Article(_title(name_without_language(parse_spec(alone[0]).path)), (*alone,))
        )
    return Gathered(tuple(articles), tuple(alone))


def _counterparts(key: str, specs: Sequence[str]) -> list[str]:
    """A document and the files that differ from it in the language alone."""
    if _LANGUAGE not in key:
        return list(specs)
    path = PurePath(parse_spec(specs[0]).path)
    parts = PurePath(key).parts
    place = next(number for number, part in enumerate(parts) if _LANGUAGE in part)
    above, below = Path(*parts[:place]), parts[place + 1 :]
    names = sorted(entry.name for entry in above.iterdir()) if above.is_dir() else []
    others = (above.joinpath(name, *below) for name in names)
    beside = [o.as_posix() for o in others if o.as_posix() != path.as_posix() and o.is_file()]
    return [*specs, *(other for other in beside if name_without_language(other) == key)]


def with_source(article: Article, language: str | None) -> Article:
    """The article with the document of the source language as its source."""
    if language is None or article.source is not None:
        return article
    sources = [d for d in article.documents if _language(d) == language]
    if len(sources) != 1 or len(article.documents) < 2:
        return article
    rest = tuple(document for document in article.documents if document not in sources)
    return replace(article, documents=rest, source=sources[0])


def _language(document: str) -> str | None:
    spec = parse_spec(document)
    return spec.language or language_of_name(spec.path)


# --- one output of a pipeline -----------------------------------------------------------------


def by_article(named: str) -> dict[str, Article]:
    """All articles of a folder, pattern, list or file by their name within it.

    Unlike `gather` it takes articles in a single language too.

    Raises:
        AuditorError: where the argument means nothing.
    """
    if manifest.is_manifest(named):
        return {article.name: article for article in manifest.read(named)}
    if _LANGUAGE in named:
        return _named(_matching(named), _fixed_part(named))
    if Path(named).is_dir():
        return _named(_in_folder(named), named)
    spec = parse_spec(named)
    if not Path(spec.path).is_file():
        raise AuditorError(f"{named} does not exist: check the name and the folder.")
    return {"": Article(_title(name_without_language(spec.path)), (named,))}


def _named(groups: Mapping[str, list[str]], folder: str) -> dict[str, Article]:
    """Articles by their key below a folder."""
    keys = {os.path.relpath(key, folder): specs for key, specs in groups.items()}
    return {key: Article(_title(key), tuple(specs)) for key, specs in keys.items()}


def _fixed_part(pattern: str) -> str:
    """The folder in front of the first part of a pattern that isn't fixed."""
    parts = PurePath(pattern.removeprefix("./")).parts
    first = next(k for k, part in enumerate(parts) if re.search(r"[*?{]", part))
    return str(PurePath(*parts[:first])) if first else "."


def merged(article: Article, others: Sequence[Article]) -> Article:
    """An article with further documents, source and references."""
    documents = [*article.documents, *(d for other in others for d in other.documents)]
    references = [*article.references, *(r for other in others for r in other.references)]
    sources = [a.source for a in (article, *others) if a.source]
    return Article(
        article.name,
        tuple(dict.fromkeys(documents)),
        sources[0] if sources else None,
        tuple(dict.fromkeys(references)),
    )
