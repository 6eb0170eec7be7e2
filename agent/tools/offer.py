"""An offer that the user takes: "Shall I set a timer for 8 minutes?", and then "yes, please".

A yes is the user's own word, and what it stands for is what they have just read. It counts only
where nothing but the user's words stood in the chat (law 4), only for the answer right before it,
and only for deeds that harm nobody and can be undone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from agent.memory.history_rows import StoredTurn
from agent.tools.planning import ToolPlan
from agent.tools.reading.lengths import LENGTH, lengths

_OFFERED = frozenset(
    ["timer", "alarm", "reminder", "stopwatch", "list_add", "note", "calculate", "convert", "date"]
)
_OWN = frozenset(["heard", "fact", "note", "earlier"])
"""Kinds of evidence that are the user's own words."""
_YES = re.compile(
    r"(?:(?:oh|ah|hm+|well)\W+)?"
    r"(?:(?:yes|yeah|yep|yup|sure|ok|okay|alright|please|of course|absolutely|definitely|gladly"
    r"|why not|good idea|great|sounds good|perfect|do (?:it|that|so)|go (?:ahead|for it)"
    r"|i(?:'d| would) like that|that would be (?:great|nice|good|lovely))"
    r"(?:\W+(?:please|do|do (?:it|that|so)|go ahead|thanks|thank you|then|you can|that's fine))*)"
    r"|(?:(?:嗯|好|好的|好啊|好呀|好吧|行|行啊|可以|可以的|要|要的|是|是的|对|当然|没问题|需要|来吧|麻烦你了?"
    r"|就这样|请吧|设吧|定吧)[\s,，。!！]*(?:谢谢你?|请|麻烦你?了?|吧|啊|设吧|定吧|做吧)?)",
    re.I,
)
_OFFERS = re.compile(
    r"\b(?:shall i|should i|can i|may i|could i|(?:would you like|do you want|want) me to"
    r"|would it help if i|i can|i could) (?P<deed>[^.!?。？\n]{3,120})\?"
    r"|(?:要不要|需不需要|需要|想要|要|想)(?:让)?我(?:来)?(?:帮你|给你|为你|替你)?"
    r"(?P<zh>[^。！？?\n]{2,60}?)(?:吗|呢)?[？?]",
    re.I,
)
_AFTERTHOUGHT = re.compile(
    r"\s*(?:,? (?:for you|now|if you like|if you want|to help(?: you)?|right away|as well"
    r"|for that|for this))+\s*$",
    re.I,
)
_BARE_TIMER = re.compile(r"(?:set|start|put on) (?:an?|the|your) timer|定个?(?:定时器|闹钟)", re.I)


def accepted(words: str, past: Sequence[StoredTurn]) -> str:
    """The wish that a yes stands for, in the words of the offer; empty where it is no yes to one.

    `past` are the turns of the chat before, the oldest first.
    """
    if not past or not _YES.fullmatch(words.strip().rstrip(".!。！~ ").replace("\u2019", "'")):
        return ""
    if any(item.kind not in _OWN for turn in past for item in turn.evidence):
        return ""
    reply = past[-1].reply.strip()
    found = next(reversed(list(_OFFERS.finditer(reply))), None)
    # It has to be what the answer ends with.
    if found is None or reply[found.end() :].strip(" *_\"'”’)）"):
        return ""
    deed = _AFTERTHOUGHT.sub("", found["deed"] or found["zh"]).strip()
    return _timed(_from_the_user(deed), past[-1], reply[: found.start()])


def harmless(found: ToolPlan | None) -> ToolPlan | None:
    """The plan of an accepted wish, where it holds nothing but what may be offered."""
    if found and not found.rest and all(call.tool in _OFFERED for call in found.calls):
        return found
    return None


def _from_the_user(deed: str) -> str:
    """`remind you to call your sister` as the user would say it."""
    swapped = re.sub(r"\byour\b", "my", deed, flags=re.I)
    swapped = re.sub(r"\byou\b", "me", swapped, flags=re.I)
    return swapped.replace("你", "我")


def _timed(deed: str, turn: StoredTurn, before: str) -> str:
    """A timer that was offered without a length gets the one length that was spoken of."""
    if not _BARE_TIMER.fullmatch(deed):
        return deed
    for text in (before, turn.asked):
        spoken = {found["length"] for found in re.finditer(LENGTH, lengths(text), re.I)}
        if spoken:
            return f"set a timer for {spoken.pop()}" if len(spoken) == 1 else ""
    return ""
