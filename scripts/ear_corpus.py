"""The ear's clean text in tokens with their tags: what the corruptions start from.

Tags come from a small tagger of the ear's own build, trained here on the treebanks: rough, and good
enough to tell where a fault of some kind can be put.
"""

from __future__ import annotations

import pickle
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from ear_data import FEWEST, LANGUAGES, MOST, Tagged, Tokens, clean_sentences, treebank
from ear_network import Feeder, Lexicon, Network, Sentences, Size
from torch.nn import functional
from tqdm import tqdm

from auditor.fluency.ear_tokens import PAIR_BITS, pair_bits, pair_keys, word_key

# Words that are known each by itself, most frequent first; all others go by their affixes.
KNOWN = {"fr": 36_000, "de": 44_000}
_FEWEST_SEEN = 4
HELD = 4_000  # sentences of each language that are never learnt from
SHIPPED = 75_000  # of them, known at run time: the weights stay below 8 MB
SEEN_TIMES = 2  # how often a pair of words was seen, to count as one that goes together
_TAGGER = {"hidden": 96, "word": 48, "dilations": (1, 2, 3)}


@dataclass(slots=True)
class Corpus:
    """Clean sentences of one language, end to end, with what the tagger says."""

    language: str
    forms: list[str]  # distinct forms
    numbers: np.ndarray  # of each token's form
    spaced: np.ndarray
    tags: np.ndarray
    lengths: np.ndarray
    counts: dict[str, int]  # how often each form was seen, in lower case


@dataclass(slots=True)
class Prepared:
    """All that the corruptions and the training need."""

    corpora: dict[str, Corpus]
    treebanks: dict[str, list[Tagged]]
    tags: list[str]
    keys: np.ndarray  # of the known words, sorted


def prepare(data: Path, work: Path) -> Prepared:
    """Read, tokenise and tag; kept in `work` for the next time."""
    kept = work / "prepared.pickle"
    if kept.exists():
        found: Prepared = pickle.loads(kept.read_bytes())  # noqa: S301 - our own file
        return found
    corpora = {code: _corpus(clean_sentences(data, code), code) for code in LANGUAGES}
    treebanks = {code: treebank(data, code) for code in LANGUAGES}
    tags = sorted({tag for bank in treebanks.values() for one in bank for tag in one.tags})
    prepared = Prepared(corpora, treebanks, tags, _known(corpora))
    _tag(prepared)
    work.mkdir(parents=True, exist_ok=True)
    kept.write_bytes(pickle.dumps(prepared, protocol=5))
    return prepared


def _corpus(sentences: list[str], code: str) -> Corpus:
    numbers: dict[str, int] = {}
    ids: list[int] = []
    spaced: list[bool] = []
    lengths: list[int] = []
    for sentence in tqdm(sentences, desc=f"tokens {code}", mininterval=5):
        tokens = Tokens.of(sentence)
        if FEWEST <= len(tokens.forms) <= MOST:
            ids += [numbers.setdefault(form, len(numbers)) for form in tokens.forms]
            spaced += tokens.spaced
            lengths.append(len(tokens.forms))
    array = np.array(ids, np.int32)
    seen = np.bincount(array, minlength=len(numbers))
    counts: Counter[str] = Counter()
    for form, number in numbers.items():
        counts[form.lower()] += int(seen[number])
    return Corpus(
        code, list(numbers), array, np.array(spaced, np.bool_),
        np.zeros(len(array), np.int8), np.array(lengths, np.int32), dict(counts),
    )  # fmt: skip


def _known(corpora: dict[str, Corpus]) -> np.ndarray:
    keys = [
        word_key(form, code)
        for code, corpus in corpora.items()
        for form, count in Counter(corpus.counts).most_common(KNOWN[code])
        if count >= _FEWEST_SEEN
    ]
    return np.unique(np.array(keys, np.uint32))


def kept_words(prepared: Prepared) -> np.ndarray:
    """Keys of the most frequent words, as many as the package's weights may hold."""
    counts: Counter[int] = Counter()
    for code, corpus in prepared.corpora.items():
        for form, count in corpus.counts.items():
            counts[word_key(form, code)] += count
    often = sorted(prepared.keys.tolist(), key=lambda key: (-counts[key], key))[:SHIPPED]
    return np.array(sorted(often), np.uint32)


def encoded(
    found: list[tuple[Tokens, list[int], list[int]]], lexicon: Lexicon, code: str
) -> Sentences:
    """Sentences with tags and labels as arrays."""
    return Sentences(
        np.array([lexicon.number(f, code) for one, _, _ in found for f in one.forms], np.int32),
        np.array([3 * j for one, _, _ in found for j in one.joints()], np.int8),
        np.array([tag for _, tags, _ in found for tag in tags], np.int8),
        np.array([label for _, _, labels in found for label in labels], np.int8),
        np.array([len(one.forms) for one, _, _ in found], np.int32),
    )


def joined(parts: list[Sentences]) -> Sentences:
    """Several lots of sentences as one."""
    return Sentences(
        *(
            np.concatenate([getattr(part, name) for part in parts])
            for name in ("forms", "ties", "tags", "labels", "lengths")
        )
    )


# --- pairs of words ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Pairs:
    """How often known words follow one another: sorted keys and counts."""

    keys: np.ndarray
    counts: np.ndarray

    @classmethod
    def of(cls, prepared: Prepared, held: int) -> Pairs:
        """Pairs of all corpora, the last `held` sentences of each left out."""
        found = []
        for code, corpus in prepared.corpora.items():
            words = known_keys(corpus.forms, code, prepared.keys)
            end = int(corpus.lengths[: len(corpus.lengths) - held].sum())
            keys, inner = pairs_of(words[corpus.numbers[:end]], corpus.lengths)
            found.append(keys[inner])
        return cls(*np.unique(np.concatenate(found), return_counts=True))

    def count(self, keys: np.ndarray) -> np.ndarray:
        """How often pairs were seen."""
        at = np.searchsorted(self.keys, keys).clip(0, len(self.keys) - 1)
        return np.where(self.keys[at] == keys, self.counts[at], 0)

    def table(self) -> np.ndarray:
        """Pairs that were seen more than once, as bits: `auditor.fluency.ear_network` reads it."""
        bits = np.zeros(PAIR_BITS, np.bool_)
        bits[pair_bits(self.keys[self.counts >= SEEN_TIMES]).ravel()] = True
        return np.packbits(bits, bitorder="little")


def known_keys(forms: list[str], code: str, known: np.ndarray) -> np.ndarray:
    """Keys of forms, 0 for those that are not known words."""
    keys = np.array([word_key(form, code) for form in forms], np.uint32)
    found = np.searchsorted(known, keys).clip(0, len(known) - 1)
    return np.where(known[found] == keys, keys, 0).astype(np.uint32)


def pairs_of(words: np.ndarray, lengths: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The key of each token with the one before it, and where both are known words."""
    keys = np.zeros(len(words), np.uint64)
    keys[1:] = pair_keys(words[:-1], words[1:])
    inner = np.zeros(len(words), np.bool_)
    inner[1:] = (words[:-1] > 0) & (words[1:] > 0)
    starts = np.concatenate([[0], np.cumsum(lengths)])
    inner[starts[starts < len(words)]] = False
    return keys, inner


# --- the tagger -------------------------------------------------------------------------------


def _tag(prepared: Prepared) -> None:
    torch.manual_seed(1)
    lexicon = Lexicon(prepared.keys)
    numbers = {tag: number for number, tag in enumerate(prepared.tags)}
    parts, kept = [], []
    for code, bank in prepared.treebanks.items():
        lot = [(one.tokens, [numbers[t] for t in one.tags], [0] * len(one.tags)) for one in bank]
        kept += [encoded(lot[::20], lexicon, code)]
        lot = [one for index, one in enumerate(lot) if index % 20]
        parts += [encoded(lot, lexicon, code)] * (1 if code == "fr" else 5)
    corpora = [_as_sentences(corpus, lexicon) for corpus in prepared.corpora.values()]
    rows = lexicon.rows()
    network = _train_tagger(joined(parts), rows, len(prepared.keys), len(prepared.tags))
    for code, held in zip(prepared.treebanks, kept, strict=True):
        right = _tags_of(network, held, rows) == held.tags
        print(f"tagger {code}: {right.mean():.3f} of held-out tokens right", flush=True)
    for corpus, sentences in zip(prepared.corpora.values(), corpora, strict=True):
        corpus.tags = _tags_of(network, sentences, rows)


def _as_sentences(corpus: Corpus, lexicon: Lexicon) -> Sentences:
    numbers = np.array([lexicon.number(f, corpus.language) for f in corpus.forms], np.int32)
    forms = [corpus.forms[n] for n in corpus.numbers]
    joints = np.zeros(len(forms), np.int8)
    ends = np.cumsum(corpus.lengths)
    for start, end in zip(ends - corpus.lengths, ends, strict=True):
        tokens = Tokens(forms[start:end], corpus.spaced[start:end].tolist())
        joints[start:end] = tokens.joints()
    none = np.zeros(len(forms), np.int8)
    return Sentences(numbers[corpus.numbers], 3 * joints, none, none, corpus.lengths)


def _train_tagger(sentences: Sentences, rows: np.ndarray, words: int, tags: int) -> Network:
    network = Network(Size(words, tags, **_TAGGER), dropout=0.2)  # type: ignore[arg-type]
    generator = np.random.default_rng(1)
    feeder = Feeder(sentences, torch.from_numpy(rows))
    epochs = 7
    groups = [g for _ in range(epochs) for g in sentences.batches(3000, generator)]
    optimiser = torch.optim.AdamW(network.parameters(), lr=4e-3, weight_decay=0.01, fused=True)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, 4e-3, total_steps=len(groups))
    for group in tqdm(groups, desc="tagger", mininterval=5):
        batch = feeder.feed(group, forget=0.2)
        scores = network(batch["forms"], batch["inverse"], batch["ties"], batch["mask"])
        inside = batch["mask"] > 0
        loss = functional.cross_entropy(scores[inside][:, 1:], batch["tags"][inside])
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimiser.step()
        schedule.step()
    return network.eval()


@torch.no_grad()
def _tags_of(network: Network, sentences: Sentences, rows: np.ndarray) -> np.ndarray:
    out = np.zeros(len(sentences.forms), np.int8)
    feeder = Feeder(sentences, torch.from_numpy(rows))
    starts = np.cumsum(sentences.lengths) - sentences.lengths
    for group in tqdm(sentences.batches(16_000, np.random.default_rng(1)), mininterval=5):
        batch = feeder.feed(group)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            scores = network(batch["forms"], batch["inverse"], batch["ties"], batch["mask"])
        best = scores[..., 1:].argmax(-1).numpy()
        for row, index in enumerate(group):
            length = int(sentences.lengths[index])
            start = int(starts[index])
            out[start : start + length] = best[row, :length]
    return out
