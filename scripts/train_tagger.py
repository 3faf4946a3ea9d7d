"""Train the tagger of each language: `auditor/data/fluency/tagger/CODE.*`.

1. Vectors of frequent forms from plain text (`tagger_vectors.py`), where the learnt vectors begin.
2. The network of `auditor/fluency/tagger.py` learns two things at once: the treebanks' tags in
   context, and from the inflection lists what a form may be by itself.
   Noise makes it robust: words lost, doubled, or with the wrong capital; forms hidden, so that
   beginnings and endings must do.
3. With `--rounds`, its own tags of plain text join the treebanks where it is sure (self-training).

    python scripts/train_tagger.py --data ../shared/data --lists FOLDER --work /tmp/work
"""

from __future__ import annotations

import argparse
import json
import lzma
import pickle
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from tagger_data import (
    UNTOLD,
    Sentence,
    lexicon,
    read_texts,
    treebanks,
)
from tagger_vectors import FEWEST, corpus, vectors
from torch import Tensor, nn
from torch.nn import functional

from auditor.fluency.features import BUCKETS, affix_features, form_feature
from auditor.fluency.grammar import cuts
from auditor.fluency.tagger import CASES, GENDERS, NUMBERS, PERSONS, REACH
from auditor.fluency.tokens import tokenize
from auditor.weights import DEFLATED, write_weights

DIMENSION, HIDDEN = 64, 96
LISTED = 20_000  # forms with a vector of their own
FEATURES = (NUMBERS, GENDERS, PERSONS, CASES)
HIDE = 0.15  # share of forms that are shown without themselves
LEXICAL = 768  # forms of the inflection lists in a step
TOKENS = 3_000  # words in a step
SEED = 20261124
TARGET = Path(__file__).parent.parent / "auditor" / "data" / "fluency" / "tagger"


def report(line: str) -> None:
    """Print a line of progress with the time of day."""
    print(time.strftime("%H:%M:%S"), line, flush=True)


class Network(nn.Module):
    """The network in torch; `export` writes what `auditor.fluency.tagger` reads."""

    def __init__(self, listed: NDArray[np.float32], classes: int, readings: int) -> None:
        super().__init__()
        self.buckets = nn.EmbeddingBag(BUCKETS, DIMENSION, mode="sum")
        nn.init.normal_(self.buckets.weight, std=0.05)
        self.forms = nn.Embedding(len(listed) + 1, DIMENSION, padding_idx=len(listed))
        with torch.no_grad():
            self.forms.weight[:-1] = torch.from_numpy(listed)
        outputs = classes + sum(map(len, FEATURES))
        self.mixes = nn.ModuleList(
            nn.Linear(len(reach) * (HIDDEN if depth else DIMENSION), HIDDEN)
            for depth, reach in enumerate(REACH)
        )
        self.heads = nn.Linear(HIDDEN, outputs)
        self.direct = nn.Linear(DIMENSION, outputs, bias=False)
        self.readings = nn.Linear(DIMENSION, readings)
        self.dropout = nn.Dropout(0.2)

    def embed(self, ids: Tensor, starts: Tensor, rows: Tensor) -> Tensor:
        """Embeddings of forms: (forms, dimension)."""
        result: Tensor = self.buckets(ids, starts) + self.forms(rows)
        return result

    def scores(self, embedded: Tensor, places: Tensor) -> Tensor:
        """Scores of all heads: places (sentences, words), -1 where there is none."""
        filled = (places >= 0).unsqueeze(-1)
        hidden = self.dropout(embedded[places.clamp(min=0)]) * filled
        direct = self.direct(hidden)
        for depth, (layer, reach) in enumerate(zip(self.mixes, REACH, strict=True)):
            mixed = functional.relu(layer(_neighbours(hidden, reach))) * filled
            hidden = mixed if not depth else hidden + mixed
            hidden = self.dropout(hidden)
        result: Tensor = self.heads(hidden) + direct
        return result


def _neighbours(hidden: Tensor, reach: tuple[int, ...]) -> Tensor:
    margin = max(reach)
    padded = functional.pad(hidden, (0, 0, margin, margin))
    length = hidden.shape[1]
    return torch.cat([padded[:, margin + o : margin + o + length] for o in reach], -1)


@dataclass(slots=True)
class Example:
    """A sentence as numbers: forms, classes, features (words, 4); -1 = not told."""

    forms: list[str]
    classes: NDArray[np.int64]
    features: NDArray[np.int64]


class Trainer:
    """Training of one language."""

    def __init__(self, code: str, data: Path, lists: Path | None, work: Path) -> None:
        self.code, self.random = code, Random(SEED)  # noqa: S311 - noise, no secret
        torch.manual_seed(SEED)
        training, self.held_out = treebanks(data / "ud", code)
        names = Counter(name for sentence in training for name in sentence.classes)
        self.classes = sorted(
            name for name, count in names.items() if count >= 3 and UNTOLD not in name
        )
        self.number = {name: i for i, name in enumerate(self.classes)}
        self.examples = [self.example(sentence) for sentence in training]
        listed, counts, found = self._vectors(data, work)
        self.rows = {form: i for i, form in enumerate(listed)}
        self.lexicon = lexicon(lists, code) if lists else {}
        kinds = Counter(reading for row in self.lexicon.values() for reading in row)
        self.readings = sorted(kind for kind, count in kinds.items() if count >= 50)
        known = [form for form in self.lexicon if counts[form] or counts[form.lower()]]
        self.common = sorted(known)
        self.rare = sorted(self.lexicon)
        self.network = Network(found, len(self.classes), max(1, len(self.readings)))
        self.bits = {kind: i for i, kind in enumerate(self.readings)}
        self.cache: dict[str, list[int]] = {}

    def _vectors(
        self, data: Path, work: Path
    ) -> tuple[list[str], Counter[str], NDArray[np.float32]]:
        kept = work / f"vectors.{self.code}.pkl"
        if not kept.exists():
            forms, counts, sequence = corpus(data, self.code)
            frequent = min(LISTED, sum(count >= FEWEST for count in counts.values()))
            found = vectors(sequence, frequent, DIMENSION)
            kept.write_bytes(pickle.dumps((forms[:frequent], counts, found)))
        listed, counts, found = pickle.loads(kept.read_bytes())  # noqa: S301 - written above
        return listed, counts, found * 0.5

    def example(self, sentence: Sentence) -> Example:
        """A sentence as numbers."""
        return Example(
            sentence.forms,
            np.array([self.number.get(name, -1) for name in sentence.classes], np.int64),
            np.array(sentence.features, np.int64),
        )

    def disturbed(self, example: Example) -> Example:
        """A copy with noise: words lost or doubled, wrong capitals, the end cut off."""
        draw = self.random.random
        if draw() < 0.3:
            return example
        order: list[int] = []
        forms: list[str] = []
        for position, written in enumerate(example.forms):
            form, dice = written, draw()
            if dice < 0.03:
                continue
            if 0.03 <= dice < 0.05 and form.isalpha():
                form = form.lower() if form[0].isupper() else form.capitalize()
            order.append(position)
            forms.append(form)
        if len(order) > 3 and draw() < 0.1:
            order, forms = order[:-1], forms[:-1]
        if len(order) > 8 and draw() < 0.1:
            cut = self.random.randrange(4, len(order) - 2)
            start = self.random.choice((0, cut))
            end = cut if not start else len(order)
            order, forms = order[start:end], forms[start:end]
        if not order:
            return example
        return Example(forms, example.classes[order], example.features[order])

    def inputs(self, forms: list[str], *, hide: float) -> tuple[Tensor, Tensor, Tensor]:
        """Features of forms; with some the form itself is hidden."""
        ids: list[int] = []
        starts: list[int] = []
        rows: list[int] = []
        for form in forms:
            starts.append(len(ids))
            if form not in self.cache:
                self.cache[form] = [form_feature(form), *affix_features(form)]
            hidden = self.random.random() < hide
            ids += self.cache[form][1:] if hidden else self.cache[form]
            own = self.rows.get(form, self.rows.get(form.lower(), len(self.rows)))
            rows.append(len(self.rows) if hidden else own)
        return torch.tensor(ids), torch.tensor(starts), torch.tensor(rows)

    def train(self, epochs: int, extra: list[Example] | None = None) -> None:
        """Epochs over the treebanks, and over examples beside them."""
        examples = self.examples + (extra or [])
        steps = epochs * (1 + sum(len(e.forms) for e in examples) // TOKENS)
        optimiser = torch.optim.AdamW(self.network.parameters(), lr=2e-3, weight_decay=1e-3)
        rate = torch.optim.lr_scheduler.OneCycleLR(optimiser, 3e-3, total_steps=steps + epochs)
        for epoch in range(epochs):
            self.network.train()
            self.random.shuffle(examples)
            losses = []
            for batch in _batches([self.disturbed(example) for example in examples]):
                loss = self._loss(batch)
                optimiser.zero_grad()
                loss.backward()  # type: ignore[no-untyped-call]
                optimiser.step()
                if rate.last_epoch < steps + epochs - 1:
                    rate.step()
                losses.append(loss.item())
            if epoch % 3 == 2 or epoch == epochs - 1:
                report(f"{self.code} epoch {epoch}: loss {np.mean(losses):.3f}, {self.accuracy()}")

    def _loss(self, batch: list[Example]) -> Tensor:
        forms = list({form for example in batch for form in example.forms})
        number = {form: i for i, form in enumerate(forms)}
        lexical = self._lexical()
        embedded = self.network.embed(*self.inputs(forms + lexical, hide=HIDE))
        longest = max(len(example.forms) for example in batch)
        places = torch.full((len(batch), longest), -1)
        targets = torch.full((len(batch), longest, 5), -1)
        for row, example in enumerate(batch):
            length = len(example.forms)
            places[row, :length] = torch.tensor([number[form] for form in example.forms])
            targets[row, :length, 0] = torch.from_numpy(example.classes)
            targets[row, :length, 1:] = torch.from_numpy(example.features)
        scores = self.network.scores(embedded, places)
        loss = torch.zeros(())
        start = 0
        for head, width in enumerate((len(self.classes), *map(len, FEATURES))):
            loss = loss + (1.0 if head == 0 else 0.5) * functional.cross_entropy(
                scores[..., start : start + width].reshape(-1, width),
                targets[..., head].reshape(-1),
                ignore_index=-1,
            )
            start += width
        if lexical:
            wanted = torch.zeros(len(lexical), len(self.readings))
            for row, form in enumerate(lexical):
                for reading in self.lexicon[form]:
                    if reading in self.bits:
                        wanted[row, self.bits[reading]] = 1
            bits = self.network.readings(self.network.dropout(embedded[len(forms) :]))
            loss = loss + 3 * functional.binary_cross_entropy_with_logits(bits, wanted)
        return loss

    def _lexical(self) -> list[str]:
        if not self.lexicon:
            return []
        half = LEXICAL // 2
        return self.random.choices(self.common, k=half) + self.random.choices(self.rare, k=half)

    def accuracy(self) -> str:
        """Accuracy of the classes on the held-out sentences."""
        right = total = 0
        for example, found in self.predict([s.forms for s in self.held_out]):
            told = [self.number.get(name, -2) for name in self.held_out[example].classes]
            right += int((found[0] == np.array(told)).sum())
            total += len(told)
        return f"held out {right / total:.4f}"

    @torch.no_grad()
    def predict(self, sentences: list[list[str]]) -> list[tuple[int, Any]]:
        """For each sentence: its index, and (classes, their probability, features)."""
        self.network.eval()
        done = []
        for first in range(0, len(sentences), 64):
            batch = sentences[first : first + 64]
            forms = list({form for sentence in batch for form in sentence})
            number = {form: i for i, form in enumerate(forms)}
            embedded = self.network.embed(*self.inputs(forms, hide=0))
            longest = max(map(len, batch))
            places = torch.full((len(batch), longest), -1)
            for row, sentence in enumerate(batch):
                places[row, : len(sentence)] = torch.tensor([number[form] for form in sentence])
            scores = self.network.scores(embedded, places)
            count = len(self.classes)
            probability, classes = scores[..., :count].softmax(-1).max(-1)
            features, start = [], count
            for values in FEATURES:
                features.append(scores[..., start : start + len(values)].argmax(-1))
                start += len(values)
            stacked = torch.stack(features, -1)
            for row, sentence in enumerate(batch):
                end = len(sentence)
                done.append(
                    (
                        first + row,
                        (
                            classes[row, :end].numpy(),
                            probability[row, :end].numpy(),
                            stacked[row, :end].numpy(),
                        ),
                    )
                )
        return done

    def own_tags(self, data: Path, count: int, surest: float = 0.8) -> list[Example]:
        """Sentences of plain text with the model's own tags; what it doubts is left open."""
        texts = [text for text in read_texts(data, self.code) if 40 < len(text) < 220]
        self.random.shuffle(texts)
        language_cuts = cuts(self.code)
        sentences = [
            [token.text for token in tokenize(text, language_cuts)] for text in texts[:count]
        ]
        examples = []
        for index, (told, probability, all_features) in self.predict(sentences):
            doubted = probability < surest
            classes = np.where(doubted, -1, told)
            features = np.where(doubted[:, None], -1, all_features)
            if doubted.mean() < 0.2:
                examples.append(Example(sentences[index], classes, features))
        return examples

    def export(self) -> None:
        """Write the weights: tables as int8 with one scale each, the rest as float16."""
        TARGET.mkdir(parents=True, exist_ok=True)
        state = {name: value.detach().numpy() for name, value in self.network.state_dict().items()}
        tensors: dict[str, NDArray[Any]] = {}
        for name, table in (
            ("buckets", state["buckets.weight"]),
            ("forms", state["forms.weight"][:-1]),
        ):
            scale = np.abs(table).max() / 127
            # A few large values must not make the rest coarse.
            scale = min(scale, float(np.quantile(np.abs(table), 0.9999)) / 127)
            tensors[name] = np.clip(np.round(table / scale), -127, 127).astype(np.int8)
            tensors[f"{name}.scale"] = np.array([scale], np.float32)
        for depth, reach in enumerate(REACH):
            width = HIDDEN if depth else DIMENSION
            weight = state[f"mixes.{depth}.weight"].T.reshape(len(reach), width, HIDDEN)
            tensors[f"mix{depth}"] = weight.astype(np.float16)
            tensors[f"mix{depth}.bias"] = state[f"mixes.{depth}.bias"].astype(np.float16)
        tensors["heads"] = state["heads.weight"].T.astype(np.float16)
        tensors["heads.bias"] = state["heads.bias"].astype(np.float16)
        tensors["direct"] = state["direct.weight"].T.astype(np.float16)
        tensors["readings"] = state["readings.weight"].T.astype(np.float16)
        tensors["readings.bias"] = state["readings.bias"].astype(np.float16)
        tensors = {name: np.ascontiguousarray(value) for name, value in tensors.items()}
        write_weights(tensors, TARGET / f"{self.code}{DEFLATED}")
        forms = sorted(self.rows, key=self.rows.__getitem__)
        (TARGET / f"{self.code}.forms.txt.xz").write_bytes(
            lzma.compress("\n".join(forms).encode(), preset=9)
        )
        names = {"classes": self.classes, "readings": self.readings}
        (TARGET / f"{self.code}.json").write_text(json.dumps(names, indent=1) + "\n", "utf-8")


def _batches(examples: list[Example]) -> list[list[Example]]:
    """Examples of like length together, a few thousand words each, in the order of chance."""
    batches: list[list[Example]] = []
    for first in range(0, len(examples), 2_000):
        pool = sorted(examples[first : first + 2_000], key=lambda example: len(example.forms))
        batch: list[Example] = []
        for example in pool:
            if batch and (len(batch) + 1) * len(example.forms) > TOKENS:
                batches.append(batch)
                batch = []
            batch.append(example)
        batches.append(batch)
    Random(len(examples)).shuffle(batches)  # noqa: S311 - no secret
    return batches


def main() -> None:
    """Train and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder with ud/ and mono/")
    parser.add_argument("--lists", type=Path, help="the folder with the inflection lists")
    parser.add_argument("--work", type=Path, required=True, help="for intermediate results")
    parser.add_argument("--languages", nargs="+", default=["fr", "de"])
    parser.add_argument("--epochs", type=int, default=12)
    parser.add_argument("--rounds", type=int, default=1, help="rounds of self-training")
    parser.add_argument("--texts", type=int, default=40_000, help="sentences in such a round")
    options = parser.parse_args()
    torch.set_num_threads(1)
    for code in options.languages:
        trainer = Trainer(code, options.data, options.lists, options.work)
        words = sum(len(example.forms) for example in trainer.examples)
        repeats = max(1, 200_000 // words)
        report(f"{code}: {words} words, {len(trainer.classes)} classes")
        trainer.train(options.epochs * repeats)
        trainer.export()
        for number in range(options.rounds):
            extra = trainer.own_tags(options.data, options.texts)
            report(f"{code} round {number}: {len(extra)} sentences of its own")
            trainer.examples *= min(4, repeats) if number == 0 else 1
            trainer.train(options.epochs // 2, extra)
            trainer.export()


if __name__ == "__main__":
    main()
