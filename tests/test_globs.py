"""Path patterns."""

from __future__ import annotations

import pytest

from auditor.globs import matches, path_regex


@pytest.mark.parametrize(
    ("glob", "path", "expected"),
    [
        ("content/*.md", "content/a.md", True),
        ("content/*.md", "content/a/b.md", False),
        ("content/**/*.md", "content/a/b/c.md", True),
        ("content/**/*.md", "content/c.md", True),
        ("content/**", "content/a/b", True),
        ("*.md", "a/b.md", True),
        ("./a?.md", "ab.md", True),
        ("a.md", "aXmd", False),
        ("a{b}.md", "a{b}.md", True),
        ("a/{b", "a/{b", True),
    ],
)
def test_patterns(glob: str, path: str, expected: bool):
    assert matches(glob, path) is expected


def test_fields_are_groups_and_the_same_where_they_stand_twice():
    expression = path_regex("{lang}/{name}/{name}.{lang}.md", {"name": "[^/]+", "lang": "fr|de"})
    match = expression.fullmatch("fr/x/x.fr.md")
    assert match is not None
    assert match.group("name") == "x"
    assert not expression.fullmatch("fr/x/x.de.md")
