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
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from safetensors.numpy import load

from auditor.fluency.features import affix_features, form_feature, plain
from auditor.fluency.grammar import cuts
from auditor.fluency.tokens import Token, tokenize

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
_CHUNK = 16_000  # words that are tagged at once
_MAY = -1.0  # logit from which on a form is taken to have a reading
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


class Tagger:
    """The model of one language."""

    def __init__(self, code: str) -> None:
        packed = (_FOLDER / f"{code}.safetensors").read_bytes()
        weights = load(packed)
        self.cuts = cuts(code)
        names = json.loads((_FOLDER / f"{code}.json").read_text(encoding="utf-8"))
        self.classes: tuple[str, ...] = tuple(names["classes"])
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
            done += self._words(chunk)
        return done

    def _words(self, sentences: Sequence[list[Token]]) -> list[tuple[Word, ...]]:
        numbers: dict[str, int] = {}
        width = sum(len(sentence) + MARGIN for sentence in sentences) + MARGIN
        places = np.full(width, -1, np.int64)
        at = MARGIN
        for sentence in sentences:
            for offset, token in enumerate(sentence):
                places[at + offset] = numbers.setdefault(token.text, len(numbers))
            at += len(sentence) + MARGIN
        forms = list(numbers)
        embedded = self.embed(forms)
        tags, sure, features = self._decide(embedded, places)
        usual = [self._usual.get(form) for form in forms]
        may = [
            guess if known is None else known
            for known, guess in zip(usual, self._may(embedded), strict=True)
        ]
        words = []
        at = MARGIN
        for sentence in sentences:
            words.append(
                tuple(
                    Word(
                        token.start,
                        token.end,
                        token.text,
                        self.classes[tags[at + offset]],
                        float(sure[at + offset]),
                        NUMBERS[features[0][at + offset]],
                        GENDERS[features[1][at + offset]],
                        PERSONS[features[2][at + offset]],
                        CASES[features[3][at + offset]],
                        may[places[at + offset]],
                        usual[places[at + offset]] is None,
                    )
                    for offset, token in enumerate(sentence)
                )
            )
            at += len(sentence) + MARGIN
        return words

    def _decide(
        self, embedded: NDArray[np.float32], places: NDArray[np.int64]
    ) -> tuple[NDArray[np.int64], NDArray[np.float32], list[NDArray[np.int64]]]:
        """Class, its probability, and the four features of each place."""
        scores = self.scores(embedded, places)
        count = len(self.classes)
        exponentials = np.exp(scores[:, :count] - scores[:, :count].max(1, keepdims=True))
        tags = exponentials.argmax(1)
        sure = exponentials.max(1) / exponentials.sum(1)
        features = []
        start = count
        for values in (NUMBERS, GENDERS, PERSONS, CASES):
            features.append(scores[:, start : start + len(values)].argmax(1))
            start += len(values)
        return tags.astype(np.int64), sure.astype(np.float32), features

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
        return [frozenset(self._kinds[i] for i in np.flatnonzero(row)) - {""} for row in likely]

    def scores(
        self, embedded: NDArray[np.float32], places: NDArray[np.int64]
    ) -> NDArray[np.float32]:
        """The scores of all heads for each place, given the embeddings of the forms there."""
        filled = places >= 0
        # The first convolution is a sum of what each neighbour brings: once per form is enough.
        brought = np.einsum("fd,kdh->kfh", embedded, self._first, optimize=True)
        empty = np.zeros((brought.shape[0], 1, brought.shape[2]), np.float32)
        brought = np.concatenate([brought, empty], 1)
        hidden = np.zeros((len(places), brought.shape[2]), np.float32)
        for weights, offset in zip(brought, REACH[0], strict=True):
            here, there = _shifted(len(places), offset)
            hidden[here] += weights[places[there]]
        hidden = _activate(hidden, self._biases[0], filled)
        hidden = hidden + _activate(_mix(hidden, self._second, REACH[1]), self._biases[1], filled)
        hidden = hidden + _activate(_mix(hidden, self._third, REACH[2]), self._biases[2], filled)
        direct = np.concatenate(
            [embedded @ self._direct, np.zeros((1, self._direct.shape[1]), np.float32)]
        )
        result: NDArray[np.float32] = hidden @ self._heads + self._heads_bias + direct[places]
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


def _shifted(length: int, offset: int) -> tuple[slice, slice]:
    """Places that have a neighbour at an offset, and these neighbours."""
    return (
        slice(max(0, -offset), length - max(0, offset)),
        slice(max(0, offset), length + min(0, offset)),
    )


def _mix(
    hidden: NDArray[np.float32], weights: NDArray[np.float32], reach: tuple[int, ...]
) -> NDArray[np.float32]:
    """One convolution: (places, width) to (places, width)."""
    mixed = np.zeros_like(hidden)
    for matrix, offset in zip(weights, reach, strict=True):
        here, there = _shifted(len(hidden), offset)
        mixed[here] += hidden[there] @ matrix
    return mixed


def _activate(
    values: NDArray[np.float32], bias: NDArray[np.float32], filled: NDArray[np.bool_]
) -> NDArray[np.float32]:
    """Rectified, and zero between the sentences."""
    result: NDArray[np.float32] = np.maximum(values + bias, 0) * filled[:, None]
    return result


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
            row.name.removesuffix(".safetensors")
            for row in _FOLDER.iterdir()
            if row.name.endswith(".safetensors")
        )
    )


@cache
def tagger(code: str) -> Tagger:
    """The model of a language, loaded once."""
    return Tagger(code)


def read_words(texts: Sequence[str], code: str) -> list[tuple[Word, ...]]:
    """The words of each text; none where the language has no model."""
    return tagger(code).tag(texts) if code in available() else [()] * len(texts)


@cache
def digest() -> str:
    """Eight hexadecimal digits that change when any model or row of grammar does."""
    rows = sorted(files("auditor").joinpath("data", "fluency").iterdir(), key=lambda row: row.name)
    models = sorted(_FOLDER.iterdir(), key=lambda row: row.name)
    data = b"".join(file.read_bytes() for file in [*rows, *models] if file.is_file())
    return hashlib.sha256(data).hexdigest()[:8]
