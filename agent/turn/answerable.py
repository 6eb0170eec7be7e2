"""Whether a question about what is shown finds anything of it there, told from the words alone.

A small model says "No, there is no toilet here" of a sign that speaks of buses. Told each time to
look twice, it refuses what stands there; so it is told only where no word of the question does.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

HINT: Mapping[str, str] = {
    "en": "(It seems that the lines do not tell this: then say that you cannot tell.)",
    "zh": "上面的内容可能没有提到这一点。先在里面找；如果没有，就说“从看到的内容里无法得知”。",
}

_YES_OR_NO = re.compile(
    r"^(?:and |so |but |ok(?:ay)?,? |well,? )*(?:do|does|did|is|are|was|were|has|have|had|can|could"
    r"|may|might|will|would)(?:n't)? (?P<rest>.*)\?\s*$",
    re.I | re.S,
)
_COST = re.compile(
    r"\bhow much (?:is|are|does|do|will|would)\b|\bwhat(?:'s| is| does) .*\b(?:price|cost)s?\b"
    r"|多少钱|什么价|价格",
    re.I,
)
_PRICE = re.compile(
    r"[€$£¥￥]|\d[.,]\d\d\b|\b(?:euros?|dollars?|pounds?|free|price|fee|cost)\b|元|块|价|费"
)
_POINTS = re.compile(r"\b(?:the|this|that|these|those|here|there|it|its|they|he|she|them)\b", re.I)
_IN_GENERAL = re.compile(
    r"^(?:it|that|this)? ?(?:safe|ok|okay|possible|true|good|bad|normal|necessary|legal|better"
    r"|worth|healthy|dangerous|common|rude|right|wrong)\b|^(?:i|we|you) ",
    re.I,
)
_CHINESE_ASKS = re.compile(r"吗[?？]?\s*$|有没有|能不能|可不可以|是不是")
_CHINESE = re.compile("[\u3400-\u9fff]")
_WORD = re.compile(r"[a-z0-9:.]{3,}", re.I)
_COMMON = frozenset(
    [
        "the",
        "this",
        "that",
        "these",
        "those",
        "here",
        "there",
        "and",
        "any",
        "some",
        "does",
        "did",
        "has",
        "have",
        "had",
        "can",
        "could",
        "may",
        "might",
        "will",
        "would",
        "are",
        "was",
        "were",
        "its",
        "they",
        "them",
        "his",
        "her",
        "for",
        "with",
        "from",
        "into",
        "what",
        "when",
        "where",
        "which",
        "who",
        "how",
        "much",
        "many",
        "cost",
        "price",
        "say",
        "says",
        "said",
        "tell",
        "about",
        "still",
        "yet",
        "also",
        "too",
        "please",
        "get",
        "got",
        "one",
        "see",
        "know",
        "you",
        "your",
        "are",
        "not",
        "out",
        "allowed",
        "rules",
        "new",
        "stop",
    ]
)
_CHINESE_COMMON = frozenset(
    "的了吗呢啊是有没能不可以这那里在上个么什多少钱请问会要店家它他她我你们和"
)


def is_in_doubt(words: str, data: str) -> bool:
    """Whether the words ask about what is shown, and share nothing with the lines of it."""
    text = unicodedata.normalize("NFKC", words).strip()
    if _COST.search(text):
        return not _PRICE.search(data)
    if _CHINESE.search(text):
        asked = set(_CHINESE.findall(text)) - _CHINESE_COMMON
        return bool(_CHINESE_ASKS.search(text)) and not asked & set(data)
    found = _YES_OR_NO.match(text)
    if found is None or _IN_GENERAL.match(found["rest"]) or not _POINTS.search(text):
        return False
    shown = {_stem(word) for word in _WORD.findall(data)}
    return not {_stem(word) for word in _WORD.findall(found["rest"])} & shown - _COMMON


def _stem(word: str) -> str:
    word = word.lower().strip(".:")
    return word[:-1] if len(word) > 3 and word.endswith("s") else word
