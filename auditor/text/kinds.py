"""What each block is for: prose, a heading, a caption, or boilerplate.

Markup tells some of it. The rest shows in how blocks behave (short, repeated, without a full stop,
beside a credit line) together with cue words of the language's row; one cue alone proves nothing
where the same word may stand in an article.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from auditor.model import Block, Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from auditor.languages import Labels, Language
    from auditor.text.markup import Draft

_LABEL_WORDS = 5  # a label has no more, if it repeats
_HEADING_WORDS = 25
_CREDIT_WORDS = 14
_CAPTION_WORDS = 60
_NOTE_WORDS = 45  # notes on commissions, subscriptions and translation are short
_TOP = 8  # blocks among which a credit line without a cue word may stand
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_END = re.compile(r"[.!?…:;,][\s»”“‘\"'’)\]]*$")
_STOP = re.compile(r"[.!?…][\s»”“‘\"'’)\]]*$")
_SEPARATED = re.compile(r"^(?:[A-ZÀ-Þ][\w.'’-]{0,20} ){2,4}/ [^/|.!?]{2,40}$")
_QUOTED = re.compile(r"[«»„“”\"]")
_LIST_ITEM = re.compile(r"[-–—•*·]\s")


def classify(drafts: Sequence[Draft], language: Language) -> tuple[Block, ...]:
    """The drafts as blocks that know what they are for."""
    return _Layout(drafts, language.labels).blocks()


def _norm(text: str) -> str:
    """Text for comparison: words in lower case, one kind of apostrophe, no marks around."""
    return " ".join(text.casefold().replace("'", "’").strip(" .:!…*–—-+|·•\t\n").split())


class _Layout:
    """All drafts of one document, and what each has been found to be."""

    def __init__(self, drafts: Sequence[Draft], labels: Labels) -> None:
        self.drafts = drafts
        self.labels = labels
        self.texts = [_norm(draft.view.text) for draft in drafts]
        self.words = [_WORD.findall(text) for text in self.texts]
        self.counts = Counter(self.texts)
        self.interrupting = Counter(
            text for number, text in enumerate(self.texts) if self._interrupts(number)
        )
        self.kinds: list[Kind | None] = [draft.kind for draft in drafts]

    def blocks(self) -> tuple[Block, ...]:
        """One block for each draft."""
        self._mark(Kind.BOILERPLATE, self._is_boilerplate, anew=True)
        self._closing_appeal()
        self._mark(Kind.CAPTION, self._is_credit)
        self._captions()
        if Kind.HEADING not in self.kinds:  # where the markup tells headings, it tells all
            self._mark(Kind.HEADING, self._is_heading)
        return tuple(
            Block(draft.view, kind or Kind.PROSE, draft.shape)
            for draft, kind in zip(self.drafts, self.kinds, strict=True)
        )

    def _mark(self, kind: Kind, test: Callable[[int], bool], *, anew: bool = False) -> None:
        for number in range(len(self.drafts)):
            if (anew or self.kinds[number] is None) and test(number):
                self.kinds[number] = kind

    def _is_boilerplate(self, number: int) -> bool:
        return self._is_label(number) or self._is_note(number)

    def _is_label(self, number: int) -> bool:
        """Whether a block is an advertising or navigation label, by its words or its repetition."""
        text, words = self.texts[number], self.words[number]
        if text in self.labels.advertising or text in self.labels.navigation:
            return True
        head, colon, _ = self.drafts[number].view.text.partition(":")
        if colon and _norm(head) in self.labels.navigation and len(words) <= _HEADING_WORDS:
            return True
        repeated = self.counts[text] > 1 and 0 < len(words) <= _LABEL_WORDS
        if not repeated or _ends(self.drafts[number].view.text) or not self._is_bare(number):
            return False
        count = self.counts[text]
        return 3 * self.interrupting[text] > 2 * count - (count > 2)

    def _interrupts(self, number: int) -> bool:
        """Whether a block stands where a text goes on, as no heading of a list or part does."""
        last = number + 1 == len(self.drafts)
        return number > 0 and (
            len(self.words[number - 1]) > _LABEL_WORDS
            and (last or len(self.words[number + 1]) > _LABEL_WORDS)
        )

    def _is_bare(self, number: int) -> bool:
        """Whether a block holds more letters than figures, unlike the cell of a table."""
        text = self.texts[number]
        return sum(map(str.isalpha, text)) > sum(map(str.isdigit, text)) and (
            self.drafts[number].kind is not Kind.HEADING
        )

    def _is_note(self, number: int) -> bool:
        """Whether a block speaks of the page itself: commissions, subscriptions, translation."""
        text, words = self.texts[number], self.words[number]
        if not words or len(words) > _NOTE_WORDS:
            return False
        labels = self.labels
        page = _has_phrase(text, labels.page_cues)
        known = set(words)
        if page and len(known & labels.machine_translation_cues) > 1:
            return True
        if not page and not known & labels.publisher_cues:
            return False
        if _QUOTED.search(self.drafts[number].view.text):
            return False
        if len(known & labels.affiliate_cues) > 1:
            return True
        invitation = any(word.startswith(tuple(labels.subscription_cues)) for word in words)
        return invitation and self._speaks_to_reader(number)

    def _speaks_to_reader(self, number: int) -> bool:
        """Whether a block speaks to its reader, not within a quotation."""
        text = self.drafts[number].view.text
        if _QUOTED.search(text):
            return False
        for match in _WORD.finditer(text):
            word = match.group()
            # "Sie" means the reader only where no sentence starts with it.
            within = text[max(0, match.start() - 9) : match.start()].rstrip()[-1:]
            if word.lower() in self.labels.reader_cues or (
                word in self.labels.reader_cues and (within.isalnum() or within == ",")
            ):
                return True
        return False

    def _closing_appeal(self) -> None:
        """Mark the lines below an article that ask its reader to subscribe, all of them short."""
        first = len(self.drafts)
        while first and len(self.words[first - 1]) <= _NOTE_WORDS:
            first -= 1
        spoken = [
            number for number in range(first, len(self.drafts)) if self._speaks_to_reader(number)
        ]
        if not first or not spoken or 3 * len(spoken) < len(self.drafts) - spoken[0]:
            return
        article = sum(len(words) for words in self.words[: spoken[0]])
        appeal = sum(len(words) for words in self.words[spoken[0] :])
        if article > appeal and any(self._is_note(number) for number in spoken):
            self.kinds[spoken[0] :] = [Kind.BOILERPLATE] * (len(self.drafts) - spoken[0])

    def _is_credit(self, number: int) -> bool:
        """Whether a block names who took the picture above it."""
        text, words = self.drafts[number].view.text, self.words[number]
        if not words or len(words) > _CREDIT_WORDS:
            return False
        head, mark, tail = _partition(text, (":", "©", "/"))
        if mark and tail and _norm(head) in self.labels.caption_cues:
            return True
        if "©" in text:
            return True
        agency = _has_phrase(self.texts[number], self.labels.agencies)
        if _STOP.search(text):
            return False
        return (agency or number < _TOP) and bool(_SEPARATED.match(text))

    def _captions(self) -> None:
        """Mark what stands right above a credit line: the caption and the image's description."""
        credits_ = [number for number, kind in enumerate(self.kinds) if kind is Kind.CAPTION]
        for number in credits_:
            for above in (number - 1, number - 2):
                if above < 1 or not self._is_caption(above, number):
                    break
                self.kinds[above] = Kind.CAPTION

    def _is_caption(self, above: int, credit: int) -> bool:
        group = self.drafts[above].group
        if self.kinds[above] is not None or group is None or group != self.drafts[credit].group:
            return False
        if len(self.words[above]) > _CAPTION_WORDS:
            return False
        # The further one is a description of the image, which is no sentence.
        return above == credit - 1 or not _STOP.search(self.drafts[above].view.text)

    def _is_heading(self, number: int) -> bool:
        """Whether a block is short, ends as no sentence does, and has prose below it."""
        text, words = self.drafts[number].view.text, self.words[number]
        if not words or len(words) > _HEADING_WORDS or _LIST_ITEM.match(text):
            return False
        # What is no caption or label further down is prose, or a heading of some.
        below = any(kind in (None, Kind.HEADING) for kind in self.kinds[number + 1 : number + 10])
        if not below or not _starts(text):
            return False
        return not _ends(text) or (number == 0 and not text.rstrip().endswith("."))


def _ends(text: str) -> bool:
    """Whether a text ends as a sentence or a part of one does."""
    return bool(_END.search(text[-12:]))


def _starts(text: str) -> bool:
    first = next((character for character in text if character.isalnum()), "")
    return bool(first) and not (first.islower() and text[1:2].islower())


def _has_phrase(text: str, phrases: Collection[str]) -> bool:
    """Whether one of some phrases stands in a normalised text as whole words."""
    padded = f" {' '.join(_WORD.findall(text))} "
    return any(f" {phrase} " in padded for phrase in phrases)


def _partition(text: str, marks: Sequence[str]) -> tuple[str, str, str]:
    """A text around the first mark that stands in it."""
    places = [(text.find(mark), mark) for mark in marks if mark in text]
    if not places:
        return text, "", ""
    at, mark = min(places)
    return text[:at], mark, text[at + 1 :].strip()
