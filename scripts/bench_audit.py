"""Time the whole command, as a user waits for it: warm files, best and median of several runs.

python scripts/bench_audit.py
"""

from __future__ import annotations

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
RUNS = 9
PAIR = [str(SEEDS / "harbour-wind.fr.txt"), str(SEEDS / "harbour-wind.de.txt")]


def main() -> None:
    """Print a Markdown table."""
    today = datetime.now(UTC).date()
    machine = f"{os.cpu_count()} cores, {platform.machine()}"
    print(f"{today}, {machine}, Python {platform.python_version()}\n")
    print("| command | best | median |")
    print("|---|---:|---:|")
    with tempfile.TemporaryDirectory() as folder:
        row("auditor --help", ["--help"])
        row("audit of the sample article, HTML", ["audit", *PAIR, "-o", f"{folder}/a.html"])
        row("audit of the sample article, JSON", ["audit", *PAIR, "-o", f"{folder}/a.json"])
        for factor in (10, 100):
            paths = [repeated(Path(path), factor, Path(folder)) for path in PAIR]
            name = f"audit of {factor} sample articles in one, JSON"
            row(name, ["audit", *paths, "-o", f"{folder}/b.json"], runs=3)


def repeated(path: Path, factor: int, folder: Path) -> str:
    """A file that holds an article several times."""
    target = folder / path.name
    target.write_text("\n\n".join([path.read_text("utf-8")] * factor), "utf-8")
    return str(target)


def row(name: str, arguments: list[str], runs: int = RUNS) -> None:
    """Time one command."""
    command = [sys.executable, "-m", "auditor", *arguments]
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603  a command of our own
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)  # noqa: S603  the same
        times.append(time.perf_counter() - start)
    print(f"| {name} | {min(times):.2f} s | {statistics.median(times):.2f} s |")


if __name__ == "__main__":
    main()
