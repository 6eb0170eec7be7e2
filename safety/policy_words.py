"""The words of a policy in the languages where it has none itself."""

from __future__ import annotations

import msgspec

from perception.languages import each
from safety.policy import Entry, Lines, Policy, Words

FIELDS = ("headline", "alternative", "appeal", "label", "mark")


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


def texts_of(entry: Entry) -> dict[str, Words]:
    """The words of an entry by field."""
    return {name: getattr(entry, name) for name in FIELDS}


def in_all_languages(policy: Policy) -> Policy:
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
        found = spoken.get(entry.key)
        if found is None:
            return entry
        texts = {
            name: _added(words, code, getattr(found, name))
            for name, words in texts_of(entry).items()
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
