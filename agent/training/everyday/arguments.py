"""Whether a tool was called with what was wanted: lengths, times of day, days, numbers, texts.

The name of a wanted argument says how it is compared; any argument of the call may hold it, so
that {"minutes": 90} and {"hours": 1, "minutes": 30} are the same.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping

from agent.training.everyday.numbers import chinese, numbers
from agent.training.everyday.text import plain

NOW = datetime.datetime(2027, 3, 16, 14, 5)
"""The clock of the conversations: a Tuesday."""

_SECONDS = {"hour": 3600, "minute": 60, "second": 1}
_SHORT_SECONDS = {"h": 3600, "小": 3600, "个": 3600, "m": 60, "分": 60, "s": 1, "秒": 1}
_AMOUNT = re.compile(r"([\d.]+)\s*(h|m|s|小时|个小时|分|秒)")
_CLOCK = re.compile(r"(?<!\d)(\d{1,2})[:.h点](\d{2})?(?:[:分]\d*)?\s?([ap]m)?")
_HALF_DAY = re.compile(r"(?<!\d)(\d{1,2})\s?([ap]m)\b")
_CHINESE_CLOCK = re.compile(r"([一二两三四五六七八九十]+)点(半|[零一二三四五六七八九十]*)")
_LATE = re.compile("下午|晚上|傍晚|夜里|evening|afternoon")
_NEAR = {0: "today|tonight|今天|今晚", 1: "tomorrow|明天|明早|明晚", 2: "后天"}
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

Arguments = Mapping[str, object]


def held(wanted: Arguments, given: Arguments) -> bool:
    """Whether a call with the arguments `given` holds all that is wanted."""
    return all(_holds(name, value, wanted, given) for name, value in wanted.items())


def _holds(name: str, value: object, wanted: Arguments, given: Arguments) -> bool:
    texts = list(_texts(given))
    if _unit(name):
        seconds = _length(wanted)
        end = NOW + datetime.timedelta(seconds=seconds)
        return seconds == _length(given) or _at(end.hour, end.minute, texts)
    if name == "time":
        hour, minute = map(int, str(value).split(":"))
        seconds = _length(given)
        end = NOW + datetime.timedelta(seconds=seconds)
        return _at(hour, minute, texts) or bool(
            seconds and (end.hour, end.minute) == (hour, minute)
        )
    if name in ("date", "day"):
        return any(str(value) in _days(text) for text in texts)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return any(abs(each - value) < 1e-6 for text in texts for each in numbers(text))
    return any(plain(str(value)) in plain(text) for text in texts)


def _texts(given: Arguments) -> Iterator[str]:
    for value in given.values():
        yield from map(str, value if isinstance(value, list | tuple) else [value])


def _unit(name: str) -> int:
    """The seconds of `minutes` and its like; 0 for any other name."""
    return _SECONDS.get(name.casefold().rstrip("s"), 0)


def _length(given: Arguments) -> float:
    """Seconds, by argument name or in words: "1 h 30 min", "PT5M", "25分钟"."""
    total = 0.0
    for name, value in given.items():
        if (unit := _unit(name)) and re.fullmatch(r"\s*\d+(?:\.\d+)?\s*", str(value)):
            total += unit * float(str(value))
        elif isinstance(value, str):
            for amount, word in _AMOUNT.findall(plain(value).replace("hr", "h")):
                total += _number(amount) * _SHORT_SECONDS[word[0]]
    return total


def _number(digits: str) -> float:
    try:
        return float(digits)
    except ValueError:  # "1.2.3", "."
        return 0.0


def _at(hour: int, minute: int, texts: list[str]) -> bool:
    return any((hour, minute) in _times(text) for text in texts)


def _times(text: str) -> set[tuple[int, int]]:
    """Times of day, on 24 hours."""
    said = re.sub(r"(?<=\d)t(?=\d)", " ", plain(text).replace(".m.", "m"))
    late = _LATE.search(said) is not None
    found = {_hour(int(h), int(m or 0), half, late) for h, m, half in _CLOCK.findall(said)}
    found |= {_hour(int(h), 0, half, late) for h, half in _HALF_DAY.findall(said)}
    for words, rest in _CHINESE_CLOCK.findall(said):
        minute = 30 if rest == "半" else int(chinese(rest)) if rest else 0
        found.add(_hour(int(chinese(words)), minute, "", late))
    if re.search(r"\d点半", said):
        found |= {(hour, 30) for hour, minute in found if not minute}
    return found


def _hour(hour: int, minute: int, half: str, late: bool) -> tuple[int, int]:
    if (half == "pm" or (late and not half)) and hour < 12:
        hour += 12
    return (0 if half == "am" and hour == 12 else hour), minute


def _days(text: str) -> set[str]:
    """Days that a text may mean, seen from `NOW`, as 2027-03-17."""
    said, today = plain(text), NOW.date()
    found = set(re.findall(r"\d{4}-\d{2}-\d{2}", said))
    ahead = [days for days, words in _NEAR.items() if re.search(words, said)]
    for number, name in enumerate(_WEEKDAYS):
        names = rf"\b(?:{name}|{name[:3]})|(?:周|星期|礼拜){'一二三四五六日'[number]}"
        if re.search(names, said):
            ahead.append((number - today.weekday()) % 7 or 7)
    found |= {str(today + datetime.timedelta(days=days)) for days in ahead}
    for month, short in enumerate(_MONTHS, start=1):
        after = re.findall(rf"{short}[a-z]*\.? (\d{{1,2}})\b", said)
        before = re.findall(rf"(\d{{1,2}})(?:st|nd|rd|th)? (?:of )?{short}", said)
        found |= {f"{NOW.year}-{month:02}-{int(day):02}" for day in (*after, *before)}
    for month, day in re.findall(r"(\d{1,2})月(\d{1,2})", said):
        found.add(f"{NOW.year}-{int(month):02}-{int(day):02}")
    return found
