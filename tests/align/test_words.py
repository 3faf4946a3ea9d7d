"""Words that answer to one another."""

from __future__ import annotations

import numpy as np

from auditor.align.words import LONGEST, links, words


def vectors(*rows: int) -> np.ndarray:
    """Unit rows of eight dimensions."""
    return np.eye(8, dtype=np.float32)[list(rows)]


def spans(text: str) -> list[tuple[int, int]]:
    return words(text)


def test_words_are_runs_of_letters_and_digits():
    text = "l’été_2029, 3,6 Mrd."
    assert [text[start:end] for start, end in words(text)] == ["l", "été", "2029", "3", "6", "Mrd"]


def test_mutual_best_answers_are_linked():
    left, right = "chat noir", "schwarze Katze"
    ours, theirs = (spans(left), vectors(0, 1)), (spans(right), vectors(1, 0))
    assert links(left, right, ours, theirs) == "0-1 1-0"


def test_what_is_not_similar_has_no_answer():
    left, right = "chat noir", "Hund"
    assert links(left, right, (spans(left), vectors(0, 1)), (spans(right), vectors(2))) == ""


def test_a_repeated_word_answers_to_the_one_in_its_place():
    left, right = "un deux un", "ein zwei ein"
    ours, theirs = (spans(left), vectors(0, 1, 0)), (spans(right), vectors(0, 1, 0))
    assert links(left, right, ours, theirs) == "0-0 1-1 2-2"


def test_tokens_of_one_word_are_added_up():
    left, right = "Windrad", "éolienne"
    ours = ([(0, 4), (4, 7)], vectors(0, 1))
    theirs = ([(0, 8)], vectors(0) + vectors(1))
    assert links(left, right, ours, theirs) == "0-0"


def test_nothing_and_too_much_have_no_links():
    nothing = ([], np.zeros((0, 8), np.float32))
    assert links("…", "Wort", nothing, (spans("Wort"), vectors(0))) == ""
    long = "mot " * (LONGEST + 1)
    tokens = (spans(long), vectors(*[0] * (LONGEST + 1)))
    assert links(long, long, tokens, tokens) == ""
