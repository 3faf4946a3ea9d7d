"""From bytes to text: which encoding, and whether it is text at all."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

# What other kinds of files begin with. RTF is text for a machine only.
_MAGIC = (
    (b"%PDF-", "a PDF file"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file"),
    (b"{\\rtf", "an RTF file"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\x89PNG\r\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\x00", "a database"),
    (b"PAR1", "a Parquet file"),
)
_ZIPPED = (
    (b"word/", "a Word document (.docx)"),
    (b"xl/", "an Excel file (.xlsx)"),
    (b"ppt/", "a PowerPoint file (.pptx)"),
    (b"opendocument.text", "an OpenDocument text (.odt)"),
    (b"application/epub+zip", "an e-book (.epub)"),
)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(
    rb"""<\?xml[^>]{0,200}?encoding\s{0,9}=\s{0,9}["']([A-Za-z0-9_.:-]{1,40})"""
    rb"""|<meta[^>]{0,400}?charset\s{0,9}=\s{0,9}["']?([A-Za-z0-9_.:-]{1,40})""",
    re.IGNORECASE,
)
_HEAD = 4096  # bytes in which a page declares its encoding
_SAMPLE = 65536  # bytes that tell an encoding
# As browsers do: whoever declares Latin-1 means what Windows made of it.
_WINDOWS = frozenset(["ascii", "iso8859-1", "cp1252"])
# What French and German texts are made of beyond ASCII, and what else western texts may hold.
_FITTING = frozenset(
    "àâäæçéèêëîïôœöùûüÿßÀÂÄÆÇÉÈÊËÎÏÔŒÖÙÛÜŸ«»„“”‚‘’–—…€°§\N{NO-BREAK SPACE}\N{SOFT HYPHEN}"
)
_POSSIBLE = frozenset("áãåíìñóòõøúÁÅÍÑÓØÚ•·©®™¿¡ºª¹²³½¼¾µ×£")
_ENOUGH = 0.7  # of the characters beyond ASCII fit
_WITHIN_WORD = re.compile(r"[a-z][À-ÖØ-ÞŒŸ‚„…•™°§½¼¾×«»](?=[a-zß-öø-ÿ])")
_DAMAGED = 0.02  # share of broken sequences up to which a text is UTF-8 nevertheless
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_CONTROL_SHARE = 0.002


class NotText(Exception):  # noqa: N818 - a finding about the bytes, which the caller names
    """The bytes are no text; the message is a predicate: "is a PDF file: …"."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of some bytes, their encoding, and a predicate where it is worth a notice."""

    text: str
    encoding: str
    notice: str = ""


def decode(data: bytes) -> Decoded:
    """The text that some bytes are, without a byte order mark; line breaks stay as they are.

    Raises:
        NotText: where they are none.
    """
    _refuse_magic(data)
    decoded = _by_mark(data) or _utf16(data) or _utf8(data) or _declared(data) or _legacy(data)
    controls = len(_CONTROLS.findall(decoded.text))
    if "\0" in decoded.text or controls > max(2, _CONTROL_SHARE * len(decoded.text)):
        raise NotText("is a binary file (it has control characters): save the article as text.")
    return decoded


def _refuse_magic(data: bytes) -> None:
    if data.startswith(b"PK\x03\x04"):
        kind = next((name for part, name in _ZIPPED if part in data), "a zip archive")
        raise NotText(f"is {kind}: save the article as text, Markdown or HTML.")
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            raise NotText(f"is {kind}: save the article as text, Markdown or HTML.")


def _by_mark(data: bytes) -> Decoded | None:
    """Decode by the byte order mark."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            try:
                return Decoded(data[len(mark) :].decode(encoding), encoding)
            except UnicodeDecodeError as error:
                if encoding == "utf-8":
                    return _damaged_utf8(data[len(mark) :]) or _legacy(data)
                raise NotText(
                    f"begins like {encoding[:6].upper()} but is damaged at byte {error.start}: "
                    "save it again as UTF-8."
                ) from error
    return None


def _utf16(data: bytes) -> Decoded | None:
    """Decode UTF-16 without a mark, where every second byte of a Latin text is zero."""
    sample = data[:_SAMPLE]
    if len(data) % 2 or sample.count(0) < 0.3 * len(sample):
        return None
    for encoding, zeros, letters in (("utf-16-le", 1, 0), ("utf-16-be", 0, 1)):
        if sample[zeros::2].count(0) > 0.6 * len(sample) / 2 and not sample[letters::2].count(0):
            try:
                text = data.decode(encoding)
            except UnicodeDecodeError:
                return None
            return Decoded(text, encoding, f"is not UTF-8; read as {_shown(encoding)}.")
    return None


def _utf8(data: bytes) -> Decoded | None:
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return _damaged_utf8(data)


def _damaged_utf8(data: bytes) -> Decoded | None:
    """Decode UTF-8 with few broken places, which no other encoding explains."""
    text = data.decode("utf-8", errors="replace")
    broken = text.count("\N{REPLACEMENT CHARACTER}")
    sound = sum(1 for character in text if character > "\x7f") - broken
    if sound < 2 or broken > max(1, _DAMAGED * sound):
        return None
    places = "1 place" if broken == 1 else f"{broken} places"
    notice = f"is damaged UTF-8: {places} cannot be read and show as \N{REPLACEMENT CHARACTER}."
    return Decoded(text, "utf-8", notice)


def _declared(data: bytes) -> Decoded | None:
    """Decode as the page declares."""
    match = _DECLARED.search(data[:_HEAD])
    if not match:
        return None
    label = (match.group(1) or match.group(2)).decode("ascii")
    try:
        encoding = codecs.lookup(label).name
        if encoding in _WINDOWS:
            encoding = "cp1252"
        text = data.decode(encoding)
    except (LookupError, UnicodeError):
        return None
    if not isinstance(text, str):
        return None
    return Decoded(text, encoding, f"is not UTF-8; read as {_shown(encoding)}, as it declares.")


def _legacy(data: bytes) -> Decoded:
    """Decode what French and German were written in before UTF-8, or whatever fits best."""
    encoding = max(_western(data), key=lambda name: _fit(data, name))  # the first of equals
    try:
        name = encoding if _fit(data, encoding) >= _ENOUGH else _guess(data)
        text = data.decode(name)
    except (LookupError, UnicodeError) as error:
        raise NotText("is no text in an encoding that can be told: save it as UTF-8.") from error
    return Decoded(text, name, f"is not UTF-8; read as {_shown(name)}.")


def _western(data: bytes) -> tuple[str, ...]:
    """The western encodings, the likelier first."""
    # Windows alone has letters and quotation marks from 80 to 9F.
    if any(0x80 <= byte <= 0x9F for byte in data[:_SAMPLE]):
        return ("cp1252", "mac-roman", "cp850")
    # Where Latin-1 has fractions and a currency sign, Latin-9 has œ, Œ and €.
    latin9 = re.search(rb"[A-Za-z]\xbd|\xbd[a-z]|\xbc[A-Za-z]|[0-9] ?\xa4", data[:_SAMPLE])
    return ("iso8859-15", "cp1252") if latin9 else ("cp1252", "iso8859-15")


def _fit(data: bytes, encoding: str) -> float:
    """How well the characters beyond ASCII suit a French or German text: 1 is as they should."""
    try:
        text = data.decode(encoding)[:_SAMPLE]
    except UnicodeDecodeError:
        return 0.0
    foreign = [character for character in text if character > "\x7f"]
    fitting = sum(1 for character in foreign if character in _FITTING)
    possible = sum(1 for character in foreign if character in _POSSIBLE)
    # In a wrong encoding, marks and capitals stand within words.
    wrong = len(_WITHIN_WORD.findall(text))
    return (fitting + 0.5 * possible - wrong) / max(1, len(foreign))


def _guess(data: bytes) -> str:
    # Local: only a text in an unusual encoding needs it.
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE]).best()
    if best is None:
        raise LookupError
    return best.encoding


def _shown(encoding: str) -> str:
    """The name that people know an encoding by."""
    match = re.fullmatch(r"cp(125\d)", encoding)
    if match:
        return f"windows-{match.group(1)}"
    name = re.sub(r"^iso8859", "iso-8859", encoding).replace("_", "-")
    return name.upper().replace("MAC-", "Mac ")
