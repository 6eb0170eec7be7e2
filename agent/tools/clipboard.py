"""The clipboard: it is read only when the user presses the button that this asks with."""

from __future__ import annotations

import re

from agent.tools.ability import Ability, Said, Toolbox
from agent.tools.reading.wishes import stripped
from agent.tools.types import Call, Result, Tool

_ASK = re.compile(
    r"(?:what(?:'s| is| do i have| have i got)|read|show|paste"
    r"|use|take|look at|summari[sz]e|explain|translate|check"
    r"|open)(?: me| out)?(?: what(?:'s| is))?(?: the text)?(?: in"
    r"| on| from)?(?: my| the)? clipboard(?: .{0,60})?"
    r"|(?:看看|读一?下|念一?下|查看|总结|翻译|解释|粘贴)?(?:一下)?(?:我的?)?剪贴板(?:里"
    r"|上|中)?(?:的?内容)?(?:有|是)?(?:什么|啥)?.{0,10}",
    re.I,
)


def quick(said: Said) -> Call | None:
    """Such as "What's on my clipboard?", "看看剪贴板里有什么"."""
    words = stripped(said.words).rstrip("?？")
    if re.match(
        r"what(?:'s| is) (?:a|the) clipboard(?: for| used for)?$|剪贴板是(?:什么|啥)", words, re.I
    ):
        return None
    return Call("clipboard", {}) if _ASK.fullmatch(words) else None


def run_tool(call: Call, box: Toolbox) -> Result:
    """Ask; the window puts the text into the message when the user agrees."""
    return Result("clipboard", "clipboard_asks", {})


ABILITY = Ability(Tool("clipboard", "read the clipboard (asks first)"), quick, run_tool, order=22)
