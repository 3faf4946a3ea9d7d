"""Trains the reader: what of one text the other does not say, word by word.

Processes break pairs of texts (`reader_data.py`) while this one learns; the rate follows the clock.
With a graphics card it takes minutes, without one hours.

    python scripts/reader_text.py --data ../shared --out /tmp/reader
    python scripts/train_reader.py --work /tmp/reader --minutes 8 --out /tmp/reader

The folder may hold pairs of several languages; all are learnt in turn. `--start` goes on from
weights that the package has.
"""

from __future__ import annotations

import argparse
import math
import multiprocessing as mp
import os
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from queue import Empty
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from reader_data import Batch, Corpus, batches, marks_of, prepare, read_pairs
from reader_network import Reader
from reader_weights import restored
from safetensors.numpy import load, save
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

from auditor.links.reader import KINDS
from auditor.weights import read_weights

ENCODER = Path(__file__).resolve().parents[1] / "auditor" / "encoders" / "embedded"
RATE = 2e-3  # of a network that has learnt nothing yet
CLEAN = 0.4  # share of pairs that are left as they are
_WARM = 0.03
_PAIR_WEIGHT = 0.15  # of what is said of a pair as a whole
_SAVE = 45.0  # seconds
_TRIAL = 3_000  # pairs of two languages that are tried whenever the weights are saved


def main() -> None:
    """Train, report and save."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, required=True, help="folder of reader_text.py")
    parser.add_argument("--encoder", type=Path, default=ENCODER / "0_StaticEmbedding")
    parser.add_argument("--minutes", type=float, default=8.0, help="how long to learn")
    parser.add_argument("--most", type=int, help="read no more pairs than these")
    parser.add_argument("--batch", type=int, default=512, help="pairs that are learnt from at once")
    parser.add_argument("--workers", type=int, default=4, help="processes that break pairs")
    parser.add_argument("--start", type=Path, help="weights of the package to go on from")
    parser.add_argument("--rate", type=float, default=RATE, help="the highest learning rate")
    parser.add_argument("--out", type=Path, required=True, help="the folder to write to")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    started = time.monotonic()
    tokenizer, rows = read_encoder(options.encoder)
    lots = [
        read_lot(path, options.most, tokenizer, rows)
        for path in sorted(options.work.glob("train.*.tsv.xz"))
    ]
    print(f"ready after {time.monotonic() - started:.0f} s", flush=True)
    place(lots)
    queue = _feed(lots, options.batch, options.workers)
    trial = [batch for lot in lots for batch in _trial(lot, options.batch)]
    learner = Learner(lots, options.minutes * 60 - (time.monotonic() - started), options.out)
    learner.rate = options.rate
    if options.start:
        learner.go_on_from(restored(read_weights(options.start)))
    learner.learn(queue, trial)


@dataclass(slots=True)
class Lot:
    """The pairs of two languages: which are learnt from, which are for trials.

    `first`: the number of their first word in the table of all lots, less one.
    """

    corpus: Corpus
    learnt: range
    held: range
    first: int = 0

    def placed(self, batch: Batch) -> Batch:
        """A batch with the numbers of the table of all lots."""
        words = [np.where(side > 0, side + self.first, 0) for side in batch.words]
        return Batch(words, batch.marks, batch.labels)


def read_lot(path: Path, most: int | None, tokenizer: Tokenizer, rows: NDArray[np.float32]) -> Lot:
    """The pairs of two languages, with those held back behind them."""
    _, name, *_ = path.name.split(".")
    one, other = name.split("-")
    pairs = read_pairs(path, most)
    held = read_pairs(path.with_name(path.name.replace("train.", "held.")), most)
    corpus = prepare([*pairs, *held], (one, other), tokenizer, rows)
    inner = len(corpus.pairs) - len(held)  # a few long pairs have gone
    print(f"{name}: {len(corpus.pairs)} pairs, {len(corpus.forms)} words", flush=True)
    return Lot(corpus, range(inner), range(inner, len(corpus.pairs)))


def place(lots: Sequence[Lot]) -> None:
    """Give each lot its place in the table of all words."""
    first = 0
    for lot in lots:
        lot.first = first
        first += len(lot.corpus.vectors) - 1


def read_encoder(folder: Path) -> tuple[Tokenizer, NDArray[np.float32]]:
    """The tokenizer and the vectors of pieces of the embedded encoder."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tensors = load((folder / "model.safetensors").read_bytes())
    table = next(t for t in tensors.values() if t.ndim == 2 and t.shape[1] > 1)
    scale = next(t for t in tensors.values() if t is not table)
    return tokenizer, table.astype(np.float32) * scale.astype(np.float32).reshape(-1, 1)


def _trial(lot: Lot, size: int) -> list[Batch]:
    """Some batches of pairs that are not learnt from."""
    made = batches(lot.corpus, size, CLEAN, 77, whole=lot.held)
    return [lot.placed(next(made)) for _ in range(max(1, min(_TRIAL, len(lot.held)) // size))]


def _feed(lots: Sequence[Lot], size: int, workers: int) -> mp.Queue[Batch]:
    """A queue that processes fill with batches, of each lot in turn."""
    context = mp.get_context("fork")
    queue: mp.Queue[Batch] = context.Queue(maxsize=16 * workers)

    def fill(seed: int) -> None:
        os.environ["TOKENIZERS_PARALLELISM"] = "false"
        made = [batches(lot.corpus, size, CLEAN, seed, whole=lot.learnt) for lot in lots]
        for lot, source in cycle(zip(lots, made, strict=True)):
            queue.put(lot.placed(next(source)))

    for number in range(workers):
        context.Process(target=fill, args=(100 + number,), daemon=True).start()
    return queue


class Learner:
    """The network, where it learns, and the clock."""

    def __init__(self, lots: Sequence[Lot], seconds: float, out: Path) -> None:
        torch.manual_seed(5)
        self.rate = RATE
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        self.seconds, self.out = seconds, out
        self.network = Reader().to(self.device)
        rows = [lots[0].corpus.vectors, *(lot.corpus.vectors[1:] for lot in lots[1:])]
        self.vectors = torch.from_numpy(np.concatenate(rows)).to(self.device, torch.bfloat16)
        self.optimiser = torch.optim.AdamW(
            self.network.parameters(), lr=RATE, weight_decay=0.02, betas=(0.9, 0.98)
        )

    def go_on_from(self, state: Mapping[str, NDArray[np.float32]]) -> None:
        """Take weights that have learnt already."""
        self.network.load_state_dict({name: torch.from_numpy(t) for name, t in state.items()})

    def learn(self, queue: mp.Queue[Batch], trial: list[Batch]) -> None:
        """Learn until the time is over; save now and then."""
        started = saved = time.monotonic()
        step, seen, losses = 0, 0, []
        while (now := time.monotonic()) - started < self.seconds:
            try:
                batch = queue.get(timeout=30)
            except Empty:
                print("no batch came for 30 seconds", flush=True)
                continue
            self._set_rate((now - started) / self.seconds)
            loss = self._loss(batch)
            self.optimiser.zero_grad(set_to_none=True)
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
            self.optimiser.step()
            step, seen = step + 1, seen + len(batch.words[0])
            losses.append(loss.detach())
            if now - saved > max(_SAVE, self.seconds / 20):
                self._save(now - started, step, seen, losses, trial)
                losses, saved = [], time.monotonic()
        self._save(time.monotonic() - started, step, seen, losses, trial)

    def _set_rate(self, progress: float) -> None:
        fall = 0.5 * (1 + math.cos(math.pi * min(1.0, progress)))
        rate = self.rate * min(1.0, progress / _WARM) * fall
        for group in self.optimiser.param_groups:
            group["lr"] = max(rate, 1e-5)

    def _scores(self, batch: Batch) -> tuple[Tensor, Tensor, Tensor]:
        rows, marks, there = [], [], []
        for words, bits in zip(batch.words, batch.marks, strict=True):
            numbers = torch.from_numpy(words).to(self.device, non_blocking=True).long()
            rows.append(self.vectors[numbers])
            marks.append(torch.from_numpy(marks_of(bits)).to(self.device).to(torch.bfloat16))
            there.append(numbers > 0)
        with torch.autocast(self.device.type, dtype=torch.bfloat16):
            found: tuple[Tensor, Tensor, Tensor] = self.network(
                (rows[0], rows[1]), (marks[0], marks[1]), (there[0], there[1])
            )
        return found

    def _targets(self, batch: Batch) -> list[Tensor]:
        bits = torch.arange(len(KINDS), device=self.device)
        return [
            ((torch.from_numpy(labels).to(self.device).long()[..., None] >> bits) & 1).float()
            for labels in batch.labels
        ]

    def _loss(self, batch: Batch) -> Tensor:
        *words, pair = self._scores(batch)
        targets = self._targets(batch)
        loss = torch.zeros((), device=self.device)
        for scores, wanted, numbers in zip(words, targets, batch.words, strict=True):
            there = torch.from_numpy(numbers).to(self.device) > 0
            loss = loss + functional.binary_cross_entropy_with_logits(scores[there], wanted[there])
        whole = torch.maximum(targets[0].amax(1), targets[1].amax(1))
        return loss + _PAIR_WEIGHT * functional.binary_cross_entropy_with_logits(pair, whole)

    @torch.no_grad()
    def _save(
        self, elapsed: float, step: int, seen: int, losses: list[Tensor], trial: list[Batch]
    ) -> None:
        self.network.eval()
        held = float(np.mean([float(self._loss(batch)) for batch in trial]))
        report = " ".join(f"{name} {value:.2f}" for name, value in self._found(trial).items())
        mean = float(torch.stack(losses).mean()) if losses else math.nan
        print(f"{elapsed:.0f} s, {step} steps, {seen} pairs: {mean:.4f}, held {held:.4f}; {report}",
              flush=True)  # fmt: skip
        self.network.train()
        state = {n: t.detach().half().cpu().numpy() for n, t in self.network.state_dict().items()}
        path = self.out / "reader.safetensors"
        path.with_suffix(".new").write_bytes(save(state))
        path.with_suffix(".new").rename(path)

    def _found(self, trial: list[Batch]) -> dict[str, float]:
        """The share of broken pairs above what one whole pair in twenty reaches, by kind."""
        clean: list[NDArray[Any]] = []
        broken: list[tuple[NDArray[Any], NDArray[Any]]] = []
        for batch in trial:
            pair = self._scores(batch)[2].cpu().numpy()
            whole = np.maximum(*(t.amax(1).cpu().numpy() for t in self._targets(batch)))
            clean.append(pair[whole.sum(1) == 0])
            broken.append((pair, whole))
        limits = np.quantile(np.concatenate(clean), 0.95, axis=0)
        found = {}
        for n, name in enumerate(KINDS):
            scores = np.concatenate([pair[whole[:, n] > 0, n] for pair, whole in broken])
            found[name] = float((scores > limits[n]).mean()) if len(scores) else math.nan
        return found


if __name__ == "__main__":
    main()
