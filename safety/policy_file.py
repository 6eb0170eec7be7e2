"""Reading a policy: checked in every point; an error names the file, the line and the field."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import msgspec

from perception.languages import languages
from perception.regular_file import read_regular
from perception.types import UserError
from safety.categories import Category
from safety.codes import SafetyCode
from safety.policy import Entry, Lines, Policy, Stance
from safety.policy_lines import Fault, fault_of, line_of
from safety.policy_merge import EVERYWHERE, merged
from safety.policy_words import in_all_languages, texts_of

DIRECTIONS = ("in", "data", "out")
SHIPPED = Path(__file__).with_name("policy.toml")
_MOST_BYTES = 5_000_000


class RulePolicy(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The policy text that a rule brings along."""

    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class KnownRules:
    """The rules that there are: those in use, those that cannot be used, and what they bring."""

    names: Sequence[str]
    unusable: Sequence[str] = ()
    beside: Sequence[tuple[str, Path]] = ()
    """The policy text of a rule, in force where no policy file names the rule."""


def load_policy(file: Path | None, known: Sequence[str]) -> Policy:
    """The policy that came with Candor, with what `file` changes of it, for the rules `known`.

    Raises UserError when a file is missing or malformed, or when a rule is left out: to silence a
    rule one must say so (`allow`), it never happens through a typing error.
    """
    rules = KnownRules(known)
    policy = shipped_policy(rules)
    if file is not None:
        policy = merged(policy, read_changes(file, rules))
    return in_all_languages(policy)


def shipped_policy(rules: KnownRules) -> Policy:
    """What came with Candor and with the rules, in English."""
    policy = _read(SHIPPED, Policy)
    _check_file(policy, SHIPPED, set(policy.rules()))
    for rule, text in rules.beside:
        if rule not in policy.rules():
            entries = _read(text, RulePolicy).entries
            if other := sorted({entry.rule for entry in entries} - {rule}):
                reason = f"it names the rule {other[0]}, which is not its own"
                raise _broken(text, Fault(1, "entries", reason))
            brought = msgspec.structs.replace(policy, entries=entries)
            _check_file(brought, text, {rule})
            policy = msgspec.structs.replace(policy, entries=(*policy.entries, *entries))
    _check_whole(policy, rules)
    return policy


def read_changes(file: Path, rules: KnownRules) -> Policy:
    """What a file changes of the policy that came with Candor; UserError where it is broken."""
    policy = _read(file, Policy)
    shipped = shipped_policy(rules)
    _check_file(policy, file, {*rules.names, *rules.unusable, *shipped.rules()})
    entries = {entry.key for entry in shipped.entries}
    for place, entry in enumerate(policy.entries):
        if entry.key not in entries and not entry.headline:
            reason = f"{entry.rule} / {entry.category} is new: it needs a headline"
            raise _broken_at(file, f"entries[{place}]", reason)
    return policy


def regions() -> tuple[Lines, ...]:
    """The help lines of the shipped policy, the last of them for everywhere else."""
    return _read(SHIPPED, Policy).help


P = TypeVar("P", Policy, RulePolicy)


def _read(path: Path, kind: type[P]) -> P:
    text = ""
    try:
        text = read_regular(path, _MOST_BYTES, within=path.parent).decode("utf-8")
        return msgspec.toml.decode(text, type=kind, strict=False)
    except OSError as error:
        raise _broken(path, Fault(1, "-", error.strerror or str(error))) from error
    except (UnicodeDecodeError, RecursionError) as error:
        raise _broken(path, Fault(1, "-", str(error))) from error
    except msgspec.MsgspecError as error:
        raise _broken(path, fault_of(text, error)) from error


def _check_file(policy: Policy, path: Path, known: set[str]) -> None:
    for place, reason in _faults(policy, known):
        raise _broken_at(path, place, reason)


def _check_whole(policy: Policy, rules: KnownRules) -> None:
    if missing := [name for name in rules.names if name not in policy.rules()]:
        raise _broken_at(SHIPPED, "entries", f"it says nothing about the rule {missing[0]}")
    if not policy.help or policy.help[-1].regions != EVERYWHERE:
        raise _broken_at(SHIPPED, "help", 'the last help entry must be for regions = ["*"]')


def _faults(policy: Policy, known: set[str]) -> Iterator[tuple[str, str]]:
    """Places and what is wrong there."""
    for field, words in msgspec.structs.asdict(policy.general).items():
        yield from _unspoken(f"general.{field}", words)
    seen: set[tuple[str, str, str]] = set()
    for number, entry in enumerate(policy.entries):
        if entry.rule not in known:
            yield (
                f"entries[{number}].rule",
                f"it names the rule {entry.rule}, which does not exist",
            )
        if entry.key in seen:
            yield f"entries[{number}]", f"{entry.rule} / {entry.category} stands in it twice"
        seen.add(entry.key)
        yield from _entry_faults(f"entries[{number}]", entry)
    for where, category, stance in _stances(policy):
        if isinstance(stance.threshold, float) and not 0.0 < stance.threshold <= 1.0:
            yield f"{where}.{category}.threshold", "a threshold is above 0, and 1 at most"


def _entry_faults(place: str, entry: Entry) -> Iterator[tuple[str, str]]:
    name = f"{entry.rule} / {entry.category}"
    for direction in DIRECTIONS:
        if not 0.0 < entry.threshold_for(direction) <= 1.0:
            yield f"{place}.threshold", f"{name} needs a threshold above 0, and 1 at most"
        if not entry.grey_for(direction) > 0.0:
            yield f"{place}.grey", f"{name} needs a grey band that begins above 0"
    for field, words in texts_of(entry).items():
        yield from _unspoken(f"{place}.{field}", words)


def _stances(policy: Policy) -> Iterator[tuple[str, Category, Stance]]:
    for category, stance in policy.categories.items():
        yield "categories", category, stance
    for name, stances in policy.profiles.items():
        for category, stance in stances.items():
            yield f"profiles.{name}", category, stance


def _unspoken(place: str, words: dict[str, str]) -> Iterator[tuple[str, str]]:
    for language in sorted(words.keys() - languages().keys()):
        yield place, f"it speaks {language!r}, which is no language of Candor"


def _broken_at(path: Path, place: str, reason: str) -> UserError:
    text = read_regular(path, _MOST_BYTES, within=path.parent).decode("utf-8", "replace")
    return _broken(path, Fault(line_of(text, place), place, reason))


def _broken(path: Path, fault: Fault) -> UserError:
    return UserError(
        SafetyCode.SAFETY_POLICY_UNUSABLE,
        path=path,
        line=fault.line,
        field=fault.field,
        reason=fault.reason,
    )
