"""Which of many documents are translations of one another.

Documents → directions and kinship (``align/candidates.py``) → the likeliest pairs aligned and
judged (``linking.py``) → groups, and a reason for each document that stays alone.

The search for candidates only ranks, and the decision reads shares of text that are calibrated for
the encoder: no figure here is a similarity. Nothing depends on the order in which the documents
come.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, product

import numpy as np

from auditor import linking
from auditor.align import Lines
from auditor.align.candidates import Vectors, direction, kinship, nearest
from auditor.auditing import MOST_SEGMENTS, counted, lines_of
from auditor.encoders.base import Encoder
from auditor.linking import Link, Verdict
from auditor.model import Document
from auditor.summary import signature

# How many neighbours of a document in each language are looked at; how many are aligned besides the
# best one, where their kinship comes that near to its.
_NEIGHBOURS = 8
_RIVALS, _RIVALLING = 2, 0.7
_FAINT = 0.25  # kinship below which two documents are strangers, whoever judges them
_VERSIONS = 3  # neighbours in its own language that a document may be a version of
_BATCH = 1024  # sentences that are encoded at once, so that a bar can move

Numbers = Sequence[int]  # documents, by their place in the order of paths
Tick = Callable[[str, int, int], None]
_Offer = tuple[float, float, tuple[int, int]]  # kinship, cosine of the directions, the two


def silent(stage: str, done: int, total: int) -> None:
    """Say nothing of the progress."""


@dataclass(frozen=True, slots=True)
class Group:
    """Translations of one another, one a language, by language; a link for each two of them."""

    documents: tuple[Document, ...]
    links: tuple[Link, ...]
    report: str | None = None  # where an audit of the group was written
    failure: str | None = None  # why it could not be audited


@dataclass(frozen=True, slots=True)
class Single:
    """A document without translations, and why; ``nearest`` has it on the left."""

    path: str
    language: str | None
    reason: str
    nearest: Link | None = None
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Aside:
    """A file that was not taken for a document, and why."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Pairing:
    """What a folder holds: groups by their first path, the rest by path."""

    signature: str
    groups: tuple[Group, ...]
    singles: tuple[Single, ...]
    skipped: tuple[Aside, ...] = ()
    unreadable: tuple[Aside, ...] = ()


def pair(
    documents: Sequence[Document],
    encoder: Encoder,
    scout: Encoder | None = None,
    tick: Tick = silent,
) -> Pairing:
    """Find which documents (each with a path of its own) are translations of one another.

    ``scout`` is a faster encoder that searches for candidates and tells strangers and versions
    apart, so that ``encoder`` sees only documents that may have a translation. ``tick`` hears of
    the progress: the stage, steps done, steps in all.
    """
    ordered = sorted((replace(d, id=d.path) for d in documents), key=lambda d: d.path)
    suitable, copies = _without_copies(d for d in ordered if not _unsuitable(d))
    bench = _Bench(suitable, encoder)
    rough = bench if scout is None else _Bench(suitable, scout)
    rough.encode(range(len(suitable)), tick)
    search = _Search(suitable, rough)
    contests = search.contests()
    near = [both for both, kin in contests.items() if kin >= _FAINT]
    bench.encode(sorted({number for both in near for number in both}), tick)
    for done, (both, kin) in enumerate(contests.items(), 1):
        bench.take(*both, by=bench if kin >= _FAINT else rough)
        tick("Aligning", done, len(contests))
    groups = _groups(bench)
    _look_for_versions(bench, rough, search, groups, tick)
    singles = [Single(d.path, d.language, _unsuitable(d)) for d in ordered if _unsuitable(d)]
    singles += [*_copies(bench, copies), *_singles(bench, groups)]
    return Pairing(
        signature(encoder.signature, encoder.calibration, ()),
        tuple(_group(bench, members) for members in groups),
        tuple(sorted(singles, key=lambda single: single.path)),
    )


def _unsuitable(document: Document) -> str:
    """Why a document can't be aligned with any other; nothing where it can."""
    count = len(document.segments)
    if not count:
        return "holds no readable text"
    if count > MOST_SEGMENTS:
        return f"holds {count} sentences, and no more than {MOST_SEGMENTS} are compared at once"
    return ""


def _without_copies(
    documents: Iterable[Document],
) -> tuple[list[Document], list[tuple[Document, int]]]:
    """The first document of each text and language, and the others with the number of theirs."""
    originals: list[Document] = []
    copies: list[tuple[Document, int]] = []
    known: dict[tuple[str, str], int] = {}
    for document in documents:
        text = " ".join(word for s in document.segments for word in s.view.text.split())
        number = known.setdefault((document.language, text), len(originals))
        if number == len(originals):
            originals.append(document)
        else:
            copies.append((document, number))
    return originals, copies


class _Bench:
    """The documents, their vectors, and every link that was measured: nothing is done twice."""

    def __init__(self, documents: Sequence[Document], encoder: Encoder) -> None:
        self.documents = documents
        self.links: dict[tuple[int, int], Link] = {}
        self._encoder = encoder
        self._lines: dict[int, Lines] = {}
        self._others: dict[int, list[int]] = defaultdict(list)

    def encode(self, numbers: Numbers, tick: Tick = silent) -> None:
        """Encode the documents that were not encoded before, many sentences at once."""
        missing = [number for number in numbers if number not in self._lines]
        total = sum(len(self.documents[number].segments) for number in missing)
        done = 0
        for batch in self._batches(missing):
            texts = [s.view.text for number in batch for s in self.documents[number].segments]
            vectors = self._encoder.encode(texts)
            for number in batch:
                document = self.documents[number]
                own, vectors = np.split(vectors, [len(document.segments)])
                self._lines[number] = lines_of(document, own)
            done += len(texts)
            tick("Encoding", done, total)

    def _batches(self, numbers: Numbers) -> Iterator[list[int]]:
        batch: list[int] = []
        size = 0
        for number in numbers:
            batch.append(number)
            size += len(self.documents[number].segments)
            if size >= _BATCH or number == numbers[-1]:
                yield batch
                batch, size = [], 0

    def lines(self, number: int) -> Lines:
        """What alignment knows of a document."""
        self.encode([number])
        return self._lines[number]

    def link(self, one: int, other: int) -> Link:
        """Two documents held against each other; the first by path is the left one."""
        left, right = min(one, other), max(one, other)
        if (left, right) not in self.links:
            documents = self.documents[left], self.documents[right]
            lines = {documents[0].id: self.lines(left), documents[1].id: self.lines(right)}
            self._keep(left, right, linking.link(*documents, lines, self._encoder))
        return self.links[left, right]

    def take(self, one: int, other: int, by: _Bench) -> None:
        """Take over how another bench, or this one, judges two documents."""
        found = by.link(one, other)
        left, right = min(one, other), max(one, other)
        if (left, right) not in self.links:
            self._keep(left, right, found)

    def _keep(self, left: int, right: int, found: Link) -> None:
        self.links[left, right] = found
        self._others[left].append(right)
        self._others[right].append(left)

    def links_of(self, number: int) -> list[tuple[int, Link]]:
        """All links of a document with it on the left, the strongest first, by the other number."""
        document = self.documents[number]
        own = [(other, self.link(number, other)) for other in self._others[number]]
        own.sort(key=lambda entry: (-entry[1].strength, entry[0]))
        return [(other, found.seen_from(document)) for other, found in own]

    def partners(self, number: int) -> list[tuple[int, Link]]:
        """The translations among them, whoever else has them."""
        own = self.links_of(number)
        return [(other, found) for other, found in own if found.verdict is Verdict.TRANSLATION]


# --- candidates -------------------------------------------------------------------------------


class _Search:
    """The search for documents that are worth aligning with one another."""

    def __init__(self, documents: Sequence[Document], rough: _Bench) -> None:
        self._rough = rough
        self._languages = [document.language for document in documents]
        self._numbers: dict[str, list[int]] = defaultdict(list)
        for number, code in enumerate(self._languages):
            self._numbers[code].append(number)
        rows = [direction(rough.lines(i), counted(d)) for i, d in enumerate(documents)]
        self._directions: Vectors = np.array(rows, np.float32)

    def contests(self) -> dict[tuple[int, int], float]:
        """The pairs to align, with their kinship.

        Each document's best candidate in each language, and those that rival it.
        """
        offers: dict[tuple[int, str], list[_Offer]] = defaultdict(list)
        for one, other in combinations(sorted(self._numbers), 2):
            for both in self._neighbours(self._numbers[one], self._numbers[other]):
                towards = float(self._directions[both[0]] @ self._directions[both[1]])
                offer = self._kinship(*both), towards, both
                offers[both[0], other].append(offer)
                offers[both[1], one].append(offer)
        return dict(
            sorted({both: kin for row in offers.values() for kin, both in _best(row)}.items())
        )

    def version(self, number: int) -> int | None:
        """The likeliest other document of the same text in the same language."""
        same = [other for other in self._numbers[self._languages[number]] if other != number]
        if not same:
            return None
        row = nearest(self._directions[[number]], self._directions[same], _VERSIONS)[0]
        likely: list[int] = sorted(same[place] for place in row.tolist())
        return max(likely, key=lambda other: self._kinship(number, other))

    def _neighbours(self, ours: Numbers, theirs: Numbers) -> list[tuple[int, int]]:
        """Pairs of which one is among the nearest of the other."""
        left, right = self._directions[ours], self._directions[theirs]
        there, back = nearest(left, right, _NEIGHBOURS), nearest(right, left, _NEIGHBOURS)
        pairs = {
            (i, theirs[place]) for i, row in zip(ours, there, strict=True) for place in row.tolist()
        }
        pairs |= {
            (ours[place], j) for j, row in zip(theirs, back, strict=True) for place in row.tolist()
        }
        return sorted(pairs)

    def _kinship(self, one: int, other: int) -> float:
        return kinship(self._rough.lines(min(one, other)), self._rough.lines(max(one, other)))


def _best(offers: Sequence[_Offer]) -> Iterator[tuple[float, tuple[int, int]]]:
    ranked = sorted(offers, key=lambda offer: (-offer[0], -offer[1], offer[2]))
    highest, _, best = ranked[0]
    yield highest, best
    for close, _, both in ranked[1 : 1 + _RIVALS]:
        if close and close >= _RIVALLING * highest:
            yield close, both


# --- groups -----------------------------------------------------------------------------------


def _groups(bench: _Bench) -> list[tuple[int, ...]]:
    """Documents joined along their links, the strongest first; never two of one language."""
    found = [both for both, link in bench.links.items() if link.verdict is Verdict.TRANSLATION]
    found.sort(key=lambda both: (-bench.links[both].strength, both))
    home: dict[int, tuple[int, ...]] = {number: (number,) for both in found for number in both}
    for one, other in found:
        if _may_join(bench, home[one], home[other]):
            joined = tuple(sorted({*home[one], *home[other]}))
            home.update(dict.fromkeys(joined, joined))
    return sorted({members for members in home.values() if len(members) > 1})


def _may_join(bench: _Bench, ours: Numbers, theirs: Numbers) -> bool:
    """Whether two groups differ in their languages, and at least half of their links hold."""
    languages = [{bench.documents[number].language for number in side} for side in (ours, theirs)]
    if languages[0] & languages[1]:
        return False
    links = [bench.link(one, other) for one, other in product(ours, theirs)]
    return 2 * sum(link.verdict is Verdict.TRANSLATION for link in links) >= len(links)


def _group(bench: _Bench, members: Numbers) -> Group:
    ordered = sorted(members, key=lambda number: bench.documents[number].language)
    documents = [bench.documents[number] for number in ordered]
    links = [
        bench.link(one, other).seen_from(bench.documents[one])
        for one, other in combinations(ordered, 2)
    ]
    return Group(tuple(replace(d, id=d.language) for d in documents), tuple(links))


# --- singles ----------------------------------------------------------------------------------


def _look_for_versions(
    bench: _Bench, rough: _Bench, search: _Search, groups: Sequence[Numbers], tick: Tick
) -> None:
    """Align each document without a translation with the likeliest version of it."""
    grouped = {number for members in groups for number in members}
    numbers = set(range(len(bench.documents))) - grouped
    alone = sorted(number for number in numbers if not bench.partners(number))
    for done, number in enumerate(alone, 1):
        other = search.version(number)
        if other is not None:
            bench.take(number, other, by=rough)
        tick("Looking for versions", done, len(alone))


def _singles(bench: _Bench, groups: Sequence[Numbers]) -> Iterator[Single]:
    home = {number: members for members in groups for number in members}
    for number, document in enumerate(bench.documents):
        if number not in home:
            reason, closest = _reason(bench, number, home), _closest(bench, number)
            yield Single(document.path, document.language, reason, closest, document.notices)


def _copies(bench: _Bench, copies: Sequence[tuple[Document, int]]) -> Iterator[Single]:
    for document, number in copies:
        reason = f"holds the same text as {bench.documents[number].path}, in the same language"
        closest = _closest(bench, number)
        closest = closest and replace(closest, left=document)
        yield Single(document.path, document.language, reason, closest, document.notices)


def _closest(bench: _Bench, number: int) -> Link | None:
    """The strongest link of a document to another language."""
    foreign = (link for _, link in bench.links_of(number) if not link.same_language)
    return next(foreign, None)


def _reason(bench: _Bench, number: int, home: Mapping[int, Numbers]) -> str:
    """Why a document has no translation."""
    if partners := bench.partners(number):
        return _outdone(bench, *partners[0], home)
    links = [link for _, link in bench.links_of(number)]
    for link in links:
        if link.verdict is Verdict.COPY:
            return (
                f"holds the same sentences as {link.right.path}, which is taken for another "
                "language: a copy is no translation"
            )
    for link in links:
        if link.verdict is Verdict.VERSION:
            return f"another version of {link.right.path}, and no translation of it was found"
    closest = _closest(bench, number)
    return _too_little(closest) if closest else "no document is in another language"


def _outdone(bench: _Bench, partner: int, link: Link, home: Mapping[int, Numbers]) -> str:
    """Its partner goes with another document."""
    languages = {bench.documents[member].language: member for member in home[partner]}
    if link.left.language not in languages:
        return f"goes with {link.right.path}, but not with the others of its group"
    rival = languages[link.left.language]
    other = bench.documents[rival]
    better = bench.link(rival, partner)
    return (
        f"goes with {link.right.path} ({link.strength:.0%} of both say the same), but "
        f"{other.path} in the same language goes with it better ({better.strength:.0%})"
    )


def _too_little(link: Link) -> str:
    shares = f"{link.left_share:.0%} of this and {link.right_share:.0%} of that"
    if link.verdict is Verdict.PASSAGES:
        return f"shares passages with {link.right.path} ({shares}) and is no translation of it"
    return (
        f"nothing here translates it: nearest is {link.right.path}, but only {shares} say the same"
    )
