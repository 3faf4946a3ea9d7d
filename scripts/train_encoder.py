"""Trains the embedded encoder: a static multilingual embedding for French, German and English.

    python scripts/train_encoder.py --data ../shared --work build/encoder

DIR of `--data` holds `data/` and `eval/` (the latter is read only to exclude its sentences).
Three steps, each kept in `--work` and skipped when it is there already:

1. text: pairs are read, cleaned, freed of duplicates, of evaluation sentences and of the
   held-out blocks; a unigram tokenizer is trained; everything is turned into token numbers.
2. training: one vector per token; a sentence is the sum of its tokens, scaled to length 1.
   Symmetric InfoNCE over batches of one language pair, in which consecutive lines of one source
   stand together, so that neighbours are told apart; near misses (one number, name, negation,
   antonym, clause or word changed) are added as further wrong candidates; CoSENT on the graded
   STS-B training pairs. A checkpoint is written after each epoch; a broken run goes on from it.
3. export: 8-bit rows with one scale each, in the form that sentence-transformers'
   `StaticEmbedding` reads, followed by a `Normalize` module.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from encoder_text import PAIRS, SEED, Numbers, prepare, report
from safetensors.numpy import save_file
from tokenizers import Tokenizer
from torch.nn import functional

CHUNK = 16  # consecutive lines that stay together in a batch
SCORED = 128  # STS-B pairs in a batch that has any
Bag = tuple[Numbers, Numbers]  # tokens of several texts end to end, and where each text begins


@dataclass(frozen=True, slots=True)
class Batch:
    """`pairs` left texts, as many right texts, near misses of some right texts, scored pairs.

    The scored pairs stand at the end, left texts before right ones; `scores` is one score each.
    """

    pairs: int
    bag: Bag
    same: tuple[Numbers, Numbers]
    scores: torch.Tensor


class Bags:
    """Token numbers of many texts, from which batches are cut."""

    def __init__(self, tokens: Numbers, starts: Numbers) -> None:
        self.tokens, self.starts = tokens, starts

    def take(self, texts: Numbers) -> Bag:
        """Cut out the tokens of `texts` (their indices)."""
        first = self.starts[texts]
        lengths = self.starts[texts + 1] - first
        begins = np.concatenate([[0], np.cumsum(lengths)[:-1]])
        places = np.repeat(first - begins, lengths) + np.arange(lengths.sum())
        return self.tokens[places], begins


def joined(one: Bag, other: Bag) -> Bag:
    """Append the texts of `other` to those of `one`."""
    return np.concatenate([one[0], other[0]]), np.concatenate([one[1], other[1] + len(one[0])])


def thinned(bag: Bag, share: float, rng: np.random.Generator) -> Bag:
    """Leave out a share of the tokens, never the first of a text, lest a few carry it all."""
    tokens, begins = bag
    kept = rng.random(len(tokens)) >= share
    kept[begins[begins < len(tokens)]] = True
    before = np.concatenate([[0], np.cumsum(kept)])
    return tokens[kept], before[begins]


class Table:
    """The embedding table with Adam that touches only the rows that a batch uses.

    Dense Adam would go on moving a rare token for many steps after its one gradient.
    """

    def __init__(self, size: int, dimension: int, spread: float) -> None:
        generator = torch.Generator().manual_seed(SEED)
        self.rows = torch.randn(size, dimension, generator=generator) * spread
        self.first = torch.zeros_like(self.rows)
        self.second = torch.zeros_like(self.rows)
        self.seen = torch.zeros(size, 1)

    def look_up(self, bag: Bag) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Return unit vectors (n, dimension), and the leaf and row numbers for `update`."""
        tokens, begins = bag
        distinct, places = np.unique(tokens, return_inverse=True)
        used = torch.from_numpy(distinct.astype(np.int64))
        leaf = self.rows[used].requires_grad_()
        sums = functional.embedding_bag(
            torch.from_numpy(places), leaf, torch.from_numpy(begins), mode="sum"
        )
        return functional.normalize(sums, eps=1e-6), leaf, used

    @torch.no_grad()
    def update(self, leaf: torch.Tensor, used: torch.Tensor, rate: float) -> None:
        """Take one step of Adam (0.9, 0.999) on the rows `used`."""
        gradient = leaf.grad
        assert gradient is not None
        seen = self.seen[used] + 1
        first = self.first[used].mul_(0.9).add_(gradient, alpha=0.1)
        second = self.second[used].mul_(0.999).addcmul_(gradient, gradient, value=0.001)
        step = first / (1 - 0.9**seen)
        step /= (second / (1 - 0.999**seen)).sqrt_().add_(1e-8)
        self.rows.index_add_(0, used, step, alpha=-rate)
        self.first[used], self.second[used], self.seen[used] = first, second, seen


def batches_of_epoch(parts: dict[str, Numbers], epoch: int, size: int) -> list[Numbers]:
    """Pair indices of each batch: one language pair each, half of them from one source only."""
    rng = np.random.default_rng((SEED, epoch))
    per_batch = size // CHUNK
    batches: list[Numbers] = []
    for index in range(len(PAIRS)):
        mixed: list[Numbers] = []
        for group in np.flatnonzero(parts["group_pair"] == index):
            chunks = _chunks(np.flatnonzero(parts["group"] == group), rng)
            chunks = _drawn(chunks, parts["group_weight"][group], rng)
            alone = len(chunks) // 2 // per_batch * per_batch
            batches.extend(_joined(chunks[:alone], per_batch))
            mixed.extend(chunks[alone:])
        order = rng.permutation(len(mixed))
        batches.extend(_joined([mixed[i] for i in order], per_batch))
    return [batches[i] for i in rng.permutation(len(batches))]


def _chunks(pairs: Numbers, rng: np.random.Generator) -> list[Numbers]:
    offset = int(rng.integers(0, CHUNK))
    cuts = np.arange(offset, len(pairs), CHUNK)
    return [chunk for chunk in np.split(pairs, cuts) if len(chunk)]


def _drawn(chunks: list[Numbers], weight: float, rng: np.random.Generator) -> list[Numbers]:
    order = list(rng.permutation(len(chunks)))
    whole = int(weight)
    chosen = order * whole + order[: round((weight - whole) * len(order))]
    return [chunks[i] for i in rng.permutation(chosen)]


def _joined(chunks: list[Numbers], per_batch: int) -> list[Numbers]:
    whole = range(0, len(chunks) - per_batch + 1, per_batch)
    return [np.concatenate(chunks[start : start + per_batch]) for start in whole]


def contrastive_loss(
    vectors: torch.Tensor, pairs: int, same: tuple[Numbers, Numbers], scale: torch.Tensor
) -> torch.Tensor:
    """Symmetric InfoNCE over `vectors`: left texts, right texts, near misses of right texts.

    `same` numbers the texts so that equal texts are never one another's wrong candidates.
    """
    left, right, misses = vectors[:pairs], vectors[pairs : 2 * pairs], vectors[2 * pairs :]
    equal = torch.from_numpy(
        (same[0][:, None] == same[0][None]) | (same[1][:, None] == same[1][None])
    )
    equal.fill_diagonal_(fill_value=False)
    scores = (left @ right.T * scale).masked_fill(equal, -1e4)
    target = torch.arange(pairs)
    wrong = left @ misses.T * scale
    forward = functional.cross_entropy(torch.cat([scores, wrong], 1), target)
    return (forward + functional.cross_entropy(scores.T, target)) / 2


def cosent_loss(vectors: torch.Tensor, scores: torch.Tensor) -> torch.Tensor:
    """CoSENT (Su 2022): a pair scored higher must be more similar than one scored lower."""
    similarity = (vectors[: len(scores)] * vectors[len(scores) :]).sum(1)
    difference = 20 * (similarity[None] - similarity[:, None])
    wrong_order = difference[scores[:, None] > scores[None]]
    return torch.logsumexp(torch.cat([torch.zeros(1), wrong_order]), 0)


class Trainer:
    """State of a run: table, temperature, place."""

    def __init__(self, work: Path, options: argparse.Namespace) -> None:
        self.options = options
        self.path = work / f"{options.name}.pt"
        self.parts = dict(np.load(work / "tokens.npz"))
        self.bags = Bags(self.parts["tokens"], self.parts["starts"])
        scored = np.load(work / "scored.npz")
        self.scored = Bags(scored["tokens"], scored["starts"])
        self.scores = scored["scores"]
        self.held_out = np.load(work / "check.npz")
        size = Tokenizer.from_file(str(work / "tokenizer.json")).get_vocab_size()
        self.table = Table(size, options.dimension, options.spread)
        self.log_scale = torch.tensor(np.log(20.0), dtype=torch.float32, requires_grad=True)
        self.scale_adam = torch.optim.Adam([self.log_scale], lr=0.005)
        self.epoch, self.step = 0, 0
        self.steps = int(len(batches_of_epoch(self.parts, 0, options.batch)) * options.epochs)
        self.resume()

    def resume(self) -> None:
        """Go on from the checkpoint, where there is one."""
        if not self.path.exists():
            return
        state = torch.load(self.path, weights_only=True)
        for name in ("rows", "first", "second", "seen"):
            setattr(self.table, name, state[name])
        with torch.no_grad():
            self.log_scale.copy_(state["log_scale"])
        self.epoch, self.step = state["epoch"], state["step"]
        report(f"going on after epoch {self.epoch}")

    def save(self) -> None:
        """Write the checkpoint; a half-written file never takes its place."""
        state = {n: getattr(self.table, n) for n in ("rows", "first", "second", "seen")}
        state |= {"log_scale": self.log_scale.detach(), "epoch": self.epoch, "step": self.step}
        torch.save(state, self.path.with_suffix(".tmp"))
        self.path.with_suffix(".tmp").replace(self.path)

    def rate(self) -> float:
        """Learning rate: a short rise, then a straight way down to zero."""
        done = self.step / self.steps
        return float(self.options.rate * min(1.0, done / 0.02 + 0.01) * (1 - done))

    def run(self) -> None:
        """Train to the end, with a checkpoint after each epoch."""
        report(f"{self.steps:,} steps in all")
        while self.step < self.steps:
            self.run_epoch(batches_of_epoch(self.parts, self.epoch, self.options.batch))
            self.epoch += 1
            self.save()
            report(f"epoch {self.epoch}: {self.check()}")

    def run_epoch(self, batches: list[Numbers]) -> None:
        """Train on `batches`, the next of which is put together in another thread meanwhile."""
        batches = batches[: self.steps - self.step]
        started, loss = time.perf_counter(), 0.0
        with ThreadPoolExecutor(1) as pool:
            coming = pool.submit(self.batch, batches[0], 0)
            for number in range(len(batches)):
                batch = coming.result()
                if number + 1 < len(batches):
                    coming = pool.submit(self.batch, batches[number + 1], number + 1)
                loss += (self.train_on(batch) - loss) / min(number + 1, 100)
                self.step += 1
                if self.step % 100 == 0:
                    pace = (number + 1) / (time.perf_counter() - started)
                    scale = self.log_scale.exp().item()
                    report(
                        f"step {self.step:,}/{self.steps:,} loss {loss:.3f} "
                        f"scale {scale:.1f} {pace:.1f} steps/s"
                    )

    def batch(self, pairs: Numbers, number: int) -> Batch:
        """Put one batch together: near misses for a quarter of the pairs, at times STS-B pairs."""
        rng = np.random.default_rng((SEED, self.epoch, number))
        misses = self.parts["miss"][pairs]
        misses = rng.permutation(misses[misses >= 0])[: len(pairs) // 4]
        left, right = self.parts["left"][pairs], self.parts["right"][pairs]
        bag = self.bags.take(np.concatenate([left, right, misses]).astype(np.int64))
        drawn = SCORED if number % self.options.scored_every == 0 else 0
        scored = rng.choice(len(self.scores), drawn, replace=False)
        if drawn:
            bag = joined(bag, self.scored.take(np.concatenate([scored, scored + len(self.scores)])))
        bag = thinned(bag, self.options.dropout, rng)
        same = self.parts["same"][left], self.parts["same"][right]
        return Batch(len(pairs), bag, same, torch.from_numpy(self.scores[scored]))

    def train_on(self, batch: Batch) -> float:
        """Take one step; return the contrastive loss."""
        vectors, leaf, used = self.table.look_up(batch.bag)
        scored = 2 * len(batch.scores)
        vectors, graded = vectors[: len(vectors) - scored], vectors[len(vectors) - scored :]
        scale = self.log_scale.exp().clamp(max=60)
        loss = contrastive_loss(vectors, batch.pairs, batch.same, scale)
        total = loss
        if scored:
            total = loss + self.options.scored_weight * cosent_loss(graded, batch.scores)
        self.scale_adam.zero_grad()
        torch.autograd.backward(total)
        self.table.update(leaf, used, self.rate())
        self.scale_adam.step()
        return float(loss.detach())

    @torch.no_grad()
    def check(self) -> str:
        """Measure retrieval accuracy on the held-out pairs."""
        count = len(self.held_out["starts"]) - 1
        bags = Bags(self.held_out["tokens"], self.held_out["starts"])
        vectors = self.table.look_up(bags.take(np.arange(count)))[0]
        scores = vectors[: count // 2] @ vectors[count // 2 :].T
        target = torch.arange(count // 2)
        forward = (scores.argmax(1) == target).float().mean().item()
        back = (scores.argmax(0) == target).float().mean().item()
        right = scores.diagonal().mean().item()
        return f"held-out retrieval {100 * (forward + back) / 2:.1f} %, mean cosine {right:.3f}"


# --- export -----------------------------------------------------------------------------------


def export(work: Path, name: str, out: Path) -> None:
    """Step 3: the checkpoint `name` as a sentence-transformers folder."""
    rows = torch.load(work / f"{name}.pt", weights_only=True)["rows"].numpy()
    rows = rows / np.median(np.linalg.norm(rows, axis=1))
    scale = (np.abs(rows).max(1) / 127).astype(np.float32)
    scale[scale == 0] = 1.0
    bytes_ = np.rint(rows / scale[:, None]).astype(np.int8)
    folder = out / "0_StaticEmbedding"
    (out / "1_Normalize").mkdir(parents=True, exist_ok=True)
    folder.mkdir(parents=True, exist_ok=True)
    save_file({"embeddings": bytes_, "weights": scale}, str(folder / "model.safetensors"))
    (folder / "model.safetensors").chmod(0o644)
    (folder / "tokenizer.json").write_bytes((work / "tokenizer.json").read_bytes())
    write_json(out / "modules.json", MODULES)
    write_json(out / "config_sentence_transformers.json", CONFIG)
    write_json(out / "1_Normalize" / "config.json", {})


_ROOM = "sentence_transformers"
MODULES = [
    {
        "idx": 0,
        "name": "0",
        "path": "0_StaticEmbedding",
        "type": f"{_ROOM}.sentence_transformer.modules.static_embedding.StaticEmbedding",
    },
    {
        "idx": 1,
        "name": "1",
        "path": "1_Normalize",
        "type": f"{_ROOM}.base.modules.normalize.Normalize",
    },
]
CONFIG: dict[str, object] = {
    "model_type": "SentenceTransformer",
    "prompts": {},
    "default_prompt_name": None,
    "similarity_fn_name": "cosine",
}


def write_json(path: Path, value: object) -> None:
    """Write JSON that people can read."""
    path.write_text(json.dumps(value, indent=2) + "\n", "utf8")


# --- command ----------------------------------------------------------------------------------


def arguments() -> argparse.Namespace:
    """Read the command line."""
    root = Path(__file__).resolve().parent.parent
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=os.environ.get("AUDITOR_DATA"))
    parser.add_argument("--work", type=Path, default=root / "build" / "encoder")
    parser.add_argument("--out", type=Path, default=root / "auditor" / "encoders" / "embedded")
    parser.add_argument("--name", default="run", help="name of the checkpoint in --work")
    parser.add_argument("--vocabulary", type=int, default=46000)
    parser.add_argument("--dimension", type=int, default=256)
    parser.add_argument("--epochs", type=float, default=6)
    parser.add_argument("--batch", type=int, default=2048)
    parser.add_argument("--rate", type=float, default=0.5)
    parser.add_argument("--spread", type=float, default=0.5, help="deviation of the first rows")
    parser.add_argument("--dropout", type=float, default=0.15, help="share of tokens left out")
    parser.add_argument("--scored-every", type=int, default=4)
    # A larger weight makes Adam take small steps on every token of the graded pairs.
    parser.add_argument("--scored-weight", type=float, default=0.005)
    parser.add_argument("--threads", type=int, default=1, help="1 gives equal results anywhere")
    parser.add_argument("--export-only", action="store_true")
    options = parser.parse_args()
    if options.data is None:
        parser.error("--data DIR or AUDITOR_DATA is required: the folder with data/ and eval/")
    options.data = Path(options.data)
    return options


def main() -> None:
    """Run the three steps."""
    options = arguments()
    options.work.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(SEED)
    torch.set_num_threads(options.threads)
    if not options.export_only:
        prepare(options.data, options.work, options.vocabulary)
        Trainer(options.work, options).run()
    export(options.work, options.name, options.out)
    report(f"written to {options.out}")


if __name__ == "__main__":
    main()
