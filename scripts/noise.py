"""Faults of no particular kind: any word replaced, dropped, put in, bent, moved or echoed.

The grammar of `corruptions.py` knows what pipelines do; whoever learns from it alone hears those
kinds and little else. Here nothing is known but how words follow one another in clean text. A word
that takes another's place is drawn so that it goes with its neighbours, and is hard to hear. What
might have stayed a good sentence is mostly left out: where every pair and triple of words that the
fault has made is found in other text, and where nothing but chance speaks against it.

What is a held-out kind of `corruptions.py` or a kind of `unmet_corruptions.py` is not made here as
such: finite verbs and relative pronouns are never dropped, finite verbs never bent, adverbs not put
before a finite verb, « pas » and its like not taken from a negation, nor a prefix from the end of a
German clause, « a » not put for « est », and full words not exchanged with their neighbours. Some
overlap is left: the model card (`auditor/data/fluency/ear/README.md`) names it.
"""

from __future__ import annotations

import math
from bisect import bisect
from collections.abc import Callable, Sequence
from functools import partial
from itertools import accumulate, pairwise

import numpy as np
from corruptions import FINITE, Draft, Kind, Tools, _like
from ear_corpus import Corpus
from unmet_corruptions import _FULL, _OTHER, _PREFIXES, _SECOND

_SIZE = 1 << 26  # of the tables of counts: some in twenty of them are those of other words too
_ONE, _TWO = 0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F  # odd, to spread keys
_MASK = (1 << 64) - 1
_SHIFT = 64 - 26
_EDGE = 0  # number of what stands before and behind a sentence
# Small words by class, and how many of each take another one's place.
_SMALL = {
    "DET": 60, "ADP": 60, "ADP_DET": 20, "PRON": 60, "PRON_REL": 20, "SCONJ": 25, "CCONJ": 10,
    "AUX_FIN": 40, "AUX_INF": 6, "AUX_PART": 6, "PART": 12, "ADV": 150,
}  # fmt: skip
_CHOICE = 6  # words of which the one that fits best is taken
_ABSENT = 0.7  # times that two words should have been seen in a row by chance
_SURELY_ABSENT = 3.0
_TRIES = 8
_COMMON = 25  # times that a word was seen, to stand where another one should
_BEGINNING = 3  # letters that words which look alike have in common
_LETTERS = "abcdefghijklmnoprstuvzäöüéèêàç"
_FREE = ("ADV", "ADJ", "NUM", "PROPN")  # what most sentences can do without
_FULL_TAGS = ("NOUN", "ADJ", "ADV", "VERB_PART", "VERB_INF", "VERB_FIN")


class Usage:
    """How often words, pairs and triples of words were seen, whatever their case."""

    def __init__(self, corpus: Corpus, tools: Tools) -> None:
        low: dict[str, int] = {}
        of_form = np.array(
            [low.setdefault(form.lower(), len(low) + 1) for form in corpus.forms], np.uint64
        )
        self.numbers = low
        words = of_form[corpus.numbers]
        self.total = len(words)
        self.single: list[int] = np.bincount(
            words.astype(np.int64), minlength=len(low) + 1
        ).tolist()
        places = (
            np.arange(len(words)) + 1 + np.repeat(np.arange(len(corpus.lengths)), corpus.lengths)
        )
        line = np.zeros(len(words) + len(corpus.lengths) + 1, np.uint64)
        line[places] = words
        self.twos = _counted(line[:-1] * np.uint64(_ONE) + line[1:] * np.uint64(_TWO))
        self.threes = _counted(
            (line[:-2] * np.uint64(_ONE) + line[1:-1]) * np.uint64(_TWO)
            + line[2:] * np.uint64(_ONE)
        )
        self.small: dict[str, tuple[list[str], list[float]]] = {}
        for tag, most in _SMALL.items():
            if tag in tools.drawn:
                forms = tools.drawn[tag][0][:most]
                weights = [self.single[low[f]] ** 0.6 if f in low else 0.0 for f in forms]
                self.small[tag] = forms, list(accumulate(weights))
        self.common = {
            form
            for form in tools.known
            if form.isalpha()
            and tools.tag_of[form] not in ("X", "PROPN", "INTJ", "NUM")
            and self.single[low.get(form, 0)] > (_COMMON if len(form) > 1 else 20 * _COMMON)
        }
        self.alike: dict[str, list[str]] = {}
        for form in sorted(self.common):
            if len(form) > _BEGINNING:
                self.alike.setdefault(form[:_BEGINNING], []).append(form)

    def number(self, form: str) -> int:
        """The number of a word, -1 where it was never seen."""
        return self.numbers.get(form.lower(), -1)

    def pair(self, one: int, two: int) -> int:
        """How often two words were seen in a row."""
        return self.twos[((one * _ONE + two * _TWO) & _MASK) >> _SHIFT]

    def triple(self, one: int, two: int, three: int) -> int:
        """How often three words were seen in a row."""
        return self.threes[(((one * _ONE + two) * _TWO + three * _ONE) & _MASK) >> _SHIFT]

    def misses(self, one: int, two: int, least: float) -> bool:
        """Whether two words never follow one another, though by chance they should have."""
        if min(one, two) <= 0 or self.pair(one, two):
            return False
        return self.single[one] * self.single[two] >= least * self.total


def _counted(keys: np.ndarray) -> bytes:
    """How often each place of a table is hit, 255 at most."""
    places = (keys >> np.uint64(_SHIFT)).astype(np.int64)
    return np.bincount(places, minlength=_SIZE).clip(0, 255).astype(np.uint8).tobytes()


def noise(usage: Usage) -> dict[str, tuple[Kind, float]]:
    """Kinds by name, with their shares."""
    made: dict[str, tuple[Callable[[Usage, Draft, Tools], bool], float]] = {
        "noise-small-word": (small_word, 3.0),
        "noise-full-word": (full_word, 1.5),
        "noise-form": (other_form, 2.5),
        "noise-alike": (alike, 1.5),
        "noise-gone": (gone, 2.0),
        "noise-put-in": (put_in, 1.6),
        "noise-exchange": (exchange, 2.0),
        "noise-move": (move, 1.2),
        "noise-echo": (echo, 0.7),
    }
    return {name: (partial(kind, usage), share) for name, (kind, share) in made.items()}


# --- what a fault has made --------------------------------------------------------------------


def _around(usage: Usage, draft: Draft, start: int, end: int) -> list[int]:
    """Numbers of the words from two before to two behind a stretch, edges counted in."""
    low, high = start - 2, end + 2
    found = [usage.number(form) for form in draft.forms[max(0, low) : high]]
    if low < 0:
        found.insert(0, _EDGE)
    if high > len(draft.forms):
        found.append(_EDGE)
    return found


def _tells(usage: Usage, draft: Draft, tools: Tools, start: int, end: int, trust: float) -> bool:
    """Whether a stretch (empty: a gap) shows that something is wrong with it.

    It does where its words never follow one another, or its classes seldom do; `trust` is how often
    it is taken for broken where its words are merely rare together.
    """
    words = _around(usage, draft, start, end)
    twos = list(pairwise(words))
    if any(usage.misses(one, two, _ABSENT) for one, two in twos):
        return True
    if tools.rare(draft, start, max(start, end - 1)):
        return True
    seen = all(usage.pair(one, two) > 1 for one, two in twos)
    if seen and all(map(usage.triple, words, words[1:], words[2:])):
        return False
    return tools.chance.random() < trust


def _fitting(
    usage: Usage, draft: Draft, place: int, gap: int, words: Sequence[str], tools: Tools
) -> str:
    """The word of some that goes best with the neighbours, now and then any of them.

    `gap` is how many words the new one takes the place of.
    """
    if tools.chance.random() < 0.3:
        return tools.chance.choice(words)
    left = usage.number(draft.forms[place - 1]) if place else _EDGE
    behind = place + gap
    right = usage.number(draft.forms[behind]) if behind < len(draft.forms) else _EDGE

    def fit(word: str) -> float:
        number = usage.number(word)
        return math.sqrt(usage.pair(left, number)) + math.sqrt(usage.pair(number, right))

    return max(words, key=fit)


def _draw_small(usage: Usage, tools: Tools, tag: str) -> str:
    forms, totals = usage.small[tag]
    return forms[bisect(totals, tools.chance.random() * totals[-1]) % len(forms)]


def _small_tag(usage: Usage, tools: Tools) -> str:
    return tools.chance.choice([*usage.small])


# --- a word in the place of another -----------------------------------------------------------


def small_word(usage: Usage, draft: Draft, tools: Tools) -> bool:
    """A small word of the same or of another class, drawn so that it fits."""
    place = tools.pick(
        draft, lambda p: draft.tags[p] in usage.small and not draft.forms[p].endswith("'")
    )
    if place is None:
        return False
    old, tag = draft.forms[place], draft.tags[place]
    words = []
    for _ in range(_CHOICE):
        other = tag if tools.chance.random() < 0.5 else _small_tag(usage, tools)
        words.append(_draw_small(usage, tools, other))
    return _replace(usage, draft, tools, place, _fitting(usage, draft, place, 1, words, tools), old)


def _replace(usage: Usage, draft: Draft, tools: Tools, place: int, new: str, old: str) -> bool:
    """Put a word in the place of another one, if that makes a fault and none kept out."""
    low, tag = old.lower(), draft.tags[place]
    if new.lower() == low or _OTHER[tools.language].get(low) == new.lower():
        return False
    kind = tools.tag_of.get(new.lower(), tag)
    if kind in FINITE and tag in FINITE and new.lower() in tools.families.get(low, ()):
        return False
    draft.forms[place] = _like(new, old) if place == 0 else new
    draft.tags[place] = kind
    draft.mark(place)
    return _tells(usage, draft, tools, place, place + 1, 0.2 if kind == tag else 0.5)


def full_word(usage: Usage, draft: Draft, tools: Tools) -> bool:
    """A word of the same class that never stands beside one of its new neighbours."""
    place = tools.pick(draft, lambda p: draft.tags[p] in _FULL_TAGS and draft.forms[p].isalpha())
    if place is None or (tools.verb_last and draft.tags[place] == "VERB_FIN"):
        return False
    sides = [usage.number(f) for f in draft.forms[max(0, place - 1) : place + 2 : 2]]
    for _ in range(_TRIES):
        new = tools.draw(draft.tags[place])
        number = usage.number(new)
        if usage.misses(sides[0], number, _SURELY_ABSENT) or usage.misses(
            number, sides[-1], _SURELY_ABSENT
        ):
            return _replace(usage, draft, tools, place, new, draft.forms[place])
    return False


def other_form(usage: Usage, draft: Draft, tools: Tools) -> bool:
    """Another form of the same word, whatever its class."""
    place = tools.pick(
        draft, lambda p: draft.forms[p].isalpha() and draft.forms[p].lower() in tools.families
    )
    if place is None:
        return False
    old, tag = draft.forms[place], draft.tags[place]
    new = tools.chance.choice(tools.families[old.lower()])
    kind = tools.tag_of.get(new)
    if kind is None or (kind in FINITE and tag in FINITE) or new.endswith("'"):
        return False
    if _OTHER[tools.language].get(old.lower()) == new:
        return False
    draft.forms[place] = _like(new, old)
    draft.tags[place] = kind
    draft.mark(place)
    return _tells(usage, draft, tools, place, place + 1, 0.6)


def alike(usage: Usage, draft: Draft, tools: Tools) -> bool:
    """Another word with the same beginning, or one letter away."""
    place = tools.pick(draft, lambda p: draft.forms[p].isalpha() and draft.tags[p] != "PROPN")
    if place is None:
        return False
    old = draft.forms[place]
    low = old.lower()
    new = ""
    if len(low) > _BEGINNING and tools.chance.random() < 0.6:
        new = tools.chance.choice(usage.alike.get(low[:_BEGINNING], [""]))
    else:
        for _ in range(4 * _TRIES):
            new = _one_letter_away(low, tools)
            if new in usage.common:
                break
    if new not in usage.common or new in tools.families.get(low, ()):
        return False
    return _replace(usage, draft, tools, place, _like(new, old), old)


def _one_letter_away(word: str, tools: Tools) -> str:
    at = tools.chance.randrange(len(word) + 1)
    letter = tools.chance.choice(_LETTERS)
    way = tools.chance.randrange(3)
    if way == 0:
        return word[:at] + letter + word[at:]
    return word[:at] + (letter if way == 1 else "") + word[at + 1 :]


# --- a word less, a word more -----------------------------------------------------------------


def gone(usage: Usage, draft: Draft, tools: Tools) -> bool:
    """Any word is missing."""
    place = tools.pick(draft, lambda p: _may_go(draft, tools, p))
    if place is None:
        return False
    free = draft.tags[place] in _FREE
    draft.drop(place)
    draft.mark_gap(place)
    if free:
        words = _around(usage, draft, place, place)
        twos = pairwise(words)
        return any(usage.misses(one, two, _ABSENT) for one, two in twos)
    return _tells(usage, draft, tools, place, place, 0.15)


def _may_go(draft: Draft, tools: Tools, place: int) -> bool:
    tag, form = draft.tags[place], draft.forms[place].lower()
    if tag in ("PUNCT", "X", "PRON_REL", *FINITE):
        return False
    if tools.language == "fr":
        return form not in _SECOND
    return form not in _PREFIXES or draft.tags[place + 1 : place + 2] != ["PUNCT"]


def put_in(usage: Usage, draft: Draft, tools: Tools) -> bool:
    """A word too many, drawn so that it fits, or a comma."""
    place = tools.chance.randrange(1, len(draft.forms))
    if draft.forms[place - 1].endswith("'") or "PUNCT" in draft.tags[place - 1 : place + 1]:
        return False
    if tools.chance.random() < 0.1:
        draft.put(place, [","], ["PUNCT"])
        draft.spaced[place] = False
        draft.mark(place - 1, place, place + 1)
        return _tells(usage, draft, tools, place, place + 1, 0.0)
    words = [_draw_small(usage, tools, _small_tag(usage, tools)) for _ in range(_CHOICE)]
    new = _fitting(usage, draft, place, 0, words, tools)
    if new.lower() in (draft.forms[place - 1].lower(), draft.forms[place].lower()):
        return False
    draft.put(place, [new], [tools.tag_of[new.lower()]])
    draft.mark(place)
    return _tells(usage, draft, tools, place, place + 1, 0.3)


def echo(usage: Usage, draft: Draft, tools: Tools) -> bool:
    """One to three words once more, a little later."""
    length = tools.chance.randint(1, 3)
    room = len(draft.forms) - length - 2
    if room < 2:
        return False
    start = tools.chance.randrange(room)
    place = start + length + tools.chance.randint(1, 6)
    if place >= len(draft.forms) or "PUNCT" in draft.tags[start : start + length]:
        return False
    piece = draft.forms[start : start + length]
    if draft.forms[place - 1].endswith("'") or piece[-1].endswith("'"):
        return False
    if start == 0 and draft.tags[0] not in ("NOUN", "PROPN"):
        piece[0] = piece[0].lower()
    draft.put(place, piece, draft.tags[start : start + length])
    draft.mark(*range(place, place + length))
    return _tells(usage, draft, tools, place, place + length, 0.4)


# --- another order ----------------------------------------------------------------------------


def exchange(usage: Usage, draft: Draft, tools: Tools) -> bool:
    """Two words or short phrases have changed places, side by side or a little apart."""
    one, two = tools.chance.choice((1, 1, 1, 2, 3)), tools.chance.choice((1, 1, 1, 2, 3))
    between = tools.chance.choice((0, 0, 1, 1, 2, 3, 4))
    size = one + between + two
    if len(draft.forms) < size + 3:
        return False
    start = tools.chance.randrange(1, len(draft.forms) - size)
    end = start + size
    ends = (draft.tags[start : start + one], draft.tags[end - two : end])
    if "PUNCT" in ends[0] or "PUNCT" in ends[1] or _is_elided(draft, start - 1, end):
        return False
    if size == 2 and all(tags[0].split("_")[0] in _FULL for tags in ends):
        return False  # the unmet kind `neighbours`
    draft.move(end - two, end, start)
    draft.move(start + two, start + two + one, end)
    draft.mark(*range(start, start + two), *range(end - one, end))
    return not _is_adverb_early(draft, start, end) and _tells(usage, draft, tools, start, end, 0.4)


def move(usage: Usage, draft: Draft, tools: Tools) -> bool:
    """A word has moved away by two to eight places."""
    start = tools.chance.randrange(1, len(draft.forms) - 1)
    to = start + tools.chance.choice((-8, -6, -5, -4, -3, -2, 3, 4, 5, 6, 7, 9))
    if not 0 < to < len(draft.forms) or draft.tags[start] == "PUNCT":
        return False
    if any(_is_elided(draft, p - 1, p + 1) for p in (start, to)):
        return False
    new = draft.move(start, start + 1, to)
    draft.mark(new)
    if to > start:
        draft.mark_gap(start)
    else:
        draft.mark_gap(start + 1)
    return not _is_adverb_early(draft, new, new + 1) and _tells(
        usage, draft, tools, new, new + 1, 0.2
    )


def _is_elided(draft: Draft, start: int, end: int) -> bool:
    return any(form.endswith("'") for form in draft.forms[start:end])


def _is_adverb_early(draft: Draft, start: int, end: int) -> bool:
    """Whether an adverb stands before a finite verb in a stretch: a kind that is held out."""
    tags = draft.tags[start : end + 1]
    return any(one == "ADV" and two in FINITE for one, two in pairwise(tags))
