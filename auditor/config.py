"""The configuration: ``[tool.auditor]`` in ``pyproject.toml``, or ``auditor.toml``.

``data/config.schema.json`` says what may stand in it, for editors and for this module alike.
"""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from auditor import glossaries
from auditor.checks import RULES
from auditor.errors import AuditorError
from auditor.gate import Thresholds
from auditor.globs import matches
from auditor.model import Severity
from auditor.text.glossary import EMPTY, Glossary
from auditor.tuning import Tuning, name_of

if TYPE_CHECKING:
    from auditor.checks.rule import Rule

OWN_FILE, SHARED_FILE = "auditor.toml", "pyproject.toml"
DEFAULT = "default"
_OFF, _ON = "off", "on"

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Settings:
    """What the command line, the file and the defaults come to.

    ``values`` and ``origins`` have dotted keys (``gate.fail-on``); ``sections`` are the settings
    for some paths, and ``folder`` is where relative paths start.
    """

    folder: Path
    values: Values
    origins: Mapping[str, str]
    sections: tuple[Values, ...] = ()

    def get(self, key: str) -> Any:
        """The value of a key, or None where it has none."""
        return self.values.get(key)

    def given(self, options: Mapping[str, Any]) -> Settings:
        """The same settings with what was said on the command line, where anything was."""
        said = {key: value for key, value in options.items() if value is not None}
        named = {key: f"--{key.rpartition('.')[2]}" for key in said}
        return replace(self, values={**self.values, **said}, origins={**self.origins, **named})

    def path(self, key: str, named: str) -> str:
        """Where a file is that a key names: the command line starts from the working directory."""
        said = self.origins.get(key, "").startswith("-")
        return named if said else str(self.folder / named)


@dataclass(frozen=True, slots=True)
class Effective:
    """What counts for one article."""

    rules: tuple[Rule, ...]
    tuning: Tuning = field(default_factory=Tuning)
    thresholds: Thresholds = field(default_factory=Thresholds)
    glossary: Glossary = EMPTY


_DEFAULTS: Values = {
    "encoder": "embedded",
    "articles": [],
    "ignore": [],
    "do-not-translate": [],
    "gate.fail-on": "major",
    "gate.min-confidence": 0.0,
}


def load(file: str | None = None, start: Path | None = None) -> Settings:
    """The settings of a file, or of the one that is found from ``start`` upwards.

    Raises:
        AuditorError: where it can't be read or says something that nobody understands.
    """
    path = Path(file) if file else find(start or Path.cwd())
    if path is None:
        return Settings(start or Path.cwd(), dict(_DEFAULTS), dict.fromkeys(_DEFAULTS, DEFAULT))
    table = _table(path, strict=file is not None)
    shown = path.name if file is None else str(path)
    _check(table, _schema(), shown, "")
    _check_meaning(table, shown)
    own = dict(_flat({key: value for key, value in table.items() if key != "paths"}))
    return Settings(
        path.resolve().parent,
        {**_DEFAULTS, **own},
        {**dict.fromkeys(_DEFAULTS, DEFAULT), **dict.fromkeys(own, shown)},
        tuple(table.get("paths", ())),
    )


def find(start: Path) -> Path | None:
    """The nearest file with settings, from a folder upwards to the root of its repository."""
    for folder in (start.resolve(), *start.resolve().parents):
        if (folder / OWN_FILE).is_file():
            return folder / OWN_FILE
        shared = folder / SHARED_FILE
        if shared.is_file() and _section(_parse(shared)) is not None:
            return shared
        if (folder / ".git").exists():
            return None
    return None


def _table(path: Path, *, strict: bool) -> Values:
    """The auditor's own table of a file; ``strict`` wants one in a shared file."""
    table = _parse(path)
    if path.name != SHARED_FILE:
        return table
    own = _section(table)
    if own is None and strict:
        raise AuditorError(f"{path} has no table [tool.auditor]: add one, or name another file.")
    return own or {}


def _section(table: Values) -> Values | None:
    tool = table.get("tool")
    own = tool.get("auditor") if isinstance(tool, dict) else None
    return own if isinstance(own, dict) else None


def _parse(path: Path) -> Values:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError as error:
        raise AuditorError(f"{path} does not exist: check --config.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise AuditorError(f"{path} cannot be read: save it as UTF-8 text.") from error
    except tomllib.TOMLDecodeError as error:
        raise AuditorError(f"{path} is no valid TOML: {error}.") from error


def _flat(table: Values, prefix: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value


# --- what may stand in it ---------------------------------------------------------------------


@cache
def _schema() -> Values:
    text = (files("auditor") / "data" / "config.schema.json").read_text(encoding="utf-8")
    loaded: Values = json.loads(text)
    return loaded


_TYPES: Mapping[str, tuple[tuple[type, ...], str]] = {
    "string": ((str,), "a text"),
    "array": ((list,), "a list"),
    "object": ((dict,), "a table"),
    "integer": ((int,), "a whole number"),
    "number": ((int, float), "a number"),
}


def _check(value: Any, schema: Values, file: str, where: str) -> None:
    """Hold a value against the part of JSON Schema that our own schema uses."""
    schema = (
        {**_schema()["$defs"][schema["$ref"].rpartition("/")[2]], **schema}
        if "$ref" in (schema)
        else schema
    )
    if "type" in schema:
        kinds, called = _TYPES[schema["type"]]
        if not isinstance(value, kinds) or isinstance(value, bool):
            raise AuditorError(f"{file}: '{where}' must be {called}.")
    if "enum" in schema and value not in schema["enum"]:
        raise AuditorError(_unknown(f"{file}: '{where}' can't be {value!r}", value, schema["enum"]))
    low, high = schema.get("minimum", value), schema.get("maximum", value)
    if ("minimum" in schema or "maximum" in schema) and not low <= value <= high:
        bounds = [f"at {word} {schema[key]}" for key, word in _BOUNDS if key in schema]
        raise AuditorError(f"{file}: '{where}' must be {' and '.join(bounds)}.")
    if schema.get("minLength", 0) > len(value if isinstance(value, str) else "xx"):
        raise AuditorError(f"{file}: '{where}' is too short: give it a text or leave it out.")
    if isinstance(value, dict):
        _check_table(value, schema, file, where)
    elif isinstance(value, list):
        for number, item in enumerate(value):
            _check(item, schema["items"], file, f"{where}[{number}]")


_BOUNDS = (("minimum", "least"), ("maximum", "most"))


def _check_table(table: Values, schema: Values, file: str, where: str) -> None:
    known = schema.get("properties", {})
    others = schema.get("additionalProperties")
    for key, value in table.items():
        inside = f"{where}.{key}" if where else key
        if key in known:
            _check(value, known[key], file, inside)
        elif isinstance(others, dict):
            _check(value, others, file, inside)
        else:
            raise AuditorError(_unknown(f"{file}: there is no setting '{inside}'", key, [*known]))
    for key in schema.get("required", ()):
        if key not in table:
            raise AuditorError(f"{file}: '{where}' wants a '{key}'.")


def _unknown(complaint: str, said: object, known: Sequence[str]) -> str:
    """A complaint with the nearest thing that is known, or all of them."""
    near = get_close_matches(str(said).replace("_", "-").lower(), known, 1)
    return f"{complaint}. " + (
        f"Is '{near[0]}' meant?" if near else f"Known are {', '.join(sorted(known))}."
    )


def _check_meaning(table: Values, file: str) -> None:
    """What a schema can't say: rules that exist, patterns that compile, languages with a row."""
    from auditor.languages import codes

    slugs = [rule.slug for rule in RULES]
    for part in (table, *table.get("paths", ())):
        for slug in part.get("rules", {}):
            if slug not in slugs:
                raise AuditorError(_unknown(f"{file}: no rule is called '{slug}'", slug, slugs))
        _matcher(part.get("ignore", ()), file)
    code = table.get("source-language")
    if code is not None and code not in codes():
        raise AuditorError(_unknown(f"{file}: there is no language '{code}'", code, codes()))


def _matcher(patterns: Sequence[str], file: str = "") -> Callable[[str], bool]:
    """Whether a text holds a match of any pattern, in linear time (RE2)."""
    if not patterns:
        return lambda _: False
    import re2

    options = re2.Options()
    options.log_errors = False
    compiled = []
    for pattern in patterns:
        try:
            compiled.append(re2.compile(pattern, options=options))
        except re2.error as error:
            reason = error.args[0].decode("utf-8", "replace") if error.args else "unknown"
            raise AuditorError(
                f"{file}: 'ignore' holds {pattern!r}, which is no regular expression of RE2 "
                f"({reason}): it has neither look-around nor back references."
            ) from error
    return lambda text: any(pattern.search(text) for pattern in compiled)


# --- what counts for an article ---------------------------------------------------------------


def effective(settings: Settings, paths: Sequence[str]) -> Effective:
    """Rules, tuning, thresholds and glossary for an article with documents at some paths.

    Sections whose pattern matches one of them are laid over the rest in their order; what was
    said on the command line counts for all.

    Raises:
        AuditorError: where the glossary can't be read.
    """
    below = [_below(path, settings.folder) for path in paths]
    layers: list[Values] = [settings.values]
    layers += [
        {key: value for key, value in _flat(section) if key != "match"}
        for section in settings.sections
        if any(matches(glob, path) for glob in section["match"] for path in below)
    ]
    layers.append({k: settings.values[k] for k, o in settings.origins.items() if o.startswith("-")})
    return _effective(layers, settings)


def _below(path: str, folder: Path) -> str:
    """A path as patterns see it: from the configuration's folder, with forward slashes."""
    return Path(os.path.relpath(Path(path).absolute(), folder)).as_posix()


def _effective(layers: Sequence[Values], settings: Settings) -> Effective:
    merged = {key: value for layer in layers for key, value in layer.items()}
    rules = {k.removeprefix("rules."): v for k, v in merged.items() if k.startswith("rules.")}
    usual = {rule.slug: _OFF if rule.optional else _ON for rule in RULES}
    changed = {slug: value for slug, value in rules.items() if value != usual[slug]}
    ignore = _texts(layers, "ignore")
    names = _texts(layers, "do-not-translate")
    said = [f"{slug}={value}" for slug, value in sorted(changed.items())]
    said += [f"ignore={pattern}" for pattern in sorted(ignore)]
    said += [f"name={name}" for name in sorted(names)]
    return Effective(
        rules=tuple(rule for rule in RULES if (usual | changed)[rule.slug] != _OFF),
        tuning=Tuning(
            name=name_of(said),
            severities={slug: Severity(v) for slug, v in changed.items() if v not in (_ON, _OFF)},
            ignored=_matcher(ignore),
            do_not_translate=names,
        ),
        thresholds=_thresholds(merged),
        glossary=_glossary(merged.get("glossary"), names, settings),
    )


def _glossary(named: str | None, kept: tuple[str, ...], settings: Settings) -> Glossary:
    """The glossary that is named, with the names that nobody translates."""
    glossary = glossaries.read(settings.path("glossary", named)) if named else EMPTY
    return _with_names(glossary, kept) if kept else glossary


@lru_cache(maxsize=64)
def _with_names(glossary: Glossary, kept: tuple[str, ...]) -> Glossary:
    """One for each pair, so that what is prepared for a glossary is prepared once."""
    return Glossary(glossary.concepts, kept)


def _texts(layers: Sequence[Values], key: str) -> tuple[str, ...]:
    """What all layers list under a key, each once."""
    return tuple(dict.fromkeys(text for layer in layers for text in layer.get(key, ())))


def _thresholds(values: Values) -> Thresholds:
    return Thresholds(
        fail_on=Severity(values["gate.fail-on"]),
        min_confidence=float(values["gate.min-confidence"]),
        max_drift=values.get("gate.max-drift"),
        max_bead_drift=values.get("gate.max-bead-drift"),
        min_score=values.get("gate.min-score"),
    )


def show(settings: Settings) -> str:
    """The settings as TOML, each with where it comes from; what is unset is a comment."""
    lines = [_line(settings, key) for key in _keys(_schema()) if "." not in key]
    for table in ("rules", "gate"):
        inside = [key for key in _keys(_schema()) if key.startswith(f"{table}.")]
        inside += sorted(
            k for k in settings.values if k.startswith(f"{table}.") and k not in inside
        )
        lines += ["", f"[{table}]", *(_line(settings, key) for key in inside)]
    for section in settings.sections:
        lines += ["", "[[paths]]", f"match = {_toml(section['match'])}"]
        flat = {key: value for key, value in _flat(section) if key != "match"}
        lines += [f"{key} = {_toml(value)}" for key, value in flat.items()]
    return "\n".join(lines) + "\n"


def _keys(schema: Values) -> Iterator[str]:
    for key, part in schema["properties"].items():
        if "properties" in part:
            yield from (f"{key}.{inner}" for inner in part["properties"])
        elif key not in ("paths", "rules"):
            yield key


def _line(settings: Settings, key: str) -> str:
    name = key.rpartition(".")[2]
    if key not in settings.values:
        return f"# {name} is not set"
    return f"{name} = {_toml(settings.values[key])}  # {settings.origins[key]}"


def _toml(value: object) -> str:
    """A text, number or list as TOML writes it, which is as JSON does."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
