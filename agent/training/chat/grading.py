"""Was an answer right, wrong, or an honest "I cannot tell"? Rules that anybody can check.

- It abstains when a phrase of `_ABSTAINS` is in it and no accepted answer is.
- It is right when it holds an accepted answer: all words of it side by side, or, where it is three
  words or longer, two thirds of its words. Case, punctuation, articles and citations do not count;
  numbers up to twelve may be words or digits, "15 July" may be "July 15th".
- Anything else is wrong. To a question without an answer, all that does not abstain is wrong.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

RIGHT, WRONG, ABSTAINED = "right", "wrong", "abstained"

_NEGATED = r"(?:does|do|did|is|are|was|were|has|have|can|could|would)(?:n['’]t| not| no)|cannot"
_TOLD = (
    r"mention|say|state|specif|tell|provid|includ|contain|give|giving|given|indicate|discuss|"
    r"describ|list|name\b|known|clear|possible|shown?\b|visible|explain|cover|hold|go into|"
    r"available|reveal|detail|information|determine|answer|written|recorded|explicit"
)
_I_CANNOT = (
    r"(?:can['’]?t|cannot|can not|could not|couldn['’]t|am (?:not|un)|do(?: not|n['’]t)) ?"
    r"(?:able to )?(?:reliably |really |quite |actually )?"
)
_ABSTAINS = re.compile(
    "|".join(
        (
            rf"\b(?:i|we|one) {_I_CANNOT}"
            r"(?:tell|say|see|know|find|determine|answer|confirm|make|identify|read|sure|certain|have)",
            rf"\b(?:{_NEGATED}) (?:\w+ ){{0,3}}?(?:{_TOLD})",
            r"\b(?:there is|there['’]s|has|have|gives?|with|contains?|provides?|is) "
            r"(?:no|not enough|not any|nothing)\b",
            r"\b(?:not|never|nowhere|isn['’]t|without) (?:\w+ )?(?:mention|specif|stat|provid|"
            r"includ|given|said|told|known|clear|shown|listed|enough|described|recorded|"
            r"in the (?:text|page|document))",
            r"\bno (?:\w+ ){0,2}(?:information|mention|evidence|detail|indication|word|date|answer|"
            r"such|way to tell)",
            r"\b(?:unknown|unclear|unspecified)\b",
            r"\bnothing (?:\w+ )?(?:about|on|says|tells|here|in)\b",
            r"\b(?:leaves|left) (?:that|it|this) (?:open|out)|\bmissing from\b|\bunable to\b",
            r"\bno \w+ is in view\b|\bnone\b[^.]*\b(?:in view|there)\b",
            "无法|不能确定|不能判断|没有提到|没提到|没有说明|未提及|未说明|没有写|没写|看不出|看不清",
            "不知道|不清楚|没有相关|没有提供|没有信息|不确定|未提供|说不准|没说|没有说|判断不了",
            "没有给出|没看到|看不到|没有看到|没有显示|没有交代",
        )
    ),
    re.IGNORECASE,
)
_NUMBERS = {
    word: str(number)
    for number, word in enumerate(
        ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    )
} | {"eleven": "11", "twelve": "12"}
_CITED = re.compile(r"\[\d+(?:\s*,\s*\d+)*\]")
_ARTICLES = frozenset(("a", "an", "the"))
_CHINESE = re.compile("[\u4e00-\u9fff]")
_PART = 2 / 3


def abstains(answer: str) -> bool:
    """Whether an answer says that it cannot be told."""
    return _ABSTAINS.search(answer) is not None


def judge(answer: str, accepted: Sequence[str]) -> str:
    """`right`, `wrong` or `abstained`; nothing accepted means that it cannot be known."""
    if any(holds(answer, text) for text in accepted):
        return RIGHT
    return ABSTAINED if abstains(answer) else WRONG


def holds(answer: str, accepted: str) -> bool:
    """Whether an accepted answer is in this one."""
    said, wanted = words(answer), words(accepted)
    if not wanted:
        return False
    ordered = sorted(wanted)
    windows = (said[at : at + len(wanted)] for at in range(len(said) - len(wanted) + 1))
    if any(sorted(window) == ordered for window in windows):
        return True
    different = set(wanted)
    return len(different) > 2 and len(different & set(said)) / len(different) >= _PART


def words(text: str) -> list[str]:
    """The words that are compared; a Chinese character is one."""
    plain = unicodedata.normalize("NFKC", _CITED.sub(" ", text)).casefold()
    plain = _CHINESE.sub(lambda letter: f" {letter.group()} ", plain)
    plain = re.sub(r"(?<=\d)[,\u202f ](?=\d{3}\b)", "", plain)
    plain = re.sub(r"(?<=\d)(?:st|nd|rd|th)\b", "", plain)
    found = re.findall(r"\d+(?:[.:]\d+)*|[^\W\d_]+", plain)
    return [_NUMBERS.get(word, word) for word in found if word not in _ARTICLES]
