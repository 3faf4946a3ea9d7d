"""The reader: numpy does what torch trained, and what it says of a pair depends on that pair."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from auditor.links import reader
from auditor.links.reader import KINDS, MOST_WORDS, read
from auditor.links.reader_network import Network, Side

SCRIPTS = Path(__file__).parents[2] / "scripts"
CODES = ("fr", "de")
PAIRS = [
    ("La ville ne paie pas le nouveau pont.", "Die Stadt bezahlt die neue Brücke."),
    ("Le boulanger ferme le lundi.", "Der Bäcker hat montags geschlossen."),
    ("Oui.", "Ja."),
    (
        "Les pêcheurs réparent leurs filets sur la plage, pendant que les enfants jouent.",
        "Die Fischer flicken am Strand ihre Netze, während die Kinder spielen.",
    ),
]


def test_numpy_computes_what_torch_was_trained_with(monkeypatch: pytest.MonkeyPatch) -> None:
    torch = pytest.importorskip("torch")
    monkeypatch.syspath_prepend(str(SCRIPTS))
    from reader_network import Reader, Size
    from reader_weights import quantised

    torch.manual_seed(1)
    trained = Reader(Size(), dropout=0.0).eval()
    state = {name: tensor.numpy() for name, tensor in trained.state_dict().items()}
    packed = quantised(state)
    # Torch gets the weights as the bytes have them.
    for name, tensor in trained.state_dict().items():
        if tensor.ndim == 2:
            scale = packed[name.removesuffix(".weight") + ".scale"].astype(np.float32)
            tensor.copy_(torch.from_numpy(packed[name].astype(np.float32) * scale[:, None]))
    generator = np.random.default_rng(2)
    there = [np.array([[1, 1, 1, 0, 0], [1, 1, 1, 1, 1]]), np.array([[1, 1, 1, 1], [1, 1, 0, 0]])]
    values = [
        (generator.normal(size=(*mask.shape, 262)) * mask[..., None]).astype(np.float32)
        for mask in there
    ]
    with torch.no_grad():
        rows = [torch.from_numpy(v) for v in values]
        wanted = trained(
            tuple(v[..., :256] for v in rows), tuple(v[..., 256:] for v in rows),
            tuple(torch.from_numpy(mask > 0) for mask in there),
        )  # fmt: skip
    sides = []
    for v, mask in zip(values, there, strict=True):
        lengths = np.linalg.norm(v[..., :256], axis=-1, keepdims=True)
        sides.append(Side(v, v[..., :256] / np.maximum(lengths, 1e-12), mask.astype(np.float32)))
    found = Network(packed).score(*sides)
    for mine, theirs, mask in zip(found[:2], wanted[:2], there, strict=True):
        assert np.abs(mine - theirs.numpy())[mask > 0].max() < 2e-3
    assert np.abs(found[2] - wanted[2].numpy()).max() < 2e-3


def test_marks_are_those_of_training(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(SCRIPTS))
    pytest.importorskip("torch")
    from reader_data import mark_of, marks_of

    text = "L'IA NVDA de 2024, Wettbewerbsbehörde …"
    [words] = reader._embedded().word_vectors([text])
    bits = np.array([mark_of(text[a:b], not n) for n, (a, b) in enumerate(words.spans)])
    assert np.array_equal(marks_of(bits), reader._marks(text, words.spans).astype(np.float32))


def test_a_pair_is_read_the_same_in_any_company() -> None:
    together = read(PAIRS, CODES)
    for pair, found in zip(PAIRS, together, strict=True):
        [alone] = read([pair], CODES)
        assert alone and found and alone.spans == found.spans
        for k in (0, 1):
            assert np.abs(alone.odds[k] - found.odds[k]).max() < 1e-3
        assert np.abs(alone.pair - found.pair).max() < 1e-3


def test_spans_lie_on_words() -> None:
    [found] = read([PAIRS[0]], CODES)
    assert found
    assert [PAIRS[0][0][a:b] for a, b in found.spans[0]] == [
        "La", "ville", "ne", "paie", "pas", "le", "nouveau", "pont", ".",
    ]  # fmt: skip


def test_a_lost_negation_is_heard_where_it_stands() -> None:
    [found] = read([PAIRS[0]], CODES)
    assert found
    start = PAIRS[0][0].index("ne paie")
    assert found.highest(0, "denied", start, start + len("ne paie pas")) > 0
    assert found.highest(0, "denied", 0, 8) < 0
    [whole] = read([(PAIRS[0][0], "Die Stadt bezahlt die neue Brücke nicht.")], CODES)
    assert whole and whole.pair[KINDS.index("denied")] < 0


def test_what_cannot_be_read_is_none() -> None:
    long = " ".join(["mot"] * (MOST_WORDS + 1))
    found = read([("", "Ja."), (long, "Ja."), ("x" * 100_000, "Ja."), ("Oui.", "Ja.")], CODES)
    assert found[:3] == [None, None, None]
    assert found[3]
    assert read(PAIRS[:1], ("fr", "it")) == [None]
    assert read([], CODES) == []


def test_both_directions_are_read_alike() -> None:
    [found] = read([PAIRS[0]], CODES)
    [turned] = read([PAIRS[0][::-1]], CODES[::-1])
    assert found and turned
    assert np.abs(found.odds[0] - turned.odds[1]).max() < 1e-3
    assert np.abs(found.pair - turned.pair).max() < 1e-3


def test_many_pairs_are_read_as_few_are(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = read(PAIRS, CODES)
    monkeypatch.setattr(reader, "_PAIRS", 3)
    for one, other in zip(whole, read(PAIRS, CODES), strict=True):
        assert one and other and one.spans == other.spans
        assert np.abs(one.pair - other.pair).max() < 1e-3
