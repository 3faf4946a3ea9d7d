"""Time the HTML report: writing it, its size, opening it in Chromium, scrolling and filtering.

    python scripts/bench_report.py [--chromium PATH]

Prints a Markdown table for the sample article and for a made-up one of 20,000 beads with 5,000
findings. Writing is told in seconds of one core. Opening is from the start of navigation to the end
of the load event, the best and the median of several runs in a fresh tab, and the time that the
page's thread spent on a core for it, which does not depend on what else the machine does; a frame
is what passes between two animation frames while the page is scrolled from its top to its end in
200 steps.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import os
import platform
import shutil
import statistics
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import auditor
from auditor.checks import RULES
from auditor.model import (
    Audit,
    Bead,
    BeadReference,
    Bitext,
    Document,
    Finding,
    Kind,
    Role,
    Segment,
    Severity,
    Span,
    View,
)
from auditor.render.html import render
from auditor.summary import summarise
from auditor.word_links import word_links

SEEDS = Path(__file__).parent.parent / "seeds"
BEADS, FINDINGS = 20_000, 5_000
RUNS = 5
FRENCH = (
    "Au matin numéro {n}, les bateaux quittent le port de Brack et le vent porte leurs voiles.",
    "La bibliothèque compte {n} livres, dont la moitié vient d'un grenier de la rue du Quai.",
    "Personne ne sait pourquoi la cloche {n} sonne avant l'orage, dit la gardienne du phare.",
)
GERMAN = (
    "Am Morgen Nummer {n} verlassen die Boote den Hafen von Brack, und der Wind füllt ihre Segel.",
    "Die Bibliothek zählt {n} Bücher, von denen die Hälfte aus einem Speicher am Kai stammt.",
    "Niemand weiß, warum die Glocke {n} vor dem Gewitter läutet, sagt die Wärterin des Turms.",
)
SCROLL = """
async () => {
  const end = document.documentElement.scrollHeight;
  const gaps = [];
  let last = performance.now();
  for (let step = 1; step <= 200; step += 1) {
    window.scrollTo(0, (end * step) / 200);
    await new Promise(requestAnimationFrame);
    gaps.push(performance.now() - last);
    last = performance.now();
  }
  return gaps;
}"""
FILTER = """
async () => {
  const box = document.querySelector('input[name="severity"]');
  const start = performance.now();
  box.click();
  document.body.offsetHeight;
  const filtered = performance.now() - start;
  box.click();
  return filtered;
}"""


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--chromium", default=shutil.which("chromium") or "")
    chromium = parser.parse_args().chromium
    today = datetime.now(UTC).date()
    print(f"{today}, {os.cpu_count()} cores, {platform.machine()}, {platform.python_version()}\n")
    print(
        "| report | beads | findings | written in, CPU | size | gzip | opened in, best / median "
        "| of it page's thread, CPU | frame, median / 95 % / longest | filter |"
    )
    print("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|")
    encoder = auditor.load_encoder()
    sample = auditor.audit([str(SEEDS / f"harbour-wind.{code}.txt") for code in ("fr", "de")])
    row("sample article", sample, word_links(sample, encoder), chromium)
    large = made_up()
    row("made-up book", large, word_links(large, encoder), chromium)


def row(name: str, audit: Audit, links: dict[tuple[int, int], str], chromium: str) -> None:
    """Measure one report."""
    start = time.process_time()
    page = render(audit, title=name, links=links).encode()
    written = time.process_time() - start
    beads = sum(len(bitext.beads) for bitext in audit.bitexts)
    cells = [
        name,
        f"{beads:,}",
        f"{len(audit.findings):,}",
        f"{written:.2f} s",
        size(len(page)),
        size(len(gzip.compress(page))),
        *(in_browser(page, chromium) if chromium else ("–", "–", "–", "–")),
    ]
    print(f"| {' | '.join(cells)} |")


def size(count: int) -> str:
    """Bytes in the unit that suits them."""
    return f"{count / 1e6:.1f} MB" if count >= 1e6 else f"{count / 1e3:.0f} kB"


def in_browser(page: bytes, chromium: str) -> tuple[str, str, str, str]:
    """Opening, frames while scrolling, and a change of the filter."""
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        path = Path(folder) / "report.html"
        path.write_bytes(page)
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        runs = [opening(browser, path.as_uri()) for _ in range(RUNS)]
        tab = browser.new_page(viewport={"width": 1360, "height": 900})
        tab.goto(path.as_uri())
        gaps = sorted(tab.evaluate(SCROLL))
        filtered = tab.evaluate(FILTER)
        browser.close()
    opened, worked = zip(*runs, strict=True)
    frames = (statistics.median(gaps), gaps[int(0.95 * len(gaps))], gaps[-1])
    return (
        f"{min(opened):.2f} / {statistics.median(opened):.2f} s",
        f"{statistics.median(worked):.2f} s",
        " / ".join(f"{gap:.0f}" for gap in frames) + " ms",
        f"{filtered:.0f} ms",
    )


def opening(browser: Any, address: str) -> tuple[float, float]:
    """Seconds until a fresh tab has loaded the page, and those that its thread was busy."""
    tab = browser.new_page(viewport={"width": 1360, "height": 900})
    session = tab.context.new_cdp_session(tab)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    before = busy(session)
    tab.goto(address)
    after = busy(session)
    loaded = tab.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd")
    tab.close()
    return float(loaded) / 1000, after - before


def busy(session: Any) -> float:
    """Seconds that a page's thread has spent on its tasks."""
    metrics = session.send("Performance.getMetrics")["metrics"]
    return float(next(each["value"] for each in metrics if each["name"] == "TaskDuration"))


def made_up() -> Audit:
    """An audit of a long text that nobody wrote, with findings all over it."""
    left, right = document("fr", FRENCH), document("de", GERMAN)
    beads = tuple(Bead((n,), (n,), 0.9, (n % 97) / 97) for n in range(BEADS))
    findings = [finding(n, left, right) for n in range(FINDINGS)]
    bitexts = (Bitext("fr", "de", True, 0.9, "", beads),)
    documents = (left, right)
    summary = summarise(documents, bitexts, findings)
    return Audit("auditor:bench", documents, bitexts, tuple(findings), summary)


def document(code: str, patterns: tuple[str, ...]) -> Document:
    """A document of as many sentences as there are beads, three to a paragraph."""
    raw, segments = "", []
    parts = []
    start = 0
    for n in range(BEADS):
        text = patterns[n % len(patterns)].format(n=n)
        parts.append(text + ("\n\n" if n % 3 == 2 else " "))
        segments.append((start, start + len(text), text, n // 3))
        start += len(parts[-1])
    raw = "".join(parts)
    views = (View.plain(raw, begin, end) for begin, end, _, _ in segments)
    return Document(
        id=code,
        language=code,
        path=f"book.{code}.txt",
        sha256=hashlib.sha256(raw.encode()).hexdigest(),
        role=Role.TRANSLATION,
        raw=raw,
        segments=tuple(
            Segment(begin, end, text, block, Kind.PROSE, view)
            for (begin, end, text, block), view in zip(segments, views, strict=True)
        ),
    )


def finding(number: int, left: Document, right: Document) -> Finding:
    """A finding on the first words of a bead."""
    place = number * BEADS // FINDINGS
    spans = []
    for document in (left, right):
        start = document.segments[place].start
        end = start + 12
        spans.append(Span(document.id, start, end, document.raw[start:end], primary=True))
    rule = RULES[number % len(RULES)]
    return Finding(
        rule=rule.slug,
        category=rule.category,
        severity=list(Severity)[number % 4],
        confidence=(number % 100) / 100,
        suspect=("fr", "de", None)[number % 3],
        message=f"Different beginnings: “{spans[0].text}” and “{spans[1].text}”, number {number}.",
        fingerprint=f"{number:016x}",
        spans=tuple(spans),
        bead=BeadReference(0, place),
        evidence={"left": spans[0].text, "right": spans[1].text},
    )


if __name__ == "__main__":
    main()
