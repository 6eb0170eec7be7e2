"""Which facts of a place a question concerns, and what is said where there is none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from agent.profiles.profile import Profile, in_language
from perception.types import Evidence, Where

KIND = "place"
"""The kind of their evidence."""
_MOST = 3
_WORD = re.compile(r"[a-z0-9]+(?:['’][a-z]+)?")
_ENDINGS = ("", "s", "es", "d", "ed", "ing", "ings")
_UNKNOWN = {
    "en": "I do not know that: it is not among what I was told about this place. "
    "Please ask {desk}.",
    "zh": "这一点我不知道：我所了解的本处信息里没有。请询问{desk}。",
}


def concerning(profile: Profile, words: str, language: str) -> tuple[Evidence, ...]:
    """The facts that a question concerns, the best first, as evidence; unnumbered."""
    scores = [_hits(words, fact.about) for fact in profile.facts]
    best = sorted((n for n, hits in enumerate(scores) if hits), key=lambda n: -scores[n])[:_MOST]
    return tuple(_evidence(profile, place, language) for place in best)


def unknown(profile: Profile, words: str, language: str) -> str:
    """What is said to a question that concerns the place and no fact; empty for any other."""
    if not profile.facts_only or not _hits(words, profile.topics):
        return ""
    if any(_hits(words, fact.about) for fact in profile.facts):
        return ""
    known = language if language in _UNKNOWN and profile.desk.get(language) else "en"
    desk = profile.desk.get(known) or next(iter(profile.desk.values()))
    return _UNKNOWN[known].format(desk=desk)


def _evidence(profile: Profile, place: int, language: str) -> Evidence:
    text = in_language(profile.facts[place].text, language)
    return Evidence(0, KIND, text, Where(f"{profile.name}.toml"), 1.0)


def _hits(words: str, about: Mapping[str, Iterable[str]]) -> int:
    """How many of these words stand in a question."""
    plain = words.casefold()
    said = _WORD.findall(plain)
    wanted = {word.casefold() for each in about.values() for word in each if word.strip()}
    return sum(_stands(word, plain, said) for word in wanted)


def _stands(word: str, plain: str, said: list[str]) -> bool:
    parts = _WORD.findall(word)
    if not parts or "".join(parts) != word.replace(" ", "").replace("-", ""):
        return word in plain  # no word of Latin letters alone
    *first, last = parts
    spans = range(len(said) - len(parts) + 1)
    return any(
        said[at : at + len(first)] == first
        and said[at + len(first)] in {last + e for e in _ENDINGS}
        for at in spans
    )
