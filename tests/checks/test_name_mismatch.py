"""What the cases cannot show of names: the cost of a passage full of them."""

import time

from babel import Locale

from auditor.checks.name_mismatch import RULE
from auditor.checks.rule import passage


def countries(code: str, part: slice) -> list[str]:
    names = [str(n) for c, n in Locale(code).territories.items() if str(c).isalpha()]
    return [name for name in names if name.isalpha()][part]


def test_a_long_passage_full_of_other_countries_takes_no_longer_than_its_length():
    french = " ".join(f"à {name} la ville dort" for name in countries("fr", slice(60)))
    german = " ".join(f"in {name} schläft die Stadt" for name in countries("de", slice(60, 120)))
    sides = passage(
        {"fr": french + " le port dort" * 3000, "de": german + " der Hafen schläft" * 2000}
    )
    started = time.process_time()
    assert list(RULE.check(sides))
    assert time.process_time() - started < 8
