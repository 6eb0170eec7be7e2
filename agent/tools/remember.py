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
    """Keep it with its date and turn; where an earlier fact says another thing, that is told."""
    text = str(call.arguments.get("text") or call.arguments.get("fact") or "").strip()
    if box.store.private:
        return Result("remember", "private", {"text": text})
    facts = box.store.kept(FACT)
    if same := next((fact for fact in facts if fact.text.casefold() == text.casefold()), None):
        return Result("remember", "known", {"text": text, "id": same.id})
    alike = max(facts, key=lambda fact: _same_matter(text, fact.text), default=None)
    kept = box.store.keep(FACT, text, box.now.timestamp(), box.turn)
    undo = Call("forget", {"id": kept})
    if alike is not None and _same_matter(text, alike.text) >= _ALIKE:
        told: dict[str, Value] = {"text": text, "before": alike.text, "id": kept}
        return Result("remember", "remembered_anew", told, undo)
    return Result("remember", "remembered", {"text": text, "id": kept}, undo)


def _same_matter(one: str, other: str) -> float:
    """From 0 to 1: shared words against all words; numbers are what may have changed."""
    first, second = words_of(re.sub(r"\d+", " ", one)), words_of(re.sub(r"\d+", " ", other))
    return len(first & second) / len(first | second) if first | second else 0.0


ABILITY = Ability(
    Tool("remember", "keep a fact about the user", (Parameter("text"),)), quick, run_tool, order=31
)
