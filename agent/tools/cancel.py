"""Stops a timer, alarm or reminder, says how long is left and what is set."""

from __future__ import annotations

import re
from datetime import datetime

from agent.tools.ability import Ability, Said, Toolbox
from agent.tools.reading.lengths import LENGTH, lengths, seconds
from agent.tools.reading.likeness import likeness
from agent.tools.reading.moments import find_moment, resolve
from agent.tools.reading.wishes import about_words, is_question, stripped
from agent.tools.store import ALARM, REMINDER, STOPWATCH, TIMER, Due
from agent.tools.types import Call, Parameter, Result, Tool, Value

_KINDS = {
    "timer": TIMER,
    "countdown": TIMER,
    "alarm": ALARM,
    "reminder": REMINDER,
    "stopwatch": STOPWATCH,
    "计时": TIMER,
    "定时": TIMER,
    "闹钟": ALARM,
    "闹铃": ALARM,
    "提醒": REMINDER,
    "秒表": STOPWATCH,
}
_KIND = r"(?P<kind>timer|countdown|alarm|reminder|stopwatch)s?"
_CANCEL = re.compile(
    rf"(?:cancel|stop|delete|turn off|switch off|kill|remove"
    rf"|clear|dismiss|end|silence|shut off|scrap|drop|get rid of"
    rf"|abort|forget|skip)(?: up)? (?:(?P<all>all(?: of)?(?: my"
    rf"| the)?|every|both) )?(?:my |the |that |this |our )?(?P<which>.{{0,40}}?)"
    rf" ?\b{_KIND}(?: (?:for|called|about|named|at|to|on|that) (?P<more>.{{1,60}}))?"
    rf"|turn (?:the |my |that )?(?P<which2>.{{0,30}}?) ?\b(?P<kind2>timer|alarm|reminder)s? off",
    re.I,
)
_NO_NEED = re.compile(
    r"(?:i|we) (?:don't|do not|no longer) need (?:the |that "
    r"|my )(?P<which>.{0,30}?) ?(?P<kind>timer|alarm|reminder)s?(?: any ?more"
    r"| any longer)?",
    re.I,
)
_ZH_KIND = r"(?P<kind>倒?计时|定时|闹钟|闹铃|提醒|秒表)器?"
_ZH_CANCEL = re.compile(
    rf"(?:把|将)?(?P<all>所有|全部)?(?P<which>.{{0,16}}?)的?{_ZH_KIND}(?:都"
    rf"|给我)?(?:取消|关掉|关了|停掉|删掉|停了|关闭|删除|撤销"
    rf"|不要了|去掉).?"
    rf"|(?:取消|关掉|停掉|停止|删掉|关闭|删除|停下|撤销|关)(?P<all2>所有"
    rf"|全部)?(?P<which2>.{{0,16}}?)的?{_ZH_KIND.replace('kind', 'kind2')}",
)
_LEFT = re.compile(
    r"(?:and )?how (?:long|much time|much longer|many minutes)(?: is"
    r"| have i got| do i have|'s)?(?: there)?(?: left| to go"
    r"| remaining| still)*(?: (?:on|for|of|until|till|does"
    r"|has)(?: my| the)? ?(?P<which>.{0,30}?) ?\b(?P<kind>timer"
    r"|alarm|countdown)?(?: have)?(?: left| goes off| rings)?)?"
    r"|(?:what(?:'s| is) left|time left|how's the timer(?: doing)?"
    r"|timer status|check (?:the |my )timer)(?: on (?:my "
    r"|the )?timer)?"
    r"|(?P<zh>(?:.{0,12}?(?:计时器?|倒计时|闹钟|定时器?))?(?:还剩"
    r"|还有|剩|剩下)(?:多久|多长时间|多少时间|几分钟|多少分钟"
    r"|多少))(?:了|啊|时间|响|到)*",
    re.I,
)
_SHOW = re.compile(
    rf"(?:what|which|are there(?: any)?|do i have(?: any)?"
    rf"|have i got(?: any)?|show(?: me)?|list|tell me)(?: are)?(?: all)?(?:"
    rf" my| the)? ?(?:active |running |set )?{_KIND}(?: are"
    rf"| do i| have i| is)?(?: there| have| got| set| running"
    rf"| on| active| right now| now| today| i have| coming up"
    rf"| waiting)*"
    rf"|(?:any|when is my(?: next)?|what time is my|when does my"
    rf"|what's my next) (?P<kind2>alarm|reminder|timer)s?(?: set"
    rf"| on| running| go off| ring)*"
    rf"|(?:我)?(?:现在)?(?:有|设了|定了|还有)(?:哪些|什么|几个"
    rf"|多少个?)(?P<zh>计时器?|闹钟|提醒|定时器?)|(?:看看|查看"
    rf"|列出)(?:我的?)?(?:所有)?(?P<zh2>计时器?|闹钟|提醒)",
    re.I,
)
_UNDO = re.compile(
    r"undo(?: (?:that|it|this|the last (?:one|thing|step)))?"
    r"|take (?:that|it) back|revert (?:that|it)|never mind(?: that"
    r"| the (?:timer|alarm|reminder))?|cancel (?:that|it)"
    r"|no,? (?:cancel|delete|undo) (?:that|it)|撤销|撤回|取消(?:刚才的?"
    r"|它|这个|那个)?|不要了|算了,?(?:取消|不要)?(?:了|吧)?",
    re.I,
)


def quick(said: Said) -> Call | None:
    """Such as "Cancel the timer", "how long is left?", "which alarms are set?", "关掉闹钟"."""
    words = stripped(said.words).rstrip("?？") or said.words
    if found := _NO_NEED.fullmatch(words):
        return _stop(found, words)
    if about_words(said.words):
        return None
    return _takes_back(said, words) or _tells(said, words) or _stops(said, words)


def _takes_back(said: Said, words: str) -> Call | None:
    if said.last is None or said.last.undo is None:
        return None
    whole = _UNDO.fullmatch(words) or _UNDO.fullmatch(said.words.strip(" .!。！"))
    return Call("cancel", {"what": "last"}) if whole else None


def _tells(said: Said, words: str) -> Call | None:
    if found := _SHOW.fullmatch(words):
        return Call("cancel", {"what": _kind(found), "action": "show"})
    found = _LEFT.fullmatch(words)
    if found is None or not (found["kind"] or found["zh"] or _counts(said) or "timer" in words):
        return None
    alarm = found["kind"] == "alarm" or "闹" in words
    which = (found["which"] or "").strip()
    return Call("cancel", {"what": ALARM if alarm else TIMER, "which": which, "action": "left"})


def _stops(said: Said, words: str) -> Call | None:
    polite = re.match(r"\W*(?:please|can|could|would)", said.words, re.I)
    if is_question(said.words) and not polite:
        return None
    found = _CANCEL.fullmatch(words) or _ZH_CANCEL.fullmatch(words)
    return _stop(found, words) if found else None


def _stop(found: re.Match[str], words: str) -> Call | None:
    got = found.groupdict()
    which = f"{got.get('which') or got.get('which2') or ''} {got.get('more') or ''}".strip()
    if re.search(r"\b(?:smoke|fire|car|burglar|how to|a|snooze)\b", which, re.I):
        return None
    arguments: dict[str, Value] = {"what": _kind(found), "action": "cancel"}
    if which := re.sub(r"^(?:the|my|our)\s+", "", which, flags=re.I):
        arguments["which"] = which
    several = re.search(r"\b(?:timers|alarms|reminders)$", words, re.I)
    if got.get("all") or got.get("all2") or several:
        arguments["all"] = True
    return Call("cancel", arguments)


def _counts(said: Said) -> bool:
    return said.last is not None and said.last.tool in (TIMER, ALARM, "cancel", REMINDER)


def _kind(found: re.Match[str]) -> str:
    word = next(
        (
            found.groupdict().get(k)
            for k in ("kind", "kind2", "zh", "zh2")
            if found.groupdict().get(k)
        ),
        "",
    )
    return next((kind for name, kind in _KINDS.items() if name in (word or "").lower()), TIMER)


def run_tool(call: Call, box: Toolbox) -> Result:
    """Cancel, or tell what is left or set."""
    what = str(call.arguments.get("what") or TIMER)
    if what == "last":
        return Result("cancel", "undo", {})
    waiting = [due for due in box.store.due() if what in ("all", due.kind)]
    if isinstance(number := call.arguments.get("id"), int):
        return _cancelled([due for due in waiting if due.id == number], what, box)
    chosen = _chosen(waiting, str(call.arguments.get("which", "")), box)
    match call.arguments.get("action", "cancel"):
        case "show":
            return Result(
                "cancel", "due_list", {"what": what, "item": [_line(d, box) for d in waiting]}
            )
        case "left":
            return Result(
                "cancel", "due_left", {"what": what, "item": [_line(d, box) for d in chosen]}
            )
        case _ if len(chosen) > 1 and not call.arguments.get("all"):
            rest = [_line(due, box) for due in chosen[:-1]]
            result = _cancelled(chosen[-1:], what, box)
            return Result(
                "cancel", "cancelled_one", {**result.arguments, "rest": rest}, result.undo
            )
        case _:
            return _cancelled(chosen, what, box)


def _cancelled(chosen: list[Due], what: str, box: Toolbox) -> Result:
    if not chosen:
        return Result("cancel", "cancelled_none", {"what": what})
    for due in chosen:
        box.store.set_state(due.id, "cancelled")
    numbers = [str(due.id) for due in chosen]
    told: dict[str, Value] = {"what": what, "item": [_line(due, box) for due in chosen]}
    return Result("cancel", "cancelled", told, Call("again", {"id": numbers}))


def _chosen(waiting: list[Due], which: str, box: Toolbox) -> list[Due]:
    """Those that fit what was said of it: its length, its time of day or its label."""
    which = lengths(which)
    if not which.strip():
        return waiting
    if found := re.search(LENGTH, which, re.I):
        wanted = seconds(found["length"])
        if fitting := [due for due in waiting if due.seconds == wanted]:
            return fitting
    moment = find_moment(which, box.now)
    if moment.hour is not None:
        at = resolve(moment, box.now, waking=True)
        return [
            due
            for due in waiting
            if due.wall[11:16] in (f"{at:%H:%M}", f"{(at.hour + 12) % 24:02}:{at.minute:02}")
        ]
    named = [due for due in waiting if likeness(which, due.label) > 0.3]
    return named or [due for due in waiting if which.strip().casefold() in due.label.casefold()]


def _line(due: Due, box: Toolbox) -> str:
    """`kind|seconds left or ISO|label`, from which a sentence is made."""
    if due.kind in (TIMER, STOPWATCH):
        left = max(0, round(min(due.at - box.now.timestamp(), due.seconds)))
        return f"{due.kind}|{left}|{due.label}|{due.seconds}"
    return f"{due.kind}|{datetime.fromisoformat(due.wall):%Y-%m-%d %H:%M}|{due.label}|{due.repeats}"


ABILITY = Ability(
    Tool(
        "cancel",
        "stop a timer, alarm or reminder, or tell what is left or set",
        (
            Parameter("what", choices=(TIMER, ALARM, REMINDER)),
            Parameter("which", required=False),
            Parameter("action", choices=("cancel", "left", "show"), required=False),
        ),
    ),
    quick,
    run_tool,
    order=12,
)
