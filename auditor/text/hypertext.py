"""HTML as drafts, with exact offsets into the raw text.

The standard library's parser tells lines and columns only, and its older versions take quadratic
time on hostile input; lxml tells no offsets at all. A browser never fails on a document, so this
scanner does not either: it knows text, tags, comments and entities, and asks of the tree no more
than what is open. Every step moves forward, so the time is linear whatever comes.
"""

from __future__ import annotations

import re
from collections import Counter
from html import unescape
from html.entities import html5
from typing import NamedTuple

from auditor.model import Kind
from auditor.text.markup import Draft, ViewBuilder


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Elements whose content nobody reads, or not as a part of the text.
_DROPPED = _names(
    "head nav script style template svg math iframe object audio video canvas noscript select "
    "datalist textarea button"
)
_RAW_TEXT = _names("script style textarea title iframe xmp noembed noframes")
_BLOCKS = _names(
    "address article aside blockquote body caption center dd details dialog dir div dl dt "
    "fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li "
    "main menu nav ol optgroup option p pre search section summary table tbody td tfoot th thead "
    "title tr ul"
)
_VOID = _names("area base br col embed hr img input link meta param source track wbr")
_HEADINGS = _names("h1 h2 h3 h4 h5 h6")
_NO_HEADING = _HEADINGS | _names("p ul ol dl table blockquote section article figure")
_KINDS = {
    **dict.fromkeys(_HEADINGS, Kind.HEADING),
    **dict.fromkeys(["figcaption", "caption"], Kind.CAPTION),
    "footer": Kind.BOILERPLATE,
}
_INVISIBLE = frozenset("\N{SOFT HYPHEN}\N{ZERO WIDTH SPACE}\N{ZERO WIDTH NO-BREAK SPACE}")

_TAG_NAME = re.compile(r"</?([A-Za-z][^\s/>]*+)")
# Possessive, so that a tag without an end is refused after one look at the rest.
_TAG_REST = re.compile(r"""(?:[^>=]++|=\s*+(?:"[^"]*+"|'[^']*+'|(?!["'])))*+>""")
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]++)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'>]++)))?""")
_ENTITY = re.compile(r"&(?:#[0-9]{1,8};?|#[xX][0-9a-fA-F]{1,7};?|[A-Za-z][A-Za-z0-9]{0,31};?)")
_DECODED = re.compile("[&" + "".join(sorted(_INVISIBLE)) + "]")
_HIDDEN_STYLE = re.compile(r"display\s{0,9}:\s{0,9}none", re.IGNORECASE)


class Attribute(NamedTuple):
    """An attribute's value, undecoded, and where it starts."""

    value: str
    start: int


def drafts(raw: str, start: int = 0, end: int | None = None) -> list[Draft]:
    """What a reader of the page sees, block by block."""
    reader = _Reader(raw, start, len(raw) if end is None else end)
    return reader.read()


def add_text(builder: ViewBuilder, raw: str, start: int, end: int) -> None:
    """Take running text: entities decoded, marks that only allow or forbid line breaks left out."""
    position = start
    for match in _DECODED.finditer(raw, start, end):
        decoded, stop = entity(raw, match.start(), end)
        if stop > match.start():
            builder.add_raw(raw, position, match.start())
            if decoded not in _INVISIBLE:
                builder.add_decoded(decoded, match.start(), stop)
            position = stop
    builder.add_raw(raw, position, end)


def entity(raw: str, start: int, end: int | None = None) -> tuple[str, int]:
    """What the reference at ``start`` stands for and where it ends: ``start`` where it is none."""
    match = _ENTITY.match(raw, start, len(raw) if end is None else end)
    if not match:
        return raw[start : start + 1], start + (raw[start : start + 1] in _INVISIBLE)
    text = match.group()
    if text[1] == "#":
        return unescape(text), match.end()
    name = text[1:]
    # The old names are known without their semicolon too, and as the start of a longer word.
    for length in range(len(name), 1, -1):
        if name[:length] in html5:
            return html5[name[:length]], start + 1 + length
    return "", start


def attributes(raw: str, start: int, end: int) -> dict[str, Attribute]:
    """The attributes of a tag; of two with one name, the first counts."""
    found: dict[str, Attribute] = {}
    for match in _ATTRIBUTE.finditer(raw, start, end):
        group = match.lastindex or 1
        value = "" if group == 1 else match.group(group)
        found.setdefault(match.group(1).lower(), Attribute(value, match.start(group)))
    return found


def tag_end(raw: str, position: int, end: int) -> int | None:
    """Where a tag that starts before ``position`` ends, or none where it never does."""
    match = _TAG_REST.match(raw, position, end)
    return match.end() if match else None


class _Element(NamedTuple):
    name: str
    kind: Kind | None
    dropped: bool


class _Reader:
    """Walks over the raw text once."""

    def __init__(self, raw: str, start: int, end: int) -> None:
        self.raw = raw
        self.position = start
        self.end = end
        self.lenient = False  # a tag did not end: from here on, tags end at the next bracket
        self.stack: list[_Element] = []
        self.open = Counter[str]()
        self.kinds = Counter[Kind]()
        self.dropped = 0
        self.builder = ViewBuilder()
        self.found: list[Draft] = []
        self.titles: list[Draft] = []
        self.headline = False
        self.item = False  # a list item has begun, and nothing of it has come yet

    def read(self) -> list[Draft]:
        """All drafts of the page; the title only where there is no main heading."""
        while self.position < self.end:
            bracket = self.raw.find("<", self.position, self.end)
            bracket = self.end if bracket < 0 else bracket
            self._text(self.position, bracket)
            self.position = bracket
            if bracket < self.end:
                self._markup()
        self._flush()
        shown = self.found if self.headline else self.titles + self.found
        return sorted(shown, key=lambda draft: draft.view.starts[0])

    def _text(self, start: int, end: int) -> None:
        if not self.dropped:
            add_text(self.builder, self.raw, start, end)

    def _markup(self) -> None:
        """Take what begins with an opening angle bracket."""
        start = self.position
        if self.raw.startswith("<!--", start):
            self.position = self._after_comment(start)
        elif self.raw.startswith(("<!", "<?"), start):
            self.position = self._after(">", start)
        elif match := _TAG_NAME.match(self.raw, start, self.end):
            self._tag(match.group(1).lower(), start, match.end())
        else:
            self._text(start, start + 1)
            self.position = start + 1

    def _after(self, mark: str, start: int) -> int:
        found = self.raw.find(mark, start, self.end)
        return self.end if found < 0 else found + len(mark)

    def _after_comment(self, start: int) -> int:
        for empty in ("<!-->", "<!--->"):
            if self.raw.startswith(empty, start):
                return start + len(empty)
        return self._after("-->", start + 4)

    def _tag(self, name: str, start: int, name_end: int) -> None:
        closing = self.raw[start + 1] == "/"
        self.position = self._tag_end(name_end)
        if closing:
            self._close(name)
        else:
            self._open(name, start, name_end)

    def _tag_end(self, name_end: int) -> int:
        if not self.lenient:
            found = tag_end(self.raw, name_end, self.end)
            if found is not None:
                return found
            self.lenient = True
        return self._after(">", name_end)

    def _open(self, name: str, start: int, name_end: int) -> None:
        if name in _BLOCKS:
            self._flush()
        if name in _NO_HEADING:
            self._end_heading()
        if name == "br" and not self.dropped:
            self.builder.add_decoded("\n", start, self.position)
        if name in _VOID:
            if name == "img" and not self.dropped:
                self._image(name_end)
            return
        if name == "title" and not self.open["svg"]:
            self._title()
            return
        self._push(name, name_end)
        self.item = self.item or name == "li"
        if name in _RAW_TEXT:
            self.position = self._raw_text_end(name)

    def _push(self, name: str, name_end: int) -> None:
        kind = _KINDS.get(name)
        element = _Element(name, kind, name in _DROPPED or self._hidden(name, name_end))
        self.stack.append(element)
        self.open[name] += 1
        self.dropped += element.dropped
        if kind:
            self.kinds[kind] += 1

    def _end_heading(self) -> None:
        """Close a heading that was left open, before what cannot stand in one."""
        if self.stack and self.stack[-1].name in _HEADINGS:
            self._close(self.stack[-1].name)

    def _hidden(self, name: str, name_end: int) -> bool:
        """Whether a tag's attributes take its content out of sight, or it is a listing."""
        if name == "code":
            return self.open["pre"] > 0
        found = attributes(self.raw, name_end, self.position - 1)
        style = found.get("style")
        role = found.get("role")
        return (
            "hidden" in found
            or (role is not None and role.value.strip().lower() == "navigation")
            or (style is not None and bool(_HIDDEN_STYLE.search(style.value)))
        )

    def _raw_text_end(self, name: str) -> int:
        """The offset of the closing tag of an element whose content is no markup."""
        closing = re.compile(f"</{name}", re.IGNORECASE).search(self.raw, self.position, self.end)
        return closing.start() if closing else self.end

    def _title(self) -> None:
        """Keep the page's title, which stands in a head that nobody reads."""
        stop = self._raw_text_end("title")
        builder = ViewBuilder()
        add_text(builder, self.raw, self.position, stop)
        if not builder.empty and not self.titles:
            self.titles.append(Draft(builder.view(), Kind.HEADING))
        self.position = stop

    def _image(self, name_end: int) -> None:
        """Take an image's description, unless the image stands in the middle of a line."""
        description = attributes(self.raw, name_end, self.position - 1).get("alt")
        if description is None or not self.builder.empty:
            return
        builder = ViewBuilder()
        add_text(builder, self.raw, description.start, description.start + len(description.value))
        view = builder.view()
        if any(character.isalpha() for character in view.text):
            self.found.append(Draft(view, Kind.CAPTION))

    def _close(self, name: str) -> None:
        if name in _BLOCKS or name == "br":
            self._flush()
        if not self.open[name]:
            return
        while True:
            element = self.stack.pop()
            self.open[element.name] -= 1
            self.dropped -= element.dropped
            if element.kind:
                self.kinds[element.kind] -= 1
            if element.name == name:
                return

    def _flush(self) -> None:
        """End the current block."""
        if self.builder.empty:
            self.builder = ViewBuilder()
            return
        kind = next((kind for kind in _KIND_ORDER if self.kinds[kind]), None)
        self.headline |= self.open["h1"] > 0
        self.found.append(Draft(self.builder.view(), kind, shape=self._shape()))
        self.builder = ViewBuilder()

    def _shape(self) -> str:
        """What the tags make of the current block (see `auditor.model.Segment`)."""
        begins, self.item = self.item, False
        for level in "123456":
            if self.open[f"h{level}"]:
                return f"heading {level}"
        if self.open["li"]:
            return "item" if begins else "text"
        return "cell" if self.open["td"] or self.open["th"] else "text"


_KIND_ORDER = (Kind.BOILERPLATE, Kind.CAPTION, Kind.HEADING)
