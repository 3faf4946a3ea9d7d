"""How often the rules of one language alone are wrong, and what they find.

- **Clean** texts by people (`ntrex`, `pud`, `msdocs_ht`, French source and German reference of
  `wmt21`): every finding counts as a false alarm, unread; for 100 sentences, major / minor /
  neutral. What stands in `msdocs_ht` is partly machine translation that nobody corrected.
- **Annotated** machine translation: right where a span overlaps a marked one that a reader of that
  language alone can see, and, in brackets, any marked one.
- **Broken** (`--work`, the scratch folder of `pack_ear.py`): texts of thirty sentences that the
  ear never learnt from, a share of which is broken by one fault each (`corruptions.py`): of the
  kinds held out from training (`--weights` of networks that never learnt them), of all others, or
  of kinds that nobody had thought of when the rules were made (`unmet_corruptions.py`; the last
  two have rules by now). Recall and precision by sentence of all rules of one language together;
  two rules are made for kinds held out (`missing-comma`, `split-word`).
- `--read SET` prints what is found in `seeds`, `sxs` or a clean set, with the words around it.

    python scripts/evaluate_fluency.py --data ../shared
"""

from __future__ import annotations

import argparse
import csv
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice
from pathlib import Path
from random import Random
from typing import NamedTuple

import numpy as np
from corruptions import HELD_OUT, KINDS
from ear_corpus import prepare
from ear_drafts import make_tools
from evaluate_ear import broken_copies, long_texts, whole_sentences
from evaluate_findings import articles, ntrex, pud
from unmet_corruptions import MET, UNMET

from auditor import auditing
from auditor.checks import DEFAULT
from auditor.checks.rule import Passage, Rule, Scope, passage
from auditor.encoders import load_encoder
from auditor.encoders.base import Encoder
from auditor.fluency import ear
from auditor.fluency.hearing import listen_ahead
from auditor.languages import language
from auditor.model import Document, Finding, Severity
from auditor.text.reading import read_text

CODES = ("fr", "de")
_GRAMMAR = "fluency/grammar"
_SEVERITIES = (Severity.MAJOR, Severity.MINOR, Severity.NEUTRAL)
_WIDE = 150  # characters: a wider span tells an editor little about the place


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder with eval/ and seeds/")
    parser.add_argument("--work", type=Path, help="measure on broken sentences, and nothing else")
    parser.add_argument("--read", help="print the findings in this set, and nothing else")
    parser.add_argument("--rules", nargs="*", help="these rules only")
    parser.add_argument("--most", type=int, default=25, help="findings to print of each rule")
    parser.add_argument("--lots", nargs="*", help="broken texts of these lots only: learnt, ...")
    parser.add_argument("--weights", type=Path, help="other weights of the ear than the package's")
    options = parser.parse_args()
    if options.weights:  # in the place of the file that `load_ear` reads
        ear._weights = options.weights.read_bytes
    rules = [
        rule
        for rule in DEFAULT
        if (rule.slug in options.rules if options.rules else _is_of_grammar(rule))
    ]
    auditor = Auditor(load_encoder(), rules)
    if options.work:
        print_broken(options.data, options.work, options.lots)
        return
    if options.read:
        auditor.read(options.read, options.data, options.most)
        return
    for code in CODES:
        auditor.clean(options.data / "eval", code)
    for code in CODES:
        auditor.annotated(options.data / "eval" / "annotated", code)


def _is_of_grammar(rule: Rule) -> bool:
    """Whether a rule looks at sentences, or a whole text's: signs in pairs are another matter."""
    return rule.scope is Scope.SENTENCE or (
        rule.scope is Scope.DOCUMENT and rule.category == _GRAMMAR
    )


def sets(folder: Path, code: str) -> dict[str, list[str]]:
    """Clean texts by set: lines of each article."""
    side = CODES.index(code)
    wmt = folder / "wmt21" / {"fr": "src.fr.txt", "de": "ref.A.de.txt"}[code]
    return {
        "ntrex": ["\n".join(article.sides[side]) for article in ntrex(folder / "ntrex")],
        "pud": ["\n".join(article.sides[side]) for article in pud(folder / "pud")],
        "msdocs_ht": ["\n".join(a.sides[side]) for a in articles(folder / "msdocs_ht")],
        "wmt21": [wmt.read_text("utf-8")],
    }


def machine(folder: Path, code: str) -> Iterator[str]:
    """Machine-translated articles, a unit a line."""
    for path in sorted((folder / "msdocs_sxs").glob("*.seg.tsv")):
        with path.open(encoding="utf-8", newline="") as stream:
            rows = csv.DictReader(stream, delimiter="\t")
            yield "\n".join(row[code] for row in rows if row[code])


class Auditor:
    """Audits of one document alone, by some rules."""

    def __init__(self, encoder: Encoder, rules: Sequence[object]) -> None:
        self.encoder, self.rules = encoder, rules

    def findings(self, text: str, code: str) -> tuple[Document, tuple[Finding, ...]]:
        """A document and what is found in it."""
        document = read_text(text, id=code, path=code, language=language(code))
        audit = auditing.audit([document], self.encoder, self.rules)  # type: ignore[arg-type]
        return document, audit.findings

    def clean(self, folder: Path, code: str) -> None:
        """False alarms for 100 sentences, a row for each rule."""
        counts: dict[str, Counter[tuple[str, Severity]]] = defaultdict(Counter)
        sizes: Counter[str] = Counter()
        for name, texts in sets(folder, code).items():
            for text in texts:
                document, found = self.findings(text, code)
                sizes[name] += len(document.segments)
                for finding in found:
                    severity = min(finding.severity, Severity.MAJOR, key=lambda one: one.rank)
                    counts[finding.rule][name, severity] += 1
                    counts["**all**"][name, severity] += 1
        print(f"\n| {code}, clean | " + " | ".join(f"{n} ({s})" for n, s in sizes.items()) + " |")
        print("|---" + "|---:" * len(sizes) + "|")
        for rule in sorted(counts, reverse=True):
            row = counts[rule]
            cells = [
                " / ".join(f"{100 * row[n, severity] / s:.2f}" for severity in _SEVERITIES)
                for n, s in sizes.items()
            ]
            print(f"| {rule} | " + " | ".join(cells) + " |")

    def annotated(self, folder: Path, code: str) -> None:
        """Precision of each rule and recall of the errors that one language shows."""
        gold = json.loads((folder / "gold.json").read_text("utf-8"))["errors"]
        right: Counter[str] = Counter()
        near: Counter[str] = Counter()
        total: Counter[str] = Counter()
        missed: Counter[str] = Counter()
        kinds: Counter[str] = Counter()
        for name in sorted({error["doc"] for error in gold}):
            units = [r for r in _units(folder / f"{name}.seg.tsv") if r[code]]
            found = self.findings("\n".join(row[code] for row in units), code)[1]
            marked = list(_marked([e for e in gold if e["doc"] == name], units, code))
            for finding in found:
                span = finding.spans[0]
                hits = [m for m in marked if m.start < span.end and span.start < m.end]
                narrow = span.end - span.start <= _WIDE
                right[finding.rule] += narrow and any(m.alone for m in hits)
                near[finding.rule] += narrow and bool(hits)
                total[finding.rule] += 1
            for mark in (mark for mark in marked if mark.alone):
                kinds[mark.kind] += 1
                missed[mark.kind] += not any(
                    f.spans[0].start < mark.end and mark.start < f.spans[0].end for f in found
                )
        print(
            f"\n| {code}, annotated: rule | findings | right | (any error) |\n|---|---:|---:|---:|"
        )
        for rule, count in total.most_common():
            print(f"| {rule} | {count} | {right[rule]} | ({near[rule]}) |")
        print(f"\n| {code}: kind of error | marked | found |\n|---|---:|---:|")
        for kind, count in kinds.most_common():
            print(f"| {kind} | {count} | {count - missed[kind]} |")

    def read(self, name: str, data: Path, most: int) -> None:
        """Print findings with the words around them."""
        for code in CODES:
            if name == "seeds":
                texts = [
                    path.read_text("utf-8")
                    for path in sorted((data / "seeds").glob("*.txt"))
                    if (path.name[:3] == "003") == (code == "de")
                ]
            elif name == "sxs":
                texts = list(machine(data / "eval", code))
            else:
                texts = sets(data / "eval", code)[name]
            shown: dict[str, list[str]] = defaultdict(list)
            for text in texts:
                document, found = self.findings(text, code)
                for finding in found:
                    shown[finding.rule].append(_context(document, finding))
            for rule, entries in shown.items():
                print(f"\n## {code} {rule}: {len(entries)}")
                for line in islice(entries, most):
                    print("   ", line)


# --- broken texts -----------------------------------------------------------------------------

_SHARES = (0.05, 0.2, 0.5)  # of broken sentences in a text
_TEXTS, _SENTENCES = 40, 30
_FEWEST = 30  # broken sentences of a kind that tell anything
_MOST = 2_500  # sentences of a lot that texts are made of


def print_broken(data: Path, work: Path, lots: Sequence[str] | None = None) -> None:
    """Recall and precision by sentence, in texts of which a share is broken."""
    prepared = prepare(data, work)
    learnt = [kind for kind in KINDS if kind not in HELD_OUT]
    KINDS.update({**UNMET, **MET})  # they stand apart, or training would take them in
    heads = " | ".join(f"{share:.0%} broken" for share in _SHARES)
    print(f"| recall / precision / alarms for 100 whole sentences | | {heads} |")
    print(f"|---|---|{'---:|' * len(_SHARES)}")
    for code in CODES:
        tools = make_tools(prepared, code, 5)
        for place, whole in whole_sentences(prepared, data / "eval", code).items():
            clean = long_texts(whole)[:_MOST]
            unmet = [(kind, (kind,)) for kind in (*UNMET, *MET)]
            for title, kinds in (("held out", HELD_OUT), ("learnt", learnt), *unmet):
                if lots and title not in lots:
                    continue
                broken = long_texts(list(broken_copies(whole, tools, kinds, 1)))[:_MOST]
                if len(broken) < _FEWEST:
                    continue
                cells = [_broken_cell(broken, clean, code, share) for share in _SHARES]
                print(f"| {title} | {code} {place} | {' | '.join(cells)} |")


def _broken_cell(broken: Sequence[str], clean: Sequence[str], code: str, share: float) -> str:
    chance = Random(3)  # noqa: S311 - repeatable, not secret
    told: Counter[bool] = Counter()
    sizes: Counter[bool] = Counter()
    for _ in range(_TEXTS):
        marks = [chance.random() < share for _ in range(_SENTENCES)]
        lines = [chance.choice(broken if mark else clean) for mark in marks]
        for mark, found in zip(marks, _told(lines, code), strict=True):
            sizes[mark] += 1
            told[mark] += found
    recall, alarms = told[True] / sizes[True], told[False] / sizes[False]
    precision = told[True] / max(1, told.total())
    return f"{recall:.2f} / {precision:.2f} / {100 * alarms:.1f}"


def _told(lines: Sequence[str], code: str) -> list[bool]:
    """Whether any rule of one language tells anything of each line of a text."""
    text = "\n".join(lines)
    ends = np.cumsum([len(line) + 1 for line in lines])
    found = set()
    listen_ahead(lines, code)
    for rule in DEFAULT:
        if rule.scope is Scope.DOCUMENT:
            hits = rule.check(passage({code: text}))
            found |= {int(np.searchsorted(ends, hit.marks[0].start, "right")) for hit in hits}
        elif rule.scope is Scope.SENTENCE:
            found |= {k for k, line in enumerate(lines) if any(_hits(rule, line, code))}
    return [number in found for number in range(len(lines))]


def _hits(rule: Rule, line: str, code: str) -> Iterator[bool]:
    return (True for _ in rule.check(_alone(line, code)))


@cache
def _alone(line: str, code: str) -> Passage:
    return passage({code: line})


class _Marked(NamedTuple):
    """A marked place; ``alone``: a reader of that language alone can see the error."""

    start: int
    end: int
    alone: bool
    kind: str


def _marked(
    errors: Sequence[dict[str, str]], units: Sequence[dict[str, str]], code: str
) -> Iterator[_Marked]:
    """The marked places of one document in its lines joined."""
    starts = np.cumsum([0] + [len(row[code]) + 1 for row in units])
    places = {r["seg_id"]: (int(at), r[code]) for r, at in zip(units, starts, strict=False)}
    for error in errors:
        start, text = places.get(error["seg"], (0, ""))
        key = "span" if error["lang"] == code else "other_span"
        at = text.find(error[key]) if error[key] else -1
        if at >= 0:
            alone = error["visible"] == "mono" and key == "span"
            yield _Marked(start + at, start + at + len(error[key]), alone, error["kind"])


def _units(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter="\t"))


def _context(document: Document, finding: Finding) -> str:
    span = finding.spans[0]
    before = document.raw[max(0, span.start - 50) : span.start]
    after = document.raw[span.end : span.end + 40]
    return f"{before}[[{span.text}]]{after}".replace("\n", " ⏎ ")


if __name__ == "__main__":
    main()
