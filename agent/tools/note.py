"""Writes a note."""

from __future__ import annotations

import re

from agent.tools.ability import Ability, Said, Toolbox
from agent.tools.reading.wishes import about_words, is_question, stripped
from agent.tools.store import NOTE
from agent.tools.types import Call, Parameter, Result, Tool

_PATTERNS = tuple(
    re.compile(pattern, re.I | re.S)
    for pattern in (
        r"(?:make|take|write|save|add|create|leave|keep)(?: me"
        r"| us)? (?:a|another|this|the|my)?(?: quick| new| short)? ?notes?(?: down"
        r"| for me| to self)?(?: of| about| that|:|,| saying| to say)+[\s:,]*(?P<text>.+)",
        r"notes?(?: to self| for me| down| it| for later| this"
        r"| that)*(?: that|:|,)+\s*(?P<text>.+)",
        r"(?:note|jot)(?: down| it down)?(?: for me)?(?: that"
        r"|:)? (?P<text>(?!that\b|this\b|it\b|to\b|for\b|from\b).+)",
        r"(?:write|jot|put|get|take)(?: this| that| it)? down(?: for me)?(?: that"
        r"|:|,)?\s*(?P<text>(?!that\b|this\b|it\b).+)",
        r"(?P<text>.+?)[.,;:]? (?:write|put|save|note) (?:that"
        r"|this|it) (?:down )?(?:in|into|to|on) (?:my |the )?notes?",
        r"(?:write|put|save|add) (?P<text>.+?) (?:in|into|to|on) (?:my |the )?notes",
        r"(?:帮我|给我)?(?:记(?:一下|下来?|个笔记|一笔|条笔记"
        r"|笔记|录一?下)?|写(?:个|条)(?:笔记|备忘录?)|做(?:个"
        r"|条)笔记|备忘录?|笔记)[\s:：,，]+(?P<text>.+)",
        r"(?:帮我|给我)?(?:记一下|记下|记录一下|记个笔记|记个备忘"
        r"|备忘一下)(?P<text>(?!来|这|那|了).{2,})",
    )
)


_TO_WRITE = re.compile(
    r"(?:this|that|it|down|这个|那个|下来)$"
    r"|(?:some|a few|several|\d+|three|five|ten|all|as many|the (?:main|key|most))?(?: \w+)?"
    r" ?(?:points|details|aspects|ideas|facts|steps|reasons|examples|things|ways|key takeaways)\b"
    r"(?! (?:to|i|we)\b)|.{0,200}\bfrom (?:the )?(?:given|following|above) (?:text|passage)"
    r"|an? (?:main|story|poem|summary|paragraph|essay|letter)\b|(?:their|its) ",
    re.I | re.S,
)
"""What the model is asked to write; a note has its words already."""


def quick(said: Said) -> Call | None:
    """Such as "Note: the chorus starts on the fourth", "帮我记一下：打印机在三楼"."""
    if about_words(said.words) or (
        is_question(said.words) and not re.match(r"\W*(?:note|帮我|记)", said.words, re.I)
    ):
        return None
    words = stripped(said.words)
    if re.search(r"\blist\b|清单|待办|reminder|提醒", words[:60], re.I) or re.match(
        r"note (?:the|how|these|is|was)\b.*\?$|notes? (?:on|of|about)\b", words, re.I
    ):
        return None
    for pattern in _PATTERNS:
        if found := pattern.fullmatch(words):
            text = found["text"].strip(" :,，：。.")
            if len(text) >= 2 and not _TO_WRITE.match(text):
                return Call("note", {"text": text})
    return None


def run_tool(call: Call, box: Toolbox) -> Result:
    """Keep it."""
    text = str(call.arguments.get("text", "")).strip()
    if box.store.private:
        return Result("note", "private", {"text": text})
    kept = box.store.keep(NOTE, text, box.now.timestamp(), box.turn)
    return Result("note", "noted", {"text": text, "id": kept}, Call("forget", {"id": kept}))


ABILITY = Ability(Tool("note", "write a note", (Parameter("text"),)), quick, run_tool, order=32)
