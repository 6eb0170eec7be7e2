"""Messages for the user: a code with arguments, and the catalogues that make sentences of it.

`messages.toml` in the folder of each language holds a table a code: `message` says what happened,
`hint` what to do next; `{name}` stands for an argument. The English one also says by `way` on which
page of the window it can be mended, where there is such a page.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from string import Formatter

ENGLISH = "en"
PLAIN = ""
"""The code of a text that has none: one of an older version, or in the user's language already."""
MOST_CHARACTERS = 2000
_FOLDER = Path(__file__).with_name("languages")


@dataclass(frozen=True, slots=True)
class Notice:
    """One message for the user: a code of a catalogue with what fills its placeholders.

    An argument may be another message: `{name}` is then its sentence, `{name.hint}` its hint.
    """

    code: str
    args: dict[str, str | int | float | Notice] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()

    @property
    def message(self) -> str:
        """What happened, in English."""
        return message(self, ENGLISH)

    @property
    def hint(self) -> str:
        """What to do next, in English; may be empty."""
        return hint(self, ENGLISH)


def notice(code: str, /, **args: object) -> Notice:
    """A message; what is neither text nor a number becomes text of a bounded length."""
    return Notice(str(code), {name: _argument(value) for name, value in args.items()})


def plain(message: str, hint: str = "") -> Notice:
    """A message that has no code."""
    return notice(PLAIN, message=message, hint=hint)


def message(told: Notice, language: str) -> str:
    """What happened, in this language; in English where the language has no such message."""
    return _sentence(told, language, "message")


def hint(told: Notice, language: str) -> str:
    """What to do next, in this language; empty where there is nothing to do."""
    return _sentence(told, language, "hint")


def way(told: Notice) -> str:
    """The page on which it can be mended, such as `models`; empty where there is none."""
    return catalogue(ENGLISH).get(told.code, {}).get("way", "")


@cache
def catalogue(language: str) -> Mapping[str, Mapping[str, str]]:
    """The messages of a language by code; empty where there is no such language."""
    file = _FOLDER / language / "messages.toml"
    return tomllib.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}


def _sentence(told: Notice, language: str, part: str) -> str:
    if told.code == PLAIN:
        return str(told.args.get(part, ""))
    entry = catalogue(language).get(told.code) or catalogue(ENGLISH).get(told.code)
    if entry is None:
        return told.code if part == "message" else ""  # of another version of Candor
    return _Filled(language).vformat(entry.get(part, ""), (), told.args)


class _Filled(Formatter):
    """Fills placeholders; what a damaged message lacks is left empty."""

    def __init__(self, language: str) -> None:
        self._language = language

    def get_field(self, field_name: str, args: object, kwargs: Mapping[str, object]) -> object:
        name, _, part = field_name.partition(".")
        value = kwargs.get(name, "")
        if isinstance(value, Notice):
            value = _sentence(value, self._language, part or "message")
        return value, name


def _argument(value: object) -> str | int | float | Notice:
    return value if isinstance(value, int | float | Notice) else str(value)[:MOST_CHARACTERS]
