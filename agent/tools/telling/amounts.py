"""What is said about sums, bills and units."""

from __future__ import annotations

import re

from agent.tools.telling.words import Arguments, pretty


def sum_result(told: Arguments, chinese: bool) -> str:
    """A sum with its result."""
    about = "" if told["exact"] else ("大约是" if chinese else "about ")
    work, result = pretty(str(told["expression"])), str(told["result"])
    rounded = re.fullmatch(r"round\((.*),\s*(\d+)\)", str(told["expression"]))
    if rounded:
        work = pretty(rounded[1])
        if chinese:
            return f"结果是 {result}：{work}，保留 {rounded[2]} 位小数。"
        places = (
            "to the nearest whole number"
            if rounded[2] == "0"
            else f"rounded to {rounded[2]} decimals"
        )
        return f"{work} is {result}, {places}."
    if tip := re.fullmatch(r"\(([\d.]+)\+([\d.]+)%\)/(\d+)", str(told["expression"])):
        return _shared_bill(tip, result, chinese)
    if chinese:
        return f"结果{about or '是'} {result}：{work}。"
    if part := re.fullmatch(r"([\d.]+)%\*([\d.]+)", str(told["expression"])):
        return f"{part[1]}% of {pretty(part[2])} is {about}{result}."
    return f"{work} is {about}{result}."


def _shared_bill(tip: re.Match[str], result: str, chinese: bool) -> str:
    from agent.tools.arithmetic import evaluate, shown

    total = shown(evaluate(f"{tip[1]}+{tip[2]}%"), 2)[0]
    alone = shown(evaluate(f"{tip[2]}%*{tip[1]}"), 2)[0]
    if chinese:
        return f"每人 {result}：一共 {total}，其中小费 {alone}，{tip[3]} 个人分。"
    return f"Each pays {result}: {total} in all, of which {alone} is the tip, split {tip[3]} ways."


def converted(told: Arguments, chinese: bool) -> str:
    """An amount in another unit."""
    if not chinese:
        sign = str(told["from_sign"])
        left = _in_two(str(told["value"]), sign) or _measured(str(told["shown"]), sign)
        right = _measured(str(told["result"]), str(told["to_sign"]))
        return f"{left} is {'' if told['exact'] else 'about '}{right}."
    left, right = (
        f"{told['shown']} {_IN_CHINESE.get(told['from_sign'], told['from_sign'])}",
        f"{told['result']} {_IN_CHINESE.get(told['to_sign'], told['to_sign'])}",
    )
    return f"{left} = {right}。" if told["exact"] else f"{left} 大约是 {right}。"


_IN_WORDS = {
    "s": "second", "min": "minute", "h": "hour", "d": "day", "wk": "week", "yr": "year",
    "cup": "cup", "st": "stone", "pint": "pint", "quart": "quart", "B": "byte", "acre": "acre",
    "tsp": "teaspoon", "tbsp": "tablespoon",
}  # fmt: skip
_IN_CHINESE = {
    "s": "秒", "min": "分钟", "h": "小时", "d": "天", "wk": "周", "yr": "年", "cup": "杯",
    "tsp": "茶匙", "tbsp": "汤匙",
}  # fmt: skip


_SMALLER = {"ft": ("in", 12), "st": ("pounds", 14), "lb": ("oz", 16)}


def _in_two(value: str, sign: str) -> str:
    """A broken amount as people say it, such as "6 ft 2 in"; empty where it is none."""
    smaller, parts = _SMALLER.get(sign, ("", 1))
    if not smaller or "/" in value:
        return ""
    amount = float(value)
    small = round(amount * parts)
    if amount < 1 or abs(amount * parts - small) > 1e-6 or small % parts == 0:
        return ""
    return f"{_measured(str(small // parts), sign)} {small % parts} {smaller}"


def _measured(amount: str, sign: str) -> str:
    """An amount with its unit; signs that few people would say become words."""
    word = _IN_WORDS.get(sign)
    if word is None:
        return f"{amount} {sign}"
    return f"{amount} {word}{'' if amount == '1' or word == 'stone' else 's'}"
