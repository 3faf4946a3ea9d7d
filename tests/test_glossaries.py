"""Glossaries: read from CSV and TBX, or refused on one line; and what follows from them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

import auditor
from auditor import glossaries
from auditor.cli import app
from auditor.errors import AuditorError
from auditor.text.glossary import Glossary
from tests.conftest import SEEDS

CSV = "de,fr,forbidden,case,note\nHafen|Seehafen,port,fr:havre|de:Port,,the place\nKI,IA,,yes,\n"
TBX2 = """<?xml version="1.0"?>
<martif type="TBX" xml:lang="en"><text><body><termEntry id="1">
  <langSet xml:lang="de-DE"><tig><term>Hafen</term></tig></langSet>
  <langSet xml:lang="fr-CA"><ntig><termGrp><term>port</term></termGrp></ntig>
    <ntig><termGrp><term>havre</term>
      <termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></termGrp></ntig>
  </langSet>
  <langSet xml:lang="es"><tig><term>puerto</term></tig></langSet>
</termEntry></body></text></martif>
"""
TBX3 = """<?xml version="1.0"?>
<tbx xmlns="urn:iso:std:iso:30042:ed-2" xmlns:min="http://www.tbxinfo.net/ns/min" style="dct">
<text><body><conceptEntry id="1"><note>the place</note>
  <langSec xml:lang="de"><termSec><term>Hafen</term></termSec></langSec>
  <langSec xml:lang="fr"><termSec><term>port</term></termSec>
    <termSec><term>havre</term><min:administrativeStatus>supersededTerm-admn-sts
    </min:administrativeStatus></termSec></langSec>
</conceptEntry></body></text></tbx>
"""


def glossary(folder: Path, text: str | bytes, name: str = "terms.csv") -> Glossary:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return glossaries.read(str(path))


class TestCSV:
    def test_all_its_columns(self, tmp_path: Path):
        first, second = glossary(tmp_path, CSV).concepts
        assert first.approved == {"de": ("Hafen", "Seehafen"), "fr": ("port",)}
        assert first.forbidden == {"fr": ("havre",), "de": ("Port",)}
        assert (first.note, first.exact, second.exact) == ("the place", False, True)

    @pytest.mark.parametrize("divider", [";", "\t"])
    def test_as_a_spreadsheet_writes_it(self, tmp_path: Path, divider: str):
        text = f"\ufeffde-DE{divider}fr_FR{divider}es\r\nHafen{divider}port{divider}puerto\r\n\r\n"
        (concept,) = glossary(tmp_path, text).concepts
        assert concept.approved == {"de": ("Hafen",), "fr": ("port",)}

    def test_two_columns_of_one_language_both_count(self, tmp_path: Path):
        (concept,) = glossary(tmp_path, "de-DE,de-AT,fr\nKartoffel,Erdapfel,patate\n").concepts
        assert concept.approved["de"] == ("Kartoffel", "Erdapfel")

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("", "no column for a language"),
            ("Hafen,port\n", "no column 'Hafen'"),
            ("de,fr,forbiden\n", "Is 'forbidden' meant?"),
            ("de,fr\n", "no term"),
            ("es,it\npuerto,porto\n", "no column for a language"),
            ("de,fr,forbidden\nHafen,port,havre\n", "write a language before"),
            ("de,fr,forbidden\nHafen,port,fr:port\n", "approved and forbidden"),
            ("de,fr,case\nHafen,port,perhaps\n", "write yes or no"),
            ("de,fr\nHafen,port,havre\n", "more cells than columns"),
            ('de,fr\n"Hafen,port\n', "no CSV"),
            ("de,fr\n" + "x" * 300 + ",port\n", "is no term"),
            ("de,fr\n***,port\n", "has no letter"),
            ("de,fr\nH\udce4fen,port\n".encode("utf-8", "surrogateescape"), "no UTF-8"),
        ],
    )
    def test_what_it_refuses(self, tmp_path: Path, text: str | bytes, expected: str):
        with pytest.raises(AuditorError) as caught:
            glossary(tmp_path, text)
        assert expected in str(caught.value)
        assert "\n" not in str(caught.value)


class TestTBX:
    @pytest.mark.parametrize(("text", "note"), [(TBX2, ""), (TBX3, "the place")])
    def test_both_versions(self, tmp_path: Path, text: str, note: str):
        (concept,) = glossary(tmp_path, text, "terms.tbx").concepts
        assert concept.approved == {"de": ("Hafen",), "fr": ("port",)}
        assert concept.forbidden == {"fr": ("havre",)}
        assert concept.note == note

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("<tbx>", "no well-formed XML"),
            ("<a/>", "is no TBX"),
            (TBX2.replace('xml:lang="de-DE"', ""), "no xml:lang"),
            (TBX2.replace("<martif", '<!DOCTYPE martif SYSTEM "x.dtd"><martif', 1), "DOCTYPE"),
            (
                '<!DOCTYPE m [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
                '<m><termEntry><langSet xml:lang="de"><term>&e;</term></langSet></termEntry></m>',
                "DOCTYPE",
            ),
        ],
    )
    def test_what_it_refuses(self, tmp_path: Path, text: str, expected: str):
        with pytest.raises(AuditorError) as caught:
            glossary(tmp_path, text, "terms.tbx")
        assert expected in str(caught.value)
        assert "\n" not in str(caught.value)

    def test_entities_do_not_grow(self, tmp_path: Path):
        rows = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 9))
        text = f'<!DOCTYPE m [<!ENTITY e0 "lol">{rows}]><m a="&e8;">&e8;</m>'
        with pytest.raises(AuditorError):
            glossary(tmp_path, text, "terms.tbx")


def test_files_that_are_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    with pytest.raises(AuditorError, match="does not exist"):
        glossaries.read(str(tmp_path / "no.csv"))
    with pytest.raises(AuditorError, match="end in"):
        glossary(tmp_path, CSV, "terms.docx")
    monkeypatch.setattr(glossaries, "LARGEST", 10)
    with pytest.raises(AuditorError, match="larger than"):
        glossary(tmp_path, CSV, "large.csv")
    monkeypatch.undo()
    monkeypatch.setattr(glossaries, "MOST_TERMS", 2)
    with pytest.raises(AuditorError, match="more than 2"):
        glossary(tmp_path, CSV, "many.csv")


def test_a_file_that_changes_is_read_again(tmp_path: Path):
    before = glossary(tmp_path, CSV)
    assert glossaries.read(str(tmp_path / "terms.csv")) is before
    assert glossary(tmp_path, CSV.replace("havre", "rade")).digest != before.digest


@pytest.mark.parametrize("ending", ["csv", "tbx"])
def test_the_sample_glossaries_find_what_they_are_for(ending: str):
    paths = [str(SEEDS / f"harbour-wind.{code}.txt") for code in ("fr", "de")]
    named = str(SEEDS / f"harbour-wind.glossary.{ending}")
    audit = auditor.audit(paths, glossary=named)
    found = {f.spans[0].text: f for f in audit.findings if f.rule == "glossary-term"}
    assert found["Lanterne"].severity == "major"
    assert found["Lanterne"].suspect == "fr"
    assert "never translated" in found["Lanterne"].message
    assert len(found) <= 2
    assert f"|glossary:{glossaries.read(named).digest}" in audit.signature
    assert "glossary" not in auditor.audit(paths).signature


class TestCommands:
    """The option and the setting, of every command that audits."""

    @pytest.fixture(autouse=True)
    def _place(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
        for folder in ("news", "legal"):
            Path(folder).mkdir()
            for code, text in (
                ("fr", "Le quai reste ouvert. La ville attend des bateaux et des touristes."),
                ("de", "Der Hafen bleibt offen. Die Stadt erwartet Boote und Touristen."),
            ):
                (Path(folder) / f"a.{code}.txt").write_text(text + "\n", "utf-8")
        Path("terms.csv").write_text("de,fr\nHafen,port\n", "utf-8")

    def run(self, *arguments: str) -> tuple[int, str]:
        result = CliRunner().invoke(app, list(arguments))
        return result.exit_code, result.output

    def rules(self, *arguments: str) -> list[tuple[str, str]]:
        _, output = self.run("check", "--format", "json", *arguments)
        findings = json.loads(output[output.index("{") : output.rindex("}") + 1])["findings"]
        return [(finding["rule"], finding["spans"][0]["text"]) for finding in findings]

    def test_check_with_and_without_a_warm_cache(self):
        assert self.rules("news") == []
        assert self.rules("news", "--glossary", "terms.csv") == [("glossary-term", "Hafen")]
        Path("terms.csv").write_text("de,fr\nHafen,port|quai\n", "utf-8")
        assert self.rules("news", "--glossary", "terms.csv") == []
        assert self.rules("news") == []

    def test_the_setting_and_its_sections(self):
        Path("auditor.toml").write_text(
            "[[paths]]\nmatch = ['legal/**']\nglossary = 'terms.csv'\n"
            "rules = {glossary-term = 'critical'}\n",
            "utf-8",
        )
        status, output = self.run("check", ".")
        assert status == 1
        assert output.count("glossary-term") == 1
        assert "legal/a.de.txt:1:5: critical" in output
        _, shown = self.run("check", "--show-config", "--glossary", "other.csv")
        assert 'glossary = "other.csv"  # --glossary' in shown
        assert 'glossary = "terms.csv"' in shown

    def test_the_setting_starts_from_its_file_and_the_option_from_here(
        self, monkeypatch: pytest.MonkeyPatch
    ):
        Path("auditor.toml").write_text("glossary = 'terms.csv'\n", "utf-8")
        monkeypatch.chdir("news")
        assert self.rules(".") == [("glossary-term", "Hafen")]
        status, output = self.run("check", ".", "--glossary", "terms.csv")
        assert status == 2
        assert "terms.csv does not exist" in output

    def test_names_that_nobody_translates(self):
        Path("news/a.fr.txt").write_text("Le port Bleu attend. Il fait beau ce matin.\n", "utf-8")
        Path("news/a.de.txt").write_text("Der Hafen Blue wartet. Es ist schön heute.\n", "utf-8")
        Path("auditor.toml").write_text("do-not-translate = ['Blue']\n", "utf-8")
        assert ("translated-name", "Blue") in self.rules("news")

    def test_audit_compare_and_baseline(self):
        status, _ = self.run("audit", "news/a.fr.txt", "news/a.de.txt", "--glossary", "terms.csv")
        assert status == 0
        assert "glossary-term" in Path("reports/a.html").read_text("utf-8")
        _, output = self.run("compare", "news", "legal", "--glossary", "terms.csv")
        assert "1 remaining" in output
        self.run("baseline", "create", "news", "--glossary", "terms.csv")
        assert "glossary-term" in Path("auditor-baseline.json").read_text("utf-8")
        for command, *named in (
            ("audit", "news/a.fr.txt", "news/a.de.txt"),
            ("check", "news"),
            ("compare", "news", "legal"),
        ):
            status, output = self.run(command, *named, "--glossary", "no.csv")
            assert status == 2
            assert "no.csv does not exist" in output
