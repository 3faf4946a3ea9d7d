"""What the ear hears, and how often it is wrong: the tables of its model card.

- **Kinds**: clean sentences that were never learnt from, and the clean treebank sentences of
  `eval/pud`, broken once by each kind of fault (`corruptions.py`). Recall is the share of broken
  sentences with a token above the threshold; precision is reckoned with as many clean sentences as
  broken ones.
- **Clean**: alarms for 100 sentences of human text; every one counts as false, unread.
- **Annotated**: rough machine translation whose errors a person marked. An alarm is right where it
  overlaps a marked span that a reader of this language alone can see, or any marked span.
- **Speed** and size on this machine.

    python scripts/evaluate_ear.py --data ../shared --work /tmp/ear
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import numpy as np
from corruptions import HELD_OUT, KINDS, Draft, corrupt
from ear_corpus import Prepared, prepare
from ear_data import LANGUAGES, treebank_file
from train_ear import HELD, drafts, make_tools

from auditor.fluency.ear import Ear, Heard, load_ear
from auditor.languages import language
from auditor.model import Kind
from auditor.text.reading import read_text

THRESHOLDS = (0.5, 0.7, 0.8, 0.9, 0.95, 0.98)
_PER_KIND = 700  # sentences tried for each kind and language
_CLAUSE = 150  # characters: a wider span tells an editor little about the place


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder with data/ and eval/")
    parser.add_argument("--work", type=Path, required=True, help="scratch folder of train_ear.py")
    parser.add_argument("--weights", type=Path, help="other weights than the package's")
    parser.add_argument("--threshold", type=float, nargs=2, default=(0.9, 0.9), help="fr, de")
    parser.add_argument("--only", nargs="*", default=["clean", "kinds", "annotated", "speed"])
    options = parser.parse_args()
    ear = Ear(options.weights.read_bytes()) if options.weights else load_ear()
    limits = dict(zip(LANGUAGES, options.threshold, strict=True))
    folder = options.data / "eval"
    print(f"{ear.signature}, thresholds {limits}\n")
    if "clean" in options.only:
        print_clean(ear, folder)
    if "annotated" in options.only:
        print_annotated(ear, folder / "annotated")
    if "kinds" in options.only:
        print_kinds(ear, prepare(options.data, options.work), folder, limits)
    if "speed" in options.only:
        print_speed(folder)


# --- clean text -------------------------------------------------------------------------------


def clean_sets(folder: Path) -> Iterator[tuple[str, str, list[str]]]:
    """Name, language and sentences of each clean set."""
    for code in LANGUAGES:
        for name in ("ntrex", "msdocs_ht"):
            texts = [p.read_text("utf8") for p in sorted((folder / name).glob(f"*.{code}.txt"))]
            yield name, code, [s for text in texts for s in prose(text, code)]
        with gzip.open(folder / "pud" / "ud_pud.en-fr-de.tsv.gz", "rt", encoding="utf8") as stream:
            column = {"fr": -2, "de": -1}[code]
            yield "pud", code, [line.rstrip("\n").split("\t")[column] for line in stream]
    for name, code in (("src.fr", "fr"), ("ref.A.de", "de")):
        text = (folder / "wmt21" / f"{name}.txt").read_text("utf8")
        yield "wmt21", code, text.splitlines()


def prose(text: str, code: str) -> list[str]:
    """The sentences of an article's prose, as the auditor divides it."""
    document = read_text(text, id=code, path=code, language=language(code))
    return [s.view.text for s in document.segments if s.kind is Kind.PROSE]


def print_clean(ear: Ear, folder: Path) -> None:
    """Alarms for 100 clean sentences at several thresholds."""
    head = " | ".join(f"≥ {t}" for t in THRESHOLDS)
    print("Sentences with a token above a threshold, for 100 clean ones:\n")
    print(f"| set | | sentences | {head} |\n|---|---|---|{'---|' * len(THRESHOLDS)}")
    for name, code, sentences in clean_sets(folder):
        peaks = np.array([peak(heard) for heard in ear.listen(sentences, code)])
        rates = " | ".join(f"{100 * (peaks >= t).mean():.2f}" for t in THRESHOLDS)
        print(f"| {name} | {code} | {len(sentences)} | {rates} |")
    print()


def peak(heard: Heard) -> float:
    """The highest probability of a sentence."""
    return float(heard.probabilities.max(initial=0))


# --- planted faults ---------------------------------------------------------------------------


def print_kinds(ear: Ear, prepared: Prepared, folder: Path, limits: dict[str, float]) -> None:
    """Recall by kind of fault, those held out from training first."""
    found: dict[str, dict[tuple[str, str], tuple[int, int]]] = defaultdict(dict)
    clean: dict[tuple[str, str], float] = {}
    for code in LANGUAGES:
        corpus = prepared.corpora[code]
        last = range(len(corpus.lengths) - HELD, len(corpus.lengths))
        name = {"fr": "French", "de": "German"}[code]
        path = next((folder / "pud" / f"UD_{name}-PUD").glob("*.conllu"))
        sets = {
            "own": list(drafts(corpus, prepared.tags, last)),
            "pud": [Draft(t.tokens.forms, t.tokens.spaced, t.tags) for t in treebank_file(path)],
        }
        tools = make_tools(prepared, code, 5)
        for place, whole in sets.items():
            heard = _heard(ear, whole, code)
            clean[code, place] = float(np.mean([peak(h) >= limits[code] for h in heard]))
            for kind in KINDS:
                tools.chance = Random(kind)  # noqa: S311 - repeatable, not secret
                broken = [b for d in whole[:_PER_KIND] if (b := corrupt(d, kind, tools))]
                hits = sum(peak(h) >= limits[code] for h in _heard(ear, broken, code))
                found[kind][code, place] = (hits, len(broken))
    columns = [(code, place) for code in LANGUAGES for place in ("own", "pud")]
    print("Recall by kind of fault, own held-out sentences and PUD:\n")
    print(f"| kind | {' | '.join(f'{c} {p}' for c, p in columns)} |\n|---|{'---|' * len(columns)}")
    for kind in sorted(KINDS, key=lambda kind: kind not in HELD_OUT):
        cells = [found[kind][column] for column in columns]
        mark = "**" if kind in HELD_OUT else ""
        shown = " | ".join(f"{h / n:.2f}" if n > 20 else "" for h, n in cells)
        print(f"| {mark}{kind}{mark} | {shown} |")
    for title, kinds in (
        ("held out", HELD_OUT),
        ("learnt", [k for k in KINDS if k not in HELD_OUT]),
    ):
        sums = [np.sum([found[k][c] for k in kinds], axis=0) for c in columns]
        recalls = [h / n for h, n in sums]
        print(f"| all {title} | {' | '.join(f'{r:.2f}' for r in recalls)} |")
        precisions = [r / (r + clean[c]) for r, c in zip(recalls, columns, strict=True)]
        print(f"| precision with as many clean | {' | '.join(f'{p:.3f}' for p in precisions)} |")
    print()


def _heard(ear: Ear, sentences: Sequence[Draft], code: str) -> list[Heard]:
    return ear.listen([text_of(draft) for draft in sentences], code)


def text_of(draft: Draft) -> str:
    """A draft as a line of text."""
    pieces = zip(draft.forms, draft.spaced, strict=True)
    return "".join((" " if gap else "") + form for form, gap in pieces).strip()


# --- marked errors ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Marked:
    """A unit of machine translation and the errors in it: span, kind, severity, who can see it."""

    text: str
    code: str
    errors: tuple[dict[str, str], ...]


def annotated(folder: Path) -> Iterator[Marked]:
    """All units of the annotated articles."""
    gold = json.loads((folder / "gold.json").read_text("utf8"))
    errors: dict[tuple[str, str, str], list[dict[str, str]]] = defaultdict(list)
    for error in gold["errors"]:
        errors[error["doc"], str(error["seg"]), error["lang"]].append(error)
    for path in sorted(folder.glob("*.seg.tsv")):
        name = path.name.removesuffix(".seg.tsv")
        with path.open(encoding="utf8", newline="") as stream:
            for row in csv.DictReader(stream, delimiter="\t"):
                for code in LANGUAGES:
                    yield Marked(row[code], code, tuple(errors[name, row["seg_id"], code]))


def alarms(heard: Heard, threshold: float) -> list[tuple[int, int]]:
    """Spans of neighbouring tokens above a threshold, at most one token apart."""
    spans: list[tuple[int, int]] = []
    last = -9
    for number, (token, value) in enumerate(zip(heard.tokens, heard.probabilities, strict=True)):
        if value >= threshold:
            if spans and number - last <= 2:
                spans[-1] = (spans[-1][0], token.end)
            else:
                spans.append((token.start, token.end))
            last = number
    return spans


def print_annotated(ear: Ear, folder: Path) -> None:
    """Recall and precision on real errors at several thresholds."""
    units = list(annotated(folder))
    print("Marked errors of rough machine translation (those in the letters of names left out of ")
    print("recall: capitalisation, entity):\n")
    print(
        "| threshold | | alarms | on a mono error | on any error | recall grammar | recall mono |"
    )
    print("|---|---|---|---|---|---|---|")
    for code in LANGUAGES:
        own = [unit for unit in units if unit.code == code]
        heard = ear.listen([unit.text for unit in own], code)
        for threshold in THRESHOLDS:
            _annotated_row(own, heard, threshold, code)
    print()


def _annotated_row(
    units: Sequence[Marked], heard: Sequence[Heard], threshold: float, code: str
) -> None:
    counts: Counter[str] = Counter()
    for unit, one in zip(units, heard, strict=True):
        spans = alarms(one, threshold)
        places = [(e, *_place(unit.text, e["span"])) for e in unit.errors if e["span"]]
        counts["alarms"] += len(spans)
        for start, end in spans:
            over = [e for e, s, t in places if s < end and start < t and end - start <= _CLAUSE]
            counts["any"] += bool(over)
            counts["mono"] += any(e["visible"] == "mono" for e in over)
        for error, start, end in places:
            if error["visible"] != "mono" or error["kind"].endswith(("capitalisation", "entity")):
                continue
            hit = any(start < t and s < end for s, t in spans)
            counts["all"] += 1
            counts["found"] += hit
            if error["kind"] == "fluency/grammar":
                counts["grammar"] += 1
                counts["found grammar"] += hit
    total = max(1, counts["alarms"])
    print(
        f"| {threshold} | {code} | {counts['alarms']} | {counts['mono'] / total:.2f} "
        f"| {counts['any'] / total:.2f} | {counts['found grammar']}/{counts['grammar']} "
        f"| {counts['found']}/{counts['all']} |"
    )


def _place(text: str, span: str) -> tuple[int, int]:
    start = text.find(span)
    return start, start + len(span)


# --- speed ------------------------------------------------------------------------------------


def print_speed(folder: Path) -> None:
    """Time to load, and sentences of 25 words a second, cold and with known word forms."""
    load_ear.cache_clear()
    load_time = _timed(load_ear)
    ear = load_ear()
    sentences = [s for _, code, lot in clean_sets(folder) for s in lot if code == "fr"]
    words = sum(len(s.split()) for s in sentences) / 25
    cold = words / _timed(lambda: ear.listen(sentences, "fr"))
    warm = words / _timed(lambda: ear.listen(sentences, "fr"))
    print(f"Loading {1000 * load_time:.0f} ms; {cold:.0f} sentences of 25 words a second with new ")
    print(f"word forms, {warm:.0f} with known ones.")


def _timed(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
