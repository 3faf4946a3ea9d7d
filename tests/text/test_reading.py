"""A document's segments are its sentences, each with its span of the raw text."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.languages import language
from auditor.model import Document, Role
from auditor.text.blocks import blocks
from auditor.text.markup import Format
from auditor.text.reading import read_text
from auditor.text.segments import one_sentence_per_line, segment
from tests.text.test_blocks import MARKUP


def read(raw: str, markup: Format = Format.TEXT, code: str = "fr") -> Document:
    return read_text(raw, id=code, path="x", language=language(code), format=markup)


@pytest.mark.parametrize("markup", Format)
@given(raw=MARKUP | st.text(max_size=60))
def test_every_readable_character_is_in_exactly_one_segment(markup, raw):
    row = language("de")
    read_blocks = blocks(raw, markup, row)
    segments = segment(raw, read_blocks, row)
    for number, block in enumerate(read_blocks):
        parts = "".join(entry.view.text for entry in segments if entry.block == number)
        assert "".join(parts.split()) == "".join(block.view.text.split())
    for entry in segments:
        assert entry.text == raw[entry.start : entry.end]
        assert entry.view.text == entry.view.text.strip() != ""
    if markup is not Format.HTML:  # an image may stand within a paragraph
        ordered = [(entry.start, entry.end) for entry in segments]
        assert all(left[1] <= right[0] for left, right in itertools.pairwise(ordered))


@given(st.text(max_size=80))
def test_one_sentence_per_line_keeps_the_lines(raw):
    segments = one_sentence_per_line(raw)
    assert [entry.text for entry in segments] == [
        line.strip() for line in raw.split("\n") if line.strip()
    ]
    assert all(raw[entry.start : entry.end] == entry.text for entry in segments)


def test_offsets_are_code_points():
    raw = "😀 Bonjour 𝒶 tous. Voilà 🎉 !\r\nFin."
    assert [(entry.start, entry.text) for entry in read(raw).segments] == [
        (0, "😀 Bonjour 𝒶 tous."),
        (18, "Voilà 🎉 !"),
        (29, "Fin."),
    ]


def test_a_document_keeps_what_it_was_given():
    document = read_text(
        "Un. Deux.",
        id="fr",
        path="a.fr.txt",
        language=language("fr"),
        role=Role.SOURCE,
        sha256="00",
        notices=["vu"],
    )
    assert (document.id, document.language, document.path) == ("fr", "fr", "a.fr.txt")
    assert (document.role, document.sha256, document.notices) == (Role.SOURCE, "00", ("vu",))
    assert [entry.text for entry in document.segments] == ["Un.", "Deux."]


def test_lines_are_not_split_where_they_are_sentences():
    document = read_text(
        "Un. Deux.\n\nTrois", id="fr", path="x", language=language("fr"), sentence_lines=True
    )
    assert [entry.text for entry in document.segments] == ["Un. Deux.", "Trois"]


def test_a_segment_of_html_spans_its_tags():
    raw = "<p>Un <b>mot</b> &eacute;crit. Fin."
    first = read(raw, Format.HTML).segments[0]
    assert (first.text, first.view.text) == ("Un <b>mot</b> &eacute;crit.", "Un mot écrit.")
