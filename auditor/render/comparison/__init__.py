"""A comparison as text, Markdown, HTML and JSON."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from auditor.comparing import Comparison

FORMATS = ("text", "markdown", "html", "json")
ENDINGS = {".md": "markdown", ".html": "html", ".htm": "html", ".json": "json", ".txt": "text"}


def render(form: str, comparison: Comparison) -> str:
    """A comparison in one of `FORMATS`; only the module of that format is loaded."""
    rendered: str = import_module(f"auditor.render.comparison.{form}_format").render(comparison)
    return rendered
