"""A verdict in the formats that builds, code hosts and people read; one module each."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from auditor.gate import Verdict

# Formats that machines read: for them the summary goes to standard error.
MACHINE = ("gitlab", "sarif", "junit", "rdjson", "json", "csv")
FORMATS = ("text", "full", "github", *MACHINE)
ENDINGS = {".json": "json", ".sarif": "sarif", ".xml": "junit", ".csv": "csv", ".txt": "full"}


def render(form: str, verdict: Verdict) -> str:
    """A verdict in one of `FORMATS`; only the module of that format is loaded."""
    name = "text" if form == "full" else form
    module = import_module(f"auditor.render.check.{name}_format")
    rendered: str = module.render_full(verdict) if form == "full" else module.render(verdict)
    return rendered
