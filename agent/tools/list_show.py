"""Tells what is on a list."""

from __future__ import annotations

import re

from agent.tools.ability import Ability, Said, Toolbox
from agent.tools.reading.lists import list_name
from agent.tools.reading.wishes import stripped
from agent.tools.types import Call, Parameter, Result, Tool

_NAME = r"(?P<list>(?:my |the |our |a )?(?:[\w'-]+ ){0,3}?)"
_PATTERNS = (
    rf"what(?:'s| is| else is| all is|s| do i have| have i got"
    rf"| did i (?:put|write)| have we got| do we have| am i having)?(?: still"
    rf"| left| already| currently)?(?: there)? (?:on|in) {_NAME}list(?: now"
    rf"| so far| already| at the moment| again)?",
    rf"(?:show|read|tell|give|list|open|display|see|view|check)(?: me"
    rf"| us)?(?: out)?(?: what's on| everything on| all of"
    rf"| the items on)? ?{_NAME}list(?: out| to me| again| now"
    rf"| please)?(?: out loud| aloud)?",
    rf"(?:is there |do i have |have i got )?(?:anything|something"
    rf"|what) (?:is )?(?:left )?on {_NAME}list",
    r"(?P<list>(?:my |the )?(?:shopping|grocery|to-do|todo|packing|christmas|reading|party) )list",
    r"what (?:do|did) i (?:need|have|want) to (?P<list>buy|do)(?: again)?",
)
_ALL = tuple(re.compile(pattern, re.I) for pattern in _PATTERNS)
_ZH = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?:看看|念一?下|读一?下|查一?下|查看|给我看看?|打开"
        r"|显示|看一?下|列出|说说)?(?:我的?|现在|那|这)*(?P<list>[^,，。：:我的现在]{0,8}?)(?:清单"
        r"|列表|单子)(?:里|上|中|里面|上面)?(?:现在|都|还|目前"
        r"|一共|已经)*(?:有|是|写了|记了|放了)?(?:些|点)?(?:什么"
        r"|啥|哪些|几样|多少东西)(?:东西|了)?",
        r"(?:看看|念一?下|读一?下|查一?下|查看|给我看看?|打开"
        r"|显示|看一?下|列出)(?:我的?|现在|一下)*(?P<list>[^,，。：:我的现在]{0,8}?)(?:清单"
        r"|列表|单子)",
        r"(?P<list>)(?:现在)?(?:清单|单子)上?都?有(?:些)?(?:什么|啥|哪些)",
    )
)
_AGAIN = re.compile(
    r"(?:so )?what(?:'s| is| do i have| have i got)?(?: all"
    r"| else is| else)? on (?:there|it)(?: now| so far)?|show (?:me )?(?:it"
    r"|all|everything|them)(?: all)?|read (?:it|them|that) (?:out"
    r"|back|to me)"
    r"|(?:现在)?(?:上面|里面)?都?有(?:些)?(?:什么|啥)",
    re.I,
)
_BUY = {"buy": "shopping", "do": "to-do"}


def quick(said: Said) -> Call | None:
    """Such as "What have I got on the shopping list?", "购物清单上有什么"."""
    words = stripped(said.words).rstrip("?？")
    for pattern in (*_ALL, *_ZH):
        if found := pattern.fullmatch(words):
            name = found["list"]
            if name and re.search(
                r"\b(?:price|wine|guest|waiting|mailing|contact|best|cast"
                r"|track|play|wait|bucket|word|file|ingredients?)\b",
                name,
                re.I,
            ):
                return None
            return Call("list_show", {"list": _BUY.get(name or "") or list_name(name, said)})
    if said.last and said.last.tool.startswith("list_") and _AGAIN.fullmatch(words):
        return Call("list_show", {"list": list_name(None, said)})
    return None


def run_tool(call: Call, box: Toolbox) -> Result:
    """The lines of the list; where it is empty the names of those that are not."""
    name = str(call.arguments.get("list") or "shopping")
    found = [item.item for item in box.store.items(name)]
    return Result("list_show", "list", {"list": name, "item": found, "others": box.store.lists()})


ABILITY = Ability(
    Tool("list_show", "tell what is on a list", (Parameter("list"),)), quick, run_tool, order=26
)
