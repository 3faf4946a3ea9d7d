"""With the English source: what is found in German versions of news that people rated.

`mqm` (newstest2021, English-German): each segment of 13 systems and four human references was read
by one annotator, who marked minor and major errors (Freitag et al. 2021). Every version is audited
alone against its source, a document at a time.

- **Human references**: findings for 100 segments, and how many of them stand in segments in which
  the annotator saw no error. Unread, most are counted as false alarms that are none: annotators
  overlook wrong days and names.
- **Systems**: of the segments with a major error, with minor ones alone, and with none, how many
  have a finding at all, and a minor or major one.
- **Ranking**: Kendall's tau of the systems by annotators' errors against mean drift, findings that
  cost points, and the segments with a major one.

Prints Markdown.

    python scripts/evaluate_mqm.py --data ../shared
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations
from pathlib import Path

from auditor import auditing
from auditor.encoders import load_encoder
from auditor.encoders.base import Encoder
from auditor.languages import language
from auditor.model import Audit, Finding, Role, Severity
from auditor.text.reading import read_text

FILE = "2021_en-de_processed.tsv"
COLUMNS = 9
# As Freitag et al. weigh them; the annotators' minor punctuation is not told apart in the file.
WEIGHTS = {"major": 5.0, "minor": 1.0}
KINDS = ("major", "minor", "none")


@dataclass(frozen=True, slots=True)
class Row:
    """A segment of one version; ``errors``: severities as marked."""

    source: str
    target: str
    errors: tuple[str, ...]

    @property
    def kind(self) -> str:
        """The worst that was marked."""
        return next((kind for kind in KINDS[:2] if kind in self.errors), "none")


@dataclass(slots=True)
class Version:
    """What was counted of one version."""

    segments: int = 0
    errors: float = 0.0
    drifts: list[float] = field(default_factory=list)
    findings: Counter[tuple[str, Severity]] = field(default_factory=Counter)
    clean: Counter[Severity] = field(default_factory=Counter)
    met: Counter[tuple[str, str]] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder that holds eval/")
    options = parser.parse_args()
    encoder = load_encoder()
    versions: defaultdict[str, Version] = defaultdict(Version)
    for name, rows in documents(options.data / "eval" / "mqm" / FILE):
        count(versions[name], rows, encoder)
    print(f"Encoder {encoder.signature}\n")
    references = {name: v for name, v in versions.items() if name.startswith("ref.")}
    systems = {name: v for name, v in versions.items() if name not in references}
    print_references(references)
    print_systems(list(systems.values()))
    print_ranking(versions)


def documents(path: Path) -> Iterator[tuple[str, list[Row]]]:
    """The documents of each version, in their order; lines that are no rows are passed over."""
    found: dict[tuple[str, str], dict[int, Row]] = {}
    for line in path.read_text("utf-8").splitlines():
        cells = line.split("\t")
        if len(cells) == COLUMNS and cells[2].isdigit():
            name, document, number, _, source, target, _, _, marked = cells
            row = Row(unquoted(source), unquoted(target), tuple(marked.split()))
            found.setdefault((name, document), {}).setdefault(int(number), row)
    for (name, _), rows in found.items():
        yield name, [rows[number] for number in sorted(rows)]


def unquoted(text: str) -> str:
    """A cell without the quotation marks of CSV."""
    quoted = len(text) > 1 and text[0] == text[-1] == '"'
    return text[1:-1].replace('""', '"') if quoted else text


def count(version: Version, rows: Sequence[Row], encoder: Encoder) -> None:
    """Audit a document of a version and count what was found in which segments."""
    audit = audited(rows, encoder)
    target = audit.documents[0].raw
    worst: dict[int, Severity] = {}
    for finding in audit.findings:
        version.findings[finding.rule, finding.severity] += 1
        line = line_of(finding, target)
        if line is None:
            continue
        if rows[line].kind == "none":
            version.clean[finding.severity] += 1
        worst[line] = max(
            worst.get(line, Severity.NEUTRAL), finding.severity, key=lambda severity: severity.rank
        )
    for line, row in enumerate(rows):
        version.kinds[row.kind] += 1
        if line in worst:
            version.met[row.kind, "any"] += 1
            version.met[row.kind, "costs points"] += worst[line] is not Severity.NEUTRAL
            version.met[row.kind, "major"] += worst[line].rank >= Severity.MAJOR.rank
    version.segments += len(rows)
    version.errors += sum(WEIGHTS.get(error, 0.0) for row in rows for error in row.errors)
    version.drifts += [
        bead.drift for bitext in audit.bitexts for bead in bitext.beads if bead.left and bead.right
    ]


def audited(rows: Sequence[Row], encoder: Encoder) -> Audit:
    """The audit of a German text, one segment a line, against its English source."""
    texts = {"de": [row.target for row in rows], "en": [row.source for row in rows]}
    german, english = (
        read_text("\n".join(lines), id=code, path=code, language=language(code))
        for code, lines in texts.items()
    )
    return auditing.audit([german, replace(english, role=Role.SOURCE)], encoder)


def line_of(finding: Finding, target: str) -> int | None:
    """The line of the German text in which a finding begins; None for one that marks the source."""
    spans = sorted(finding.spans, key=lambda span: not span.primary)
    start = next((span.start for span in spans if span.document == "de"), None)
    return None if start is None else target.count("\n", 0, start)


# --- tables -----------------------------------------------------------------------------------


def print_references(references: dict[str, Version]) -> None:
    """Findings in human translations."""
    total = sum(version.segments for version in references.values())
    findings: Counter[tuple[str, Severity]] = Counter()
    clean: Counter[Severity] = Counter()
    for version in references.values():
        findings += version.findings
        clean += version.clean
    print(f"| {len(references)} human references, {total} segments | major | minor | neutral |")
    print("|---|---:|---:|---:|")
    shown = (Severity.MAJOR, Severity.MINOR, Severity.NEUTRAL)
    for rule in sorted({rule for rule, _ in findings}):
        print(f"| {rule} | " + " | ".join(per(findings[rule, s], total) for s in shown) + " |")
    sums = {s: sum(n for (_, own), n in findings.items() if own is s) for s in shown}
    print("| **all** | " + " | ".join(per(sums[s], total) for s in shown) + " |")
    shares = (f"{100 * clean[s] / sums[s]:.0f} %" if sums[s] else "–" for s in shown)
    print("| in segments without a marked error | " + " | ".join(shares) + " |\n")


def print_systems(systems: Sequence[Version]) -> None:
    """How often segments of each kind have a finding."""
    print(f"| segments of {len(systems)} systems | count | any finding | minor or major | major |")
    print("|---|---:|---:|---:|---:|")
    for kind in KINDS:
        total = sum(version.kinds[kind] for version in systems)
        cells = (
            f"{100 * sum(version.met[kind, what] for version in systems) / total:.0f} %"
            for what in ("any", "costs points", "major")
        )
        print(f"| {kind if kind != 'none' else 'no error'} | {total} | " + " | ".join(cells) + " |")
    print()


def print_ranking(versions: dict[str, Version]) -> None:
    """The versions in the order of the annotators."""
    print("| version | errors a segment | mean drift | points | segments with a major finding |")
    print("|---|---:|---:|---:|---:|")
    rows = {name: measures(version) for name, version in versions.items()}
    for name, row in sorted(rows.items(), key=lambda entry: entry[1][0]):
        print(f"| {name} | {row[0]:.2f} | {row[1]:.4f} | {row[2]:.3f} | {100 * row[3]:.1f} % |")
    for beginning in ("", "hyp."):
        chosen = [row for name, row in rows.items() if name.startswith(beginning)]
        taus = (f"{kendall([(row[0], row[k]) for row in chosen]):.2f}" for k in (1, 2, 3))
        print(f"\nKendall's tau over {len(chosen)} versions: " + ", ".join(taus) + ".")


def measures(version: Version) -> tuple[float, float, float, float]:
    """Marked errors, drift, points of findings, and share of segments with a major one."""
    points = sum(
        WEIGHTS.get(severity.name.lower(), 0.0) * n for (_, severity), n in version.findings.items()
    )
    major = sum(version.met[kind, "major"] for kind in KINDS)
    return (
        version.errors / version.segments,
        sum(version.drifts) / max(1, len(version.drifts)),
        points / version.segments,
        major / version.segments,
    )


def kendall(pairs: Sequence[tuple[float, float]]) -> float:
    """Kendall's tau (a) of pairs of values."""
    signs = [(a[0] - b[0]) * (a[1] - b[1]) for a, b in combinations(pairs, 2)]
    return (sum(s > 0 for s in signs) - sum(s < 0 for s in signs)) / max(1, len(signs))


def per(count: int, total: int) -> str:
    """For 100 segments."""
    return f"{100 * count / total:.2f}"


if __name__ == "__main__":
    main()
