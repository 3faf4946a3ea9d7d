"""The reader as torch trains it; `auditor.links.reader` runs the same in numpy.

Two texts that should say the same are read word by word. A word is the sum of its pieces' vectors
in the embedded encoder (which stays as it is), with a few marks of how it is written. Gated
convolutions mix a word with its neighbours; between them each word looks at the words of the other
text by attention that starts from the cosine of the two words' vectors. Both directions share all
weights. Heads: for each word, and for the pair of texts, how likely a fault of each kind is.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from auditor.links.reader import KINDS

MARKS = 6  # how a word is written
WIDTH = 256  # of the encoder


@dataclass(frozen=True, slots=True)
class Size:
    """Dimensions of the network."""

    hidden: int = 160
    heads: int = 5
    dilations: tuple[int, ...] = (1, 2, 1, 2, 1, 1)  # two convolutions before each look and behind


class Conv(nn.Module):
    """A gated convolution over a word and its two neighbours at a distance."""

    def __init__(self, hidden: int, dilation: int) -> None:
        super().__init__()
        self.dilation = dilation
        self.norm = nn.LayerNorm(hidden, elementwise_affine=False)
        self.mix = nn.Linear(3 * hidden, 2 * hidden)

    def forward(self, state: Tensor) -> Tensor:
        """What is added to `state` (batch, length, hidden)."""
        d, length = self.dilation, state.shape[1]
        padded = functional.pad(self.norm(state), (0, 0, d, d))
        around = torch.cat([padded[:, k * d : k * d + length] for k in range(3)], dim=-1)
        value, gate = self.mix(around).chunk(2, dim=-1)
        changed: Tensor = value * torch.relu(gate)
        return changed


class Look(nn.Module):
    """Each word looks at the other text, or at nobody."""

    def __init__(self, size: Size) -> None:
        super().__init__()
        hidden, self.heads = size.hidden, size.heads
        self.norm = nn.LayerNorm(hidden, elementwise_affine=False)
        self.ask = nn.Linear(hidden, hidden)
        self.offer = nn.Linear(hidden, 2 * hidden)
        self.cosine = nn.Parameter(torch.full((self.heads,), 8.0))
        self.apart = nn.Parameter(torch.linspace(0.5, 4.0, self.heads))
        self.nobody = nn.Parameter(torch.full((self.heads,), 3.0))
        self.mix = nn.Linear(2 * hidden + 2 * self.heads, 2 * hidden)

    def forward(
        self, own: Tensor, other: Tensor, cosine: Tensor, apart: Tensor, there: Tensor
    ) -> Tensor:
        """What is added to `own` (batch, n, hidden); `cosine`, `apart` (batch, n, m)."""
        batch, n, hidden = own.shape
        m = other.shape[1]
        normed = self.norm(own)
        ask = self.ask(normed).view(batch, n, self.heads, -1).transpose(1, 2)
        key, value = self.offer(self.norm(other)).chunk(2, dim=-1)
        key = key.reshape(batch, m, self.heads, -1).transpose(1, 2)
        value = value.reshape(batch, m, self.heads, -1).transpose(1, 2)
        logits = ask @ key.transpose(-1, -2) / (hidden / self.heads) ** 0.5
        column = (slice(None), None, None)
        logits = (
            logits + self.cosine[column] * cosine[:, None] - self.apart[column] * apart[:, None]
        )
        logits = logits.masked_fill(~there[:, None, None, :], -1e4)
        none = self.nobody[column].expand(batch, self.heads, n, 1).to(logits.dtype)
        shares = torch.softmax(torch.cat([logits, none], dim=-1).float(), dim=-1).to(value.dtype)
        seen = (shares[..., :-1] @ value).transpose(1, 2).reshape(batch, n, hidden)
        near = (shares[..., :-1] * cosine[:, None]).sum(-1).transpose(1, 2)
        alone = shares[..., -1].transpose(1, 2)
        mixed = self.mix(torch.cat([normed, seen, near, alone], dim=-1))
        one, gate = mixed.chunk(2, dim=-1)
        changed: Tensor = one * torch.relu(gate)
        return changed


class Reader(nn.Module):
    """Scores of every word of both texts, and of the pair."""

    def __init__(self, size: Size | None = None, dropout: float = 0.1) -> None:
        super().__init__()
        size = size or Size()
        self.encode = nn.Linear(WIDTH + MARKS, size.hidden)
        self.convs = nn.ModuleList(Conv(size.hidden, d) for d in size.dilations)
        self.looks = nn.ModuleList(Look(size) for _ in range(2))
        self.norm = nn.LayerNorm(size.hidden, elementwise_affine=False)
        self.words = nn.Linear(size.hidden, len(KINDS))
        self.pair = nn.Linear(2 * size.hidden, len(KINDS))
        self.dropout = nn.Dropout(dropout)

    def forward(
        self,
        rows: tuple[Tensor, Tensor],
        marks: tuple[Tensor, Tensor],
        there: tuple[Tensor, Tensor],
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Scores (batch, n, kinds), (batch, m, kinds), (batch, kinds).

        `rows` hold vectors (batch, length, WIDTH), `marks` (batch, length, MARKS), `there`
        (batch, length) whether a word stands at a place.
        """
        unit = [functional.normalize(side, dim=-1) for side in rows]
        cosine = unit[0] @ unit[1].transpose(-1, -2)
        places = [_places(side) for side in there]
        apart = (places[0][:, :, None] - places[1][:, None, :]).abs().to(cosine.dtype)
        keep = [side.unsqueeze(-1).to(rows[0].dtype) for side in there]
        states = [
            torch.relu(self.encode(self.dropout(torch.cat([r, m], dim=-1)))) * k
            for r, m, k in zip(rows, marks, keep, strict=True)
        ]
        states = self._conv(states, keep, 0, 2)
        states = self._look(states, keep, self.looks[0], cosine, apart, there)
        states = self._conv(states, keep, 2, 4)
        states = self._look(states, keep, self.looks[1], cosine, apart, there)
        states = self._conv(states, keep, 4, 6)
        normed = [self.norm(state) for state in states]
        pooled = torch.cat(
            [
                torch.cat(
                    [n.masked_fill(k == 0, -1e4) for n, k in zip(normed, keep, strict=True)], 1
                ).amax(1),
                sum(
                    (n * k).sum(1) / k.sum(1).clamp(min=1)
                    for n, k in zip(normed, keep, strict=True)
                ),
            ],
            dim=-1,
        )
        return (
            self.words(normed[0]).float(),
            self.words(normed[1]).float(),
            self.pair(pooled).float(),
        )

    def _conv(
        self, states: list[Tensor], keep: list[Tensor], first: int, last: int
    ) -> list[Tensor]:
        for block in self.convs[first:last]:
            states = [s + block(s) * k for s, k in zip(states, keep, strict=True)]
        return states

    def _look(
        self,
        states: list[Tensor],
        keep: list[Tensor],
        look: nn.Module,
        cosine: Tensor,
        apart: Tensor,
        there: tuple[Tensor, Tensor],
    ) -> list[Tensor]:
        left, right = states
        turned = cosine.transpose(1, 2), apart.transpose(1, 2)
        return [
            left + look(left, right, cosine, apart, there[1]) * keep[0],
            right + look(right, left, *turned, there[0]) * keep[1],
        ]


def _places(there: Tensor) -> Tensor:
    """Where each word stands in its text, from 0 to 1."""
    count = there.sum(1, keepdim=True).clamp(min=1)
    return (torch.arange(there.shape[1], device=there.device)[None, :] + 0.5) / count
