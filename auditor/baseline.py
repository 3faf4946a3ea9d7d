"""The file of findings that somebody has looked at (``auditor-baseline/1``).

Its form is described by ``data/baseline.schema.json``. Entries are sorted and stand on a line of
their own, so that two branches that add some merge.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from auditor.errors import AuditorError
from auditor.files import read_bytes, write_atomically
from auditor.gate import Entry, EntryStatus
from auditor.render.json_text import compact

SCHEMA = "auditor-baseline/1"
DEFAULT_FILE = "auditor-baseline.json"


def read(path: str) -> tuple[Entry, ...]:
    """The entries of a baseline.

    Raises:
        AuditorError: where it can't be read or has another form.
    """
    try:
        loaded = json.loads(read_bytes(path).decode("utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise AuditorError(
            f"{path} is no JSON: restore it, or make a new one with 'auditor baseline create'."
        ) from error
    if not isinstance(loaded, dict) or loaded.get("schema") != SCHEMA:
        raise AuditorError(f"{path} is no baseline of the form {SCHEMA}: name another file.")
    entries = loaded.get("entries")
    if not isinstance(entries, list):
        raise AuditorError(f"{path} has no list of entries: restore it.")
    return tuple(_entry(values, number, path) for number, values in enumerate(entries, 1))


def _entry(values: Any, number: int, path: str) -> Entry:
    wanted = ("fingerprint", "rule", "path")
    if not isinstance(values, dict) or not all(
        isinstance(values.get(key), str) and values[key] for key in wanted
    ):
        raise AuditorError(f"{path}, entry {number}: it wants {', '.join(wanted)}.")
    status = values.get("status", EntryStatus.ACCEPTED.value)
    if status not in [known.value for known in EntryStatus]:
        known = ", ".join(entry.value for entry in EntryStatus)
        raise AuditorError(f"{path}, entry {number}: no status {status!r}; known are {known}.")
    return Entry(
        fingerprint=values["fingerprint"],
        rule=values["rule"],
        path=values["path"],
        status=EntryStatus(status),
        note=str(values.get("note") or ""),
        text=str(values.get("text") or ""),
    )


def write(path: str, entries: Sequence[Entry]) -> None:
    """Write a baseline as a whole or not at all."""
    write_atomically(Path(path), render(entries))


def render(entries: Sequence[Entry]) -> str:
    """A baseline as JSON, an entry a line."""
    ordered = sorted(entries, key=lambda e: (e.path, e.rule, e.fingerprint, e.text))
    lines = ",\n".join(f"  {compact(_values(entry))}" for entry in ordered)
    inside = f"\n{lines}\n " if lines else ""
    return f'{{\n "schema": "{SCHEMA}",\n "entries": [{inside}]\n}}\n'


def _values(entry: Entry) -> dict[str, str]:
    return {
        "fingerprint": entry.fingerprint,
        "rule": entry.rule,
        "path": entry.path,
        "status": entry.status.value,
        "note": entry.note,
        "text": entry.text,
    }
