"""Ways to say that it cannot be told; none of them is the only one that is learnt."""

from __future__ import annotations

import random

_INDIRECT = {
    "en": (
        "The {what} does not say {ind}.",
        "I cannot tell {ind}; the {what} does not say.",
        "It does not mention {ind}.",
        "That is not in the {what}, so I cannot tell {ind}.",
        "I do not know {ind}. The {what} leaves that out.",
        "Nothing here says {ind}.",
        "The {what} gives no information on {ind}.",
        "I looked, but the {what} does not tell {ind}.",
        "Sorry, I cannot tell: {ind} is not mentioned.",
    ),
    "zh": (
        "{what}里没有提到{ind}。",
        "我无法确定{ind}，{what}里没有写。",
        "这里没有说明{ind}。",
        "{what}没有写{ind}，所以我不知道。",
        "看不出{ind}。",
    ),
}
_PLAIN = {
    "en": (
        "The {what} does not say.",
        "I cannot tell from this {what}.",
        "That is not mentioned in the {what}.",
        "The {what} does not answer that, so I cannot tell.",
        "I cannot tell; nothing here says so.",
        "The {what} gives no information about that.",
        "I do not see that in the {what}.",
        "There is nothing about that in the {what}, so I cannot say.",
    ),
    "zh": (
        "{what}里没有提到。",
        "从{what}里看不出来。",
        "我无法确定，{what}没有写。",
        "这里没有说明，我不知道。",
    ),
}
WHATS = {"en": ("text", "page", "document"), "zh": ("文中", "这一页", "文件")}


def abstain(rng: random.Random, language: str, indirect: str = "", what: str = "") -> str:
    """One way to say it; `indirect` is the question in indirect speech."""
    what = what or rng.choice(WHATS[language])
    ways = (_INDIRECT if indirect and rng.random() < 0.7 else _PLAIN)[language]
    text = rng.choice(ways).format(what=what, ind=indirect)
    return text.replace("文中里", "文中")


def other(rng: random.Random, language: str, given: str, near: str = "") -> str:
    """The same, with what is there instead: the asked thing is absent, a near one is not."""
    first = abstain(rng, language, given)
    if not near or rng.random() < 0.5:
        return first
    return f"{first} {near}"
