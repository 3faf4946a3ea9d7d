"""What the rules find, and how often they are wrong: planted errors, clean texts, marked errors.

- **Clean** human translations (`ntrex`, `pud`, `msdocs_ht`): every finding counts as a false alarm,
  unread. Per rule, for 100 sentences of the French side.
- **Planted**: one error a copy (`planted_errors.py` tells the kinds), on either side in turn. An
  error counts as found where the copy has a finding that the clean pair has not (one that marks
  the same words elsewhere in the article is another one), and that marks a part of the changed line
  on either side, or of its source. Span overlap is the share of characters that the planted
  place and the found spans have in common (intersection over union), on the planted side.
  *Side decided*: of what is found, where a finding says which side it suspects; *rightly*: where
  all that do name the side that was changed.
- **Annotated**: rough machine translation whose errors a person marked. A finding is right where
  one of its primary spans overlaps a marked span or its counterpart and is no wider than a clause.

Prints Markdown; `--json` writes the rates for the regression test, `--quick` measures on
fewer texts, `--misses` writes down the planted errors that nothing was found of. `--source` gives
the audit the English source of `ntrex` and `pud`; the other texts are left out.

    python scripts/evaluate_findings.py --data ../shared
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import product
from pathlib import Path
from random import Random
from typing import Any

from planted_errors import CODES, PLANTS, Article, Planted, pool

from auditor import auditing
from auditor.encoders import load_encoder
from auditor.encoders.base import Encoder
from auditor.languages import language
from auditor.model import Document, Finding, Role, Severity, Span
from auditor.text.reading import read_text

_CLAUSE = 150  # characters: a wider span tells an editor little about the place
_QUICK = {"ntrex": 8, "pud": 4, "msdocs_ht": 2}  # articles of each set


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder that holds eval/")
    parser.add_argument("--quick", action="store_true", help="fewer articles, one set for planting")
    parser.add_argument("--json", type=Path, help="write the rates to this file")
    parser.add_argument("--kinds", nargs="*", help="plant these kinds only")
    parser.add_argument("--copies", type=int, default=1, help="copies of each error and article")
    parser.add_argument("--misses", type=Path, help="write the lines of missed errors to this file")
    parser.add_argument("--source", action="store_true", help="audit with the English source")
    options = parser.parse_args()
    folder = options.data / "eval"
    encoder = load_encoder()
    print(f"Encoder {encoder.signature}\n")
    sets = {
        "ntrex": list(ntrex(folder / "ntrex")),
        "pud": list(pud(folder / "pud")),
        "msdocs_ht": list(articles(folder / "msdocs_ht")),
    }
    if options.quick:
        sets = {name: texts[:: len(texts) // _QUICK[name]] for name, texts in sets.items()}
    kinds = options.kinds or list(PLANTS)
    if options.source:
        sets = {name: texts for name, texts in sets.items() if texts[0].english}
    given = {"source": options.source}
    clean = {name: Clean.of(texts, encoder, **given) for name, texts in sets.items()}
    print_clean(clean)
    planted = {
        name: plant_all(texts, kinds, encoder, options.copies, **given)
        for name, texts in sets.items()
    }
    print_planted(planted, kinds)
    if not (options.quick or options.source):
        Annotated(folder / "annotated", encoder).report()
    if options.misses:
        options.misses.write_text("\n".join(missed(planted)) + "\n", "utf-8")
    if options.json:
        options.json.write_text(json.dumps(rates(clean, planted), indent=2) + "\n", "utf-8")


# --- texts ------------------------------------------------------------------------------------


def ntrex(folder: Path) -> Iterator[Article]:
    """News articles, one sentence a line."""
    for path in sorted(folder.glob("*.en.txt")):
        yield Article(
            *(lines(path.with_name(path.name.replace(".en.", f".{c}."))) for c in ("en", *CODES))
        )


def pud(folder: Path) -> Iterator[Article]:
    """A thousand sentences, in twenties."""
    with gzip.open(folder / "ud_pud.en-fr-de.tsv.gz", "rt", encoding="utf-8") as stream:
        rows = [line.rstrip("\n").split("\t")[-3:] for line in stream]
    for start in range(0, len(rows), 20):
        yield Article(*(tuple(row[i] for row in rows[start : start + 20]) for i in range(3)))


def articles(folder: Path) -> Iterator[Article]:
    """Articles without their English source."""
    for path in sorted(folder.glob("*.fr.txt")):
        yield Article((), lines(path), lines(path.with_name(path.name.replace(".fr.", ".de."))))


def lines(path: Path) -> tuple[str, ...]:
    """The lines of a file."""
    return tuple(path.read_text("utf-8").splitlines())


def documents(article: Article) -> list[Document]:
    """An article as the auditor reads plain text files: one paragraph a line."""
    return [
        read_text("\n".join(side), id=code, path=code, language=language(code))
        for code, side in zip(CODES, article.sides, strict=True)
    ]


def findings(article: Article, encoder: Encoder, *, source: bool = False) -> tuple[Finding, ...]:
    """All findings of an audit of the two translations, with their source where it is wanted."""
    read = documents(article)
    if source:
        text = "\n".join(article.english)
        english = read_text(text, id="en", path="en", language=language("en"))
        read.append(replace(english, role=Role.SOURCE))
    return auditing.audit(read, encoder).findings


def loud(finding: Finding) -> bool:
    """Whether a finding is major or worse."""
    return finding.severity.rank >= Severity.MAJOR.rank


# --- clean texts ------------------------------------------------------------------------------


@dataclass(slots=True)
class Clean:
    """False alarms of one set: per rule, major and worse, minor and neutral ones apart."""

    sentences: int = 0
    loud: Counter[str] = field(default_factory=Counter)
    quiet: Counter[str] = field(default_factory=Counter)
    neutral: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, texts: Sequence[Article], encoder: Encoder, *, source: bool = False) -> Clean:
        """Audit every article of a set."""
        found = cls()
        for article in texts:
            found.sentences += len(documents(article)[0].segments)
            for finding in findings(article, encoder, source=source):
                found.counter(finding)[finding.rule] += 1
        return found

    def counter(self, finding: Finding) -> Counter[str]:
        """Where a finding is counted."""
        if finding.severity is Severity.NEUTRAL:
            return self.neutral
        return self.loud if loud(finding) else self.quiet

    def rules(self) -> set[str]:
        """The rules that found anything."""
        return {*self.loud, *self.quiet, *self.neutral}

    def cell(self, rule: str = "") -> str:
        """Rates of one rule, or of all."""
        counters = (self.loud, self.quiet, self.neutral)
        counts = [counter[rule] if rule else counter.total() for counter in counters]
        return " / ".join(f"{self.rate(count):.2f}" for count in counts)

    def rate(self, count: int) -> float:
        """A count for 100 sentences."""
        return 100 * count / self.sentences


def print_clean(clean: dict[str, Clean]) -> None:
    """A row for each rule: major or worse / minor / neutral, for 100 sentences of each set."""
    heads = " | ".join(f"{name} ({found.sentences})" for name, found in clean.items())
    print(f"| false alarms per 100 sentences: major or worse / minor / neutral | {heads} |")
    print("|---" + "|---:" * len(clean) + "|")
    for rule in sorted(set[str]().union(*(found.rules() for found in clean.values()))):
        print(f"| {rule} | " + " | ".join(found.cell(rule) for found in clean.values()) + " |")
    print("| **all** | " + " | ".join(found.cell() for found in clean.values()) + " |\n")


# --- planted errors ---------------------------------------------------------------------------


@dataclass(slots=True)
class Recall:
    """What was found of one kind of error in one set."""

    copies: int = 0
    found: int = 0
    meant: int = 0  # by a rule that is meant for the kind
    loud: int = 0
    overlaps: list[float] = field(default_factory=list)
    elsewhere: int = 0  # new findings in other lines
    decided: int = 0  # copies in which a finding names the side it suspects
    rightly: int = 0  # and it is the side that was changed
    missed: list[Planted] = field(default_factory=list)


def plant_all(
    texts: Sequence[Article],
    kinds: Sequence[str],
    encoder: Encoder,
    copies: int = 1,
    *,
    source: bool = False,
) -> dict[str, Recall]:
    """Plant each kind in each article, once in each copy."""
    recalls = {kind: Recall() for kind in kinds}
    for position, article in enumerate(texts):
        before = Counter(key(finding) for finding in findings(article, encoder, source=source))
        lent = pool(texts, article)
        for copy, (number, kind) in product(range(copies), enumerate(kinds)):
            side = (position + number + copy) % 2
            seed = f"{kind}-{position}-{copy}" if copy else f"{kind}-{position}"
            chance = Random(seed)  # noqa: S311  no secret is made here
            planted = next(
                filter(None, (PLANTS[kind][1](article, s, lent, chance) for s in (side, 1 - side))),
                None,
            )
            if planted:
                found = findings(planted.article, encoder, source=source)
                judge(recalls[kind], kind, planted, before, found)
    return recalls


def key(finding: Finding) -> tuple[str, ...]:
    """What stays of a finding when the text around it changes."""
    return finding.rule, *(span.text for span in finding.spans if span.primary)


def judge(
    recall: Recall,
    kind: str,
    planted: Planted,
    before: Counter[tuple[str, ...]],
    found: Sequence[Finding],
) -> None:
    """Count one copy."""
    lines_ = [Line.of(planted.article.sides[side], planted.line, CODES[side]) for side in (0, 1)]
    if planted.line < len(planted.article.english):
        lines_.append(Line.of(planted.article.english, planted.line, "en"))
    new = fresh(found, before, lines_)
    here = [finding for finding in new if is_in(finding, lines_)]
    recall.copies += 1
    recall.elsewhere += len(new) - len(here)
    recall.found += bool(here)
    if not here:
        recall.missed.append(planted)
    recall.meant += any(finding.rule in PLANTS[kind][0] for finding in here)
    recall.loud += any(loud(finding) for finding in here)
    ours = lines_[planted.side]
    suspects = {finding.suspect for finding in here} - {None}
    recall.decided += bool(suspects)
    recall.rightly += suspects == {ours.document}
    spans = [s for f in here for s in f.spans if s.primary and s.document == ours.document]
    if spans and planted.end > planted.start:
        place = ours.start + planted.start, ours.start + planted.end
        recall.overlaps.append(max(overlap(place, (s.start, s.end)) for s in spans))


def fresh(
    found: Sequence[Finding], before: Counter[tuple[str, ...]], changed: Sequence[Line]
) -> list[Finding]:
    """The findings of a copy that the clean pair has not; what both have is not of the change."""
    known, new = Counter(before), []
    for finding in sorted(found, key=lambda finding: is_in(finding, changed)):
        if known[key(finding)]:
            known[key(finding)] -= 1
        else:
            new.append(finding)
    return new


def is_in(finding: Finding, lines: Sequence[Line]) -> bool:
    """Whether a finding marks some of certain lines."""
    return any(line.meets(span) for span in finding.spans if span.primary for line in lines)


@dataclass(frozen=True, slots=True)
class Line:
    """Where a line stands in its document."""

    document: str
    start: int
    end: int

    @classmethod
    def of(cls, texts: Sequence[str], number: int, document: str) -> Line:
        """The line of this number."""
        start = sum(len(text) + 1 for text in texts[:number])
        return cls(document, start, start + len(texts[number]))

    def meets(self, span: Span) -> bool:
        """Whether a span marks some of the line."""
        return span.document == self.document and span.start < self.end and self.start < span.end


def overlap(one: tuple[int, int], other: tuple[int, int]) -> float:
    """Intersection over union of two spans."""
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return max(0, shared) / (max(one[1], other[1]) - min(one[0], other[0]))


def print_planted(planted: dict[str, dict[str, Recall]], kinds: Sequence[str]) -> None:
    """A row for each kind, with the share found in each set and in all."""
    heads = " | ".join(planted)
    print(
        f"| planted | copies | {heads} | found | by the rule meant | as major | side decided "
        "| rightly | span overlap | new findings elsewhere |"
    )
    print("|---" + "|---:" * (len(planted) + 8) + "|")
    for kind in kinds:
        print(row(kind, [recalls[kind] for recalls in planted.values()]))
    print(row("**all**", [merged([r[kind] for kind in kinds]) for r in planted.values()]) + "\n")


def missed(planted: dict[str, dict[str, Recall]]) -> Iterator[str]:
    """The lines of missed errors, with the planted words in brackets."""
    for name, kind, copy in (
        (name, kind, copy)
        for name, recalls in planted.items()
        for kind, recall in recalls.items()
        for copy in recall.missed
    ):
        yield f"{kind}, {name}, {CODES[copy.side]}"
        for side, text in enumerate(sides[copy.line] for sides in copy.article.sides):
            start, end = (copy.start, copy.end) if side == copy.side else (0, 0)
            marked = f"{text[:start]}[[{text[start:end]}]]{text[end:]}" if end else text
            yield f"  {CODES[side]}: {marked}"


def merged(recalls: Sequence[Recall]) -> Recall:
    """The sum of several."""
    return Recall(
        copies=sum(recall.copies for recall in recalls),
        found=sum(recall.found for recall in recalls),
        meant=sum(recall.meant for recall in recalls),
        loud=sum(recall.loud for recall in recalls),
        decided=sum(recall.decided for recall in recalls),
        rightly=sum(recall.rightly for recall in recalls),
        overlaps=[value for recall in recalls for value in recall.overlaps],
        elsewhere=sum(recall.elsewhere for recall in recalls),
    )


def row(kind: str, recalls: Sequence[Recall]) -> str:
    """One row of the table of planted errors."""
    total = merged(recalls)
    cells = [share(recall.found, recall.copies) for recall in recalls]
    mean = sum(total.overlaps) / len(total.overlaps) if total.overlaps else 0.0
    return (
        f"| {kind} | {total.copies} | {' | '.join(cells)} | {share(total.found, total.copies)} "
        f"| {share(total.meant, total.copies)} | {share(total.loud, total.copies)} "
        f"| {share(total.decided, total.found)} | {share(total.rightly, total.decided)} "
        f"| {mean:.2f} | {total.elsewhere} |"
    )


def share(count: int, of: int) -> str:
    """A percentage, or a dash where nothing could be planted."""
    return f"{100 * count / of:.0f} %" if of else "–"


def rates(clean: dict[str, Clean], planted: dict[str, dict[str, Recall]]) -> dict[str, Any]:
    """The figures that the regression test holds."""
    kinds = next(iter(planted.values())).keys()
    totals = {kind: merged([recalls[kind] for recalls in planted.values()]) for kind in kinds}
    sentences = sum(found.sentences for found in clean.values())
    alarms: dict[str, list[float]] = {}
    for rule in sorted({r for found in clean.values() for r in (*found.loud, *found.quiet)}):
        counts = [
            sum(c[rule] for c in part)
            for part in zip(*((f.loud, f.quiet) for f in clean.values()), strict=True)
        ]
        alarms[rule] = [round(100 * count / sentences, 2) for count in counts]
    return {
        "alarms per 100 sentences, major and minor": alarms,
        "recall": {k: round(t.found / t.copies, 3) for k, t in totals.items() if t.copies},
    }


# --- marked errors ----------------------------------------------------------------------------


@dataclass(slots=True)
class Marked:
    """One error of the gold file: its places by language."""

    kind: str
    severity: str
    visible: str
    places: dict[str, tuple[int, int]]
    found: bool = False


class Annotated:
    """Articles whose errors a person marked."""

    def __init__(self, folder: Path, encoder: Encoder) -> None:
        gold = json.loads((folder / "gold.json").read_text("utf-8"))["errors"]
        self.errors: list[Marked] = []
        self.right: Counter[str] = Counter()
        self.all: Counter[str] = Counter()
        self.wrong: list[tuple[str, Finding]] = []
        for name in sorted({error["doc"] for error in gold}):
            article = Article(*(lines(folder / f"{name}.{code}.txt") for code in ("en", *CODES)))
            units = list(read_units(folder / f"{name}.seg.tsv", article))
            errors = [
                marked for e in gold if e["doc"] == name and (marked := place(e, dict(units)))
            ]
            self.errors += errors
            for finding in findings(article, encoder):
                self.judge(name, finding, errors)

    def judge(self, name: str, finding: Finding, errors: Sequence[Marked]) -> None:
        """Count a finding, and mark the errors that it meets."""
        hit = False
        for span in finding.spans:
            if span.primary and span.end - span.start <= _CLAUSE:
                for error in errors:
                    place_ = error.places.get(span.document)
                    if place_ and span.start < place_[1] and place_[0] < span.end:
                        hit = error.found = True
        self.all[finding.rule] += 1
        self.right[finding.rule] += hit
        if not hit:
            self.wrong.append((name, finding))

    def report(self) -> None:
        """Recall by kind, severity and visibility; precision by rule."""
        print("| marked errors | mono | pair | source |\n|---|---:|---:|---:|")
        groups: dict[tuple[str, str], list[Marked]] = defaultdict(list)
        for error in self.errors:
            groups[error.kind, error.severity].append(error)
        for (kind, severity), errors in sorted(groups.items()):
            cells = []
            for visible in ("mono", "pair", "source"):
                some = [error for error in errors if error.visible == visible]
                cells.append(f"{sum(e.found for e in some)} of {len(some)}" if some else "")
            print(f"| {kind}, {severity} | " + " | ".join(cells) + " |")
        print("\n| rule | findings on marked texts | right | precision |\n|---|---:|---:|---:|")
        for rule, count in sorted(self.all.items()):
            print(f"| {rule} | {count} | {self.right[rule]} | {self.right[rule] / count:.2f} |")
        total = self.all.total()
        print(f"| **all** | {total} | {self.right.total()} | {self.right.total() / total:.2f} |")


Units = dict[tuple[str, str], tuple[str, int]]


def read_units(path: Path, article: Article) -> Iterator[tuple[tuple[str, str], tuple[str, int]]]:
    """For each unit and language its text and where it starts in the document."""
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter="\t"))
    for code, texts in zip(CODES, article.sides, strict=True):
        starts = [Line.of(texts, number, code).start for number in range(len(texts))]
        whole = "\n".join(texts)
        position, paragraph = 0, -1
        for unit in rows:
            if int(unit["para"]) != paragraph:
                paragraph = int(unit["para"])
                position = starts[paragraph]
            at = whole.find(unit[code], position)
            if at >= 0 and unit[code]:
                yield (unit["seg_id"], code), (unit[code], at)
                position = at + len(unit[code])


def place(error: dict[str, str], units: Units) -> Marked | None:
    """An error with its places in the documents."""
    places = {}
    other = next(code for code in CODES if code != error["lang"])
    for code, span in ((error["lang"], error["span"]), (other, error["other_span"])):
        text, start = units.get((error["seg"], code), ("", 0))
        at = text.find(span) if span else -1
        if at >= 0:
            places[code] = start + at, start + at + len(span)
    return Marked(error["kind"], error["severity"], error["visible"], places)


if __name__ == "__main__":
    main()
