"""JSON that is harmless wherever its text is shown: in a terminal, a log or a page."""

from __future__ import annotations

import json
import re

# What steers a terminal, turns the direction of text, or is half a character. JSON's own signs are
# all plain ASCII, so that these stand within texts alone, where an escape means the same.
_STEERING = re.compile(
    "[\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
# They end a script or open a comment in a page, and command GitHub's runner.
_SIGNS = (("</", "<\\/"), ("<!--", "<\\u0021--"), ("##[", "#\\u0023["))


def pretty(value: object) -> str:
    """Indented JSON that ends with a line feed."""
    return _harmless(json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False)) + "\n"


def compact(value: object) -> str:
    """JSON on one line."""
    return _harmless(json.dumps(value, ensure_ascii=False, allow_nan=False))


def _harmless(text: str) -> str:
    """The same JSON, in which article text closes no script and steers no terminal or build."""
    for sign, same in _SIGNS:
        text = text.replace(sign, same)
    return _STEERING.sub(_escaped, text)


def _escaped(match: re.Match[str]) -> str:
    return json.dumps(match.group())[1:-1]
