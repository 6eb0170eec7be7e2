"""What is said about the results of `agent.tools.calendar_facts`, in English and Chinese."""

from __future__ import annotations

from calendar import month_name
from collections.abc import Callable, Mapping

from agent.tools.telling.words import Arguments, span


def _clock(told: Arguments, chinese: bool) -> str:
    days, time = int(told["days"]), str(told["time"])
    # "Leave at 9:40" may be in the morning or in the evening, and so may what follows.
    time = time.removeprefix("0") if int(str(told["from"])[:2]) < 13 else time
    if chinese:
        day = {-1: "前一天", 0: "", 1: "第二天"}.get(days, f"{days}天后")
        return f"那时是{day}{time}。"
    day = {-1: " on the day before", 0: "", 1: " on the next day"}.get(days, f", {days} days on")
    return f"That would be {time}{day}."


def _clock_between(told: Arguments, chinese: bool) -> str:
    length = span(int(told["seconds"]), chinese)
    if chinese:
        return f"从{told['from']}到{told['to']}是{length}。"
    minutes = int(told["seconds"]) // 60
    exact = f", that is {minutes} minutes" if minutes > 60 else ""
    return f"From {told['from']} to {told['to']} it is {length}{exact}."


def _leap(told: Arguments, chinese: bool) -> str:
    if chinese:
        return f"{told['year']}年{'是' if told['leap'] else '不是'}闰年。"
    if told["leap"]:
        return f"Yes, {told['year']} is a leap year."
    return f"No, {told['year']} is not a leap year."


def _week(told: Arguments, chinese: bool) -> str:
    if chinese:
        return f"今天是{told['year']}年第{told['week']}周。"
    return f"It is week {told['week']} of {told['year']}."


def _month(told: Arguments, chinese: bool) -> str:
    if chinese:
        return f"{told['year']}年{told['month']}月有 {told['days']} 天。"
    return f"{month_name[int(told['month'])]} {told['year']} has {told['days']} days."


def _year(told: Arguments, chinese: bool) -> str:
    years = int(told["years"])
    if chinese:
        return f"{abs(years)} 年{'前' if years < 0 else '后'}是 {told['year']} 年。"
    when = f"{abs(years)} years {'ago' if years < 0 else 'from now'}"
    return f"{when} it {'was' if years < 0 else 'will be'} {told['year']}."


CALENDAR: Mapping[str, Callable[[Arguments, bool], str]] = {
    "clock": _clock,
    "clock_between": _clock_between,
    "leap": _leap,
    "week": _week,
    "month_days": _month,
    "year": _year,
}
