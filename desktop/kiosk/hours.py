"""Times of the day: when the kiosk is open, how bright it is, and when it may start anew."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SPAN = re.compile(r"(?:([a-z, -]+) )?(\d{1,2}:\d{2}) ?- ?(\d{1,2}:\d{2})")
_LEVEL = re.compile(r"(\d{1,2}:\d{2}) (\d(?:\.\d+)?)")
_MIDNIGHT = time(0)
_LEAST_LIGHT = 0.1
"""A screen that is darker reads as switched off."""
_SHIFT_EVERY_S, _SHIFT = 60, 4


@dataclass(frozen=True, slots=True)
class OpenSpan:
    """From an hour to another on some days; one that ends before it begins ends on the next day."""

    days: frozenset[int]
    begins: time
    ends: time

    def covers(self, now: datetime) -> bool:
        """Whether it is open then."""
        clock, day = now.time(), now.weekday()
        if self.begins < self.ends:
            return day in self.days and self.begins <= clock < self.ends
        late = day in self.days and clock >= self.begins
        return late or ((day - 1) % 7 in self.days and clock < self.ends)


@dataclass(frozen=True, slots=True)
class Brightness:
    """How bright it is from an hour on."""

    begins: time
    light: float


def open_span(text: str) -> OpenSpan:
    """The span of a text such as `Mon-Fri 09:00-17:00`; without days it is every day.

    ValueError where it is none.
    """
    found = _SPAN.fullmatch(text.strip().lower())
    if not found:
        raise ValueError(text)
    days = frozenset(_days(found[1])) if found[1] else frozenset(range(7))
    return OpenSpan(days, _clock(found[2]), _clock(found[3]))


def brightness(text: str) -> Brightness:
    """The level of a text such as `22:00 0.4`; ValueError where it is none."""
    found = _LEVEL.fullmatch(text.strip())
    if not found or not _LEAST_LIGHT <= float(found[2]) <= 1:
        raise ValueError(text)
    return Brightness(_clock(found[1]), float(found[2]))


def is_open(now: datetime, spans: Sequence[OpenSpan]) -> bool:
    """Whether the kiosk is open; always where no hours are given."""
    return not spans or any(span.covers(now) for span in spans)


def opens_at(now: datetime, spans: Sequence[OpenSpan]) -> datetime | None:
    """When it opens next, within a week; None where it is open, or no hours are given."""
    if is_open(now, spans):
        return None
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    begins = (
        datetime.combine(day.date(), span.begins)
        for day in (today + timedelta(days=ahead) for ahead in range(8))
        for span in spans
        if day.weekday() in span.days
    )
    return min((begin for begin in begins if begin > now), default=None)


def dimming(now: datetime, hours: Sequence[Brightness]) -> float:
    """How bright the pages are then, from 0.1 to 1."""
    if not hours:
        return 1.0
    ordered = sorted(hours, key=lambda level: level.begins)
    begun = [level for level in ordered if level.begins <= now.time()]
    # Before the first of the day the last of the evening still holds.
    return (begun or ordered)[-1].light


def shift_against_burn_in(now: datetime) -> tuple[int, int]:
    """By how many pixels the pages stand aside in this minute: a slow path around the middle."""
    path = (
        *((x, -_SHIFT) for x in range(-_SHIFT, _SHIFT)),
        *((_SHIFT, y) for y in range(-_SHIFT, _SHIFT)),
        *((-x, _SHIFT) for x in range(-_SHIFT, _SHIFT)),
        *((-_SHIFT, -y) for y in range(-_SHIFT, _SHIFT)),
    )
    seconds = (now - datetime(2000, 1, 1)).total_seconds()
    return path[int(seconds // _SHIFT_EVERY_S) % len(path)]


def _days(text: str) -> set[int]:
    days = set[int]()
    for part in text.replace(" ", "").split(","):
        first, dash, last = part.partition("-")
        begin = _DAYS.index(first)
        end = _DAYS.index(last) if dash else begin
        days |= {(begin + ahead) % 7 for ahead in range((end - begin) % 7 + 1)}
    return days


def _clock(text: str) -> time:
    if text == "24:00":
        return _MIDNIGHT
    hour, minute = map(int, text.split(":"))
    return time(hour, minute)
