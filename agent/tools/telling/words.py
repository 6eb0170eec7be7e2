"""Words that results share: lengths of time, days, sums and lists, in English and Chinese."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_KIND = {"timer": ("timer", "计时器"), "alarm": ("alarm", "闹钟"), "reminder": ("reminder", "提醒"),
         "stopwatch": ("stopwatch", "秒表")}  # fmt: skip
Arguments = Mapping[str, Any]


def span(seconds: int, chinese: bool) -> str:
    """A length of time in words."""
    minutes, rest = divmod(abs(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    if chinese:
        parts = [
            f"{n}{u}"
            for n, u in ((days, "天"), (hours, "小时"), (minutes, "分钟"), (rest, "秒"))
            if n
        ]
        return "".join(parts) or "0秒"
    named = ((days, "day"), (hours, "hour"), (minutes, "minute"), (rest, "second"))
    return with_and([f"{n} {u}{'' if n == 1 else 's'}" for n, u in named if n]) or "0 seconds"


def day_name(iso: str, chinese: bool, today: str = "") -> str:
    """A day as it is said: "tomorrow", "Tuesday, 1 June 2027"."""
    day = date.fromisoformat(iso)
    if today:
        ahead = (day - date.fromisoformat(today)).days
        if ahead in (0, 1, 2) and (chinese or ahead < 2):
            return (("今天", "明天", "后天") if chinese else ("today", "tomorrow"))[ahead]
    if chinese:
        return f"{day.year}年{day.month}月{day.day}日星期{'一二三四五六日'[day.weekday()]}"
    return f"{WEEKDAYS[day.weekday()]}, {day.day} {_MONTHS[day.month - 1]} {day.year}"


def clock(seconds: int) -> str:
    """12:00 or 1:30:00."""
    minutes, rest = divmod(max(0, seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def pretty(expression: str) -> str:
    """An expression as people write it."""
    text = re.sub(r"(?<![.\d])(\d{4,})(?=[^\d]|$)", lambda m: f"{int(m[1]):,}", expression)
    text = re.sub(r"\s*\*\*\s*", "^", text)
    text = re.sub(r"\s*([*/+])\s*", r" \1 ", text)
    text = re.sub(r"(?<=[\d)%])\s*-\s*", " − ", text)
    return text.replace("*", "×").replace("/", "÷").replace("sqrt", "√").strip()


def length_name(seconds: int) -> str:
    """A length before a noun: "20 minute"."""
    return re.sub(r"s\b", "", span(seconds, False)).replace(" and ", " ").replace(", ", " ")


def kind_name(kind: str, chinese: bool) -> str:
    """What a timer, an alarm or the like is called."""
    return _KIND.get(kind, (kind, kind))[chinese]


def with_and(parts: list[str], last: str = " and ") -> str:
    """ "a, b and c"."""
    return (
        parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + last + parts[-1] if parts else ""
    )


def listed(parts: list[str], chinese: bool) -> str:
    """Things in a row, as the language joins them."""
    return "、".join(parts) if chinese else with_and(list(parts))


def sentence(text: str) -> str:
    """A sentence of these words."""
    return text[:1].upper() + text[1:] + "."
