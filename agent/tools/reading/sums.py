"""Sums in plain words as an expression: "divide that by 7" with the last result, "打七五折再减60".

Every number of the words has to be used, and the words between them have to be known: a story
that holds numbers is no sum here, it is left to the model.
"""

from __future__ import annotations

import re

from agent.tools.reading.bills import bill
from agent.tools.reading.last_result import LAST, last_value
from agent.tools.reading.numerals import numerals
from agent.tools.reading.prices import price
from agent.tools.reading.problems import problem
from agent.tools.types import Result

_LEAD = re.compile(
    r"^(?:(?:so|and|now|ok(?:ay)?|then|well|next|please|also"
    r"|but|hey|hi|candor|great|thanks|check|check that|quick question"
    r"|number only|whats|different q(?:uestion)?|can you|could you"
    r"|would you|will you|tell me|work out|calculate|compute"
    r"|do"
    r"|what(?:'s| is| are| would be| would| was| does| do)(?: the)?(?: (?:result"
    r"|answer|value|sum|product|total))?(?: of)?"
    r"|how much (?:is|are|would be|does|do)|what about|how about|if it were|if it was|it is|it's"
    r"|make|makes|be|get|we get|i get|the)\b[\s,.:;!-]*)+",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"(?:[\s,]*(?:please|exactly|roughly|about|then|now|in total"
    r"|altogether|make|come to|equal|equals"
    r"|come out (?:to|as|at)|be|is|yeah|right|again|for me"
    r"|give|what|=|\?|？|。|\.(?!\d)|!|！|呢|吗|啊"
    r"|是多少|等于多少|等于几|得多少|是几|等于|多少|得几|结果是|一共|总共))+$",
    re.IGNORECASE,
)
_SAME = r"\b(?:the|that) (?:same )?(?:amount|number|sum|figure)\b|同样的(?:数|金额)|这个数"
_NUMBER = r"\d+(?:\.\d+)?(?:/\d+)?"
_TERM = rf"(?:\(?-?{_NUMBER}\)?%?|\([^()]*\))"
_WORDS = (
    (r"[€$£¥￥]|\b(?:euros?|dollars?|pounds?|bucks|quid|usd"
        r"|eur|gbp|rmb|yuan)\b|(?<=\d)\s*(?:元|块钱?|欧元|美元)", ""),
    (r"\b(?:the )?(?:square root of|root of|sqrt(?: of)?)\s*", "√ "),
    (r"根号|(?<=\d)的平方根", "√ "),
    (r"\b(?:the )?(?:cube root of)\s*", "cbrt "),
    (rf"\bdivided? ({_TERM}) by\b|\bsplit ({_TERM}) by\b", r"\1\2 / "),
    (rf"\bmultipl(?:y|ied) ({_TERM}) (?:by|with)\b|\btimes? ({_TERM}) by\b", r"\1\2 * "),
    (rf"\badd ({_TERM}) (?:to|and) ({_TERM})", r"\2 + \1"),
    (rf"\b(?:subtract|take|deduct) ({_TERM})(?: away| off)? from ({_TERM})", r"\2 - \1"),
    (rf"\bdoubled? ({_TERM})|\btwice ({_TERM})", r"2 * \1\2"),
    (rf"\btriple ({_TERM})", r"3 * \1"),
    (rf"\bhalve ({_TERM})|\bhalf (?:of )?(?:a )?({_TERM})", r"\1\2 / 2"),
    (rf"\bsquare ({_TERM})", r"\1 ^ 2"),
    (rf"\b(?:a|1) (third|quarter|fifth|tenth) of ({_TERM})", r"\2 / \1"),
    (r"/ third", "/ 3"), (r"/ quarter", "/ 4"), (r"/ fifth", "/ 5"), (r"/ tenth", "/ 10"),
    (rf"\b(?:take|add) (?={_TERM}%?$)", "+ "),
    (r"\b(?:multiplied by|times|multiply by)\b|(?<=[\d)%])\s*[x×]\s*(?=[\d(])|乘以?|乘上", " * "),
    (r"\b(?:divided by|divide by|over)\b|除以", " / "),
    (r"\b(?:plus|added to|add)\b|加上?", " + "),
    (r"\b(?:minus|less|take away|subtract)\b|减去?", " - "),
    (r"\b(?:to the power of|raised to(?: the power of)?|to the) (\d+)(?:th"
        r"|st|nd|rd)?(?: power)?\b", r" ^ \1"),
    (r"的(\d+)次方", r" ^ \1"),
    (r"\bsquared\b|(?:的)?平方(?!根|米|公里)", " ^ 2 "),
    (r"\bcubed\b|的?立方(?!米)", " ^ 3 "),
    (rf"({_NUMBER})% (?:of|from) ({_TERM})", r"\1% * \2"),
    (rf"({_NUMBER}) of ({_TERM})", r"\1 * \2"),
    (rf"({_TERM}) ?的 ?({_NUMBER}%|{_NUMBER}/\d+)", r"\1 * \2"),
    (r"^(?:再|然后|那|那么|现在|把|请|请问|帮我|算一下|算算|计算|算|一下|再把|又)+", ""),
)  # fmt: skip
_PURE = re.compile(r"(?:\d[\d.]*|cbrt|[-+*/^%()√\s])+")
_ROUND = re.compile(
    r",?\s*(?:and |then )?(?:round(?:ed)?(?: (?:it|that|the result))?(?: off)?"
    r"|give it|保留|四舍五入到|精确到)?"
    r"\s*(?:to|with|at|保留|到)?\s*(?P<places>\d+|one|two) ?(?:decimals?(?:"
    r" places?)?|places|dp|位小数)"
    r"|,?\s*(?:and )?round(?:ed)?(?: (?:it|that))? to (?:the nearest )?(?P<whole>whole"
    r" number|integer|one|unit)"
    r"|,?\s*(?:and )?round(?:ed)?(?: (?:it|that))? to the nearest (?P<cent>cent|penny|hundredth)",
    re.IGNORECASE,
)


def expression(words: str, last: Result | None = None) -> str | None:
    """The sum that the words are; None where they are anything else."""
    text = numerals(words)
    text = re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", text)
    text = re.sub(r"(?<=\d)\s*(?:per ?cent|percent|pct)\b|(?<=\d)\s*个点", "%", text, flags=re.I)
    text = re.sub(r"(\d)成(?![\u4e00-\u9fff]*功)", r"\g<1>0%", text)
    text = re.sub(
        r"\b1(?=[件个台双条张部本套只份])",
        "",
        re.sub(r"(?<!\d)1(?=[件个台双条张部本套只份辆把](?!半))", "", text),
    )
    claim = (
        r"(.{3,60}?)\s*(?:is|=|makes|equals|等于|是)\s*\d+(?:\.\d+)?[\s,，]*(?:yeah"
        r"|right|correct|isn't it|is that right|对吗|对吧|对不对"
        r"|是吗)\W*"
    )
    if (claimed := re.fullmatch(claim, text, re.IGNORECASE)) and re.search(r"\d.*\d", claimed[1]):
        text = claimed[1]
    for reader in (bill, price, _after, _plainly):
        if found := reader(text, last):
            return found
    return problem(text)


def _plainly(text: str, last: Result | None) -> str | None:
    text, places = _rounding(text)
    value = last_value(last)
    used = False
    base = (
        re.search(r"(\d+(?:\.\d+)?)\)*$", str(last.arguments.get("expression", "")))
        if last
        else None
    )
    if base and re.search(_SAME, text, re.IGNORECASE):
        text, used = re.sub(_SAME, base[1], text, flags=re.IGNORECASE), True
    percent = re.search(r"\s(?:in|as)(?: a)? ?(?:per ?cent(?:age)?|%)\W*$", text, re.IGNORECASE)
    text = text[: percent.start()] if percent else text
    wanted = re.match(
        r"\W*(?:how much is|calculate|compute|work out|算|计算)|.*(?:=|/\s*0\W*$|多少)", text
    )
    text = _LEAD.sub("", text.strip())
    text = _TAIL.sub("", text.strip())
    if value and re.search(LAST, text, re.IGNORECASE):
        text, used = re.sub(LAST, value, text, flags=re.IGNORECASE), True
    text = _LEAD.sub("", text)
    for pattern, instead in _WORDS:
        text = re.sub(pattern, instead, text, flags=re.IGNORECASE)
    text = _TAIL.sub("", text.strip()).strip()
    if value and not used and re.match(r"[*/+^]|- ", text):
        text = f"{value} {text}"
    elif value and not text and places is not None:
        text, used = value, True
    found = _checked(text, places, bool(wanted or percent))
    return f"({found})*100" if found and percent else found


def _checked(text: str, places: int | None, wanted: bool) -> str | None:
    text = text.strip(" ,，。")
    text = re.sub(r"√\s*(\d+(?:\.\d+)?|\([^()]*\))", r"sqrt(\1)", text)
    text = re.sub(r"cbrt\s+(\d+(?:\.\d+)?)", r"cbrt(\1)", text)
    bare = re.sub(r"sqrt|cbrt", "", text)
    if not _PURE.fullmatch(bare) or not re.search(r"\d", bare):
        return None
    operators = re.search(r"[-+*/^%]\s*[\d(]|\d\s*[*/^]|rt\(", re.sub(r"^\s*-", "", text))
    if places is None and not operators:
        return None
    if (
        not wanted
        and re.fullmatch(r"\s*\d{1,4}\s*[-/]\s*\d{1,2}(?:\s*[-/]\s*\d{1,4})?\s*", text)
        and not re.search(r"\s[-/]\s", text)
    ):
        return None  # A date, or a telephone number.
    tidy = re.sub(r"\s+", "", text)
    if re.search(r"\d\s+\d", text):
        return None
    return tidy if places is None else f"round({tidy},{places})"


def _rounding(text: str) -> tuple[str, int | None]:
    found = _ROUND.search(text)
    if found is None:
        return text, None
    places = found["places"]
    number = {"one": 1, "two": 2}.get(places or "", 0) or int(places or 0)
    number = 2 if found["cent"] else number
    return text[: found.start()] + " " + text[found.end() :], number


def _after(text: str, last: Result | None) -> str | None:
    """The last result shared out or taken several times: "and per person if we are four?"."""
    value = last_value(last)
    if not value:
        return None
    if found := re.fullmatch(
        r"\W*(?:and |so |now |then )*(?:what(?:'s| is) (?:that"
        r"|it) |how much is (?:that|it) |that's |that |it )?"
        r"(?:split|shared|divided|between|among|for each|each|per person)[^\d]{0,40}?(\d+)"
        r"(?: (?:ways|people|of us|friends))?\W*",
        text,
        re.IGNORECASE,
    ):
        return f"{value}/{found[1]}"
    if found := re.fullmatch(
        r"\W*(?:那|再)?(?:平均)?(?:分给|按|由)?(\d+)个?人(?:平?分"
        r"|来?的?话?)?.{0,6}(?:每人|各|人均)?.{0,6}",
        text,
    ):
        return f"{value}/{found[1]}" if re.search(r"每|分|均|各", text) else None
    return None
