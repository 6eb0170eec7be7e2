"""Keeps a fact about the user, because they asked for it; nothing is kept that was said in passing.

What people tell in passing stays in the chat where they told it: who wants it kept says so.
"""

from __future__ import annotations

import re

from agent.tools.ability import Ability, Said, Toolbox
from agent.tools.reading.likeness import words_of
from agent.tools.reading.wishes import stripped
from agent.tools.store import FACT
from agent.tools.types import Call, Parameter, Result, Tool, Value

_ALIKE = 0.5
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_NAMED = re.compile(
    # Only a name: who "is a nurse" can be called Lena, too.
    r"(?P<of>(?i:my|our|the|his|her|their) .{2,60}?) (?i:is|are)"
    r"(?: (?i:called|named))? (?=[A-Z])|(?P<zh>我的?[^是叫]{1,12})(?:叫|名叫)"
)
_PATTERNS = tuple(
    re.compile(pattern, re.I | re.S)
    for pattern in (
        r"(?:remember|memori[sz]e|keep in mind|bear in mind|make a mental note"
        r"|don't forget|do not forget|never forget|store|save)(?: this"
        r"| that| it)?(?: for me| for later)?(?: that|:|,| -)+\s*(?P<text>.+)",
        r"(?:remember|memori[sz]e) (?P<text>(?:my|our|i|i'm|i've"
        r"|we|we're|the|his|her|their|mum|mom|dad|[A-Z]\w+|it's"
        r"|today|there)\b.+)",
        r"(?P<text>.{6,}?)[.,;:!] ?(?:please |so |and )*(?:remember"
        r"|memori[sz]e|keep in mind|don't forget) (?:that|this"
        r"|it)(?: for me| please| for later)?",
        r"(?:帮我|请|你要?|给我)*(?:记住|记得|记好|别忘了|不要忘了?"
        r"|记着|牢记)(?:一下|了|哦)?[\s:：,，]*(?P<text>(?!提醒"
        r"|要?叫|吗|我吗|没有|了吗).{3,})",
        r"(?:帮我)?记(?:一下|下)(?P<text>我.{3,})",
        r"(?P<text>.{4,}?)[,，。](?:请|帮我|你)*(?:记住|记好|记下来|记着)(?:这个|这点|了|哦|吧)?",
    )
)
_NOT = re.compile(
    r"^(?:remember|do you remember|can you remember|don't forget"
    r"|记得)\W+(?:to\b|me\b|when\b|the time|how\b|that time"
    r"|last|we used|吃|带|去|买|关)|\?$|？$|do you (?:still )?remember"
    r"|还记得|记不记得|记得(?:吗|没)",
    re.I,
)


def quick(said: Said) -> Call | None:
    """Such as "Please remember that I parked on level C in bay 27", "记住我阳台的绿萝周一浇"."""
    words = stripped(said.words)
    if len(said.words) > 600 or _NOT.search(words):
        return None
    for pattern in _PATTERNS:
        if found := pattern.fullmatch(words):
            text = found["text"].strip(" :,，：。.")
            if len(text) > 3 and not re.fullmatch(r"(?:this|that|it|这个|那个).{0,3}", text, re.I):
                return Call("remember", {"text": text})
    return None


def run_tool(call: Call, box: Toolbox) -> Result:
    """Keep it with its date and turn.

    It takes the place of an earlier fact that it plainly contradicts, which can be undone; where
    it only may, both stay, each with its date. Either is told.
    """
    text = str(call.arguments.get("text") or call.arguments.get("fact") or "").strip()
    if box.store.private:
        return Result("remember", "private", {"text": text})
    if isinstance(instead := call.arguments.get("instead"), int):
        return _back(call, text, instead, box)
    facts = box.store.kept(FACT)
    if same := next((fact for fact in facts if fact.text.casefold() == text.casefold()), None):
        return Result("remember", "known", {"text": text, "id": same.id})
    old = next((fact for fact in reversed(facts) if contradicts(text, fact.text)), None)
    alike = max(facts, key=lambda fact: _same_matter(text, fact.text), default=None)
    kept = box.store.keep(FACT, text, box.now.timestamp(), box.turn)
    if old is not None:
        box.store.drop(old.id)
        told: dict[str, Value] = {"text": text, "before": old.text, "id": kept}
        undo = Call("remember", {"text": old.text, "made": old.made, "instead": kept})
        return Result("remember", "remembered_instead", told, undo)
    undo = Call("forget", {"id": kept})
    if alike is not None and _same_matter(text, alike.text) >= _ALIKE:
        told = {"text": text, "before": alike.text, "id": kept}
        return Result("remember", "remembered_anew", told, undo)
    return Result("remember", "remembered", {"text": text, "id": kept}, undo)


def contradicts(new: str, old: str) -> bool:
    """Whether both say what can only be one: another number, or another name for the same."""
    if re.search(r"\d", new) and re.search(r"\d", old) and _same_matter(new, old) == 1:
        return _NUMBER.sub("", new).casefold() == _NUMBER.sub("", old).casefold()
    first, second = _NAMED.match(new), _NAMED.match(old)
    return bool(first and second and _subject(first) == _subject(second))


def _subject(found: re.Match[str]) -> str:
    return (found["of"] or found["zh"]).casefold()


def _back(call: Call, text: str, instead: int, box: Toolbox) -> Result:
    """Undo: the earlier fact again, with its own date."""
    made = call.arguments.get("made")
    box.store.drop(instead)
    at = float(made) if isinstance(made, int | float) else box.now.timestamp()
    kept = box.store.keep(FACT, text, at, box.turn)
    return Result("remember", "remembered", {"text": text, "id": kept})


def _same_matter(one: str, other: str) -> float:
    """From 0 to 1: shared words against all words; numbers are what may have changed."""
    first, second = words_of(re.sub(r"\d+", " ", one)), words_of(re.sub(r"\d+", " ", other))
    return len(first & second) / len(first | second) if first | second else 0.0


ABILITY = Ability(
    Tool("remember", "keep a fact about the user", (Parameter("text"),)), quick, run_tool, order=31
)
