"""Takes something off a list, or empties it."""

from __future__ import annotations

import re

from agent.tools.ability import Ability, Said, Toolbox
from agent.tools.reading.lists import items, list_name
from agent.tools.reading.wishes import about_words, is_question, stripped
from agent.tools.types import Call, Parameter, Result, Tool

_NAME = r"(?P<list>(?:my |the |our )?(?:[\w'-]+ ){0,3}?)"
_OFF = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        rf"(?:remove|take|delete|cross|scratch|tick|strike|drop"
        rf"|check|get rid of|clear)(?: off| out)? (?P<item>.+?)(?: off"
        rf"| out)?(?: of| from| off| on)+ {_NAME}list",
        rf"(?P<item>)(?:clear|empty|delete|wipe|erase|reset)(?: out)? {_NAME}list",
        r"(?:把|将)?(?P<item>.+?)从(?P<list>.{0,8}?)(?:清单|列表"
        r"|单子)(?:里|上|中)?(?:删掉|去掉|划掉|拿掉|删除|移除"
        r"|删了|去了|划了|移走).?",
        r"从(?P<list>.{0,8}?)(?:清单|列表|单子)(?:里|上|中)?(?:把)?(?:删掉"
        r"|去掉|划掉|拿掉|删除|移除)(?P<item>.+)",
        r"(?P<item>)(?:清空|删掉|删除)(?:我的?)?(?P<list>.{0,8}?)(?:清单|列表|单子)",
        r"(?P<item>)把(?P<list>.{0,8}?)(?:清单|列表|单子)清空",
    )
)
_SHORT = re.compile(
    r"(?:remove|take off|delete|cross off|tick off|scratch) (?:the )?(?P<item>[\w' -]{2,40})"
    r"|(?:把)?(?P<other>[^,，。]{1,12}?)(?:删掉|去掉|划掉"
    r"|不要了)",
    re.I,
)


def quick(said: Said) -> Call | None:
    """Such as "Take the milk off my shopping list", "把牛奶从购物清单里划掉"."""
    if about_words(said.words) or is_question(said.words):
        return None
    words = stripped(said.words)
    for pattern in _OFF:
        if found := pattern.fullmatch(words):
            if re.search(r"timer|alarm|reminder", found["item"], re.I):
                return None
            return Call(
                "list_remove",
                {"list": list_name(found["list"], said), "item": _items(found["item"])},
            )
    if said.last and said.last.tool.startswith("list_") and (found := _SHORT.fullmatch(words)):
        if re.search(r"timer|alarm|reminder|that|it$", found[0], re.I):
            return None
        return Call(
            "list_remove",
            {"list": list_name(None, said), "item": _items(found["item"] or found["other"])},
        )
    return None


def _items(written: str) -> list[str]:
    return (
        []
        if re.fullmatch(r"(?:everything|all|it all|全部|所有)?", written.strip(), re.I)
        else items(written)
    )


def run_tool(call: Call, box: Toolbox) -> Result:
    """Remove the lines that fit; without an item all of them."""
    name = str(call.arguments.get("list") or "shopping")
    given = call.arguments.get("item", [])
    wanted = [
        str(one).casefold() for one in (given if isinstance(given, list) else items(str(given)))
    ]
    there = box.store.items(name)
    gone = [
        line for line in there
        if not wanted or any(_is(line.item.casefold(), one) for one in wanted)
    ]  # fmt: skip
    for line in gone:
        box.store.remove_item(line.id)
    told = [line.item for line in gone]
    if not gone:
        return Result("list_remove", "list_not_there", {"list": name, "item": wanted})
    return Result(
        "list_remove",
        "list_removed",
        {"list": name, "item": told},
        Call("list_add", {"list": name, "item": told}),
    )


def _is(item: str, wanted: str) -> bool:
    return item == wanted or wanted in item.split()


ABILITY = Ability(
    Tool(
        "list_remove",
        "take items off a list",
        (Parameter("list"), Parameter("item", "array", required=False)),
    ),
    quick,
    run_tool,
    order=24,
)
