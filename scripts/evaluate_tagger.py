"""How often the tagger is right: held-out sentences of the treebanks, and PUD (never trained on).

Words are compared where the tagger's own tokens are those of the treebank. Prints a table of the
accuracy of part of speech, form of verbs, number, gender, person and case, and the speed.

    python scripts/evaluate_tagger.py --data ../shared
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from pathlib import Path

from tagger_data import PUD, UNTOLD, Sentence, read_conllu, treebanks

from auditor.fluency.tagger import CASES, GENDERS, NUMBERS, PERSONS, Tagger, Word, available

_NAMES = ("words", "class", "part of speech", "verb form", "number", "gender", "person", "case")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder with data/ and eval/")
    parser.add_argument("--confusions", type=int, default=0, help="print so many wrong classes")
    options = parser.parse_args()
    print("| set | " + " | ".join(_NAMES) + " |\n|" + "---|" * (len(_NAMES) + 1))
    for code in available():
        start = time.perf_counter()
        model = Tagger(code)
        loading = time.perf_counter() - start
        held_out = treebanks(options.data / "data" / "ud", code)[1]
        folder = options.data / "eval" / "pud" / PUD[code]
        pud = [s for path in sorted(folder.glob("*.conllu")) for s in read_conllu(path)]
        for name, sentences in (("held out", held_out), ("PUD", pud)):
            measure(f"{code} {name}", model, sentences, options.confusions)
        texts = [" ".join(sentence.forms) for sentence in pud] * 5
        start = time.process_time()  # the machine may be shared
        words = sum(map(len, model.tag(texts)))
        seconds = time.process_time() - start
        print(
            f"\n{code}: {words / seconds / 25:.0f} sentences of 25 words a processor second, "
            f"loaded in {loading:.3f} s\n"
        )


def measure(name: str, model: Tagger, sentences: list[Sentence], confusions: int) -> None:
    """One row of the table."""
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    wrong: Counter[tuple[str, str, str]] = Counter()
    tagged = model.tag([" ".join(sentence.forms) for sentence in sentences])
    for sentence, words in zip(sentences, tagged, strict=True):
        starts = [0]
        for form in sentence.forms:
            starts.append(starts[-1] + len(form) + 1)
        found = {(word.start, word.end): word for word in words}
        for number, form in enumerate(sentence.forms):
            word = found.get((starts[number], starts[number] + len(form)))
            if word:
                _compare(word, sentence, number, right, total)
                if word.tag != sentence.classes[number]:
                    wrong[sentence.classes[number], word.tag, form] += 1
    cells = [str(total["words"])]
    cells += [f"{right[n] / total[n]:.4f}" if total[n] else "–" for n in _NAMES[1:]]
    print(f"| {name} | " + " | ".join(cells) + " |")
    for (told, got, form), count in wrong.most_common(confusions):
        print(count, told, got, form)


def _compare(
    word: Word, sentence: Sentence, number: int, right: Counter[str], total: Counter[str]
) -> None:
    told = sentence.classes[number]
    pairs = [("part of speech", _part(told), _part(word.tag))]
    if UNTOLD not in told:
        pairs.append(("class", told, word.tag))
        if told.startswith(("VERB", "AUX")):
            pairs.append(("verb form", told.partition(".")[2], word.tag.partition(".")[2]))
    features = zip(
        ("number", "gender", "person", "case"),
        (NUMBERS, GENDERS, PERSONS, CASES),
        sentence.features[number],
        (word.number, word.gender, word.person, word.case),
        strict=True,
    )
    pairs += [(name, values[f], got) for name, values, f, got in features if f > 0]
    total["words"] += 1
    for name, wanted, got in pairs:
        total[name] += 1
        right[name] += wanted == got


def _part(name: str) -> str:
    """The part of speech of a class; a verb is a verb."""
    return name.split(".", maxsplit=1)[0].replace("AUX", "VERB")


if __name__ == "__main__":
    main()
