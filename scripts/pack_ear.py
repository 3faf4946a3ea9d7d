"""The ear's clean text and tables in one small file: all that `train_ear.py` learns from.

Prepared text is large; a machine that trains may be far away and know no dictionary. The file holds
a share of the sentences (modern prose first, the last ones of `ear_corpus.HELD` never), their tags,
which pairs of words were seen in other sentences too, families of forms, the known words and the
table of pairs.

    python scripts/pack_ear.py --data ../shared --work /tmp/ear --out ear.npz
"""

from __future__ import annotations

import argparse
import io
import lzma
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from ear_corpus import (
    HELD,
    SEEN_TIMES,
    Corpus,
    Pairs,
    Prepared,
    kept_words,
    known_keys,
    pairs_of,
    prepare,
)
from ear_data import FEWEST, LANGUAGES, MOST, Tagged, clean_sentences, families, sources
from tqdm import tqdm

from auditor.fluency.ear_tokens import tokenise

# How much of a source is taken before another one: software manuals, law, lists of short sentences
# and old novels are large and unlike the prose that is audited.
_WEIGHTS = {
    "msdocs_ht": 0.25, "msdocs_ht_only_de": 0.25, "msdocs_ht_only_fr": 0.25, "msdocs_sql_ht": 0.15,
    "swiss_law": 0.2, "bible": 0.3, "tatoeba": 0.25, "tatoeba_pivot": 0.25, "eltec": 0.5,
    "commonvoice": 0.8, "bundestag": 0.7, "an_debats2013": 0.9,
}  # fmt: skip
_USUAL = 1.0
_CLOSED = ("DET", "ADP_DET", "AUX_FIN", "AUX_INF", "AUX_PART", "PRON")
_FILTERS = [
    {"id": lzma.FILTER_LZMA2, "preset": 9 | lzma.PRESET_EXTREME, "lc": 0, "lp": 2, "pb": 2,
     "dict_size": 1 << 26}
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pack:
    """What is learnt from; `prepared` has no treebanks."""

    prepared: Prepared
    families: dict[str, dict[str, list[str]]]  # by language and form, in lower case
    elsewhere: dict[str, np.ndarray]  # whether a token and the one before it were seen in a row
    kept: np.ndarray  # keys of the words that stay known
    table: np.ndarray  # pairs that were seen, as bits


def main() -> None:
    """Write the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder that holds data/")
    parser.add_argument("--work", type=Path, required=True, help="scratch: prepared text")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--tokens", type=float, default=4.2e6, help="of each language")
    options = parser.parse_args()
    prepared = prepare(options.data, options.work)
    pairs = Pairs.of(prepared, HELD)
    arrays: dict[str, np.ndarray] = {
        "keys": np.diff(prepared.keys, prepend=np.uint32(0)),
        "kept": np.packbits(np.isin(prepared.keys, kept_words(prepared))),
        "table": pairs.table(),
        "tags": _text(prepared.tags),
    }
    for code, corpus in prepared.corpora.items():
        picked = _picked(options.data, corpus, options.tokens)
        related = word_groups(corpus, prepared.treebanks[code])
        for name, array in _arrays(prepared, corpus, picked, pairs).items():
            arrays[f"{code}.{name}"] = array
        arrays[f"{code}.families"] = _text([" ".join(group) for group in related])
    packed = {name: _squeezed(array) for name, array in tqdm(arrays.items(), desc="squeezing")}
    options.out.parent.mkdir(parents=True, exist_ok=True)
    np.savez(options.out, **packed)  # type: ignore[arg-type]
    for name, lot in packed.items():
        print(f"{name:12} {len(lot):10,}")
    print(f"{'all':12} {options.out.stat().st_size:10,}")


def _picked(data: Path, corpus: Corpus, tokens: float) -> np.ndarray:
    """Numbers of the sentences that are taken, in their order."""
    origin: dict[str, str] = {}
    for name, sentences, _ in sources(data, corpus.language):
        for sentence in sentences:
            origin.setdefault(sentence, name)
    names = [
        origin[sentence]
        for sentence in clean_sentences(data, corpus.language)
        if FEWEST <= len(tokenise(sentence)) <= MOST
    ]
    assert len(names) == len(corpus.lengths)
    weights = np.array([_WEIGHTS.get(name, _USUAL) for name in names[:-HELD]])
    # Drawn without replacement, by weight: the largest of u ** (1 / weight).
    drawn = np.random.default_rng(5).random(len(weights)) ** (1 / weights)
    order = np.argsort(-drawn)
    end = int(np.searchsorted(np.cumsum(corpus.lengths[order]), tokens))
    print(corpus.language, Counter(names[n] for n in order[:end].tolist()).most_common())
    return np.sort(order[:end])


def _arrays(
    prepared: Prepared, corpus: Corpus, picked: np.ndarray, pairs: Pairs
) -> dict[str, np.ndarray]:
    """A corpus as small numbers."""
    ends = np.cumsum(corpus.lengths)
    starts = ends - corpus.lengths
    at = np.concatenate([np.arange(starts[n], ends[n]) for n in picked.tolist()])
    lengths = corpus.lengths[picked]
    words = known_keys(corpus.forms, corpus.language, prepared.keys)[corpus.numbers[at]]
    keys, inner = pairs_of(words, lengths)
    own = np.repeat(np.arange(len(lengths)), lengths).astype(np.uint64)
    _, back, times = np.unique(
        keys ^ (own * np.uint64(0xD6E8FEB86659FD93)), return_inverse=True, return_counts=True
    )
    elsewhere = inner & (pairs.count(keys) - times[back] >= SEEN_TIMES)
    # Frequent forms have small numbers; of equally frequent ones those that look alike are near.
    seen, numbers = np.unique(corpus.numbers[at], return_inverse=True)
    counts = np.bincount(numbers)
    forms = [corpus.forms[n] for n in seen.tolist()]
    order = np.array(sorted(range(len(forms)), key=lambda n: (-counts[n], forms[n])))
    rank = np.argsort(order)
    numbers, forms = rank[numbers], [forms[n] for n in order.tolist()]
    tags, ranks = _ranked_tags(numbers, corpus.tags[at], len(forms), len(prepared.tags))
    return {
        "forms": _text(forms),
        "numbers": numbers.astype(np.int32),
        "odd": np.packbits(corpus.spaced[at] != _usually_spaced(numbers, forms, lengths)),
        "tags": ranks,
        "form_tags": tags,
        "lengths": lengths.astype(np.uint8),
        "elsewhere": np.packbits(elsewhere),
    }


def _ranked_tags(
    numbers: np.ndarray, tags: np.ndarray, forms: int, kinds: int
) -> tuple[np.ndarray, np.ndarray]:
    """The most frequent tag of each form; each token's tag, 0 where it is that one."""
    table = np.bincount(numbers.astype(np.int64) * kinds + tags, minlength=forms * kinds)
    usual = table.reshape(forms, kinds).argmax(axis=1).astype(np.int8)
    return usual, np.where(tags == usual[numbers], 0, tags + 1).astype(np.int8)


def _usually_spaced(numbers: np.ndarray, forms: list[str], lengths: np.ndarray) -> np.ndarray:
    """Whether each token is guessed to follow a space."""
    opens = np.array([form[-1] in "'-(" for form in forms])
    closes = np.array([form in (".", ",", ")", "-") for form in forms])
    spaced = ~closes[numbers]
    spaced[1:] &= ~opens[numbers[:-1]]
    spaced[np.cumsum(lengths) - lengths] = False
    return np.asarray(spaced)


def word_groups(corpus: Corpus, treebank: list[Tagged]) -> list[list[str]]:
    """Groups of forms that take one another's place: of one lemma, or closed-class ones."""
    groups: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for one in treebank:
        for form, tag, lemma in zip(one.tokens.forms, one.tags, one.lemmas, strict=True):
            if tag in _CLOSED and form.replace("'", "").isalpha():
                groups[tag[:3], lemma.lower()][form.lower()] += 1
    closed = [[form for form, count in group.items() if count > 1] for group in groups.values()]
    found = {tuple(sorted(group)) for group in (*families(corpus.counts, corpus.language), *closed)}
    return sorted([*group] for group in found if len(group) > 1)


def related_forms(groups: list[list[str]]) -> dict[str, list[str]]:
    """For each form the others of its groups."""
    found: dict[str, set[str]] = defaultdict(set)
    for group in groups:
        for form in group:
            found[form].update(group)
    return {form: sorted(group - {form}) for form, group in sorted(found.items())}


def _text(lines: list[str]) -> np.ndarray:
    return np.frombuffer("\n".join(lines).encode(), np.uint8)


def _squeezed(array: np.ndarray) -> np.ndarray:
    out = io.BytesIO()
    np.save(out, array)
    wide = array.dtype.itemsize > 1
    packed = [
        lzma.compress(out.getvalue(), filters=filters)
        for filters in ([_FILTERS] if wide else [None, _FILTERS])
    ]
    return np.frombuffer(min(packed, key=len), np.uint8)


# --- reading ----------------------------------------------------------------------------------


def unpack(path: Path) -> Pack:
    """Read what was packed."""
    with np.load(path) as file:
        arrays = {name: np.load(io.BytesIO(lzma.decompress(file[name]))) for name in file.files}
    keys = np.cumsum(arrays["keys"], dtype=np.uint32)
    kept = keys[np.unpackbits(arrays["kept"], count=len(keys)).astype(np.bool_)]
    corpora, related, elsewhere = {}, {}, {}
    for code in LANGUAGES:
        own = {n.partition(".")[2]: a for n, a in arrays.items() if n.startswith(f"{code}.")}
        corpora[code] = _corpus(own, code)
        related[code] = related_forms([line.split(" ") for line in _lines(own["families"])])
        bits = np.unpackbits(own["elsewhere"], count=len(own["numbers"]))
        elsewhere[code] = bits.astype(np.bool_)
    prepared = Prepared(corpora, {}, list(_lines(arrays["tags"])), keys)
    return Pack(prepared, related, elsewhere, kept, arrays["table"])


def _corpus(own: dict[str, np.ndarray], code: str) -> Corpus:
    forms, numbers = list(_lines(own["forms"])), own["numbers"]
    lengths = own["lengths"].astype(np.int32)
    odd = np.unpackbits(own["odd"], count=len(numbers)).astype(np.bool_)
    tags = np.where(own["tags"] == 0, own["form_tags"][numbers], own["tags"] - 1).astype(np.int8)
    counts: Counter[str] = Counter()
    for form, count in zip(forms, np.bincount(numbers, minlength=len(forms)).tolist(), strict=True):
        counts[form.lower()] += count
    spaced = _usually_spaced(numbers, forms, lengths) ^ odd
    return Corpus(code, forms, numbers, spaced, tags, lengths, dict(counts))


def _lines(array: np.ndarray) -> Iterator[str]:
    yield from array.tobytes().decode().split("\n")


if __name__ == "__main__":
    main()
