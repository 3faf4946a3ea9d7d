"""Markdown as drafts: markdown-it finds the blocks, a scanner of our own the marks within them.

markdown-it tells the lines of a block but no offsets within it, and its inline parser takes its
time on hostile input. Hiding marks needs less than rendering them: the scanner moves forward only,
and what it doesn't know stays readable text, so that no word is lost.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.common.utils import normalizeReference

from auditor.model import Kind, View
from auditor.text import hypertext
from auditor.text.markup import Draft, ViewBuilder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from markdown_it.token import Token

_LINE = re.compile(r"\r\n?|\n")
_FRONT_MATTER = re.compile(r"(---|\+\+\+)[ \t]*+(?:\r\n?|\n)")
_LONGEST_FRONT_MATTER = 20_000  # characters


def drafts(raw: str) -> list[Draft]:
    """The headings, paragraphs, list items and cells of a Markdown text; code is no text."""
    found: list[Draft] = []
    environment: dict[str, object] = {}
    source = _without_front_matter(raw)
    parser = MarkdownIt("commonmark").enable("table")
    parser.core.ruler.enableOnly(["normalize", "block"])
    tokens = parser.parse(source, environment)
    references = environment.get("references", {})
    labels = frozenset(references if isinstance(references, dict) else ())
    page = _Page(source, _line_spans(source), labels)
    for token, shape in _leaves(tokens):
        found += page.html(token) if token.type == "html_block" else page.inline(token, shape)
    return found


def _leaves(tokens: Sequence[Token]) -> Iterator[tuple[Token, str]]:
    """The tokens that hold text, each with its shape (see `auditor.model.Segment`)."""
    lists: list[int | None] = []  # the numbers of the next items of the lists that are open
    shape = "text"
    for token in tokens:
        if token.type in ("inline", "html_block"):
            yield token, shape
            shape = "text"  # only the first block of an item is its beginning
        elif token.type in ("ordered_list_open", "bullet_list_open"):
            start = token.attrGet("start")  # none where it is 1
            first = 1 if start is None else int(start)
            lists.append(first if token.type == "ordered_list_open" else None)
        elif token.type in ("ordered_list_close", "bullet_list_close"):
            lists.pop()
        elif token.type == "list_item_open":
            number = lists[-1]
            shape = "item" if number is None else f"item {number}"
            lists[-1] = None if number is None else number + 1
        elif token.type == "heading_open":
            shape = f"heading {token.tag[1:]}"
        elif token.type in ("th_open", "td_open"):
            shape = "cell"


def _without_front_matter(raw: str) -> str:
    """The text with blanks in place of what stands before the text proper, so that offsets stay."""
    start = _FRONT_MATTER.match(raw)
    if not start:
        return raw
    fence = re.compile(rf"^{re.escape(start.group(1))}[ \t]*+$", re.MULTILINE)
    stop = fence.search(raw.replace("\r", "\n"), start.end(), _LONGEST_FRONT_MATTER)
    if not stop:
        return raw
    hidden = "".join(mark if mark in "\r\n" else " " for mark in raw[: stop.end()])
    return hidden + raw[stop.end() :]


def _line_spans(raw: str) -> list[tuple[int, int]]:
    """Where each line starts and ends, without its line break, as markdown-it counts lines."""
    spans: list[tuple[int, int]] = []
    start = 0
    for mark in _LINE.finditer(raw):
        spans.append((start, mark.start()))
        start = mark.end()
    return [*spans, (start, len(raw))]


@dataclass(slots=True)
class _Page:
    """The raw text, its lines, and how far the cells of the current line have been read."""

    raw: str
    lines: list[tuple[int, int]]
    references: frozenset[str]
    cursor: int = 0

    def html(self, token: Token) -> list[Draft]:
        """The drafts of a block of HTML within Markdown."""
        first, last = token.map or [0, 0]
        return hypertext.drafts(self.raw, self.lines[first][0], self.lines[last - 1][1])

    def inline(self, token: Token, shape: str) -> list[Draft]:
        """The draft of a paragraph, heading or cell, after those of images before its text."""
        spans = [self._cell_span(token)] if shape == "cell" else self._line_spans(token)
        spans = [(start, end) for start, end in spans if start < end]
        text = "\n".join(self.raw[start:end] for start, end in spans)
        # One line more than needed, so that the offset after a line break is known as well.
        origin = [offset for start, end in spans for offset in (*range(start, end), end)]
        scanned = _Scanner(text, self.references).scan()
        found = [Draft(_moved(view, origin), Kind.CAPTION) for view in scanned.images]
        if scanned.view.text:
            kind = Kind.HEADING if shape.startswith("heading") else None
            found.append(Draft(_moved(scanned.view, origin), kind, shape=shape))
        return found

    def _line_spans(self, token: Token) -> list[tuple[int, int]]:
        """Where the lines of a block's content stand, without what sets the block apart."""
        first = (token.map or [0])[0]
        spans = []
        for number, line in enumerate(token.content.split("\n"), start=first):
            text = line.strip()
            start, end = self.lines[number]
            # Marks of lists and quotations stand before the text: it is found from the end.
            at = self._normalised(start, end).rfind(text)
            if at >= 0:
                spans.append((start + at, start + at + len(text)))
        return spans

    def _cell_span(self, token: Token) -> tuple[int, int]:
        """Where a table's cell stands; the cells of a line come in their order."""
        start, end = self.lines[(token.map or [0])[0]]
        line = self._normalised(start, end)
        if not start <= self.cursor <= end:
            self.cursor = start
        # markdown-it takes the backslash from a pipe that divides no cells.
        for text in (token.content, token.content.replace("|", "\\|")):
            at = line.find(text, self.cursor - start)
            if at >= 0:
                self.cursor = start + at + len(text)
                return start + at, self.cursor
        return start, start

    def _normalised(self, start: int, end: int) -> str:
        # As markdown-it does, character for character.
        return self.raw[start:end].replace("\0", "\N{REPLACEMENT CHARACTER}")


def _moved(view: View, origin: Sequence[int]) -> View:
    """A view of a block's content as a view of the raw text."""
    first, last = view.starts[0], view.ends[-1] - 1
    if isinstance(view.starts, range) and origin[last] - origin[first] == last - first:
        return View(
            view.text,
            range(origin[first], origin[last] + 1),
            range(origin[first] + 1, origin[last] + 2),
        )
    return View(
        view.text,
        tuple(origin[start] for start in view.starts),
        tuple(origin[end - 1] + 1 for end in view.ends),
    )


class _Scanned(NamedTuple):
    view: View
    images: list[View]


@dataclass(slots=True)
class _Bracket:
    start: int
    image: bool


@dataclass(slots=True)
class _Run:
    """A run of stars or the like that may open emphasis: where it starts, how many are left."""

    start: int
    left: int


# What may mean more than itself, and the marks that a backslash robs of their meaning.
_SPECIAL = re.compile(r"[\\`*_~!\[\]<&]")
_ESCAPED = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_TICKS = re.compile(r"`++")
_DESTINATION = re.compile(
    r"""\([ \t\n]*+
    (?:<[^<>\n]*+>|(?:[^\s()\\]++|\\.|\((?:[^\s()\\]++|\\.)*+\))*+)
    (?:[ \t\n]++(?:"[^"]*+"|'[^']*+'|\([^()]*+\)))?+[ \t\n]*+\)""",
    re.VERBOSE,
)
_LABEL = re.compile(r"\[([^\[\]]{0,999}+)\]")
_FOOTNOTE = re.compile(r"\^[^\s\[\]]{1,99}+")
_TASK = re.compile(r"\[[ xX]\]\s")
_AUTOLINK = re.compile(r"<(?:[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*+|[^\s<>@]{1,64}@[^\s<>@]++)>")
_TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9-]*+)(?=[\s/>])")
_LONGEST_LABEL = 999


class _Scanner:
    """Walks over a block's content once, noting what is hidden and what stands for more."""

    def __init__(self, text: str, references: frozenset[str]) -> None:
        self.text = text
        self.references = references
        self.position = 0
        self.hidden: list[tuple[int, int, str | None]] = []  # with the text to show instead
        self.images: list[tuple[int, int, int, int]] = []  # whole and description
        self.brackets: list[_Bracket] = []
        self.openers: dict[str, list[_Run]] = {"*": [], "_": [], "~": []}
        self.ticks: dict[int, list[int]] = {}
        self.tags = True  # until one does not end
        self.comments = True

    def scan(self) -> _Scanned:
        """What a reader sees of the content, and the descriptions of images before it."""
        for run in reversed(list(_TICKS.finditer(self.text))):
            self.ticks.setdefault(len(run.group()), []).append(run.start())
        if match := _TASK.match(self.text):
            self._hide(0, match.end())
            self.position = match.end()
        while match := _SPECIAL.search(self.text, self.position):
            self.position = match.start()
            _STEPS[match.group()](self)
        return self._shown()

    def _hide(self, start: int, end: int, instead: str | None = None) -> None:
        self.hidden.append((start, end, instead))

    def _shown(self) -> _Scanned:
        builder = ViewBuilder()
        images: list[View] = []
        descriptions = {start: (first, last) for start, _, first, last in self.images}
        position = 0
        for start, end, instead in sorted(self.hidden, key=lambda entry: (entry[0], -entry[1])):
            if start < position:  # within something hidden as a whole
                continue
            builder.add_raw(self.text, position, start)
            if start in descriptions and builder.empty:
                images += self._description(*descriptions[start])
            if instead is not None:
                builder.add_decoded(instead, start, end)
            position = end
        builder.add_raw(self.text, position, len(self.text))
        return _Scanned(builder.view(), images)

    def _description(self, start: int, end: int) -> list[View]:
        builder = ViewBuilder()
        builder.add_raw(self.text, start, end)
        view = builder.view()
        return [view] if any(character.isalpha() for character in view.text) else []

    def _backslash(self) -> None:
        after = self.text[self.position + 1 : self.position + 2]
        if after == "\n" or after in _ESCAPED:
            self._hide(self.position, self.position + 1)
            self.position += 1
        self.position += 1

    def _code(self) -> None:
        """Unwrap a code span: within it nothing means anything else."""
        start = self.position
        length = self._run_length("`")
        candidates = self.ticks.get(length, [])
        while candidates and candidates[-1] <= start:
            candidates.pop()
        self.position = start + length
        if candidates:
            close = candidates.pop()
            self._hide(start, start + length)
            self._hide(close, close + length)
            self.position = close + length

    def _run_length(self, mark: str) -> int:
        end = self.position
        while self.text.startswith(mark, end):
            end += 1
        return end - self.position

    def _bang(self) -> None:
        if self.text.startswith("[", self.position + 1):
            self.brackets.append(_Bracket(self.position, image=True))
            self.position += 1
        self.position += 1

    def _open_bracket(self) -> None:
        self.brackets.append(_Bracket(self.position, image=False))
        self.position += 1

    def _close_bracket(self) -> None:
        close = self.position
        self.position += 1
        if not self.brackets:
            return
        opener = self.brackets.pop()
        first = opener.start + 1 + opener.image
        end = self._link_end(first, close)
        if end is None:
            return
        if opener.image:
            self.images.append((opener.start, end, first, close))
            self._hide(opener.start, end)
        elif _FOOTNOTE.fullmatch(self.text, first, close):
            self._hide(opener.start, end)
        else:
            self._hide(opener.start, first)
            self._hide(close, end)
        self.position = end

    def _link_end(self, first: int, close: int) -> int | None:
        """Where the link ends whose text ends at ``close``; none where it is no link."""
        if match := _DESTINATION.match(self.text, close + 1):
            return match.end()
        if _FOOTNOTE.fullmatch(self.text, first, close):
            definition = first == 1 and self.text.startswith(":", close + 1)
            return close + 1 + definition
        if not self.references:
            return None
        label = _LABEL.match(self.text, close + 1)
        if label and label.group(1) and self._defined(label.group(1)):
            return label.end()
        if close - first > _LONGEST_LABEL or not self._defined(self.text[first:close]):
            return None
        return label.end() if label and not label.group(1) else close + 1

    def _defined(self, label: str) -> bool:
        return normalizeReference(label) in self.references

    def _angle(self) -> None:
        start = self.position
        self.position += 1
        if match := _AUTOLINK.match(self.text, start):
            self._hide(start, start + 1)
            self._hide(match.end() - 1, match.end())
            self.position = match.end()
        elif self.text.startswith("<!--", start):
            self._comment(start)
        elif self.tags and (match := _TAG.match(self.text, start)):
            end = hypertext.tag_end(self.text, match.end(), len(self.text))
            if end is None:
                self.tags = False
                return
            self._hide(start, end, "\n" if match.group(1).lower() == "br" else None)
            self.position = end

    def _comment(self, start: int) -> None:
        end = self.text.find("-->", start + 4) if self.comments else -1
        if end < 0:
            self.comments = False
            return
        self._hide(start, end + 3)
        self.position = end + 3

    def _entity(self) -> None:
        decoded, end = hypertext.entity(self.text, self.position)
        if end > self.position:
            self._hide(self.position, end, decoded)
        self.position = max(end, self.position + 1)

    def _emphasis(self) -> None:
        """Hide a run of marks as far as it closes emphasis; what is left of it may open some."""
        mark = self.text[self.position]
        start, length = self.position, self._run_length(mark)
        self.position = end = start + length
        if mark == "~" and length > 2:
            return
        opens, closes = _flanks(self.text, start, end)
        run = _Run(start, length)
        openers = self.openers[mark]
        while closes and run.left and openers:
            pairs = min(run.left, openers[-1].left)
            inner = openers[-1].start + openers[-1].left
            self._hide(inner - pairs, inner)
            self._hide(run.start, run.start + pairs)
            run.start, run.left = run.start + pairs, run.left - pairs
            openers[-1].left -= pairs
            if not openers[-1].left:
                openers.pop()
        if opens and run.left:
            openers.append(run)


def _flanks(text: str, start: int, end: int) -> tuple[bool, bool]:
    """Whether a run of marks can open and can close emphasis, as CommonMark defines it."""
    before, after = text[start - 1 : start] or " ", text[end : end + 1] or " "
    left = not after.isspace() and (after.isalnum() or before.isspace() or not before.isalnum())
    right = not before.isspace() and (before.isalnum() or after.isspace() or not after.isalnum())
    if text[start] != "_":
        return left, right
    return left and not (right and before.isalnum()), right and not (left and after.isalnum())


_STEPS: Mapping[str, Callable[[_Scanner], None]] = {
    "\\": _Scanner._backslash,
    "`": _Scanner._code,
    "*": _Scanner._emphasis,
    "_": _Scanner._emphasis,
    "~": _Scanner._emphasis,
    "!": _Scanner._bang,
    "[": _Scanner._open_bracket,
    "]": _Scanner._close_bracket,
    "<": _Scanner._angle,
    "&": _Scanner._entity,
}
