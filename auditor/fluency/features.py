"""What the tagger sees of a word by itself: its form, its beginnings and endings, its shape.

Each feature becomes a number by hashing (CRC-32), so that no list of features is shipped and a word
never seen before still has most of its features.
"""

from __future__ import annotations

from zlib import crc32

BUCKETS = 10_000
_PREFIXES = (1, 2, 3, 4)
_SUFFIXES = (1, 2, 3, 4, 5)


_QUOTES = str.maketrans(dict.fromkeys("„“”‟‚‘‹›", '"'))


def plain(form: str) -> str:
    """A form as the treebanks write it: quotation marks straight."""
    return form.translate(_QUOTES) if len(form) == 1 else form


def shape(form: str) -> str:
    """How a word is written: capitals, small letters, digits, signs; runs of a kind once."""
    kinds: list[str] = []
    for character in form[:24]:
        if character.isupper():
            kind = "X"
        elif character.isalpha():
            kind = "x"
        elif character.isdigit():
            kind = "9"
        else:
            kind = character
        if not kinds or kinds[-1] != kind:
            kinds.append(kind)
    return "".join(kinds)


def form_feature(form: str) -> int:
    """The bucket of the whole form in lower case."""
    return crc32(f"={form.lower()}".encode()) % BUCKETS


def affix_features(form: str) -> list[int]:
    """The buckets of everything but the whole form."""
    lower = form.lower()
    pattern = shape(form)
    names = [f"^{lower[:n]}" for n in _PREFIXES if n < len(lower)]
    names += [f"{lower[-n:]}$" for n in _SUFFIXES if n < len(lower)]
    names += [f"#{pattern}", f"#{pattern}{lower[-3:]}", f"@{min(len(lower), 8)}"]
    return [crc32(name.encode()) % BUCKETS for name in names]
