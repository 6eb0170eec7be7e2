"""Removes a fact or a note for good."""

from __future__ import annotations

import re

from agent.tools.ability import Ability, Said, Toolbox
from agent.tools.reading.likeness import likeness
from agent.tools.reading.wishes import about_words, is_question, stripped
from agent.tools.store import FACT, NOTE, StoredNote
from agent.tools.types import Call, Parameter, Result, Tool

_ALL = re.compile(
    r"(?:forget|delete|erase|wipe|remove) (?:everything|all)(?: that)?(?: you"
    r" (?:know|remember|have)| i(?:'ve)? told you| of it| my facts"
    r"| facts)?(?: about me)?"
    r"|(?:把)?(?:关于我的|所有|全部|一切).{0,8}(?:都)?(?:忘掉"
    r"|忘了|忘记|删掉|删除)|忘掉(?:关于我的)?(?:一切|所有"
    r"|全部).{0,6}",
    re.I,
)
_THAT = re.compile(
    r"(?:please )?forget (?:that|this|about that|what i (?:just )?(?:said"
    r"|told you)|the last (?:one|thing|fact))(?: one| fact"
    r"| again)?(?:[,.;] .*)?"
    r"|(?:把)?(?:刚才|刚刚|上面)?(?:那|这)?(?:条|个|件事|句)?(?:话)?(?:给我)?(?:忘掉"
    r"|忘了|忘记|删掉|删了)(?:吧|它|这个|那个|这条|那条)*",
    re.I,
)
_IT = re.compile(r"forget (?:it|about it)", re.I)
_SOME = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        r"forget (?:about |that |what (?:i|you) (?:said|told you"
        r"|know|remember) about |the (?:fact|note|bit|thing) (?:that "
        r"|about )?)?(?P<text>(?!it\b|about it\b|me\b|him\b|her\b"
        r"|i said\b).{3,120})",
        r"(?:delete|remove|erase) (?:the|my|that) (?:fact|note"
        r"|memory)(?:s)? (?:that |about |on |with )?(?P<text>.{3,120})",
        r"(?:把|将)(?P<text>.{2,60}?)(?:的?(?:事情?|记录|信息"
        r"|那条))?(?:给我)?(?:忘掉|忘了|忘记|从记忆里删掉).{0,2}",
        r"(?:请|帮我)?(?:忘掉|忘记|忘了)(?P<text>(?!带|吃|拿|说|关|做|问|告诉|是|我).{2,60})",
    )
)


def quick(said: Said) -> Call | None:
    """Such as "Forget that, I rode it home", "forget the diabetes thing", "把刚才那条忘掉吧"."""
    if about_words(said.words) or is_question(said.words):
        return None
    words = stripped(said.words)
    recent = said.last is not None and said.last.tool in ("remember", "note")
    if _ALL.fullmatch(words):
        return Call("forget", {"text": "*"})
    if (_THAT.match(words) and (recent or _THAT.fullmatch(words))) or (
        recent and _IT.fullmatch(words)
    ):
        return Call(
            "forget",
            {"text": str(said.last.arguments.get("text", "")) if recent and said.last else ""},
        )
    if re.search(r"\bforget (?:that|it)\b.*\btimer\b|timer|alarm|reminder", words, re.I):
        return None
    for pattern in _SOME:
        if found := pattern.fullmatch(
            re.split(r"[,;] (?:i|i'd|id|we|it|that|he|she)\b", words, maxsplit=1)[0]
        ):
            return Call("forget", {"text": found["text"].strip()})
    return None


def run_tool(call: Call, box: Toolbox) -> Result:
    """Remove what fits best, everything for `*`, the newest where no text is given."""
    kept = box.store.kept()
    if isinstance(number := call.arguments.get("id"), int):
        chosen = [one for one in kept if one.id == number]
    else:
        chosen = _chosen(str(call.arguments.get("text") or call.arguments.get("fact") or ""), kept)
    if not chosen:
        return Result("forget", "forgot_nothing", {"text": str(call.arguments.get("text", ""))})
    for one in chosen:
        box.store.drop(one.id)
    told = [one.text for one in chosen]
    undo = (
        Call("remember" if chosen[0].kind == FACT else NOTE, {"text": told[0]})
        if len(told) == 1
        else None
    )
    return Result("forget", "forgotten", {"text": told}, undo)


def _chosen(text: str, kept: list[StoredNote]) -> list[StoredNote]:
    if text == "*":
        return [one for one in kept if one.kind == FACT]
    if not text:
        return kept[-1:]
    best = max(kept, key=lambda one: likeness(text, one.text), default=None)
    return [best] if best and likeness(text, best.text) >= 0.25 else []


ABILITY = Ability(
    Tool("forget", "remove a kept fact or note", (Parameter("text"),)), quick, run_tool, order=29
)
