"""A price that is changed step by step, as an expression: "1380, 25% off, then 60 off"."""

from __future__ import annotations

import re
from collections.abc import Callable

from agent.tools.reading.last_result import LAST, last_value
from agent.tools.types import Result

_STEPS: tuple[tuple[str, Callable[[re.Match[str]], str]], ...] = (
    (r"打(\d+(?:\.\d+)?)折", lambda m: f"*{_fold(m[1])}"),
    (r"(?:降价?|便宜|优惠|减价?|跌)了? ?(\d+(?:\.\d+)?) ?%", lambda m: f"-{m[1]}%"),
    (r"(?:另收|加收|再加|加上?|外加|涨价?|含)了? ?(\d+(?:\.\d+)?) ?%(?:的)?(?:手续费"
        r"|服务费|税|小费|运费)?", lambda m: f"+{m[1]}%"),
    (r"(\d+(?:\.\d+)?) ?%的?(?:手续费|服务费|税费?|小费|增值税)", lambda m: f"+{m[1]}%"),
    (r"(?:再|又|还|立|另)?(?:减|便宜|优惠|抵扣|抵)(?:去|掉"
        r"|了)? ?(\d+(?:\.\d+)?)(?!%)", lambda m: f"-{m[1]}"),
    (
        r"(?:再|又|还|另|外)?(?:加上?|运费|邮费)(?:要|是)? ?(\d+(?:\.\d+)?)(?!%)",
        lambda m: f"+{m[1]}",
    ),
    (r"(\d+(?:\.\d+)?) ?%(?: \w+)? (?:off|discount|reduction|cheaper)\b", lambda m: f"-{m[1]}%"),
    (r"\b(?:discount(?:ed)?|reduced|reduction|cut|drops?|falls?"
        r"|minus|less)(?: of| by)? (\d+(?:\.\d+)?) ?%", lambda m: f"-{m[1]}%"),
    (r"\b(?:plus|add(?:ing|ed)?|with|and|another|a|there's a"
        r"|charge(?:s)?)? ?(\d+(?:\.\d+)?) ?%(?: \w+)? (?:tax"
        r"|vat|fee|tip|service|surcharge|interest|charge|markup)\b", lambda m: f"+{m[1]}%"),
    (r"\b(?:goes|go|went|going|rises?|rose|increased?|raised?) ?(?:up )?(?:by"
        r" )(\d+(?:\.\d+)?) ?%", lambda m: f"+{m[1]}%"),
    (r"\b(?:then |and |another |a further |minus |less |with )*(\d+(?:\.\d+)?)"
        r" (?:off|discount|voucher|coupon)\b", lambda m: f"-{m[1]}"),
    (
        r"\b(?:minus|less|take off|take away|subtract) (\d+(?:\.\d+)?)(?![%\d])",
        lambda m: f"-{m[1]}",
    ),
    (r"\b(?:coupon|voucher) (?:for|of|worth) (\d+(?:\.\d+)?)", lambda m: f"-{m[1]}"),
    (r"\b(?:plus|add) (\d+(?:\.\d+)?)(?![%\d])(?: (?:shipping"
        r"|postage|delivery))?", lambda m: f"+{m[1]}"),
    (
        r"\b(?:shipping|postage|delivery)(?: is| costs?| of| for)? (\d+(?:\.\d+)?)",
        lambda m: f"+{m[1]}",
    ),
)  # fmt: skip
_COSTS = (
    r"(?:costs?|cost|is|was|price(?:d)?(?: at| of)?|for|at"
    r"|priced|原价|价格|标价|售价|卖|定价|单价|要|'s)"
    r"(?:是|为)? ?(\d+(?:\.\d+)?)|(\d+(?:\.\d+)?) ?(?:jacket|coat|phone|元)|^\W*(\d+(?:\.\d+)?)"
)


_BACKWARDS = re.compile(
    r"\b(?:what|how much)\b.{0,40}\b(?:original|initial|regular|before (?:the|any|tax))(?:ly)?\b"
    r"|\b(?:double[ds]?|doubling|twice|triple[ds]?|half|halved|quadruple[ds]?|thrice)\b"
    r"|原来多少|原价多少|原价是多少|一半|翻倍|两倍",
    re.I | re.S,
)
"""Asks for the price before the change, or changes it in a way that no step here stands for."""


def _fold(folds: str) -> str:
    number = float(folds)
    return str(number / 100 if number >= 10 else number / 10)


def price(text: str, last: Result | None) -> str | None:
    """A price that is changed step by step: "1380, 25% off, then another 60 off"."""
    text = re.sub(r"[€$£¥￥]|\b(?:euros?|dollars?|pounds?)\b|(?<=\d)(?:元|块钱?)", "", text)
    if not re.search(r"how much|what|多少|几|cost|pay|price", text, re.IGNORECASE):
        return None
    if _BACKWARDS.search(text):
        return None
    found, rest = list[tuple[int, str]](), text
    for pattern, made in _STEPS:
        for match in re.finditer(pattern, rest, re.IGNORECASE):
            found.append((match.start(), made(match)))
        rest = re.sub(pattern, lambda m: " " * len(m[0]), rest, flags=re.IGNORECASE)
    if not found:
        return None
    numbers = re.findall(r"(?<![\d.])\d+(?:\.\d+)?", rest)
    base = re.search(_COSTS, rest, re.IGNORECASE)
    if len(numbers) == 1 and base and "%" not in rest:
        start = next(filter(None, base.groups()))
    elif not numbers and (start := last_value(last)) and _goes_on(text):
        pass
    else:
        return None
    made_of = str(start)
    for _, step in sorted(found):
        made_of = (
            f"({made_of}){step}" if step[0] == "*" and not made_of.isdigit() else made_of + step
        )
    return made_of


def _goes_on(text: str) -> bool:
    """Whether the words go on from the last result."""
    return (
        re.match(
            r"\W*(?:and|so|now|then|what if|if|but|with|plus|ok|okay"
            r"|要是|如果|那|再|然后|又|还|假如|刷卡)",
            text,
            re.IGNORECASE,
        )
        is not None
        or re.search(LAST, text, re.IGNORECASE) is not None
    )
