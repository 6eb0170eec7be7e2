"""Questions and answers about health, law and money, by their words.

It only tells what a text is about; what is done about it, by default nothing, is the policy's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import msgspec

from safety.rules import Rule, RuleDeclaration, RuleSource
from safety.types import Circumstance, Finding

_FILE = Path(__file__).with_name("advice.toml")


class _Topic(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    category: str
    patterns: tuple[str, ...]


class _Topics(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    topic: tuple[_Topic, ...]


class Advice:
    """Scores a text for each topic; see `safety.rules.Rule`."""

    name = "advice"

    def __init__(self) -> None:
        topics = msgspec.toml.decode(_FILE.read_bytes(), type=_Topics).topic
        self._topics = [(each.category, re.compile("|".join(each.patterns))) for each in topics]

    def check(self, text: str, circumstance: Circumstance) -> Iterator[Finding]:
        """One finding for each topic that the text speaks of."""
        plain = text.casefold()
        for category, pattern in self._topics:
            if match := pattern.search(plain):
                note = f"It speaks of “{match[0][:40]}”."
                yield Finding(self.name, category, None, 1.0, 0.5, note)


def _load(source: RuleSource) -> Rule:
    return Advice()


RULE = RuleDeclaration("advice", "Health, law and money", _load)
