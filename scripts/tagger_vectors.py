"""First step of the tagger's training: where words stand in plain text, as short vectors.

Words that may stand for one another have the same neighbours. Each frequent form is counted with
the two forms before and the two behind it (the most frequent ones only), the counts become positive
pointwise mutual information, and a truncated singular value decomposition makes them short.
Source of the method: Schütze, Distributional Part-of-Speech Tagging (1995).
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_matrix, csr_matrix  # type: ignore[import-untyped]
from scipy.sparse.linalg import svds  # type: ignore[import-untyped]
from tagger_data import read_texts

from auditor.fluency.grammar import cuts
from auditor.fluency.tokens import tokenize

CONTEXT = 800  # forms that count as neighbours
OFFSETS = (-2, -1, 1, 2)
FEWEST = 6  # occurrences of a form that is given a vector


def corpus(folder: Path, code: str) -> tuple[list[str], Counter[str], NDArray[np.int32]]:
    """Forms by frequency, their counts, and the corpus as numbers; -1 between sentences."""
    language_cuts = cuts(code)
    numbers: dict[str, int] = {}
    sequence: list[int] = []
    for text in read_texts(folder, code):
        if len(text) <= 600:
            sequence += [
                numbers.setdefault(token.text, len(numbers))
                for token in tokenize(text, language_cuts)
            ]
            sequence.append(-1)
    array = np.array(sequence, np.int32)
    amounts = np.bincount(array[array >= 0], minlength=len(numbers))
    order = np.argsort(-amounts, kind="stable")
    rank = np.empty(len(numbers), np.int32)
    rank[order] = np.arange(len(numbers))
    names = list(numbers)
    forms = [names[i] for i in order]
    array[array >= 0] = rank[array[array >= 0]]
    return forms, Counter(dict(zip(forms, amounts[order].tolist(), strict=True))), array


def vectors(sequence: NDArray[np.int32], forms: int, dimension: int) -> NDArray[np.float32]:
    """A vector of length 1 for each of the first ``forms`` forms."""
    rows, columns = [], []
    for position, offset in enumerate(OFFSETS):
        here = sequence[max(0, -offset) : len(sequence) - max(0, offset)]
        there = sequence[max(0, offset) : len(sequence) + min(0, offset)]
        kept = (here >= 0) & (here < forms) & (there < CONTEXT)
        rows.append(here[kept])
        # Column 0 of each block is the edge of the sentence.
        columns.append(there[kept] + 1 + position * (CONTEXT + 1))
    row, column = np.concatenate(rows), np.concatenate(columns)
    shape = (forms, len(OFFSETS) * (CONTEXT + 1))
    table = csr_matrix(coo_matrix((np.ones(len(row), np.float32), (row, column)), shape))
    weighted = _ppmi(table)
    left, values, _ = svds(weighted, k=dimension, random_state=0)
    scaled = left * np.sqrt(values)
    lengths = np.linalg.norm(scaled, axis=1, keepdims=True)
    result: NDArray[np.float32] = (scaled / np.maximum(lengths, 1e-6)).astype(np.float32)
    return result


def _ppmi(table: csr_matrix) -> csr_matrix:
    """Positive pointwise mutual information, contexts smoothed by the power 3/4."""
    total = table.sum()
    rows = np.asarray(table.sum(1)).ravel()
    columns = np.asarray(table.sum(0)).ravel() ** 0.75
    columns *= total / columns.sum()
    found = table.tocoo()
    expected = rows[found.row] * columns[found.col] / total
    values = np.maximum(0, np.log(found.data / expected)).astype(np.float32)
    return csr_matrix((values, (found.row, found.col)), table.shape)
