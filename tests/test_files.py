"""Files become documents whatever their encoding, and refusals say what is wrong and what to do."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor import files
from auditor.errors import AuditorError, NothingToAudit
from auditor.files import Spec, parse_spec, printable, read_documents, write_atomically
from auditor.model import Role
from auditor.text.decoding import NotText, decode

FRENCH = (
    "L’été dernier, la fée a mangé des cœurs de bœuf à la crème ; « c’est bon », dit-elle.\r\n"
    "Le garçon préfère la forêt où l’on entend les oiseaux, même la nuit – et ça coûte 5 €.\n"
)
GERMAN = (
    "Die Bäckerin grüßt freundlich über die Straße, während der müde Fuchs im Gebüsch schläft.\n"
    "„Schöne Grüße“, ruft sie, „und heiße Brötchen für alle!“ Das kostet 5 Euro und fünfzig Cent.\n"
)


@pytest.fixture
def write(tmp_path):
    def make(name: str, content: str | bytes) -> str:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return str(path)

    return make


def refusal(path: str) -> str:
    with pytest.raises(AuditorError) as caught:
        read_documents([path])
    message = str(caught.value)
    assert "\n" not in message
    assert message.endswith(".")
    return message


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"],
)
@pytest.mark.parametrize("text", [FRENCH, GERMAN], ids=["French", "German"])
def test_encodings(encoding, text):
    decoded = decode(text.encode(encoding))
    assert decoded.text == text
    unmarked = encoding in ("utf-16-le", "utf-16-be", "cp1252")
    assert bool(decoded.notice) == unmarked


@pytest.mark.parametrize(
    ("text", "encoding", "shown"),
    [
        ("Le cœur coûte 5 €, dit le garçon à la fenêtre.", "iso8859-15", "ISO-8859-15"),
        ("Le garçon était à la fenêtre.", "iso8859-1", "windows-1252"),
        ("Größe und Maß", "iso8859-1", "windows-1252"),
        ("Le garçon répète : « L’été a été très long à la forêt. »", "mac-roman", "Mac ROMAN"),
        ("Die Bäckerin grüßt über die Straße, während der müde Fuchs schläft.", "cp850", "CP850"),
    ],
)
def test_legacy_encodings_are_named(text, encoding, shown):
    decoded = decode(text.encode(encoding))
    assert decoded.text == text
    assert shown in decoded.notice


def test_a_page_that_declares_its_encoding_is_believed():
    page = '<html><head><meta charset="windows-1250"></head><p>Dvořák joue l’école.</p>'
    decoded = decode(page.encode("cp1250"))
    assert decoded.text == page
    assert decoded.notice == "is not UTF-8; read as windows-1250, as it declares."
    xml = '<?xml version="1.0" encoding="ISO-8859-1"?><p>été</p>'
    assert decode(xml.encode("iso8859-1")).text == xml


def test_utf8_wins_over_a_wrong_declaration():
    page = '<meta charset="iso-8859-1"><p>été</p>'
    assert decode(page.encode("utf-8")).text == page


def test_a_damaged_file_is_read_and_noticed():
    data = FRENCH.encode("utf-8")
    decoded = decode(data[:20] + b"\xff" + data[20:])
    assert "\N{REPLACEMENT CHARACTER}" in decoded.text
    assert "1 place" in decoded.notice


@given(st.binary(max_size=200))
def test_any_bytes_are_decoded_or_refused(data):
    try:
        decoded = decode(data)
    except NotText as error:
        assert str(error)
    else:
        assert "\0" not in decoded.text


def test_offsets_are_into_the_text_without_its_mark(write):
    path = write("a.fr.txt", "\N{ZERO WIDTH NO-BREAK SPACE}" + FRENCH)
    (document,) = read_documents([path])
    assert document.raw == FRENCH
    assert document.segments[0].start == 0
    assert document.sha256 == hashlib.sha256(Path(path).read_bytes()).hexdigest()
    assert document.notices == ()


def test_a_legacy_file_is_noticed(write):
    path = write("a.fr.txt", FRENCH.encode("cp1252"))
    (document,) = read_documents([path])
    assert document.raw == FRENCH
    assert document.notices == (f"{path} is not UTF-8; read as windows-1252.",)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("x.fr.txt", "fr"),
        ("x.fr.html", "fr"),
        ("x_fr.txt", "fr"),
        ("x-de.md", "de"),
        ("x.de-CH.txt", "de"),
        ("x.fr_FR.txt", "fr"),
        ("fr.txt", "fr"),
        ("article.fr", "fr"),
        ("fr/x.md", "fr"),
        ("de-de/docs/x.md", "de"),
        ("fr/x.de.md", "de"),
        ("X.FR.TXT", "fr"),
        ("from.txt", None),
        ("x.es.txt", None),
        ("-", None),
    ],
)
def test_the_name_tells_the_language(name, expected):
    assert files.language_of_name(name) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("fr=a.txt", Spec("a.txt", "fr")),
        ("FR=a=b.txt", Spec("a=b.txt", "fr")),
        ("de-CH=-", Spec("-", "de")),
        ("a.txt", Spec("a.txt")),
        ("./es=a.txt", Spec("./es=a.txt")),
        ("x1=a.txt", Spec("x1=a.txt")),
    ],
)
def test_specs(text, expected):
    assert parse_spec(text) == expected


@pytest.mark.parametrize("text", ["es=a.txt", "fr=", ""])
def test_wrong_specs(text):
    with pytest.raises(AuditorError) as caught:
        parse_spec(text)
    assert str(caught.value).endswith(".")


def test_languages_are_detected_with_a_notice(write):
    (document,) = read_documents([write("artikel.txt", GERMAN)])
    assert (document.id, document.language) == ("de", "de")
    assert document.notices[0].endswith("artikel.txt was taken for German (de).")


def test_html_is_detected_by_its_text_alone(write):
    (document,) = read_documents(
        [write("seite.html", f"<div class='the main content'>{GERMAN}</div>")]
    )
    assert document.language == "de"


def test_a_name_that_the_text_belies_is_noticed(write):
    (document,) = read_documents([write("a.fr.txt", GERMAN * 2)])
    assert document.language == "fr"
    assert "reads like German (de)" in document.notices[0]


def test_ids_are_counted_for_each_language(write):
    paths = [write("a.fr.txt", FRENCH), write("a.de.txt", GERMAN), write("b.fr.txt", FRENCH)]
    documents = read_documents(paths)
    assert [document.id for document in documents] == ["fr", "de", "fr-2"]
    more = read_documents(paths[:1], role=Role.REFERENCE, taken=[entry.id for entry in documents])
    assert (more[0].id, more[0].role) == ("fr-3", Role.REFERENCE)


def test_standard_input(monkeypatch):
    stream = io.TextIOWrapper(io.BytesIO(GERMAN.encode()))
    monkeypatch.setattr(sys, "stdin", stream)
    (document,) = read_documents(["de=-"])
    assert (document.path, document.raw) == ("<stdin>", GERMAN)
    with pytest.raises(AuditorError, match="read only once"):
        read_documents(["-", "fr=-"])


def test_sentence_lines(write):
    (document,) = read_documents([write("a.fr.txt", "Un. Deux.\nTrois.")], sentence_lines=True)
    assert [entry.text for entry in document.segments] == ["Un. Deux.", "Trois."]


def zipped(member: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(member, "x")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "part"),
    [
        (b"%PDF-1.7\n...", "is a PDF file"),
        (zipped("word/document.xml"), "is a Word document (.docx)"),
        (zipped("a.txt"), "is a zip archive"),
        (b"\x89PNG\r\n\x1a\n\0\0", "is a PNG image"),
        (b"{\\rtf1 Bonjour}", "is an RTF file"),
        (b"Bonjour\0tout\0le monde", "binary"),
        (bytes(range(1, 9)) * 40, "binary"),
    ],
)
def test_what_is_no_text_is_refused_by_name(write, content, part):
    assert part in refusal(write("a.fr.txt", content))


@pytest.mark.parametrize("content", ["", " \n\t\r\n", "\N{ZERO WIDTH NO-BREAK SPACE}", "***\n—"])
def test_nothing_to_audit(write, content):
    with pytest.raises(NothingToAudit, match="nothing to audit"):
        read_documents([write("a.fr.txt", content)])


def test_html_without_text_is_nothing_to_audit(write):
    with pytest.raises(NothingToAudit, match="no readable text"):
        read_documents([write("a.fr.html", "<script>var a = 'texte';</script><p></p>")])


def test_a_missing_file(tmp_path):
    assert "does not exist" in refusal(str(tmp_path / "rien.fr.txt"))
    (tmp_path / "a").write_text("x")
    assert "does not exist" in refusal(str(tmp_path / "a" / "rien.fr.txt"))


def test_a_folder(tmp_path):
    assert "is a folder" in refusal(str(tmp_path))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_no_permission(write):
    path = write("a.fr.txt", FRENCH)
    Path(path).chmod(0)
    assert "may not be read" in refusal(path)


def test_a_permission_error_is_explained(monkeypatch):
    def refuse(*_):
        raise PermissionError

    monkeypatch.setattr(Path, "open", refuse)
    assert "may not be read" in refusal("a.fr.txt")


def test_other_failures_are_explained(monkeypatch):
    def refuse(*_):
        raise OSError(5, "Input/output error")

    assert "no name that a file can have" in refusal("a\0b.fr.txt")
    monkeypatch.setattr(Path, "open", refuse)
    assert "Input/output error" in refusal("a.fr.txt")


def test_a_language_without_a_row(write):
    spanish = (
        "El viejo faro ilumina la costa desde hace más de un siglo y nadie lo visita en invierno."
    )
    message = refusal(write("a.txt", spanish))
    assert "is written in Spanish (es); this version audits de, en, fr." in message


def test_too_little_text_to_tell_the_language(write):
    assert "cannot be told" in refusal(write("a.txt", "Ja."))


def test_too_large(write, monkeypatch):
    monkeypatch.setattr(files, "LARGEST", 10)
    assert "larger than" in refusal(write("a.fr.txt", FRENCH))


def test_names_are_safe_for_terminals(tmp_path):
    message = refusal(str(tmp_path / "a\x1b[31m\u202e\n.fr.txt"))
    assert "\x1b" not in message
    assert "\u202e" not in message
    assert "\\x1b[31m\\u202e\\n" in message


@given(st.text(max_size=30))
def test_printable_text_is_one_line_without_controls(text):
    shown = printable(text)
    assert shown.isprintable() or all(
        character.isprintable() or character.isspace() for character in shown
    )
    assert "\n" not in shown


def test_atomic_writing(tmp_path):
    target = tmp_path / "new" / "folder" / "report.html"
    write_atomically(target, "Grüße 😀\r\n")
    assert target.read_bytes() == "Grüße 😀\r\n".encode()
    target.chmod(0o640)
    write_atomically(str(target), "neu")
    assert target.read_text() == "neu"
    assert target.stat().st_mode & 0o777 == 0o640
    assert [entry.name for entry in target.parent.iterdir()] == ["report.html"]


def test_failed_writing_leaves_nothing(tmp_path, monkeypatch):
    def refuse(*_):
        raise PermissionError

    target = tmp_path / "report.html"
    target.write_text("alt")
    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(AuditorError, match="may not be written"):
        write_atomically(target, "neu")
    assert [entry.name for entry in tmp_path.iterdir()] == ["report.html"]
    assert target.read_text() == "alt"


def test_writing_where_a_folder_or_file_stands(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(AuditorError, match="is a folder"):
        write_atomically(tmp_path, "x")
    with pytest.raises(AuditorError, match="a file stands where a folder is wanted"):
        write_atomically(tmp_path / "file" / "report.html", "x")


def test_reading_opens_no_connection_and_writes_no_file(write, tmp_path):
    path = write("artikel.txt", GERMAN)
    before = sorted(tmp_path.rglob("*"))
    program = (
        "import socket, sys\n"
        "def refuse(*_): raise SystemExit('network')\n"
        "socket.socket.connect = refuse\n"
        "from auditor.files import read_documents\n"
        "read_documents(sys.argv[1:])\n"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program, path],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(Path(files.__file__).parents[1])},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert sorted(tmp_path.rglob("*")) == before
