"""What is said about timers, alarms, reminders and days."""

from __future__ import annotations

from datetime import date

from agent.tools.telling.words import (
    WEEKDAYS,
    Arguments,
    day_name,
    kind_name,
    length_name,
    sentence,
    span,
)


def timer_set(told: Arguments, chinese: bool) -> str:
    """A timer runs."""
    length, label = span(int(told["seconds"]), chinese), str(told["label"])
    if chinese:
        return f"好的，{label + '，' if label else ''}{length}计时开始，{told['ends']}响。"
    return (
        f"Your timer for {length}{f', {label},' if label else ''} is running, until {told['ends']}."
    )


def alarm_set(told: Arguments, chinese: bool) -> str:
    """An alarm is set."""
    day = day_name(str(told["day"]), chinese, str(told["today"]))
    label = str(told["label"])
    if chinese:
        twice = "这一分钟已经有一个闹钟，两个都会响。" if told["twice"] else ""
        return f"闹钟设好了：{day} {told['time']}{'，' + label if label else ''}。{twice}"
    twice = " There is another alarm at that minute; both will ring." if told["twice"] else ""
    on = day if day in ("today", "tomorrow") else f"on {day}"
    return f"Your alarm is set for {told['time']} {on}{f', {label}' if label else ''}.{twice}"


def reminder_set(told: Arguments, chinese: bool) -> str:
    """A reminder is set."""
    day = day_name(str(told["day"]), chinese, str(told["today"]))
    text, repeat = str(told["text"]), str(told["repeat"])
    if chinese:
        repeated = {
            "daily": "每天",
            "weekly": f"每周{day[-1]}" if "星期" in day else f"每周，从{day}起，",
        }
        tail = f"：{text}" if text else ""
        return f"好的，{repeated.get(repeat, day)} {told['time']} 提醒你{tail}。"
    weekday = WEEKDAYS[date.fromisoformat(str(told["day"])).weekday()]
    on = day if day in ("today", "tomorrow") else f"on {day}"
    when = {"daily": f"every day at {told['time']}", "weekly": f"every {weekday} at {told['time']}"}
    once = f"{on} at {told['time']}"
    return f"I'll remind you {when.get(repeat, once)}{f': {text}' if text else ''}."


def weekday(told: Arguments, chinese: bool) -> str:
    """What day of the week a day is."""
    name = day_name(str(told["day"]), chinese)
    if chinese:
        return f"{name[:-3]}是{name[-3:]}。"
    weekday, day = name.split(", ")
    return f"{day} is a {weekday}."


def day_count(told: Arguments, chinese: bool) -> str:
    """How many days it is from one day to another."""
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


def week_count(told: Arguments, chinese: bool) -> str:
    """How many weeks it is until a day."""
    weeks, rest = divmod(int(told["days"]), 7)
    day = day_name(str(told["to"]), chinese)
    if chinese:
        return f"到{day}还有 {weeks} 周{f'零 {rest} 天' if rest else ''}（{told['days']} 天）。"
    more = f" and {rest} day{'' if rest == 1 else 's'}" if rest else ""
    return f"It is {weeks} week{'' if weeks == 1 else 's'}{more} until {day} ({told['days']} days)."


def day_after(told: Arguments, chinese: bool) -> str:
    """What day it is some days before or after another."""
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
                else f"the {length_name(int(more))} timer"
            )
            lines.append(f"{name}：{text}" if chinese else f"{text} on {name}")
        else:
            day = day_name(when[:10], chinese)
            lines.append(
                f"{day} {when[11:]}{'，' if chinese else ', ' if label else ''}{label}".rstrip("，")
            )
    return lines


def due_list(told: Arguments, chinese: bool) -> str:
    """What is set, or how much is left of it."""
    lines, name = _dues(told, chinese), kind_name(str(told["what"]), chinese)
    if not lines:
        return f"现在没有设{name}。" if chinese else f"No {name} is set."
    return ("；".join(lines) + "。") if chinese else sentence("; ".join(lines))


def cancelled(told: Arguments, chinese: bool) -> str:
    """What was cancelled, and what is still set."""
    count, name = len(told["item"]), kind_name(str(told["what"]), chinese)
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
