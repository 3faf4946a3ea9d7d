"""Articles in French and German, written for these tests: parallel, varied, and without a fault."""

from __future__ import annotations

from pathlib import Path

# Sentence by sentence; {name}, {town} and {number} are the same on both sides.
_PARAGRAPHS = (
    (
        "La bibliothèque municipale de {town} rouvre ses portes après deux ans de travaux.",
        "Die Stadtbibliothek von {town} öffnet nach zwei Jahren Bauzeit wieder ihre Türen.",
    ),
    (
        "« Nous avons attendu ce jour avec impatience », dit {name}, qui dirige la maison.",
        "„Wir haben diesen Tag mit Ungeduld erwartet“, sagt {name}, die das Haus leitet.",
    ),
    (
        "Le nouveau toit laisse entrer la lumière du matin dans la grande salle de lecture.",
        "Das neue Dach lässt das Morgenlicht in den großen Lesesaal fallen.",
    ),
    (
        "Pendant l'hiver, {number} habitants ont apporté des livres anciens et des cartes.",
        "Im Winter brachten {number} Einwohner alte Bücher und Karten.",
    ),
    (
        "Un pont de bois relie désormais le jardin au quai où accostent les bateaux.",
        "Eine Holzbrücke verbindet nun den Garten mit dem Kai, an dem die Boote anlegen.",
    ),
    (
        "Les enfants de l'école voisine y apprennent à relier des cahiers avec du fil.",
        "Die Kinder der benachbarten Schule lernen dort, Hefte mit Faden zu binden.",
    ),
    (
        "Le boulanger de la place offre du pain chaud à tous ceux qui viennent le samedi.",
        "Der Bäcker am Platz schenkt allen, die am Samstag kommen, warmes Brot.",
    ),
    (
        "La ville paie la moitié des travaux, une fondation prend le reste à sa charge.",
        "Die Stadt bezahlt die Hälfte der Arbeiten, eine Stiftung übernimmt den Rest.",
    ),
    (
        "Au printemps, un petit théâtre jouera dans la cour si le temps le permet.",
        "Im Frühjahr wird ein kleines Theater im Hof spielen, wenn das Wetter es erlaubt.",
    ),
    (
        "Les voisins craignaient le bruit, mais personne ne s'est plaint jusqu'à présent.",
        "Die Nachbarn fürchteten den Lärm, doch bisher hat sich niemand beschwert.",
    ),
)
_TOWNS = ("Quillesand", "Brack", "Merlow", "Tarnefeld", "Oostrand", "Vellin", "Harnau", "Sorvik")
_NAMES = ("Solveig Hartmere", "Ilse Brandow", "Maren Tolk", "Edda Varnholt", "Jette Lindqvar")
PLANTED_LINE = 7  # of the fourth paragraph, which holds a number


def article(number: int) -> dict[str, str]:
    """An article by its number, as text by language; a paragraph every other line."""
    facts = {
        "town": _TOWNS[number % len(_TOWNS)],
        "name": _NAMES[number % len(_NAMES)],
        "number": str(210 + 7 * number),
    }
    sides = zip(*_PARAGRAPHS, strict=True)
    texts = ["\n\n".join(line.format(**facts) for line in side) + "\n" for side in sides]
    return dict(zip(("fr", "de"), texts, strict=True))


def people(number: int) -> str:
    """The number that an article gives for the people who brought books."""
    return str(210 + 7 * number)


def write_articles(folder: Path, count: int, ending: str = "md") -> list[Path]:
    """Write articles as ``article-00.fr.md`` and ``.de.md``; returns the French ones."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        for code, text in article(number).items():
            (folder / f"article-{number:02}.{code}.{ending}").write_text(text, "utf-8")
    return sorted(folder.glob("*.fr.*"))


def plant(path: Path, old: str, new: str) -> None:
    """Put a fault into a file."""
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), "utf-8")
