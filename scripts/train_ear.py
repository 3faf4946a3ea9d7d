"""Trains the ear: which tokens of a sentence stand in a broken place.

Processes of their own break about half of the clean sentences anew each time they are drawn
(`ear_shards.py`) while this one learns, on a graphics card where there is one. Training takes as
long as it is told; the rate follows the clock. Weights are written every minute. Faults are drawn
by seed, but which shard is learnt from when depends on the machine: no two runs are alike.

    python scripts/train_ear.py --packed ear.npz --minutes 8 --workers 11 --out /tmp/ear
"""

from __future__ import annotations

import argparse
import gc
import math
import multiprocessing as mp
import os
import pickle
import tempfile
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, Full, Queue

import numpy as np
import torch
from corruptions import HELD_OUT, KINDS
from ear_network import Feeder, Network, Sentences, Size
from ear_shards import Maker, work
from ear_weights import write
from pack_ear import Pack, unpack
from torch import Tensor
from torch.nn import functional
from unmet_corruptions import UNMET

_BATCH = {"cuda": 32_000, "cpu": 8_000}  # tokens, padding counted in
_RATE = 3e-3
_TAGS_WEIGHT = 0.3
_FORGET = 0.1  # share of forms made unknown words in each batch
_REPLAYS = 12  # shards that are learnt from once more where no new one is ready
_SAVED_EVERY = 50  # seconds
_LAST = 12  # seconds kept for the last weights

Shard = tuple[Feeder, Sentences]


@dataclass(frozen=True, slots=True)
class Plan:
    """How long is trained, and where the weights go."""

    seconds: float
    out: Path
    start: Path | None
    rate: float


def main() -> None:
    """Train, then write the weights."""
    began = time.monotonic()
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--packed", type=Path, required=True, help="file of pack_ear.py")
    parser.add_argument("--out", type=Path, required=True, help="folder of the weights")
    parser.add_argument("--minutes", type=float, required=True, help="of all that is done")
    parser.add_argument("--workers", type=int, default=1, help="processes that break sentences")
    parser.add_argument("--sentences", type=int, default=4_000, help="of a language and shard")
    parser.add_argument("--hold-out", nargs="*", default=HELD_OUT, help="kinds of fault to omit")
    parser.add_argument("--start", type=Path, help="go on from the weights in this ear.pt")
    parser.add_argument("--rate", type=float, default=_RATE, help="highest learning rate")
    options = parser.parse_args()
    pack = unpack(options.packed)
    maker = Maker(pack, options.hold_out)
    print(f"ready to break sentences after {time.monotonic() - began:.0f} s", flush=True)
    options.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        team = _hired(maker, Path(folder), options.workers, options.sentences)
        watched = {
            "whole": maker.watched({}),
            "learnt": maker.watched({k: v for k, v in KINDS.items() if k not in HELD_OUT}),
            "held out": maker.watched({kind: KINDS[kind] for kind in HELD_OUT}),
            **{kind: maker.watched({kind: UNMET[kind]}) for kind in UNMET},
        }
        left = 60 * options.minutes - (time.monotonic() - began)
        plan = Plan(left, options.out, options.start, options.rate)
        try:
            Learner(plan, pack, maker.base.rows, watched).learn(Path(folder), team)
        finally:
            for one in team:
                one.kill()
                one.join()


def _hired(maker: Maker, folder: Path, workers: int, size: int) -> list[mp.process.BaseProcess]:
    """Start the processes that make shards; they share what was read so far."""
    gc.collect()
    gc.freeze()
    team: list[mp.process.BaseProcess] = []
    for number in range(workers):
        one = mp.get_context("fork").Process(
            target=work, args=(maker, folder, number, workers, size), daemon=True
        )
        one.start()
        team.append(one)
    return team


class Learner:
    """Learns from shards as they come."""

    def __init__(
        self,
        plan: Plan,
        pack: Pack,
        rows: np.ndarray,
        watched: dict[str, tuple[Sentences, np.ndarray]],
    ) -> None:
        torch.manual_seed(3)
        torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", "1")))
        self.plan, self.pack = plan, pack
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        self.rows = torch.from_numpy(rows).to(self.device)
        prepared = pack.prepared
        self.network = Network(Size(len(prepared.keys), len(prepared.tags)))
        if plan.start is not None:
            state = torch.load(plan.start, weights_only=True)
            self.network.load_state_dict({name: part.float() for name, part in state.items()})
        self.network.to(self.device)
        self.optimiser = torch.optim.AdamW(
            self.network.parameters(), lr=plan.rate, weight_decay=0.01, betas=(0.9, 0.98),
            fused=True,
        )  # fmt: skip
        self.watched = {name: self._shard(*one) for name, one in watched.items()}
        self.generator = np.random.default_rng(9)
        self.over = threading.Event()

    def learn(self, folder: Path, team: list[mp.process.BaseProcess]) -> None:
        """Learn until time is up, and write the weights now and then.

        The thread that brings shards ends before this does: one that is still at work on the device
        when the interpreter goes takes the whole process down with it.
        """
        ready: Queue[Shard] = Queue(maxsize=3)
        bringer = threading.Thread(target=self._fetch, args=(folder, ready), daemon=True)
        bringer.start()
        try:
            self._learn(self._shards(ready, team), team)
        finally:
            self.over.set()
            bringer.join()

    def _learn(
        self, shards: Iterator[tuple[Shard, bool]], team: list[mp.process.BaseProcess]
    ) -> None:
        began = saved = time.monotonic()
        end = began + self.plan.seconds - _LAST
        tokens = replayed = number = 0
        losses: deque[Tensor] = deque(maxlen=400)
        for number, (shard, again) in enumerate(shards):
            for group in shard[1].batches(_BATCH[self.device.type], self.generator):
                now = time.monotonic()
                if now >= end:
                    break
                self._set_rate((now - began) / (end - began))
                losses.append(self._step(shard[0].feed(group, forget=_FORGET)))
            tokens += len(shard[1].forms)
            replayed += again
            now = time.monotonic()
            if now - saved > _SAVED_EVERY or now >= end:
                saved = now
                broken, tags = torch.stack([*losses]).mean(dim=0).tolist()
                print(
                    f"{now - began:.0f} s: {number + 1} shards, {replayed} of them once more, "
                    f"{tokens / 1e6:.1f} million tokens, {tokens / (now - began):,.0f}/s, "
                    f"{sum(one.is_alive() for one in team)} workers; "
                    f"broken {broken:.4f}, tags {tags:.4f}; {self._watch()}",
                    flush=True,
                )
                self._save()
            if now >= end:
                return
        self._save()

    def _shards(
        self, ready: Queue[Shard], team: list[mp.process.BaseProcess]
    ) -> Iterator[tuple[Shard, bool]]:
        """New shards, or, where none is ready, one that was learnt from a while ago."""
        old: deque[Shard] = deque(maxlen=_REPLAYS)
        while True:
            try:
                shard = ready.get(timeout=0.01 if len(old) == _REPLAYS else 1)
            except Empty:
                if not any(one.is_alive() for one in team) and not old:
                    return
                if len(old) == _REPLAYS:
                    yield old.popleft(), True
                continue
            yield shard, False
            old.append(shard)

    def _fetch(self, folder: Path, ready: Queue[Shard]) -> None:
        """Bring shards to the device as they are written, until learning is over."""
        while not self.over.wait(0.01):
            for path in sorted(folder.glob("*.shard"), key=lambda path: path.name):
                with suppress(OSError, pickle.UnpicklingError, RuntimeError):
                    sentences, rows = pickle.loads(path.read_bytes())  # noqa: S301 - our own
                    path.unlink()
                    self._hand_over(self._shard(sentences, rows), ready)
                if self.over.is_set():
                    return

    def _hand_over(self, shard: Shard, ready: Queue[Shard]) -> None:
        """Wait until there is room for a shard, or until learning is over."""
        while not self.over.is_set():
            with suppress(Full):
                ready.put(shard, timeout=0.1)
                return

    def _shard(self, sentences: Sentences, rows: np.ndarray) -> Shard:
        new = torch.from_numpy(rows).to(self.device)
        return Feeder(sentences, torch.cat([self.rows, new])), sentences

    def _scores(self, batch: dict[str, Tensor]) -> Tensor:
        with torch.autocast(self.device.type, dtype=torch.bfloat16):
            scores: Tensor = self.network(
                batch["forms"], batch["inverse"], batch["ties"], batch["mask"]
            )
        return scores

    def _step(self, batch: dict[str, Tensor]) -> Tensor:
        """One step; gives both losses."""
        self.network.train()
        broken, tags = _losses(self._scores(batch), batch)
        self.optimiser.zero_grad()
        (broken + _TAGS_WEIGHT * tags).backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        self.optimiser.step()
        return torch.stack([broken, tags]).detach()

    def _set_rate(self, progress: float) -> None:
        """Linear up over the first thirtieth, then down along a cosine."""
        warm = min(1.0, progress * 30 + 1e-3)
        rate = self.plan.rate * warm * (0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * progress)))
        for group in self.optimiser.param_groups:
            group["lr"] = rate

    @torch.no_grad()
    def _watch(self) -> str:
        """Recall where four in five alarms are right (of as many whole as broken sentences)."""
        self.network.eval()
        peaks = {}
        for name, (feeder, sentences) in self.watched.items():
            lot = []
            for group in sentences.batches(32_000, np.random.default_rng(1)):
                batch = feeder.feed(group)
                chances = torch.sigmoid(self._scores(batch)[..., 0]) * batch["mask"]
                wanted = batch["labels"].amax(1) > 0
                lot.append(chances.amax(1)[wanted | (name == "whole")].cpu().numpy())
            peaks[name] = np.concatenate(lot)
        whole = np.sort(peaks.pop("whole"))
        shown = [f"{name} {_recall(whole, broken):.2f}" for name, broken in peaks.items()]
        quiet = ", ".join(f"{100 * (whole >= t).mean():.2f} ≥ {t}" for t in (0.5, 0.9))
        return f"recall {', '.join(shown)}; alarms {quiet}"

    def _save(self) -> None:
        """Write the weights, as halves and as the package reads them."""
        self.network.eval()
        out, pack = self.plan.out, self.pack
        state = {name: part.half().cpu() for name, part in self.network.state_dict().items()}
        torch.save(state, out / "new.pt")
        (out / "new.pt").replace(out / "ear.pt")
        new = out / "new.safetensors"
        write(self.network, pack.prepared.keys, pack.kept, pack.table, new)
        new.replace(out / "ear.safetensors")


def _recall(whole: np.ndarray, broken: np.ndarray) -> float:
    """The share of broken ones above the lowest bound at which four in five alarms are right."""
    for bound in np.quantile(whole, np.linspace(0.5, 1, 200)):
        right, wrong = (broken > bound).mean(), (whole > bound).mean()
        if right >= 4 * wrong:
            return float(right)
    return 0.0


def _losses(scores: Tensor, batch: dict[str, Tensor]) -> tuple[Tensor, Tensor]:
    """Of broken places, and of the tags of whole ones."""
    mask, labels = batch["mask"], batch["labels"]
    broken = functional.binary_cross_entropy_with_logits(
        scores[..., 0], labels, weight=mask, reduction="sum"
    )
    whole = mask * (labels == 0)
    tags = functional.cross_entropy(
        scores[..., 1:].flatten(0, 1), batch["tags"].flatten(), reduction="none"
    )
    return broken / mask.sum(), (tags * whole.flatten()).sum() / whole.sum()


if __name__ == "__main__":
    main()
