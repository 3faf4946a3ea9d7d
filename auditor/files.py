"""Files to documents and reports to files: the edge that touches the disk."""

from __future__ import annotations

import hashlib
import os
import re
import stat
import sys
import tempfile
import tomllib
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, NoReturn

from auditor.errors import AuditorError, NothingToAudit, UnknownLanguage
from auditor.languages import codes, language
from auditor.model import Role
from auditor.text.blocks import readable
from auditor.text.decoding import NotText, decode
from auditor.text.language_id import detect
from auditor.text.markup import guess_format
from auditor.text.printable import printable as printable  # noqa: PLC0414  for those who import files
from auditor.text.reading import read_text, without_surrogates

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from auditor.model import Document
    from auditor.text.markup import Format

STANDARD_INPUT = "-"
LARGEST = 50 * 1024 * 1024  # bytes

_PREFIX = re.compile(r"([A-Za-z]{2,3})(?:[-_][A-Za-z]{2,4})?=(.*)", re.DOTALL)
_NAMED = re.compile(r"(?:^|[._-])([A-Za-z]{2})(?:[-_][A-Za-z]{2})?$")
_SURE = 0.5  # confidence from which a detected language is taken
_CERTAIN = 0.8  # from which it is held against the file's name
_FEWEST_LETTERS = 20  # fewer tell no language
_MANY_LETTERS = 200  # to doubt a file's name


@dataclass(frozen=True, slots=True)
class Spec:
    """A document as the command line names it."""

    path: str
    language: str | None = None
    name: str | None = None  # the part of the path that may tell the language, where not all may


def parse_spec(text: str) -> Spec:
    """Read ``PATH`` or ``LANG=PATH``.

    Raises:
        AuditorError: where ``LANG`` is a language without a row, or the path is missing.
    """
    match = _PREFIX.fullmatch(text)
    if not match:
        if not text:
            raise AuditorError("A file name is empty: name a file, or '-' for standard input.")
        return Spec(text)
    code, path = match.group(1).lower(), match.group(2)
    if code not in codes():
        raise AuditorError(
            f"'{printable(text)}' names a language that this version does not audit: it knows "
            f"{', '.join(codes())}. If that is the file's name, write './{printable(text)}'."
        )
    if not path:
        raise AuditorError(f"'{printable(text)}' names a language but no file: write {code}=PATH.")
    return Spec(path, code)


def read_documents(
    specs: Sequence[str],
    *,
    role: Role = Role.TRANSLATION,
    format: Format | None = None,  # noqa: A002 - the word of the interface
    sentence_lines: bool = False,
    taken: Collection[str] = (),
) -> tuple[Document, ...]:
    """The documents that the command line names; ``taken`` are ids of documents read before.

    Raises:
        AuditorError: where a document cannot be read.
        NothingToAudit: where it holds no text.
    """
    parsed = [parse_spec(spec) for spec in specs]
    if sum(spec.path == STANDARD_INPUT for spec in parsed) > 1:
        raise AuditorError("Standard input ('-') was named twice, but it can be read only once.")
    found: list[Document] = []
    for spec in parsed:
        ids = [*taken, *(document.id for document in found)]
        found.append(_read(spec, role, format, ids, sentence_lines=sentence_lines))
    return tuple(found)


def read_file(path: str, name: str) -> Document:
    """The document in a file, of whose path the part ``name`` may tell the language.

    Raises:
        UnknownLanguage: where the language cannot be told, or has no row.
        AuditorError: where the file cannot be read otherwise.
        NothingToAudit: where it holds no text.
    """
    document = _read(Spec(path, name=name), Role.TRANSLATION, None, (), sentence_lines=False)
    # Among many documents the language is listed beside each: that it was detected is no news.
    news = [n for n in document.notices if not n.endswith(_taken_for(document.language))]
    return replace(document, notices=tuple(news))


def _read(
    spec: Spec,
    role: Role,
    format: Format | None,  # noqa: A002 - the word of the interface
    taken: Collection[str],
    *,
    sentence_lines: bool,
) -> Document:
    data = read_bytes(spec.path)
    shown = display(spec.path)
    try:
        decoded = decode(data)
    except NotText as error:
        raise AuditorError(f"{shown} {error}") from error
    notices = [f"{shown} {decoded.notice}"] if decoded.notice else []
    if not decoded.text.strip():
        raise NothingToAudit(f"{shown} is empty: there is nothing to audit.")
    markup = format or guess_format(spec.path, decoded.text)
    code = _language(spec, readable(decoded.text, markup), notices)
    document = read_text(
        decoded.text,
        id=_new_id(code, taken),
        path=spec.path if spec.path != STANDARD_INPUT else "<stdin>",
        language=language(code),
        format=markup,
        role=role,
        sha256=hashlib.sha256(data).hexdigest(),
        notices=notices,
        sentence_lines=sentence_lines,
    )
    if not any(character.isalnum() for entry in document.segments for character in entry.view.text):
        raise NothingToAudit(
            f"{shown} holds no readable text (read as {markup}): there is nothing to audit."
        )
    return document


def _new_id(code: str, taken: Collection[str]) -> str:
    """The language code, with a number from the second document of a language on."""
    number = 1
    while (name := code if number == 1 else f"{code}-{number}") in taken:
        number += 1
    return name


def _language(spec: Spec, sample: str, notices: list[str]) -> str:
    """The language that was named, that the file's name tells, or that the text is written in."""
    told = spec.language or language_of_name(spec.name or spec.path)
    letters = sum(character.isalpha() for character in sample)
    guess = detect(sample)
    shown = display(spec.path)
    if told:
        if guess.language != told and guess.confidence >= _CERTAIN and letters >= _MANY_LETTERS:
            notices.append(
                f"{shown} is named {language(told).name} but reads like {_name(guess.language)}; "
                f"it is audited as {language(told).name}."
            )
        return told
    if guess.confidence < _SURE or letters < _FEWEST_LETTERS:
        raise UnknownLanguage(
            "its language cannot be told: name it like x.fr.txt",
            f"The language of {shown} cannot be told from its text: name it, "
            f"LANG={printable(spec.path)} (LANG is one of {', '.join(codes())}).",
        )
    if guess.language not in codes():
        raise UnknownLanguage(
            f"is written in {_name(guess.language)}; this version audits {', '.join(codes())}",
            f"{shown} is written in {_name(guess.language)}; this version audits "
            f"{', '.join(codes())}. If that is wrong, name it: LANG={printable(spec.path)}.",
        )
    notices.append(f"{shown} {_taken_for(guess.language)}")
    return guess.language


def _taken_for(code: str) -> str:
    return f"was taken for {language(code).name} ({code})."


def language_of_name(path: str) -> str | None:
    """The language that a file's name or folder tells: ``x.fr.txt``, ``x_fr.txt``, ``fr/x.md``."""
    if path == STANDARD_INPUT:
        return None
    pure = PurePath(path)
    named = pure.suffix[1:].lower() in codes()  # article.fr
    candidates = [_NAMED.search(pure.name if named else pure.stem)]
    candidates += [_NAMED.fullmatch(folder) for folder in reversed(pure.parent.parts)]
    for match in candidates:
        if match and match.group(1).lower() in codes():
            return match.group(1).lower()
    return None


def markup_of(documents: Sequence[Document]) -> dict[str, str]:
    """How each document is marked up, by id: ``text``, ``markdown`` or ``html``."""
    return {document.id: guess_format(document.path, document.raw) for document in documents}


@cache
def _names() -> dict[str, str]:
    row = files("auditor") / "data" / "language_names.toml"
    return tomllib.loads(row.read_text(encoding="utf-8"))


def _name(code: str) -> str:
    name = _names().get(code)
    return f"{name} ({code})" if name else f"a language with the code '{code}'"


def read_bytes(path: str) -> bytes:
    """The bytes of a file or of standard input, up to a limit.

    Raises:
        AuditorError: where there is nothing that can be read.
    """
    shown = display(path)
    try:
        if path == STANDARD_INPUT:
            data = sys.stdin.buffer.read(LARGEST + 1)
        else:
            with Path(path).open("rb") as stream:
                data = stream.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        _refuse(shown, error)
    if len(data) > LARGEST:
        raise AuditorError(
            f"{shown} is larger than {LARGEST // 1024 // 1024} MB: "
            "an article is meant here; divide the file."
        )
    return data


def raw_text(data: bytes) -> str:
    """The raw text of a document with these bytes."""
    return without_surrogates(decode(data).text)


def _refuse(shown: str, error: OSError | ValueError) -> NoReturn:
    """Say why a file cannot be read, and what to do."""
    match error:
        case FileNotFoundError() | NotADirectoryError():
            sentence = f"{shown} does not exist: check the name and the folder."
        case IsADirectoryError():
            sentence = f"{shown} is a folder: name the files in it."
        case PermissionError():
            sentence = f"{shown} may not be read: give yourself permission to read it."
        case OSError():
            sentence = f"{shown} cannot be read ({error.strerror}): check the name."
        case _:
            sentence = f"{shown} is no name that a file can have: check the name."
    raise AuditorError(sentence) from error


def display(path: str) -> str:
    """How a message calls a file."""
    return "Standard input" if path == STANDARD_INPUT else printable(path)


def write_atomically(path: str | os.PathLike[str], content: str | bytes) -> None:
    """Write a file as a whole or not at all; text in UTF-8; folders that are missing are made.

    Raises:
        AuditorError: where the file cannot be written.
    """
    target = Path(path)
    temporary: Path | None = None
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.is_dir():
            raise IsADirectoryError
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=".auditor-", suffix=".tmp")
        temporary = Path(name)
        with os.fdopen(handle, "wb") as stream:
            stream.write(content.encode() if isinstance(content, str) else content)
        temporary.chmod(_mode(target))
        temporary.replace(target)
        temporary = None
    except OSError as error:
        _refuse_writing(printable(str(path)), error)
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)


def _mode(target: Path) -> int:
    """The permissions of the file that is replaced, or those of any new file."""
    if target.exists():
        return stat.S_IMODE(target.stat().st_mode)
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _refuse_writing(shown: str, error: OSError) -> NoReturn:
    match error:
        case PermissionError():
            sentence = f"{shown} may not be written: choose another place or change permissions."
        case IsADirectoryError():
            sentence = f"{shown} is a folder: name a file in it."
        case FileExistsError() | NotADirectoryError():
            sentence = f"{shown} cannot be written: a file stands where a folder is wanted."
        case _:
            sentence = f"{shown} cannot be written ({error.strerror}): choose another place."
    raise AuditorError(sentence) from error


def read_pairs(path: str) -> list[tuple[str, str]]:
    """Pairs of sentences, one a line: two columns with a tab between them, further ones ignored.

    Raises:
        AuditorError: where the file cannot be read, or a line has no second column.
        NothingToAudit: where there is no line.
    """
    try:
        text = decode(read_bytes(path)).text
    except NotText as error:
        raise AuditorError(f"{display(path)} {error}") from error
    pairs = []
    for number, line in enumerate(text.split("\n"), 1):
        columns = line.split("\t")
        if len(columns) > 1:
            pairs.append((columns[0].strip(), columns[1].strip()))
        elif line.strip():
            raise AuditorError(
                f"{display(path)}, line {number}: no tab. "
                "Each line wants two sentences with a tab between them."
            )
    if not pairs:
        raise NothingToAudit(f"{display(path)} holds no pairs: there is nothing to score.")
    return pairs


def read_all(
    paths: Sequence[str],
    *,
    source: str | None = None,
    references: Sequence[str] = (),
    sentence_lines: bool = False,
) -> tuple[Document, ...]:
    """The translations of an article, its source text and human translations where they are named.

    Raises:
        AuditorError: where a document cannot be read.
        NothingToAudit: where it holds no text.
    """
    documents = read_documents(paths, sentence_lines=sentence_lines)
    further = [(Role.SOURCE, [source] if source else []), (Role.REFERENCE, list(references))]
    for role, specs in further:
        taken = [document.id for document in documents]
        documents += read_documents(specs, role=role, taken=taken)
    return documents
