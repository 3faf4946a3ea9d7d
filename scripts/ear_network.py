"""The ear as torch trains it; `auditor.fluency.ear_network` runs the same in numpy.

A word form is the sum of what is known of it (the word itself if it is known, its beginnings and
endings, its shape), made one vector. Residual blocks of gated convolutions then mix each token
with its neighbours, further away in each block. Heads: "broken here", and the tag, which is only a
help in training.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from auditor.fluency.ear_tokens import (
    AFFIX_ROWS,
    AFFIXES,
    SHAPE_ROWS,
    TIES,
    affix_rows,
    shape_row,
    word_key,
)


@dataclass(frozen=True, slots=True)
class Size:
    """Dimensions of the network."""

    words: int  # known words, without the row for all others
    tags: int
    word: int = 64
    shape: int = 16
    hidden: int = 160
    dilations: tuple[int, ...] = (1, 2, 4, 8, 2, 1)


class Network(nn.Module):
    """Scores of every token: "broken here" first, then one for each tag."""

    def __init__(self, size: Size, dropout: float = 0.1) -> None:
        super().__init__()
        self.size = size
        self.words = nn.Embedding(size.words + 1, size.word)
        self.affixes = nn.EmbeddingBag(AFFIX_ROWS, size.word, mode="sum")
        self.shapes = nn.Embedding(SHAPE_ROWS, size.shape)
        for table, spread in ((self.words, 0.1), (self.affixes, 0.05), (self.shapes, 0.1)):
            nn.init.normal_(table.weight, std=spread)
        self.encode = nn.Linear(2 * size.word + size.shape, size.hidden)
        self.ties = nn.Embedding(TIES, size.hidden)
        nn.init.normal_(self.ties.weight, std=0.1)
        self.blocks = nn.ModuleList(Block(size.hidden, d, dropout) for d in size.dilations)
        self.norm = nn.LayerNorm(size.hidden, elementwise_affine=False)
        self.heads = nn.Linear(size.hidden, 1 + size.tags)
        self.dropout = nn.Dropout(dropout)

    def forward(self, forms: Tensor, inverse: Tensor, ties: Tensor, mask: Tensor) -> Tensor:
        """Scores (batch, length, 1 + tags) in float32.

        `forms` (n, 1 + AFFIXES + 1) holds the feature rows of the batch's distinct forms,
        `inverse` (batch, length) which of them stands where, `mask` (batch, length) 1 at tokens.
        """
        known = torch.cat(
            [
                self.words(forms[:, 0]),
                self.affixes(forms[:, 1 : 1 + AFFIXES]),
                self.shapes(forms[:, 1 + AFFIXES]),
            ],
            dim=1,
        )
        # As full floats: the gradients of a frequent form are many, and would not add up.
        encoded = torch.relu(self.encode(self.dropout(known))).float()
        keep = mask.unsqueeze(-1)
        state = (functional.embedding(inverse, encoded) + self.ties(ties)) * keep
        for block in self.blocks:
            state = state + block(state) * keep
        scores: Tensor = self.heads(self.norm(state))
        return scores.float()


class Block(nn.Module):
    """A gated convolution over a token and its two neighbours at a distance."""

    def __init__(self, hidden: int, dilation: int, dropout: float) -> None:
        super().__init__()
        self.dropout = nn.Dropout(dropout)
        self.dilation = dilation
        # Without weights of its own a norm leaves the zeros beyond a sentence zeros.
        self.norm = nn.LayerNorm(hidden, elementwise_affine=False)
        self.mix = nn.Linear(3 * hidden, 2 * hidden)

    def forward(self, state: Tensor) -> Tensor:
        """What is added to `state` (batch, length, hidden), which is 0 beyond a sentence."""
        d, length = self.dilation, state.shape[1]
        normed = self.dropout(self.norm(state))
        device = state.device.type
        if torch.is_autocast_enabled(device):
            normed = normed.to(torch.get_autocast_dtype(device))  # before it is copied three times
        padded = functional.pad(normed, (0, 0, d, d))
        around = torch.cat([padded[:, k * d : k * d + length] for k in range(3)], dim=-1)
        value, gate = self.mix(around).chunk(2, dim=-1)
        changed: Tensor = value * torch.relu(gate)
        return changed


class Lexicon:
    """Numbers for word forms, and the feature rows that belong to them."""

    def __init__(self, keys: np.ndarray) -> None:
        self.keys = keys  # sorted uint32: the known words
        self.numbers: dict[tuple[str, str], int] = {}

    def number(self, form: str, language: str) -> int:
        """The number of a form, new if need be."""
        return self.numbers.setdefault((language, form), len(self.numbers))

    def rows(self) -> np.ndarray:
        """Feature rows of all forms, shape (forms, 1 + AFFIXES + 1); row 0 of words is unknown."""
        rows = np.zeros((len(self.numbers), 2 + AFFIXES), np.int32)
        for (language, form), number in self.numbers.items():
            rows[number, 1:-1] = affix_rows(form, language)
            rows[number, -1] = shape_row(form, language)
        keys = np.array([word_key(form, code) for code, form in self.numbers], np.uint32)
        found = np.searchsorted(self.keys, keys).clip(0, len(self.keys) - 1)
        rows[:, 0] = np.where(self.keys[found] == keys, found + 1, 0)
        return rows


@dataclass(slots=True)
class Sentences:
    """Sentences end to end: form numbers, ties, tags and labels of their tokens."""

    forms: np.ndarray
    ties: np.ndarray
    tags: np.ndarray
    labels: np.ndarray
    lengths: np.ndarray

    def batches(self, tokens: int, generator: np.random.Generator) -> list[np.ndarray]:
        """Indices of sentences of about the same length, `tokens` with padding, shuffled."""
        noisy = self.lengths + generator.random(len(self.lengths)) * 2
        order = np.argsort(noisy, kind="stable")
        groups, start = [], 0
        while start < len(order):
            longest = int(self.lengths[order[start]]) + 2
            end = start + max(1, tokens // longest)
            groups.append(order[start:end])
            start = end
        return [groups[i] for i in generator.permutation(len(groups))]


class Feeder:
    """Turns groups of sentences into the network's input."""

    def __init__(self, sentences: Sentences, rows: Tensor) -> None:
        device = rows.device
        self.rows = rows
        self.lengths = sentences.lengths
        self.starts = torch.from_numpy(np.cumsum(sentences.lengths) - sentences.lengths).to(device)
        self.values = {
            name: torch.from_numpy(getattr(sentences, name)).to(device)
            for name in ("forms", "ties", "tags", "labels")
        }

    def feed(self, group: np.ndarray, forget: float = 0.0) -> dict[str, Tensor]:
        """Input and targets of a group; `forget` is the share of forms made unknown words."""
        device = self.rows.device
        numbers = torch.from_numpy(group).to(device)
        lengths = torch.from_numpy(self.lengths[group]).to(device)
        here = torch.arange(int(self.lengths[group].max()), device=device)
        inside = here < lengths[:, None]
        at = torch.where(inside, self.starts[numbers][:, None] + here, 0)
        padded = {name: values[at] * inside for name, values in self.values.items()}
        forms, inverse = torch.unique(padded["forms"], return_inverse=True)
        rows = self.rows[forms.long()].long()
        if forget:
            rows[:, 0] *= torch.rand(len(rows), device=device) >= forget
        return {
            "forms": rows,
            "inverse": inverse,
            "ties": padded["ties"].long(),
            "mask": inside.float(),
            "tags": padded["tags"].long(),
            "labels": padded["labels"].float(),
        }
