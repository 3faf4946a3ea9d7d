"""Which documents are translations of one another: groups, and reasons for the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

import auditor
from auditor import pairing
from auditor.commands import folder
from auditor.encoders.base import Encoder
from auditor.languages import language
from auditor.linking import Verdict
from auditor.model import Document
from auditor.pairing import Pairing, Single
from auditor.text.reading import read_text
from tests.conftest import SEEDS

HARBOUR, LIBRARY, STATIONS = "harbour-wind", "tidal-library", "two-stations"
FRENCH = "La mairie ouvre le pont. Il fait beau. Les bateaux partent. On attend la marée du soir."


@cache
def encoder() -> Encoder:
    return auditor.load_encoder()


@cache
def seed(name: str, code: str) -> str:
    return (SEEDS / f"{name}.{code}.txt").read_text("utf-8")


def document(raw: str, code: str, path: str) -> Document:
    return read_text(raw, id=code, path=path, language=language(code), sha256="0" * 64)


def seeds(name: str, *codes: str) -> list[Document]:
    return [document(seed(name, code), code, f"{name}.{code}") for code in codes]


def pair(*documents: Document) -> Pairing:
    return pairing.pair(documents, encoder())


def groups(found: Pairing) -> list[list[str]]:
    return [[document.path for document in group.documents] for group in found.groups]


def alone(found: Pairing, path: str) -> Single:
    (single,) = (single for single in found.singles if single.path == path)
    return single


def lines(raw: str, start: int, end: int | None = None) -> str:
    return "\n".join(raw.splitlines()[start:end])


def test_documents_find_their_translations():
    found = pair(*seeds(HARBOUR, "fr", "de"), *seeds(LIBRARY, "de", "fr"))
    assert groups(found) == [
        ["harbour-wind.de", "harbour-wind.fr"],
        ["tidal-library.de", "tidal-library.fr"],
    ]
    assert not found.singles


def test_three_languages_make_one_group_with_evidence_for_each_two():
    (group,) = pair(*seeds(HARBOUR, "fr", "en", "de")).groups
    assert [document.id for document in group.documents] == ["de", "en", "fr"]
    sides = [(link.left.language, link.right.language) for link in group.links]
    assert sides == [("de", "en"), ("de", "fr"), ("en", "fr")]
    for link in group.links:
        assert link.verdict is Verdict.TRANSLATION
        assert link.comparability == max(link.left_share, link.right_share) > 0.9
        assert 0 < link.similarity < 1


def test_articles_about_the_same_people_stand_alone_with_the_nearest_candidate():
    found = pair(*seeds(STATIONS, "fr", "de"), *seeds(HARBOUR, "en"))
    assert not found.groups
    assert len(found.singles) == 3
    single = alone(found, "two-stations.fr")
    assert single.language == "fr"
    assert single.nearest is not None
    assert single.nearest.left.path == "two-stations.fr"
    assert "nothing here translates it" in single.reason


@pytest.mark.parametrize("part", [(0, 26), (26, None), (0, 36)], ids=["first", "second", "most"])
def test_a_translation_that_was_cut_is_one_still(part: tuple[int, int | None]):
    half = document(lines(seed(HARBOUR, "de"), *part), "de", "cut.de")
    found = pair(*seeds(HARBOUR, "fr"), half, *seeds(LIBRARY, "fr", "de"))
    assert ["cut.de", "harbour-wind.fr"] in groups(found)


def test_a_passage_from_the_middle_is_no_translation():
    excerpt = lines(seed(HARBOUR, "de"), 22, 28)
    found = pair(*seeds(HARBOUR, "fr"), document(excerpt, "de", "excerpt.de"))
    assert not found.groups
    assert "passages" in alone(found, "excerpt.de").reason


def test_the_better_of_two_candidates_wins_and_the_other_is_told_why():
    worse = document(lines(seed(HARBOUR, "fr"), 0, 30), "fr", "draft.fr")
    found = pair(*seeds(HARBOUR, "fr", "de"), worse)
    assert groups(found) == [["harbour-wind.de", "harbour-wind.fr"]]
    reason = alone(found, "draft.fr").reason
    assert "goes with harbour-wind.de" in reason
    assert "harbour-wind.fr in the same language goes with it better" in reason


def test_a_copy_of_a_document_in_a_group_is_called_one():
    twin = document(seed(HARBOUR, "fr"), "fr", "z-copy.fr")
    found = pair(*seeds(HARBOUR, "fr", "de"), twin)
    assert groups(found) == [["harbour-wind.de", "harbour-wind.fr"]]
    assert "holds the same text as harbour-wind.fr" in alone(found, "z-copy.fr").reason


def test_two_versions_in_one_language_are_no_translations():
    draft = document(lines(seed(HARBOUR, "fr"), 0, 44), "fr", "draft.fr")
    found = pair(*seeds(HARBOUR, "fr"), draft, *seeds(LIBRARY, "fr", "de"))
    assert groups(found) == [["tidal-library.de", "tidal-library.fr"]]
    assert "another version of harbour-wind.fr" in alone(found, "draft.fr").reason
    assert "another version of draft.fr" in alone(found, "harbour-wind.fr").reason


def test_two_copies_without_a_translation_are_no_pair():
    found = pair(*seeds(HARBOUR, "fr"), document(seed(HARBOUR, "fr"), "fr", "twin.fr"))
    assert not found.groups
    assert "the same text as harbour-wind.fr" in alone(found, "twin.fr").reason
    assert alone(found, "harbour-wind.fr").reason == "no document is in another language"


def test_copies_are_told_once_each_with_their_originals_translation():
    twin = document(seed(HARBOUR, "fr"), "fr", "a-copy.fr")
    found = pair(*seeds(HARBOUR, "fr", "de"), twin)
    single = alone(found, "harbour-wind.fr")
    assert groups(found) == [["harbour-wind.de", "a-copy.fr"]]
    assert single.nearest is not None
    assert single.nearest.left.path == "harbour-wind.fr"
    assert single.nearest.right.path == "harbour-wind.de"


def test_a_text_that_was_left_untranslated_is_no_translation():
    found = pair(*seeds(HARBOUR, "fr"), document(seed(HARBOUR, "fr"), "de", "left.de"))
    assert not found.groups
    assert "a copy is no translation" in alone(found, "left.de").reason


def test_one_language_alone_is_said():
    found = pair(*seeds(HARBOUR, "fr"), *seeds(LIBRARY, "fr"))
    assert [single.reason for single in found.singles] == ["no document is in another language"] * 2


def test_documents_without_text_stand_alone():
    empty = document("", "fr", "empty.fr")
    found = pair(*seeds(HARBOUR, "fr", "de"), empty)
    assert len(found.groups) == 1
    assert alone(found, "empty.fr").reason == "holds no readable text"


def test_documents_with_more_sentences_than_are_compared_stand_alone(
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr(pairing, "MOST_SEGMENTS", 3)
    assert "no more than 3" in pair(document(FRENCH, "fr", "a.fr")).singles[0].reason


def test_nothing_at_all_is_no_group():
    assert pair() == Pairing(pair().signature, (), ())


def test_one_sentence_finds_its_translation():
    found = pair(
        document("La ville ouvre un musée en mars.", "fr", "a"),
        document("Die Stadt eröffnet im März ein Museum.", "de", "b"),
        document("Er spielt gern Klavier.", "de", "c"),
    )
    assert groups(found) == [["b", "a"]]


MIXED = (
    *seeds(HARBOUR, "fr", "de"),
    *seeds(LIBRARY, "en", "fr", "de"),
    *seeds(STATIONS, "fr", "de"),
    document(lines(seed(HARBOUR, "fr"), 0, 30), "fr", "draft.fr"),
    document(seed(LIBRARY, "de"), "de", "twin.de"),
)


@cache
def mixed() -> Pairing:
    return pair(*MIXED)


@settings(max_examples=5, deadline=None, derandomize=True)
@given(st.permutations(MIXED))
def test_the_order_of_the_documents_changes_nothing(documents: Sequence[Document]):
    assert pair(*documents) == mixed()


def test_every_document_is_in_one_group_or_alone():
    paths = [path for group in groups(mixed()) for path in group]
    paths += [single.path for single in mixed().singles]
    assert sorted(paths) == sorted(document.path for document in MIXED)


class Listening:
    """The embedded encoder, which remembers what it was asked."""

    name, dimension, signature, calibration = (
        "listening",
        encoder().dimension,
        "listening@0",
        encoder().calibration,
    )

    def __init__(self) -> None:
        self.heard: list[str] = []

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.heard += texts
        return encoder().encode(texts)


def test_a_scout_searches_so_that_the_encoder_reads_less():
    paired, unpaired = seeds(HARBOUR, "fr", "de"), seeds(LIBRARY, "fr")
    scout, slow = Listening(), Listening()
    found = pairing.pair([*paired, *unpaired], slow, scout)
    assert replace(found, signature="") == replace(pair(*paired, *unpaired), signature="")
    heard = [len([s for d in part for s in d.segments]) for part in (paired, unpaired)]
    texts = {s.view.text for d in unpaired for s in d.segments}
    assert len(texts & set(scout.heard)) == len(texts) == heard[1]
    assert not texts & set(slow.heard)


def test_no_sentence_is_encoded_twice_for_itself():
    listening = Listening()
    documents = seeds(HARBOUR, "fr", "de", "en")
    pairing.pair(documents, listening)
    alone_heard = [s.view.text for d in documents for s in d.segments]
    assert listening.heard[: len(alone_heard)] == [
        s.view.text for d in sorted(documents, key=lambda d: d.path) for s in d.segments
    ]


def test_progress_is_told_to_its_end():
    told: list[tuple[str, int, int]] = []
    pairing.pair(MIXED, encoder(), tick=lambda *step: told.append(step))
    last = {stage: (done, total) for stage, done, total in told}
    assert last.keys() >= {"Encoding", "Aligning"}
    assert all(done == total for done, total in last.values())


class TestRealDocuments:
    """Third-party documents, thrown together under names that tell nothing."""

    def blind(self, target: Path, paths: Sequence[Path]) -> dict[str, str]:
        names = {}
        for number, path in enumerate(sorted(paths, key=lambda path: path.name[::-1])):
            blind = target / f"{number:03}.txt"
            blind.write_bytes(path.read_bytes())
            names[str(blind)] = path.name
        return names

    def found(self, target: Path) -> Pairing:
        return pairing.pair(folder.read(str(target)).documents, encoder())

    def test_the_seeds_hold_one_pair(self, real_articles: Path):
        found = self.found(real_articles)
        names = [sorted(Path(path).name[:3] for path in group) for group in groups(found)]
        assert names == [["000", "003"]]
        assert [Path(single.path).name[:3] for single in found.singles] == ["001", "002", "004"]

    @pytest.mark.parametrize("name", ["ntrex", "msdocs_sxs"])
    def test_evaluation_sets_are_paired(self, data_dir: Path, tmp_path: Path, name: str):
        articles = data_dir / "eval" / name
        paths = [*articles.glob("*.fr.txt"), *articles.glob("*.de.txt")]
        if not paths:
            pytest.skip(f"no {name}")
        names = self.blind(tmp_path, paths)
        pairs = [[names[path] for path in group] for group in groups(self.found(tmp_path))]
        assert all(one.split(".de.")[0] == other.split(".fr.")[0] for one, other in pairs)
        assert len(pairs) >= 0.99 * len(paths) / 2
