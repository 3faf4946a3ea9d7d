"""First step of the encoder's training: text becomes token numbers.

Pairs are read, cleaned, freed of duplicates, of evaluation sentences and of the held-out blocks;
a unigram tokenizer is trained; near misses are made; everything is turned into numbers.
"""

from __future__ import annotations

import json
import math
import re
import time
from collections import Counter
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, Any

import numpy as np
from encoder_data import (
    LANGUAGES,
    WEIGHTS,
    Row,
    acceptable,
    evaluation_texts,
    normalised,
    read_mono,
    read_rows,
    read_scored,
)
from near_misses import KINDS, near_miss
from numpy.typing import NDArray
from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers

if TYPE_CHECKING:
    from pathlib import Path

Numbers = NDArray[Any]

SEED = 20260701
MAX_TOKENS = 128
UNKNOWN, METASPACE = "<unk>", "▁"
_WORD = re.compile(r"[^\W\d_]+|[^\w\s]|_")
PAIRS = (("fr", "de"), ("en", "fr"), ("en", "de"))
MONO = {  # monolingual text for the vocabulary alone: every n-th sentence
    "bundestag": 2, "commonvoice": 1, "an_debats2013": 1, "germeval2014": 1, "piaf_wiki": 1,
    "gouv_docs": 1, "ud": 1, "eltec": 8,
}  # fmt: skip


def report(line: str) -> None:
    """Print a line of progress with the time of day."""
    print(time.strftime("%H:%M:%S"), line, flush=True)


@dataclass(slots=True)
class Corpus:
    """Pairs as indices into `texts`; consecutive entries of a group are consecutive lines."""

    texts: list[str]
    language: list[str]
    same: list[int]  # equal for texts that are equal when normalised
    left: list[int]
    right: list[int]
    group: list[int]
    groups: list[tuple[str, int]]  # source, index into PAIRS


def read_corpus(data: Path) -> Corpus:
    """All training pairs. Order: by language pair and source, then by line."""
    rows = list(read_rows(data))
    excluded = set(evaluation_texts(data))
    for row in rows:
        if row.held_out:
            keys = map(normalised, row.texts.values())
            excluded.update(key for key in keys if key.count(" ") >= 3)
    builder = _Builder(excluded)
    for row in rows:
        if not row.held_out:
            builder.add(row)
    return builder.corpus()


class _Builder:
    """Gathers the pairs of a corpus, each only once."""

    def __init__(self, excluded: set[str]) -> None:
        self.excluded = excluded
        self.seen: set[tuple[int, int]] = set()
        self.texts: dict[tuple[str, str], int] = {}
        self.same: list[int] = []
        self.same_ids: dict[tuple[str, str], int] = {}
        self.left: list[int] = []
        self.right: list[int] = []
        self.group: list[int] = []
        self.groups: dict[tuple[str, int], int] = {}

    def add(self, row: Row) -> None:
        """Add the pairs of one row; a row with an excluded text is left out as a whole."""
        keys = {language: normalised(text) for language, text in row.texts.items()}
        if any(not key or key in self.excluded for key in keys.values()):
            return
        for index, (one, other) in enumerate(PAIRS):
            if one in keys and other in keys and acceptable(row.texts[one], row.texts[other]):
                left = self._text(row.texts[one], one, keys[one])
                right = self._text(row.texts[other], other, keys[other])
                self._pair(left, right, (row.source, index))

    def _text(self, text: str, language: str, key: str) -> int:
        number = self.texts.setdefault((language, text), len(self.texts))
        if number == len(self.same):
            self.same.append(self.same_ids.setdefault((language, key), len(self.same_ids)))
        return number

    def _pair(self, left: int, right: int, group: tuple[str, int]) -> None:
        pair = (self.same[left], self.same[right])
        if pair not in self.seen:
            self.seen.add(pair)
            self.left.append(left)
            self.right.append(right)
            self.group.append(self.groups.setdefault(group, len(self.groups)))

    def corpus(self) -> Corpus:
        return Corpus(
            texts=[text for _, text in self.texts],
            language=[language for language, _ in self.texts],
            same=self.same,
            left=self.left,
            right=self.right,
            group=self.group,
            groups=list(self.groups),
        )


def new_tokenizer() -> Tokenizer:
    """Normalisation and word splitting, before any vocabulary.

    Every word, number and sign begins with the metaspace, so that a word is the same token after
    a space, an apostrophe or a hyphen. Digits are cut from the right in threes: 1,250 and 1.250
    and 1 250 and 1250 give the same two numbers.
    """
    tokenizer = Tokenizer(models.Unigram())
    replaced = [("’", "'"), ("ß", "ss"), ("œ", "oe"), ("æ", "ae"), ("\N{SOFT HYPHEN}", "")]
    quotes = Regex("[«»„“”‟‹›]")
    dashes = Regex("[‐‑‒–—―−]")
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.NFKC(),
            normalizers.Lowercase(),
            *[normalizers.Replace(old, new) for old, new in replaced],
            normalizers.Replace(quotes, '"'),
            normalizers.Replace(dashes, "-"),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.WhitespaceSplit(),
            pre_tokenizers.Split(Regex(r"\d{1,3}(?=(?:\d{3})*(?!\d))"), "isolated"),
            pre_tokenizers.Split(Regex(r"[^\w\s]|_"), "isolated"),
            pre_tokenizers.Metaspace(prepend_scheme="always", split=False),
        ]
    )
    tokenizer.decoder = decoders.Metaspace(prepend_scheme="always")
    return tokenizer


def train_tokenizer(corpus: Corpus, data: Path, size: int, path: Path) -> Tokenizer:
    """Train a unigram vocabulary of about `size` pieces and write it to `path`."""
    sample = [text for number, text in enumerate(corpus.texts) if number % 3 == 0]
    for name, every in MONO.items():
        sample += read_mono(data, name, every)
    tokenizer = new_tokenizer()
    trainer = trainers.UnigramTrainer(
        vocab_size=size,
        special_tokens=[UNKNOWN],
        unk_token=UNKNOWN,
        max_piece_length=20,
        shrinking_factor=0.6,
    )
    no_digits = str.maketrans("", "", "0123456789")
    tokenizer.train_from_iterator((text.translate(no_digits) for text in sample), trainer)
    document = json.loads(tokenizer.to_str())
    pieces = dict(document["model"]["vocab"])
    _add_first_pieces(pieces, tokenizer, sample)
    _add_numbers(pieces)
    document["model"]["vocab"] = list(pieces.items())
    path.write_text(json.dumps(document, ensure_ascii=False, separators=(",", ":")), "utf8")
    return Tokenizer.from_file(str(path))


def _add_first_pieces(pieces: dict[str, float], tokenizer: Tokenizer, sample: list[str]) -> None:
    """Join a lone metaspace and the piece after it, so that it never stands alone.

    The trainer likes to split "▁" off, which doubles every sign and makes the French word "a"
    the same token as the ending "a".
    """
    words: Counter[str] = Counter()
    for text in sample[::4]:
        words.update(_WORD.findall(tokenizer.normalizer.normalize_str(text)))
    frequent = [word for word, count in words.items() if count >= 3]
    total = sum(words.values())
    first: Counter[str] = Counter()
    for word, encoding in zip(frequent, tokenizer.encode_batch(frequent), strict=True):
        if len(encoding.tokens) > 1 and encoding.tokens[0] == METASPACE:
            first[encoding.tokens[1]] += words[word]
    for piece, count in first.items():
        pieces.setdefault(METASPACE + piece, math.log(count / total))
    for piece in [piece for piece in pieces if len(piece) == 1 and piece != METASPACE]:
        pieces.setdefault(METASPACE + piece, -15.0)
    pieces[METASPACE] = -40.0


def _add_numbers(pieces: dict[str, float]) -> None:
    """Make every number of up to three digits one token, likelier than any two together."""
    for piece in [piece for piece in pieces if any(sign.isdigit() for sign in piece)]:
        del pieces[piece]
    for width in (1, 2, 3):
        for number in range(10**width):
            pieces[METASPACE + str(number).zfill(width)] = -9.0


def token_numbers(tokenizer: Tokenizer, texts: list[str]) -> tuple[Numbers, Numbers]:
    """Token numbers of all texts in one int32 array, and the n + 1 places where texts begin."""
    parts: list[Numbers] = []
    lengths = [0]
    for start in range(0, len(texts), 20000):
        batch = tokenizer.encode_batch_fast(texts[start : start + 20000], add_special_tokens=False)
        ids = [encoding.ids[:MAX_TOKENS] for encoding in batch]
        lengths += [len(row) for row in ids]
        parts.append(np.fromiter((i for row in ids for i in row), np.int32))
        report(f"tokens: {start + len(ids):,} of {len(texts):,} texts")
    return np.concatenate(parts), np.cumsum(lengths, dtype=np.int64)


def make_near_misses(corpus: Corpus) -> tuple[list[str], Numbers]:
    """Make changed copies of right-hand texts; for each pair the copy's index or -1."""
    rng = Random(SEED)  # noqa: S311 - repeatable, not secret
    names = _names_of(corpus, rng)
    words = _words_of(corpus, rng)
    kinds = (*KINDS, "word", "word")
    copies: list[str] = []
    place = np.full(len(corpus.left), -1, np.int32)
    for pair, (one, other) in enumerate(zip(corpus.left, corpus.right, strict=True)):
        text, language = corpus.texts[other], corpus.language[other]
        if len(text) < 25 or rng.random() < 0.4:  # more copies than training would draw
            continue
        for kind in rng.sample(kinds, 4):
            if kind == "word":
                copy = _other_word(text, words[language], rng)
            else:
                copy = near_miss(kind, text, corpus.texts[one], language, rng, names)
            if copy and copy != text:
                place[pair] = len(copies)
                copies.append(copy)
                break
    return copies, place


def _names_of(corpus: Corpus, rng: Random) -> list[str]:
    sample = rng.sample(range(len(corpus.left)), min(60000, len(corpus.left)))
    found: set[str] = set()
    for pair in sample:
        other = set(corpus.texts[corpus.right[pair]].split())
        words = corpus.texts[corpus.left[pair]].split()
        found.update(w for w in words if w.isalpha() and len(w) > 3 and w.istitle() and w in other)
    return sorted(found)


def _words_of(corpus: Corpus, rng: Random) -> dict[str, list[str]]:
    words: dict[str, list[str]] = {language: [] for language in LANGUAGES}
    for number in rng.sample(range(len(corpus.texts)), min(60000, len(corpus.texts))):
        found = [w for w in corpus.texts[number].split() if w.isalpha() and len(w) > 5]
        words[corpus.language[number]] += found[1:4]
    return words


def _other_word(text: str, words: list[str], rng: Random) -> str | None:
    parts = text.split()
    long = [i for i, word in enumerate(parts) if word.isalpha() and len(word) > 5]
    if not long:
        return None
    parts[rng.choice(long)] = rng.choice(words)
    return " ".join(parts)


def prepare(data: Path, work: Path, size: int) -> None:
    """Step 1: writes tokenizer.json, tokens.npz and scored.npz into `work`."""
    if (work / "tokens.npz").exists():
        return
    corpus = read_corpus(data)
    report(f"{len(corpus.left):,} pairs, {len(corpus.texts):,} texts")
    path = work / "tokenizer.json"
    trained = path.exists()
    tokenizer = (
        Tokenizer.from_file(str(path)) if trained else train_tokenizer(corpus, data, size, path)
    )
    report(f"tokenizer: {tokenizer.get_vocab_size():,} pieces")
    copies, place = make_near_misses(corpus)
    report(f"near misses: {len(copies):,}")
    tokens, starts = token_numbers(tokenizer, corpus.texts + copies)
    _prepare_scored(data, tokenizer, work)
    _prepare_check(data, tokenizer, work)
    place[place >= 0] += len(corpus.texts)
    np.savez(
        work / "tokens.npz",
        tokens=tokens,
        starts=starts,
        same=np.array(corpus.same + [-1] * len(copies), np.int32),
        left=np.array(corpus.left, np.int32),
        right=np.array(corpus.right, np.int32),
        miss=place,
        group=np.array(corpus.group, np.int32),
        group_pair=np.array([index for _, index in corpus.groups], np.int32),
        group_weight=np.array([WEIGHTS.get(name, 1.0) for name, _ in corpus.groups]),
    )


def _prepare_scored(data: Path, tokenizer: Tokenizer, work: Path) -> None:
    """STS-B training pairs within and across French and German."""
    left: list[str] = []
    right: list[str] = []
    scores: list[float] = []
    excluded = evaluation_texts(data)
    german = {r.texts["fr"]: r.texts["de"] for r in read_rows(data) if r.source == "stsb_train_mt"}
    for language in ("fr", "de"):
        for one, other, score in read_scored(data, language):
            if normalised(one) in excluded or normalised(other) in excluded:
                continue
            sides = [(one, other)]
            if language == "fr" and other in german:
                sides.append((one, german[other]))
            if language == "fr" and one in german:
                sides.append((german[one], other))
            for a, b in sides:
                left.append(a)
                right.append(b)
                scores.append(score)
    tokens, starts = token_numbers(tokenizer, left + right)
    np.savez(work / "scored.npz", tokens=tokens, starts=starts, scores=np.array(scores))


def _prepare_check(data: Path, tokenizer: Tokenizer, work: Path) -> None:
    """Held-out fr-de pairs for the check after each epoch."""
    excluded = evaluation_texts(data)
    pairs = [
        (row.texts["fr"], row.texts["de"])
        for row in read_rows(data)
        if row.held_out and "fr" in row.texts and "de" in row.texts
        and len(row.texts["fr"].split()) >= 5 and normalised(row.texts["fr"]) not in excluded
    ]  # fmt: skip
    pairs = sorted(set(pairs))[:: max(1, len(set(pairs)) // 3000)]
    tokens, starts = token_numbers(tokenizer, [a for a, _ in pairs] + [b for _, b in pairs])
    np.savez(work / "check.npz", tokens=tokens, starts=starts)
