"""Trains the ear: which tokens of a sentence stand in a broken place.

Clean sentences are tokenised and tagged once. A second process then breaks about half of them anew
in each epoch (`corruptions.py`), a shard of sentences at a time, while this one learns from the
shard before. Stopped and started again, it goes on after the last shard. Everything is seeded.

    python scripts/train_ear.py --data ../shared --work /tmp/ear --out auditor/data/fluency/ear
"""

from __future__ import annotations

import argparse
import math
import multiprocessing as mp
import os
import pickle
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import numpy as np
import torch
from corruptions import HELD_OUT, Breaker, Draft, Tools
from ear_corpus import (
    Corpus,
    Pairs,
    Prepared,
    add_pairs,
    encoded,
    joined,
    kept_words,
    prepare,
)
from ear_data import LANGUAGES, Tokens, families
from ear_network import Feeder, Lexicon, Network, Sentences, Size
from torch import Tensor
from torch.nn import functional
from tqdm import tqdm

SHARD = 24_000  # sentences of each language
HELD = 4_000  # sentences of each language that are never learnt from
_BATCH = 8_000  # tokens, padding counted in
_AHEAD = 3  # shards that wait on disk
_RATE = 3e-3
_TAGS_WEIGHT = 0.3
_CLEAN = 0.5  # share of sentences left whole
_SAMPLE = 60_000  # sentences that the corruptions learn forms and runs of tags from
_CLOSED = ("DET", "ADP_DET", "AUX_FIN", "AUX_INF", "AUX_PART", "PRON")


Labelled = tuple[Tokens, list[int], list[int]]  # tokens, tags, labels


@dataclass(frozen=True, slots=True)
class Plan:
    """What is trained, and how long."""

    data: Path
    work: Path
    name: str
    shards: int
    without: tuple[str, ...]
    start: Path | None
    extra: Path | None
    rate: float


def main() -> None:
    """Train, then write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder that holds data/")
    parser.add_argument("--work", type=Path, required=True, help="scratch: corpus, checkpoints")
    parser.add_argument("--out", type=Path, help="write the weights into this folder")
    parser.add_argument("--name", default="ear", help="name of this run in the work folder")
    parser.add_argument("--shards", type=int, default=24, help="how many shards to learn from")
    parser.add_argument("--hold-out", nargs="*", default=HELD_OUT, help="kinds of fault to omit")
    parser.add_argument("--start", type=Path, help="go on from this checkpoint's weights")
    parser.add_argument(
        "--extra", type=Path, help="file of ear_negatives.py: clean sentences to mix in"
    )
    parser.add_argument("--rate", type=float, default=_RATE, help="highest learning rate")
    options = parser.parse_args()
    torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", "1")))
    plan = Plan(
        options.data, options.work, options.name, options.shards,
        tuple(options.hold_out), options.start, options.extra, options.rate,
    )  # fmt: skip
    prepared = prepare(plan.data, plan.work)
    network = train(plan, prepared)
    if options.out:
        from ear_weights import write

        pairs = Pairs.of(prepared, HELD).table()
        write(network, prepared.keys, kept_words(prepared), pairs, options.out)


# --- sentences, whole and broken --------------------------------------------------------------


def drafts(corpus: Corpus, tags: list[str], picked: Sequence[int] | np.ndarray) -> Iterator[Draft]:
    """Sentences of a corpus by number."""
    ends = np.cumsum(corpus.lengths)
    for index in picked:
        end = int(ends[index])
        at = slice(end - int(corpus.lengths[index]), end)
        yield Draft(
            [corpus.forms[n] for n in corpus.numbers[at]],
            corpus.spaced[at].tolist(),
            [tags[t] for t in corpus.tags[at]],
        )


def make_tools(prepared: Prepared, code: str, seed: int) -> Tools:
    """What the corruptions of a language draw on."""
    corpus = prepared.corpora[code]
    picked = np.random.default_rng(7).permutation(len(corpus.lengths) - HELD)[:_SAMPLE]
    sample = list(drafts(corpus, prepared.tags, picked))
    related = families(corpus.counts, code)
    groups: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for one in prepared.treebanks[code]:
        for form, tag, lemma in zip(one.tokens.forms, one.tags, one.lemmas, strict=True):
            if tag in _CLOSED and form.replace("'", "").isalpha():
                groups[tag[:3], lemma.lower()][form.lower()] += 1
    for group in groups.values():
        forms = [form for form, count in group.items() if count > 1]
        for form in forms:
            related[form] = sorted({*related.get(form, ()), *forms} - {form})
    return Tools(code, related, sample, Random(seed))  # noqa: S311 - repeatable, not secret


def broken_or_whole(
    prepared: Prepared,
    code: str,
    picked: np.ndarray,
    breaker: Breaker,
    clean: float,
) -> tuple[list[Labelled], list[Labelled]]:
    """Sentences with tags and labels, a share of them left whole; and all of them whole."""
    numbers = {tag: number for number, tag in enumerate(prepared.tags)}
    found: list[Labelled] = []
    whole: list[Labelled] = []
    for draft in drafts(prepared.corpora[code], prepared.tags, picked):
        broken = None
        if breaker.tools.chance.random() > clean:
            broken = breaker(draft)
        for one, lot in ((broken or draft, found), (draft, whole)):
            lot.append((Tokens(one.forms, one.spaced), [numbers[t] for t in one.tags], one.labels))
    return found, whole


def _make_shards(plan: Plan, prepared: Prepared, folder: Path, first: int) -> None:
    """Write shards, never more than a few ahead of the learner."""
    os.nice(5)
    tools = {code: make_tools(prepared, code, 0) for code in LANGUAGES}
    extra = _extra(plan)
    pairs = Pairs.of(prepared, HELD)
    for shard in range(first, plan.shards):
        while len(list(folder.glob("shard-*.pickle"))) >= _AHEAD:
            time.sleep(1)
        lexicon = Lexicon(prepared.keys)
        parts, wholes = [], []
        for code in LANGUAGES:
            tools[code].chance.seed(f"{plan.name} {code} {shard}")
            breaker = Breaker(tools[code], plan.without)
            picked = _slice(len(prepared.corpora[code].lengths) - HELD, shard)
            hard = extra[code][shard % 3 :: 3]  # each of them once in three shards
            for numbers, clean in ((picked, _CLEAN), (hard, 1.0)):
                lot, whole = broken_or_whole(prepared, code, numbers, breaker, clean)
                parts.append(encoded(lot, lexicon, code))
                wholes.append(encoded(whole, lexicon, code))
        sentences = joined(parts)
        generator = np.random.default_rng(shard)
        add_pairs(sentences, lexicon.word_keys(), joined(wholes), pairs, generator)
        path = folder / f"shard-{shard:04}.pickle"
        path.with_suffix(".new").write_bytes(pickle.dumps((sentences, lexicon.rows()), 5))
        path.with_suffix(".new").rename(path)


def _extra(plan: Plan) -> dict[str, np.ndarray]:
    """Numbers of clean sentences by language, from a file of lines `fr<tab>number`."""
    found: dict[str, list[int]] = {code: [] for code in LANGUAGES}
    if plan.extra is not None:
        for line in plan.extra.read_text("utf8").splitlines():
            code, _, number = line.partition("\t")
            found[code].append(int(number))
    return {code: np.array(numbers, np.int64) for code, numbers in found.items()}


def _slice(total: int, shard: int) -> np.ndarray:
    """The sentences of a shard: each epoch in another order."""
    per_epoch = max(1, total // SHARD)
    epoch, part = divmod(shard, per_epoch)
    order = np.random.default_rng(epoch).permutation(total)
    return order[part * SHARD : (part + 1) * SHARD]


# --- learning ---------------------------------------------------------------------------------


def train(plan: Plan, prepared: Prepared) -> Network:
    """Learn from all shards of a plan, going on where an earlier start stopped."""
    torch.manual_seed(3)
    folder = plan.work / plan.name
    folder.mkdir(parents=True, exist_ok=True)
    network = Network(Size(len(prepared.keys), len(prepared.tags)))
    if plan.start is not None:
        state = torch.load(plan.start)["network"]
        network.load_state_dict(_with_ties(state))
    optimiser = torch.optim.AdamW(
        network.parameters(), lr=plan.rate, weight_decay=0.01, betas=(0.9, 0.98), fused=True
    )
    done, kept = 0, folder / "checkpoint.pt"
    if kept.exists():
        state = torch.load(kept)
        network.load_state_dict(state["network"])
        optimiser.load_state_dict(state["optimiser"])
        done = state["done"]
    for left in folder.glob("shard-*"):
        left.unlink()
    maker = mp.get_context("fork").Process(
        target=_make_shards, args=(plan, prepared, folder, done), daemon=True
    )
    maker.start()
    for shard in tqdm(range(done, plan.shards), initial=done, total=plan.shards, desc=plan.name):
        sentences, rows = _wait_for(folder / f"shard-{shard:04}.pickle", maker)
        _learn(network, optimiser, sentences, rows, shard, plan)
        state = {
            "network": network.state_dict(),
            "optimiser": optimiser.state_dict(),
            "done": shard + 1,
        }
        torch.save(state, kept.with_suffix(".new"))
        kept.with_suffix(".new").rename(kept)
    return network.eval()


def _with_ties(state: dict[str, Tensor]) -> dict[str, Tensor]:
    """A state from before pairs of words were told apart: the same row for each."""
    if "joints.weight" in state:
        joints = state.pop("joints.weight")
        rows = torch.cat([joints, joints[:1]])  # a word twice follows with a space
        state["ties.weight"] = rows.repeat_interleave(3, dim=0)
    return state


def _wait_for(path: Path, maker: mp.process.BaseProcess) -> tuple[Sentences, np.ndarray]:
    while not path.exists():
        if not maker.is_alive() and not path.exists():
            raise RuntimeError("the process that makes shards has died")
        time.sleep(0.5)
    sentences, rows = pickle.loads(path.read_bytes())  # noqa: S301 - our own file
    path.unlink()
    return sentences, rows


def _learn(
    network: Network,
    optimiser: torch.optim.Optimizer,
    sentences: Sentences,
    rows: np.ndarray,
    shard: int,
    plan: Plan,
) -> None:
    network.train()
    generator = np.random.default_rng(shard)
    feeder = Feeder(sentences, rows)
    groups = sentences.batches(_BATCH, generator)
    losses = []
    started = time.perf_counter()
    for number, group in enumerate(groups):
        _set_rate(optimiser, (shard + number / len(groups)) / plan.shards, plan.rate)
        batch = feeder.feed(group, forget=0.1, generator=generator)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            scores = network(batch["forms"], batch["inverse"], batch["ties"], batch["mask"])
        broken, tags = _losses(scores, batch)
        optimiser.zero_grad()
        (broken + _TAGS_WEIGHT * tags).backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        losses.append((float(broken.detach()), float(tags.detach())))
    one, two = np.mean(losses, axis=0)
    speed = len(sentences.forms) / (time.perf_counter() - started)
    print(f" shard {shard}: broken {one:.4f}, tags {two:.4f}, {speed:.0f} tokens/s", flush=True)


def _losses(scores: Tensor, batch: dict[str, Tensor]) -> tuple[Tensor, Tensor]:
    inside = batch["mask"] > 0
    inner, labels = scores[inside], batch["labels"][inside]
    broken = functional.binary_cross_entropy_with_logits(inner[:, 0], labels)
    whole = labels == 0
    tags = functional.cross_entropy(inner[whole][:, 1:], batch["tags"][inside][whole])
    return broken, tags


def _set_rate(optimiser: torch.optim.Optimizer, progress: float, highest: float) -> None:
    """Linear up over the first twentieth, then down along a cosine."""
    warm = min(1.0, progress / 0.05)
    rate = highest * warm * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * progress)))
    for group in optimiser.param_groups:
        group["lr"] = rate


if __name__ == "__main__":
    main()
