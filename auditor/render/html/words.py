"""The interface's words: one catalogue for each language, in ``languages/*.toml``.

A new language is a new file there. What a rule says about a finding stays in English, and so does
whatever a catalogue has no word for; ``Phrase`` keeps the language with the text.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from auditor.errors import AuditorError

if TYPE_CHECKING:
    from auditor.model import Severity

_FOLDER = files("auditor.render.html") / "languages"
ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class Phrase:
    """A text with the code of its language, where that is not the page's own."""

    text: str
    language: str = ""


class Words:
    """The words of one language; ``code`` is that language's."""

    def __init__(self, code: str) -> None:
        self.code = code
        self._tables = _catalogue(code)
        form = self._tables["form"]
        self._singular = frozenset(form["singular"])
        self._decimal, self._group = form["decimal"], form["group"]
        self._percent = form["percent"]

    def __call__(self, name: str, /, **values: object) -> str:
        """The text called ``table.key``, with the values in their places."""
        table, _, key = name.partition(".")
        text: str = self._tables[table][key]
        return text.format(**values) if values else text

    def count(self, name: str, number: int, /, **values: object) -> str:
        """The same for a number of things, in the singular or the plural."""
        table, _, key = name.partition(".")
        forms: Mapping[str, str] = self._tables[table][key]
        text = forms["one" if number in self._singular else "other"]
        return text.format(n=self.whole(number), **values)

    def table(self, name: str) -> Mapping[str, Any]:
        """All texts of a table, for the page's script."""
        tables: Mapping[str, Any] = self._tables[name]
        return tables

    def whole(self, number: int) -> str:
        """A whole number with its digits in groups."""
        return f"{number:,}".replace(",", self._group)

    def number(self, value: float | None, digits: int = 2) -> str:
        """A figure with some digits behind the decimal mark."""
        if value is None or math.isnan(value):
            return self("page.not_measured")
        return f"{value:.{digits}f}".replace(".", self._decimal)

    def percent(self, share: float, digits: int = 0) -> str:
        """A share of one as a percentage."""
        figure = f"{100 * share:.{digits}f}".replace(".", self._decimal)
        return str(self._percent.format(n=figure))

    def severity(self, severity: Severity) -> str:
        """A severity's name."""
        return self(f"severity.{severity.value}")

    def category(self, category: str) -> Phrase:
        """An MQM category, ``dimension/type``, in words where all of it has some."""
        dimension, _, kind = category.partition("/")
        parts = [self._tables["dimension"].get(dimension), self._tables["type"].get(kind)]
        if not all(parts):
            return Phrase(category, ENGLISH)
        return Phrase("/".join(map(str, parts)))

    def known(self, table: str, key: str) -> Phrase:
        """A word that may be missing: then the key, which is English."""
        text = self._tables[table].get(key)
        return Phrase(str(text)) if text else Phrase(key, ENGLISH)

    def language(self, code: str) -> str:
        """The name of a language, with a capital; its code where nobody has named it."""
        name = _language_name(code, self.code)
        return name[:1].upper() + name[1:]


def codes() -> tuple[str, ...]:
    """The languages that the interface knows."""
    names = (entry.name for entry in _FOLDER.iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))


def of_locale(locale: str) -> str:
    """The interface language for a locale such as ``fr_CH.UTF-8``; English where it has none."""
    code = locale.replace("-", "_").partition("_")[0].partition(".")[0].lower()
    return code if code in codes() else ENGLISH


@cache
def words(code: str) -> Words:
    """The words of a language.

    Raises:
        AuditorError: where there are none.
    """
    if code not in codes():
        known = ", ".join(codes())
        raise AuditorError(f"No report language is called '{code}'. The languages are: {known}.")
    return Words(code)


@cache
def _catalogue(code: str) -> dict[str, Any]:
    return tomllib.loads((_FOLDER / f"{code}.toml").read_text("utf-8"))


@cache
def _language_name(code: str, interface: str) -> str:
    """From CLDR."""
    from babel import Locale, UnknownLocaleError

    try:
        name = Locale.parse(code, sep="-").get_language_name(interface)
    except (UnknownLocaleError, ValueError, TypeError):
        return code
    return name or code
