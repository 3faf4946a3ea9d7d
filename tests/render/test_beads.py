"""Beads for other programs."""

from __future__ import annotations

import json

import pytest
from lxml import etree

import auditor
from auditor import auditing
from auditor.languages import language
from auditor.model import Audit
from auditor.render import beads
from auditor.text.reading import read_text


@pytest.fixture(scope="module")
def aligned() -> Audit:
    texts = {
        "fr": "Le port rouvre au printemps.\nLa maire est ravie & émue.\x0c\nLe quai reste fermé.",
        "de": "Der Hafen öffnet im Frühjahr wieder.\nDie Bürgermeisterin ist gerührt\tund froh.",
    }
    documents = [
        read_text(raw, id=code, path=code, language=language(code), sentence_lines=True)
        for code, raw in texts.items()
    ]
    return auditing.audit(documents, auditor.load_encoder(), rules=())


def test_tab_separated_lines_have_seven_columns(aligned: Audit):
    rows = [line.split("\t") for line in beads.tsv(aligned).splitlines()]
    assert rows[0] == [
        "left",
        "right",
        "similarity",
        "drift",
        "left_text",
        "right_text",
        "confidence",
    ]
    assert {len(row) for row in rows} == {7}
    assert rows[1][:2] == ["0", "0"]


def test_json_lines_are_the_beads(aligned: Audit):
    lines = [json.loads(line) for line in beads.jsonl(aligned).splitlines()]
    assert [(line["left"], line["right"]) for line in lines] == [
        (list(bead.left), list(bead.right)) for bead in aligned.bitexts[0].beads
    ]


def test_vecalign_lines_read_back(aligned: Audit):
    first = beads.vecalign(aligned).splitlines()[0]
    left, right, cost = first.split(":")
    assert (left, right) == ("[0]", "[0]")
    assert 0 <= float(cost) <= 1


def test_tmx_is_a_translation_memory(aligned: Audit):
    root = etree.fromstring(beads.tmx(aligned).encode("utf-8"))
    assert (root.tag, root.get("version")) == ("tmx", "1.4")
    header = root.find("header")
    required = ("creationtool", "creationtoolversion", "segtype", "o-tmf", "adminlang", "srclang")
    assert all(header.get(name) for name in (*required, "datatype"))
    units = root.findall("body/tu")
    assert len(units) == sum(bool(b.left and b.right) for b in aligned.bitexts[0].beads)
    for unit in units:
        assert [
            tuv.get("{http://www.w3.org/XML/1998/namespace}lang") for tuv in unit.iter("tuv")
        ] == [
            "fr",
            "de",
        ]
        assert all(tuv.findtext("seg") for tuv in unit.iter("tuv"))
