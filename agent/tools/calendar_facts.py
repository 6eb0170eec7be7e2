"""Answers of the calendar that are no dates: times of day added up, leap years, weeks.

The questions are written by `agent.tools.reading.clock_sums`; `agent.tools.date` asks them.
"""

from __future__ import annotations

from calendar import isleap, monthrange
from collections.abc import Callable, Mapping
from datetime import date, datetime

from agent.tools.reading.clock_sums import clock_after, clock_between
from agent.tools.types import Result, Value


def _clock(arguments: list[str], now: datetime) -> Result:
    at = clock_after(arguments[0], int(arguments[1]), now)
    told: dict[str, Value] = {
        "time": f"{at:%H:%M}",
        "from": arguments[0],
        "seconds": int(arguments[1]),
        "days": (at.date() - now.date()).days,
    }
    return Result("date", "clock", told)


def _between(arguments: list[str], now: datetime) -> Result:
    first, second = arguments
    told: dict[str, Value] = {
        "seconds": clock_between(first, second),
        "from": first,
        "to": second,
    }
    return Result("date", "clock_between", told)


def _leap(arguments: list[str], now: datetime) -> Result:
    year = int(arguments[0])
    told: dict[str, Value] = {"year": year, "leap": isleap(year), "next": year + 4 - year % 4}
    return Result("date", "leap", told)


def _week(arguments: list[str], now: datetime) -> Result:
    day = date.fromisoformat(arguments[0])
    return Result("date", "week", {"week": day.isocalendar().week, "year": day.isocalendar().year})


def _month(arguments: list[str], now: datetime) -> Result:
    year, month = (int(part) for part in arguments[0].split("-"))
    told: dict[str, Value] = {"year": year, "month": month, "days": monthrange(year, month)[1]}
    return Result("date", "month_days", told)


def _year(arguments: list[str], now: datetime) -> Result:
    years = int(arguments[0])
    return Result("date", "year", {"years": years, "year": now.year + years})


CALENDAR_ANSWERS: Mapping[str, Callable[[list[str], datetime], Result]] = {
    "clock": _clock,
    "between": _between,
    "leap": _leap,
    "week": _week,
    "month_days": _month,
    "year": _year,
}
