"""The policy: which rule may do what, from which score on, in which direction, in which words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import msgspec

from perception.languages import ENGLISH
from safety.types import Action

Words = dict[str, str]
"""One text in each language, by its code."""


def in_language(words: Words, language: str) -> str:
    """The text in a language, else in English; empty where there is none."""
    return words.get(language) or words.get(ENGLISH, "")


class Thresholds(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"into": "in"}):
    """The score from which a finding takes effect, by direction."""

    into: float
    data: float
    out: float

    def of(self, direction: str) -> float:
        """The value for `in`, `data` or `out`; KeyError for anything else."""
        return {"in": self.into, "data": self.data, "out": self.out}[direction]


class Actions(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"into": "in"}):
    """What a finding does, by direction."""

    into: Action
    data: Action
    out: Action

    def of(self, direction: str) -> Action:
        """The value for `in`, `data` or `out`; KeyError for anything else."""
        return {"in": self.into, "data": self.data, "out": self.out}[direction]


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What one category of one rule does. `category = "*"` stands for all that are not listed.

    `help` marks a person in need: their help stands first, whatever else fired. `label` names
    what was removed; `mark` is put behind a sentence that is shown with a doubt.
    """

    rule: str
    category: str
    threshold: float | Thresholds
    action: Actions
    headline: Words
    alternative: Words = {}
    appeal: Words = {}
    label: Words = {}
    mark: Words = {}
    help: bool = False
    profile: str = ""

    def threshold_for(self, direction: str) -> float:
        """The score from which this entry takes effect."""
        if isinstance(self.threshold, float):
            return self.threshold
        return self.threshold.of(direction)

    def action_for(self, direction: str) -> Action:
        """What this entry does once its threshold is reached."""
        return self.action.of(direction)


class Lines(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whom to call in some regions (ISO 3166 codes)."""

    regions: tuple[str, ...]
    crisis: str
    emergency: str
    poison: str
    abuse: str
    child: str


class General(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Texts that belong to no one rule."""

    allowed: Words
    failed: Words
    unlisted: Words
    alternative: Words
    appeal: Words
    removed: Words


class Policy(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole policy. The order of `entries` decides which reason is told first."""

    version: Literal[1]
    general: General
    entries: tuple[Entry, ...]
    help: tuple[Lines, ...]

    def rules(self) -> tuple[str, ...]:
        """The rules' names in the order in which they look at a text."""
        return tuple(dict.fromkeys(entry.rule for entry in self.entries))


@dataclass(frozen=True, slots=True)
class Choice:
    """An entry with its rank: the lower, the earlier its reason is told."""

    rank: int
    entry: Entry


class Lookup:
    """Finds the entry for a finding: the profile's own first, then the exact category, then `*`."""

    def __init__(self, policy: Policy) -> None:
        self._entries = {
            (entry.rule, entry.category, entry.profile): Choice(rank, entry)
            for rank, entry in enumerate(policy.entries)
        }

    def entry(self, rule: str, category: str, profile: str) -> Choice | None:
        """The entry that governs this category, or None where the policy does not know it."""
        for key in ((category, profile), (category, ""), ("*", profile), ("*", "")):
            if found := self._entries.get((rule, *key)):
                return found
        return None
