"""What is said about a tool's result or a ring: the one place where codes become sentences.

English and Chinese. `said` is the answer, `chip` the few words under it, `shown_work` what "Why?"
shows, `rung` what is said and shown when something rings.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from agent.tools.types import Result, Value

IN_CHINESE = {"zh": True}
"""The languages of the window in which results are told in Chinese; all others are in English."""

_WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
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
    return _and([f"{n} {u}{'' if n == 1 else 's'}" for n, u in named if n]) or "0 seconds"


def day_name(iso: str, chinese: bool, today: str = "") -> str:
    """A day as it is said: "tomorrow", "Tuesday, 1 June 2027"."""
    day = date.fromisoformat(iso)
    if today:
        ahead = (day - date.fromisoformat(today)).days
        if ahead in (0, 1, 2) and (chinese or ahead < 2):
            return (("今天", "明天", "后天") if chinese else ("today", "tomorrow"))[ahead]
    if chinese:
        return f"{day.year}年{day.month}月{day.day}日星期{'一二三四五六日'[day.weekday()]}"
    return f"{_WEEKDAYS[day.weekday()]}, {day.day} {_MONTHS[day.month - 1]} {day.year}"


def said(result: Result, chinese: bool) -> str:
    """The answer to the user."""
    make = _SAID.get(result.code)
    if make is None:
        return "好的。" if chinese else "Done."
    return make(result.arguments, chinese)


def chip(tool: str, code: str, told: Arguments, chinese: bool) -> str:
    """What stands under the answer: which tool ran, and on what."""
    match code:
        case "timer_set":
            label = f" · {told['label']}" if told.get("label") else ""
            return f"{_name('timer', chinese)} {clock(int(told['seconds']))}{label}"
        case "alarm_set" | "reminder_set":
            text = str(told.get("label") or told.get("text") or "")
            label = f" · {text}" if text else ""
            return f"{_name(tool, chinese)} {told['time']} {_short(str(told['day']))}{label}"
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
        what = f"{_length_name(seconds)} timer" + (f" for the {label}" if label else "")
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


def _length_name(seconds: int) -> str:
    return re.sub(r"s\b", "", span(seconds, False)).replace(" and ", " ").replace(", ", " ")


def _name(kind: str, chinese: bool) -> str:
    return _KIND.get(kind, (kind, kind))[chinese]


def _short(iso: str) -> str:
    return iso[5:]


def _plain(value: Value) -> str:
    return ", ".join(value) if isinstance(value, list) else str(value)


def _and(parts: list[str], last: str = " and ") -> str:
    return (
        parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + last + parts[-1] if parts else ""
    )


def _listed(parts: list[str], chinese: bool) -> str:
    return "、".join(parts) if chinese else _and(list(parts))


def _timer_set(told: Arguments, chinese: bool) -> str:
    length, label = span(int(told["seconds"]), chinese), str(told["label"])
    if chinese:
        return f"好的，{label + '，' if label else ''}{length}计时开始，{told['ends']}响。"
    return (
        f"Your timer for {length}{f', {label},' if label else ''} is running, until {told['ends']}."
    )


def _alarm_set(told: Arguments, chinese: bool) -> str:
    day = day_name(str(told["day"]), chinese, str(told["today"]))
    label = str(told["label"])
    if chinese:
        twice = "这一分钟已经有一个闹钟，两个都会响。" if told["twice"] else ""
        return f"闹钟设好了：{day} {told['time']}{'，' + label if label else ''}。{twice}"
    twice = " There is another alarm at that minute; both will ring." if told["twice"] else ""
    on = day if day in ("today", "tomorrow") else f"on {day}"
    return f"Your alarm is set for {told['time']} {on}{f', {label}' if label else ''}.{twice}"


def _reminder_set(told: Arguments, chinese: bool) -> str:
    day = day_name(str(told["day"]), chinese, str(told["today"]))
    text, repeat = str(told["text"]), str(told["repeat"])
    if chinese:
        repeated = {
            "daily": "每天",
            "weekly": f"每周{day[-1]}" if "星期" in day else f"每周，从{day}起，",
        }
        tail = f"：{text}" if text else ""
        return f"好的，{repeated.get(repeat, day)} {told['time']} 提醒你{tail}。"
    weekday = _WEEKDAYS[date.fromisoformat(str(told["day"])).weekday()]
    on = day if day in ("today", "tomorrow") else f"on {day}"
    when = {"daily": f"every day at {told['time']}", "weekly": f"every {weekday} at {told['time']}"}
    once = f"{on} at {told['time']}"
    return f"I'll remind you {when.get(repeat, once)}{f': {text}' if text else ''}."


def _sum(told: Arguments, chinese: bool) -> str:
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


def _converted(told: Arguments, chinese: bool) -> str:
    left, right = f"{told['shown']} {told['from_sign']}", f"{told['result']} {told['to_sign']}"
    if chinese:
        return f"{left} = {right}。" if told["exact"] else f"{left} 大约是 {right}。"
    return f"{left} is {'' if told['exact'] else 'about '}{right}."


def _weekday(told: Arguments, chinese: bool) -> str:
    name = day_name(str(told["day"]), chinese)
    if chinese:
        return f"{name[:-3]}是{name[-3:]}。"
    weekday, day = name.split(", ")
    return f"{day} is a {weekday}."


def _days(told: Arguments, chinese: bool) -> str:
    days, today = int(told["days"]), str(told["today"])
    first, second = str(told["from"]), str(told["to"])
    ago = second == today and first != today
    day = day_name(first if ago else second, chinese)
    weeks, rest = divmod(days, 7)
    if chinese:
        exact = f"，正好 {weeks} 周" if days and not rest and weeks > 1 else ""
        if today not in (first, second):
            return f"从{day_name(first, True)}到{day}是 {days} 天{exact}。"
        return f"从{day}到今天已经 {days} 天{exact}。" if ago else f"到{day}还有 {days} 天{exact}。"
    exact = f", exactly {weeks} weeks" if days and not rest and weeks > 1 else ""
    many = f"{days:,} day{'' if days == 1 else 's'}"
    if today not in (first, second):
        return f"It is {many} from {day_name(first, False)} to {day}{exact}."
    return f"It has been {many} since {day}{exact}." if ago else f"It is {many} until {day}{exact}."


def _weeks(told: Arguments, chinese: bool) -> str:
    weeks, rest = divmod(int(told["days"]), 7)
    day = day_name(str(told["to"]), chinese)
    if chinese:
        return f"到{day}还有 {weeks} 周{f'零 {rest} 天' if rest else ''}（{told['days']} 天）。"
    more = f" and {rest} day{'' if rest == 1 else 's'}" if rest else ""
    return f"It is {weeks} week{'' if weeks == 1 else 's'}{more} until {day} ({told['days']} days)."


def _day_after(told: Arguments, chinese: bool) -> str:
    day, days = day_name(str(told["day"]), chinese), int(told["days"])
    today = told["from"] == told["today"]
    if chinese:
        base = "今天" if today else day_name(str(told["from"]), True)
        return f"{base}{'往后' if days >= 0 else '往前'} {abs(days)} 天是{day}。"
    base = (
        ("from now" if days >= 0 else "ago")
        if today
        else (f"{'after' if days >= 0 else 'before'} {day_name(str(told['from']), False)}")
    )
    return f"{abs(days):,} day{'' if abs(days) == 1 else 's'} {base} is {day}."


def _dues(told: Arguments, chinese: bool) -> list[str]:
    lines = list[str]()
    for line in told["item"]:
        kind, when, label, more = str(line).split("|")
        if kind in ("timer", "stopwatch"):
            text = f"剩 {span(int(when), True)}" if chinese else f"{span(int(when), False)} left"
            name = label or (
                f"{span(int(more), True)}的计时器"
                if chinese
                else f"the {_length_name(int(more))} timer"
            )
            lines.append(f"{name}：{text}" if chinese else f"{text} on {name}")
        else:
            day = day_name(when[:10], chinese)
            lines.append(
                f"{day} {when[11:]}{'，' if chinese else ', ' if label else ''}{label}".rstrip("，")
            )
    return lines


def _due_list(told: Arguments, chinese: bool) -> str:
    lines, name = _dues(told, chinese), _name(str(told["what"]), chinese)
    if not lines:
        return f"现在没有设{name}。" if chinese else f"No {name} is set."
    return ("；".join(lines) + "。") if chinese else _sentence("; ".join(lines))


def _cancelled(told: Arguments, chinese: bool) -> str:
    count, name = len(told["item"]), _name(str(told["what"]), chinese)
    _, _, label, _ = str(told["item"][0]).split("|")
    if chinese:
        what = f"{count} 个{name}" if count > 1 else f"{label}{name}"
        text = f"{what}取消了。"
        return text + (
            f"还有：{'；'.join(_dues({'item': told['rest']}, True))}。" if told.get("rest") else ""
        )
    what = f"{count} {name}s" if count > 1 else f"the {name}{f' for {label}' if label else ''}"
    text = f"I cancelled {what}."
    return text + (
        f" Still set: {'; '.join(_dues({'item': told['rest']}, False))}."
        if told.get("rest")
        else ""
    )


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + "."


def _list(told: Arguments, chinese: bool) -> str:
    found, name = list(told["item"]), told["list"]
    if found:
        return (
            f"{name}清单上有：{_listed(found, True)}。"
            if chinese
            else f"On your {name} list: {_listed(found, False)}."
        )
    others = [other for other in told["others"] if other != name]
    if chinese:
        return f"{name}清单是空的。" + (
            f"有内容的清单：{_listed(others, True)}。" if others else ""
        )
    return f"Your {name} list is empty." + (
        f" You have these lists: {_listed(others, False)}." if others else ""
    )


def _list_added(told: Arguments, chinese: bool) -> str:
    new, there = _listed(list(told["item"]), chinese), _listed(list(told["there"]), chinese)
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


_SAID: dict[str, Callable[[Arguments, bool], str]] = {
    "timer_set": _timer_set,
    "timer_not_ahead": _pair(
        "A timer has to run for at least a second, so I set none.", "计时至少要一秒，所以没有设。"
    ),
    "timer_too_long": _pair(
        "That is longer than a week; a reminder with a date suits it better.",
        "这超过一周了，用带日期的提醒更合适。",
    ),
    "alarm_set": _alarm_set,
    "reminder_set": _reminder_set,
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
    "sum": _sum,
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
    "converted": _converted,
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
    "weekday": _weekday,
    "days": _days,
    "weeks": _weeks,
    "day_after": _day_after,
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
        f"{_listed(told['item'], True)}从{told['list']}清单里去掉了。"
        if zh
        else f"I took {_listed(told['item'], False)} off your {told['list']} list."
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
    "due_list": _due_list,
    "due_left": _due_list,
    "cancelled": _cancelled,
    "cancelled_one": _cancelled,
    "cancelled_none": lambda told, zh: (
        f"没有这样的{_name(told['what'], True)}。"
        if zh
        else f"There is no such {_name(told['what'], False)}."
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
