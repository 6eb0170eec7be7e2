"""An alarm: rings at a time of day."""

from __future__ import annotations

import re
from datetime import datetime

from agent.tools.ability import Ability, Said, Toolbox
from agent.tools.clock import unix
from agent.tools.reading.moments import WallTime, find_moment, resolve
from agent.tools.reading.wishes import about_words, is_question, stripped
from agent.tools.store import ALARM, Due
from agent.tools.types import Call, Parameter, Result, Tool, Value

_TRIGGER = re.compile(
    r"\b(?:wake|get) (?:me|us) up\b|\bwake (?:me|us)\b"
    r"|\b(?:(?:set|make|put|create|add|give|start|need|want"
    r"|i need|i want|i'd like)(?: me| us| up| on)*(?: an?"
    r"| another| the| my| a second| one more| new)*[ -])?(?:\w+ )??alarm(?:"
    r" clock)?\b"
    r"|叫我起床|叫醒我|喊我起床|叫我起来|闹钟|叫我$|叫我(?=[,，。])",
    re.IGNORECASE,
)
_ANOTHER = re.compile(
    r"^(?:another|one more|a second|make another|再来一个|再定一个)|再响一次", re.IGNORECASE
)
_OTHER = re.compile(
    r"^(?:alarm|fire|smoke|car|burglar)\b.*\b(?:went off|is"
    r"|was|goes|keeps)\b|false alarm|smoke alarm|fire alarm"
    r"|car alarm",
    re.I,
)


def quick(said: Said) -> Call | None:
    """Such as "Wake me at quarter to six tomorrow", "明早六点半叫我起床"."""
    if about_words(said.words) or is_question(said.words) or _OTHER.search(said.words):
        return None
    words = stripped(said.words)
    trigger = _TRIGGER.search(words)
    again = said.last is not None and said.last.tool == ALARM and _ANOTHER.search(words)
    if trigger is None and not again:
        return None
    if (
        trigger
        and not re.match(
            r"(?:wake|get|alarm|set|make|put|create|add|give|start|i need|i want|i'd|need|want)",
            trigger[0],
            re.I,
        )
        and trigger[0].isascii()
    ):
        return None
    rest = words.replace(trigger[0], " ", 1) if trigger else _ANOTHER.sub(" ", words)
    moment = find_moment(rest, said.now)
    if moment.hour is None and moment.ahead is None:
        bare = re.fullmatch(r"\s*(?:at|for)?\s*(\d{1,2})\s*", moment.rest)
        if bare is None or not int(bare[1]) <= 24:
            return None
        moment = WallTime(int(bare[1]) % 24, 0, moment.day, int(bare[1]) > 12, "")
    at = resolve(moment, said.now, waking=True)
    arguments: dict[str, Value] = {"time": f"{at:%H:%M}", "day": f"{at:%Y-%m-%d}"}
    if label := _label(moment.rest):
        arguments["label"] = label
    return Call(ALARM, arguments)


def _label(rest: str) -> str:
    rest = re.sub(
        r"^(?:\W|\b(?:for|at|on|to|so|that|the|up|me|an?|and|by)\b)+|[\W]+$", "", rest, flags=re.I
    )
    rest = re.sub(
        r"^(?:我|请|帮我|的|再|响一次|一个|定|设|,|，)+|(?:叫我|吧|的|我|一个|定|设|再响一次)$",
        "",
        rest,
    )
    return rest if 2 <= len(rest) <= 40 else ""


def run_tool(call: Call, box: Toolbox) -> Result:
    """Set it; a moment that has passed is told, and so is a second one at that minute."""
    day, clock = str(call.arguments.get("day", "")), str(call.arguments.get("time", ""))
    at = wall(day, clock, box.now, waking=True)
    if at is None:
        return Result(ALARM, "moment_unclear", {"text": f"{clock} {day}".strip()})
    if unix(at, box.now) <= box.now.timestamp():
        return Result(ALARM, "moment_passed", {"time": f"{at:%H:%M}", "day": f"{at:%Y-%m-%d}"})
    wanted = at.replace(tzinfo=None).isoformat()
    twice = any(due.wall == wanted for due in box.store.due(ALARM))
    label = str(call.arguments.get("label", ""))
    due = box.store.add_due(Due(0, ALARM, label, wanted, 0.0, 0, box.now.timestamp()))
    told: dict[str, Value] = {
        "time": f"{at:%H:%M}",
        "day": f"{at:%Y-%m-%d}",
        "today": f"{box.now:%Y-%m-%d}",
        "label": label,
        "id": due,
        "twice": twice,
    }
    return Result(ALARM, "alarm_set", told, Call("cancel", {"what": ALARM, "id": due}))


def wall(day: str, clock: str, now: datetime, waking: bool) -> datetime | None:
    """The wall time of a call, as a rule or a model wrote it; None where it is none."""
    moment = find_moment(f"{day} {clock}".strip(), now)
    if moment.hour is None and moment.day is None and moment.ahead is None:
        return None
    return resolve(moment, now, waking)


ABILITY = Ability(
    Tool(
        ALARM,
        "ring at a time of day (HH:MM, 24 hours)",
        (Parameter("time"), Parameter("day", required=False), Parameter("label", required=False)),
    ),
    quick,
    run_tool,
    order=30,
)
