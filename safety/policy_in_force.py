"""Which policy is in force: what came with Candor, the administrator's, and the user's own.

A file that cannot be read never stops Candor, and is never left out in silence: what is wrong with
it is kept as trouble, and told at every start.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from perception.messages import Notice, notice
from perception.types import UserError
from safety.categories import Category
from safety.codes import SafetyCode
from safety.policy import Policy
from safety.policy_file import KnownRules, read_changes, shipped_policy
from safety.policy_lock import administrator_file, everywhere, locked, under_locks
from safety.policy_words import in_all_languages
from safety.types import Action, Explanation, Finding, Verdict

POLICY = "policy"
"""Stands for a rule's name, and for how a turn ended, where a file of the policy is not used."""


@dataclass(frozen=True, slots=True)
class PolicyInForce:
    """The policy, and what is to be told of the files it was read from."""

    policy: Policy
    floor: Policy
    """What would hold without the user's own file; its locks are those that hold."""
    shipped: Policy
    own: Policy
    """What the user's own file changes; nothing where there is none or it cannot be read."""
    troubles: tuple[Notice, ...] = ()

    def stricter_only(self, category: Category) -> bool:
        """Whether this category is locked, by the administrator or by Candor itself."""
        return category in locked(self.floor)


def policy_in_force(
    own: Path | None, rules: KnownRules, administrator: Path | None = None
) -> PolicyInForce:
    """The policy of these files.

    Without `administrator` it is looked for in its own place. Where that one cannot be read, all
    is locked as it came with Candor. UserError where what came with Candor is broken.
    """
    shipped = shipped_policy(rules)
    troubles = list[Notice]()
    place = administrator or administrator_file()
    floor = shipped
    if place.exists() or place.is_symlink():
        above = _read(place, rules, troubles)
        floor = _floor(shipped, above) if above else _all_locked(shipped)
    changes = _read(own, rules, troubles) if own is not None else None
    changes = changes or Policy(2)
    policy = under_locks(floor, changes)
    return PolicyInForce(in_all_languages(policy), floor, shipped, changes, tuple(troubles))


def fallback_verdict(trouble: Notice) -> Verdict:
    """What stands in the log of decisions for a file of the policy that is not used."""
    failure = Finding(POLICY, "failure", None, 1.0, 1.0, trouble.message)
    why = replace(Explanation.of_notes(trouble), headline=trouble.message, findings=(failure,))
    return Verdict(Action.ALLOW, "", why)


def _read(file: Path, rules: KnownRules, troubles: list[Notice]) -> Policy | None:
    try:
        return read_changes(file, rules)
    except UserError as error:
        troubles.append(notice(SafetyCode.SAFETY_POLICY_FELL_BACK, trouble=error.notice))
        return None


def _floor(shipped: Policy, above: Policy) -> Policy:
    """What the administrator's file makes of the policy that came with Candor."""
    below = under_locks(shipped, above)
    held = msgspec.structs.replace(below, locked=above.locked, pin=above.pin, profile=above.profile)
    return everywhere(held)


def _all_locked(shipped: Policy) -> Policy:
    return msgspec.structs.replace(shipped, locked=True)
