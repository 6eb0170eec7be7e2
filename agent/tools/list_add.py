"""Puts something on a list."""

from __future__ import annotations

import re

from agent.tools.ability import Ability, Said, Toolbox
from agent.tools.reading.lists import items, list_name
from agent.tools.reading.wishes import about_words, is_question, stripped
from agent.tools.types import Call, Parameter, Result, Tool

_DO = r"(?:put|add|write|stick|pop|get|include|jot|throw|chuck|note)"
_PATTERNS = (
    rf"{_DO} (?P<item>.+?) (?:down )?(?:on|to|in|onto|into"
    rf"|for)(?: to)? (?P<list>(?:my |the |our |a )?(?:[\w'-]+ ){{0,3}}?)list\b(?:[\s,]+.*)?",
    rf"{_DO} (?:to|on|onto) (?P<list>(?:my |the |our )?(?:[\w'-]+ ){{0,3}}?)list[:,]? (?P<item>.+)",
    rf"{_DO} (?P<item>.+?) (?:on|to|onto) (?:my |the |our )?(?P<list>shopping"
    rf"|groceries|to-do|todo)(?: for .*)?",
    r"(?:start|make|create|begin|open)(?: me)? (?:a|an|the"
    r"|my|new) (?:new )?(?P<list>(?:[\w'-]+ ){0,3}?)list(?:(?: called [^:,]*)?(?:[:,]| with)"
    r"| (?:for|with|of) [^:]*:) (?P<item>.+)",
    r"(?P<list>shopping|grocery|to-do|todo|packing) list(?:[:,]| add) (?P<item>.+)",
    r"(?:i|we) (?:need|have) to (?:put|add) (?P<item>.+?) (?:on"
    r"|to) (?P<list>(?:my |the |our )?(?:[\w'-]+ ){0,3}?)list",
)
_ALL = tuple(re.compile(pattern, re.I) for pattern in _PATTERNS)
_LIST = r"(?P<list>[^,，。：:把将在\s]{0,8}?)"
_ZH = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:把|将)(?P<item>.+?)(?:也|都|再)?(?:加入|加进|加到"
        rf"|加在|放进|放到|放在|写进|写到|写在|记到|记在|记入|列入"
        rf"|添加到|添到|加){_LIST}(?:清单|列表|单子|单)(?:里|上"
        rf"|中|里面|上面)?.{{0,2}}",
        rf"(?:在|往|给)?{_LIST}(?:清单|列表|单子|购物单)(?:里|上"
        rf"|中|里面|上面)?(?:也|再|还要?)?(?:加上?|添上?|写上?"
        rf"|放|记上?|补上?|要加)(?:一下|一个)?[:：,， ]?(?P<item>.+)",
        r"(?:加到|记到|写到|放到|加进|写进|记进|放进)(?P<list>[^,，。：:]{0,8}?)(?:清单"
        r"|列表|单子)?(?:里|上|中)[:：,， ]?(?P<item>.+)",
        r"(?:建|新建|开|列|来)(?:一?个|张)?(?P<list>[^,，。：:]{0,8}?)?(?:清单"
        r"|列表|单子)(?:叫(?P<named>[^,，。：:]{1,8}))?[:：,，]?(?:先)?(?:放"
        r"|加上?|写|有)?(?P<item>.+)",
        r"(?:加|添加|放)(?P<item>[^,，。]{1,30}?)(?:到|进|在)(?P<list>[^,，。]{0,8}?)(?:清单"
        r"|列表|单子)(?:里|上|中)?.{0,2}",
    )
)
_MORE = re.compile(
    r"(?:and |also |oh |ok )*(?:(?:add|put|include|also|plus|another|and) )+(?P<item>[^?]{2,80})",
    re.I,
)
_ZH_MORE = re.compile(
    r"(?:再|还要|还有|也)?(?:加上?|添上?|先加|来)(?:一下)?(?P<item>[^?？]{1,40})"
    r"|(?:还有|还要)(?P<other>[^?？]{1,40})"
)


_ASKED_FOR = re.compile(
    r"(?:at most|at least|no more|not more|up to|only|exactly|about|around|under|max(?:imum)?)\b"
    r".*|(?:their|its|his|her|your|using|of the|things?|items?|stuff)\b.*"
    r"|(?:\d+|two|three|four|five|six|seven|eight|nine|ten|a few)"
    r" (?:items|things|entries|points|ideas|examples|options|steps|words|lines|columns)\b.*",
    re.I,
)
"""How a list should be, and no item of one: such a list is for the model to write."""


def quick(said: Said) -> Call | None:
    """Such as "Put oat milk and batteries on my shopping list", "把牛奶加进购物清单"."""
    if about_words(said.words) or is_question(said.words):
        return None
    words = stripped(said.words)
    for pattern in (*_ALL, *_ZH):
        if found := pattern.fullmatch(words):
            got = found.groupdict()
            wanted = not _ASKED_FOR.fullmatch(got["item"].strip(" .!?"))
            return _call(got["item"], got.get("named") or got["list"], said) if wanted else None
    if said.last and said.last.tool == "list_add":
        words = re.sub(r"^(?:再|还)", "", words)
        plain = re.sub(r"^[\W]+", "", said.words.strip())
        if found := _MORE.fullmatch(words) or (_MORE.fullmatch(plain) if plain.isascii() else None):
            if re.search(
                r"\d+ ?(?:minutes?|hours?|%|tip)|reminder|timer|alarm", found["item"], re.I
            ):
                return None
            return _call(
                re.sub(r"\s+to (?:it|that|there|the list)$", "", found["item"]), None, said
            )
        if found := _ZH_MORE.fullmatch(words):
            return _call(found["item"] or found["other"], None, said)
    return None


def _call(item: str, name: str | None, said: Said) -> Call | None:
    if re.fullmatch(
        r"(?:it|that|this|them|these|those|what i need.*|everything.*|这个|它|这些)",
        item.strip(),
        re.I,
    ):
        return None  # What that is stands in another message: left to the model.
    found = items(item)
    return Call("list_add", {"list": list_name(name, said), "item": found}) if found else None


def run_tool(call: Call, box: Toolbox) -> Result:
    """Add them; one that is there already is not added twice, which is told."""
    name = str(call.arguments.get("list") or "shopping")
    given = call.arguments.get("item", [])
    wanted = list(given) if isinstance(given, list) else items(str(given))
    known = {item.item.casefold() for item in box.store.items(name)}
    new = [item for item in dict.fromkeys(wanted) if item.casefold() not in known]
    now = box.now.timestamp()
    added = [str(box.store.add_item(name, item, now)) for item in new]
    undo = Call("list_remove", {"list": name, "item": new, "id": added}) if added else None
    there = [item for item in wanted if item.casefold() in known]
    return Result("list_add", "list_added", {"list": name, "item": new, "there": there}, undo)


ABILITY = Ability(
    Tool(
        "list_add",
        "put items on a list",
        (Parameter("list"), Parameter("item", "array")),
    ),
    quick,
    run_tool,
    order=25,
)
