"""What a translation leaves as it is: addresses, handles, tickers, file names, codes, acronyms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from auditor.text.units import is_sign


class LiteralKind(StrEnum):
    """What a literal is, in words for a message."""

    ADDRESS = "address"
    HANDLE = "handle"
    HASHTAG = "hashtag"
    TICKER = "ticker"
    FILE = "file name"
    CODE = "code"
    ACRONYM = "acronym"
    NUMERAL = "Roman numeral"


@dataclass(frozen=True, slots=True)
class Literal:
    """A literal as written."""

    start: int
    end: int
    text: str
    kind: LiteralKind


_SP = "[ \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}]"
_CHANGE = r"\d{1,5}[.,]\d{1,4}"  # of a price, in per cent
_END = r"(?<![.,;:!?)\]»”“\"'’…])"
_PATTERNS: tuple[tuple[LiteralKind, re.Pattern[str]], ...] = (
    (LiteralKind.ADDRESS, re.compile(rf"(?:https?://|www\.)[^\s<>«»„“”]{{1,500}}{_END}")),
    (LiteralKind.ADDRESS, re.compile(r"[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]{1,64}\b")),
    (LiteralKind.HANDLE, re.compile(r"(?<![\w@/.])@\w{2,40}")),
    (LiteralKind.HASHTAG, re.compile(r"(?<![\w#&/])#(?=\w*[^\W\d])\w{2,60}")),
    (LiteralKind.TICKER, re.compile(rf"(?<=\()[A-Z]{{1,5}}(?={_SP}?[-+−–]? ?{_CHANGE}{_SP}?%\))")),
    (
        LiteralKind.FILE,
        re.compile(
            r"(?<![\w./\\-])[\w-]{1,60}\.(?:exe|dll|txt|csv|json|xml|html?|pdf|docx?|xlsx?|pptx?"
            r"|png|jpe?g|svg|py|js|ts|cs|cpp|sh|ps1|zip|ya?ml|toml|ini|log|md)(?!\w)"
        ),
    ),
    (LiteralKind.CODE, re.compile(r"(?<![\w-])[A-Za-z]{1,40}(?:_[A-Za-z\d]{1,40}){1,8}(?!\w)")),
    (LiteralKind.CODE, re.compile(r"(?<![\w.-])[A-Z]{1,5}-?\d{1,5}[A-Z]{0,3}(?![\w])")),
    (LiteralKind.NUMERAL, re.compile(r"(?<![\w.&-])[IVXLC]{2,7}(?![\w&]|\.[A-Z])")),
    (
        LiteralKind.ACRONYM,
        re.compile(r"(?:(?<![\w.&-])|(?<=[a-zß-ÿ]-))[A-Z]{2,7}(?![\w&]|\.[A-Z])"),
    ),
)
_SHOUTED = re.compile(r"\b[A-ZÀ-Þ]{2,30}(?:[ ,’']{1,2}[A-ZÀ-Þ]{1,30}\b){2,200}")


def find_literals(text: str) -> tuple[Literal, ...]:
    """The literals of a text; the first kind that fits a stretch takes it."""
    found: list[Literal] = []
    taken = _shouted(text)
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            start, end = match.span()
            if taken.find(1, start, end) < 0 and not is_sign(match.group()):
                found.append(Literal(start, end, match.group(), kind))
                taken[start:end] = b"\1" * (end - start)
    return tuple(sorted(found, key=lambda literal: literal.start))


def _shouted(text: str) -> bytearray:
    """A byte for each character, 1 within three words and more in capitals."""
    mask = bytearray(len(text))
    for match in _SHOUTED.finditer(text):
        mask[match.start() : match.end()] = b"\1" * len(match.group())
    return mask


def stands_in(literal: Literal, text: str) -> bool:
    """Whether a text has the literal, be it inflected or a part of a compound."""
    return any(True for _ in _places(literal, text))


def _places(literal: Literal, text: str) -> Iterator[int]:
    position = text.find(literal.text)
    while position >= 0:
        before = text[position - 1 : position]
        after = text[position + len(literal.text) : position + len(literal.text) + 1]
        if not (before.isalnum() or (after.isalnum() and after != "s")):
            yield position
        position = text.find(literal.text, position + 1)
