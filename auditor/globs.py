"""Path patterns: ``content/**/{name}.{lang}.md`` as a regular expression."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

_PART = re.compile(r"\*\*/|\*\*|\*|\?|\{(\w+)\}|[^*?{]+|\{")
_WILD = {"**/": r"(?:[^/]+/)*", "**": r".*", "*": r"[^/]*", "?": r"[^/]"}


def path_regex(glob: str, fields: Mapping[str, str] | None = None) -> re.Pattern[str]:
    """What a pattern matches, as a whole, in a path with forward slashes.

    ``*`` and ``?`` stay within a folder, ``**`` does not; ``{field}`` is the named group whose
    regular expression ``fields`` holds. A field that it does not hold stands for itself.
    """
    return _compile(glob, tuple((fields or {}).items()))


@lru_cache(maxsize=256)
def _compile(glob: str, fields: tuple[tuple[str, str], ...]) -> re.Pattern[str]:
    known = dict(fields)
    seen: set[str] = set()
    parts = []
    for match in _PART.finditer(glob.removeprefix("./")):
        name = match.group(1)
        if name in known:
            parts.append(f"(?P={name})" if name in seen else f"(?P<{name}>{known[name]})")
            seen.add(name)
        else:
            parts.append(_WILD.get(match.group(), re.escape(match.group())))
    return re.compile("".join(parts))


def matches(glob: str, path: str) -> bool:
    """Whether a path is one that a pattern means; a pattern without a slash means any folder."""
    wanted = glob if "/" in glob else f"**/{glob}"
    return path_regex(wanted).fullmatch(path.removeprefix("./")) is not None
