"""The policy: which rule may do what, from which score on, in which direction, in which words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeVar

import msgspec

from perception.regular_file import read_regular
from perception.types import UserError
from safety.types import Action

DIRECTIONS = ("in", "data", "out")
LANGUAGES = ("en", "zh")
SHIPPED = Path(__file__).with_name("policy.toml")
_MOST_BYTES = 5_000_000


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One text in each language that the product speaks."""

    en: str = ""
    zh: str = ""

    def in_language(self, language: str) -> str:
        """The text in `language` (`en` or `zh`)."""
        return self.zh if language == "zh" else self.en


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
    alternative: Words = Words()
    appeal: Words = Words()
    label: Words = Words()
    mark: Words = Words()
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


class RulePolicy(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The policy text that a rule brings along."""

    entries: tuple[Entry, ...]


def load_policy(
    file: Path | None,
    known: Sequence[str],
    *,
    unusable: Sequence[str] = (),
    beside: Sequence[tuple[str, Path]] = (),
) -> Policy:
    """Read a policy. `known` are the rules that exist; each must be named in the policy.

    `unusable` are rules that exist and may be named, `beside` the policy texts that rules bring
    along: each is in force where the policy does not name its rule. Raises UserError when the
    policy is missing, malformed, or leaves a rule out: to silence a rule one must say so
    (`allow`), it never happens through a typing error.
    """
    path = file or SHIPPED
    policy = _read(path, Policy)
    for rule, text in beside:
        if rule not in policy.rules():
            entries = _read(text, RulePolicy).entries
            if other := sorted({entry.rule for entry in entries} - {rule}):
                raise _broken(text, f"it names the rule {other[0]}, which is not its own")
            policy = msgspec.structs.replace(policy, entries=(*policy.entries, *entries))
    _check(policy, path, known, unusable)
    return policy


P = TypeVar("P", Policy, RulePolicy)


def _read(path: Path, kind: type[P]) -> P:
    try:
        data = read_regular(path, _MOST_BYTES, within=path.parent)
        return msgspec.toml.decode(data, type=kind, strict=False)
    except (msgspec.MsgspecError, OSError, UnicodeDecodeError, RecursionError) as error:
        raise _broken(path, str(error)) from error


def _check(policy: Policy, path: Path, known: Sequence[str], unusable: Sequence[str]) -> None:
    named = set(policy.rules())
    if missing := [name for name in known if name not in named]:
        raise _broken(path, f"it says nothing about the rule {missing[0]}")
    if unknown := sorted(named - {*known, *unusable}):
        raise _broken(path, f"it names the rule {unknown[0]}, which does not exist")
    if not policy.help or not policy.help[-1].regions == ("*",):
        raise _broken(path, 'the last help entry must be for regions = ["*"]')
    seen: set[tuple[str, str, str]] = set()
    for entry in policy.entries:
        key = (entry.rule, entry.category, entry.profile)
        if key in seen:
            raise _broken(path, f"{entry.rule} / {entry.category} stands in it twice")
        seen.add(key)
        for direction in DIRECTIONS:
            if not entry.threshold_for(direction) > 0.0:
                raise _broken(path, f"{entry.rule} / {entry.category} needs a threshold above 0")


def _broken(path: Path, reason: str) -> UserError:
    return UserError(
        f"The safety policy {path} cannot be used: {reason}.",
        "Mend it, or remove it to use the policy that came with Candor.",
    )
