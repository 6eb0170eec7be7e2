"""Locks: what the administrator's policy fixes can only be made stricter."""

from __future__ import annotations

import sys
from pathlib import Path

import msgspec
import platformdirs

from safety.categories import Category
from safety.explain import STRENGTH
from safety.policy import Entry, Lookup, OnlyFrom, Policy, Stance, Strictness
from safety.policy_merge import merged

ALWAYS = frozenset({Category.MINORS})
"""Locked by Candor itself, for everybody."""


def administrator_file() -> Path:
    """The policy that only an administrator can write.

    No variable of the user's environment moves it, or a lock would be no lock.
    """
    if sys.platform in ("win32", "darwin"):
        return Path(platformdirs.site_config_dir("candor", appauthor=False)) / "policy.toml"
    return Path("/etc/candor/policy.toml")


def everywhere(policy: Policy) -> Policy:
    """The policy with its own `profile` in force whatever profile is chosen."""
    if not policy.profile:
        return policy
    held = {each: policy.stance(each, policy.profile) for each in Category}
    return msgspec.structs.replace(policy, categories=held, profiles={})


def locked(floor: Policy) -> frozenset[Category]:
    """The categories that can only be made stricter than they are in `floor`."""
    return floor.locks | ALWAYS


def under_locks(floor: Policy, own: Policy) -> Policy:
    """The policy `floor` with what `own` changes, where that is not locked or is stricter."""
    locks = locked(floor)
    allowed = _without_locked(floor, own, locks)
    policy = merged(floor, allowed)
    held = {each: floor.stance(each, "") for each in locks}
    return msgspec.structs.replace(
        policy,
        locked=floor.locked,
        pin=floor.pin,
        profile=floor.profile,
        categories=policy.categories
        | {each: stricter(held[each], policy.stance(each, "")) for each in locks},
        profiles={
            name: stances
            | {each: stricter(held[each], policy.stance(each, name)) for each in locks}
            for name, stances in policy.profiles.items()
        },
    )


def stricter(floor: Stance, wanted: Stance) -> Stance:
    """What is wanted, but nowhere weaker than the floor."""
    into, data, out, server = (
        max(floor.actions.of(each), wanted.actions.of(each), key=STRENGTH.__getitem__)
        for each in ("in", "data", "out", "server")
    )
    return Stance(
        into,
        data,
        out,
        server,
        _stricter_level(floor.threshold or "normal", wanted.threshold or "normal"),
        _stricter_source(floor.only_from, wanted.only_from),
    )


def _stricter_level(floor: Strictness | float, wanted: Strictness | float) -> Strictness | float:
    if isinstance(floor, float):
        return min(floor, wanted) if isinstance(wanted, float) else floor
    if isinstance(wanted, float):
        return floor
    order: tuple[Strictness, ...] = ("strict", "normal", "lenient")
    return min(floor, wanted, key=order.index)


def _stricter_source(floor: OnlyFrom | None, wanted: OnlyFrom | None) -> OnlyFrom:
    return "documents" if "documents" in (floor, wanted) else "anything"


def _without_locked(floor: Policy, own: Policy, locks: frozenset[Category]) -> Policy:
    """What `own` says without entries of locked categories, which only a stance may tighten."""
    lookup = Lookup(floor)

    def is_locked(entry: Entry) -> bool:
        choice = lookup.entry(entry.rule, entry.category, entry.profile)
        known = choice.entry.under if choice else None
        return known in locks or entry.under in locks

    kept = tuple(entry for entry in own.entries if not is_locked(entry))
    changed = msgspec.structs.replace(own, entries=kept)
    if locks == frozenset(Category):
        return msgspec.structs.replace(changed, general=type(own.general)(), help=())
    return changed
