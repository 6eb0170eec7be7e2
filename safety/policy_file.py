"""Reading a policy: checked in every point, and in every language that there is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

import msgspec

from perception.languages import each, languages
from perception.regular_file import read_regular
from perception.types import UserError
from safety.codes import SafetyCode
from safety.policy import Entry, Lines, Policy, Words

DIRECTIONS = ("in", "data", "out")
SHIPPED = Path(__file__).with_name("policy.toml")
_MOST_BYTES = 5_000_000
_FIELDS = ("headline", "alternative", "appeal", "label", "mark")


class _EntryWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The words of one entry in one language."""

    rule: str
    category: str
    profile: str = ""
    headline: str = ""
    alternative: str = ""
    appeal: str = ""
    label: str = ""
    mark: str = ""


class _LanguageWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a language's `policy.toml` holds: the words of the shipped policy."""

    general: dict[str, str] = {}
    entries: tuple[_EntryWords, ...] = ()


class _HelpLines(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a language's `helplines.toml` holds."""

    help: tuple[Lines, ...]


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
    return _in_all_languages(policy)


def regions() -> tuple[Lines, ...]:
    """The help lines of the shipped policy, the last of them for everywhere else."""
    return _read(SHIPPED, Policy).help


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
    _check_words(policy, path)
    for entry in policy.entries:
        key = (entry.rule, entry.category, entry.profile)
        if key in seen:
            raise _broken(path, f"{entry.rule} / {entry.category} stands in it twice")
        seen.add(key)
        for direction in DIRECTIONS:
            if not entry.threshold_for(direction) > 0.0:
                raise _broken(path, f"{entry.rule} / {entry.category} needs a threshold above 0")


def _check_words(policy: Policy, path: Path) -> None:
    general = msgspec.structs.asdict(policy.general).values()
    texts = [text for entry in policy.entries for text in _texts_of(entry).values()]
    for words in (*general, *texts):
        if unknown := sorted(words.keys() - languages().keys()):
            raise _broken(path, f"it speaks {unknown[0]!r}, which is no language of Candor")


def _broken(path: Path, reason: str) -> UserError:
    return UserError(SafetyCode.SAFETY_POLICY_UNUSABLE, path=path, reason=reason)


def _texts_of(entry: Entry) -> dict[str, Words]:
    return {name: getattr(entry, name) for name in _FIELDS}


def _in_all_languages(policy: Policy) -> Policy:
    """The policy with the words and help lines of the languages where it has none itself."""
    for code, file in each("policy.toml", _LanguageWords).items():
        policy = _with_words(policy, code, file)
    known = {region for lines in policy.help for region in lines.regions}
    brought = [lines for file in each("helplines.toml", _HelpLines).values() for lines in file.help]
    more = [lines for lines in brought if known.isdisjoint(lines.regions)]
    return msgspec.structs.replace(policy, help=(*policy.help[:-1], *more, policy.help[-1]))


def _with_words(policy: Policy, code: str, file: _LanguageWords) -> Policy:
    spoken = {(words.rule, words.category, words.profile): words for words in file.entries}

    def translated(entry: Entry) -> Entry:
        found = spoken.get((entry.rule, entry.category, entry.profile))
        if found is None:
            return entry
        texts = {
            name: _added(words, code, getattr(found, name))
            for name, words in _texts_of(entry).items()
        }
        return msgspec.structs.replace(entry, **texts)

    general = {
        name: _added(words, code, file.general.get(name, ""))
        for name, words in msgspec.structs.asdict(policy.general).items()
    }
    return msgspec.structs.replace(
        policy,
        general=msgspec.structs.replace(policy.general, **general),
        entries=tuple(map(translated, policy.entries)),
    )


def _added(words: Words, code: str, text: str) -> Words:
    """Words of the policy's own stay; where it says nothing at all, nothing is added."""
    return {code: text, **words} if words and text else words
