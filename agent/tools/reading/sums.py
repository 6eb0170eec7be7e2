"""Sums in plain words as an expression: "divide that by 7" with the last result, "打七五折再减60".

Every number of the words has to be used, and the words between them have to be known: a story
that holds numbers is no sum here, it is left to the model.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from agent.tools.reading.numerals import numerals
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
_LAST = (
    r"(?:\b(?:that|it|this|the (?:result|answer|total|sum|last one|product|number))\b"
    r"(?! (?:amount|same))|这个(?:数|结果)?|那个(?:数|结果)?|结果|它|刚才的(?:数|结果)?)"
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
    for reader in (_bill, _steps, _after, _plainly):
        if found := reader(text, last):
            return found
    return problem(text)


def last_value(last: Result | None) -> str:
    """The last exact result, as it stands in an expression."""
    if last is None or last.tool not in ("calculate", "convert") or not last.value:
        return ""
    return f"({last.value})" if "/" in last.value or last.value.startswith("-") else last.value


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
    if value and re.search(_LAST, text, re.IGNORECASE):
        text, used = re.sub(_LAST, value, text, flags=re.IGNORECASE), True
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


_PAY = (
    r"how much|what do|what does|each|per (?:person|head)"
    r"|a head|split|total|what(?:'s| is)|多少|平均|各付|人均"
    r"|每人"
)


def _bill(text: str, last: Result | None) -> str | None:
    """A bill with a tip, split or not."""
    return (_bill_again(text, last) if last else None) or _new_bill(text)


def _new_bill(text: str) -> str | None:
    people = re.search(
        r"\bwe(?:'re| are) (\d+)\b|\b(\d+) (?:of us|ways?|people|persons|friends|guests)\b"
        r"|\b(?:between|among|by) (?:the )?(\d+)\b(?: of us)?"
        r"|(\d+) ?个?人(?:分|平分|AA|一起|聚餐|吃饭)?|分给(\d+)",
        text,
        re.IGNORECASE,
    )
    tip = re.search(
        r"(\d+(?:\.\d+)?) ?%(?: of a)? ?(?:tip|gratuity|service(?: charge)?|的?小费|的?服务费)"
        r"|(?:tip|gratuity|service charge|小费|服务费)(?: of|是"
        r"|加|给)?(?: on \d+(?:\.\d+)? at)? ?(\d+(?:\.\d+)?) ?%",
        text,
        re.IGNORECASE,
    )
    if not (people or tip) or not re.search(_PAY, text, re.IGNORECASE):
        return None
    if not tip and not re.search(
        r"split|share the (?:bill|cost)|bill|divide|平分|平摊|AA|均摊|人均|每人|各付|聚餐",
        text,
        re.IGNORECASE,
    ):
        return None
    rest = text
    for found in (people, tip):
        if found:
            kept = re.search(r" on (\d+(?:\.\d+)?) at", found[0])
            rest = rest.replace(found[0], f" {kept[1]} " if kept else " ", 1)
    numbers = re.findall(r"(?<![\d.])\d+(?:\.\d+)?(?![\d%])", rest)
    if len(numbers) != 1 or "%" in rest:
        return None
    amount = numbers[0]
    if tip:
        share = tip[1] or tip[2]
        asks_tip = re.search(
            r"\btip on \d|how (?:much|big) (?:is|should|would)? ?(?:the"
            r"|a|i)? ?tip|what(?:'s| is) (?:the |a )?"
            r"(?:\d+(?:\.\d+)?% )?tip\b|小费(?:是|给|要)?多少",
            text,
            re.IGNORECASE,
        )
        if asks_tip and not people:
            return f"{share}%*{amount}"
        amount = f"({amount}+{share}%)" if people else f"{amount}+{share}%"
    if people:
        return f"{amount}/{next(filter(None, people.groups()))}"
    return str(amount)


def _bill_again(text: str, last: Result) -> str | None:
    made = re.match(
        r"\(?([\d.]+)\+([\d.]+)%\)?(?:/(\d+))?$", str(last.arguments.get("expression", ""))
    )
    if made is None:
        return None
    if re.search(
        r"(?:how much|what)\b.*\b(?:tip|gratuity)|小费(?:是|一共|总共)?多少", text, re.IGNORECASE
    ) and not re.search(r"\d", text):
        return f"{made[2]}%*{made[1]}"
    if re.search(
        r"(?:what|how much).*\b(?:total|altogether|whole bill"
        r"|all together)\b|(?:一共|总共)(?:是)?多少",
        text,
        re.I,
    ) and not re.search(r"\d", text):
        return f"{made[1]}+{made[2]}%"
    return None


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


def _fold(folds: str) -> str:
    number = float(folds)
    return str(number / 100 if number >= 10 else number / 10)


def _steps(text: str, last: Result | None) -> str | None:
    """A price that is changed step by step: "1380, 25% off, then another 60 off"."""
    text = re.sub(r"[€$£¥￥]|\b(?:euros?|dollars?|pounds?)\b|(?<=\d)(?:元|块钱?)", "", text)
    if not re.search(r"how much|what|多少|几|cost|pay|price", text, re.IGNORECASE):
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
        or re.search(_LAST, text, re.IGNORECASE) is not None
    )


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
