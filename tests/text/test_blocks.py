"""Blocks say what a reader sees, and every readable character knows where it came from."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.languages import language
from auditor.model import Kind
from auditor.text.blocks import blocks
from auditor.text.markup import Format, guess_format

FR = language("fr")

MARKUP = st.lists(
    st.sampled_from(
        [
            "a",
            "Été ",
            "mot 😀",
            " ",
            "\n",
            "\n\n",
            "\r\n",
            "\t",
            "# ",
            "- ",
            "> ",
            "1. ",
            "| ",
            "|\n",
            "*",
            "**",
            "_",
            "`",
            "```\n",
            "~~",
            "[",
            "]",
            "(",
            ")",
            "![",
            "](x)",
            "[r]: y\n",
            "\\",
            "<!--",
            "-->",
            "<p>",
            "</p>",
            "<b>",
            "</b>",
            "<br>",
            "<h1>",
            "</h1>",
            "<nav>",
            "</nav>",
            "<pre>",
            "<script>",
            "</script>",
            "<img alt='",
            "'>",
            '"',
            "<a href=",
            "<title>",
            "</title>",
            "&amp;",
            "&eacute;",
            "&#233;",
            "&#x1F600;",
            "&not",
            "&",
            "&shy;",
            "<",
            ">",
            "=",
            "---\n",
            "+++\n",
            "\x00",
        ]
    ),
    max_size=40,
).map("".join)


def texts(raw: str, markup: Format) -> list[str]:
    return [block.view.text for block in blocks(raw, markup, FR)]


def check_offsets(raw: str, markup: Format) -> None:
    for block in blocks(raw, markup, FR):
        view = block.view
        assert view.text == view.text.strip(" \n\t") != ""
        assert len(view.text) == len(view.starts) == len(view.ends)
        assert list(view.starts) == sorted(view.starts)
        assert list(view.ends) == sorted(view.ends)
        for character, start, end in zip(view.text, view.starts, view.ends, strict=True):
            assert 0 <= start < end <= len(raw)
            origin = raw[start:end]
            if not character.isspace() and not origin.startswith("&"):
                assert origin == character or (markup is not Format.TEXT and origin == "\0")


@pytest.mark.parametrize("markup", Format)
@given(raw=MARKUP | st.text(max_size=60))
def test_every_character_knows_its_place(markup, raw):
    check_offsets(raw, markup)


@given(st.lists(st.text(alphabet="abcé .\N{NO-BREAK SPACE}", max_size=20), max_size=8))
def test_plain_text_loses_no_readable_character(lines):
    raw = "\n".join(lines)
    read = "".join(texts(raw, Format.TEXT))
    assert read.split() == raw.split() or "".join(read.split()) == "".join(raw.split())


def test_plain_text_has_a_paragraph_a_line():
    raw = "Un titre\r\n\r\nUne phrase. Une autre.\r\n   Encore une.  \r\n"
    assert texts(raw, Format.TEXT) == ["Un titre", "Une phrase. Une autre.", "Encore une."]


def test_hard_wrapped_lines_are_joined():
    raw = (
        "Der alte Leuchtturm steht seit mehr als hundert Jahren auf der\n"
        "kleinen Insel vor der Küste, und noch immer brennt dort jede\n"
        "Nacht ein Licht. Der Wärter geht jeden Abend die vielen Stufen\n"
        "hinauf.\n"
        "\n"
        "Im Winter kommt wochenlang kein Schiff an, weil das Meer zu rau\n"
        "ist und der Hafen keine Mole hat.\n"
    )
    read = texts(raw, Format.TEXT)
    assert len(read) == 2
    assert read[0].startswith(
        "Der alte Leuchtturm steht seit mehr als hundert Jahren auf der kleinen"
    )
    assert "noch immer brennt dort jede Nacht ein Licht" in read[0]
    check_offsets(raw, Format.TEXT)


def test_short_lines_that_are_paragraphs_stay_apart():
    raw = (
        "Der Zug hielt an.\nNiemand stieg aus, denn es regnete.\nDann fuhr er ab.\nStille.\nAus.\n"
    )
    assert len(texts(raw, Format.TEXT)) == 5


def test_markdown_hides_marks():
    raw = (
        "---\ntitle: Rien\n---\n\n# Un *grand* titre #\n\n"
        "Un [lien **fort**](https://exemple.fr/a_b 'titre') et `du code`, "
        "snake_case, 2 * 3 &amp; \\*.\n"
        "Suite[^1] ~~barrée~~ <b>grasse</b><!-- cachée --> [texte][ref].\n\n"
        "> Une citation\n> sur deux lignes\n\n- [ ] une tâche\n- <https://exemple.fr>\n\n"
        "| un | deux \\| trois |\n|---|---|\n| 1 | *2* |\n\n"
        "```\ncode\n```\n\n<div>Un <i>bloc</i></div>\n\n[ref]: https://exemple.fr\n"
    )
    assert texts(raw, Format.MARKDOWN) == [
        "Un grand titre",
        "Un lien fort et du code, snake_case, 2 * 3 & *. Suite barrée grasse texte.",
        "Une citation sur deux lignes",
        "une tâche",
        "https://exemple.fr",
        "un",
        "deux | trois",
        "1",
        "2",
        "Un bloc",
    ]
    check_offsets(raw, Format.MARKDOWN)


def test_a_markdown_image_is_a_caption():
    raw = "![Un phare au soir](phare.png)\n\nLe texte ![icône](i.png) continue [cité] ici.\n"
    read = blocks(raw, Format.MARKDOWN, FR)
    assert [(block.kind, block.view.text) for block in read] == [
        (Kind.CAPTION, "Un phare au soir"),
        (Kind.PROSE, "Le texte continue [cité] ici."),
    ]


def test_html_shows_what_a_browser_shows():
    raw = (
        "<!doctype html><html><head><title>Titre | Site</title><style>p{}</style></head><body>"
        "<nav><ul><li>Accueil</ul></nav><h1>Le titre</h1>"
        "<p>Il est&nbsp;venu, <b>Anna</b> aussi&hellip; 1 < 2 &amp; 3 <!-- rien --> !"
        "<p>Deuxième\n   ligne"
        "<figure><img src=x alt='Un &quot;phare&quot;'><figcaption>Le soir</figcaption></figure>"
        "<pre><code>x = 1</code></pre><script>if (a < b) {}</script>"
        "<div hidden>caché</div><ul><li>un<li>deux</ul>Pre&shy;mier<br>vers"
    )
    read = blocks(raw, Format.HTML, FR)
    assert [(block.kind.value, block.view.text) for block in read] == [
        ("heading", "Le titre"),
        ("prose", "Il est\N{NO-BREAK SPACE}venu, Anna aussi… 1 < 2 & 3 !"),
        ("prose", "Deuxième ligne"),
        ("caption", 'Un "phare"'),
        ("caption", "Le soir"),
        ("prose", "un"),
        ("prose", "deux"),
        ("prose", "Premier\nvers"),
    ]
    check_offsets(raw, Format.HTML)


def test_the_title_stands_in_for_a_missing_heading():
    raw = "<head><title>Le titre</title></head><p>Une phrase assez longue pour être du texte.</p>"
    assert texts(raw, Format.HTML)[0] == "Le titre"


@pytest.mark.parametrize(
    "raw",
    [
        "<p title=it's>Un mot</p>",
        '<p title="a>b">Un mot</p>',
        "<p>Un mot",
        "<P CLASS=x>Un mot</P></div>",
        "<p>Un mot<!-- sans fin",
        "<p>Un mot<script>x",
        "<p>Un mot<a href='x",
        "</p></b>Un mot</i>",
        "<h2>Un mot<p>",
        "<!----><!-->Un mot",
        "<?xml version='1.0'?><p>Un mot",
    ],
)
def test_broken_html_is_read(raw):
    assert texts(raw, Format.HTML) == ["Un mot"]


@pytest.mark.parametrize("markup", [Format.HTML, Format.MARKDOWN])
@pytest.mark.parametrize(
    "pattern",
    [
        "<a ",
        "<a b='",
        '<a b=">" ',
        "<!--",
        "<",
        "&",
        "&a",
        "<p>",
        "<b>",
        "</b>",
        "<div><p>",
        "[",
        "![",
        "](",
        "`",
        "`a``",
        "*",
        "*a ",
        "_a",
        "~~",
        "\\",
        "<x",
        "[a](",
        "[a][",
        "> ",
        "- ",
        "a\n",
        "[a]: b\n",
        "<pre><code>",
        "<svg><title>",
        "&amp;",
        "<img alt=a>",
        "<br>",
        "|a|\n",
        "# a\n",
        "***a",
        "**a*",
    ],
)
def test_hostile_markup_takes_no_long_time(pattern, markup):
    raw = pattern * (60_000 // len(pattern))
    started = time.process_time()
    blocks(raw, markup, FR)
    assert time.process_time() - started < 5


@pytest.mark.parametrize(
    ("name", "raw", "expected"),
    [
        ("a.fr.txt", "<p>", Format.TEXT),
        ("a.MD", "", Format.MARKDOWN),
        ("a.htm", "", Format.HTML),
        ("-", "<!DOCTYPE html><p>", Format.HTML),
        ("article", "Vu : <p>un</p><p>deux</p>", Format.HTML),
        ("article", "# Titre\n\nUn [lien](https://exemple.fr).", Format.MARKDOWN),
        ("article", "# un seul signe", Format.TEXT),
        ("v1.2", "Du texte.", Format.TEXT),
    ],
)
def test_the_format_is_guessed_from_name_then_content(name, raw, expected):
    assert guess_format(name, raw) is expected
