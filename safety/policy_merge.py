"""One policy over another: what the upper says holds, the rest stays."""

from __future__ import annotations

from typing import Any

import msgspec

from safety.policy import Actions, Entry, Lines, Policy, Stances, over

EVERYWHERE = ("*",)


def merged(below: Policy, above: Policy) -> Policy:
    """The policy `below` with all that `above` says. Locks are those of `above`."""
    return msgspec.structs.replace(
        below,
        locked=above.locked,
        pin=above.pin,
        profile=above.profile,
        general=_filled(below.general, above.general),
        categories=_stances(below.categories, above.categories),
        profiles={
            name: _stances(below.profiles.get(name, {}), above.profiles.get(name, {}))
            for name in (below.profiles | above.profiles)
        },
        entries=_entries(below.entries, above.entries),
        help=_lines(below.help, above.help),
    )


def _stances(below: Stances, above: Stances) -> Stances:
    both = {name: over(below[name], above[name]) for name in below.keys() & above.keys()}
    return below | above | both


def _entries(below: tuple[Entry, ...], above: tuple[Entry, ...]) -> tuple[Entry, ...]:
    changed = {entry.key: entry for entry in above}
    known = {entry.key for entry in below}
    new = (entry for entry in above if entry.key not in known)
    kept = (
        _filled(entry, changed[entry.key]) if entry.key in changed else entry for entry in below
    )
    return (*kept, *new)


def _lines(below: tuple[Lines, ...], above: tuple[Lines, ...]) -> tuple[Lines, ...]:
    """The upper ones first, because the first with a region counts, and one for everywhere last."""
    told = {region for lines in above for region in lines.regions}
    every = (*above, *(lines for lines in below if not told.issuperset(lines.regions)))
    last = tuple(lines for lines in every if lines.regions == EVERYWHERE)
    return (*(lines for lines in every if lines.regions != EVERYWHERE), *last)


def _filled(below: Any, above: Any) -> Any:
    """A struct with the fields of `above` that say something; words are joined by language."""
    said: dict[str, Any] = {}
    for name, value in msgspec.structs.asdict(above).items():
        if isinstance(value, dict):
            said[name] = getattr(below, name) | value
        elif isinstance(value, Actions):
            said[name] = _filled(getattr(below, name), value)
        elif value is not None and value != "":
            said[name] = value
    return msgspec.structs.replace(below, **said)
