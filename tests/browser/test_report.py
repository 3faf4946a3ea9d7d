"""The report in a browser: what an editor clicks, types and sees."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import jsonschema
import pytest

from auditor import baseline
from auditor.gate import Entry, EntryStatus
from auditor.model import Bead, Finding, Kind, Severity, Span
from tests.articles import plant, write_articles
from tests.audits import HOSTILE, audit, document, finding, span
from tests.browser.conftest import PHONE, until
from tests.render.test_html import hostile_audit
from tests.test_cli import auditor

FRENCH = document(
    [
        ("Le marché de la ville", Kind.HEADING),
        "Le marché ouvre à 12 heures.",
        "Il pleut sur le port.",
        ("Publicité", Kind.BOILERPLATE),
        "L’été, Lantern attire 300 visiteurs.",
        "Lantern reste fermé le lundi.",
    ]
)
GERMAN = document(
    [
        ("Der Markt der Stadt", Kind.HEADING),
        "Der Markt öffnet um 21 Uhr.",
        "Niemand kommt.",
        ("Anzeige", Kind.BOILERPLATE),
        "Im Sommer zieht Lanter 300 Besucher an.",
        "Lanter bleibt montags geschlossen.",
    ],
    "de",
)
BEADS = (
    Bead((0,), (0,), 0.9, 0.05),
    Bead((1,), (1,), 0.8, 0.4),
    Bead((2,), (), 0.0, 1.0),
    Bead((), (2,), 0.0, 1.0),
    Bead((3,), (3,), 0.9, 0.02),
    Bead((4,), (4,), 0.8, 0.1),
    Bead((5,), (5,), 0.8, 0.1),
)


def named(number: int) -> str:
    return f"{number:016x}"


def misspelt(left: int, right: int, bead: int, number: int) -> Finding:
    return finding(
        Span("fr", left, left + 7, "Lantern", True),
        Span("de", right, right + 6, "Lanter", True),
        bead=bead,
        rule="name-mismatch",
        severity=Severity.MINOR,
        suspect="de",
        message="A name is spelt in two ways.",
        fingerprint=named(number),
    )


FINDINGS = (
    finding(
        span(FRENCH, "12 heures"),
        span(GERMAN, "21 Uhr"),
        bead=1,
        suspect="de",
        confidence=0.9,
        fingerprint=named(1),
    ),
    finding(
        span(FRENCH, "Il pleut"),
        bead=2,
        rule="omitted-passage",
        category="accuracy/omission",
        confidence=0.6,
        message="This sentence has no counterpart in the German.",
        fingerprint=named(2),
    ),
    misspelt(FRENCH.raw.index("Lantern"), GERMAN.raw.index("Lanter"), bead=5, number=3),
    misspelt(FRENCH.raw.rindex("Lantern"), GERMAN.raw.rindex("Lanter"), bead=6, number=4),
    finding(
        span(GERMAN, "geschlossen"),
        bead=6,
        rule="brand-new-rule",
        category="strange/kind",
        severity=Severity.NEUTRAL,
        confidence=0.3,
        suspect="de",
        message="Something that no catalogue knows.",
        fingerprint=named(5),
    ),
)
MARKET = audit((FRENCH, GERMAN), BEADS, FINDINGS)


def shown(page: Any) -> list[str]:
    """The findings in the list, by number."""
    return page.eval_on_selector_all(
        "#list .finding", "items => items.map(item => item.dataset.number)"
    )


def report_of(page: Any) -> Path:
    """The file that a window shows."""
    return Path(unquote(urlsplit(page.url).path))


def current(page: Any) -> str | None:
    return page.evaluate("document.querySelector('.current')?.id")


def test_filters_leave_what_passes_and_the_address_keeps_them(visit):
    page = visit(MARKET)
    assert shown(page) == ["1", "2", "3", "5"]  # 4 is like 3, and gathered under it
    page.click("summary:has-text('More filters')")
    page.select_option("#rule", "=name-mismatch")
    assert shown(page) == ["3"]
    assert "rule=name-mismatch" in page.url
    page.select_option("#rule", "")
    page.select_option("#suspect", "=")
    assert shown(page) == ["2"]
    page.select_option("#suspect", "=de")
    page.select_option("#document", "=fr")
    assert shown(page) == ["1", "3"]
    page.select_option("#document", "")
    page.select_option("#confidence", "0.9")
    assert shown(page) == ["1"]
    assert page.inner_text("#filters-on") == "(2)"
    address = page.url
    again = visit(path=report_of(page), at="#" + address.split("#")[1])
    assert shown(again) == ["1"]
    page.uncheck("input[value=major]")
    assert shown(page) == []
    assert page.is_visible("#none")
    page.click("#reset")
    assert shown(page) == ["1", "2", "3", "5"]
    page.select_option("#category", "=strange/kind")
    assert shown(page) == ["5"]


def test_a_category_in_the_head_is_a_filter(visit):
    page = visit(MARKET)
    assert page.inner_text(".tally") == (
        "accuracy/mistranslation 3\naccuracy/omission 1\nstrange/kind 1"
    )
    page.click(".tally a:has-text('strange/kind')")
    until(page, "document.querySelectorAll('#list .finding').length === 1")
    assert shown(page) == ["5"]
    assert page.is_visible("#findings")


def test_search_looks_at_message_and_text_without_accents(visit):
    page = visit(MARKET)
    for words, expected in (
        ("l'ete", ["3"]),
        ("counterpart", ["2"]),
        ("markt 21", ["1"]),
        ("Name-Mismatch", ["3"]),
        ("uhr markt", ["1"]),
        ('"uhr markt"', []),
        ('"um 21 uhr"', ["1"]),
        ("nowhere", []),
    ):
        page.fill("#search", words)
        until(
            page, "words => new URLSearchParams(location.hash.slice(1)).get('q') === words", words
        )
        assert shown(page) == expected
    assert page.inner_text("#shown") == "0 of 5 shown"


def test_marks_of_what_is_filtered_out_leave_the_text(visit):
    page = visit(MARKET)
    mark = page.locator("#bead-1-2 mark").first
    assert "off" not in (mark.get_attribute("class") or "")
    page.uncheck("input[value=major]")
    assert "off" in (mark.get_attribute("class") or "")
    assert not page.is_visible("#bead-1-2 .chip")


def test_order(visit):
    page = visit(MARKET)
    page.click("summary:has-text('More filters')")
    page.select_option("#sort", "confidence")
    assert shown(page) == ["1", "3", "2", "5"]
    page.select_option("#sort", "rule")
    assert shown(page) == ["5", "3", "1", "2"]
    page.select_option("#sort", "text")
    assert shown(page) == ["1", "2", "3", "5"]


def test_similar_findings_are_one_until_opened(visit):
    page = visit(MARKET)
    page.click("[data-number='3'] [data-do=alike]")
    assert shown(page) == ["1", "2", "3", "4", "5"]
    assert page.get_attribute("[data-number='3'] [data-do=alike]", "aria-expanded") == "true"
    page.click("[data-number='3'] [data-do=alike]")
    assert shown(page) == ["1", "2", "3", "5"]
    page.click("[data-number='3'] [data-status=false-alarm]")
    page.click("[data-number='3'] [data-do=same]")
    assert page.inner_text("#progress") == "2 of 5 judged"
    page.click("summary:has-text('More filters')")
    page.uncheck("#gather")
    assert shown(page) == ["1", "2", "3", "4", "5"]
    assert page.inner_text("[data-number='4'] .judgement") == "False alarm"


def test_keys_move_through_findings_and_beads(visit):
    page = visit(MARKET)
    page.keyboard.press("j")
    assert current(page) == named(1)
    page.keyboard.press("j")
    page.keyboard.press("k")
    assert current(page) == named(1)
    assert page.evaluate("document.activeElement.id") == named(1)
    page.keyboard.press("]")
    assert current(page) == "bead-1-2"
    page.keyboard.press("]")
    assert current(page) == "bead-1-3"
    page.keyboard.press("[")
    page.keyboard.press("t")
    assert current(page) == named(1)
    page.keyboard.press("t")
    assert current(page) == "bead-1-2"
    page.keyboard.press("b")
    assert not page.is_visible("#bead-1-5")
    page.goto(page.url.split("#")[0] + "#bead-1-4")
    # The page hears of its new address a moment later.
    page.wait_for_function("document.querySelector('.current')?.id === 'bead-1-4'")
    page.keyboard.press("]")
    assert current(page) == "bead-1-6"  # over the hidden one
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "search"
    page.keyboard.type("jk?")
    assert page.input_value("#search") == "jk?"


def test_help_opens_closes_and_turns_keys_off(visit):
    page = visit(MARKET)
    page.keyboard.press("?")
    assert page.is_visible("#help")
    assert "next finding" in page.inner_text("#help")
    page.click("#keys")
    page.keyboard.press("Escape")
    assert not page.is_visible("#help")
    page.keyboard.press("j")
    assert current(page) is None
    assert "keys=off" in page.url


def test_a_permalink_shows_its_finding_under_any_filter(visit):
    page = visit(MARKET, at=f"#without=minor.major&at={named(4)}")
    assert current(page) == named(4)
    assert shown(page) == ["4", "5"]
    assert page.inner_text("#told") == "Shown by its link; the filter leaves it out."
    page.evaluate(f"location.hash = '{named(1)}'")
    until(page, f"document.querySelector('.current').id === '{named(1)}'")
    assert page.locator(f"[id='{named(1)}']").is_visible()
    assert page.url.endswith(named(1))


def test_a_rule_page_opens_beside_its_finding(visit):
    page = visit(MARKET)
    page.click("[data-number='1'] .about")
    assert page.inner_text("#rule-dialog-title") == "number-mismatch"
    assert "compared by value" in page.inner_text("#rule-dialog")
    page.keyboard.press("Escape")
    assert page.locator("[data-number='5'] .about").count() == 0
    linked = visit(path=report_of(page), at="#rule-name-mismatch")
    assert linked.get_attribute("#rule-name-mismatch", "open") is not None


def test_a_bar_of_the_chart_leads_to_its_bead(visit):
    page = visit(MARKET)
    page.locator(".drift > .plot a").nth(3).click()
    assert current(page) == "bead-1-4"
    page.locator(".drift > .plot a").first.focus()
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#bead-1-2"


def test_words_that_answer_light_up(visit):
    page = visit(MARKET, links={(0, 1): "1-1 5-5"})
    for place, side in (("#bead-1-2", ".block"), ("[data-number='1']", "blockquote")):
        page.mouse.move(*middle(page, f"{place} [lang=fr] {side}, {place} {side}[lang=fr]", 3, 9))
        until(page, f"{LIT}.length > 0")
        assert page.evaluate(LIT) == ["marché", "Markt"]
        page.mouse.move(5, 5)
        until(page, f"{LIT}.length === 0")


LIT = "[...CSS.highlights.get('answering')].map(String)"


def middle(page: Any, selector: str, start: int, end: int) -> list[float]:
    """The middle of some characters of a text, on the screen."""
    page.locator(selector).first.scroll_into_view_if_needed()
    return page.evaluate(
        """([selector, start, end]) => {
          const text = document.querySelector(selector).firstChild;
          const range = new Range();
          range.setStart(text, start);
          range.setEnd(text, end);
          const { x, y, width, height } = range.getBoundingClientRect();
          return [x + width / 2, y + height / 2];
        }""",
        [selector, start, end],
    )


def test_copying_as_markdown_escapes_the_article(visit):
    text = document(["Un *mot* <b>et</b> `code` [lien](x)."])
    other = document(["Ein Wort."], "de")
    hit = finding(span(text, "`code`"), span(other, "Wort"), fingerprint=named(9))
    page = visit(
        audit((text, other), (Bead((0,), (0,), 0.9, 0.1),), (hit,)),
        permissions=["clipboard-read", "clipboard-write"],
    )
    page.keyboard.press("j")
    page.keyboard.press("c")
    until(page, "document.getElementById('told').textContent === 'Copied.'")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("**Major: The numbers differ.**")
    assert r"> Un \*mot\* &lt;b>et&lt;/b> **\`code\`** \[lien\](x)." in copied
    assert "> Ein **Wort**." in copied
    page.click("[data-do=link]")
    until(
        page,
        "name => navigator.clipboard.readText().then(text => text.endsWith('#' + name))",
        named(9),
    )


# Triage


def test_judgements_are_kept_and_only_unjudged_ones_shown(visit):
    page = visit(MARKET)
    page.keyboard.press("j")
    page.keyboard.press("a")
    assert page.get_attribute("[data-number='1'] [data-status=accepted]", "aria-pressed") == "true"
    assert page.inner_text("#progress") == "1 of 5 judged"
    page.keyboard.press("n")
    page.keyboard.type("Agreed with the desk; j k")
    page.keyboard.press("Escape")
    page.check("#unjudged")
    assert shown(page) == ["2", "3", "5"]
    page.keyboard.press("j")
    assert current(page) == named(2)
    page.keyboard.press("x")  # fixed: the next one comes up
    assert shown(page) == ["3", "5"]
    assert current(page) == named(3)
    again = visit(MARKET, context=page.context)
    assert again.inner_text("#progress") == "2 of 5 judged"
    assert again.input_value("[data-number='1'] textarea") == "Agreed with the desk; j k"
    assert again.inner_text("[data-number='1'] .judgement") == "Accepted"
    again.click("[data-number='1'] [data-status=accepted]")
    assert again.inner_text("#progress") == "1 of 5 judged"
    until(page, "document.getElementById('progress').textContent === '1 of 5 judged'")


def exported(page: Any, target: Path) -> Path:
    with page.expect_download() as waiting:
        page.click("#export")
    assert waiting.value.suggested_filename == "auditor-baseline.json"
    waiting.value.save_as(target)
    return target


def test_export_has_the_form_of_a_baseline_and_comes_back(visit, tmp_path: Path):
    page = visit(MARKET)
    page.keyboard.press("j")
    page.keyboard.press("a")
    page.keyboard.press("j")
    page.keyboard.press("f")
    page.keyboard.press("n")
    page.keyboard.type("</script><!-- ##[error] \u202e é")
    foreign = {
        "fingerprint": "f" * 16, "rule": "date-mismatch", "path": "other.fr.md",
        "status": "accepted", "note": "", "text": "lundi",
    }  # fmt: skip
    brought = tmp_path / "brought.json"
    brought.write_text(json.dumps({"schema": "auditor-baseline/1", "entries": [foreign]}), "utf-8")
    page.set_input_files("#import-file", brought)
    until(page, "document.getElementById('told').textContent.includes('1 about other')")
    file = exported(page, tmp_path / "b.json")
    schema = json.loads((files("auditor") / "data" / "baseline.schema.json").read_text("utf-8"))
    jsonschema.validate(json.loads(file.read_text("utf-8")), schema)
    entries = baseline.read(str(file))
    assert file.read_text("utf-8") == baseline.render(entries)  # the very same bytes
    assert [(entry.fingerprint, entry.status) for entry in entries] == [
        ("f" * 16, EntryStatus.ACCEPTED),
        (named(1), EntryStatus.ACCEPTED),
        (named(2), EntryStatus.FALSE_ALARM),
    ]
    assert entries[1].text == "12 heures"
    assert entries[2].note == "</script><!-- ##[error] \u202e é"
    fresh = visit(MARKET)
    fresh.set_input_files("#import-file", file)
    until(fresh, "document.getElementById('progress').textContent === '2 of 5 judged'")
    assert fresh.input_value("[data-number='2'] textarea") == "</script><!-- ##[error] \u202e é"
    assert exported(fresh, tmp_path / "c.json").read_bytes() == file.read_bytes()


def test_a_report_brings_a_baseline_along(visit, tmp_path: Path):
    paths = [each.path for each in MARKET.documents]
    known = (
        Entry(named(1), "number-mismatch", paths[0], EntryStatus.FALSE_ALARM, "Read.", "12 heures"),
        Entry(named(2), "omitted-passage", paths[0], EntryStatus.FIXED),
        Entry("f" * 16, "date-mismatch", "other.fr.md", text="lundi"),
    )
    page = visit(MARKET, known=known)
    assert page.inner_text("#progress") == "2 of 5 judged"
    assert page.input_value("[data-number='1'] textarea") == "Read."
    assert page.is_disabled("#forget")
    entries = baseline.read(str(exported(page, tmp_path / "b.json")))
    assert [entry.fingerprint for entry in entries] == ["f" * 16, named(1), named(2)]
    page.click("[data-number='2'] [data-status=fixed]")  # takes it back
    page.reload()
    assert page.inner_text("#progress") == "1 of 5 judged"
    page.evaluate("window.confirm = () => true")
    page.click("#forget")
    assert page.inner_text("#progress") == "2 of 5 judged"
    assert page.input_value("[data-number='1'] textarea") == "Read."


@pytest.mark.parametrize(
    "text", ["", "[]", '{"schema": "x"}', '{"schema": "auditor-baseline/1", "entries": [{}]}']
)
def test_an_import_that_is_no_baseline_changes_nothing(visit, tmp_path: Path, text: str):
    page = visit(MARKET)
    file = tmp_path / "x.json"
    file.write_text(text, "utf-8")
    page.set_input_files("#import-file", file)
    until(page, "document.getElementById('told').textContent.includes('no baseline')")
    assert page.inner_text("#progress") == "0 of 5 judged"


def test_forgetting_asks_first(visit):
    page = visit(MARKET)
    page.keyboard.press("j")
    page.keyboard.press("a")
    page.evaluate("window.confirm = () => false")
    page.click("#forget")
    assert page.inner_text("#progress") == "1 of 5 judged"
    page.evaluate("window.confirm = () => true")
    page.click("#forget")
    assert page.inner_text("#progress") == "0 of 5 judged"
    assert page.is_disabled("#forget")


def test_an_exported_baseline_silences_auditor_check(visit, tmp_path: Path):
    first = write_articles(tmp_path / "site" / "content", 1)[0]
    plant(first, "210", "310")
    site = tmp_path / "site"
    (site / ".git").mkdir()
    content = site / "content"
    checked = ["check", "article-00.fr.md", "article-00.de.md", "--no-cache"]
    assert auditor(*checked, cwd=content).returncode == 1
    # From a folder within the repository: the baseline names documents from its root.
    written = auditor("audit", "article-00.fr.md", "article-00.de.md", "-o", "r.html", cwd=content)
    assert written.returncode == 0, written.stderr.decode()
    page = visit(path=content / "r.html")
    count = int(page.locator("#list .finding").count())
    for _ in range(count):
        page.keyboard.press("j")
        page.keyboard.press("f")
    file = exported(page, content / "known.json")
    assert {entry.path for entry in baseline.read(str(file))} == {"content/article-00.fr.md"}
    done = auditor(*checked, "--baseline", "known.json", cwd=content)
    assert done.returncode == 0, done.stdout.decode()


# Safety


def test_hostile_text_in_every_field_does_nothing(visit):
    page = visit(hostile_audit(), title=HOSTILE)
    page.fill("#search", HOSTILE)
    page.keyboard.press("Escape")
    page.click("[data-do=note]")
    page.fill("textarea", HOSTILE)
    page.click("[data-status=accepted]")
    page.click("[data-do=copy]")
    page.reload()
    page.keyboard.press("?")
    page.wait_for_timeout(100)
    assert page.locator("img").count() == 0
    assert page.locator("script:not([type])").count() == 1
    assert page.input_value("textarea") == HOSTILE
    # The dialog, console and network of the page are looked at when the test ends.


def test_hostile_text_stays_text_where_it_is_unfolded(visit):
    sentences = [HOSTILE] * 260
    left, right = document(sentences), document(sentences, "de")
    beads = [Bead((i,), (i,), 0.9, 0.1) for i in range(260)]
    hits = [
        finding(span(left, "<img src"), bead=i, fingerprint=named(i), message=f"{HOSTILE}{i}")
        for i in range(160)
    ]
    page = visit(audit((left, right), beads, hits))
    page.evaluate(f"location.hash = '{named(159)}'")
    until(page, f"document.querySelector('.current')?.id === '{named(159)}'")
    page.evaluate("location.hash = 'bead-1-259'")
    until(page, "document.querySelector('.current')?.id === 'bead-1-259'")
    assert page.inner_text("#bead-1-259 [lang=de] .block") == HOSTILE
    assert page.locator("img").count() == 0
    assert page.locator("script:not([type])").count() == 1


def test_without_script_everything_can_be_read(visit):
    sentences = [f"Phrase numéro {number}." for number in range(260)]
    left, right = document(sentences), document(sentences, "de")
    beads = [Bead((i,), (i,), 0.9, 0.1) for i in range(260)]
    hits = [finding(span(left, "Phrase"), bead=i, fingerprint=named(i)) for i in range(160)]
    page = visit(audit((left, right), beads, hits), java_script_enabled=False)
    assert page.locator(".finding").count() == 160
    assert page.locator(".finding").last.is_visible()
    assert page.locator(".bead").count() == 260
    assert page.locator(".bead").last.is_visible()
    assert not page.locator(".controls").is_visible()
    assert page.locator("details.rule").count() == 1


# Forms


AXE_LEVELS = {"serious", "critical"}


def violations(page: Any) -> list[str]:
    """What axe-core finds that is serious."""
    import axe_playwright_python

    script = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text("utf-8")
    page.evaluate(script)
    found = page.evaluate("axe.run({resultTypes: ['violations']})")
    return [
        f"{each['id']} ({each['impact']}): {[node['html'][:200] for node in each['nodes'][:3]]}"
        for each in found["violations"]
        if each["impact"] in AXE_LEVELS
    ]


def brightness(page: Any) -> float:
    """Of the page's ground, 0 to 1."""
    colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
    return sum(map(int, re.findall(r"\d+", colour)[:3])) / (3 * 255)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [None, PHONE], ids=["wide", "phone"])
def test_axe_finds_nothing_serious(visit, scheme: str, viewport: Any):
    options = {"viewport": viewport} if viewport else {}
    page = visit(MARKET, color_scheme=scheme, **options)
    assert (brightness(page) > 0.5) is (scheme == "light")
    page.keyboard.press("j")
    page.keyboard.press("a")
    for summary in page.locator("summary").all():
        summary.click()
    assert violations(page) == []
    page.keyboard.press("?")
    assert violations(page) == []


def test_a_phone_needs_no_scrolling_sideways(visit):
    page = visit(MARKET, viewport=PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


@pytest.mark.parametrize(
    ("language", "expected"),
    [("fr", "5 constats dans 7 paires"), ("de", "5 Befunde in 7 Satzpaaren")],
)
def test_other_languages(visit, language: str, expected: str):
    page = visit(MARKET, language=language)
    assert expected in page.inner_text(".verdict")
    assert page.get_attribute("html", "lang") == language
    assert page.get_attribute("[data-number='1'] h3", "lang") == "en"
    page.keyboard.press("j")
    page.keyboard.press("f")
    words = {"fr": "Fausse alerte", "de": "Fehlalarm"}[language]
    assert page.inner_text("[data-number='1'] .judgement") == words


def test_print_holds_what_passes_the_filter_and_the_whole_text(visit):
    sentences = [f"Phrase numéro {number}." for number in range(260)]
    left, right = document(sentences), document(sentences, "de")
    beads = [Bead((i,), (i,), 0.9, 0.1) for i in range(260)]
    hits = [finding(span(left, "Phrase"), bead=i, fingerprint=named(i)) for i in range(160)]
    page = visit(audit((left, right), beads, hits))
    page.click("summary:has-text('More filters')")
    page.uncheck("#gather")
    page.emulate_media(media="print")
    pdf = page.pdf(format="A4")
    assert pdf.startswith(b"%PDF")
    assert page.locator("#list .finding").count() == 160
    assert page.locator(".bead").count() == 260
    assert not page.is_visible(".controls")


def test_a_long_report_opens_with_little_in_it_and_unfolds_in_time(visit):
    sentences = [f"Phrase numéro {number}." for number in range(1200)]
    left, right = document(sentences), document(sentences, "de")
    beads = [Bead((i,), (i,), 0.9, 0.1) for i in range(1200)]
    hits = [
        finding(
            Span("fr", segment.start, segment.start + 6, "Phrase", True),
            bead=number,
            fingerprint=named(number),
            message="A needle." if number == 3 else "Hay.",
            confidence=number / 1200,
        )
        for number, segment in enumerate(left.segments)
    ]
    page = visit(audit((left, right), beads, hits), init="window.requestIdleCallback = () => {}")
    page.click("summary:has-text('More filters')")
    page.uncheck("#gather")
    assert page.locator("#list .finding").count() == 100
    assert page.locator("*").count() < 12_000
    page.fill("#search", "needle")  # the surest finding is first, this one nearly last
    until(page, "document.querySelectorAll('#list .finding').length === 1")
    page.fill("#search", "")
    until(page, "document.querySelectorAll('#list .finding').length === 100")
    page.evaluate("document.querySelector('#list').lastElementChild.scrollIntoView()")
    until(page, "document.querySelectorAll('#list .finding').length > 100")
    page.evaluate("location.hash = 'bead-1-1150'")
    until(page, "document.querySelector('.current')?.id === 'bead-1-1150'")
    assert page.locator("#bead-1-1150").is_visible()
    # Left to itself, the page unfolds everything.
    again = visit(path=report_of(page))
    until(again, "document.querySelectorAll('.bead').length === 1200")


def test_one_document_alone(visit):
    hit = finding(span(FRENCH, "Il pleut"), bead=None, fingerprint=named(1))
    page = visit(audit((FRENCH,), (), (hit,)))
    assert shown(page) == ["1"]
    page.keyboard.press("j")
    page.keyboard.press("]")
    assert current(page) == named(1)
    page.keyboard.press("t")
    page.keyboard.press("a")
    assert page.inner_text("#progress") == "1 of 1 judged"
    assert page.locator(".drift").count() == 0
    assert violations(page) == []
