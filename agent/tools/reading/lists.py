"""Names of lists and their items in plain words."""

from __future__ import annotations

import re

from agent.tools.ability import Said

SHOPPING, SHOPPING_ZH = "shopping", "购物"
_SAME = {
    "grocery": SHOPPING, "groceries": SHOPPING, "shop": SHOPPING, "todo": "to-do", "to do": "to-do",
    "task": "to-do", "tasks": "to-do", "采购": "购物",
    "买菜": "购物", "买东西": "购物", "待办事项": "待办",
}  # fmt: skip


def list_name(written: str | None, said: Said) -> str:
    """The list that is meant: the named one, else the last used, else the one for shopping."""
    chinese = re.search("[\u4e00-\u9fff]", said.words) is not None
    name = re.sub(
        r"\b(?:my|the|our|a|an|new)\b|我的?|的|这个|那个", " ", (written or "").casefold()
    )
    name = " ".join(name.split()).strip("'\"“”《》")
    if not name or name in ("list", "it", "there", "清单", "单子"):
        if said.last and said.last.tool.startswith("list_"):
            return str(said.last.arguments.get("list", SHOPPING))
        return SHOPPING_ZH if chinese else SHOPPING
    return _SAME.get(name, name)


def items(written: str) -> list[str]:
    """The items of "oat milk, bread and batteries"; what is quoted is one."""
    text = written.strip(" .,!:：。，！")
    if quoted := re.fullmatch(r"[\"“'《「](.+)[\"”'》」]", text):
        return [quoted[1]]
    if re.search(r"[\"“]", text):
        return [re.sub(r"[\"“”]", "", text)]
    parts = re.split(
        r"\s*(?:,\s*(?:and\s+)?(?:also\s+)?|\band\b(?! a half)"
        r"|&|、|，|；|;|和(?!面|尚)|还有|以及|跟(?!屁))\s*",
        text,
    )
    return [item for part in parts if (item := _item(part))]


def _item(part: str) -> str:
    part = re.sub(
        r"^(?:(?:also|some|an?|the|my|more|another)\s+|(?:再|加上?|一些|点|那个)\s*)(?=\S)",
        "",
        part.strip(),
        flags=re.I,
    )
    return re.sub(
        r"(?:\s+(?:too|as well|please|then)|也|吧|进去|上去)$", "", part.strip(" .!?。")
    ).strip()
