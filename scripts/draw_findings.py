"""Draws findings by chance, to be read by an editor: each with its message and both sides.

The same seed draws the same findings of the same build, so that a reading can be repeated, at most
`--per-rule` findings of a rule and `--per-article` of a rule in an article. Folders hold pairs
named NAME.fr.txt and NAME.de.txt; NAME.en.txt is printed beside where it has as many lines.

    python scripts/draw_findings.py ../shared/eval/msdocs_sxs --rules negation-mismatch
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from auditor.auditing import audit
from auditor.encoders import load_encoder
from auditor.languages import language
from auditor.model import Audit, Finding
from auditor.text.reading import read_text

CODES = ("fr", "de")


def main() -> None:
    """Draw and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rules", nargs="*", help="these rules only")
    parser.add_argument("--severities", nargs="*", help="these severities only")
    parser.add_argument("--per-rule", type=int, default=15)
    parser.add_argument("--per-article", type=int, default=2)
    parser.add_argument("--articles", type=int, help="no more articles than these, by chance")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance = Random(options.seed)  # noqa: S311 - repeatable, not secret
    names = sorted(path.name.split(".")[0] for path in options.folder.glob("*.fr.txt"))
    chance.shuffle(names)
    read, rules = Counter[str](), Counter[str]()
    for found in drawn(options.folder, names[: options.articles], chance):
        rule = found.finding.rule
        if (
            (not options.rules or rule in options.rules)
            and (not options.severities or found.finding.severity.value in options.severities)
            and rules[rule] < options.per_rule
            and read[f"{found.article} {rule}"] < options.per_article
        ):
            rules[rule] += 1
            read[f"{found.article} {rule}"] += 1
            print(found.text())


@dataclass(frozen=True, slots=True)
class Drawn:
    """A finding and what stands around it."""

    article: str
    finding: Finding
    audit: Audit
    english: tuple[str, ...]

    def text(self) -> str:
        """How it is printed; primary spans in brackets."""
        finding = self.finding
        head = f"## {finding.rule} {finding.severity.value} {finding.confidence:.2f} "
        lines = [f"{head}{self.article}", f"   {finding.message}"]
        documents = {document.id: document.raw for document in self.audit.documents}
        for span in finding.spans:
            raw = documents[span.document]
            first = raw.rfind("\n", 0, span.start) + 1
            last = raw.find("\n", span.end)
            last = len(raw) if last < 0 else last
            before = raw[max(first, span.start - 250) : span.start]
            after = raw[span.end : min(last, span.end + 250)]
            mark = "[[{}]]" if span.primary else "(({}))"
            lines.append(f"   {span.document}: {before}{mark.format(span.text)}{after}")
        if self.english:
            span = finding.spans[0]
            lines.append(f"   en: {self._english(documents[span.document], span.start)}")
        return "\n".join(lines) + "\n"

    def _english(self, raw: str, start: int) -> str:
        return self.english[raw.count("\n", 0, start)][:500]


def drawn(folder: Path, names: list[str], chance: Random) -> Iterator[Drawn]:
    """The findings of each article in a shuffled order."""
    encoder = load_encoder()
    for name in names:
        texts = [(folder / f"{name}.{code}.txt").read_text("utf-8") for code in CODES]
        documents = [
            read_text(text, id=code, path=code, language=language(code))
            for code, text in zip(CODES, texts, strict=True)
        ]
        made = audit(documents, encoder)
        findings = [*made.findings]
        chance.shuffle(findings)
        english = _lines(folder / f"{name}.en.txt", texts)
        for finding in findings:
            yield Drawn(name, finding, made, english)


def _lines(path: Path, texts: list[str]) -> tuple[str, ...]:
    """The lines of the English text, where there are as many as on both sides."""
    lines = path.read_text("utf-8").splitlines() if path.exists() else []
    return tuple(lines) if all(len(t.splitlines()) == len(lines) for t in texts) else ()


if __name__ == "__main__":
    main()
