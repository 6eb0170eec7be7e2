"""Dates and times as words."""

from __future__ import annotations

import re

from agent.voice.text.number_words import (
    cardinal,
    decade,
    ordinal,
    year,
)
from agent.voice.text.vocabulary import DAYS, MONTHS

Found = re.Match[str]


def _month(number: int) -> str | None:
    return MONTHS[number - 1] if 1 <= number <= len(MONTHS) else None


def _named(text: str) -> str:
    return next(month for month in MONTHS if month.startswith(text[:3].capitalize()))


def _date(day: str, month: int, of_year: str | None) -> str | None:
    name = _month(month)
    if name is None or not 1 <= int(day) <= 31:
        return None
    if of_year and len(of_year) == 2:
        of_year = ("19" if int(of_year) > 50 else "20") + of_year
    return f"{name} {ordinal(day)}" + (f", {year(of_year)}" if of_year else "")


def iso_date(found: Found) -> str:
    """Groups: year, month, day, perhaps hour and minute."""
    said = _date(found[3], int(found[2]), found[1])
    if said is None:
        return found[0]
    return f"{said} at {_clock(found[4], found[5], '')}" if found[4] else said


def day_first(found: Found) -> str:
    """Groups: first, mark, second, year. Where both may be the month, the day comes first."""
    return _numeric(found, first_is_day=found[2] == "." or int(found[3]) <= 12)


def month_first(found: Found) -> str:
    """Groups: first, mark, second, year. Where both may be the month, it comes first."""
    return _numeric(found, first_is_day=found[2] == "." or int(found[1]) > 12)


def _numeric(found: Found, first_is_day: bool) -> str:
    day, month = (found[1], found[3]) if first_is_day else (found[3], found[1])
    return _date(day, int(month), found[4]) or found[0]


def month_day(found: Found) -> str:
    """Groups: month, day, last day, year."""
    month, first, last, of_year = found.groups()
    if not 1 <= int(first) <= 31:
        return found[0]
    said = f"{_named(month)} {ordinal(first)}" + (f" to {ordinal(last)}" if last else "")
    return said + (f", {year(of_year)}" if of_year else "")


def day_month(found: Found) -> str:
    """Groups: day, last day, month, year."""
    first, last, month, of_year = found.groups()
    if not 1 <= int(first) <= 31:
        return found[0]
    said = f"the {ordinal(first)}" + (f" to the {ordinal(last)}" if last else "")
    return f"{said} of {_named(month)}" + (f", {year(of_year)}" if of_year else "")


def month_year(found: Found) -> str:
    """Groups: month, year."""
    return f"{_named(found[1])} {year(found[2])}"


def years(found: Found) -> str:
    """Groups: first year, last year or its two digits."""
    until = cardinal(found[2]) if len(found[2]) == 2 else year(found[2])
    return f"{year(found[1])} to {until}"


def decades(found: Found) -> str:
    """Group: the year with which they begin."""
    return decade(found[1])


def days(found: Found) -> str:
    """Groups: first and last day of the week, shortened."""
    return f"{DAYS[found[1].lower()]} to {DAYS[found[2].lower()]}"


def clock(found: Found) -> str:
    """Groups: hours, minutes, seconds, a or p. What is no time of day is left alone."""
    hours, minutes, seconds, half = found.groups()
    if int(hours) > 24 or int(minutes) > 59 or int(seconds or 0) > 59:
        return found[0]
    if seconds and not half:
        return _lasting(hours, minutes, seconds)
    return _clock(hours, minutes, half or "") + _stop(found, half)


def whole_hour(found: Found) -> str:
    """Groups: hours, a or p."""
    return f"{cardinal(found[1])} {found[2].upper()}.M{_stop(found, found[2])}"


def _stop(found: Found, half: str | None) -> str:
    """The full stop of "P.M.", unless that of the sentence follows."""
    return "." if half and found.string[found.end() : found.end() + 1] != "." else ""


def _clock(hours: str, minutes: str, half: str) -> str:
    hour, past = cardinal(hours), int(minutes)
    tail = f" {half.upper()}.M" if half else ""
    if past:
        return f"{hour} {'oh ' if past < 10 else ''}{cardinal(minutes)}{tail}"
    if tail:
        return hour + tail
    if int(hours) in (0, 24):
        return "midnight"
    return f"{hour} hundred" if int(hours) > 12 else f"{hour} o'clock"


def _lasting(hours: str, minutes: str, seconds: str) -> str:
    parts = ((hours, "hour"), (minutes, "minute"), (seconds, "second"))
    said = [_some(number, word) for number, word in parts if int(number)]
    return " ".join(said) or "zero seconds"


def hours_minutes(found: Found) -> str:
    """Groups: hours, minutes ("1h30")."""
    return f"{_some(found[1], 'hour')} {_some(found[2], 'minute')}"


def _some(number: str, word: str) -> str:
    return f"{cardinal(number)} {word}{'' if int(number) == 1 else 's'}"
