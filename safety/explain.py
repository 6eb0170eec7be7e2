"""From findings to a decision in plain words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from safety.helplines import fill, region_of
from safety.policy import (
    Choice,
    Entry,
    Policy,
    Words,
    in_language,
)
from safety.types import (
    Action,
    Circumstance,
    Explanation,
    Finding,
)

STRENGTH = {Action.ALLOW: 0, Action.ADVISE: 1, Action.REDACT: 2, Action.BLOCK: 3}


@dataclass(frozen=True, slots=True)
class Weighed:
    """A finding with what the policy says about it; `choice` is None where it says nothing.

    `doubted` says that it lies in the grey band, where a model is asked.
    """

    finding: Finding
    choice: Choice | None
    action: Action
    doubted: bool = False

    @property
    def entry(self) -> Entry | None:
        """The governing entry of the policy."""
        return self.choice.entry if self.choice else None


def ranked(weighed: Iterable[Weighed]) -> list[Weighed]:
    """Those that took effect: people in need first, then the strongest, then policy order."""

    def key(item: Weighed) -> tuple[bool, int, int]:
        entry = item.entry
        rank = item.choice.rank if item.choice else -1
        return (not (entry and entry.help), -STRENGTH[item.action], rank)

    effective = (w for w in weighed if w.finding.fired and w.action is not Action.ALLOW)
    return sorted(effective, key=key)


def explain(
    weighed: Sequence[Weighed], circumstance: Circumstance, language: str, policy: Policy
) -> Explanation:
    """All findings, also those without effect, and the words for those with effect."""
    effective = ranked(weighed)
    general = policy.general
    findings = tuple(w.finding for w in weighed)
    if not effective:
        headline = in_language(general.allowed, language)
        return Explanation(headline, findings, circumstance.evidence, "", "")
    first = effective[0]
    alternatives = [
        fill(in_language(words, language), policy, circumstance.locale, language)
        for words in _each(effective, "alternative", general.alternative)
    ]
    appeal = in_language(_one(first, "appeal", general.appeal), language)
    return Explanation(
        headline=in_language(_headline(first, general.failed, general.unlisted), language),
        findings=findings,
        evidence=circumstance.evidence,
        alternative=" ".join(dict.fromkeys(a for a in alternatives if a)),
        appeal=appeal,
        region=region_of(circumstance.locale, language) if _in_need(first) else "",
    )


def _in_need(item: Weighed) -> bool:
    return bool(item.entry and item.entry.help)


def _headline(first: Weighed, failed: Words, unlisted: Words) -> Words:
    if first.finding.category == "failure":
        return failed
    return first.entry.headline if first.entry else unlisted


def _one(item: Weighed, field: str, otherwise: Words) -> Words:
    words: Words = getattr(item.entry, field) if item.entry else otherwise
    return words or otherwise


def _each(items: Sequence[Weighed], field: str, otherwise: Words) -> list[Words]:
    # Only the strongest action has to offer something else to do, and a person in need always.
    top = items[0]
    kept = [w for w in items if w.action is top.action or (w.entry and w.entry.help)]
    return [_one(item, field, otherwise) for item in kept]
