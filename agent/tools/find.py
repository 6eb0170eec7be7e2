"""Finds what the user had kept, and what they said in other chats."""

from __future__ import annotations

import re
from datetime import datetime

from agent.tools.ability import Ability, Said, Toolbox
from agent.tools.reading.likeness import likeness
from agent.tools.reading.wishes import stripped
from agent.tools.store import FACT, NOTE
from agent.tools.types import Call, Parameter, Result, Tool

_MOST = 5
_ME = re.compile(
    r"(?:so )?what (?:do|have|did) you (?:know|remember|remembered"
    r"|kept|stored|saved|learned|got)(?: stored| saved)?(?: about"
    r"| on| of) me(?: so far)?|(?:show|list|tell) (?:me )?(?:what you (?:know"
    r"|remember)|everything you (?:know|remember)|your (?:facts"
    r"|memory|memories))(?: about me)?"
    r"|你(?:都)?(?:知道|记得|记住|了解|记了)(?:我|关于我的?)(?:些"
    r"|哪些|的|了)*(?:什么|哪些|啥|事)?.{0,4}|你(?:都)?记(?:得"
    r"|住|了)(?:关于)?我(?:的)?(?:哪些|什么|啥).{0,4}|关于我,?你(?:都)?(?:知道"
    r"|记得)什么",
    re.I,
)
_NOTES = re.compile(
    r"(?:show|read|list|open|what are|what's in|what is in"
    r"|check|see)(?: me)?(?: all)?(?: my| the)? notes|(?:看看"
    r"|念一?下|读一?下|查看|打开|列出)(?:我的?)?(?:所有)?(?:笔记"
    r"|备忘录?)",
    re.I,
)
_PATTERNS = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        r"(?:find|search(?: for)?|look (?:up|for)|look)(?: for"
        r"| up)? (?P<query>.{2,80}?)(?:,)? (?:in|through|from) (?:my"
        r"|our|the|old|earlier|past|previous) ?(?:old |earlier "
        r"|past |previous |other )?(?:notes?|chats?|conversations?"
        r"|history|messages)",
        r"(?:search|look through|look in|go through|check) (?:my"
        r"|our) (?:old |earlier |past )?(?:notes?|chats?|conversations?"
        r"|history) (?:for|about) (?P<query>.{2,80})",
        r"(?:did|have) i (?:ever )?(?:write down|written down"
        r"|note down|noted down|note|noted|save|saved|jot down"
        r"|jotted down|put down) (?P<query>.{2,80}?)(?: anywhere"
        r"| somewhere| down)?",
        r"(?:and )?what did i (?:write|note|jot|save)(?: down)?(?: about"
        r"| on| for| of)? (?P<query>.{2,80})",
        r"(?:find|show me|read me|get me|bring up|pull up|where's"
        r"|where is) (?:my |the |that )note (?:about|on|of|with"
        r"|that says) (?P<query>.{2,80})",
        r"what(?:'s| is| was) in my notes? (?:about|on) (?P<query>.{2,80})",
        r"what did (?:i|we) (?:say|tell you|talk|discuss)(?: about)? (?P<query>.{2,80}?)"
        r" (?:last (?:time|week|month)|yesterday|the other day"
        r"|in (?:an|the) (?:other|earlier|last) chat)",
        r"(?:帮我)?(?:找找|找一?下|查一?下|搜一?下|搜索|查找|翻翻)(?:我(?:以前"
        r"|之前|上次)?(?:记|说|写|存)(?:过)?的?)(?P<query>.{2,40})",
        r"(?:帮我)?(?:在|从)?(?:我的?)?(?:笔记|备忘录|聊天记录"
        r"|历史)(?:里|中)?(?:找|查|搜)(?:找|一下)?(?P<query>.{2,40})",
        r"我(?:上次|之前|以前|那天)(?:跟你)?(?:说|记|写|存|提)(?:过)?的?(?P<query>.{2,40}?)(?:在哪.*"
        r"|是(?:什么|多少|哪.*|啥)|来着|吧.*)",
        r"我(?:有没有|是不是)?(?:记|写|存)(?:过|下)(?P<query>.{2,40}?)(?:吗|没有)?",
    )
)


def quick(said: Said) -> Call | None:
    """Such as "What do you know about me?", "did I write down the code?", "找找我记的密码"."""
    words = stripped(said.words).rstrip("?？")
    if _ME.fullmatch(words):
        return Call("find", {"text": "*"})
    if _NOTES.fullmatch(words):
        return Call("find", {"text": "*notes"})
    for pattern in _PATTERNS:
        if found := pattern.fullmatch(words):
            return Call("find", {"text": found["query"].strip()})
    return None


def run_tool(call: Call, box: Toolbox) -> Result:
    """Facts, notes and own words of earlier chats that fit, the best first."""
    query = str(call.arguments.get("text") or call.arguments.get("query") or "")
    if query == "*":
        facts = box.store.kept(FACT)
        return Result("find", "facts", {"item": [_dated(f.made, f.text, box) for f in facts]})
    if query == "*notes":
        notes = box.store.kept(NOTE)
        return Result("find", "notes", {"item": [_dated(n.made, n.text, box) for n in notes]})
    scored = sorted(
        ((likeness(query, one.text), one.made, one.text) for one in box.store.kept()), reverse=True
    )
    found = [_dated(made, text, box) for score, made, text in scored if score >= 0.3][:_MOST]
    if not found:
        found = [f"“{words}”" for words in box.found(query)[:_MOST]]
    return Result("find", "found" if found else "found_nothing", {"text": query, "item": found})


def _dated(made: float, text: str, box: Toolbox) -> str:
    return f"{datetime.fromtimestamp(made, box.now.tzinfo):%Y-%m-%d} {text}"


ABILITY = Ability(
    Tool("find", "look in notes, facts and earlier chats", (Parameter("text"),)),
    quick,
    run_tool,
    order=28,
)
