"""The safety rules that there are, found by their files.

An installed package adds one by an entry point of the group `candor.rule` that carries the rule's
name. A rule that is there and cannot be used is never left out: an `UnusableRule` stands in for it
and holds every text back (law 3).
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from perception.discovery import Offer, offers
from perception.types import UserError
from safety.rules import Rule, RuleDeclaration, RuleSource
from safety.types import Circumstance, Finding

_log = logging.getLogger("candor.safety")


@dataclass(frozen=True, slots=True)
class UnusableRule:
    """A rule that could not be imported or loaded: everything is a BLOCK, with that as reason."""

    name: str
    reason: str

    def check(self, text: str, circumstance: Circumstance) -> Iterator[Finding]:
        """A failure, whatever the text."""
        yield Finding(self.name, "failure", None, 1.0, 1.0, self.reason)


@cache
def rules() -> tuple[RuleDeclaration | UnusableRule, ...]:
    """All rules, by name; Candor's own come before an installed one of the same name."""
    return found("safety.rules", "candor.rule")


def found(package: str, group: str) -> tuple[RuleDeclaration | UnusableRule, ...]:
    """The rules of a package and of an entry-point group."""
    known: dict[str, RuleDeclaration | UnusableRule] = {}
    for offer in offers(package, "RULE", group):
        rule = _imported(offer)
        if rule.name in known:
            rule = UnusableRule(offer.where, f"There are two rules called {rule.name}.")
        known[rule.name] = rule
    return tuple(known[name] for name in sorted(known))


def rule_names() -> tuple[str, ...]:
    """The names of all rules, also of those that cannot be used."""
    return tuple(rule.name for rule in rules())


def loaded(rule: RuleDeclaration | UnusableRule, source: RuleSource) -> Rule:
    """The rule, ready to look. UserError where the user can mend what it lacks."""
    if isinstance(rule, UnusableRule):
        return rule
    try:
        return rule.load(source)
    except UserError:
        raise
    except Exception as error:
        _log.exception("the rule %s cannot be loaded: everything is held back", rule.name)
        return UnusableRule(rule.name, _cannot(rule.name, "loaded", error))


def _imported(offer: Offer) -> RuleDeclaration | UnusableRule:
    try:
        rule = offer.load()
    except Exception as error:
        _log.exception("the rule %s cannot be imported: everything is held back", offer.where)
        return UnusableRule(offer.name, _cannot(offer.name, "imported", error))
    if isinstance(rule, RuleDeclaration) and rule.name == offer.name:
        return rule
    _log.error("%s declares no rule called %s: everything is held back", offer.where, offer.name)
    return UnusableRule(offer.name, f"{offer.where} declares no rule called {offer.name}.")


def _cannot(name: str, done: str, error: Exception) -> str:
    return f"The rule {name} cannot be {done}: {type(error).__name__}."
