"""``auditor pair`` as a user meets it: a folder, the output, the exit status."""

from __future__ import annotations

import csv
import io
import json
import os
import sys
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from auditor.commands import common
from auditor.commands.common import Progress, report_name
from tests.conftest import SEEDS
from tests.test_cli import auditor, refused

PAIR = ("harbour-wind.fr.txt", "harbour-wind.de.txt")
SPANISH = (
    "El puerto abrirá de nuevo en primavera, dijo ayer la alcaldesa de la ciudad. "
    "Los vecinos esperan que las obras terminen pronto y que vuelvan los barcos.\n"
)


def fill(folder: Path, names: dict[str, str]) -> None:
    """Copy seeds into a folder under other names."""
    for name, seed in names.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes((SEEDS / seed).read_bytes())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder that holds a pair, two levels deep."""
    target = tmp_path / "articles"
    fill(target, {"x.fr.txt": PAIR[0], "deep/er/y.txt": PAIR[1]})
    return target


def listed(folder: Path, status: int = 0) -> dict[str, Any]:
    done = auditor("pair", str(folder), "--format", "json")
    assert done.returncode == status, done.stderr.decode()
    assert b"Traceback" not in done.stderr
    loaded: dict[str, Any] = json.loads(done.stdout)
    schema = files("auditor") / "render" / "pairs.schema.json"
    jsonschema.validate(loaded, json.loads(schema.read_text("utf-8")))
    return loaded


def reasons(entries: list[dict[str, Any]]) -> dict[str, str]:
    return {Path(entry["path"]).name: entry["reason"] for entry in entries}


def test_groups_and_singles_are_printed_with_their_evidence(folder: Path):
    fill(folder, {"other.fr.txt": "two-stations.fr.txt"})
    done = auditor("pair", str(folder))
    assert done.returncode == 0
    assert not done.stderr
    shown = done.stdout.decode()
    for expected in (
        "1 group (2 documents), 1 alone.",
        f"  de  {folder}/deep/er/y.txt",
        "de–fr: comparability 0.9",
        "Alone",
        "other.fr.txt (French)",
        "nothing here translates it",
    ):
        assert expected in shown
    assert "\x1b" not in shown


def test_json_meets_the_contract(folder: Path):
    (group,) = listed(folder)["groups"]
    assert [document["id"] for document in group["documents"]] == ["de", "fr"]
    (link,) = group["links"]
    assert link["comparability"] == max(link["left_share"], link["right_share"])
    assert group["report"] is None


def test_tsv_has_a_line_for_everything(folder: Path):
    fill(folder, {"other.fr.txt": "two-stations.fr.txt"})
    (folder / "notes.pdf").write_bytes(b"%PDF-1.4")
    done = auditor("pair", str(folder), "--format", "tsv")
    rows = list(csv.DictReader(io.StringIO(done.stdout.decode()), delimiter="\t"))
    assert [row["status"] for row in rows] == ["pair", "single", "skipped"]
    assert rows[0]["group"] == "1"
    assert rows[0]["left"].endswith("y.txt")
    assert rows[0]["right_language"] == "fr"
    assert float(rows[0]["comparability"]) > 0.9
    assert rows[2]["left"].endswith("notes.pdf")


def test_the_same_folder_gives_the_same_output(folder: Path):
    first, second = (auditor("pair", str(folder), "--format", "json").stdout for _ in range(2))
    assert first == second


def test_hostile_names_reach_neither_the_terminal_nor_the_table(tmp_path: Path):
    odd = "a\tb\nc\x1b[31m\N{RIGHT-TO-LEFT OVERRIDE}"
    fill(tmp_path, {f"{odd}.fr.txt": PAIR[0], f"fr={odd}.de.txt": PAIR[1], "-": "README.md"})
    undecodable = os.path.join(os.fsencode(tmp_path), b"\xff.fr.txt")  # noqa: PTH118
    with open(undecodable, "wb") as stream:  # noqa: PTH123
        stream.write((SEEDS / "two-stations.fr.txt").read_bytes())
    shown = {form: auditor("pair", str(tmp_path), "--format", form) for form in ("text", "tsv")}
    for done in shown.values():
        assert done.returncode == 0, done.stderr.decode()
        for steering in ("\x1b", "\N{RIGHT-TO-LEFT OVERRIDE}", "\r"):
            assert steering not in done.stdout.decode()
    table = shown["tsv"].stdout.decode().splitlines()
    assert {line.count("\t") for line in table} == {10}
    assert len(table) == 4
    group = listed(tmp_path)["groups"][0]
    assert [document["path"] for document in group["documents"]] == [
        f"{tmp_path}/fr={odd}.de.txt",
        f"{tmp_path}/{odd}.fr.txt",
    ]
    singles = [single["path"] for single in listed(tmp_path)["singles"]]
    assert f"{tmp_path}/\udcff.fr.txt" in singles


def test_what_is_no_document_is_skipped_with_a_reason(folder: Path):
    fill(folder, {".hidden.fr.txt": PAIR[0], ".git/config.txt": PAIR[0]})
    (folder / "table.tsv").write_text("a\tb\n", "utf-8")
    (folder / "binary.txt").write_bytes(b"abc\0\1\2\n" * 20)
    (folder / "article").write_bytes(b"%PDF-1.4 ...")
    os.mkfifo(folder / "pipe.txt")
    (folder / "loop").symlink_to(folder)
    skipped = reasons(listed(folder)["skipped"])
    assert skipped == {
        ".git": "is a hidden folder",
        ".hidden.fr.txt": "is hidden",
        "table.tsv": "is no text, Markdown or HTML by its ending (.tsv)",
        "binary.txt": "is a binary file (it has control characters)",
        "article": "is a PDF file",
        "pipe.txt": "is no ordinary file",
        "loop": "is a link to a folder",
    }


def test_documents_that_no_language_is_known_of_are_singles(folder: Path):
    (folder / "spanish.txt").write_text(SPANISH, "utf-8")
    (folder / "figures.txt").write_text("1234 5678 90\n", "utf-8")
    (folder / "empty.fr.txt").write_text(" \n", "utf-8")
    singles = listed(folder)["singles"]
    told = reasons(singles)
    assert "Spanish" in told["spanish.txt"]
    assert "cannot be told" in told["figures.txt"]
    assert told["empty.fr.txt"] == "holds no readable text"
    assert {single["language"] for single in singles} == {None}


def test_a_file_that_cannot_be_read_does_not_stop_the_others(folder: Path):
    (folder / "gone.fr.txt").symlink_to(folder / "nowhere")
    done = auditor("pair", str(folder))
    assert done.returncode == 2
    assert "1 group" in done.stdout.decode()
    assert "Not readable" in done.stdout.decode()
    error = done.stderr.decode()
    assert "gone.fr.txt does not exist" in error
    assert "Traceback" not in error
    assert reasons(listed(folder, 2)["unreadable"]).keys() == {"gone.fr.txt"}


def test_markdown_and_html_are_read(tmp_path: Path):
    french, german = ((SEEDS / name).read_text("utf-8") for name in PAIR)
    (tmp_path / "a.md").write_text(f"# {french}", "utf-8")
    page = "".join(f"<p>{line}</p>\n" for line in german.splitlines())
    (tmp_path / "b.html").write_text(f"<html><body>{page}</body></html>", "utf-8")
    assert len(listed(tmp_path)["groups"]) == 1


def test_a_language_for_an_ending_and_full_stops_within_names_are_read(tmp_path: Path):
    fill(tmp_path, {"article.fr": PAIR[0], "Artikel 2.0 vom 3.": PAIR[1]})
    assert len(listed(tmp_path)["groups"]) == 1


def test_the_folders_above_tell_no_language(tmp_path: Path):
    target = tmp_path / "de" / "articles"
    fill(target, {"fr/x.txt": PAIR[0], "y.txt": PAIR[1]})
    (group,) = listed(target)["groups"]
    assert [document["language"] for document in group["documents"]] == ["de", "fr"]


class TestNothing:
    def test_no_translation_among_the_documents(self, tmp_path: Path):
        fill(tmp_path, {f"x.{code}.txt": f"two-stations.{code}.txt" for code in ("fr", "de")})
        done = auditor("pair", str(tmp_path))
        assert done.returncode == 3
        assert "is a translation of another" in done.stderr.decode()
        assert "Alone" in done.stdout.decode()

    @pytest.mark.parametrize(
        ("names", "reason"),
        [
            ({}, "holds no text"),
            ({"x.fr.txt": PAIR[0]}, "one document"),
            ({"x.fr.txt": PAIR[0], "y.fr.txt": PAIR[0]}, "French"),
        ],
    )
    def test_the_reason_is_said(self, tmp_path: Path, names: dict[str, str], reason: str):
        fill(tmp_path, names)
        done = auditor("pair", str(tmp_path))
        assert done.returncode == 3
        assert reason in done.stderr.decode()
        assert done.stderr.count(b"\n") == 1

    @pytest.mark.parametrize("name", ["nowhere", "", "a" * 5000, PAIR[0]])
    def test_no_folder(self, name: str):
        assert "no folder" in refused(auditor("pair", name, cwd=SEEDS), 2)

    def test_wrong_use(self):
        for arguments in ([], [str(SEEDS), "--format", "xml"]):
            done = auditor("pair", *arguments)
            assert done.returncode == 2
            assert b"Traceback" not in done.stderr


class TestRun:
    def test_every_group_gets_a_report(self, tmp_path: Path):
        names = {f"a/x.{code}.txt": f"harbour-wind.{code}.txt" for code in ("fr", "de", "en")}
        names |= {f"b/x.{code}.txt": f"tidal-library.{code}.txt" for code in ("fr", "de")}
        fill(tmp_path, names)
        done = auditor("pair", ".", "--run", "--format", "json", cwd=tmp_path)
        assert done.returncode == 0, done.stderr.decode()
        reports = [group["report"] for group in json.loads(done.stdout)["groups"]]
        assert reports == ["reports/x.html", "reports/x-2.html"]
        for report in reports:
            assert (tmp_path / report).read_text("utf-8").startswith("<!doctype html>")
        again = json.loads(auditor("pair", ".", "--format", "json", cwd=tmp_path).stdout)
        assert len(again["groups"]) == 2
        assert reasons(again["skipped"]) == {"reports": "is where reports are written"}

    def test_a_group_that_fails_does_not_stop_the_others(self, tmp_path: Path):
        fill(tmp_path, {name: name for name in PAIR})
        fill(tmp_path, {f"z.{code}.txt": f"tidal-library.{code}.txt" for code in ("fr", "de")})
        (tmp_path / "reports" / "harbour-wind.html").mkdir(parents=True)
        done = auditor("pair", ".", "--run", cwd=tmp_path)
        assert done.returncode == 2
        assert "no report for" in done.stderr.decode()
        assert "Traceback" not in done.stderr.decode()
        assert "Report: reports/z.html" in done.stdout.decode()
        assert (tmp_path / "reports" / "z.html").is_file()


def test_help_has_an_example():
    done = auditor("pair", "--help")
    assert done.returncode == 0
    assert b"Example: auditor pair" in done.stdout


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("stream", "patience"), [(io.StringIO, -1.0), (Terminal, 60.0)])
def test_no_bar_in_a_pipe_nor_for_what_is_quick(
    monkeypatch: pytest.MonkeyPatch, stream: type[io.StringIO], patience: float
):
    monkeypatch.setattr(sys, "stderr", stream())
    monkeypatch.setattr(common, "_PATIENCE", patience)
    with Progress() as progress:
        for done in (1, 2):
            progress.tick("Reading", done, 2)
    assert not sys.stderr.getvalue()


def test_a_bar_on_a_terminal_for_each_stage(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "stderr", Terminal())
    monkeypatch.setattr(common, "_PATIENCE", -1.0)
    with Progress() as progress:
        for stage in ("Reading", "Aligning"):
            for done in (1, 2):
                progress.tick(stage, done, 2)
    shown = sys.stderr.getvalue()
    assert "Reading" in shown
    assert "Aligning" in shown
    assert "100%" in shown


def test_names_of_reports_fit_into_a_file_system():
    name = report_name(["\N{CJK UNIFIED IDEOGRAPH-4E00}" * 200 + ".fr.txt", "..\\x/\0.de.txt"])
    assert len(name.encode()) <= 200
    assert not set(name) & set("/\\\0")
