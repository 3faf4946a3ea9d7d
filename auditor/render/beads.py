"""The beads of a bitext for other programs: TSV, JSON lines, TMX 1.4b, Vecalign's form."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence

from lxml import etree

from auditor.model import Audit, Bead, Bitext, Document
from auditor.render.xml_text import xml_text

_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def tsv(audit: Audit) -> str:
    """A header, then a bead a line: segment numbers, similarity, drift, both texts, confidence."""
    rows = ["left\tright\tsimilarity\tdrift\tleft_text\tright_text\tconfidence"]
    for bead, left, right in _beads(audit):
        numbers = "\t".join(",".join(map(str, side)) for side in (bead.left, bead.right))
        texts = "\t".join(" ".join(text.split()) for text in (left, right))
        rows.append(
            f"{numbers}\t{bead.similarity:.4f}\t{bead.drift:.4f}\t{texts}\t{bead.confidence:.4f}"
        )
    return "\n".join(rows) + "\n"


def jsonl(audit: Audit) -> str:
    """A JSON object a line, with the fields of a bead in the audit's JSON and both texts."""
    return "".join(
        json.dumps(
            {
                "left": list(bead.left),
                "right": list(bead.right),
                "similarity": round(bead.similarity, 4),
                "drift": round(bead.drift, 4),
                "confidence": round(bead.confidence, 4),
                "left_text": left,
                "right_text": right,
            },
            ensure_ascii=False,
        )
        + "\n"
        for bead, left, right in _beads(audit)
    )


def vecalign(audit: Audit) -> str:
    """``[0]:[0, 1]:0.0412`` a line, as Vecalign writes it, with the drift for a cost."""
    return "".join(
        f"{list(bead.left)}:{list(bead.right)}:{bead.drift:.6f}\n" for bead, _, _ in _beads(audit)
    )


def tmx(audit: Audit) -> str:
    """Translation Memory eXchange 1.4b (LISA 2005): a unit for each bead with two sides."""
    left, right = _documents(audit)
    root = etree.Element("tmx", version="1.4")
    etree.SubElement(
        root,
        "header",
        {
            "creationtool": "translation-auditor",
            "creationtoolversion": audit.signature.split("|")[0].removeprefix("auditor:"),
            "segtype": "sentence",
            "o-tmf": "auditor/1",
            "adminlang": "en",
            "srclang": left.language,
            "datatype": "plaintext",
        },
    )
    body = etree.SubElement(root, "body")
    for bead, ours, theirs in _beads(audit):
        if bead.left and bead.right:
            unit = etree.SubElement(body, "tu")
            etree.SubElement(unit, "prop", type="x-drift").text = f"{bead.drift:.4f}"
            etree.SubElement(unit, "prop", type="x-confidence").text = f"{bead.confidence:.4f}"
            for language, text in ((left.language, ours), (right.language, theirs)):
                variant = etree.SubElement(unit, "tuv", {_XML_LANG: language})
                etree.SubElement(variant, "seg").text = xml_text(text)
    written: bytes = etree.tostring(root, pretty_print=True, xml_declaration=True, encoding="UTF-8")
    return written.decode("utf-8")


FORMATS: dict[str, Callable[[Audit], str]] = {
    "tsv": tsv,
    "jsonl": jsonl,
    "tmx": tmx,
    "vecalign": vecalign,
}


def _documents(audit: Audit) -> tuple[Document, Document]:
    by_id = {document.id: document for document in audit.documents}
    bitext = audit.bitexts[0]
    return by_id[bitext.left], by_id[bitext.right]


def _beads(audit: Audit) -> Iterator[tuple[Bead, str, str]]:
    """The beads of the first bitext with the readable text of both sides."""
    left, right = _documents(audit)
    bitext: Bitext = audit.bitexts[0]
    for bead in bitext.beads:
        yield bead, _text(left, bead.left), _text(right, bead.right)


def _text(document: Document, indices: Sequence[int]) -> str:
    return " ".join(document.segments[index].view.text for index in indices)
