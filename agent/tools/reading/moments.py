"""Times of day and days in plain words, seen from a clock."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from agent.tools.reading.days import find_day
from agent.tools.reading.lengths import LENGTH, lengths, seconds

_PARTS = {
    "am": r"\b(?:in the morning|this morning|tomorrow morning|morning)\b"
    r"|早上|早晨|上午|凌晨|清晨|明早|今早|早",
    "pm": r"\b(?:in the (?:afternoon|evening)|(?:this|tomorrow) (?:afternoon"
    r"|evening)|evening|afternoon"
    r"|tonight|at night|tomorrow night)\b|下午|晚上|傍晚|夜里|今晚|明晚|中午|后晚",
}
_CLOCKS = (
    r"(?P<word>\bnoon\b|\bmidday\b|\bmidnight\b|正午|半夜12点|午夜)",
    r"\b(?P<before>\d{1,2}|quarter|a quarter|half)(?: minutes?)? (?P<side>past"
    r"|to|after|before) (?P<hour>\d{1,2})\b(?!\s*(?:%|minutes"
    r"|days))(?:\s*(?P<half>[ap])\.?m\.?)?",
    r"\bhalf (?P<ukhour>\d{1,2})\b(?!\s*(?:%|an|of))",
    r"(?P<zh>(?P<hour>\d{1,2})(?:点|时)(?:钟)?(?:(?P<zhhalf>半)"
    r"|(?P<quarter>[13])刻|(?P<minute>\d{1,2})分?)?)(?!\d)",
    r"(?<![\d.,:/-])(?P<hour>\d{1,2})[:.h](?P<minute>\d{2})(?![\d%]"
    r"|[.]\d)(?:\s*(?P<half>[ap])\.?m\b\.?)?(?!\s*(?:kg|km"
    r"|euros?|pounds?|dollars?|元))",
    r"(?<![\d.,:/-])(?P<hour>\d{1,2})\s*(?P<half>[ap])\.?m\b\.?",
    r"(?<![\d.,:/-])(?P<hour>\d{1,2})\s+(?P<minute>[0-5]\d)\b(?!\s*(?:minutes?"
    r"|mins?|seconds?|%|euros?|th\b))",
    r"(?<![\d.,:/-])(?P<hour>\d{1,2}) o'?clock\b",
    r"(?:\b(?:at|by|for|around|about|until|till)|^|,)\s+(?P<hour>\d{1,2})\b(?![\d:./%]"
    r"|\s*(?:%|minutes?|mins?|hours?|seconds?|days?|weeks?"
    r"|th\b|st\b|nd\b|rd\b|people|euros?|dollars?"
    r"|(?:of )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)))",
    r"(?<![\d.,:/-])\b(?P<hour>\d{1,2})(?=\s+(?:tonight|tomorrow"
    r"|in the|this (?:morning|afternoon|evening)))",
)
_LEADS = r"(?:\b(?:at|by|for|around|about|on|from|until|till)\s+)?"


@dataclass(frozen=True, slots=True)
class WallTime:
    """A wall time in words: `hour` and `minute` on 24 hours where it names one, `day` likewise.

    `sure` tells that the half of the day was said. `rest` is what else stood there.
    """

    hour: int | None
    minute: int
    day: date | None
    sure: bool
    rest: str
    ahead: int | None = None
    """Seconds from now, where it says "in 20 minutes"."""


def find_moment(text: str, now: datetime) -> WallTime:
    """The time and day in a text, which need not hold either."""
    rest, ahead = _ahead(lengths(text))
    part = next((p for p, words in _PARTS.items() if re.search(words, rest, re.IGNORECASE)), "")
    hour, minute, sure, rest = _clock(rest, part)
    day, rest = find_day(rest, now.date())
    if part:
        rest = re.sub(rf"{_LEADS}(?:{_PARTS[part]})", " ", rest, flags=re.IGNORECASE)
        rest = re.sub(r"(?<![\u4e00-\u9fff])[早晚](?![\u4e00-\u9fff]*[饭餐点])", " ", rest)
    if hour is None and ahead is None and (named := _usual(text, part)):
        hour, sure = named, True
    return WallTime(hour, minute, day, sure, " ".join(rest.split()), ahead)


def _usual(text: str, part: str) -> int:
    """The hour that is meant by "in the morning" alone; 0 where no part of the day is said."""
    if not part:
        return 0
    return next((hour for words, hour in _USUAL if re.search(words, text, re.IGNORECASE)), 0)


_USUAL = (
    (r"tonight|at night|晚上|今晚|明晚|夜里|后晚", 20),
    (r"evening|傍晚", 19),
    (r"afternoon|下午", 15),
    (r"中午", 12),
    (r"morning|早|上午", 9),
)


def resolve(moment: WallTime, now: datetime, waking: bool) -> datetime:
    """The wall time that is meant: the next of that name, as people use to mean it.

    `waking` is an alarm: 5 to 11 are in the morning. Else what lies before seven is the afternoon,
    and the next hour of that name counts. Without an hour it is ten in the morning.
    """
    plain = now.replace(second=0, microsecond=0)
    if moment.ahead is not None:
        return now.replace(microsecond=0) + timedelta(seconds=moment.ahead)
    hour = 10 if moment.hour is None else moment.hour
    day = moment.day or now.date()
    sure = moment.sure or hour > 12 or hour == 0 or moment.hour is None
    hours = (hour,) if sure else (hour % 12, hour % 12 + 12)
    at = [plain.replace(year=day.year, month=day.month, day=day.day, hour=h, minute=moment.minute)
          for h in hours]  # fmt: skip
    if moment.day is not None and moment.day != now.date():
        return _likely(at, waking)
    ahead = [one for one in at if one > now]
    if waking and not sure and 5 <= hour <= 11:
        ahead = [one for one in at if one.hour < 12 and one > now]
    if not waking:
        ahead = [one for one in ahead if sure or one.hour >= 7] or ([] if not moment.day else ahead)
    if ahead:
        return ahead[0]
    if moment.day is not None and moment.hour is not None:
        return at[-1]
    return _likely([one + timedelta(days=1) for one in at], waking)


def _likely(at: list[datetime], waking: bool) -> datetime:
    if len(at) == 1:
        return at[0]
    early, late = at
    if early.hour == 0:
        return late
    return early if waking or early.hour >= 7 else late


def _ahead(text: str) -> tuple[str, int | None]:
    """A length from now ("in 20 minutes", "半小时后"), in seconds, and the text without it."""
    for pattern in (
        rf"\b(?:in|after) {LENGTH}(?:'s? time)?(?: from now)?(?!\w)",
        rf"{LENGTH}\s*from now\b",
        rf"(?:再?过)?{LENGTH}(?:之后|以后|后)",
        rf"再?过{LENGTH}",
    ):
        found = re.search(pattern, text, re.IGNORECASE)
        if found and re.search(r"\d\s*-?(?:[hms]|小时|个|分|秒)", found["length"], re.IGNORECASE):
            return text[: found.start()] + " " + text[found.end() :], seconds(found["length"])
    return text, None


def _clock(text: str, part: str) -> tuple[int | None, int, bool, str]:
    for pattern in _CLOCKS:
        found = re.search(_LEADS + f"(?:{pattern})", text, re.IGNORECASE)
        if found is None or (read := _read(found, part)) is None:
            continue
        return *read, text[: found.start()] + " " + text[found.end() :]
    return None, 0, False, text


def _read(found: re.Match[str], part: str) -> tuple[int, int, bool] | None:
    got = found.groupdict()
    if word := got.get("word"):
        return (0 if word.lower() in ("midnight", "午夜", "半夜12点") else 12), 0, True
    if half := got.get("ukhour"):
        hour, minute = int(half), 30
    elif before := got.get("before"):
        hour = int(got["hour"])
        minute = {"quarter": 15, "a quarter": 15, "half": 30}.get(before.lower()) or int(before)
        if got["side"].lower() in ("to", "before"):
            hour, minute = (hour - 1 if hour > 1 else 12), 60 - minute
    else:
        hour = int(got["hour"])
        minute = int(got.get("minute") or 0)
        if got.get("zh"):
            minute = 30 if got.get("zhhalf") else 15 * int(got.get("quarter") or 0) or minute
    if hour > 24 or minute > 59:
        return None
    half = (got.get("half") or "").lower() or {"am": "a", "pm": "p"}.get(part, "")
    if half == "p" and hour < 12:
        hour += 12
    if half == "a" and hour == 12:
        hour = 0
    written = bool(re.search(r"(?<!\d)0\d[:.]", found[0]))
    return hour % 24, minute, bool(half) or hour > 12 or written
