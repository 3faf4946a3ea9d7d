"""Where sentences end.

The maintained splitter sentencex proposes; the language's row and what stands around each mark
decide where it is known to err: within quotations and brackets, after abbreviations, initials and
ordinal numbers, before lower case, and where the space after the full stop is missing.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import sentencex  # type: ignore[import-untyped]

if TYPE_CHECKING:
    from collections.abc import Iterator

    from auditor.languages import Language, Segmentation

_SPACES = " \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}"
_OPENING = "\"“”„«»‚‘'‹›`([{"
_CLOSING = "\"”“’'»«›‹‘)]}"
_STANDING_OFF = '»›"”'  # closing marks that a space may come before
_DASHES = "-–—•·*"
_TERMINATORS = ".!?…"
# The splitter looks at no mark within quotations and brackets, and searches far for their ends.
_MASK = str.maketrans(dict.fromkeys(set(_OPENING + _CLOSING), " "))
_WINDOW = 20_000  # characters that the splitter is given at once

_MARK = re.compile(rf"[{re.escape(_TERMINATORS)}]++|\n\s*+")
_NOTE = re.compile(r"\[[0-9]{1,3}\]|[⁰¹²³⁴-⁹]{1,3}")
_TOKEN_BEFORE = re.compile(r"\S{1,64}$")
_WORD_BEFORE = re.compile(r"([^\W_]+)\W{1,4}$")
_INITIAL = re.compile(r"(?:[^\W\d_]\.-?){0,6}[^\W\d_]$")
_ORDINAL = re.compile(r"(?:[0-9]{1,3}|[IVX]{1,6})$")
_LIST_MARK = re.compile(r"\W{0,3}(?:[0-9]{1,3}|[A-Za-z]|[ivxIVX]{1,4})$")
_ITEM = re.compile(r"\s-\s")
_PART = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"[^\W_]+")
_LONG_WORD = re.compile(r"\b[^\W\d_]{7,}$")  # longer than abbreviations are
_GLUED_WORD = re.compile(
    r"(?:[^\W\d_]['’])?[^\W\d_]{2,40}(?=[\s,;:»”\"]|[.!?…]{1,3}(?:[\s»”\"]|$)|$)|[^\W\d_](?=\s)"
)
_GLUED_BEFORE = re.compile(r"[^\W\d_]{2,}[%)\]»”“\"]{0,2}$|[0-9]%$")
_BEFORE = 64  # characters around a mark that may tell what it is
_LONGEST_BRACKET = 600  # characters; two brackets that are further apart are no pair


@dataclass(frozen=True, slots=True)
class _Facts:
    """A language's row as the decisions want it."""

    code: str
    abbreviations: re.Pattern[str]
    ordinals: bool
    months: frozenset[str]
    starters: frozenset[str]
    particles: frozenset[str]
    speech_verbs: frozenset[str]
    openers: frozenset[str]


def boundaries(text: str, language: Language) -> list[int]:
    """The offsets at which sentences end, each after its closing marks; the last is the end."""
    facts = _facts(
        language.code,
        language.segmentation,
        frozenset(language.months),
        language.function_words,
        frozenset(opening for opening, _ in language.quotations),
    )
    return [*_Splitter(text, facts).ends(), len(text)]


@cache
def _facts(
    code: str,
    row: Segmentation,
    months: frozenset[str],
    function_words: frozenset[str],
    openers: frozenset[str],
) -> _Facts:
    kinds = {
        "never": row.abbreviations,
        "number": row.number_abbreviations,
        "final": row.final_abbreviations,
    }
    alternatives = [
        f"(?P<{name}>{'|'.join(map(_spaced, sorted(entries, key=len, reverse=True)))})"
        for name, entries in kinds.items()
    ]
    return _Facts(
        code=code,
        abbreviations=re.compile(rf"(?<![\w.])(?:{'|'.join(alternatives)})"),
        ordinals=row.ordinal_full_stop,
        months=months,
        starters=row.starters | function_words,
        particles=row.name_particles,
        speech_verbs=row.speech_verbs,
        openers=openers,
    )


def _spaced(abbreviation: str) -> str:
    """An abbreviation as a pattern: parts may be capitalised, spaces of any kind or missing."""
    parts = (_PART.sub(_capitalised, part) for part in abbreviation.split())
    return f"[{_SPACES}]?".join(part.replace(".", r"\.") for part in parts)


def _capitalised(match: re.Match[str]) -> str:
    first = match.group()[0]
    return f"[{first}{first.upper()}]{match.group()[1:]}"


class _Next(NamedTuple):
    """The word after a mark."""

    text: str
    starter: bool  # it often starts a sentence
    number: bool
    month: bool


class _Splitter:
    """Decides about every mark of one text, from left to right."""

    def __init__(self, text: str, facts: _Facts) -> None:
        self.text = text
        self.last = len(text.rstrip())
        self.facts = facts
        self.proposed = _proposals(text, facts.code)
        self.abbreviated = _abbreviated(text, facts.abbreviations)
        self.brackets = _brackets(text)
        self.straight = [match.start() for match in re.finditer('"', text)]
        self.sentence = 0  # where the current sentence starts

    def ends(self) -> Iterator[int]:
        """The ends of all sentences but the last."""
        position = 0
        while match := _MARK.search(self.text, position):
            stop = match.end()
            end = stop if match.group()[0] == "\n" else self._closed(stop)
            if self.last <= end:
                return
            if self._is_end(match.start(), stop, end):
                yield end
                self.sentence = self._skip(end, _SPACES + "\n")
            position = end

    def _skip(self, position: int, characters: str) -> int:
        while position < len(self.text) and self.text[position] in characters:
            position += 1
        return position

    def _closed(self, position: int) -> int:
        """Where the closing marks end that belong to the sentence before."""
        while position < len(self.text):
            after = self._closing_mark(position)
            if after == position:
                return position
            position = after
        return position

    def _closing_mark(self, position: int) -> int:
        """The offset after a closing mark, or ``position`` where none stands."""
        if note := _NOTE.match(self.text, position):
            return note.end()
        mark = self.text[position]
        if mark in _TERMINATORS:
            return position + 1
        if mark in _CLOSING and not self._opens(position):
            return position + 1
        # « Oui. »
        apart = self._skip(position, _SPACES)
        standing_off = apart - position == 1 and (
            self._at(apart) in "!?" or (self._at(apart) in _STANDING_OFF and not self._opens(apart))
        )
        return apart + 1 if standing_off else position

    def _at(self, position: int) -> str:
        return self.text[position] if position < len(self.text) else "\n"

    def _opens(self, position: int) -> bool:
        """Whether a mark after the end of a sentence belongs to the next one."""
        mark, after = self.text[position], self._at(position + 1)
        if mark in ")]}’":
            return False
        # A mark close to the next word opens; one that stands off does what the language wants.
        if after.isalnum():
            return True
        if mark == '"' and self.text[position - 1] in _SPACES:
            first = bisect_left(self.straight, self.sentence)
            return (bisect_left(self.straight, position) - first) % 2 == 0
        return after in _SPACES and mark in self.facts.openers

    def _is_end(self, start: int, stop: int, end: int) -> bool:
        """Whether the mark from ``start`` to ``stop``, closed at ``end``, ends a sentence."""
        if self._goes_on(start, end):
            return False
        following = self._skip(end, _SPACES + "\n\t" + _OPENING + _DASHES)
        mark = self.text[start:stop]
        if not self._starts_sentence(following):
            return mark == "." and self._before_small_letter(start, end)
        if mark[0] == "\n":
            return True
        if not self._at(end).isspace():
            return self._is_glued(start, end)
        if mark != ".":
            return not self._is_spoken(end, following)
        return self._full_stop(start, self._word(following), self._proposes(start, following))

    def _goes_on(self, start: int, end: int) -> bool:
        """Whether what stands around a mark makes it the end of no sentence, whatever follows."""
        omission = self.text[start - 1 : start] in ("(", "[")  # [...]
        return (
            self._at(end) in ",;:"
            or (omission and self._at(end - 1) not in _TERMINATORS)
            or self._within_brackets(start, end)
            or self._only_list_mark(start)
        )

    def _word(self, position: int) -> _Next:
        """What the word at ``position`` tells about the mark before it."""
        match = _WORD.match(self.text, position)
        if not match:
            return _Next("", starter=False, number=False, month=False)
        word = match.group()
        return _Next(
            word,
            starter=word.casefold() in self.facts.starters,
            number=word[0].isdigit() or bool(_ORDINAL.match(word)),
            month=word.casefold() in self.facts.months,
        )

    def _within_brackets(self, start: int, end: int) -> bool:
        """Whether the mark stands in brackets that opened in the middle of this sentence."""
        at = bisect_left(self.brackets, (start, 0)) - 1
        if at < 0:
            return False
        opening, closing = self.brackets[at]
        return self.sentence < opening < start and closing >= end

    def _only_list_mark(self, start: int) -> bool:
        return start - self.sentence < 8 and bool(
            _LIST_MARK.fullmatch(self.text, self.sentence, start)
        )

    def _starts_sentence(self, position: int) -> bool:
        """Whether the word at ``position`` can be a sentence's first."""
        match = _WORD.match(self.text, position)
        if not match or not match.group()[0].islower():
            return True
        # xAI, iPhone: a name keeps its small first letter.
        return any(character.isupper() for character in match.group())

    def _before_small_letter(self, start: int, end: int) -> bool:
        """Whether a sentence ends although a small letter follows: an item of a list, or a slip."""
        if end != start + 1 or not self._at(end).isspace():
            return False
        if _ITEM.match(self.text, end):
            return True
        word = _WORD.match(self.text, end + 1)
        known = word is not None and word.group() in self.facts.starters
        return known and bool(_LONG_WORD.search(self.text, max(0, start - _BEFORE), start))

    def _is_glued(self, start: int, end: int) -> bool:
        """Whether a space is missing between two sentences; not in addresses, names and code."""
        token = _TOKEN_BEFORE.search(self.text, max(0, start - _BEFORE), start)
        if not token or not _GLUED_BEFORE.search(token.group()):
            return False
        if any(mark in token.group() for mark in "./@\\_=<>#&~"):
            return False
        opener = self._skip(end, _OPENING + _SPACES)
        match = _GLUED_WORD.match(self.text, opener)
        if not match or not match.group()[0].isupper():
            return False
        word = match.group()
        if len(word) == 1:
            return True
        known = word.casefold() in self.facts.starters or opener > end
        # Names of things in programs are written so: Math.Random, ASP.NET.
        return word[1:].islower() and (known or _WORD.findall(token.group())[-1].islower())

    def _full_stop(self, start: int, word: _Next, proposed: bool) -> bool:
        """Whether a single full stop before white space and no small letter ends a sentence."""
        kind = self.abbreviated.get(start)
        if kind == "final":
            return word.starter
        if kind == "never" or (kind == "number" and word.number):
            return False
        token = _TOKEN_BEFORE.search(self.text, max(0, start - _BEFORE), start)
        first = token.start() if token else start
        before = self.text[first:start].lstrip(_OPENING)
        if _INITIAL.fullmatch(before):
            return word.starter and self._after_initial(first, before, word)
        if self.facts.ordinals and _ORDINAL.fullmatch(before):
            return word.starter and not word.month and not word.number  # "3. Tag"
        # The splitter takes no figure, month or small letter for the start of a sentence.
        unusual = word.number or word.month or word.text[:1].islower()
        return word.starter or proposed or (unusual and before.rstrip(_CLOSING).isalpha())

    def _is_spoken(self, end: int, following: int) -> bool:
        """Whether a question or cry is quoted and who says it follows: “Yes!” Smith said."""
        if self._at(end - 1) not in _CLOSING or following - end > 1:
            return False
        words = _WORD.findall(self.text, following, following + _BEFORE)[1:3]
        return any(word in self.facts.speech_verbs for word in words)

    def _before(self, position: int) -> str:
        """The word before a token that starts at ``position``."""
        match = _WORD_BEFORE.search(self.text, max(self.sentence, position - _BEFORE), position)
        return match.group(1) if match else ""

    def _after_initial(self, position: int, initial: str, word: _Next) -> bool:
        """Whether "Plan B." ends a sentence, before a word that may start one."""
        if "." in initial:
            return True
        name = self._before(position)[:1].isupper() or position == self.sentence
        return not (name and word.text.casefold() in self.facts.particles)

    def _proposes(self, start: int, following: int) -> bool:
        at = bisect_left(self.proposed, start)
        return at < len(self.proposed) and self.proposed[at] <= following


def _proposals(text: str, code: str) -> list[int]:
    """The offsets at which the splitter would cut."""
    masked = text.translate(_MASK)
    found: list[int] = []
    position = 0
    while position < len(masked):
        window = masked[position : position + _WINDOW]
        ends = [entry["end_index"] for entry in sentencex.get_sentence_boundaries(code, window)]
        whole = position + len(window) == len(masked)
        # The last sentence of a window may go on in the next, which starts with it.
        if not whole and len(ends) > 1:
            ends.pop()
            step = ends[-1]
        else:
            step = len(window)
        found += [position + end for end in ends]
        position += step
    return found


def _abbreviated(text: str, pattern: re.Pattern[str]) -> dict[int, str]:
    """What kind of abbreviation each full stop belongs to, by the offset of the full stop."""
    found: dict[int, str] = {}
    for match in pattern.finditer(text):
        stops = [at for at in range(match.start(), match.end()) if text[at] == "."]
        found.update(dict.fromkeys(stops[:-1], "never"))
        found[stops[-1]] = match.lastgroup or "never"
    return found


def _brackets(text: str) -> list[tuple[int, int]]:
    """Pairs of brackets, the outermost only, by the offset of the opening one."""
    found: list[tuple[int, int]] = []
    opened: list[int] = []
    for match in re.finditer(r"[()\[\]]", text):
        if match.group() in "([":
            opened.append(match.start())
        elif opened:
            start = opened.pop()
            if match.start() - start <= _LONGEST_BRACKET:
                while found and found[-1][0] > start:
                    found.pop()
                found.append((start, match.start()))
    return found
