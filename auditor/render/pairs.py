"""The groups and singles of a folder: as text for a reader, as TSV and JSON for programs."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator
from typing import Any

from auditor.languages import language
from auditor.linking import Link
from auditor.pairing import Aside, Group, Pairing, Single
from auditor.text.printable import printable

SCHEMA = "auditor-pairs/1"

_COLUMNS = (
    "status",
    "group",
    "left",
    "left_language",
    "right",
    "right_language",
    "comparability",
    "left_share",
    "right_share",
    "similarity",
    "reason",
)


def text(pairing: Pairing) -> str:
    """What was found, then every group with its evidence and every single with its reason."""
    lines = [_summary(pairing)]
    for number, group in enumerate(pairing.groups, 1):
        lines += ["", *_group_lines(number, group)]
    for title, entries in (
        ("Alone", [_single_lines(single) for single in pairing.singles]),
        ("Skipped", [_aside_lines(aside) for aside in pairing.skipped]),
        ("Not readable", [_aside_lines(aside) for aside in pairing.unreadable]),
    ):
        if entries:
            lines += ["", title, *(line for entry in entries for line in entry)]
    return "\n".join(lines) + "\n"


def _summary(pairing: Pairing) -> str:
    grouped = sum(len(group.documents) for group in pairing.groups)
    counts = [f"{_many(len(pairing.groups), 'group')} ({_many(grouped, 'document')})"]
    counts.append(f"{len(pairing.singles)} alone")
    counts += [f"{len(pairing.skipped)} skipped"] if pairing.skipped else []
    counts += [f"{len(pairing.unreadable)} not readable"] if pairing.unreadable else []
    return ", ".join(counts) + "."


def _many(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def _group_lines(number: int, group: Group) -> Iterator[str]:
    yield f"Group {number}"
    for document in group.documents:
        yield f"  {document.id}  {printable(document.path)}"
    for link in group.links:
        left, right = link.left.language, link.right.language
        yield (
            f"  {left}–{right}: comparability {link.comparability:.2f}; {link.left_share:.0%} of "
            f"{left} and {link.right_share:.0%} of {right} say the same; "
            f"mean similarity {link.similarity:.2f}"
        )
    if group.report:
        yield f"  Report: {printable(group.report)}"
    if group.failure:
        yield f"  No report: {printable(group.failure)}"


def _single_lines(single: Single) -> Iterator[str]:
    name = f" ({language(single.language).name})" if single.language else ""
    yield f"  {printable(single.path)}{name}"
    yield f"    {printable(single.reason)}"
    for notice in single.notices:
        yield f"    {notice}"


def _aside_lines(aside: Aside) -> Iterator[str]:
    yield f"  {printable(aside.path)}"
    yield f"    {printable(aside.reason)}"


def tsv(pairing: Pairing) -> str:
    """A header, then a link, a single or another file a line; what is left out is empty."""
    rows = ["\t".join(_COLUMNS)]
    for number, group in enumerate(pairing.groups, 1):
        rows += [_row("pair", group=number, **_link_cells(link)) for link in group.links]
    for single in pairing.singles:
        cells = {"left": single.path, "left_language": single.language or ""}
        cells |= _link_cells(single.nearest) if single.nearest else {}
        rows.append(_row("single", reason=single.reason, **cells))
    for status, asides in (("skipped", pairing.skipped), ("unreadable", pairing.unreadable)):
        rows += [_row(status, left=aside.path, reason=aside.reason) for aside in asides]
    return "\n".join(rows) + "\n"


def _link_cells(link: Link) -> dict[str, str]:
    return {
        "left": link.left.path,
        "left_language": link.left.language,
        "right": link.right.path,
        "right_language": link.right.language,
        "comparability": f"{link.comparability:.4f}",
        "left_share": f"{link.left_share:.4f}",
        "right_share": f"{link.right_share:.4f}",
        "similarity": f"{link.similarity:.4f}",
    }


def _row(status: str, **cells: object) -> str:
    """A line of cells that hold neither tab nor line break, whatever a file is called."""
    values = {"status": status, **cells}
    return "\t".join(printable(str(values.get(column, ""))) for column in _COLUMNS)


def as_json(pairing: Pairing) -> str:
    """Schema auditor-pairs/1; names that can't be written as text are escaped within strings."""
    written = json.dumps(_pairing(pairing), ensure_ascii=False, indent=1, allow_nan=False)
    return "".join(_harmless(character) for character in written) + "\n"


def _harmless(character: str) -> str:
    """A character of a JSON text; half a character, or one that turns the text, as an escape."""
    if character.isascii() or unicodedata.category(character) not in ("Cf", "Cs", "Zl", "Zp"):
        return character
    return json.dumps(character)[1:-1]


def _pairing(pairing: Pairing) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "signature": pairing.signature,
        "groups": [_group(group) for group in pairing.groups],
        "singles": [_single(single) for single in pairing.singles],
        "skipped": [_aside(aside) for aside in pairing.skipped],
        "unreadable": [_aside(aside) for aside in pairing.unreadable],
    }


def _group(group: Group) -> dict[str, Any]:
    return {
        "documents": [
            {
                "id": document.id,
                "language": document.language,
                "path": document.path,
                "notices": list(document.notices),
            }
            for document in group.documents
        ],
        "links": [
            {
                "left": link.left.language,  # a group has one document a language: its id
                "right": link.right.language,
                "comparability": round(link.comparability, 4),
                "left_share": round(link.left_share, 4),
                "right_share": round(link.right_share, 4),
                "similarity": round(link.similarity, 4),
            }
            for link in group.links
        ],
        "report": group.report,
        "failure": group.failure,
    }


def _single(single: Single) -> dict[str, Any]:
    link = single.nearest
    return {
        "path": single.path,
        "language": single.language,
        "reason": single.reason,
        "nearest": link and link.right.path,
        "score": link and round(link.comparability, 4),
        "notices": list(single.notices),
    }


def _aside(aside: Aside) -> dict[str, Any]:
    return {"path": aside.path, "reason": aside.reason}
