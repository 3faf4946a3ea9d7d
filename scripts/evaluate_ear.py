"""What the ear hears, and how often it is wrong: the tables of its model card.

- **Kinds**: clean sentences that were never learnt from, and the clean treebank sentences of
  `eval/pud`, broken once by each kind of fault (`corruptions.py`). Recall is the share of broken
  sentences with a token above the threshold; precision is reckoned with as many clean sentences as
  broken ones.
- **Texts**: thirty sentences each, of which one in twenty, in five or in two is broken by a kind
  drawn as often as in training; what the rule says of their sentences, one document each.
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
from corruptions import HELD_OUT, KINDS, Draft, Tools, corrupt
from ear_corpus import HELD, Prepared, prepare
from ear_data import LANGUAGES, treebank_file
from ear_drafts import drafts, make_tools

from auditor.fluency.ear import Ear, Heard, digest, load_ear
from auditor.fluency.ear_belief import Belief, Evidence
from auditor.fluency.ear_stretches import Limits, limits, stretches
from auditor.fluency.hearing import FEWEST_WORDS
from auditor.fluency.tagger import Word, read_words
from auditor.languages import language
from auditor.model import Kind
from auditor.text.reading import read_text

THRESHOLDS = (0.35, 0.5, 0.8, 0.9, 0.95, 0.98)
_LOW = 0.35  # where recall and precision are told besides the rule's own limit
_PER_KIND = 500  # sentences tried for each kind and language
_TRIES = 12  # for each sentence: many have no place for a fault of some kind
_SHARES = (0.05, 0.2, 0.5)  # of broken sentences in a text
_TEXTS, _SENTENCES = 60, 30
_CLAUSE = 150  # characters: a wider span tells an editor little about the place


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder with data/ and eval/")
    parser.add_argument("--work", type=Path, required=True, help="scratch folder of pack_ear.py")
    parser.add_argument("--weights", type=Path, help="other weights than the package's")
    parser.add_argument(
        "--only", nargs="*", default=["clean", "kinds", "texts", "annotated", "speed"]
    )
    options = parser.parse_args()
    ear = Ear(options.weights.read_bytes()) if options.weights else load_ear()
    folder = options.data / "eval"
    print(f"The ear {options.weights or digest()}\n")
    if "clean" in options.only:
        print_clean(ear, folder)
    if "annotated" in options.only:
        print_annotated(ear, folder / "annotated")
    if "kinds" in options.only:
        print_kinds(ear, prepare(options.data, options.work), folder)
    if "texts" in options.only:
        print_texts(ear, prepare(options.data, options.work), folder)
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
    """Alarms for 100 clean sentences: of the rule, and at several thresholds."""
    head = " | ".join(f"≥ {t}" for t in THRESHOLDS)
    print("Findings of the rule (minor, major) for 100 clean sentences, and sentences with a token")
    print("above a threshold:\n")
    print(f"| set | | sentences | minor | major | {head} |")
    print(f"|---|---|---|---|---|{'---|' * len(THRESHOLDS)}")
    for name, code, sentences in clean_sets(folder):
        listened = ear.listen(sentences, code)
        found = Counter(
            stretch.major
            for one, sentence in zip(listened, sentences, strict=True)
            if len(sentence.split()) >= FEWEST_WORDS
            for stretch in stretches(one, own_limits(code))
            if not stretch.faint
        )
        peaks = np.array([peak(heard) for heard in listened])
        rates = " | ".join(f"{100 * (peaks >= t).mean():.2f}" for t in THRESHOLDS)
        each = 100 / len(sentences)
        print(
            f"| {name} | {code} | {len(sentences)} | {found[False] * each:.2f} "
            f"| {found[True] * each:.2f} | {rates} |"
        )
    print()


def own_limits(code: str) -> Limits:
    """The limits of a language that the ear knows."""
    own = limits(code)
    assert own is not None
    return own


def peak(heard: Heard) -> float:
    """The highest probability of a sentence."""
    return float(heard.probabilities.max(initial=0))


# --- planted faults ---------------------------------------------------------------------------


def print_kinds(ear: Ear, prepared: Prepared, folder: Path) -> None:
    """Recall by kind of fault, those held out from training first."""
    columns = [(code, place) for code in LANGUAGES for place in ("own", "pud")]
    clean: dict[tuple[str, str], np.ndarray] = {}
    broken: dict[str, dict[tuple[str, str], np.ndarray]] = defaultdict(dict)
    for code in LANGUAGES:
        tools = make_tools(prepared, code, 5)
        for place, whole in whole_sentences(prepared, folder, code).items():
            clean[code, place] = _peaks(ear, whole, code)
            for kind in KINDS:
                tools.chance = Random(kind)  # noqa: S311 - repeatable, not secret
                lot = [b for d in whole[:_PER_KIND] if (b := corrupt(d, kind, tools))]
                broken[kind][code, place] = _peaks(ear, lot, code)
    print("Recall by kind of fault at the rule's limit, own held-out sentences and PUD:\n")
    print(f"| kind | {' | '.join(f'{c} {p}' for c, p in columns)} |\n|---|{'---|' * len(columns)}")
    for kind in sorted(KINDS, key=lambda kind: kind not in HELD_OUT):
        cells = [(broken[kind][c], own_limits(c[0]).minor) for c in columns]
        shown = [f"{(v >= limit).mean():.2f}" if len(v) > 20 else "" for v, limit in cells]
        mark = "**" if kind in HELD_OUT else ""
        print(f"| {mark}{kind}{mark} | {' | '.join(shown)} |")
    print("\nAll kinds together; precision with as many clean sentences as broken ones:\n")
    print(f"| | {' | '.join(f'{c} {p}' for c, p in columns)} |\n|---|{'---|' * len(columns)}")
    learnt = [kind for kind in KINDS if kind not in HELD_OUT]
    for title, kinds in (("held out", HELD_OUT), ("learnt", learnt)):
        for low in (False, True):
            figures = []
            for column in columns:
                limit = _LOW if low else own_limits(column[0]).minor
                recall = (np.concatenate([broken[k][column] for k in kinds]) >= limit).mean()
                alarms = (clean[column] >= limit).mean()
                figures.append(f"{recall:.2f} / {recall / max(recall + alarms, 1e-9):.3f}")
            print(f"| {title}, {f'≥ {_LOW}' if low else 'limit'} | {' | '.join(figures)} |")
    print()


def print_texts(ear: Ear, prepared: Prepared, folder: Path) -> None:
    """Recall and precision of the rule, by sentence, in texts of which a share is broken."""
    learnt = [kind for kind in KINDS if kind not in HELD_OUT]
    print(
        "Texts of thirty sentences: recall / precision of the rule by sentence; in brackets, each "
    )
    print("sentence heard as a document of its own:\n")
    heads = " | ".join(f"{share:.0%} broken" for share in _SHARES)
    print(f"| | | {heads} |\n|---|---|{'---|' * len(_SHARES)}")
    for code in LANGUAGES:
        tools = make_tools(prepared, code, 5)
        for place, whole in whole_sentences(prepared, folder, code).items():
            for title, kinds in (("held out", HELD_OUT), ("learnt", learnt)):
                copies = list(broken_copies(whole, tools, kinds, 1))
                cells = [_texts_cell(ear, copies, whole, code, share) for share in _SHARES]
                print(f"| {title} | {code} {place} | {' | '.join(cells)} |")
    print()


def _texts_cell(
    ear: Ear, broken: Sequence[Draft], whole: Sequence[Draft], code: str, share: float
) -> str:
    chance = Random(3)  # noqa: S311 - repeatable, not secret
    told: Counter[tuple[str, bool]] = Counter()
    number = 0
    lots = {True: long_texts(broken), False: long_texts(whole)}
    for _ in range(_TEXTS):
        marks = [chance.random() < share for _ in range(_SENTENCES)]
        texts = [chance.choice(lots[mark]) for mark in marks]
        heard = ear.listen(texts, code)
        for way, belief in (("own", None), ("text", Belief.of(heard, evidence(code)))):
            for text, one, mark in zip(texts, heard, marks, strict=True):
                found = stretches(one, own_limits(code), _reader(text, code), belief)
                told[way, mark] += any(True for _ in found)
        number += sum(marks)
    figures = []
    for way in ("text", "own"):
        right, wrong = told[way, True], told[way, False]
        figures.append(f"{right / number:.2f} / {right / max(1, right + wrong):.2f}")
    return f"{figures[0]} ({figures[1]})"


def long_texts(drafts: Sequence[Draft]) -> list[str]:
    """Those that are long enough to be judged, as lines of text."""
    return [t for t in map(text_of, drafts) if len(t.split()) >= FEWEST_WORDS]


def _reader(text: str, code: str) -> Callable[[], Sequence[Word]]:
    return lambda: read_words([text], code)[0]


def evidence(code: str) -> Evidence:
    """What a doubt proves in a language that the ear knows."""
    found = own_limits(code).evidence
    assert found is not None
    return found


def broken_copies(
    sentences: Sequence[Draft], tools: Tools, kinds: Sequence[str], copies: int
) -> Iterator[Draft]:
    """Copies with one fault each."""
    tools.chance = Random(11)  # noqa: S311 - repeatable, not secret
    weights = [max(KINDS[kind][1], 1e-3) for kind in kinds]
    for sentence in sentences:
        made = 0
        for _ in range(_TRIES):
            kind = tools.chance.choices(kinds, weights)[0]
            copy = corrupt(sentence, kind, tools) if made < copies else None
            if copy:
                made += 1
                yield copy


def whole_sentences(prepared: Prepared, folder: Path, code: str) -> dict[str, list[Draft]]:
    """Clean sentences that were never learnt from: of the ear's own sources, and of PUD."""
    corpus = prepared.corpora[code]
    last = range(len(corpus.lengths) - HELD, len(corpus.lengths))
    name = {"fr": "French", "de": "German"}[code]
    path = next((folder / "pud" / f"UD_{name}-PUD").glob("*.conllu"))
    return {
        "own": list(drafts(corpus, prepared.tags, last)),
        "pud": [Draft(t.tokens.forms, t.tokens.spaced, t.tags) for t in treebank_file(path)],
    }


def _peaks(ear: Ear, sentences: Sequence[Draft], code: str) -> np.ndarray:
    return np.array([peak(heard) for heard in _heard(ear, sentences, code)])


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
    """Processor time to load, and sentences of 25 words in a second of it."""
    load_ear.cache_clear()
    load_time = _timed(load_ear)
    ear = load_ear()
    sentences = [s for _, code, lot in clean_sets(folder) for s in lot if code == "fr"]
    words = sum(len(s.split()) for s in sentences) / 25
    cold = words / _timed(lambda: ear.listen(sentences, "fr"))
    warm = words / _timed(lambda: ear.listen(sentences, "fr"))
    print(
        f"Loading {1000 * load_time:.0f} ms; in a second of processor time {cold:.0f} sentences of "
    )
    print(f"25 words with new word forms, {warm:.0f} with known ones.")


def _timed(action: Callable[[], object]) -> float:
    start = time.process_time()  # of all threads: other work on the machine does not count
    action()
    return time.process_time() - start


if __name__ == "__main__":
    main()
