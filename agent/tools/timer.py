"""A timer: counts down and rings."""

from __future__ import annotations

import re
from datetime import timedelta

from agent.tools.ability import Ability, Said, Toolbox
from agent.tools.reading.lengths import LENGTH, lengths, parted, seconds
from agent.tools.reading.wishes import about_words, is_question, stripped
from agent.tools.store import TIMER, Due
from agent.tools.types import Call, Parameter, Result, Tool, Value

_LONGEST_S = 7 * 86400

_FOR = (
    r"(?:\s*,?\s*(?:called|named|labell?ed|for)\s+(?:the "
    r"|my |a |an |some |our )?(?P<label>[^,.!?]{1,50}?))?"
)
_LABEL = r"(?P<label>[^,.!?\d]{1,30}?)"
_ASK = (
    r"(?:set|start|put|make|give|run|begin|create|add|do|get"
    r"|need|i need|i want|i'd like|want|have|time|kick off)"
)
_PATTERNS = (
    rf"{_ASK}(?: me| us| up| on)?(?: an?| another| a second"
    rf"| one more| the| my| new)*(?: (?P<first>[a-z]{{2,20}}))?(?: count ?down"
    rf"| kitchen| egg)?[ -]timer(?: of| for| to| on| at|:|,)*(?: about)? {LENGTH}{_FOR}",
    rf"{_ASK}(?: me| us| up)?(?: an?| another| a second| the"
    rf"| my)? {LENGTH}[ -]*(?:(?P<kind>[a-z]{{2,20}}) )?(?:count ?down )?timer{_FOR}(?:"
    rf" so .*)?",
    rf"{_ASK}(?: an?| the| my| another)*(?: (?P<first>[a-z]{{2,20}}))? timer"
    rf" for (?:the |my |a )?{_LABEL}(?:,| for| of|:) *{LENGTH}",
    rf"(?:an? |another |a second |the )?(?:(?P<first>[a-z]{{2,20}}) )?timer(?:"
    rf" for| of|,|:|\s)*{LENGTH}(?:,? (?P<bare>[^,.!?]{{2,40}}))?",
    rf"(?:an? |another )?{LENGTH}[ -]*timer{_FOR}",
    rf"timer for (?:the |my )?{_LABEL},? {LENGTH}",
    rf"count ?down (?:from )?{LENGTH}",
    rf"(?:an? )?{LENGTH} count ?down",
    rf"set (?:me |us |up |something for )*{LENGTH}{_FOR}(?: on the clock)?",
    rf"(?:time me for|give me) {LENGTH}(?: on the clock)?",
    rf"{LENGTH}{_FOR},? go",
    rf"{LENGTH} for (?:the |my |our )?(?P<label>[^,.!?]{{1,40}}?)",
    rf"{LENGTH},? (?:for )?(?P<nap>nap),? wake me(?: up)?",
)
_ALL = tuple(re.compile(pattern, re.IGNORECASE) for pattern in _PATTERNS)
_CHINESE = re.compile(
    rf"^(?=.*(?:定时|计时|倒数|闹|定个|定一?个|设个|设一?个"
    rf"|看着点|掐表|来个))(?P<before>[^\d]*?){LENGTH}(?P<after>.*)$"
)
_ZH_NOISE = re.compile(
    r"帮我|给我|麻烦|请|定时器?|倒计时|计时器?|计时|倒数|定一?个"
    r"|设置?一?个|设定|设|开始|开|启动|来一?个|再来一?个|再"
    r"|一个|个|的|先|好|那|行|我要|我|要|吧|了|看着点|闹钟?"
    r"|一下|[,，。!！、 ]"
)
_AGAIN = re.compile(
    rf"(?:a second (?:one|timer)|another(?: one)?|one more"
    rf"|2 more|the next one|a new one)[\s,:]*(?:for |of )?{LENGTH}[\s,]*{_FOR}"
    rf"|(?:再来一?个|再定一?个|还要一?个|第二个)"
    rf"[\s,，]*(?P<zhlabel>[^\d,，]*?){LENGTH.replace('length', 'other')}",
    re.IGNORECASE,
)
_INSTEAD = re.compile(
    rf"(?:no[\s,]+)?(?:make (?:it|that)|change (?:it|that) to"
    rf"|i said|i meant|let's say)[\s,]+{LENGTH}(?: instead)?"
    rf"|(?:不[对是]?[,，]?)?(?:改成|换成|改为|我说的?是){LENGTH.replace('length', 'other')}",
    re.IGNORECASE,
)


def quick(said: Said) -> Call | None:
    """Such as "Set a timer for 12 minutes", "面膜十五分钟，帮我看着点"."""
    if about_words(said.words) or is_question(said.words):
        return None
    words = lengths(stripped(said.words))
    return _goes_on(said, words) or _bare(said, words) or _plain(words) or _chinese(words)


def _goes_on(said: Said, words: str) -> Call | None:
    """Right after a timer: "and a second one …", "make it 14"."""
    if said.last is None or said.last.tool != TIMER:
        return None
    if found := _INSTEAD.fullmatch(words):
        label = str(said.last.arguments.get("label", ""))
        return _call(found["length"] or found["other"], label, instead=True)
    if found := _AGAIN.fullmatch(words):
        return _call(found["length"] or found["other"], found["label"] or found["zhlabel"] or "")
    return None


def _bare(said: Said, words: str) -> Call | None:
    """A length alone, after a timer or with "go"; "timer 85"."""
    if found := re.fullmatch(r"(?:a )?timer(?: then)?(?: for|,)* (\d{1,3})", words, re.IGNORECASE):
        return _call(f"{found[1]} minutes", "")
    same = said.last is not None and said.last.tool == TIMER
    if not same and not re.search(r"\bgo\W*$|开始[!！]*$", said.words, re.IGNORECASE):
        return None
    alone = re.fullmatch(rf"{LENGTH}(?:,? go)?", "1 minute" if words == "minute" else words, re.I)
    return _call(alone["length"], "") if alone else None


def _plain(words: str) -> Call | None:
    for pattern in _ALL:
        if found := pattern.fullmatch(words):
            got = found.groupdict()
            names = ("label", "kind", "first", "bare", "nap")
            return _call(got["length"], next((got[n] for n in names if got.get(n)), ""))
    return None


def _chinese(words: str) -> Call | None:
    found = _CHINESE.match(words)
    if found is None or re.search(r"\d点|闹钟|每天|提醒|秒表", words):
        return None
    label = _ZH_NOISE.sub("", found["before"]) or _ZH_NOISE.sub("", found["after"])
    return _call(found["length"], label if len(label) <= 12 else "")


def _call(length: str, label: str, instead: bool = False) -> Call:
    arguments: dict[str, Value] = dict(parted(seconds(length)))
    label = re.sub(
        r"^(?:for\s+)?(?:the|my|a|an|some|our)\s+", "", label.strip(), flags=re.IGNORECASE
    )
    if label and label.lower() not in (
        "new",
        "quick",
        "me",
        "second",
        "go",
        "count",
        "please",
        "then",
        "it",
        "that",
        "this",
        "them",
    ):
        arguments["label"] = label
    if instead:
        arguments["instead"] = True
    return Call(TIMER, arguments)


def run_tool(call: Call, box: Toolbox) -> Result:
    """Set it; a length that is not ahead, or beyond a week, is told."""
    got = call.arguments
    total = round(sum(_number(got.get(name)) * worth for name, worth in _WORTH.items()))
    label = str(got.get("label", ""))
    if total <= 0:
        return Result(TIMER, "timer_not_ahead", {"seconds": total})
    if total > _LONGEST_S:
        return Result(TIMER, "timer_too_long", {"seconds": total})
    if got.get("instead") and box.last and isinstance(before := box.last.arguments.get("id"), int):
        box.store.set_state(before, "cancelled")
    made = box.now.timestamp()
    due = box.store.add_due(Due(0, TIMER, label, "", made + total, total, made))
    ends = f"{box.now + timedelta(seconds=total):%H:%M}"
    told: dict[str, Value] = {"seconds": total, "label": label, "ends": ends, "id": due}
    return Result(TIMER, "timer_set", told, Call("cancel", {"what": TIMER, "id": due}))


def _number(value: Value | None) -> float:
    return float(value) if isinstance(value, int | float) else 0.0


_WORTH = {"hours": 3600, "minutes": 60, "seconds": 1}

ABILITY = Ability(
    Tool(
        TIMER,
        "count down a length of time, then ring",
        (
            Parameter("hours", "number", required=False),
            Parameter("minutes", "number", required=False),
            Parameter("seconds", "number", required=False),
            Parameter("label", required=False),
        ),
    ),
    quick,
    run_tool,
    order=20,
)
