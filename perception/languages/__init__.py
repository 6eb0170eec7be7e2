"""The languages: one folder each, with all that is said, understood and shown in it.

A folder with `language.toml` is a language of the window; one with `phrases.toml` alone helps to
hear where a turn ends. Every other file may be missing: then the English one speaks, and the log
says so. docs/extending.md lists the files. An installed package adds a language by an entry point
of the group `candor.language`: its name is the code, its value a package with these files.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TypeVar

import msgspec

from perception.discovery import installed

ENGLISH = "en"
NEVER = "(?!)"
"""A pattern that matches nothing."""
_log = logging.getLogger("candor.models")


class Language(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What `language.toml` holds."""

    name: str
    """What the language is called in itself."""
    locale: str
    """For Qt's own words, dates and numbers: `zh_CN`."""
    region: str = ""
    """Where a text in it was written, unless the user's locale says otherwise (ISO 3166)."""
    script: str = ""
    """Pattern of one character that belongs to its script; empty for Latin letters."""
    unless: str = ""
    """Pattern of one character that shows that such a text is in another language."""


T = TypeVar("T")


@cache
def folders() -> dict[str, Path]:
    """Every folder by its code, English first; Candor's own come before an installed one's."""
    own = {path.name: path for path in Path(__file__).parent.iterdir() if path.is_dir()}
    brought = dict(_installed())
    codes = [ENGLISH, *sorted((own.keys() | brought.keys()) - {ENGLISH, "__pycache__"})]
    return {code: own.get(code) or brought[code] for code in codes}


@cache
def languages() -> dict[str, Language]:
    """The languages of the window by their codes, English first."""
    return each("language.toml", Language)


def each(file: str, kind: type[T]) -> dict[str, T]:
    """What every language that has this TOML file says in it, English first."""
    found = ((code, _read(path / file, kind)) for code, path in folders().items())
    return {code: value for code, value in found if value is not None}


def best(code: str, file: str, kind: type[T]) -> T:
    """What a language says in a TOML file, else what English says."""
    found = _read(folder / file, kind) if (folder := folders().get(code)) else None
    if found is not None:
        return found
    _note_missing(code, file)
    english = _read(folders()[ENGLISH] / file, kind)
    if english is None:
        raise FileNotFoundError(f"the English {file} cannot be read")
    return english


def sentences(code: str) -> tuple[str, ...]:
    """What to read aloud for voice training, in order; English where there is none in it."""
    file = folders().get(code, Path()) / "sentences.txt"
    if not file.is_file():
        _note_missing(code, file.name)
        file = folders()[ENGLISH] / file.name
    return tuple(line for line in file.read_text(encoding="utf-8").splitlines() if line.strip())


def usable(pattern: str, parts: Mapping[str, str] | None = None) -> str:
    """A pattern of a language file with each `{name}` replaced by the part of that name.

    One that is no pattern is logged, and the one that comes back matches nothing.
    """
    for name, part in (parts or {}).items():
        pattern = pattern.replace("{" + name + "}", part)
    try:
        re.compile(pattern)
    except re.error as error:
        _log.error("a pattern of a language is left out: %s: %s", error, pattern)
        return NEVER
    return pattern


def language_of(text: str, locale: str = "") -> str:
    """The code of the language of a text: by its script, else the locale's, else English.

    One character in five of a script is enough: such texts often quote Latin names. The locale
    decides among those with Latin letters, and where the text has no letters at all.
    """
    letters = sum(character.isalpha() for character in text)
    own = re.split(r"[-_]", locale.lower())[0]
    for code, language in languages().items():
        if language.script and not re.search(usable(language.unless or NEVER), text):
            found = len(re.findall(usable(language.script), text))
            if found:
                return code if found * 5 >= letters else ENGLISH
    known = languages().get(own)
    return own if known and not (known.script and letters) else ENGLISH


def _installed() -> Iterator[tuple[str, Path]]:
    for offer in installed("candor.language"):
        try:
            yield offer.name, Path(next(iter(offer.load().__path__)))
        except Exception:
            _log.exception("the language %s is left out: it cannot be found", offer.where)


def _read(file: Path, kind: type[T]) -> T | None:
    """None where there is no such file; one that is broken is logged, and is none."""
    try:
        return msgspec.toml.decode(file.read_bytes(), type=kind)
    except FileNotFoundError:
        return None
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError) as error:
        _log.error("the language file %s is left out: %s", file, error)
        return None


@cache
def _note_missing(code: str, file: str) -> None:
    _log.warning("the language %s has no %s: the English one speaks", code, file)
