"""Sums of times of day and calendar facts as the questions of `agent.tools.date`.

Such as "What time will it be in 45 minutes?", "If I leave at 9:40 and it takes 2 hours, when do I
arrive?", "How long is it from 10:45 to 13:20?", "Is 2028 a leap year?".
"""

from __future__ import annotations

import re
from calendar import month_name
from datetime import datetime, timedelta

from agent.tools.reading.lengths import LENGTH, lengths, seconds
from agent.tools.reading.moments import find_moment

_LONGEST = 200
_WHAT_TIME = re.compile(r"\bwhat time (?:will|would|was|is)\b|几点", re.I)
_ARRIVES = re.compile(
    r"\bwhen (?:do|will|would|does|am|is|are|can) (?:i|we|it|he|she|they|that|the \w+)\b.*?"
    r"\b(?:arrive|be there|get there|be (?:done|finished|ready|over|home|back)|finish"
    r"|end|over|done|ready)\b"
    r"|\bwhat time (?:do|will|would|does|is) (?:i|we|it|he|she|they|that|the \w+)\b.*?"
    r"\b(?:arrive|be there|get there|be (?:done|finished|ready|over|home|back)|finish"
    r"|end|over|done|ready)\b"
    r"|几点.{0,4}(?:到|结束|完|好)|什么时候.{0,4}(?:到|结束|完|好)",
    re.I,
)
_LEAVES = re.compile(
    r"\b(?:when|what time) (?:do|must|should|shall|will|would) (?:i|we) (?:have to |need"
    r" to |ought to )?"
    r"(?:leave|start|set off|go|get up|begin|put)\b|几点.{0,4}(?:出发|出门|开始|走)",
    re.I,
)
_TIME = (
    r"(?:\d{1,2}[:.]\d{2}(?: ?[ap]\.?m\.?)?|\d{1,2} ?[ap]\.?m\.?|noon|midnight"
    r"|\d{1,2}点(?:\d{1,2}分?|半)?)"
)
_SPAN = re.compile(
    rf"\b(?:how long|how many (?P<unit>minutes|hours))\b.*?\b(?:from|between) (?P<from>{_TIME})"
    rf" (?:to|until|till|and) (?P<to>{_TIME})"
    rf"|(?:从 ?)?(?P<zhfrom>{_TIME})到(?P<zhto>{_TIME})(?:是|有|一共)?"
    r"(?:多久|多长时间|多少分钟|几个?小时)",
    re.I,
)
_LEAP = re.compile(
    r"\b(?:is|was|will) (?P<year>\d{4}) (?:be )?a leap year|(?P<zh>\d{4})年?是(?:不是)?闰年", re.I
)
_WEEK = re.compile(
    r"\b(?:what|which) (?:calendar )?week (?:number )?(?:is it|are we in|is this|of the"
    r" year is (?:it|this))"
    r"|\bwhat(?:'s| is) the (?:calendar )?week number|(?:今天|现在)?是?(?:今年)?第几周",
    re.I,
)


_MONTHS = [name.lower() for name in month_name[1:]]
_MONTH = re.compile(
    rf"\bhow many days (?:does|do|has|have|are there in|are in|is in|in|will)"
    rf" (?P<month>{'|'.join(_MONTHS)})"
    r"(?: of)?(?: (?P<year>\d{4}))?(?= have| has|$| next| this| be|\?)"
    r"|(?:(?P<zhyear>\d{4})年)?(?P<zh>\d{1,2})月(?:份)?(?:一共)?有(?:多少|几)天",
    re.I,
)
_YEAR = re.compile(
    r"\bwhat year (?:was it|was that|will it be|is it) (?:in )?(\d+) years?(?: ago| from now|$)"
    r"|\bwhat year (?:will it be|is it) in (\d+) years?\b|(\d+) ?年[前后]是(?:哪|几)?一?年",
    re.I,
)


def clock_sum(words: str, now: datetime) -> str:
    """The question for `date`, or nothing."""
    if len(words) > _LONGEST:
        return ""
    text = lengths(" ".join(words.split())).strip("?？。.! ")
    for reader in (_leap, _week, _month, _year, _span, _journey, _from_now):
        if question := reader(text, now):
            return question
    return ""


def _leap(text: str, now: datetime) -> str:
    found = _LEAP.search(text)
    return f"leap({found['year'] or found['zh']})" if found else ""


def _week(text: str, now: datetime) -> str:
    return f"week({now:%Y-%m-%d})" if _WEEK.search(text) else ""


def _month(text: str, now: datetime) -> str:
    found = _MONTH.search(text)
    if found is None:
        return ""
    name = (found["month"] or "").lower()
    month = _MONTHS.index(name) + 1 if name else int(found["zh"])
    later = 1 if re.search(r"\bnext year\b|明年", text, re.I) else 0
    year = int(found["year"] or found["zhyear"] or now.year + later)
    return f"month_days({year}-{month:02})" if 1 <= month <= 12 else ""


def _year(text: str, now: datetime) -> str:
    found = _YEAR.search(text)
    if found is None:
        return ""
    back = re.search(r"ago|前", found[0])
    years = int(next(part for part in found.groups() if part))
    return f"year({-years if back else years})"


def _span(text: str, now: datetime) -> str:
    found = _SPAN.search(text)
    if found is None:
        return ""
    first, second = (_clock(found[name] or found[f"zh{name}"], now) for name in ("from", "to"))
    return f"between({first}, {second})" if first and second else ""


def _journey(text: str, now: datetime) -> str:
    """A time of day and a length: when it ends, or when to begin."""
    back = _LEAVES.search(text)
    if not (back or _ARRIVES.search(text)):
        return ""
    found = re.search(LENGTH, text, re.I)
    if found is None:
        return ""
    rest = text[: found.start()] + " ; " + text[found.end() :]
    at = _clock(rest, now)
    if not at and re.search(r"\bnow\b|现在", rest, re.I):
        at = f"{now:%H:%M}"
    if not at or re.search(LENGTH, rest, re.I):
        return ""
    return f"clock({at}, {-seconds(found['length']) if back else seconds(found['length'])})"


def _from_now(text: str, now: datetime) -> str:
    if not _WHAT_TIME.search(text):
        return ""
    found = re.search(
        rf"(?P<back>{LENGTH} (?:ago|earlier)|{LENGTH.replace('length', 'zh')}以?前)", text, re.I
    )
    if found:
        return f"clock({now:%H:%M}, {-seconds(found['length'] or found['zh'])})"
    moment = find_moment(text, now)
    if moment.ahead is None or not re.search(
        r"\bwill it be\b|\bis it in\b|\bwould it be\b|是?几点", text, re.I
    ):
        return ""
    return f"clock({now:%H:%M}, {moment.ahead})"


def _clock(text: str, now: datetime) -> str:
    moment = find_moment(text, now)
    return f"{moment.hour:02}:{moment.minute:02}" if moment.hour is not None else ""


def clock_after(clock: str, by: int, now: datetime) -> datetime:
    """The moment some seconds after (or before) a time of today."""
    hour, minute = (int(part) for part in clock.split(":"))
    return now.replace(hour=hour, minute=minute, second=0, microsecond=0) + timedelta(seconds=by)


def clock_between(first: str, second: str) -> int:
    """Seconds from one time of day to the next time that it is the other."""
    (h1, m1), (h2, m2) = (map(int, clock.split(":")) for clock in (first, second))
    return ((h2 * 60 + m2 - h1 * 60 - m1) % 1440) * 60
