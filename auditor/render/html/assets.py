"""Templates, style and script of the page, and the hashes by which its policy lets them run."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

# The script's parts in their order; together they are one function, so that nothing is global.
_SCRIPT = (
    "data.js",
    "chunks.js",
    "address.js",
    "list.js",
    "triage.js",
    "moving.js",
    "copying.js",
    "charts.js",
    "links.js",
    "keys.js",
    "start.js",
)


@cache
def environment() -> Environment:
    """The templates, which escape everything."""
    return Environment(
        loader=PackageLoader("auditor.render.html"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def style() -> tuple[Markup, str]:
    """The style as it stands in the page, and its hash."""
    return _hashed(_read("templates", "report.css"))


@cache
def script() -> tuple[Markup, str]:
    """The script as it stands in the page, and its hash."""
    parts = "\n".join(_read("script", name) for name in _SCRIPT)
    return _hashed(f'"use strict";\n(() => {{\n{parts}}})();\n')


def _read(folder: str, name: str) -> str:
    text = (files("auditor.render.html") / folder / name).read_text("utf-8")
    return text.replace("\r\n", "\n")


def _hashed(source: str) -> tuple[Markup, str]:
    digest = hashlib.sha256(source.encode()).digest()
    return Markup(source), f"'sha256-{base64.b64encode(digest).decode()}'"  # noqa: S704  (ours)
