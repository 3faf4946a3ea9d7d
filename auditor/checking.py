"""Articles to outcomes: read, audited, tuned; or answered from the cache.

One article that can't be read stops no other. The key of an answer is all that decides it: bytes
and names of the documents, the settings, the encoder, this program's own files and libraries.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache as remember
from importlib.metadata import PackageNotFoundError, requires, version
from importlib.resources import files as resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from auditor import archive, files
from auditor.checks import RULES
from auditor.config import Effective, Settings, effective
from auditor.errors import AuditorError, NothingToAudit
from auditor.gate import Outcome
from auditor.model import Audit, Notice
from auditor.text.decoding import NotText

if TYPE_CHECKING:
    from auditor.articles import Article
    from auditor.cache import Cache
    from auditor.encoders.base import Encoder

_EMBEDDED = "embedded"


def repository_root(start: Path) -> Path:
    """The nearest folder upwards that holds a repository, or the folder itself."""
    start = start.resolve()
    return next((f for f in (start, *start.parents) if (f / ".git").exists()), start)


def shown(path: str, root: Path) -> str:
    """A document's path from the root of its repository, with forward slashes."""
    if path == "<stdin>":
        return path
    absolute = Path(path).absolute()
    inside = absolute.is_relative_to(root)
    return absolute.relative_to(root).as_posix() if inside else Path(path).as_posix()


@dataclass(slots=True)
class Checker:
    """Checks articles under some settings; ``load`` is asked for an encoder only when needed.

    ``root`` is the folder from which reports name documents.
    """

    settings: Settings
    root: Path
    load: Callable[[str], Encoder]
    cache: Cache | None = None
    _encoder: Encoder | None = None

    def check(self, article: Article) -> Outcome:
        """The outcome of one article."""
        specs = [*article.documents, *([article.source] if article.source else [])]
        paths = [files.parse_spec(spec).path for spec in (*specs, *article.references)]
        wanted = effective(self.settings, paths)
        try:
            return self._check(article, wanted, paths)
        except NothingToAudit as error:
            return Outcome(article.name, nothing=str(error), thresholds=wanted.thresholds)
        except AuditorError as error:
            return Outcome(article.name, unreadable=str(error), thresholds=wanted.thresholds)

    def _check(self, article: Article, wanted: Effective, paths: Sequence[str]) -> Outcome:
        keyed = self.cache is not None and files.STANDARD_INPUT not in paths
        data = [files.read_bytes(path) for path in paths] if keyed else []
        digests = [hashlib.sha256(one).hexdigest() for one in data]
        key = self._key(article, wanted, digests) if keyed else ""
        if self.cache and keyed and (known := self.cache.get(key)):
            outcome = _unpacked(known, article, wanted, data)
            if outcome:
                return outcome
        outcome = self._audited(article, wanted)
        if self.cache and keyed and outcome.audit:
            digests = [document.sha256 for document in outcome.audit.documents]
            self.cache.put(self._key(article, wanted, digests), _packed(outcome))
        return outcome

    def _audited(self, article: Article, wanted: Effective) -> Outcome:
        from auditor import auditing, tuning

        read = files.read_all(
            article.documents, source=article.source, references=article.references
        )
        documents = [replace(d, path=self.shown(d.path)) for d in read]
        audit = auditing.audit(documents, self._loaded(), wanted.rules, wanted.glossary)
        slugs = [rule.slug for rule in RULES]
        tuned = tuning.tune(audit, wanted.tuning, files.markup_of(read), slugs)
        return _outcome(article, wanted, tuned.audit, tuned.ignored, tuned.notices)

    def _loaded(self) -> Encoder:
        if self._encoder is None:
            try:
                self._encoder = self.load(self.settings.get("encoder"))
            except AuditorError as error:
                raise NoEncoder(str(error)) from error
        return self._encoder

    def shown(self, path: str) -> str:
        """How reports name a document: from the root, with forward slashes."""
        return shown(path, self.root)

    def _key(self, article: Article, wanted: Effective, digests: Sequence[str]) -> str:
        named = [("translation", text) for text in article.documents]
        named += [("source", article.source)] if article.source else []
        named += [("reference", text) for text in article.references]
        specs = [(role, files.parse_spec(text)) for role, text in named]
        parts = {
            "program": program_digest(),
            "encoder": self._encoder_name(),
            "rules": [rule.slug for rule in wanted.rules],
            "tuning": wanted.tuning.name,
            "glossary": wanted.glossary.digest,
            "documents": [
                (role, spec.language, self.shown(spec.path), digest)
                for (role, spec), digest in zip(specs, digests, strict=True)
            ],
        }
        return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()

    def _encoder_name(self) -> str:
        """The embedded encoder is a part of the program; another one is known once it is loaded.

        It may be calibrated anew without its signature changing.
        """
        name = str(self.settings.get("encoder"))
        if name == _EMBEDDED:
            return name
        encoder = self._loaded()
        return f"{encoder.signature} {encoder.calibration}"


class NoEncoder(Exception):  # noqa: N818 - told to the user as the error that it holds
    """The encoder can't be loaded: that is no fault of an article."""


def check_all(checker: Checker, articles: Sequence[Article]) -> Iterator[Outcome]:
    """The outcomes of all articles, in their order.

    Raises:
        AuditorError: where the encoder can't be loaded.
    """
    for article in articles:
        try:
            yield checker.check(article)
        except NoEncoder as error:
            raise AuditorError(str(error)) from error


@remember
def program_digest() -> str:
    """Changes with every file of the program and every version of what it stands on."""
    digest = hashlib.sha256()
    folder = Path(str(resources("auditor")))
    for path in sorted(folder.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            digest.update(path.relative_to(folder).as_posix().encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    for library in _libraries():
        digest.update(library.encode())
    return digest.hexdigest()


def _libraries() -> Iterator[str]:
    """What this program is installed to stand on, each with its version."""
    for requirement in sorted(requires("translation-auditor") or ()):
        name = re.match(r"[\w.-]+", requirement)
        if name and "extra ==" not in requirement:
            with suppress(PackageNotFoundError):
                yield f"{name.group()}=={version(name.group())}"


# --- what the cache keeps ---------------------------------------------------------------------


def _outcome(
    article: Article, wanted: Effective, audit: Audit, ignored: int, notices: Sequence[Notice]
) -> Outcome:
    return Outcome(
        article.name,
        audit,
        nothing=_reason(audit),
        ignored=ignored,
        notices=tuple(notices),
        thresholds=wanted.thresholds,
    )


def _reason(audit: Audit) -> str:
    """Why there is nothing to audit in documents that are no translations of one another."""
    if not audit.bitexts or any(bitext.comparable for bitext in audit.bitexts):
        return ""
    paths = " and ".join(document.path for document in audit.documents[:2])
    reason = audit.bitexts[0].reason
    return f"{paths} are not translations of one another: {reason}."


def _packed(outcome: Outcome) -> dict[str, Any]:
    if outcome.audit is None:
        raise ValueError("an outcome without an audit")
    return {
        "audit": archive.pack(outcome.audit),
        "ignored": outcome.ignored,
        "notices": [[n.document, n.start, n.end, n.message] for n in outcome.notices],
    }


def _unpacked(
    known: Mapping[str, Any], article: Article, wanted: Effective, data: Sequence[bytes]
) -> Outcome | None:
    """The outcome that was kept, or none where it isn't whole."""
    try:
        ids = [str(document["id"]) for document in known["audit"]["documents"]]
        raw = dict(zip(ids, map(files.raw_text, data), strict=True))
        audit = archive.unpack(known["audit"], raw)
        notices = [Notice(*notice) for notice in known["notices"]]
        return _outcome(article, wanted, audit, int(known["ignored"]), notices)
    except (KeyError, TypeError, ValueError, IndexError, AttributeError, NotText):
        return None
