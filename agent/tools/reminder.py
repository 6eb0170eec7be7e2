"""A reminder: says something at a moment, once or again and again."""

from __future__ import annotations

import re

from agent.tools.ability import Ability, Said, Toolbox
from agent.tools.alarm import wall
from agent.tools.clock import unix
from agent.tools.reading.moments import find_moment, resolve
from agent.tools.reading.wishes import about_words, is_question, stripped
from agent.tools.store import REMINDER, Due
from agent.tools.types import Call, Parameter, Result, Tool, Value

_TRIGGER = re.compile(
    r"^(?P<before>.{0,60}?)\b(?:(?:set|make|create|add|put"
    r"|give)(?: me| us| up| in)*(?: an?| another| the)? (?:reminder"
    r"|nudge)"
    r"|remind me|remind us|poke me|nudge me|ping me|reminder|don't let me forget)\b(?: again)?",
    re.IGNORECASE,
)
_ZH_TRIGGER = re.compile(
    r"提醒(?:一下)?(?:我们?|咱们?)?|(?<=后)叫我|(?<=[点半分刻])叫我(?!起)|记得叫我"
)
_REPEATS = (
    (
        r"\b(?:every day|each day|daily|every (?:morning|evening|night))\b|每天|每日|每晚|每早",
        "daily",
    ),
    (
        r"\b(?:every week|weekly)\b|\bevery (?=(?:mon|tues|wednes"
        r"|thurs|fri|satur|sun)day)|每周|每星期|每个?礼拜",
        "weekly",
    ),
)
_PART = {
    "every morning": "8:00",
    "every evening": "19:00",
    "every night": "21:00",
    "每晚": "",
    "每早": "",
}


def quick(said: Said) -> Call | None:
    """Such as "Remind me tomorrow at nine to ring the dentist", "今晚八点提醒我给妈妈打电话"."""
    if about_words(said.words) and not re.match(r"\W*don't let me forget", said.words, re.I):
        return None
    words = stripped(said.words)
    if said.last and said.last.code == "reminder_when":
        return _when(said, words)
    if is_question(said.words) and not re.search(r"[点天后]", words):
        return None
    if re.search(
        r"\b(?:what|which|how many|any) reminders\b|remind me (?:what"
        r"|who|where|why|which|when|how|of what)\b",
        words,
        re.I,
    ):
        return None
    found = _TRIGGER.search(words)
    if found and (not found["before"] or _is_moment(found["before"], said)):
        rest = f"{found['before']}  {words[found.end() :]}"
    elif (zh := _ZH_TRIGGER.search(words)) and not re.search(
        r"提醒(?:的|功能|事项|了|别人|大家|他|她)|什么|怎么", words
    ):
        rest = f"{words[: zh.start()]} {words[zh.end() :]}"
    else:
        return None
    return _call(rest, said)


def _is_moment(before: str, said: Said) -> bool:
    moment = find_moment(before, said.now)
    some = moment.hour is not None or moment.day or moment.ahead is not None
    return bool(some) and len(re.findall(r"\w+", moment.rest)) <= 2


def _when(said: Said, words: str) -> Call | None:
    """The moment alone, after Candor asked for it."""
    moment = find_moment(words, said.now)
    if moment.hour is None and moment.day is None and moment.ahead is None:
        bare = re.fullmatch(r"\W*(\d{1,2})\W*", moment.rest)
        if bare is None:
            return None
        moment = find_moment(f"at {bare[1]}", said.now)
    if len(re.findall(r"\w+", moment.rest)) > 3:
        return None
    call = _call(words, said)
    text = str(said.last.arguments.get("text", "")) if said.last else ""
    return Call(REMINDER, {**call.arguments, "text": text}) if call else None


def _call(rest: str, said: Said) -> Call | None:
    repeats = ""
    for pattern, name in _REPEATS:
        if found := re.search(pattern, rest, re.IGNORECASE):
            repeats = name
            instead = _PART.get(found[0].lower(), "") or (
                "晚上"
                if "晚" in found[0]
                else "周"
                if name == "weekly" and found[0][0] == "每"
                else ""
            )
            rest = rest[: found.start()] + f" {instead}" + rest[found.end() :]
            break
    moment = find_moment(rest, said.now)
    text = _text(moment.rest)
    if (
        re.search(r"\bbefore (?:that|it|then)\b", text, re.I)
        or find_moment(text, said.now).hour is not None
    ):
        return None  # What it hangs on stands elsewhere: left to the model.
    arguments: dict[str, Value] = {"text": text}
    if moment.ahead is not None and moment.day is None:
        arguments["in_minutes"] = (
            max(1, round(moment.ahead / 60)) if moment.ahead > 0 else round(moment.ahead / 60)
        )
        return Call(REMINDER, arguments)
    if moment.hour is None and moment.day is None and not repeats:
        return Call(REMINDER, arguments) if text else None
    at = resolve(moment, said.now, waking=bool(re.search(r"every morning|每早|早上", rest)))
    arguments |= {"time": f"{at:%H:%M}", "date": f"{at:%Y-%m-%d}"}
    if repeats:
        arguments["repeat"] = repeats
    return Call(REMINDER, arguments)


def _text(rest: str) -> str:
    rest = re.sub(
        r"^(?:[\s,.:;，。：-]|\b(?:to|about|that|for|of|i (?:need"
        r"|have|want) to|and|then|on|at)\b)+",
        "",
        rest,
        flags=re.I,
    )
    rest = re.sub(r"^(?:我们?|要|去?的时候|记得)(?=[\u4e00-\u9fff]{2})(?!们)", "", rest)
    return re.sub(r"[\s,.!?;:，。！？]+(?:to|and|at|on)?$", "", rest).strip()


def run_tool(call: Call, box: Toolbox) -> Result:
    """Set it; without a moment it asks for one, and one that has passed is told."""
    got = call.arguments
    text, repeats = str(got.get("text", "")), str(got.get("repeat", ""))
    minutes = got.get("in_minutes")
    if isinstance(minutes, int | float) and not isinstance(minutes, bool):
        at = resolve(find_moment(f"in {max(minutes, 0)} minutes", box.now), box.now, False)
        if minutes <= 0:
            return Result(
                REMINDER, "moment_passed", {"time": f"{at:%H:%M}", "day": f"{at:%Y-%m-%d}"}
            )
    elif not (got.get("time") or got.get("date") or got.get("day")):
        return Result(REMINDER, "reminder_when", {"text": text})
    else:
        day = str(got.get("date") or got.get("day") or "")
        clock = str(got.get("time") or "")
        found = wall(day, clock, box.now, waking=False)
        if found is None:
            return Result(REMINDER, "moment_unclear", {"text": f"{clock} {day}".strip()})
        at = found
    if unix(at.replace(tzinfo=None), box.now) <= box.now.timestamp():
        return Result(REMINDER, "moment_passed", {"time": f"{at:%H:%M}", "day": f"{at:%Y-%m-%d}"})
    wanted = at.replace(tzinfo=None).isoformat()
    due = box.store.add_due(
        Due(
            0,
            REMINDER,
            text,
            wanted,
            0.0,
            0,
            box.now.timestamp(),
            repeats if repeats in ("daily", "weekly") else "",
        )
    )
    told: dict[str, Value] = {
        "text": text,
        "time": f"{at:%H:%M}",
        "day": f"{at:%Y-%m-%d}",
        "today": f"{box.now:%Y-%m-%d}",
        "repeat": repeats,
        "id": due,
    }
    return Result(REMINDER, "reminder_set", told, Call("cancel", {"what": REMINDER, "id": due}))


ABILITY = Ability(
    Tool(
        REMINDER,
        "say something at a moment",
        (
            Parameter("text"),
            Parameter("time", required=False),
            Parameter("date", required=False),
            Parameter("in_minutes", "number", required=False),
            Parameter("repeat", choices=("daily", "weekly"), required=False),
        ),
    ),
    quick,
    run_tool,
    order=15,
)
