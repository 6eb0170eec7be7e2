"""The answer to each code of a result, in English and Chinese."""

from __future__ import annotations

from collections.abc import Callable

from agent.tools.telling.amounts import converted, sum_result
from agent.tools.telling.calendar import CALENDAR
from agent.tools.telling.problems import in_words
from agent.tools.telling.times import (
    alarm_set,
    cancelled,
    day_after,
    day_count,
    due_list,
    reminder_set,
    timer_set,
    week_count,
    weekday,
)
from agent.tools.telling.words import Arguments, day_name, kind_name, listed, span


def _list(told: Arguments, chinese: bool) -> str:
    found, name = list(told["item"]), told["list"]
    if found:
        return (
            f"{name}清单上有：{listed(found, True)}。"
            if chinese
            else f"On your {name} list: {listed(found, False)}."
        )
    others = [other for other in told["others"] if other != name]
    if chinese:
        return f"{name}清单是空的。" + (f"有内容的清单：{listed(others, True)}。" if others else "")
    return f"Your {name} list is empty." + (
        f" You have these lists: {listed(others, False)}." if others else ""
    )


def _list_added(told: Arguments, chinese: bool) -> str:
    new, there = listed(list(told["item"]), chinese), listed(list(told["there"]), chinese)
    name = told["list"]
    if chinese:
        added = f"{new}加到{name}清单了。" if new else ""
        return added + (f"{there}已经在清单上了。" if there else "")
    if not new:
        return f"On your {name} list already: {there}."
    return f"I put {new} on your {name} list." + (f" Already on it: {there}." if there else "")


def _lines(begin: str, empty: str, told: Arguments) -> str:
    return begin + "".join(f"\n- {line}" for line in told["item"]) if told["item"] else empty


def _pair(english: str, chinese: str) -> Callable[[Arguments, bool], str]:
    return lambda told, zh: (chinese if zh else english).format(**told)


ANSWERS: dict[str, Callable[[Arguments, bool], str]] = {
    **CALENDAR,
    "timer_set": timer_set,
    "timer_not_ahead": _pair(
        "A timer has to run for at least a second, so I set none.", "计时至少要一秒，所以没有设。"
    ),
    "timer_too_long": _pair(
        "That is longer than a week; a reminder with a date suits it better.",
        "这超过一周了，用带日期的提醒更合适。",
    ),
    "alarm_set": alarm_set,
    "reminder_set": reminder_set,
    "reminder_when": lambda told, zh: (
        f"什么时候提醒你{'：' + told['text'] if told['text'] else ''}？"
        if zh
        else f"When shall I remind you{' of this: ' + told['text'] if told['text'] else ''}?"
    ),
    "moment_passed": lambda told, zh: (
        f"{day_name(told['day'], True)} {told['time']} 已经过去了，所以没有设。"
        if zh
        else f"{told['time']} on {day_name(told['day'], False)} has passed already,"
        f" so nothing is set."
    ),
    "moment_unclear": _pair(
        "I do not understand when “{text}” is.", "我不明白“{text}”是什么时候。"
    ),
    "stopwatch_started": _pair("The stopwatch is running.", "秒表开始了。"),
    "stopwatch_none": _pair("No stopwatch is running.", "没有正在走的秒表。"),
    "stopwatch_stopped": lambda told, zh: (
        f"停了，{span(told['seconds'], True)}。"
        if zh
        else f"Stopped at {span(told['seconds'], False)}."
    ),
    "stopwatch_reads": lambda told, zh: (
        f"已经 {span(told['seconds'], True)}。"
        if zh
        else f"It has run for {span(told['seconds'], False)}."
    ),
    "sum": lambda told, zh: in_words(told, zh) or sum_result(told, zh),
    "sum_by_zero": _pair(
        "Nothing can be divided by zero, so this has no result.", "不能除以零，所以没有结果。"
    ),
    "sum_too_large": _pair(
        "The result has more than 2,000 digits; that is more than I write out.",
        "结果超过 2000 位，太长了，写不出来。",
    ),
    "sum_too_long": _pair(
        "That is too long for me to compute; I take up to 1,000 characters.",
        "这个算式太长了，最多 1000 个字符。",
    ),
    "sum_not_real": _pair(
        "That has no real result: it is an even root of a negative number.",
        "负数不能开偶次方，所以没有实数结果。",
    ),
    "sum_unclear": _pair(
        "I cannot read “{expression}” as a sum.", "我看不懂这个算式：{expression}。"
    ),
    "converted": converted,
    "unit_unknown": _pair("I do not know the unit “{unit}”.", "我不认识单位“{unit}”。"),
    "units_differ": _pair(
        "{from} and {to} measure different things, so one cannot be turned into the other.",
        "{from} 和 {to} 量的不是同一种东西，不能换算。",
    ),
    "too_cold": _pair(
        "Nothing can be that cold: it is below absolute zero.", "没有这么冷的温度：低于绝对零度了。"
    ),
    "time": lambda told, zh: f"现在是{told['time']}。" if zh else f"It is {told['time']} now.",
    "time_there": lambda told, zh: (
        f"{told['place']} 现在是{told['time']}，{day_name(told['day'], True)}。"
        if zh
        else f"It is {told['time']} in {told['place']}, {day_name(told['day'], False)}."
    ),
    "today": lambda told, zh: (
        f"今天是{day_name(told['day'], True)}。"
        if zh
        else f"Today is {day_name(told['day'], False)}."
    ),
    "weekday": weekday,
    "days": day_count,
    "weeks": week_count,
    "day_after": day_after,
    "time_left": lambda told, zh: (
        f"到 {told['time']} 还有{span(told['seconds'], True)}。"
        if zh
        else f"You have {span(told['seconds'], False)} until {told['time']}."
    ),
    "age": lambda told, zh: (
        f"{day_name(told['day'], True)[:-3]}出生，现在 {told['years']} 岁。"
        if zh
        else f"Someone born on {day_name(told['day'], False).split(', ')[1]} is {told['years']}"
        f" years old today."
    ),
    "list": _list,
    "list_added": _list_added,
    "list_removed": lambda told, zh: (
        f"{listed(told['item'], True)}从{told['list']}清单里去掉了。"
        if zh
        else f"I took {listed(told['item'], False)} off your {told['list']} list."
    ),
    "list_not_there": lambda told, zh: (
        f"{told['list']}清单里没有这个。" if zh else f"That is not on your {told['list']} list."
    ),
    "noted": _pair("Noted: {text}.", "记下了：{text}。"),
    "private": _pair(
        "This chat is private, so nothing of it is kept; it counts while the chat is open.",
        "这是私密对话，什么都不保存；对话开着的时候我会照着做。",
    ),
    "remembered": _pair("I'll remember: “{text}”.", "记住了：“{text}”。"),
    "remembered_anew": _pair(
        "I'll remember: “{text}”. Before, you told me: “{before}”. The newer one counts.",
        "记住了：“{text}”。之前你说的是：“{before}”，以新的为准。",
    ),
    "remembered_instead": _pair(
        "I'll remember: “{text}”. It takes the place of: “{before}”.",
        "记住了：“{text}”，代替之前的：“{before}”。",
    ),
    "known": _pair("I already remember: “{text}”.", "这个我已经记住了：“{text}”。"),
    "forgotten": lambda told, zh: (
        f"已经忘掉了：{'；'.join(told['text'])}。"
        if zh
        else f"I have forgotten: {'; '.join(told['text'])}."
    ),
    "forgot_nothing": _pair(
        "Nothing like that was kept, so there is nothing to forget; what was said"
        " stays in this chat.",
        "没有保存过这样的内容，所以没有可忘的；说过的话只在这个对话里。",
    ),
    "facts": lambda told, zh: _lines(
        "这些是你让我记住的：" if zh else "This is what you asked me to remember:",
        "你还没有让我记住什么。" if zh else "You have not asked me to remember anything yet.",
        told,
    ),
    "notes": lambda told, zh: _lines(
        "你的笔记：" if zh else "Your notes:",
        "还没有笔记。" if zh else "You have no notes yet.",
        told,
    ),
    "found": lambda told, zh: _lines("找到了：" if zh else "I found:", "", told),
    "found_nothing": _pair(
        "I find nothing about “{text}” in your notes and chats.", "在笔记和聊天里没有找到“{text}”。"
    ),
    "due_list": due_list,
    "due_left": due_list,
    "cancelled": cancelled,
    "cancelled_one": cancelled,
    "cancelled_none": lambda told, zh: (
        f"没有这样的{kind_name(told['what'], True)}。"
        if zh
        else f"There is no such {kind_name(told['what'], False)}."
    ),
    "undone": _pair("I took that back.", "已经撤销了。"),
    "clipboard_asks": _pair(
        "I read the clipboard only when you say so: press the button below.",
        "要你同意我才读剪贴板：请按下面的按钮。",
    ),
    "open_asks": _pair(
        "Shall I open {page}? Press the button below.", "要打开 {page} 吗？请按下面的按钮。"
    ),
    "page_unclear": _pair(
        "“{page}” is no address that I can open.", "“{page}”不是可以打开的网址。"
    ),
}
