"""The tagger: what each word of a sentence is, in one pass over a whole document.

A word's features (``features.py``) and, for frequent forms, a vector of its own are added up to an
embedding, once per form. Three convolutions mix it with its neighbours up to seven words away, and
five linear heads tell class, number, gender, person and case. Trained by
``scripts/train_tagger.py``; the weights lie in ``auditor/data/fluency/tagger``.
"""

from __future__ import annotations

import hashlib
import json
import lzma
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from safetensors.numpy import load

from auditor.fluency.features import affix_features, form_feature, plain
from auditor.fluency.grammar import cuts
from auditor.fluency.tokens import LONGEST, Token, tokenize
from auditor.weights import DEFLATED, inflated

if TYPE_CHECKING:
    from numpy.typing import NDArray

NUMBERS = ("", "Sing", "Plur")
GENDERS = ("", "Masc", "Fem", "Neut")
PERSONS = ("", "1", "2", "3")
CASES = ("", "Nom", "Acc", "Dat", "Gen")
# How far the three convolutions look: offsets of the words that each of them mixes.
REACH = ((-2, -1, 0, 1, 2), (-1, 0, 1), (-4, -2, 0, 2, 4))
MARGIN = 4  # empty places between two sentences
# Kinds of words that rules ask for, and their letters in the table of forms.
KINDS = {"FIN": "f", "INF": "i", "PART": "p", "ADJ": "a", "NOUN": "n"}
_CHUNK = 16_000  # words that are read at once
_BATCH = 600  # places that go through the network together: they fit a core's cache
_KEPT = 60_000  # forms that are kept: those of many articles, within some 25 MB
_MAY = -1.0  # logit from which on a form is taken to have a reading
_FEATURES = [np.array(values) for values in (NUMBERS, GENDERS, PERSONS, CASES)]
_FOLDER = files("auditor") / "data" / "fluency" / "tagger"


class Word(NamedTuple):
    """A word in its sentence: code points ``start`` to ``end``, its form, and what it is.

    ``tag`` is a class such as NOUN, ADP+DET, VERB.Fin or PRON.Rel; ``sure`` the probability that
    the model gives it; the features are empty where a word has none. ``may``: what the form may be
    by itself, of FIN, INF, PART, ADJ and NOUN; of a ``rare`` form that is guessed from its letters.
    """

    start: int
    end: int
    form: str
    tag: str
    sure: float
    number: str = ""
    gender: str = ""
    person: str = ""
    case: str = ""
    may: frozenset[str] = frozenset()
    rare: bool = False

    @property
    def lower(self) -> str:
        """The form in lower case, with straight apostrophes."""
        return self.form.lower()


class _Form(NamedTuple):
    """A form by itself: its embedding, and as in ``Word`` what it may be."""

    vector: NDArray[np.float32]
    may: frozenset[str]
    rare: bool


class Tagger:
    """The model of one language."""

    def __init__(self, code: str) -> None:
        packed = inflated(_FOLDER / f"{code}{DEFLATED}")
        weights = load(packed)
        self.cuts = cuts(code)
        names = json.loads((_FOLDER / f"{code}.json").read_text(encoding="utf-8"))
        self.classes: tuple[str, ...] = tuple(names["classes"])
        self._names = np.array(self.classes)
        self._met: dict[str, _Form] = {}
        self._kinds = _kinds(names["readings"])
        self._usual = _usual(code)
        listed = lzma.decompress((_FOLDER / f"{code}.forms.txt.xz").read_bytes()).decode("utf-8")
        self._rows = {form: row for row, form in enumerate(listed.split("\n"))}
        self._buckets = weights["buckets"], float(weights["buckets.scale"][0])
        self._forms = weights["forms"], float(weights["forms.scale"][0])
        mixing = [weights[f"mix{n}"].astype(np.float32) for n in range(3)]
        self._biases = [weights[f"mix{n}.bias"].astype(np.float32) for n in range(3)]
        self._first, self._second, self._third = mixing
        self._heads = weights["heads"].astype(np.float32)
        self._heads_bias = weights["heads.bias"].astype(np.float32)
        self._direct = weights["direct"].astype(np.float32)
        self._readings = weights["readings"].astype(np.float32)
        self._readings_bias = weights["readings.bias"].astype(np.float32)

    def knows(self, form: str) -> bool:
        """Whether a form was frequent in what the model learnt from."""
        return form in self._rows

    def tag(self, texts: Sequence[str]) -> list[tuple[Word, ...]]:
        """The words of each text."""
        tokens = [tokenize(text, self.cuts) for text in texts]
        done: list[tuple[Word, ...]] = []
        for chunk in _chunks(tokens):
            done += self._words(chunk) if any(chunk) else [()] * len(chunk)
        return done

    def _words(self, sentences: Sequence[list[Token]]) -> list[tuple[Word, ...]]:
        tokens = [token for sentence in sentences for token in sentence]
        lengths = np.array([len(sentence) for sentence in sentences], np.intp)
        texts = [token.text for token in tokens]
        forms = list(dict.fromkeys(texts))
        known = self._known_forms(forms)
        numbers = dict(zip(forms, range(len(forms)), strict=True))
        rows = np.fromiter(map(numbers.__getitem__, texts), np.intp, len(texts))
        decided = self._decide(np.stack([form.vector for form in known]), rows, lengths)
        own = [known[row] for row in rows.tolist()]
        starts, ends, _ = zip(*tokens, strict=True)
        may = [form.may for form in own]
        rare = [form.rare for form in own]
        words = map(Word._make, zip(starts, ends, texts, *decided, may, rare, strict=True))
        return [tuple(islice(words, length)) for length in lengths.tolist()]

    def _known_forms(self, forms: Sequence[str]) -> list[_Form]:
        """What the forms are by themselves; those that were met before are not read anew."""
        new = [form for form in forms if form not in self._met]
        if len(self._met) + len(new) > _KEPT:
            self._met = {}
            new = list(forms)
        if new:
            embedded = self.embed(new)
            guesses = self._may(embedded)
            for form, vector, guess in zip(new, embedded, guesses, strict=True):
                usual = self._usual.get(form)
                may = guess if usual is None else usual
                self._met[form] = _Form(vector, may, usual is None)
        return [self._met[form] for form in forms]

    def _decide(
        self, embedded: NDArray[np.float32], rows: NDArray[np.intp], lengths: NDArray[np.intp]
    ) -> tuple[list[Any], ...]:
        """Class, its probability, and the four features of each token."""
        scores = self.scores(embedded, rows, lengths)
        count = len(self.classes)
        classes = scores[:, :count]
        tags = classes.argmax(1)
        sure = 1 / np.exp(classes - classes.max(1, keepdims=True)).sum(1)
        features: list[list[Any]] = [self._names[tags].tolist(), sure.tolist()]
        start = count
        for values in _FEATURES:
            features.append(values[scores[:, start : start + len(values)].argmax(1)].tolist())
            start += len(values)
        return tuple(features)

    def embed(self, forms: Sequence[str]) -> NDArray[np.float32]:
        """The embedding of each form by itself: (forms, dimension)."""
        table, scale = self._buckets
        own, own_scale = self._forms
        ids: list[int] = []
        starts: list[int] = []
        rows = np.full(len(forms), -1, np.int64)
        for number, written in enumerate(forms):
            form = plain(written)
            starts.append(len(ids))
            ids.append(form_feature(form))
            ids += affix_features(form)
            rows[number] = self._rows.get(form, self._rows.get(form.lower(), -1))
        summed = np.add.reduceat(table[ids].astype(np.float32), starts, axis=0) * scale
        listed = rows >= 0
        summed[listed] += own[rows[listed]].astype(np.float32) * own_scale
        result: NDArray[np.float32] = summed.astype(np.float32)
        return result

    def _may(self, embedded: NDArray[np.float32]) -> list[frozenset[str]]:
        """What each form may be by itself."""
        likely = embedded @ self._readings + self._readings_bias > _MAY
        sets: dict[bytes, frozenset[str]] = {}  # of most forms the same few
        for row in likely:
            if row.tobytes() not in sets:
                kinds = frozenset(self._kinds[i] for i in np.flatnonzero(row))
                sets[row.tobytes()] = kinds - {""}
        return [sets[row.tobytes()] for row in likely]

    def scores(
        self, embedded: NDArray[np.float32], rows: NDArray[np.intp], lengths: NDArray[np.intp]
    ) -> NDArray[np.float32]:
        """The scores of all heads for each token.

        ``embedded`` are forms, ``rows`` tells which of them each token has, ``lengths`` how many
        tokens each sentence has.
        """
        # The first convolution is a sum of what each neighbour brings: once per form is enough.
        kernel, _, hidden = self._first.shape
        brought = embedded @ self._first.transpose(1, 0, 2).reshape(-1, kernel * hidden)
        empty = np.zeros((1, kernel * hidden), np.float32)
        brought = np.concatenate([brought, empty]).reshape(-1, kernel, hidden)
        scores = (embedded @ self._direct + self._heads_bias)[rows]
        end = 0
        for count in _batches(lengths):
            at = slice(end, end := end + int(count.sum()))
            scores[at] += self._convolved(brought, rows[at], count) @ self._heads
        return scores

    def _convolved(
        self, brought: NDArray[np.float32], rows: NDArray[np.intp], lengths: NDArray[np.intp]
    ) -> NDArray[np.float32]:
        """What the convolutions make of each token of some sentences: (tokens, hidden)."""
        own = np.arange(len(rows)) + MARGIN * (np.repeat(np.arange(len(lengths)), lengths) + 1)
        places = np.full(len(rows) + MARGIN * (len(lengths) + 1), len(brought) - 1, np.intp)
        places[own] = rows
        width = len(places) - 2 * MARGIN
        hidden = np.zeros((len(places), brought.shape[2]), np.float32)
        inner = hidden[MARGIN:-MARGIN]
        for number, offset in enumerate(REACH[0]):
            inner += brought[places[MARGIN + offset : MARGIN + offset + width], number]
        filled = (places[MARGIN:-MARGIN, None] < len(brought) - 1).astype(np.float32)
        _activate(inner, self._biases[0], filled)
        for number, weights in ((1, self._second), (2, self._third)):
            inner += _activate(_mix(hidden, weights, REACH[number]), self._biases[number], filled)
        result: NDArray[np.float32] = hidden[own]
        return result


def kind_of(tag: str) -> str:
    """The kind of a class; empty where no rule asks for it."""
    endings = {"Fin": "FIN", "Imp": "FIN", "Inf": "INF", "Izu": "INF", "Part": "PART"}
    if tag.startswith(("VERB", "AUX")):
        return endings.get(tag.partition(".")[2], "")
    return {"ADJ": "ADJ", "NOUN": "NOUN", "PROPN": "NOUN"}.get(tag, "")


@cache
def _usual(code: str) -> Mapping[str, frozenset[str]]:
    """What frequent forms usually are (``scripts/learn_forms.py``)."""
    file = _FOLDER / f"{code}.kinds.txt.xz"
    if not file.is_file():
        return {}
    sets: dict[str, frozenset[str]] = {}
    lines = lzma.decompress(file.read_bytes()).decode("utf-8").split("\n")
    names = {letter: kind for kind, letter in KINDS.items()}
    table = {}
    for line in lines:
        form, letters = line.split(" ")
        if letters not in sets:
            sets[letters] = frozenset(names[letter] for letter in letters)
        table[form] = sets[letters]
    return table


def _kinds(readings: Sequence[str]) -> tuple[str, ...]:
    """What each reading of the inflection lists comes to; empty where no rule asks for it."""
    known = {"PA2": "PART", "EIZ": "INF"}
    kinds = (known.get(reading, reading.split(".")[0]) for reading in readings)
    return tuple(kind if kind in ("FIN", "INF", "PART", "ADJ", "NOUN") else "" for kind in kinds)


def _mix(
    hidden: NDArray[np.float32], weights: NDArray[np.float32], reach: tuple[int, ...]
) -> NDArray[np.float32]:
    """One convolution of the places that have neighbours: (places, width) to (fewer, width)."""
    end = len(hidden) - MARGIN
    around = np.concatenate([hidden[MARGIN + n : end + n] for n in reach], axis=1)
    return np.asarray(around @ weights.reshape(-1, weights.shape[2]), np.float32)


def _activate(
    values: NDArray[np.float32], bias: NDArray[np.float32], filled: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Rectified in place, and zero between the sentences."""
    values += bias
    np.maximum(values, 0, out=values)
    values *= filled
    return values


def _batches(lengths: NDArray[np.intp]) -> Iterable[NDArray[np.intp]]:
    """The lengths of sentences, in groups that are read together."""
    group = (np.cumsum(lengths + MARGIN) - 1) // _BATCH
    return np.split(lengths, np.flatnonzero(np.diff(group)) + 1)


def _chunks(sentences: Iterable[list[Token]]) -> Iterable[list[list[Token]]]:
    """Sentences in groups of some thousand words."""
    group: list[list[Token]] = []
    size = 0
    for sentence in sentences:
        group.append(sentence)
        size += len(sentence)
        if size > _CHUNK:
            yield group
            group, size = [], 0
    if group:
        yield group


@cache
def available() -> tuple[str, ...]:
    """Codes of the languages that have a model."""
    return tuple(
        sorted(
            row.name.removesuffix(DEFLATED)
            for row in _FOLDER.iterdir()
            if row.name.endswith(DEFLATED)
        )
    )


@cache
def tagger(code: str) -> Tagger:
    """The model of a language, loaded once."""
    return Tagger(code)


def read_words(texts: Sequence[str], code: str) -> list[tuple[Word, ...]]:
    """The words of each text; none where the language has no model, or the text is no sentence."""
    if code not in available():
        return [()] * len(texts)
    return tagger(code).tag([text if len(text) <= LONGEST else "" for text in texts])


@cache
def digest() -> str:
    """Eight hexadecimal digits that change when any model or row of grammar does."""
    rows = sorted(files("auditor").joinpath("data", "fluency").iterdir(), key=lambda row: row.name)
    models = sorted(_FOLDER.iterdir(), key=lambda row: row.name)
    data = b"".join(file.read_bytes() for file in [*rows, *models] if file.is_file())
    return hashlib.sha256(data).hexdigest()[:8]
