"""Acute dangers, by fixed patterns: they work at once, offline, on every machine."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec

from safety.rules import Rule, RuleDeclaration, RuleSource
from safety.types import Circumstance, Finding

_FILE = Path(__file__).with_name("dangers.toml")
_SENTENCE = re.compile(r"[^.!?\n。！？]+[.!?\n。！？]*")
_QUOTED = re.compile(r"\"[^\"\n]{2,200}\"|“[^”\n]{2,200}”|「[^」\n]{2,200}」|《[^》\n]{1,80}》")
_SIGNS = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "\u00a0": " ", "\u3000": " "})
_BEFORE = 40
_COVERS = {"self_harm_method": "self_harm"}
"""What needs no words of its own beside a graver finding."""


class Danger(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Patterns of one category that count the same."""

    category: str
    score: float
    patterns: tuple[str, ...]
    negatable: bool = False
    unless: str = ""


class Dangers(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The pattern file."""

    harmless: tuple[str, ...]
    fiction: str
    negation: str
    danger: tuple[Danger, ...]


@dataclass(frozen=True, slots=True)
class _Compiled:
    category: str
    score: float
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None
    negatable: bool


class Patterns:
    """Looks for acute danger: to oneself, to others, from poison, from illness, from abuse.

    Sayings, quotations of works and negations are taken out first, so that "this heat is
    killing me" is nothing. Each match is a Finding with its place.
    """

    name = "patterns"

    def __init__(self, file: Path = _FILE) -> None:
        dangers = msgspec.toml.decode(file.read_bytes(), type=Dangers)
        self._harmless = re.compile("|".join(f"(?:{p})" for p in dangers.harmless))
        self._fiction = re.compile(dangers.fiction)
        self._negation = re.compile(dangers.negation)
        self._dangers = [self._compile(danger) for danger in dangers.danger]

    def check(self, text: str, circumstance: Circumstance) -> Iterator[Finding]:
        """One finding a category and sentence, the strongest."""
        plain = _lower(text)
        plain = self._harmless.sub(_blank, plain)
        for sentence in _SENTENCE.finditer(plain):
            yield from self._in_sentence(plain, sentence.start(), sentence.end())

    def _compile(self, danger: Danger) -> _Compiled:
        joined = re.compile("|".join(f"(?:{pattern})" for pattern in danger.patterns))
        unless = danger.unless and re.compile(danger.unless)
        if danger.unless == "fiction":
            unless = self._fiction
        return _Compiled(danger.category, danger.score, joined, unless or None, danger.negatable)

    def _in_sentence(self, plain: str, start: int, end: int) -> Iterator[Finding]:
        sentence = self._without_quotations(plain[start:end])
        seen: set[str] = set()
        for danger in self._dangers:
            if danger.category in seen:
                continue
            match = self._first(danger, sentence)
            if match is None or (danger.unless and danger.unless.search(sentence)):
                continue
            seen |= {danger.category, _COVERS.get(danger.category, "")}
            span = (start + match.start(), start + match.end())
            note = f"Words that mean {danger.category.replace('_', ' ')}."
            yield Finding(self.name, danger.category, span, danger.score, 0.5, note)

    def _first(self, danger: _Compiled, sentence: str) -> re.Match[str] | None:
        for match in danger.pattern.finditer(sentence):
            before = sentence[max(0, match.start() - _BEFORE) : match.start()]
            if not (danger.negatable and self._negation.search(before)):
                return match
        return None

    def _without_quotations(self, sentence: str) -> str:
        if not self._fiction.search(sentence):
            return sentence
        return _QUOTED.sub(_blank, sentence)


def _lower(text: str) -> str:
    # Some capitals grow when lowered (İ): then places would no longer fit the text.
    lowered = text.translate(_SIGNS)
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in lowered)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _load(source: RuleSource) -> Rule:
    return Patterns()


RULE = RuleDeclaration("patterns", "Acute dangers", _load)
