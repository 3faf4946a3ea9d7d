"""What the cases cannot show of names: the cost of a passage full of them, and other passages."""

import time
from dataclasses import replace

from babel import Locale

from auditor import auditing
from auditor.checks.name_mismatch import RULE
from auditor.checks.rule import passage
from auditor.encoders import load_encoder
from auditor.languages import language
from auditor.model import Role
from auditor.text.reading import read_text


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


def found(french: str, german: str) -> list[list[str]]:
    """The words that an audit of two documents marks, one paragraph a line."""
    documents = [
        read_text(text, id=code, path=code, language=language(code))
        for code, text in (("fr", french), ("de", german))
    ]
    audit = auditing.audit(documents, load_encoder(), (RULE,))
    return [[span.text for span in f.spans if span.primary] for f in audit.findings]


def test_a_name_that_both_documents_know_faces_the_only_new_one():
    french = (
        "L’ouragan Zorbel reste dangereux pour les bateaux.\n"
        "Lundi, quand il touchera la côte, l’ouragan {} apportera de la pluie.\n"
        "Zorbel a déjà détruit deux ponts."
    )
    german = (
        "Der Hurrikan Zorbel bleibt für die Schiffe gefährlich.\n"
        "Wenn Zorbel am Montag die Küste erreicht, wird er viel Regen bringen.\n"
        "Zorbel hat schon zwei Brücken zerstört."
    )
    assert found(french.format("Puffor"), german) == [["Puffor", "Zorbel"]]
    assert found(french.format("Zorbel"), german) == []


def test_what_each_document_calls_by_its_own_name_throughout_is_left_alone():
    french = (
        "Ouvrez l’espace Portalix et choisissez un compte.\n"
        "L’espace Portalix affiche vos factures.\n"
        "Fermez ensuite l’espace Portalix."
    )
    german = (
        "Öffnen Sie das Werkzentrum und wählen Sie ein Konto.\n"
        "Das Werkzentrum zeigt Ihre Rechnungen.\n"
        "Schließen Sie danach das Werkzentrum."
    )
    assert found(french, german) == []


def test_a_name_faces_a_name_before_a_common_noun_that_stands_nearer():
    french = (
        "Le jardin n’a guère souffert, mais les voisins remercient surtout Brisk d’avoir arrosé "
        "les pommiers."
    )
    german = (
        "Der Garten hat kaum gelitten, aber Morvenna danken die Nachbarn vor allem für die Mühe, "
        "mit der sie Tag für Tag die Apfelbäume gegossen hat."
    )
    assert found(french, german) == [["Brisk", "Morvenna"]]


def test_a_word_that_stands_in_small_letters_too_is_no_name_misspelt():
    english = (
        "How the harbour sees {}\n"
        "The town bought Quay Security and Port Security on Monday.\n"
        "The two programs keep watch at night, and {} costs nothing more."
    )
    french = (
        "Comment le port voit la {}\n"
        "La ville a acheté Quay Security et Port Security lundi.\n"
        "Les deux programmes veillent la nuit, et {} ne coûte rien de plus."
    )
    documents = [
        replace(
            read_text(text, id=code, path=code, language=language(code)),
            role=Role.SOURCE if code == "en" else Role.TRANSLATION,
        )
        for code, text in (
            ("en", english.format("Security", "security")),
            ("fr", french.format("Sécurité", "la sécurité")),
        )
    ]
    assert auditing.audit(documents, load_encoder(), (RULE,)).findings == ()
