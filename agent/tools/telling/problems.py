"""What is said about a sum that is better told in words than as its expression."""

from __future__ import annotations

import re

from agent.tools.telling.words import Arguments

_N = r"[\d.]+"
_ENGLISH = (
    (re.compile(rf"mean\(({_N}(?:,{_N})+)\)"), "The average of {0} is {result}."),
    (re.compile(rf"({_N})/({_N})\*100"), "{0} is {result}% of {1}."),
    (re.compile(r"1(?:\*\d+)*\*(\d+)"), "{0} factorial is {result}."),
)
_CHINESE = (
    (re.compile(rf"mean\(({_N}(?:,{_N})+)\)"), "{0} 的平均数是 {result}。"),
    (re.compile(rf"({_N})/({_N})\*100"), "{0} 是 {1} 的 {result}%。"),
    (re.compile(r"1(?:\*\d+)*\*(\d+)"), "{0} 的阶乘是 {result}。"),
)


def in_words(told: Arguments, chinese: bool) -> str:
    """The sentence for an exact result of one of these kinds; nothing for others."""
    for pattern, sentence in _CHINESE if chinese else _ENGLISH:
        if told["exact"] and (found := pattern.fullmatch(str(told["expression"]))):
            parts = [_listed(part, chinese) for part in found.groups()]
            return sentence.format(*parts, result=told["result"])
    return ""


def _listed(numbers: str, chinese: bool) -> str:
    *most, last = numbers.split(",")
    if not most:
        return last
    return "、".join([*most, last]) if chinese else f"{', '.join(most)} and {last}"
