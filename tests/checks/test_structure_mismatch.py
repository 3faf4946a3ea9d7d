"""Lists and headings of Markdown and HTML, whose marks no reader sees in the text."""

from __future__ import annotations

import pytest

from auditor.auditing import audit
from auditor.encoders import load_encoder
from auditor.languages import language
from auditor.model import Finding
from auditor.text.markup import Format
from auditor.text.reading import read_text

STEPS = {
    "fr": ("Ouvrez la vanne du bassin.", "Attendez une minute entière.", "Fermez la porte bleue."),
    "de": (
        "Öffnen Sie das Ventil des Beckens.",
        "Warten Sie eine ganze Minute.",
        "Schließen Sie die blaue Tür.",
    ),
}


def structure(form: Format, french: str, german: str) -> list[Finding]:
    """The findings about structure in two documents of a format."""
    documents = [
        read_text(text, id=code, path=code, language=language(code), format=form)
        for code, text in (("fr", french), ("de", german))
    ]
    found = audit(documents, load_encoder()).findings
    return [finding for finding in found if finding.rule == "structure-mismatch"]


def markdown(code: str, marks: tuple[str, ...]) -> str:
    return "\n\n".join(mark + step for mark, step in zip(marks, STEPS[code], strict=True))


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (("- ", "- ", "- "), ("* ", "* ", "* ")),
        (("1. ", "1. ", "1. "), ("1. ", "2. ", "3. ")),
        (("# ", "## ", "## "), ("## ", "### ", "### ")),
        (("", "", ""), ("- ", "- ", "- ")),
    ],
)
def test_the_same_structure_otherwise_written_is_no_fault(
    ours: tuple[str, ...], theirs: tuple[str, ...]
):
    assert not structure(Format.MARKDOWN, markdown("fr", ours), markdown("de", theirs))


@pytest.mark.parametrize(
    ("ours", "theirs", "place"),
    [
        (("- ", "- ", "- "), ("- ", "", "- "), 1),
        (("- ", "- ", "- "), ("- ", "- ", "### "), 2),
        (("## ", "## ", "## "), ("## ", "## ", "### "), 2),
        (("## ", "## ", ""), ("## ", "## ", "## "), 2),
    ],
)
def test_a_mark_that_one_side_has_lost_is_found(
    ours: tuple[str, ...], theirs: tuple[str, ...], place: int
):
    (found,) = structure(Format.MARKDOWN, markdown("fr", ours), markdown("de", theirs))
    for span in found.spans:
        assert STEPS[span.document][place].startswith(span.text)


def test_a_number_that_changed_is_found():
    first, second = STEPS["fr"][:2], STEPS["de"][:2]
    french = "1. {}\n\nLe bassin est plein à ce moment.\n\n2. {}".format(*first)
    german = "1. {}\n\nDas Becken ist zu diesem Zeitpunkt voll.\n\n2. {}".format(*second)
    assert not structure(Format.MARKDOWN, french, german)
    (found,) = structure(Format.MARKDOWN, french, german.replace("2.", "3."))
    assert "item 2" in found.message.lower()
    assert "item 3" in found.message


def test_lists_of_html_are_compared():
    def page(code: str, tags: tuple[str, ...]) -> str:
        items = zip(tags, STEPS[code], strict=True)
        return "<article>" + "".join(f"<{t}>{text}</{t}>" for t, text in items) + "</article>"

    assert not structure(Format.HTML, page("fr", ("li",) * 3), page("de", ("li",) * 3))
    assert structure(Format.HTML, page("fr", ("li",) * 3), page("de", ("li", "p", "li")))
