"""The command line as a user meets it: a process of its own, its output, its exit status."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest
from lxml import etree

from tests.conftest import SEEDS

CLEAN = [str(SEEDS / "tidal-library.fr.txt"), str(SEEDS / "tidal-library.de.txt")]
FAULTY = [str(SEEDS / "harbour-wind.fr.txt"), str(SEEDS / "harbour-wind.de.txt")]
STRANGERS = [str(SEEDS / "two-stations.fr.txt"), str(SEEDS / "two-stations.de.txt")]


def auditor(
    *arguments: str, cwd: Path | None = None, stdin: bytes = b""
) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "PYTHONWARNINGS": "error", "PYTHONUTF8": "1"}
    return subprocess.run(
        [sys.executable, "-m", "auditor", *arguments],
        cwd=cwd,
        env=environment,
        input=stdin,
        capture_output=True,
        check=False,
    )


def refused(done: subprocess.CompletedProcess[bytes], status: int) -> str:
    """The one sentence of a refusal: no traceback, nothing on standard output."""
    error = done.stderr.decode()
    assert done.returncode == status, error
    assert "Traceback" not in error
    assert error.count("\n") == 1
    assert error.startswith("auditor: ")
    assert not done.stdout
    return error


def schema() -> dict[str, object]:
    path = files("auditor") / "render" / "audit.schema.json"
    loaded: dict[str, object] = json.loads(path.read_text("utf-8"))
    return loaded


def check_against_contract(audit: dict[str, object], documents: list[str]) -> None:
    """JSON as the schema has it, every span the slice of its document, beads whole and in order."""
    jsonschema.validate(audit, schema())
    raw = {
        document["id"]: Path(path).read_text("utf-8-sig")
        for document, path in zip(audit["documents"], documents, strict=True)
    }
    segments = {document["id"]: document["segments"] for document in audit["documents"]}
    for name, entries in segments.items():
        for entry in entries:
            assert entry["text"] == raw[name][entry["start"] : entry["end"]]
    for finding in audit["findings"]:
        for span in finding["spans"]:
            assert span["text"] == raw[span["document"]][span["start"] : span["end"]]
    for bitext in audit["bitexts"]:
        for side in ("left", "right"):
            used = [i for bead in bitext["beads"] for i in bead[side]]
            assert used == list(range(len(segments[bitext[side]])))


def test_the_main_job_writes_a_report_and_a_summary(tmp_path: Path):
    done = auditor("audit", *FAULTY, cwd=tmp_path)
    assert done.returncode == 0, done.stderr.decode()
    summary = done.stdout.decode()
    report = tmp_path / "reports" / "harbour-wind.html"
    assert report.read_text("utf-8").startswith("<!doctype html>")
    assert [path.name for path in report.parent.iterdir()] == ["harbour-wind.html"]
    for expected in ("French", "German", "sentences", "beads", "Mean drift", "number-mismatch"):
        assert expected in summary
    assert "reports/harbour-wind.html" in summary
    assert "\x1b" not in summary


@pytest.mark.parametrize("documents", [CLEAN, FAULTY, STRANGERS], ids=["clean", "faulty", "none"])
def test_json_meets_the_contract(documents: list[str]):
    done = auditor("audit", *documents, "-o", "-", "--format", "json")
    assert done.returncode == (3 if documents is STRANGERS else 0)
    check_against_contract(json.loads(done.stdout), documents)


def test_an_odd_file_name_makes_a_plain_report_name(tmp_path: Path):
    for code, path in (("fr", FAULTY[0]), ("de", FAULTY[1])):
        (tmp_path / f"été\n<b>.{code}.txt").write_bytes(Path(path).read_bytes())
    done = auditor("audit", *(f"été\n<b>.{code}.txt" for code in ("fr", "de")), cwd=tmp_path)
    assert done.returncode == 0
    assert [path.name for path in (tmp_path / "reports").iterdir()] == ["été-b-.html"]


def test_the_same_input_gives_the_same_json():
    first, second = (auditor("audit", *FAULTY, "-o", "-", "--format", "json") for _ in range(2))
    assert first.stdout == second.stdout


def test_formats_follow_the_ending_and_can_be_combined(tmp_path: Path):
    outputs = [tmp_path / name for name in ("a.html", "a.json", "a.csv")]
    done = auditor("audit", *FAULTY, *(a for path in outputs for a in ("-o", str(path))))
    assert done.returncode == 0
    findings = json.loads(outputs[1].read_text("utf-8"))["findings"]
    rows = list(csv.DictReader(io.StringIO(outputs[2].read_text("utf-8"))))
    assert [row["fingerprint"] for row in rows] == [f["fingerprint"] for f in findings]


def test_texts_that_are_no_translations_are_refused_with_the_evidence(tmp_path: Path):
    report = tmp_path / "x.json"
    done = auditor("audit", *STRANGERS, "-o", str(report))
    assert done.returncode == 3
    assert "not translations of one another" in done.stdout.decode()
    audit = json.loads(report.read_text("utf-8"))
    assert audit["findings"] == []
    assert audit["summary"]["mean_drift"] is None
    (bitext,) = audit["bitexts"]
    assert not bitext["comparable"]
    assert "counterpart" in bitext["reason"]


def test_the_source_can_be_named():
    source = str(SEEDS / "harbour-wind.en.txt")
    done = auditor("audit", *FAULTY, "--source", source, "-o", "-", "--format", "json")
    audit = json.loads(done.stdout)
    assert [d["role"] for d in audit["documents"]] == ["translation", "translation", "source"]
    assert [(b["left"], b["right"]) for b in audit["bitexts"]] == [
        ("fr", "de"),
        ("en", "fr"),
        ("en", "de"),
    ]
    check_against_contract(audit, [*FAULTY, source])


def test_a_document_may_come_from_standard_input():
    text = Path(FAULTY[0]).read_bytes()
    done = auditor("audit", "fr=-", FAULTY[1], "-o", "-", "--format", "json", stdin=text)
    assert done.returncode == 0
    assert json.loads(done.stdout)["documents"][0]["path"] == "<stdin>"


def test_one_document_alone_in_every_format(tmp_path: Path):
    path = tmp_path / "x.fr.txt"
    path.write_text("Le port n’ouvre pas , dit-elle.\n\nLes pêcheurs attendent.\n", "utf-8")
    names = ["a.html", "a.json", "a.csv", "a.sarif", "a.xml"]
    outputs = [part for name in names for part in ("-o", str(tmp_path / name))]
    done = auditor("audit", str(path), *outputs)
    assert done.returncode == 0, done.stderr.decode()
    assert "stray-space" in done.stdout.decode()
    assert "drift" not in done.stdout.decode()
    for name in names:
        assert "stray-space" in (tmp_path / name).read_text("utf-8"), name
    check_against_contract(json.loads((tmp_path / "a.json").read_text("utf-8")), [str(path)])
    junit = etree.fromstring((tmp_path / "a.xml").read_text("utf-8").encode())
    assert [suite.get("failures") for suite in junit] == ["1"]


def test_one_document_alone_passes_the_gate_or_is_blocked(tmp_path: Path):
    path = tmp_path / "x.fr.txt"
    path.write_text("Le port n’ouvre pas , dit-elle.\n", "utf-8")
    done = auditor("check", str(path), "--no-cache")
    assert done.returncode == 0, done.stderr.decode()
    assert "without a counterpart" in done.stderr.decode()
    assert auditor("check", str(path), "--no-cache", "--fail-on", "minor").returncode == 1


class TestRefusals:
    def test_a_missing_file(self):
        assert "does not exist" in refused(auditor("audit", "no.fr.txt", CLEAN[1]), 2)

    def test_a_folder(self):
        assert "folder" in refused(auditor("audit", f"fr={SEEDS}", CLEAN[1]), 2)

    def test_a_binary_file(self, tmp_path: Path):
        path = tmp_path / "a.fr.txt"
        path.write_bytes(bytes(range(256)) * 20)
        refused(auditor("audit", str(path), CLEAN[1]), 2)

    @pytest.mark.parametrize("content", ["", " \n\t\n  "])
    def test_an_empty_file(self, tmp_path: Path, content: str):
        path = tmp_path / "a.fr.txt"
        path.write_text(content, "utf-8")
        assert "empty" in refused(auditor("audit", str(path), CLEAN[1]), 3)

    def test_a_third_language(self, tmp_path: Path):
        path = tmp_path / "a.txt"
        path.write_text(
            "El puerto abrirá de nuevo en primavera, dijo ayer la alcaldesa de la ciudad. "
            "Los vecinos esperan que las obras terminen pronto y que vuelvan los barcos.\n",
            "utf-8",
        )
        assert "Spanish" in refused(auditor("audit", str(path), CLEAN[1]), 2)

    def test_a_format_that_nobody_knows(self):
        assert ".html" in refused(auditor("audit", *CLEAN, "-o", "report.docx"), 2)

    def test_an_encoder_that_is_not_there(self, tmp_path: Path):
        error = refused(auditor("audit", *CLEAN, "--encoder", str(tmp_path / "none")), 2)
        assert "encoder" in error.lower() or "model" in error.lower()

    def test_nothing_is_half_written(self, tmp_path: Path):
        target = tmp_path / "folder"
        target.mkdir()
        refused(auditor("audit", *CLEAN, "--format", "html", "-o", str(target)), 2)
        assert not list(target.iterdir())
        assert [path.name for path in tmp_path.iterdir()] == ["folder"]

    def test_a_rule_that_nobody_knows(self):
        assert "number-mismatch" in refused(auditor("rules", "nonsense"), 2)

    def test_wrong_use(self):
        done = auditor("audit")
        assert done.returncode == 2
        assert b"Traceback" not in done.stderr


def test_rules_are_listed_and_have_pages():
    listed = auditor("rules").stdout.decode()
    assert "unpaired-quotation" in listed
    page = auditor("rules", "number-mismatch").stdout.decode()
    assert "Limits:" in page
    assert "Examples" in page


@pytest.mark.parametrize("command", [[], ["audit"], ["rules"]])
def test_help_has_an_example(command: list[str]):
    done = auditor(*command, "--help")
    assert done.returncode == 0
    assert b"Example: auditor" in done.stdout


def loaded_modules(statement: str) -> set[str]:
    code = f"import sys; {statement}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return {name.split(".")[0] for name in done.stdout.split()}


def test_an_audit_loads_no_torch():
    loaded = loaded_modules(f"import auditor; auditor.audit({FAULTY!r})")
    assert "numpy" in loaded
    assert not loaded & {"torch", "transformers", "sentence_transformers"}


def test_help_loads_nothing_heavy():
    assert not loaded_modules("import auditor.cli") & {
        "numpy",
        "torch",
        "jinja2",
        "tokenizers",
        "lxml",
    }


def test_ten_megabytes_of_one_line_are_audited(tmp_path: Path):
    texts = {
        "fr": "le port de la ville attend les bateaux depuis longtemps et " * 170_000,
        "de": "der Hafen der Stadt wartet schon lange auf die Schiffe und " * 170_000,
    }
    for code, text in texts.items():
        (tmp_path / f"a.{code}.txt").write_text(text, "utf-8")
    assert (tmp_path / "a.de.txt").stat().st_size > 10_000_000
    paths = [str(tmp_path / f"a.{code}.txt") for code in texts]
    done = auditor("audit", *paths, "-o", str(tmp_path / "a.json"))
    assert done.returncode == 0, done.stderr.decode()


def test_more_sentences_than_an_article_has_are_refused(tmp_path: Path):
    path = tmp_path / "a.fr.txt"
    path.write_text("Le port rouvre au printemps. " * 60_000, "utf-8")
    assert "divide the file" in refused(auditor("audit", str(path), CLEAN[1]), 2)


class TestRealArticles:
    def test_all_paragraphs_of_the_pair_line_up(self, real_articles: Path):
        paths = [str(next(real_articles.glob(f"{number}*"))) for number in ("000", "003")]
        done = auditor("audit", f"fr={paths[0]}", f"de={paths[1]}", "-o", "-", "--format", "json")
        audit = json.loads(done.stdout)
        check_against_contract(audit, paths)
        blocks = [
            {segment["block"]: None for segment in document["segments"]}
            for document in audit["documents"]
        ]
        assert [len(side) for side in blocks] == [21, 21]
        left, right = (document["segments"] for document in audit["documents"])
        linked = {
            (left[i]["block"], right[j]["block"])
            for bead in audit["bitexts"][0]["beads"]
            for i in bead["left"]
            for j in bead["right"]
        }
        assert linked == {(block, block) for block in range(21)}

    @pytest.mark.parametrize("number", ["001", "002", "004"])
    def test_an_article_on_the_same_people_is_no_pair(self, real_articles: Path, number: str):
        paths = [next(real_articles.glob(f"{name}*")) for name in (number, "003")]
        done = auditor("audit", f"fr={paths[0]}", f"de={paths[1]}", "-o", "-", "--format", "json")
        assert done.returncode == 3
        assert json.loads(done.stdout)["findings"] == []


@pytest.mark.parametrize("form", ["tsv", "jsonl", "tmx", "vecalign"])
def test_beads_can_be_printed(form: str):
    done = auditor("align", *CLEAN, "--format", form)
    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout.count(b"\n") > 20


def test_lines_of_one_sentence_are_never_split_again(tmp_path: Path):
    french, german = (
        "Oui. Non. Bien.\nLe port rouvre.\n",
        "Ja. Nein. Gut.\nDer Hafen öffnet wieder.\n",
    )
    (tmp_path / "a.fr.txt").write_text(french, "utf-8")
    (tmp_path / "a.de.txt").write_text(german, "utf-8")
    paths = [str(tmp_path / name) for name in ("a.fr.txt", "a.de.txt")]
    done = auditor("align", *paths, "--one-sentence-per-line", "--format", "jsonl")
    used = [i for line in done.stdout.splitlines() for i in json.loads(line)["left"]]
    assert used == [0, 1]


def test_pairs_are_scored(tmp_path: Path):
    pairs = tmp_path / "pairs.tsv"
    pairs.write_text(
        "La ville ouvre un nouveau musée en mars.\tDie Stadt eröffnet im März ein neues Museum.\n"
        "La ville ouvre un nouveau musée en mars.\tSie spielt gern Klavier.\n"
        "La ville ouvre un nouveau musée en mars.\t\n",
        "utf-8",
    )
    done = auditor("score", str(pairs), "--languages", "fr,de")
    rows = [line.split("\t") for line in done.stdout.decode().splitlines()]
    assert rows[0] == ["left", "right", "similarity", "drift"]
    drifts = [float(row[3]) for row in rows[1:]]
    assert drifts[0] < 0.5
    assert drifts[1] > 0.7
    assert drifts[2] == 1


def test_pairs_without_a_tab_are_refused(tmp_path: Path):
    pairs = tmp_path / "pairs.tsv"
    pairs.write_text("Bonjour.\n", "utf-8")
    assert "line 1" in refused(auditor("score", str(pairs)), 2)
