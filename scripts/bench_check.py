"""Time `auditor check` over many pairs, as a user waits for it: all anew, unchanged, one changed.

python scripts/bench_check.py [--pairs 500]

The pairs are made of the clean sample article: its paragraphs in turn, so that every pair differs.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

SEEDS = Path(__file__).parent.parent / "seeds"
PATTERN = "content/{name}.{lang}.txt"
RUNS = 5


def main() -> None:
    """Print a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=500)
    pairs = parser.parse_args().pairs
    machine = f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"
    print(f"{datetime.now(UTC).date()}, {machine}, load {os.getloadavg()[0]:.1f}\n")
    print("| auditor check | best | median |")
    print("|---|---:|---:|")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(folder, pairs)
        row(f"{pairs} pairs, no cache", folder, ["--no-cache"], 1)
        check(folder, [])
        row(f"{pairs} pairs, unchanged", folder, [], RUNS)
        row(f"{pairs} pairs, unchanged, JSON", folder, ["--format", "json"], RUNS)
        row(f"{pairs} pairs, one changed", folder, [], RUNS, change=True)


def write(folder: Path, pairs: int) -> None:
    """Write the pairs: the paragraphs of the sample article, turned round and numbered."""
    (folder / "content").mkdir()
    for code in ("fr", "de"):
        paragraphs = (SEEDS / f"tidal-library.{code}.txt").read_text("utf-8").split("\n\n")
        for number in range(pairs):
            at = number % len(paragraphs)
            text = "\n\n".join([f"No. {number}", *paragraphs[at:], *paragraphs[:at]])
            (folder / "content" / f"a{number:04}.{code}.txt").write_text(text, "utf-8")


def check(folder: Path, options: list[str]) -> float:
    """Seconds that one run takes; it must pass or block, nothing else."""
    command = [sys.executable, "-m", "auditor", "check", PATTERN, "--cache-dir", "cache", *options]
    start = time.perf_counter()
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False)  # noqa: S603  ours
    took = time.perf_counter() - start
    assert done.returncode in (0, 1), done.stderr.decode()
    return took


def row(name: str, folder: Path, options: list[str], runs: int, *, change: bool = False) -> None:
    """Time some runs."""
    times = []
    for run in range(runs):
        if change:
            for code in ("fr", "de"):
                with (folder / "content" / f"a0000.{code}.txt").open("a", encoding="utf-8") as file:
                    file.write(f"\n\nNo. {run}")
        times.append(check(folder, options))
    print(f"| {name} | {min(times):.2f} s | {statistics.median(times):.2f} s |")


if __name__ == "__main__":
    main()
