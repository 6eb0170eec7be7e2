"""The clock and the calendar."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from agent.tools.ability import Ability, Toolbox
from agent.tools.calendar_facts import CALENDAR_ANSWERS
from agent.tools.reading.date_questions import quick
from agent.tools.reading.days import find_day
from agent.tools.reading.lengths import lengths
from agent.tools.types import Call, Parameter, Result, Tool, Value

_CALL = re.compile(r"\s*(\w+)\s*\((.*)\)\s*")


def run_tool(call: Call, box: Toolbox) -> Result:
    """The answer to one of the questions in `_ANSWERS`."""
    written = str(call.arguments.get("question") or call.arguments.get("expression") or "now()")
    found = _CALL.fullmatch(written)
    try:
        if found is None:
            raise ValueError(written)
        arguments = [part.strip() for part in found[2].split(",") if part.strip()]
        return _ANSWERS[found[1]](arguments, box.now)
    except (KeyError, ValueError, IndexError, OverflowError):
        return Result("date", "moment_unclear", {"text": written})


def _day(written: str, now: datetime) -> date:
    if written in ("today", "now"):
        return now.date()
    found, _ = find_day(lengths(written), now.date())
    if found is None:
        raise ValueError(written)
    return found


def _tell_now(arguments: list[str], now: datetime) -> Result:
    if arguments:
        there = now.astimezone(ZoneInfo(arguments[0]))
        place = arguments[0].rsplit("/", 1)[1].replace("_", " ")
        told: dict[str, Value] = {
            "time": f"{there:%H:%M}",
            "day": f"{there:%Y-%m-%d}",
            "place": place,
        }
        return Result("date", "time_there", told, value=f"{there:%Y-%m-%d}")
    return Result(
        "date", "time", {"time": f"{now:%H:%M}", "day": f"{now:%Y-%m-%d}"}, value=f"{now:%Y-%m-%d}"
    )


def _tell_day(code: str, day: date) -> Result:
    return Result("date", code, {"day": f"{day:%Y-%m-%d}"}, value=f"{day:%Y-%m-%d}")


def _tell_between(arguments: list[str], now: datetime, weeks: bool = False) -> Result:
    first, second = _day(arguments[0], now), _day(arguments[1], now)
    told: dict[str, Value] = {
        "days": abs((second - first).days),
        "from": f"{first:%Y-%m-%d}",
        "to": f"{second:%Y-%m-%d}",
        "today": f"{now:%Y-%m-%d}",
    }
    other = first if second == now.date() else second
    return Result("date", "weeks" if weeks else "days", told, value=f"{other:%Y-%m-%d}")


def _tell_added(arguments: list[str], now: datetime) -> Result:
    base, count = _day(arguments[0], now), int(arguments[1])
    day = base + timedelta(days=count)
    told: dict[str, Value] = {
        "days": count,
        "from": f"{base:%Y-%m-%d}",
        "day": f"{day:%Y-%m-%d}",
        "today": f"{now:%Y-%m-%d}",
    }
    return Result("date", "day_after", told, value=f"{day:%Y-%m-%d}")


def _tell_until(arguments: list[str], now: datetime) -> Result:
    hour, minute = (int(part) for part in arguments[0].split(":"))
    at = now.replace(hour=hour, minute=minute, second=0, microsecond=0)
    if at <= now:
        at += timedelta(days=1)
    # A minute that has begun counts: at 14:05:30 it is 165 minutes to 16:50.
    left = (at.replace(tzinfo=None) - now.replace(second=0, microsecond=0, tzinfo=None)).seconds
    return Result("date", "time_left", {"seconds": left, "time": f"{at:%H:%M}"})


def _tell_age(arguments: list[str], now: datetime) -> Result:
    born, today = _day(arguments[0], now), now.date()
    years = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    return Result(
        "date", "age", {"years": years, "day": f"{born:%Y-%m-%d}"}, value=f"{born:%Y-%m-%d}"
    )


_ANSWERS = {
    "now": _tell_now,
    "today": lambda arguments, now: _tell_day("today", now.date()),
    "weekday": lambda arguments, now: _tell_day("weekday", _day(arguments[0], now)),
    "days_between": _tell_between,
    "weeks_between": lambda arguments, now: _tell_between(arguments, now, weeks=True),
    "add_days": _tell_added,
    "until": _tell_until,
    "age": _tell_age,
    **CALENDAR_ANSWERS,
}
ABILITY = Ability(
    Tool(
        "date",
        "now(), today(), weekday(DATE), days_between(DATE, DATE), add_days(DATE, n), until(HH:MM),"
        " age(DATE)",
        (Parameter("question"),),
    ),
    quick,
    run_tool,
    order=35,
)
