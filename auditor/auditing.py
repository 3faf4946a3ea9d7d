"""The audit on one page: documents → vectors → beads → drift and hits → findings.

Opens no file, prints nothing, draws no random number: the same documents, encoder and rules give
the same audit.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations, islice

import numpy as np
from numpy.typing import NDArray

from auditor.align import Aligned, Comparability, Lines, align, comparability, moved
from auditor.answers import Answers
from auditor.checks import DEFAULT
from auditor.checks.rule import BLOCK_BREAK, Hit, Passage, Rule, Scope, Side, WordVectors
from auditor.consolidation import consolidate
from auditor.drift import GENERIC, Unshared, distance
from auditor.drifting import drifts, with_drift
from auditor.encoders.base import Encoder
from auditor.errors import AuditorError, NothingToAudit
from auditor.fluency.hearing import listen_ahead
from auditor.fluency.tagger import read_words
from auditor.gaps import bitext_passages, gap_passages, moved_passages
from auditor.inherited import mention_inherited
from auditor.languages import language
from auditor.links.evidence import linked
from auditor.links.reader import read
from auditor.links.words import WordVectors as Vectors
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
    Tokens,
    View,
)
from auditor.opinions import with_opinions
from auditor.releasing import release
from auditor.roughness import believed
from auditor.stamping import Place, Seen, bead_index, locate, settled, stamp
from auditor.summary import audited, signature, summarise, worst_first
from auditor.text.glossary import EMPTY, Glossary
from auditor.text.words import Vocabulary
from auditor.twins import mention_twins

# More would take longer than a minute: no article, but a corpus or a mistake.
MOST_SEGMENTS = 50_000
# Confidence in a bead falls from a distance of 0.8 on, to one half at 0.9.
_TRUST = 5.0
# Of neutral findings, which are doubtful as it is: less tells an editor nothing.
_LEAST_CONFIDENCE = 0.1
# Of one rule in one passage: more come from a table or a hostile text, and help nobody.
_MOST_HITS = {
    Scope.BEAD: 100,
    Scope.BITEXT: 100,
    Scope.SENTENCE: 100,
    Scope.DOCUMENT: 1_000,
    Scope.GAP: 100,
    Scope.MOVED: 100,
}


def audit(
    documents: Sequence[Document],
    encoder: Encoder,
    rules: Sequence[Rule] = DEFAULT,
    glossary: Glossary = EMPTY,
) -> Audit:
    """Audit translations of one article against each other, or one translation by itself.

    A source or reference is compared with each of the translations. One translation alone is
    checked by the rules that look at one document only.

    Raises:
        NothingToAudit: no translation, or a document without text.
        AuditorError: a document of more than MOST_SEGMENTS sentences.
    """
    for document in documents:
        _refuse_unsuitable(document)
    if not any(document.role is Role.TRANSLATION for document in documents):
        raise NothingToAudit("An audit wants a translation to judge: name at least one document.")
    lines = {d.id: _lines(d, encoder) for d in documents}
    bitexts = tuple(_bitext(one, two, lines, encoder) for one, two in _pairs(documents))
    by_id = {document.id: document for document in documents}
    words = encoder.encode if encoder.tokens([""]) is not None else None
    unshared: dict[BeadReference, Unshared] = {}
    stamped = list(_findings(by_id, bitexts, rules, glossary, words, encoder, unshared))
    judged = {document.id for document in documents if document.role is Role.TRANSLATION} | {None}
    answers = Answers.of(by_id, bitexts)
    sure = consolidate([finding for finding, needs in stamped if not needs], rules, answers)
    kept = consolidate(believed(stamped, sure, by_id), rules, answers)
    kept = with_opinions(kept, answers, rules)
    findings = [finding for finding in kept if finding.suspect in judged]
    findings = mention_twins(findings, by_id, bitexts)
    findings = mention_inherited(findings, answers)
    # The rules were made for what the vectors say alone, and hear and read for themselves.
    bitexts = with_drift(bitexts, by_id, encoder.calibration or GENERIC, unshared)
    return Audit(
        signature=signature(encoder.signature, encoder.calibration, rules, glossary.digest),
        documents=tuple(documents),
        bitexts=bitexts,
        findings=tuple(sorted(findings, key=worst_first)),
        summary=summarise(documents, bitexts, findings),
    )


def _refuse_unsuitable(document: Document) -> None:
    count = len(document.segments)
    if not count:
        raise NothingToAudit(f"{document.path} holds no readable text to audit.")
    if count > MOST_SEGMENTS:
        raise AuditorError(
            f"{document.path} holds {count} sentences, and no more than {MOST_SEGMENTS} are "
            "audited at once: divide the file."
        )


def _pairs(documents: Sequence[Document]) -> Iterator[tuple[Document, Document]]:
    """Which documents to compare: translations with each other, and a source with each of them."""
    for one, two in combinations(documents, 2):
        if Role.TRANSLATION in (one.role, two.role):
            yield (one, two) if one.role is two.role or two.role is Role.TRANSLATION else (two, one)


# --- beads ------------------------------------------------------------------------------------


def lines_of(
    document: Document, vectors: NDArray[np.float32], tokens: Tokens | None = None
) -> Lines:
    """What alignment knows of a document, given the vectors of its segments (and its tokens)."""
    texts = [segment.view.text for segment in document.segments]
    return Lines.of(texts, vectors, [segment.block for segment in document.segments], tokens)


def _lines(document: Document, encoder: Encoder) -> Lines:
    texts = _texts(document)
    return lines_of(document, encoder.encode(texts), encoder.tokens(texts))


def _texts(document: Document) -> list[str]:
    return [segment.view.text for segment in document.segments]


def _bitext(left: Document, right: Document, lines: dict[str, Lines], encoder: Encoder) -> Bitext:
    beads, shares = matched(left, right, lines, encoder)
    reason = (
        f"{shares.left_share:.0%} of {left.id} and {shares.right_share:.0%} of {right.id} "
        "have a counterpart of the same meaning on the other side"
    )
    displaced = _displaced(beads, lines[left.id], lines[right.id], encoder)
    return Bitext(left.id, right.id, shares.comparable, shares.score, reason, beads, displaced)


def _displaced(
    beads: Sequence[Bead], left: Lines, right: Lines, encoder: Encoder
) -> tuple[Bead, ...]:
    """Passages that stand in different places: as likely as not, they mean the same."""
    calibration = encoder.calibration or GENERIC
    found = moved(beads, left, right, -calibration.intercept / calibration.slope)
    return tuple(
        Bead(ours, theirs, similarity, distance(similarity, calibration))
        for ours, theirs, similarity in found
    )


def matched(
    left: Document, right: Document, lines: Mapping[str, Lines], encoder: Encoder
) -> tuple[tuple[Bead, ...], Comparability]:
    """The beads of two documents, and how much of the two says the same; ``lines`` by id."""
    texts = _texts(left), _texts(right)
    codes = left.language, right.language
    aligned = release(align(lines[left.id], lines[right.id]), texts, codes, encoder)
    beads = _scored(aligned, left, right, lines, encoder)
    counts = counted(left), counted(right)
    return beads, comparability(beads, lines[left.id], lines[right.id], counts)


def counted(document: Document) -> NDArray[np.bool_]:
    """Which segments count where documents are compared: boilerplate is alike everywhere."""
    return np.array([segment.kind is not Kind.BOILERPLATE for segment in document.segments], bool)


def _scored(
    aligned: Sequence[Aligned],
    left: Document,
    right: Document,
    lines: Mapping[str, Lines],
    encoder: Encoder,
) -> tuple[Bead, ...]:
    """Beads with the similarity of their two texts, encoded as a whole, and their distance."""
    calibration = encoder.calibration or GENERIC
    sides = [
        _group_vectors(document, groups, lines[document.id], encoder)
        for document, groups in (
            (left, [pair.left for pair in aligned]),
            (right, [pair.right for pair in aligned]),
        )
    ]
    cosines = np.einsum("ij,ij->i", sides[0], sides[1])
    beads = []
    for pair, cosine in zip(aligned, cosines, strict=True):
        both = bool(pair.left and pair.right)
        similarity = float(np.clip(cosine, -1, 1)) if both else 0.0
        far = distance(similarity, calibration) if both else 1.0
        # Nothing better may be at hand, and the two still have nothing to do with one another.
        trust = min(1.0, _TRUST * (1 - far)) if both else 1.0
        beads.append(Bead(pair.left, pair.right, similarity, far, pair.confidence * trust))
    return tuple(beads)


def _group_vectors(
    document: Document, groups: Sequence[tuple[int, ...]], lines: Lines, encoder: Encoder
) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    """A vector for each group of segments; zeros for an empty one."""
    vectors = np.zeros((len(groups), lines.vectors.shape[1]), np.float32)
    several = [k for k, group in enumerate(groups) if len(group) > 1]
    for k, group in enumerate(groups):
        if len(group) == 1:
            vectors[k] = lines.vectors[group[0]]
    if several:
        texts = [" ".join(document.segments[i].view.text for i in groups[k]) for k in several]
        vectors[several] = encoder.encode(texts)
    return vectors


def score(
    pairs: Sequence[tuple[str, str]], encoder: Encoder, languages: tuple[str, str]
) -> list[tuple[float, float]]:
    """Similarity and drift of pairs of texts; a pair with an empty side has drift 1.

    ``languages``: the codes of both sides. A side in a language that the fluency model does not
    know counts as one that reads well.
    """
    left, right = (encoder.encode([pair[side] for pair in pairs]) for side in (0, 1))
    cosines = np.einsum("ij,ij->i", left, right).clip(-1, 1).astype(float).tolist()
    found = drifts(pairs, cosines, encoder, languages)
    return [
        (cosine, value) if one and other else (0.0, 1.0)
        for (one, other), cosine, value in zip(pairs, cosines, found, strict=True)
    ]


# --- findings ---------------------------------------------------------------------------------


def _findings(
    documents: dict[str, Document],
    bitexts: Sequence[Bitext],
    rules: Sequence[Rule],
    glossary: Glossary,
    words: WordVectors | None,
    encoder: Encoder,
    unshared: dict[BeadReference, Unshared],
) -> Iterator[tuple[Finding, float]]:
    """Run every rule where it applies: on beads of comparable bitexts, and on their documents.

    Each finding comes with what its hit needs to be believed. ``unshared`` takes what was read of
    beads on the way, for their drift.
    """
    comparable = {k: bitext for k, bitext in enumerate(bitexts) if bitext.comparable}
    vocabularies = {
        document.id: Vocabulary.of(segment.view.text for segment in document.segments)
        for document in documents.values()
    }
    vectors = _word_vectors(documents, comparable.values(), encoder)
    seen = Seen()
    for number, bitext in comparable.items():
        for scope, passages in (
            (
                Scope.BEAD,
                _bead_passages(documents, vocabularies, vectors, number, bitext, encoder, unshared),
            ),
            (Scope.BITEXT, bitext_passages(documents, number, bitext, words)),
            (Scope.GAP, gap_passages(documents, number, bitext)),
            (Scope.MOVED, moved_passages(documents, number, bitext)),
        ):
            for place, bare in passages:
                passage = replace(bare, glossary=glossary)
                for rule, hit in _hits(rules, scope, passage):
                    finding = stamp(rule, hit, passage, settled(place, passage, hit), seen)
                    if not _is_idle(finding):
                        yield finding, hit.needs
    index = bead_index(comparable)
    for document in audited(tuple(documents.values()), bitexts):
        for rule, passage, hit in _hits_alone(rules, document, vocabularies[document.id]):
            place = Place(documents, comparable, locate(document, passage, hit, index))
            yield stamp(rule, hit, passage, place, seen, alone=True), hit.needs


def _is_idle(finding: Finding) -> bool:
    """Whether a finding that costs nothing stands in a bead that is hardly one."""
    return finding.severity is Severity.NEUTRAL and finding.confidence < _LEAST_CONFIDENCE


def _hits_alone(
    rules: Sequence[Rule], document: Document, vocabulary: Vocabulary
) -> Iterator[tuple[Rule, Passage, Hit]]:
    """What the rules see that look at one document only: sentence by sentence, and as a whole."""
    for scope, passages in (
        (Scope.SENTENCE, _sentence_passages(document, vocabulary)),
        (Scope.DOCUMENT, iter([Passage((_document_side(document),))])),
    ):
        for passage in passages:
            for rule, hit in _hits(rules, scope, passage):
                yield rule, passage, hit


def _hits(rules: Sequence[Rule], scope: Scope, passage: Passage) -> Iterator[tuple[Rule, Hit]]:
    for rule in rules:
        if rule.scope is scope and rule.suits(passage):
            yield from ((rule, hit) for hit in islice(rule.check(passage), _MOST_HITS[scope]))


def _bead_passages(
    documents: dict[str, Document],
    vocabularies: Mapping[str, Vocabulary],
    vectors: Vectors | None,
    number: int,
    bitext: Bitext,
    encoder: Encoder,
    unshared: dict[BeadReference, Unshared],
) -> Iterator[tuple[Place, Passage]]:
    """The two-sided beads of a bitext as passages; boilerplate is left in peace."""
    pair = documents[bitext.left], documents[bitext.right]
    codes = pair[0].language, pair[1].language
    found: list[tuple[int, tuple[Side, ...]]] = []
    for index, bead in enumerate(bitext.beads):
        if not (bead.left and bead.right) or _is_boilerplate(bead, *pair):
            continue
        around = bitext.beads[max(0, index - 1) : index] + bitext.beads[index + 1 : index + 2]
        sides = tuple(
            _bead_side(
                document, vocabularies[document.id], indices, [i for near in nearby for i in near]
            )
            for document, indices, nearby in (
                (pair[0], bead.left, [near.left for near in around]),
                (pair[1], bead.right, [near.right for near in around]),
            )
        )
        found.append((index, sides))
    readings = read([(sides[0].text, sides[1].text) for _, sides in found], codes, encoder)
    for (index, sides), reading in zip(found, readings, strict=True):
        bead = bitext.beads[index]
        reference = BeadReference(number, index)
        if reading is not None:
            unshared[reference] = reading.unshared()
        place = Place(documents, {number: bitext}, reference)
        texts = sides[0].text, sides[1].text
        links = linked(texts, codes, vectors) if vectors else None
        yield (
            place,
            Passage(sides, bead.drift, bead.confidence, links=links, reading=reading),
        )


def _word_vectors(
    documents: Mapping[str, Document], bitexts: Iterable[Bitext], encoder: Encoder
) -> Vectors | None:
    """A vector for every word of the documents that are compared."""
    names = {name for bitext in bitexts for name in (bitext.left, bitext.right)}
    texts = [segment.view.text for name in names for segment in documents[name].segments]
    return Vectors.of(texts, encoder) if texts else None


def _is_boilerplate(bead: Bead, left: Document, right: Document) -> bool:
    segments = [left.segments[i] for i in bead.left] + [right.segments[j] for j in bead.right]
    return all(segment.kind is Kind.BOILERPLATE for segment in segments)


def _bead_side(
    document: Document, vocabulary: Vocabulary, indices: Sequence[int], nearby: Sequence[int]
) -> Side:
    segments = tuple(document.segments[i] for i in indices)
    return Side(
        document.id,
        language(document.language),
        segments,
        View.join([segment.view for segment in segments]),
        "\n".join(document.segments[i].view.text for i in nearby),
        vocabulary,
    )


def _sentence_passages(document: Document, vocabulary: Vocabulary) -> Iterator[Passage]:
    """Each segment by itself, with the grammar of its words; boilerplate is left in peace."""
    own = language(document.language)
    segments = [segment for segment in document.segments if segment.kind is not Kind.BOILERPLATE]
    words = read_words([segment.view.text for segment in segments], document.language)
    # The rules ask for one sentence at a time; the ear hears many at once in far less time.
    listen_ahead(
        [segment.view.text for segment in segments if segment.kind is Kind.PROSE], document.language
    )
    for segment, tagged in zip(segments, words, strict=True):
        side = Side(document.id, own, (segment,), segment.view, vocabulary=vocabulary, words=tagged)
        yield Passage((side,))


def _document_side(document: Document) -> Side:
    """A whole document as one side: its blocks apart, its segments within a block by a space."""
    blocks: dict[int, list[Segment]] = {}
    for segment in document.segments:
        blocks.setdefault(segment.block, []).append(segment)
    views = [View.join([segment.view for segment in segments]) for segments in blocks.values()]
    view = View.join(views, BLOCK_BREAK)
    return Side(document.id, language(document.language), document.segments, view)
