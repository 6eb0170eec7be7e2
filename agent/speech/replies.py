"""What Candor says itself, without a model."""

from __future__ import annotations

import msgspec

from perception.languages import best


class Replies(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a language's `replies.toml` holds; `{}` is what was said or seen."""

    slower: str
    faster: str
    stop: str
    nothing: str
    begin: str
    user: str
    candor: str
    room: str
    scene: str
    wrong: str = ""
    signs: dict[str, str] = {}
    """How signs are read out when a word is spelled."""


def replies(language: str) -> Replies:
    """The sentences in a language, else in English."""
    return best(language, "replies.toml", Replies)
