"""What the tagger sees of a word by itself: its form, its beginnings and endings, its shape.

Each feature becomes a number by hashing (CRC-32), so that no list of features is shipped and a word
never seen before still has most of its features.
"""

from __future__ import annotations

from zlib import crc32

BUCKETS = 10_000
_PREFIXES, _SUFFIXES = 4, 5  # letters of the longest beginning and ending
_BEGINNING = crc32(b"^")


_QUOTES = str.maketrans(dict.fromkeys("„“”‟‚‘‹›", '"'))


def plain(form: str) -> str:
    """A form as the treebanks write it: quotation marks straight."""
    return form.translate(_QUOTES) if len(form) == 1 else form


def shape(form: str) -> str:
    """How a word is written: capitals, small letters, digits, signs; runs of a kind once."""
    if form.isalpha():  # nearly all words: told without a look at each letter
        if form.islower():
            return "x"
        if form[0].isupper() and form[1:].islower():
            return "Xx"
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
    # A sum goes on from that of what stands before it: each beginning needs one more letter.
    sums: list[int] = []
    sum_ = _BEGINNING
    for letter in lower[: min(_PREFIXES, len(lower) - 1)]:
        sum_ = crc32(letter.encode(), sum_)
        sums.append(sum_)
    sums += [crc32(f"{lower[-n:]}$".encode()) for n in range(1, min(_SUFFIXES, len(lower) - 1) + 1)]
    of_shape = crc32(f"#{pattern}".encode())
    sums += [
        of_shape,
        crc32(lower[-3:].encode(), of_shape),
        crc32(f"@{min(len(lower), 8)}".encode()),
    ]
    return [number % BUCKETS for number in sums]
