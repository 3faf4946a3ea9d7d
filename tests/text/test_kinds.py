"""Headings, captions and boilerplate are told from prose, and prose is not taken for them."""

from __future__ import annotations

import pytest

from auditor.languages import language
from auditor.model import Kind
from auditor.text.blocks import blocks
from auditor.text.markup import Format

PROSE = {
    "fr": "Le vieux phare éclaire la côte depuis un siècle. Son gardien monte chaque soir.",
    "de": "Der alte Turm steht seit hundert Jahren an der Küste. Sein Wärter steigt hinauf.",
    "en": "The old tower has stood on the coast for a century. Its keeper climbs up daily.",
}


def kinds(code: str, *lines: str) -> list[str]:
    read = blocks("\n\n".join(lines), Format.TEXT, language(code))
    return [block.kind.value for block in read]


@pytest.mark.parametrize(
    ("code", "label"),
    [
        ("fr", "Publicité"),
        ("fr", "PUBLICITÉ"),
        ("fr", "Lire aussi : Le port ferme ses portes pour l’hiver"),
        ("fr", "Nous touchons une commission quand vous achetez par les liens de cet article."),
        ("fr", "Cet article a été traduit automatiquement de l’anglais."),
        ("fr", "Abonnez-vous à notre infolettre pour ne rien manquer."),
        ("de", "Anzeige"),
        ("de", "Lesen Sie auch: Der Hafen schließt im Winter"),
        ("de", "Über die Links in diesem Artikel erhalten wir eine Provision."),
        ("de", "Dieser Text wurde automatisch aus dem Englischen übersetzt."),
        ("de", "Abonnieren Sie unseren Newsletter und verpassen Sie nichts."),
        ("en", "Advertisement"),
        ("en", "We may earn a commission if you buy through links on this page."),
        ("en", "This article was machine translated."),
        ("en", "Sign up for our newsletter and get the news you need."),
    ],
)
def test_boilerplate(code, label):
    assert kinds(code, PROSE[code], label, PROSE[code]) == ["prose", "boilerplate", "prose"]


def test_a_label_without_a_cue_is_known_by_its_repetition():
    lines = [PROSE["de"], "Reklame", PROSE["de"] + " Heute.", "Reklame", PROSE["de"] + " Morgen."]
    assert kinds("de", *lines) == ["prose", "boilerplate", "prose", "boilerplate", "prose"]


def test_a_list_that_repeats_headings_is_no_boilerplate():
    lines = [
        "Zwei Türme",
        "Der Nordturm",
        "Der Südturm",
        "Der Nordturm",
        PROSE["de"],
        "Der Südturm",
        PROSE["de"],
    ]
    assert "boilerplate" not in kinds("de", *lines)


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("fr", "La Commission veut savoir quels liens unissent les deux ports."),
        ("fr", "La traduction automatique fait des progrès, dit le chercheur."),
        ("fr", "Le journal a perdu mille abonnés en un an."),
        ("de", "Die Zahl der Abonnenten sank, teilte sie am Abend mit."),
        ("de", "Der Vermittler bekam eine hohe Provision."),
        ("en", "The newsletter was printed in the harbour for years."),
        ("en", "“You should subscribe to our newsletter,” she told him."),
    ],
)
def test_prose_on_the_same_subjects_stays_prose(code, sentence):
    assert kinds(code, PROSE[code], sentence, PROSE[code]) == ["prose"] * 3


def test_headings():
    lines = [
        "Le phare et son gardien",
        "Un métier qui disparaît",
        PROSE["fr"],
        "Que reste-t-il ?",
        PROSE["fr"],
    ]
    assert kinds("fr", *lines)[:3] == ["heading", "heading", "prose"]


def test_what_has_no_prose_below_it_is_no_heading():
    assert kinds("fr", PROSE["fr"], "Une dernière ligne sans point") == ["prose", "prose"]


def test_a_credit_line_marks_the_caption_above_it():
    raw = (
        "Der Turm am Meer\n\n"
        "Ein weißer Turm steht auf einem Felsen, davor ein Boot im Abendlicht\n"
        "Der Leuchtturm im Sommer 2019.\nFoto: Erna Beispiel (Agentur)\n\n" + PROSE["de"]
    )
    read = blocks(raw, Format.TEXT, language("de"))
    assert [block.kind.value for block in read] == [
        "heading",
        "caption",
        "caption",
        "caption",
        "prose",
    ]


@pytest.mark.parametrize("credit", ["Photo : Jean Exemple", "© Jean Exemple", "Jean Exemple / AFP"])
def test_credit_lines(credit):
    assert kinds("fr", PROSE["fr"], credit, PROSE["fr"]) == ["prose", "caption", "prose"]


def test_an_appeal_below_the_article_is_boilerplate():
    article = " ".join([PROSE["fr"]] * 4)
    lines = [
        article,
        "Vous aimez nos articles ?",
        "Il faut nous aider.",
        "Abonnez-vous à notre newsletter.",
    ]
    assert kinds("fr", *lines) == ["prose", "boilerplate", "boilerplate", "boilerplate"]


def test_markup_tells_kinds():
    raw = "<h2>Ein Turm</h2><p>Ein Satz steht hier.</p><footer>Verlag am Meer</footer>"
    read = blocks(raw, Format.HTML, language("de"))
    assert [block.kind for block in read] == [Kind.HEADING, Kind.PROSE, Kind.BOILERPLATE]
