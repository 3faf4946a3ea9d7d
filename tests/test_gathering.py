"""From arguments to articles."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from auditor import manifest
from auditor.articles import Article
from auditor.errors import AuditorError, NothingToAudit
from auditor.gathering import gather, name_without_language


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def touch(*names: str) -> None:
    for name in names:
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("Text.", "utf-8")


def documents(*named: str, source: str | None = None) -> list[tuple[str, ...]]:
    return [article.documents for article in gather(named, source).articles]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("a/x.fr.md", "a/x.{lang}.md"),
        ("x_de.txt", "x_{lang}.txt"),
        ("x-fr-FR.html", "x-{lang}.html"),
        ("x.fr", "x.{lang}"),
        ("fr/a/x.md", "{lang}/a/x.md"),
        ("fr.md", "{lang}.md"),
        ("content/x.md", "content/x.md"),
        ("affair/x.md", "affair/x.md"),
    ],
)
def test_the_language_in_a_path(path: str, expected: str):
    assert name_without_language(path) == expected


class TestPatterns:
    def test_files_that_differ_in_the_language(self):
        touch("c/a.fr.md", "c/a.de.md", "c/b.fr.md", "c/b.de.md", "c/alone.fr.md", "c/x.md")
        found = gather(["c/{name}.{lang}.md"])
        assert [a.name for a in found.articles] == ["c/a", "c/b"]
        assert found.articles[0].documents == ("de=c/a.de.md", "fr=c/a.fr.md")
        assert found.alone == ("c/alone.fr.md",)

    def test_languages_as_folders_and_below(self):
        touch("site/fr/a/x.md", "site/de-DE/a/x.md", "site/fr/y.md", "site/de-DE/y.md")
        assert documents("site/{lang}/**/{name}.md") == [
            ("de=site/de-DE/a/x.md", "fr=site/fr/a/x.md"),
            ("de=site/de-DE/y.md", "fr=site/fr/y.md"),
        ]

    def test_a_source_language(self):
        touch("a.fr.md", "a.de.md", "a.en.md")
        (article,) = gather(["{name}.{lang}.md"], "en").articles
        assert article == Article("a", ("de=a.de.md", "fr=a.fr.md"), "en=a.en.md")

    def test_nothing_that_matches(self):
        with pytest.raises(NothingToAudit):
            gather(["no/{name}.{lang}.md"])

    def test_an_absolute_pattern(self, folder: Path):
        touch("a.fr.md", "a.de.md")
        (pair,) = documents(f"{folder}/{{name}}.{{lang}}.md")
        assert pair == (f"de={folder}/a.de.md", f"fr={folder}/a.fr.md")


class TestFolders:
    def test_names_and_folders(self):
        touch("c/a.fr.md", "c/a.de.md", "c/fr/b.txt", "c/de/b.txt", "c/.git/c.fr.md", "c/i.png")
        assert documents("c") == [
            ("de=c/a.de.md", "fr=c/a.fr.md"),
            ("de=c/de/b.txt", "fr=c/fr/b.txt"),
        ]

    def test_a_folder_without_pairs(self):
        touch("c/a.fr.md")
        with pytest.raises(NothingToAudit, match="no counterpart"):
            gather(["c"])


class TestDocuments:
    def test_by_their_names(self):
        touch("a.fr.md", "a.de.md", "b.fr.md", "b.de.md")
        assert documents("a.fr.md", "b.fr.md", "b.de.md", "a.de.md") == [
            ("a.fr.md", "a.de.md"),
            ("b.fr.md", "b.de.md"),
        ]

    def test_without_names_they_are_one_article(self):
        touch("one.txt", "two.txt")
        assert documents("fr=one.txt", "de=two.txt") == [("fr=one.txt", "de=two.txt")]
        touch("bericht.de.txt", "article.fr.txt")
        assert documents("article.fr.txt", "bericht.de.txt") == [
            ("article.fr.txt", "bericht.de.txt")
        ]

    def test_given_languages_make_one_article_whatever_lies_beside(self):
        touch("x.fr.md", "x.de.md", "bericht.txt")
        assert documents("x.fr.md", "de=bericht.txt") == [("x.fr.md", "de=bericht.txt")]
        assert documents("fr=-", "x.de.md") == [("fr=-", "x.de.md")]
        touch("y.fr.md", "y.de.md")
        assert len(documents("fr=x.fr.md", "de=x.de.md", "fr=y.fr.md", "de=y.de.md")) == 2

    def test_a_counterpart_lies_beside(self):
        touch("a.fr.md", "a.de.md", "b.fr.md", "c.fr.md", "c.de.md")
        found = gather(["a.fr.md", "b.fr.md", "c.de.md"])
        assert [a.documents for a in found.articles] == [
            ("a.fr.md", "a.de.md"),
            ("c.de.md", "c.fr.md"),
        ]
        assert found.alone == ("b.fr.md",)

    def test_a_counterpart_with_a_region_or_in_another_folder(self):
        touch("x-fr-FR.md", "x-de-DE.md", "fr/y.md", "de/y.md", "de/z.md")
        assert documents("x-fr-FR.md", "fr/y.md") == [
            ("x-fr-FR.md", "x-de-DE.md"),
            ("fr/y.md", "de/y.md"),
        ]

    def test_one_that_is_not_there(self):
        with pytest.raises(AuditorError, match="does not exist"):
            gather(["a.fr.md"])


ROWS = [
    {"id": "x", "language": "fr", "path": "out/x.fr.md", "source": "x.en.md"},
    {"id": "y", "language": "de", "path": "y.de.md"},
    {"id": "x", "language": "de", "path": "out/x.de.md", "references": ["h/x.md", "fr=h/y.md"]},
]
EXPECTED = (
    Article(
        "x", ("fr=l/out/x.fr.md", "de=l/out/x.de.md"), "l/x.en.md", ("de=l/h/x.md", "fr=l/h/y.md")
    ),
    Article("y", ("de=l/y.de.md",)),
)
CSV = """id,language,path,source,references
x,fr,out/x.fr.md,x.en.md,
y,de,y.de.md,,
x,de,out/x.de.md,,h/x.md; fr=h/y.md
"""
TOML = """
[[document]]
id = "x"
language = "fr"
path = "out/x.fr.md"
source = "x.en.md"
[[document]]
id = "y"
language = "de"
path = "y.de.md"
[[document]]
id = "x"
language = "de"
path = "out/x.de.md"
references = ["h/x.md", "fr=h/y.md"]
"""


class TestManifests:
    @pytest.mark.parametrize(
        ("name", "text"),
        [
            ("l/m.jsonl", "\n".join(json.dumps(row) for row in ROWS) + "\n"),
            ("l/m.csv", CSV),
            ("l/m.toml", TOML),
        ],
    )
    def test_three_forms_say_the_same(self, name: str, text: str):
        Path("l").mkdir()
        Path(name).write_text(text, "utf-8")
        assert manifest.read(name) == EXPECTED

    @pytest.mark.parametrize(
        ("name", "text", "expected"),
        [
            ("m.jsonl", '{"id": "x"}\n', "line 1: it wants"),
            ("m.jsonl", "[]\n", "write an object"),
            ("m.jsonl", "{\n", "no JSON"),
            ("m.jsonl", '{"id": "x", "lang": "fr", "path": "a"}', "no 'lang'"),
            ("m.jsonl", '{"id": "x", "language": "xx", "path": "a"}', "no language 'xx'"),
            ("m.toml", "x = 1\n", "[[document]]"),
            ("m.toml", "[[document]\n", "no valid TOML"),
            ("m.csv", "id,language\nx,fr\n", "wants a text as 'path'"),
        ],
    )
    def test_refusals_name_the_place(self, name: str, text: str, expected: str):
        Path(name).write_text(text, "utf-8")
        with pytest.raises(AuditorError) as caught:
            manifest.read(name)
        assert expected in str(caught.value)

    def test_an_empty_one(self):
        Path("m.csv").write_text("id,language,path\n", "utf-8")
        with pytest.raises(NothingToAudit):
            gather(["m.csv"])
