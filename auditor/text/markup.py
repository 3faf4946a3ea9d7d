"""What a document's markup is, and the parts that its readers hand on.

A reader (plain text, Markdown, HTML) turns raw text into drafts: stretches that the layout sets
apart, each a view that knows where every readable character stands in the raw text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain, pairwise, repeat
from typing import TYPE_CHECKING

from auditor.model import Kind, View

if TYPE_CHECKING:
    from collections.abc import Iterable


class Format(StrEnum):
    """How a document is marked up."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"


ENDINGS = {
    "md": Format.MARKDOWN,
    "markdown": Format.MARKDOWN,
    "mdown": Format.MARKDOWN,
    "mkd": Format.MARKDOWN,
    "mdx": Format.MARKDOWN,
    "html": Format.HTML,
    "htm": Format.HTML,
    "xhtml": Format.HTML,
    "txt": Format.TEXT,
    "text": Format.TEXT,
}

_ENDING = re.compile("[a-z][a-z0-9]{0,7}")  # what else stands behind a full stop is part of a name
_HEAD = 4096  # characters of a document that decide on its format
_HTML_START = re.compile(r"\s*+<(?:!doctype html|html|head|body|\?xml|article|main)\b", re.I)
_HTML_BLOCK = re.compile(r"</(?:p|div|h[1-6]|li|section|article)>", re.IGNORECASE)
_MARKDOWN_SIGNS = (
    re.compile(r"^#{1,6} \S", re.MULTILINE),
    re.compile(r"\]\((?:https?://|/|\.|#)"),
    re.compile(r"^(?:```|~~~)", re.MULTILINE),
    re.compile(r"\*\*[^\s*]"),
    re.compile(r"\A---\r?\n\w+:"),
)


def foreign_ending(name: str) -> str | None:
    """The ending by which a file's name says that it is no text, Markdown or HTML."""
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    return ending if _ENDING.fullmatch(ending) and ending not in ENDINGS else None


def guess_format(name: str, raw: str) -> Format:
    """The format that a file's name tells or, failing that, its content."""
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    if ending in ENDINGS:
        return ENDINGS[ending]
    head = raw[:_HEAD]
    if _HTML_START.match(head) or len(_HTML_BLOCK.findall(head)) > 1:
        return Format.HTML
    # One sign alone may be chance: a headline with a hash, a star before a footnote.
    signs = sum(1 for sign in _MARKDOWN_SIGNS if sign.search(head))
    return Format.MARKDOWN if signs > 1 else Format.TEXT


@dataclass(frozen=True, slots=True)
class Draft:
    """A stretch that the layout sets apart, before it is known what it is for."""

    view: View
    kind: Kind | None = None  # where the markup tells
    group: int | None = None  # drafts of one group stand together: no blank line between them
    shape: str = ""  # what the markup makes of it: see `auditor.model.Segment`


@dataclass(frozen=True, slots=True)
class Piece:
    """Readable text and the raw stretch that it came from.

    Either each character stands for itself (the stretch is as long as the text), or all of them
    came from the whole stretch, as the "é" of ``&eacute;`` did.
    """

    text: str
    start: int
    end: int

    @property
    def verbatim(self) -> bool:
        """Whether each character stands for itself."""
        return self.end - self.start == len(self.text)

    def starts(self) -> Iterable[int]:
        """The raw offset at which each character starts."""
        return range(self.start, self.end) if self.verbatim else repeat(self.start, len(self.text))

    def ends(self) -> Iterable[int]:
        """The raw offset at which each character ends."""
        if self.verbatim:
            return range(self.start + 1, self.end + 1)
        return repeat(self.end, len(self.text))


# What Markdown and HTML take for white space: a no-break space is not among it.
_BLANK = re.compile(r"[ \t\n\r\f]+")


class ViewBuilder:
    """Gathers readable text in raw order; a run of white space becomes one space."""

    def __init__(self) -> None:
        self._pieces: list[Piece] = []
        self._gap: Piece | None = None  # white space that a readable character may follow

    @property
    def empty(self) -> bool:
        """Whether nothing readable has come yet."""
        return not self._pieces

    def add_raw(self, raw: str, start: int, end: int) -> None:
        """Take a stretch of raw text that hides nothing."""
        position = start
        for blank in _BLANK.finditer(raw, start, end):
            self._add_solid(raw[position : blank.start()], position, blank.start())
            self._widen(" ", blank.start(), blank.end())
            position = blank.end()
        self._add_solid(raw[position:end], position, end)

    def add_decoded(self, text: str, start: int, end: int) -> None:
        """Take text that an entity stands for, or the line feed that a break does."""
        if text == "\n":
            self._widen(text, start, end)
        elif _BLANK.fullmatch(text):
            self._widen(" ", start, end)
        else:
            self._add_solid(text, start, end)

    def view(self) -> View:
        """All that was gathered, without white space at its ends."""
        return build(self._pieces)

    def _add_solid(self, text: str, start: int, end: int) -> None:
        if not text:
            return
        if self._gap and self._pieces:
            self._pieces.append(self._gap)
        self._gap = None
        self._pieces.append(Piece(text, start, end))

    def _widen(self, text: str, start: int, end: int) -> None:
        if self._gap is None:
            self._gap = Piece(text, start, end)
        else:
            character = "\n" if "\n" in (text, self._gap.text) else " "
            self._gap = Piece(character, self._gap.start, end)


def build(pieces: Iterable[Piece]) -> View:
    """One view of pieces in the order of the raw text."""
    row = list(pieces)
    text = "".join(piece.text for piece in row)
    if not row:
        return View("", (), ())
    first, last = row[0], row[-1]
    contiguous = all(left.end == right.start for left, right in pairwise(row))
    if contiguous and all(piece.verbatim for piece in row):
        return View(text, range(first.start, last.end), range(first.start + 1, last.end + 1))
    return View(
        text,
        tuple(chain.from_iterable(piece.starts() for piece in row)),
        tuple(chain.from_iterable(piece.ends() for piece in row)),
    )
