"""What is said about a tool's result or a ring: the one place where codes become sentences.

English and Chinese. `said` is the answer, `chip` the few words under it, `shown_work` what "Why?"
shows, `rung` what is said and shown when something rings.
"""

from __future__ import annotations

from collections.abc import Mapping

from agent.tools.telling.answers import ANSWERS
from agent.tools.telling.words import Arguments, clock, kind_name, length_name, pretty, span
from agent.tools.types import Result, Value

IN_CHINESE = {"zh": True}
"""The languages of the window in which results are told in Chinese; all others are in English."""


def said(result: Result, chinese: bool) -> str:
    """The answer to the user."""
    make = ANSWERS.get(result.code)
    if make is None:
        return "好的。" if chinese else "Done."
    return make(result.arguments, chinese)


def chip(tool: str, code: str, told: Arguments, chinese: bool) -> str:
    """What stands under the answer: which tool ran, and on what."""
    match code:
        case "timer_set":
            label = f" · {told['label']}" if told.get("label") else ""
            return f"{kind_name('timer', chinese)} {clock(int(told['seconds']))}{label}"
        case "alarm_set" | "reminder_set":
            text = str(told.get("label") or told.get("text") or "")
            label = f" · {text}" if text else ""
            return f"{kind_name(tool, chinese)} {told['time']} {_short(str(told['day']))}{label}"
        case "sum":
            about = "=" if told.get("exact") else "≈"
            return f"{pretty(str(told['expression']))} {about} {told['result']}"
        case "converted":
            return f"{told['shown']} {told['from_sign']} = {told['result']} {told['to_sign']}"
        case "list_added" | "list_removed":
            sign = "+" if code == "list_added" else "−"
            return f"{told['list']}: {sign} {', '.join(told['item'])}"
    return _TITLES.get(tool, (tool, tool))[chinese]


def shown_work(
    tool: str, arguments: Mapping[str, Value], told: Arguments, code: str, chinese: bool
) -> str:
    """The line of "Why?": the call as it was made, and what came back."""
    given = ", ".join(
        f"{name}: {_plain(value)}" for name, value in arguments.items() if name != "money"
    )
    if code == "sum":
        return chip(tool, code, told, chinese)
    return f"{tool}({given})"


def rung(kind: str, label: str, seconds: int, at: str, *, missed: bool, chinese: bool) -> str:
    """What is said when it rings; `at` is the time of day for which it was set."""
    if chinese:
        what = {"timer": f"{span(seconds, True)}的{label}计时器", "alarm": f"{at}的闹钟"}.get(
            kind, "提醒"
        )
        if missed:
            tail = f"：{label}" if label and kind != "timer" else ""
            return f"Candor 关着的时候错过了：{what}{tail}（{at}）。"
        if kind == "timer":
            return f"{what}到时间了。"
        return f"{what}：{label}。" if label else f"{what}响了。"
    if kind == "timer":
        what = f"{length_name(seconds)} timer" + (f" for the {label}" if label else "")
        return (
            f"Missed while Candor was off: your {what}, at {at}."
            if missed
            else f"Your {what} is done."
        )
    if kind == "alarm":
        tail = f": {label}" if label else ""
        return (
            f"Missed while Candor was off: your {at} alarm{tail}."
            if missed
            else f"It is {at}{tail or '. Your alarm'}."
        )
    text = label or "your reminder"
    return f"Missed while Candor was off, at {at}: {text}." if missed else f"Reminder: {text}."


def _short(iso: str) -> str:
    return iso[5:]


def _plain(value: Value) -> str:
    return ", ".join(value) if isinstance(value, list) else str(value)


_TITLES = {
    "timer": ("timer", "计时器"),
    "alarm": ("alarm", "闹钟"),
    "reminder": ("reminder", "提醒"),
    "stopwatch": ("stopwatch", "秒表"),
    "cancel": ("clock", "时钟"),
    "calculate": ("calculator", "计算器"),
    "convert": ("units", "单位"),
    "date": ("calendar", "日历"),
    "list_add": ("list", "清单"),
    "list_show": ("list", "清单"),
    "list_remove": ("list", "清单"),
    "note": ("note", "笔记"),
    "remember": ("remembered", "记住"),
    "forget": ("forgotten", "忘掉"),
    "find": ("search", "查找"),
    "clipboard": ("clipboard", "剪贴板"),
    "open": ("page", "网页"),
}
