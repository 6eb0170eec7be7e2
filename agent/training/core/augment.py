"""Disguises that people use against filters, so that the classifier learns to see through them."""

from __future__ import annotations

import random
from collections.abc import Callable

_LEET = {"a": "4@", "e": "3", "i": "1!", "o": "0", "s": "5$", "t": "7", "l": "1", "b": "8"}
_EMOJI = ("😀", "😂", "😡", "🔥", "🙏", "💀", "❤️", "👍", "🤬", "😭")
_NEXT = dict(zip("qwertyuiopasdfghjklzxcvbnm", "wertyuiopasdfghjklzxcvbnmq", strict=True))


def disguise(text: str, draw: random.Random) -> str:
    """`text` in one disguise, or as it is; the meaning stays readable for a person."""
    return draw.choice(_WAYS)(text, draw)


def _leet(text: str, draw: random.Random) -> str:
    share = draw.uniform(0.1, 0.4)
    return "".join(
        draw.choice(_LEET[c.lower()]) if c.lower() in _LEET and draw.random() < share else c
        for c in text
    )


def _typos(text: str, draw: random.Random) -> str:
    letters = list(text)
    for _ in range(max(1, len(letters) // 25)):
        at = draw.randrange(len(letters)) if letters else 0
        match draw.randrange(4):
            case 0:
                letters[at : at + 2] = letters[at : at + 2][::-1]
            case 1:
                letters[at : at + 1] = [letters[at]] * 2
            case 2:
                letters[at : at + 1] = []
            case _:
                letters[at] = _NEXT.get(letters[at], letters[at])
    return "".join(letters)


def _stretched(text: str, draw: random.Random) -> str:
    words = text.split(" ")
    at = draw.randrange(len(words))
    words[at] = draw.choice((" ", ".", "-", "*")).join(words[at])
    return " ".join(words)


def _starred(text: str, draw: random.Random) -> str:
    return "".join(draw.choice("*#_") if c in "aeiou" and draw.random() < 0.15 else c for c in text)


def _emoji(text: str, draw: random.Random) -> str:
    words = text.split(" ")
    words.insert(draw.randrange(len(words) + 1), draw.choice(_EMOJI))
    return " ".join(words)


def _polite(text: str, draw: random.Random) -> str:
    before = ("please ", "hey, ", "Hello! ", "can you tell me: ", "quick question, ", "so ", "hi ")
    after = ("", " thanks", " please", " lol", " asap", " ?", "!!")
    return draw.choice(before) + text + draw.choice(after)


def _bare(text: str, draw: random.Random) -> str:
    kept = "".join(c for c in text if c.isalnum() or c in " '")
    return kept.upper() if draw.random() < 0.3 else kept.lower()


_WAYS: tuple[Callable[[str, random.Random], str], ...] = (
    _leet,
    _typos,
    _stretched,
    _starred,
    _emoji,
    _polite,
    _bare,
)
