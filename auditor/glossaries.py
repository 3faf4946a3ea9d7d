"""Glossaries in CSV and TBX files.

CSV: a column for each language, named by its code, a concept a row; alternatives are divided by
``|``. Further columns: ``forbidden`` (``fr:havre|de:Port``), ``case`` (``yes``: as written) and
``note``.
TBX (ISO 30042, versions 2 and 3): concepts, their languages and terms; deprecated and superseded
terms are forbidden.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from auditor.errors import AuditorError
from auditor.files import display, read_bytes
from auditor.languages import codes
from auditor.text.glossary import Concept, Glossary

if TYPE_CHECKING:
    from lxml.etree import _Element

ENDINGS = (".csv", ".tsv", ".tbx", ".xml")
LARGEST = 10 * 1024 * 1024  # bytes
MOST_TERMS = 100_000
LONGEST_TERM = 200  # characters
_FURTHER = ("forbidden", "case", "note")
_CODE = re.compile(r"([A-Za-z]{2,3})(?:[-_][A-Za-z0-9]{2,8}){0,3}")
_YES, _NO = ("yes", "y", "true", "1", "x"), ("no", "n", "false", "0", "")
_WIDEST_CELL = 100_000  # characters
_BANNED = ("deprecated", "superseded", "forbidden")
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(slots=True)
class _Row:
    """A concept as it is read, and where it stands."""

    where: str
    approved: dict[str, list[str]] = field(default_factory=dict)
    forbidden: dict[str, list[str]] = field(default_factory=dict)
    note: str = ""
    exact: bool = False


def read(path: str) -> Glossary:
    """The glossary in a file; one that has not changed is read once.

    Raises:
        AuditorError: where it can't be read, or says something that nobody understands.
    """
    try:
        known = Path(path).stat()
    except (OSError, ValueError):
        read_bytes(path)  # says what is wrong
        raise
    return _read(path, known.st_mtime_ns, known.st_size)


@lru_cache(maxsize=16)
def _read(path: str, modified: int, size: int) -> Glossary:
    del modified  # part of the key alone
    shown = display(path)
    if size > LARGEST:
        raise AuditorError(
            f"{shown} is larger than {LARGEST // 1024 // 1024} MB: divide the glossary."
        )
    ending = PurePath(path).suffix.lower()
    if ending not in ENDINGS:
        raise AuditorError(f"{shown} is no glossary: let its name end in {', '.join(ENDINGS)}.")
    data = read_bytes(path)
    rows = list(_tbx(data, shown) if ending in (".tbx", ".xml") else _csv(data, shown))
    concepts = [_concept(row) for row in rows]
    if not any(concept.approved or concept.forbidden for concept in concepts):
        raise AuditorError(
            f"{shown} has no term in a language that this version knows ({', '.join(codes())})."
        )
    _refuse_too_many(concepts, shown)
    return Glossary(tuple(concepts))


def _refuse_too_many(concepts: Sequence[Concept], shown: str) -> None:
    count = sum(
        len(terms)
        for concept in concepts
        for side in (concept.approved, concept.forbidden)
        for terms in side.values()
    )
    if count > MOST_TERMS:
        raise AuditorError(f"{shown} holds {count} terms, more than {MOST_TERMS}: divide it.")


def _concept(row: _Row) -> Concept:
    for code, terms in row.forbidden.items():
        both = {t.lower() for t in terms} & {t.lower() for t in row.approved.get(code, ())}
        if both:
            raise AuditorError(f"{row.where}: “{min(both)}” is approved and forbidden: choose one.")
    return Concept(_tuples(row.approved), _tuples(row.forbidden), row.note, row.exact)


def _tuples(terms: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    return {code: tuple(dict.fromkeys(found)) for code, found in terms.items() if found}


def _term(text: str, where: str) -> str:
    """A term on one line, with a letter or digit in it."""
    term = " ".join(text.split())
    if len(term) > LONGEST_TERM:
        raise AuditorError(f"{where}: a term of {len(term)} characters is no term: shorten it.")
    if term and not any(char.isalnum() for char in term):
        raise AuditorError(f"{where}: “{display(term)}” has no letter: leave it out.")
    return term


# --- CSV --------------------------------------------------------------------------------------


def _csv(data: bytes, shown: str) -> Iterator[_Row]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise AuditorError(f"{shown} is no UTF-8: save it as UTF-8.") from error
    head = text.partition("\n")[0]
    divider = max(",;\t", key=head.count)
    csv.field_size_limit(_WIDEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=divider, strict=True)
    try:
        columns = _columns(next(reader, []), shown)
        for cells in reader:
            where = f"{shown}, line {reader.line_num}"
            if len(cells) > len(columns) and any(cells[len(columns) :]):
                raise AuditorError(
                    f"{where}: more cells than columns: quote a cell that holds “{divider}”."
                )
            if any(cell.strip() for cell in cells):
                yield _csv_row(dict(_named(columns, cells)), where)
    except csv.Error as error:
        raise AuditorError(f"{shown}, line {reader.line_num} is no CSV: {error}.") from error


def _named(columns: Sequence[str], cells: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The cells by column; of two columns for one language (de-AT, de-CH) both count."""
    found: dict[str, str] = {}
    for name, cell in zip(columns, cells, strict=False):
        found[name] = f"{found[name]}|{cell}" if name in found else cell
    yield from found.items()


def _columns(head: Sequence[str], shown: str) -> list[str]:
    """The names of the columns: languages by their code, and the further ones."""
    names = [_column(name.strip(), shown) for name in head]
    known = {name for name in names if name in codes()}
    if not known:
        raise AuditorError(
            f"{shown} has no column for a language: write codes such as {', '.join(codes())} "
            "into the first line."
        )
    return names


def _column(name: str, shown: str) -> str:
    lower = name.lower()
    if lower in _FURTHER:
        return lower
    match = _CODE.fullmatch(name)
    if match and not get_close_matches(lower, _FURTHER, 1, 0.8):
        return match.group(1).lower()  # terms of a language without a row are of no use here
    near = get_close_matches(lower, [*_FURTHER, *codes()], 1)
    hint = (
        f"Is '{near[0]}' meant?" if near else f"Known are language codes and {', '.join(_FURTHER)}."
    )
    raise AuditorError(f"{shown}: there is no column '{display(name)}'. {hint}")


def _csv_row(cells: Mapping[str, str], where: str) -> _Row:
    row = _Row(where, note=" ".join(cells.get("note", "").split()))
    said = cells.get("case", "").strip().lower()
    if said not in _YES + _NO:
        raise AuditorError(f"{where}: 'case' can't be '{display(said)}': write yes or no.")
    row.exact = said in _YES
    for code in codes():
        row.approved[code] = [
            t for part in _parts(cells.get(code, "")) if (t := _term(part, where))
        ]
    for part in _parts(cells.get("forbidden", "")):
        code, colon, term = (piece.strip() for piece in part.partition(":"))
        if not colon or not _CODE.fullmatch(code) or not term:
            raise AuditorError(
                f"{where}: write a language before what is forbidden, such as "
                f"'{codes()[-1]}:{display(part)}'."
            )
        row.forbidden.setdefault(_short(code), []).append(_term(term, where))
    return row


def _parts(cell: str) -> list[str]:
    return [part.strip() for part in cell.split("|") if part.strip()]


def _short(code: str) -> str:
    """A language without its region: ``fr`` for ``fr-CA``."""
    return re.split("[-_]", code)[0].lower()


# --- TBX --------------------------------------------------------------------------------------


def _tbx(data: bytes, shown: str) -> Iterator[_Row]:
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        reason = display(str(error))
        raise AuditorError(f"{shown} is no well-formed XML: {reason}.") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise AuditorError(f"{shown} has a DOCTYPE, which is not read: remove that line.")
    entries = [e for e in root.iter() if _tag(e) in ("termentry", "conceptentry")]
    if not entries:
        raise AuditorError(f"{shown} is no TBX: it has neither <termEntry> nor <conceptEntry>.")
    for entry in entries:
        yield _tbx_row(entry, f"{shown}, line {entry.sourceline}")


def _tbx_row(entry: _Element, where: str) -> _Row:
    row = _Row(where)
    for part in entry.iterchildren():
        if _tag(part) == "note" and not row.note:
            row.note = _text(part)
        elif _tag(part) in ("langset", "langsec"):
            code = part.get(_LANGUAGE) or part.get("lang")
            if not code:
                raise AuditorError(f"{where}: <{_tag(part)}> has no xml:lang: add one.")
            if _short(code) in codes():
                _tbx_terms(part, _short(code), row)
    return row


def _tbx_terms(section: _Element, code: str, row: _Row) -> None:
    for element in section.iter():
        term = _term(_text(element), row.where) if _tag(element) == "term" else ""
        if term:
            banned = _is_banned(element)
            (row.forbidden if banned else row.approved).setdefault(code, []).append(term)


def _is_banned(term: _Element) -> bool:
    """Whether a term's status, which stands beside it, is that of one that is no longer used."""
    holder = term.getparent()
    for note in holder.iter() if holder is not None else ():
        kind = _tag(note) if _tag(note) != "termnote" else str(note.get("type", "")).lower()
        if kind in ("administrativestatus", "normativeauthorization"):
            return _text(note).lower().startswith(_BANNED)
    return False


def _tag(element: _Element) -> str:
    """The name of an element without its name space, in lower case; none for a comment."""
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def _text(element: _Element) -> str:
    return " ".join("".join(map(str, element.itertext())).split())
