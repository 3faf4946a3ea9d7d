"""How many pairs ``auditor pair`` finds in a folder, how many are wrong, how long it takes.

The documents of each set are thrown together under names that tell nothing, and the command is run
as a user runs it. Prints Markdown tables.

    python scripts/evaluate_pairing.py --data ../shared
"""

from __future__ import annotations

import argparse
import hashlib
import json
import lzma
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import combinations, islice
from pathlib import Path
from typing import Any

Text = tuple[str, str, str]  # article, language, text
MANY, SENTENCES = 1_000, 40  # documents in each language of the timing, sentences in each
ROWS = "msdocs_ht.en-fr-de.tsv.xz"


def main() -> None:
    """Print a table of what was found, and one of the time that many documents take."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder with eval/, data/ …")
    parser.add_argument("--encoder", default="embedded")
    arguments = parser.parse_args()
    data, encoder = arguments.data, arguments.encoder
    machine = f"{os.cpu_count()} cores, {platform.machine()}"
    print(f"{datetime.now(UTC).date()}, {machine}, Python {platform.python_version()}, {encoder}\n")
    print("| documents | number | pairs | found | wrong | weakest true pair | strongest single |")
    print("|---|---:|---:|---:|---:|---:|---:|")
    print(row("articles of the seeds", seeds(data), encoder))
    for name in ("ntrex", "msdocs_sxs"):
        folder = data / "eval" / name
        both = articles(folder, "fr", "de")
        print(row(f"{name}, fr and de", both, encoder))
        print(row(f"{name}, en, fr and de", articles(folder, "en", "fr", "de"), encoder))
        print(row(f"{name}, every third without its fr or its de", orphaned(both), encoder))
        print(row(f"{name}, fr of every other, de of the rest", strangers(both), encoder))
        for share in (70, 50, 30):
            print(row(f"{name}, fr cut to its first {share} %", cut(both, share), encoder))
    print("\n| documents | sentences | pairs | found | wrong | seconds | of processor time |")
    print("|---:|---:|---:|---:|---:|---:|---:|")
    print(timing(many(data / "data" / "pairs" / ROWS), encoder))


def seeds(data: Path) -> list[Text]:
    """Five articles; the first and the fourth are translations of one another."""
    paths = sorted((data / "seeds").glob("00*.txt"))
    assert [path.name[:3] for path in paths] == ["000", "001", "002", "003", "004"]
    names = ["pair", "001", "002", "pair", "004"]
    return [(name, "", path.read_text("utf-8")) for name, path in zip(names, paths, strict=True)]


def articles(folder: Path, *languages: str) -> list[Text]:
    """All documents of an evaluation set in some languages."""
    return [
        (path.name.removesuffix(f".{code}.txt"), code, path.read_text("utf-8"))
        for code in languages
        for path in sorted(folder.glob(f"*.{code}.txt"))
    ]


def orphaned(texts: Sequence[Text]) -> list[Text]:
    """Of each three articles one loses its French text or, in turn, its German one."""
    names = sorted({name for name, _, _ in texts})
    lost = {(name, "fr" if k % 2 else "de") for k, name in enumerate(names[::3])}
    return [text for text in texts if text[:2] not in lost]


def strangers(texts: Sequence[Text]) -> list[Text]:
    """French articles and German ones of which none has its translation."""
    names = sorted({name for name, _, _ in texts})
    kept = {(name, "de" if k % 2 else "fr") for k, name in enumerate(names)}
    return [text for text in texts if text[:2] in kept]


def cut(texts: Sequence[Text], percent: int) -> list[Text]:
    """French documents that end early, after a whole line."""
    return [
        (name, code, first_lines(text, percent) if code == "fr" else text)
        for name, code, text in texts
    ]


def first_lines(text: str, percent: int) -> str:
    """The lines that begin within the first part of a text."""
    kept, length = [], 0
    for line in text.splitlines(keepends=True):
        if length * 100 >= percent * len(text):
            break
        kept.append(line)
        length += len(line)
    return "".join(kept)


def many(path: Path) -> list[Text]:
    """Documents made of neighbouring rows of parallel text, which often share their subject."""
    with lzma.open(path, "rt", encoding="utf-8") as stream:
        rows = [line.rstrip("\n").split("\t") for line in islice(stream, MANY * SENTENCES)]
    texts = []
    for number in range(MANY):
        part = rows[number * SENTENCES : (number + 1) * SENTENCES]
        for code, column in (("fr", 1), ("de", 2)):
            texts.append((str(number), code, "\n".join(cells[column] for cells in part)))
    return texts


def row(title: str, texts: Sequence[Text], encoder: str) -> str:
    """One line of the table of what was found."""
    result, names, _ = paired(texts, encoder)
    true, found = true_pairs(texts), found_pairs(result, names)
    right = {both for both in found if both in true}
    weakest = min((found[both] for both in right), default=None)
    scores = [single["score"] for single in result["singles"] if single["score"] is not None]
    return (
        f"| {title} | {len(texts)} | {len(true)} | {len(right)} | {len(found) - len(right)} "
        f"| {shown(weakest)} | {shown(max(scores, default=None))} |"
    )


def timing(texts: Sequence[Text], encoder: str) -> str:
    """The line of the table of times."""
    before = os.times()
    result, names, seconds = paired(texts, encoder)
    worked = os.times().children_user - before.children_user
    true, found = true_pairs(texts), found_pairs(result, names)
    right = sum(both in true for both in found)
    return (
        f"| {len(texts)} | {2 * MANY * SENTENCES} | {len(true)} | {right} | {len(found) - right} "
        f"| {seconds:.0f} | {worked:.0f} |"
    )


def paired(texts: Sequence[Text], encoder: str) -> tuple[dict[str, Any], dict[str, int], float]:
    """The command's JSON, the number of each file's text, and the seconds it took."""
    with tempfile.TemporaryDirectory() as folder:
        names = {}
        for number, (name, code, text) in enumerate(texts):
            path = (
                Path(folder)
                / f"{hashlib.sha256(f'{name} {code} {number}'.encode()).hexdigest()}.txt"
            )
            path.write_text(text, "utf-8")
            names[str(path)] = number
        command = [sys.executable, "-m", "auditor", "pair", folder, "--format", "json"]
        start = time.perf_counter()
        done = subprocess.run(  # noqa: S603  a command of our own
            [*command, "--encoder", encoder], stdout=subprocess.PIPE, check=False
        )
        seconds = time.perf_counter() - start
    assert done.returncode in (0, 3), done.returncode
    return json.loads(done.stdout), names, seconds


def true_pairs(texts: Sequence[Text]) -> set[tuple[int, int]]:
    """The numbers of the texts that translate one another."""
    return {
        (one, other)
        for one, other in combinations(range(len(texts)), 2)
        if texts[one][0] == texts[other][0]
    }


def found_pairs(result: dict[str, Any], names: dict[str, int]) -> dict[tuple[int, int], float]:
    """The pairs in the groups that were found, with their comparability."""
    found = {}
    for group in result["groups"]:
        numbers = {document["id"]: names[document["path"]] for document in group["documents"]}
        for link in group["links"]:
            one, other = sorted((numbers[link["left"]], numbers[link["right"]]))
            found[one, other] = link["comparability"]
    return found


def shown(value: float | None) -> str:
    """A figure, or a dash for none."""
    return "–" if value is None else f"{value:.2f}"


if __name__ == "__main__":
    main()
