"""The policy: which rule may do what, from which score on, in which direction, in which words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeVar

import msgspec

from perception.languages import ENGLISH
from safety.categories import Category
from safety.types import Action

Words = dict[str, str]
"""One text in each language, by its code."""

POINT = 0.5
"""The score from which a finding takes effect where nothing else is said."""


def in_language(words: Words, language: str) -> str:
    """The text in a language, else in English; empty where there is none."""
    return words.get(language) or words.get(ENGLISH, "")


class Thresholds(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"into": "in"}):
    """A score by direction; text for a server is read as `out` is."""

    into: float
    data: float
    out: float

    def of(self, direction: str) -> float:
        """The value for `in`, `data`, `out` or `server`; KeyError for anything else."""
        return {"in": self.into, "data": self.data, "out": self.out, "server": self.out}[direction]


class Actions(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"into": "in"}):
    """What a finding does, by direction; where it is None, what its category does."""

    into: Action | None = None
    data: Action | None = None
    out: Action | None = None
    server: Action | None = None

    def of(self, direction: str) -> Action:
        """The value for `in`, `data`, `out` or `server`; KeyError for anything else."""
        said = {"in": self.into, "data": self.data, "out": self.out, "server": self.server}
        return said[direction] or Action.ALLOW


Strictness = Literal["strict", "normal", "lenient"]
OnlyFrom = Literal["anything", "documents"]


class Stance(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"into": "in"}):
    """What is done about one category; what is None is as it was before.

    `threshold` makes all rules of the category stricter or more lenient, or is the score itself.
    `only_from = "documents"` withholds what no document that was given holds.
    """

    into: Action | None = None
    data: Action | None = None
    out: Action | None = None
    server: Action | None = None
    threshold: Strictness | float | None = None
    only_from: OnlyFrom | None = None

    @property
    def actions(self) -> Actions:
        """By direction."""
        return Actions(self.into, self.data, self.out, self.server)


Stances = dict[Category, Stance]


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What one category of one rule does. `category = "*"` stands for all that are not listed.

    It does what the category of the policy `under` which it stands does, where its own `action`
    says nothing. From `grey` up to the threshold the dialogue model is asked; where it cannot be,
    in replies and without one, the middle of that band is the threshold.
    `help` marks a person in need: their help stands first, whatever else fired. `label` names
    what was removed; `mark` is put behind a sentence that is shown with a doubt.
    """

    rule: str
    category: str
    under: Category | None = None
    threshold: float | Thresholds | None = None
    grey: float | Thresholds | None = None
    action: Actions = Actions()
    headline: Words = {}
    alternative: Words = {}
    appeal: Words = {}
    label: Words = {}
    mark: Words = {}
    help: bool | None = None
    profile: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        """What no other entry has."""
        return self.rule, self.category, self.profile

    def threshold_for(self, direction: str) -> float:
        """The score from which this entry takes effect."""
        return _score(self.threshold, direction, POINT)

    def grey_for(self, direction: str) -> float:
        """The score from which the dialogue model is asked: the threshold where it never is."""
        threshold = self.threshold_for(direction)
        return min(_score(self.grey, direction, threshold), threshold)

    def threshold_alone(self, direction: str) -> float:
        """The score from which it takes effect where nobody can be asked: mid of the band."""
        return (self.grey_for(direction) + self.threshold_for(direction)) / 2

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

    allowed: Words = {}
    failed: Words = {}
    unlisted: Words = {}
    alternative: Words = {}
    appeal: Words = {}
    removed: Words = {}
    unsupported: Words = {}
    unsupported_alternative: Words = {}
    hidden_from_server: Words = {}
    unsent: Words = {}
    unsent_alternative: Words = {}


class Policy(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A policy, or what a file changes of one. The order of `entries` is that of reasons.

    `locked` are categories that can only be made stricter by whoever comes later, or all of them;
    `pin` is the hash of the number that unlocks them in the window. `profile` holds whatever
    profile is chosen.
    """

    version: Literal[1, 2]
    locked: bool | tuple[Category, ...] = False
    pin: str = ""
    profile: str = ""
    general: General = General()
    categories: Stances = {}
    profiles: dict[str, Stances] = {}
    entries: tuple[Entry, ...] = ()
    help: tuple[Lines, ...] = ()

    def rules(self) -> tuple[str, ...]:
        """The rules' names in the order in which they look at a text."""
        return tuple(dict.fromkeys(entry.rule for entry in self.entries))

    @property
    def locks(self) -> frozenset[Category]:
        """The categories that are locked."""
        if isinstance(self.locked, bool):
            return frozenset(Category) if self.locked else frozenset()
        return frozenset(self.locked)

    def stance(self, category: Category, profile: str) -> Stance:
        """What is done about a category in a profile."""
        everywhere = self.categories.get(category, Stance())
        return over(everywhere, self.profiles.get(profile, {}).get(category, Stance()))


def over(below: Stance, above: Stance) -> Stance:
    """What `above` says, and where it says nothing what `below` does."""
    return _filled(below, above)


def settled(entry: Entry, stance: Stance) -> Entry:
    """The entry with what its category says: actions where it has none itself, and strictness."""
    level = stance.threshold or "normal"
    return msgspec.structs.replace(
        entry,
        action=_filled(stance.actions, entry.action),
        threshold=_shifted(entry.threshold, level),
        grey=None if entry.grey is None else _shifted(entry.grey, level),
    )


S = TypeVar("S", Stance, Actions)


def _filled(below: S, above: S) -> S:
    fields = msgspec.structs.asdict(above).items()
    said = {name: value for name, value in fields if value is not None}
    return msgspec.structs.replace(below, **said)


def _score(value: float | Thresholds | None, direction: str, otherwise: float) -> float:
    if value is None:
        return otherwise
    return value.of(direction) if isinstance(value, Thresholds) else value


_LOWER, _HIGHER = 0.7, 0.5
"""Strict is at 70% of the score, lenient half way from it to certainty."""


def _shifted(
    value: float | Thresholds | None, level: Strictness | float
) -> float | Thresholds | None:
    if isinstance(value, Thresholds):
        return Thresholds(*(_shift(value.of(each), level) for each in ("in", "data", "out")))
    return _shift(POINT if value is None else value, level)


def _shift(score: float, level: Strictness | float) -> float:
    if level == "strict":
        return round(score * _LOWER, 4)
    if level == "lenient":
        return round(score + (1.0 - score) * _HIGHER, 4)
    return score if level == "normal" else float(level)


@dataclass(frozen=True, slots=True)
class Choice:
    """An entry with its rank: the lower, the earlier its reason is told."""

    rank: int
    entry: Entry
    only_from: OnlyFrom = "anything"


class Lookup:
    """Finds the entry for a finding: the profile's own first, then the exact category, then `*`.

    It is given as it holds in the profile, with what its category of the policy says.
    """

    def __init__(self, policy: Policy) -> None:
        self._policy = policy
        self._ranks = {entry.key: rank for rank, entry in enumerate(policy.entries)}
        self._found: dict[tuple[str, str, str], Choice | None] = {}

    def entry(self, rule: str, category: str, profile: str) -> Choice | None:
        """The entry that governs this category, or None where the policy does not know it."""
        key = (rule, category, profile)
        if key not in self._found:
            self._found[key] = self._choice(*key)
        return self._found[key]

    def _choice(self, rule: str, category: str, profile: str) -> Choice | None:
        for key in ((category, profile), (category, ""), ("*", profile), ("*", "")):
            if (rank := self._ranks.get((rule, *key))) is not None:
                entry = self._policy.entries[rank]
                stance = self._policy.stance(entry.under, profile) if entry.under else Stance()
                return Choice(rank, settled(entry, stance), stance.only_from or "anything")
        return None
