"""The HTML report, on audits built here from text of our own."""

from __future__ import annotations

import base64
import hashlib
import json
import math
import re
import time
from html.parser import HTMLParser

import pytest

from auditor.model import Bead, Bitext, Kind, Severity, Span, Summary, View
from auditor.render.html import render
from auditor.render.html.marks import Mark, Ref, cut
from auditor.render.positions import Lines, SegmentFinder, view_range
from tests.audits import HOSTILE, audit, document, finding, span

VOID = {"meta", "input", "br", "hr", "img", "link", "rect", "path", "use"}


class Node:
    def __init__(self, tag, attributes, parent):
        self.tag, self.attributes, self.parent = tag, dict(attributes), parent
        self.children = []

    def __iter__(self):
        for child in self.children:
            if isinstance(child, Node):
                yield child
                yield from child

    @property
    def text(self):
        return "".join(child if isinstance(child, str) else child.text for child in self.children)

    def has(self, name):
        return name in (self.attributes.get("class") or "").split()

    def find(self, tag=None, name=None, **attributes):
        return [
            node
            for node in self
            if (tag is None or node.tag == tag)
            and (name is None or node.has(name))
            and all(node.attributes.get(key) == value for key, value in attributes.items())
        ]


class Tree(HTMLParser):
    def __init__(self, page):
        super().__init__()
        self.root = self.at = Node("", (), None)
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        node = Node(tag, attrs, self.at)
        self.at.children.append(node)
        if tag not in VOID:
            self.at = node

    def handle_startendtag(self, tag, attrs):
        self.at.children.append(Node(tag, attrs, self.at))

    def handle_endtag(self, tag):
        assert self.at.tag == tag, f"</{tag}> closes <{self.at.tag}>"
        self.at = self.at.parent

    def handle_data(self, data):
        self.at.children.append(data)


def parse(page):
    tree = Tree(page)
    assert tree.at is tree.root, "every element is closed"
    return tree.root


FRENCH = document(["Le marché ouvre à 12 heures.", "Il pleut.", ("Publicité", Kind.BOILERPLATE)])
GERMAN = document(
    ["Der Markt öffnet um 21 Uhr.", "Niemand kommt.", ("Anzeige", Kind.BOILERPLATE)], "de"
)
BEADS = (
    Bead((0,), (0,), 0.8, 0.4),
    Bead((1,), (), 0.0, 0.97),
    Bead((), (1,), 0.0, 0.96),
    Bead((2,), (2,), 0.9, 0.02),
)
NUMBERS = finding(span(FRENCH, "12 heures"), span(GERMAN, "21 Uhr"), suspect="de")


def page_of(*args, title="A market", **changes):
    return render(audit(*args, **changes), title=title)


def side_by_side(findings=(NUMBERS,), **changes):
    return page_of((FRENCH, GERMAN), BEADS, findings, **changes)


# Safety


def hostile_audit():
    french = document([HOSTILE, (HOSTILE, Kind.HEADING)], path=HOSTILE, notices=(HOSTILE,))
    german = document([HOSTILE, HOSTILE], HOSTILE, sha256=HOSTILE)
    hit = finding(
        span(french, "<img src"),
        span(german, "alert"),
        rule=HOSTILE,
        category=HOSTILE,
        message=HOSTILE,
        fingerprint=HOSTILE,
        suspect=HOSTILE,
        evidence={HOSTILE: HOSTILE, "list": [HOSTILE], "map": {HOSTILE: HOSTILE}},
    )
    beads = (Bead((0,), (0,), 0.1, 0.9), Bead((1,), (), 0, 1), Bead((), (1,), 0, 1))
    summary = Summary(dict.fromkeys(Severity, 0), None, HOSTILE, {french.id: 1.0, german.id: 2.0})
    return audit(
        (french, german),
        beads,
        (hit,),
        signature=HOSTILE,
        summary=summary,
        comparable=False,
        reason=HOSTILE,
    )


def test_hostile_text_stays_text_in_every_field():
    page = render(hostile_audit(), title=HOSTILE, generated=HOSTILE)
    root = parse(page)
    data, script = root.find("script")
    assert data.attributes["type"] == "application/json"
    assert HOSTILE in json.loads(data.text)["findings"][0]["search"]
    assert "alert" not in script.text
    assert not root.find("img")
    assert "49&amp;" not in page
    handlers = [key for node in root for key in node.attributes if key.startswith("on")]
    assert not handlers
    assert root.find("h1")[0].text == HOSTILE
    assert root.find(name="finding")[0].attributes["id"] == HOSTILE


def test_policy_names_the_hashes_of_the_inline_blocks():
    page = side_by_side()
    policy = parse(page).find("meta", **{"http-equiv": "Content-Security-Policy"})[0]
    content = policy.attributes["content"]
    assert content.startswith("default-src 'none'; ")
    assert "unsafe" not in content
    for tag in ("style", "script"):
        blocks = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)  # data is none
        assert len(blocks) == 1
        digest = base64.b64encode(hashlib.sha256(blocks[0].encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in content
    assert "\r" not in page


def test_nothing_is_loaded_and_no_style_stands_in_an_attribute():
    root = parse(side_by_side())
    for node in root:
        assert "style" not in node.attributes
        for key in ("src", "href", "action", "srcset", "data", "poster"):
            assert node.attributes.get(key, "#").startswith("#")
    for tag in ("link", "iframe", "object", "embed", "base", "form"):
        assert not root.find(tag)
    style = root.find("style")[0].text
    assert "url(" not in style
    assert "@import" not in style


def test_the_script_writes_no_markup():
    script = parse(side_by_side()).find("script")[1].text
    assert script.startswith('"use strict"')
    for word in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "http"):
        assert word not in script


def test_ids_are_unique_and_every_link_has_its_target():
    root = parse(side_by_side())
    ids = [node.attributes["id"] for node in root if "id" in node.attributes]
    assert len(ids) == len(set(ids))
    for node in root:
        href = node.attributes.get("href")
        assert href is None or "=" in href or href[1:] in ids  # "=": a filter


def test_characters_that_no_page_may_hold_are_replaced():
    page = page_of((document(["a\x00b\x1bc\ud800d"]),))
    page.encode()
    assert "a\ufffdb\ufffdc\ufffdd" in page


def test_article_text_turns_no_direction():
    page = page_of((document(["a\u202eb\u2066c\u2069d\ufffe"]),))
    assert "a\ufffdb\ufffdc\ufffdd\ufffd" in page


# Content


def test_verdict_in_plain_words():
    root = parse(side_by_side(scores={"fr": 95.0, "de": 70.0}))
    verdict = root.find(name="verdict")[0].text
    assert verdict == "1 finding in 4 beads: 1 major. German looks worse."


def test_close_scores_name_no_worse_text():
    assert "looks worse" not in side_by_side(scores={"fr": 90.0, "de": 90.4})


def test_every_article_text_has_its_language():
    root = parse(side_by_side())
    assert root.find("html", lang="en")
    for node in [*root.find("blockquote"), *root.find(name="block")]:
        while "lang" not in node.attributes:
            node = node.parent  # noqa: PLW2901 (climbing to the language)
        assert node.attributes["lang"] in {"fr", "de"}
    assert len(root.find("blockquote", lang="fr")) == 1
    assert len(root.find("div", "side", lang="de")) == 3


def test_marks_stand_in_the_list_and_in_the_text():
    root = parse(side_by_side())
    in_list = root.find(name="finding")[0].find("mark")
    in_text = root.find(id="bead-1-1")[0].find("mark")
    assert [mark.text for mark in in_list] == ["12 heures", "21 Uhr"]
    assert [mark.text for mark in in_text] == ["12 heures", "21 Uhr"]
    assert all(mark.has("sev-major") for mark in in_list + in_text)
    assert root.find("blockquote", lang="fr")[0].text == "Le marché ouvre à 12 heures."


def test_a_finding_says_all_about_itself():
    item = parse(side_by_side()).find(id="f00d")[0]
    for words in ("Major", "number-mismatch", "accuracy/mistranslation", "confidence 80%"):
        assert words in item.text
    assert "suspect: German" in item.text
    assert "French, line 1, column 19" in item.text
    assert [node.text for node in item.find("dl")[0].find("div")] == ["left12", "right21"]
    assert item.find("a", href="#bead-1-1")


def test_one_sided_beads_are_visibly_empty():
    root = parse(side_by_side())
    assert root.find(id="bead-1-2")[0].find(name="nothing")[0].text == "nothing in German"
    assert root.find(id="bead-1-3")[0].find(name="nothing")[0].text == "nothing in French"


def test_boilerplate_is_dimmed_and_headings_are_headings():
    french = document([("Le marché", Kind.HEADING), ("Publicité", Kind.BOILERPLATE)])
    german = document([("Der Markt", Kind.HEADING), ("Anzeige", Kind.BOILERPLATE)], "de")
    beads = (Bead((0,), (0,), 1, 0), Bead((1,), (1,), 1, 0))
    root = parse(page_of((french, german), beads))
    assert root.find("h3", "heading")[0].text == "Le marché"
    assert root.find(id="bead-1-2")[0].has("boilerplate")
    assert not root.find(id="bead-1-1")[0].has("boilerplate")


def test_the_chart_links_each_bar_to_its_bead():
    chart = parse(side_by_side()).find("svg", "chart")[0]
    assert [bar.attributes["href"] for bar in chart.find("a")] == [
        f"#bead-1-{number}" for number in range(1, 5)
    ]
    assert chart.find("title")
    assert chart.find("desc")
    assert len(chart.find("rect", "pip")) == 2  # one finding, two strokes for major


def test_a_long_chart_gathers_beads_under_the_worst():
    sentences = [f"Phrase {number}." for number in range(1000)]
    beads = [Bead((i,), (i,), 0.9, 0.9 if i == 500 else 0.1) for i in range(1000)]
    page = page_of((document(sentences), document(sentences, "de")), beads)
    bars = parse(page).find("svg", "chart")[0].find("a")
    assert len(bars) == 334
    assert "#bead-1-501" in {bar.attributes["href"] for bar in bars}


def test_findings_stand_worst_first():
    found = [
        finding(severity=Severity.MINOR, fingerprint="a", confidence=0.99),
        finding(severity=Severity.CRITICAL, fingerprint="b", confidence=0.3),
        finding(severity=Severity.MINOR, fingerprint="c", confidence=1.0),
    ]
    items = parse(side_by_side(found)).find(name="finding")
    assert [item.attributes["id"] for item in items] == ["b", "c", "a"]


def test_texts_that_are_no_translations_say_so():
    for beads in ((), BEADS):
        page = page_of(
            (FRENCH, GERMAN), beads, comparable=False, comparability=0.1, reason="too far apart"
        )
        root = parse(page)
        assert root.find(name="verdict")[0].text == (
            "The two texts are not translations of one another: too far apart."
        )
        assert "Il pleut." in page


def test_an_audit_without_findings():
    root = parse(side_by_side(()))
    assert root.find(name="verdict")[0].text == "No findings in 4 beads."
    assert "no proof" in root.find(id="findings")[0].text
    assert not root.find(name="finding")


def test_a_single_document_shows_its_text_with_marks():
    hit = finding(span(FRENCH, "Il pleut"), bead=None, evidence={})
    root = parse(page_of((FRENCH,), (), (hit,)))
    assert root.find(name="verdict")[0].text == "1 finding in 3 sentences: 1 major."
    assert [mark.text for mark in root.find(name="column")[0].find("mark")] == ["Il pleut"]
    assert not root.find("svg", "chart")
    assert not root.find("dl", "evidence")


def test_no_document_at_all():
    assert "No findings in 0 sentences." in page_of(())


def test_three_documents_have_a_section_for_each_bitext():
    english = document(["The market opens at noon.", "It rains.", "Ad"], "en")
    pairs = (("fr", "de"), ("fr", "en"))
    beads = (Bead((0,), (0,), 1, 0),)
    bitexts = tuple(Bitext(left, right, True, 0.9, "", beads) for left, right in pairs)
    hit = finding(span(FRENCH, "12"), bead=None)
    theirs = finding(span(FRENCH, "heures"), span(english, "noon"), fingerprint="b", bead=None)
    mine = finding(span(FRENCH, "ouvre"), fingerprint="c")
    root = parse(page_of((FRENCH, GERMAN, english), (), (hit, theirs, mine), bitexts=bitexts))
    first, second = root.find(name="bitext")
    assert [mark.text for mark in first.find("mark")] == ["ouvre", "12", "heures"]
    assert [mark.text for mark in second.find("mark")] == ["12", "heures", "noon"]
    assert first.find("h2")[0].text == "French – German"


def test_a_span_outside_every_segment_is_quoted_by_itself():
    text = document(["Il pleut."])
    text = document(["Il pleut."], raw=text.raw + "<hr>")
    hit = finding(span(text, "<hr>"), bead=None)
    item = parse(page_of((text,), (), (hit,))).find(id="f00d")[0]
    assert item.find("mark")[0].text == "<hr>"


def test_a_span_of_an_unknown_document_is_left_out():
    hit = finding(Span("nobody", 0, 3, "abc", True), suspect="nobody")
    assert "<b>suspect: nobody</b>" in side_by_side((hit,))


def test_an_empty_span_becomes_a_caret():
    hit = finding(Span("fr", 9, 9, "", True))
    mark = parse(side_by_side((hit,))).find(id="bead-1-1")[0].find("mark", "caret")
    assert len(mark) == 1
    assert mark[0].text == ""


def test_unmeasured_drift_is_said():
    page = page_of((FRENCH, GERMAN), (Bead((0,), (0,), math.nan, math.nan),))
    assert "not measured" in page


def test_controls_wait_for_the_script():
    root = parse(side_by_side())
    assert all("hidden" in node.attributes for node in root.find(name="controls"))
    assert not any("hidden" in node.attributes for node in root.find(name="finding"))


def test_evidence_in_one_line_each():
    evidence = {"ratio": 1000.0, "small": 0.00002, "sure": True, "none": None, "list": [1, "a"]}
    item = parse(side_by_side((finding(evidence=evidence),))).find(id="f00d")[0]
    values = [node.text for node in item.find("dl")[0].find("dd")]
    assert values == ["1000", "2e-05", "yes", "none", "1 · a"]


# Marks and positions


def mark(start, end, number, severity=Severity.MINOR, **changes):
    return Mark(start, end, Ref(number, f"#{number}", severity), **changes)


def shape(pieces):
    return [(piece.text, piece.numbers) for piece in pieces]


def test_a_text_without_marks_is_one_piece():
    assert shape(cut("abc", ())) == [("abc", "")]


def test_overlapping_marks_are_cut_at_every_edge():
    pieces = cut("abcdef", [mark(1, 4, 1), mark(2, 6, 2, Severity.CRITICAL)])
    assert shape(pieces) == [("a", ""), ("b", "1"), ("cd", "1 2"), ("ef", "2")]
    assert pieces[2].severity is Severity.CRITICAL
    assert [[ref.number for ref in piece.ends] for piece in pieces] == [[], [], [1], [2]]


def test_nested_and_equal_marks():
    pieces = cut("abcd", [mark(0, 4, 1), mark(1, 2, 2), mark(1, 2, 3)])
    assert shape(pieces) == [("a", "1"), ("b", "1 2 3"), ("cd", "1")]


def test_a_finding_that_overlaps_itself_is_numbered_once():
    pieces = cut("abcd", [mark(0, 3, 1), mark(1, 4, 1, primary=False)])
    assert [[ref.number for ref in piece.ends] for piece in pieces] == [[], [], [1]]


def test_carets_at_both_ends_and_inside_a_mark():
    pieces = cut("ab", [mark(0, 0, 1), mark(0, 2, 2), mark(1, 1, 3), mark(2, 2, 4)])
    assert shape(pieces) == [("", "1"), ("a", "2"), ("", "3"), ("b", "2"), ("", "4")]
    assert shape(cut("", [mark(0, 0, 1)])) == [("", "1")]


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (2, 6, "gras"),
        (0, 8, "gras"),
        (4, 6, "as"),
        (0, 2, ""),
        (8, 14, " &"),
        (10, 12, "&"),
        (9, 99, "& x"),
        (50, 60, ""),
        (11, 11, ""),
    ],
)
def test_raw_spans_find_their_readable_characters(start, end, expected):
    # raw: **gras** &amp; x
    places = [(2, 3), (3, 4), (4, 5), (5, 6), (8, 9), (9, 14), (14, 15), (15, 16)]
    view = View("gras & x", tuple(a for a, _ in places), tuple(b for _, b in places))
    low, high = view_range(view, start, end)
    assert view.text[low:high] == expected


def test_a_span_over_several_segments_marks_each_and_is_numbered_once():
    text = document(["Un matin.", "Il pleut.", "Puis non."])
    hit = finding(Span("fr", 3, 24, text.raw[3:24], True), bead=None)
    root = parse(page_of((text,), (), (hit,)))
    column = root.find(name="column")[0]
    assert [mark.text for mark in column.find("mark")] == ["matin.", "Il pleut.", "Pu"]
    assert [node.text for node in column.find("sup")] == ["1"]


def test_segments_that_a_span_touches():
    finder = SegmentFinder(document(["abc", "def"]).segments)  # 0 to 3 and 5 to 8
    assert list(finder.touched(1, 6)) == [0, 1]
    assert list(finder.touched(3, 5)) == []
    assert list(finder.touched(3, 3)) == [0]
    assert list(finder.touched(4, 4)) == []
    assert list(finder.touched(90, 95)) == []


def test_lines_and_columns_count_from_one():
    lines = Lines("ab\ncd\r\nef\rgh")
    assert [lines.place(offset) for offset in (0, 1, 3, 7, 10)] == [
        (1, 1),
        (1, 2),
        (2, 1),
        (3, 1),
        (4, 1),
    ]


# Size


@pytest.mark.parametrize(("beads", "findings"), [(1000, 1000)])
def test_a_long_article_renders_in_good_time(beads, findings):
    sentences = [f"Phrase numéro {number}." for number in range(beads)]
    left, right = document(sentences), document(sentences, "de")
    found = []
    for index in range(findings):
        segment = left.segments[index % beads]
        place = Span("fr", segment.start, segment.start + 6, "Phrase", True)
        found.append(finding(place, bead=index % beads, fingerprint=f"f{index}"))
    pairs = [Bead((index,), (index,), 0.9, 0.1) for index in range(beads)]
    began = time.process_time()
    page = page_of((left, right), pairs, found)
    assert time.process_time() - began < 20  # a second or so on a free core
    assert page.count('<li class="finding ') == findings
