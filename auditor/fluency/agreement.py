"""Agreement: determiners that cannot stand before the noun that they stand before.

What may stand before a word was learnt from plain text (``scripts/learn_agreement.py``): a class of
determiners that was never seen before a frequent word is wrong there, as far as that text goes.
"""

from __future__ import annotations

import lzma
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files

from auditor.fluency.clauses import SURE, Stretch, is_finite
from auditor.fluency.grammar import Agreement
from auditor.fluency.tagger import Word

_FOLDER = files("auditor") / "data" / "fluency" / "agreement"
_ENDINGS = ("en", "em", "er", "es", "e")
_HEAD = 5  # letters that the last part of a compound has at least


@cache
def table(code: str) -> Mapping[str, str]:
    """Words, and the letters of the classes of determiners that may stand before them."""
    packed = (_FOLDER / f"{code}.txt.xz").read_bytes()
    lines = lzma.decompress(packed).decode("utf-8").split("\n")
    return dict(line.split(" ", 1) for line in lines)


def disagreements(
    words: Sequence[Word],
    rules: Agreement,
    allowed: Mapping[str, str],
    listed: Callable[[str], bool],
    *,
    capitals: bool,
) -> Iterator[Stretch]:
    """A determiner and the noun behind it, adjectives between them left out.

    ``listed`` tells common words, for the first part of a compound; ``capitals``: nouns have them.
    """
    for number, word in enumerate(words[:-1]):
        if word.tag not in ("DET", "ADP+DET") or word.sure < SURE:
            continue
        letter = next((name for name, forms in rules.classes.items() if word.lower in forms), "")
        noun = _noun_behind(words, number, capitals=capitals)
        if not letter or noun is None or _goes_on(words, noun):
            continue
        if word.lower in rules.pronouns and _may_be_pronoun(words, number, capitals=capitals):
            continue
        if _may_be_genitive(words[noun].form, letter, allowed, rules):
            continue
        fitting = _fitting(words[noun].form, allowed, listed, capitals=capitals)
        person = words[noun].form in rules.both_genders
        if fitting and letter not in fitting and not person:
            yield Stretch(number, noun)


def wrong_endings(words: Sequence[Word], rules: Agreement) -> Iterator[Stretch]:
    """An adjective whose ending does not fit the determiner: „einer neue Schule“."""
    for number in range(len(words) - 2):
        word, adjective, noun = words[number : number + 3]
        weak = word.lower in rules.weak_after and word.tag in ("DET", "ADP+DET")
        comma = any(before.form == "," for before in words[max(0, number - 2) : number])
        relative = comma and word.lower in rules.pronouns
        strange = _inflected(adjective.form) and not adjective.form.endswith(rules.weak_ending)
        tags = adjective.tag == "ADJ" and noun.tag == "NOUN"
        sure = min(word.sure, adjective.sure) >= SURE and not adjective.rare
        if weak and not relative and strange and tags and sure:
            yield Stretch(number, number + 1)


def strange_endings(words: Sequence[Word], rules: Agreement) -> Iterator[Stretch]:
    """An adjective that has an ending which nothing has behind its determiner: „der neuer Plan“."""
    for number in range(len(words) - 2):
        word, adjective, noun = words[number : number + 3]
        never = rules.never_after.get(word.lower)
        comma = number and words[number - 1].form == ","
        if not never or comma or word.tag != "DET" or noun.tag != "NOUN" or adjective.rare:
            continue
        if adjective.lower in rules.indeclinable:
            continue
        sure = min(word.sure, adjective.sure) >= SURE and adjective.tag == "ADJ"
        ending = next((e for e in _ENDINGS if adjective.form.endswith(e)), "")
        if sure and adjective.form.islower() and ending in never:
            yield Stretch(number, number + 1)


def clashing_numbers(
    words: Sequence[Word], rules: Agreement, transparent: Collection[str]
) -> Iterator[Stretch]:
    """A noun that begins a clause as its subject, and a verb in the other number.

    ``transparent`` are the words that may stand between the two.
    """
    for number in range(len(words) - 2 if rules.plural_verb else 0):
        word, noun = words[number : number + 2]
        if word.tag != "DET" or not _begins_clause(words, number):
            continue
        if noun.tag != "NOUN" or noun.sure < SURE or not noun.form.islower():
            continue
        at = number + 2 + (words[number + 2].tag == "ADJ")
        while at < len(words) and words[at].lower in transparent and words[at].tag != "DET":
            at += 1
        if at < len(words) and _certain_verb(words[at]) and noun.lower not in rules.collectives:
            verb = words[at]
            plural = verb.lower.endswith(rules.plural_verb)
            one = word.lower in rules.singular_subject and plural and verb.number == "Plur"
            many = word.lower in rules.plural_subject and not plural and verb.number == "Sing"
            if one or many:
                yield Stretch(number, at)


def impolite_verbs(words: Sequence[Word], rules: Agreement) -> Iterator[Stretch]:
    """The polite pronoun of a subordinate clause, and its verb in the singular.

    „…, falls Sie noch nicht geöffnet ist“: the capital is wrong or the verb, and the reader takes
    the thing for himself. Nothing that may be a subject stands between the two.
    """
    for number in range(1, len(words) - 2 if rules.polite else 0):
        word, before = words[number], words[number - 1]
        # „…, mit dem Sie …“: before a pronoun no article can stand.
        pronoun = before.tag in ("PRON.Rel", "DET") and number > 1
        relative = pronoun and words[number - 2].tag == "ADP"
        if word.form not in rules.polite or not (before.tag == "SCONJ" or relative):
            continue
        at = number + 1
        while at < len(words) - 1 and words[at].tag in _NO_SUBJECT and words[at].sure >= _LIKELY:
            at += 1
        verb, after = words[at : at + 2] if at < len(words) - 1 else (word, word)
        ends = at > number + 1 and after.tag in ("PUNCT", "CCONJ")
        if ends and verb.form in rules.singular_auxiliaries and verb.tag == "AUX.Fin":
            yield Stretch(number, at)


_NO_SUBJECT = ("ADV", "PTKNEG", "ADJ", "VERB.Part", "VERB.Inf")
_LIKELY = 0.8


def _begins_clause(words: Sequence[Word], number: int) -> bool:
    if not number or words[number - 1].tag == "SCONJ":
        return True
    return words[number - 1].tag == "CCONJ" and number > 1 and words[number - 2].form == ","


def _certain_verb(word: Word) -> bool:
    finite = is_finite(word, SURE) and word.person == "3" and not word.rare
    return finite and (word.may == {"FIN"} or word.tag == "AUX.Fin")


def _noun_behind(words: Sequence[Word], number: int, *, capitals: bool) -> int | None:
    at = number + 1
    while (
        capitals and at < len(words) - 1 and words[at].tag == "ADJ" and _inflected(words[at].form)
    ):
        at += 1
    word = words[at]
    wanted = ("NOUN",) if capitals else ("NOUN", "ADJ")
    written = (
        word.form[0].isupper() and word.form[1:].islower() if capitals else word.form.islower()
    )
    return at if word.tag in wanted and word.sure >= SURE and written else None


def _inflected(form: str) -> bool:
    """Whether an adjective may belong to the noun behind it: „ein paar Tage“ is another matter."""
    return form.islower() and form.endswith(("e", "er", "es", "en", "em"))


def _goes_on(words: Sequence[Word], noun: int) -> bool:
    """Whether a noun is but the first part of a compound: „Vor- und …“, „Konto Verwaltung“."""
    after = words[noun + 1 : noun + 2]
    return bool(after) and (
        (after[0].form in "-‐‑–" and after[0].start == words[noun].end)
        or (after[0].form[0].isupper() and after[0].tag in ("NOUN", "PROPN", "X"))
    )


def _may_be_pronoun(words: Sequence[Word], number: int, *, capitals: bool) -> bool:
    """Whether a determiner may be a relative („…, die Bürgern hilft“) or belong to a verb."""
    if not number:
        return False
    before = words[number - 1]
    return (
        before.form == ","
        if capitals
        else before.tag.startswith(("PRON", "ADV")) or before.lower in ("de", "à", "pour", "et")
    )


def _fitting(
    form: str, allowed: Mapping[str, str], listed: Callable[[str], bool], *, capitals: bool
) -> str:
    """Letters of the classes that may stand before a form; for a compound, its last part."""
    if form in allowed or not capitals:
        return allowed.get(form, "")
    if listed(form.lower()):
        return ""  # a verb made a noun: „das Vorlesen“
    for cut in range(4, len(form) - _HEAD + 1):
        head, first = form[cut:].capitalize(), form[:cut]
        if head in allowed and any(listed(stem) for stem in _stems(first)):
            return allowed[head]
    return ""


def _may_be_genitive(form: str, letter: str, allowed: Mapping[str, str], rules: Agreement) -> bool:
    """Whether a form may be the genitive of a noun that text has in other cases."""
    if rules.genitive is None or letter != rules.genitive[0]:
        return False
    _, dative, nominative = rules.genitive
    strong = any(
        form.endswith(end) and dative in allowed.get(form.removesuffix(end), "")
        for end in ("s", "es")
    )
    weak = dative in allowed.get(form, "") and any(
        form.endswith(end) and nominative in allowed.get(form.removesuffix(end), "")
        for end in ("n", "en")
    )
    return strong or weak


def _stems(first: str) -> Iterator[str]:
    """The first part of a compound, with and without what links it to the second."""
    yield first
    for link in ("s", "es", "n", "en", "e", "er"):
        if first.endswith(link):
            yield first[: -len(link)]
    yield first + "e"
