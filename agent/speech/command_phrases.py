"""Short commands that are the whole of an utterance: "say that again", "slower", "spell it"."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache

import msgspec

from agent.markdown.plain import plain_lines
from agent.speech.replies import replies
from perception.languages import ENGLISH, NEVER, each, usable


class CommandKind(StrEnum):
    """A kind of voice command."""

    AGAIN = "again"
    SLOWER = "slower"
    FASTER = "faster"
    SPELL = "spell"
    STOP = "stop"
    MISSED = "missed"
    WHY = "why"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Intent:
    """A command; `word` is what to spell (empty: the last name of the answer), or why."""

    wish: CommandKind
    word: str = ""
    language: str = field(default=ENGLISH, compare=False)
    """In which it was said, and is answered."""


class _PhraseFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a language's `commands.toml` holds."""

    commands: dict[CommandKind, tuple[str, ...]]
    parts: dict[str, str] = {}
    before: str = ""
    """Pattern of polite words that may stand before a command."""
    after: str = ""
    endings: tuple[str, ...] = ()
    """Particles without a space before them that may end one."""


@dataclass(frozen=True, slots=True)
class _Commands:
    polite: re.Pattern[str]
    endings: tuple[str, ...]
    patterns: tuple[tuple[str, CommandKind, re.Pattern[str]], ...]


@cache
def _commands() -> _Commands:
    """Those of all languages: who speaks two is understood in both."""
    files = each("commands.toml", _PhraseFile)
    before = "|".join(usable(f.before) for f in files.values() if f.before) or NEVER
    after = "|".join(usable(f.after) for f in files.values() if f.after) or NEVER
    return _Commands(
        re.compile(rf"^(?:(?:{before})\s+)+|(?:\s+(?:{after}))+$"),
        tuple(ending for f in files.values() for ending in f.endings),
        tuple(
            (code, wish, re.compile(usable(pattern, f.parts)))
            for code, f in files.items()
            for wish, patterns in f.commands.items()
            for pattern in patterns
        ),
    )


def intent(text: str) -> Intent | None:
    """The command that `text` is, or None where it is anything more than one."""
    known = _commands()
    shown = " ".join(re.sub(r"[^\w\s'’-]", " ", text).split())
    plain = shown.casefold()
    while (shorter := known.polite.sub("", plain)) != plain and shorter:
        plain = shorter
    for ending in known.endings:
        plain = plain.removesuffix(ending)
    for language, wish, pattern in known.patterns:
        if found := pattern.fullmatch(plain):
            word = found.groupdict().get("word") or ""
            at = shown.casefold().find(word)
            return Intent(wish, shown[at : at + len(word)] if word else "", language)
    return None


def asks_why(text: str) -> bool:
    """Whether it asks what the last answer rests on."""
    meant = intent(text)
    return meant is not None and meant.wish is CommandKind.WHY


def to_spell(answer: str) -> str:
    """The word of an answer that somebody asks to have spelled: its last name, else its longest."""
    text = plain_lines(answer)
    words = re.findall(r"[^\W\d_][^\W_'’]*(?:['’-][^\W_]+)*", text)
    starts = {found[1] for found in re.finditer(r"(?:^|[.!?]\s+|\n\s*)(\w[\w'’-]*)", text)}
    names = [word for word in words if word[0].isupper() and word not in starts and len(word) > 1]
    return names[-1] if names else max(words, key=len, default="")


def spelled(word: str, language: str = ENGLISH) -> str:
    """A word, letter by letter, as it is read out and shown."""
    signs = replies(language).signs or replies(ENGLISH).signs
    letters = [letter.upper() if letter.isalpha() else signs.get(letter, letter) for letter in word]
    return f"{word}: " + ", ".join(letters) + "."
