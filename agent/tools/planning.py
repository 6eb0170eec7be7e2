"""Which tools the user's words ask for, found without a model in a few milliseconds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from agent.tools.ability import Said
from agent.tools.reading.numerals import numerals
from agent.tools.reading.remainders import first_part, second_sum
from agent.tools.reading.wishes import MOST_CHARACTERS, is_question, sentences, works_on_text
from agent.tools.registry import abilities
from agent.tools.types import Call

_VERBS = (
    r"(?:please )?(?:set|start|remind|wake|put|add|note|cancel"
    r"|stop|remember|forget|make|jot|write down|timer|alarm"
    r"|convert)"
)
_AND = re.compile(
    rf"(?:,\s*(?:and |then |also )?|\s+(?:and|then)(?: also| then)?\s+)(?={_VERBS}\b)", re.I
)
_TAIL = re.compile(
    rf"(?:[,;:!]|\s-|\bso|\bok(?:ay)?|\bthen|\bnow|\bplease)\s+(?=(?:{_VERBS}"
    rf"|can you|could you|please)\b)|[,，。;；!！](?=[^,，。]*(?:提醒"
    rf"|叫我|定时|倒计时|闹钟|计时|清单|记一下|记住|秒表))",
    re.I,
)
_LONGEST = 1000
_DEEDS = frozenset(
    [
        "timer",
        "alarm",
        "reminder",
        "stopwatch",
        "list_add",
        "list_remove",
        "note",
        "remember",
        "forget",
        "cancel",
    ]
)


@dataclass(frozen=True, slots=True)
class ToolPlan:
    """The calls, in order; `rest` is a question that stood beside them, for the model."""

    calls: tuple[Call, ...]
    rest: str = ""


def plan(said: Said) -> ToolPlan | None:
    """What the words ask of the tools; None where that is nothing, or nothing plain."""
    words = said.words.strip()
    if not words:
        return None
    if both := _with_the_rest(said) or _each(said):
        return both
    if call := _single(said):
        return ToolPlan((call,))
    if works_on_text(words) or len(words) > MOST_CHARACTERS:
        return None
    return _several(said) or _by_sentence(said) or _at_the_end(said) or _at_the_start(said)


def _single(said: Said) -> Call | None:
    for ability in abilities():
        # A wish is short; of what is long only a sum is told that it is too long.
        if len(said.words) > _LONGEST and ability.tool.name != "calculate":
            continue
        if call := ability.quick(said):
            return call
    return None


def _with_the_rest(said: Said) -> ToolPlan | None:
    """Such as "15% of 84, and what does that leave?": two sums."""
    first, sign = first_part(said.words)
    call = _single(replace(said, words=f"{first}?")) if first else None
    if call is None or call.tool != "calculate":
        return None
    second = second_sum(str(call.arguments["expression"]), sign)
    again = Call(call.tool, {**call.arguments, "expression": second})
    return ToolPlan((call, again)) if second else None


def _each(said: Said) -> ToolPlan | None:
    """Such as "What time is it? And which day?": every sentence has a call of its own."""
    parts = sentences(said.words) if len(said.words) <= MOST_CHARACTERS else []
    if len(parts) < 2:
        return None
    calls = [_single(replace(said, words=part, last=None)) for part in parts]
    found = tuple(call for call in calls if call)
    return ToolPlan(found) if len(found) == len(parts) else None


def _several(said: Said) -> ToolPlan | None:
    """Such as "set a timer for five minutes and remind me at six": all parts are deeds."""
    parts = _AND.split(said.words)
    if len(parts) < 2:
        return None
    calls = [_single(replace(said, words=part)) for part in parts]
    done = tuple(call for call in calls if call and call.tool in _DEEDS)
    return ToolPlan(done) if len(done) == len(parts) else None


def _by_sentence(said: Said) -> ToolPlan | None:
    parts = sentences(said.words)
    if len(parts) < 2:
        return None
    calls, rest, told = list[Call](), list[str](), False
    for part in parts:
        one = replace(said, words=part)
        call = _single(one)
        found = (call,) if call else _calls(_several(one) or _at_the_end(one) or _at_the_start(one))
        calls += found
        if not found:
            rest.append(part)
        # What is told in one sentence, another one asks about: the model sees all.
        told |= not is_question(part) and any(each.tool not in _DEEDS for each in found)
    if not calls or _tells_a_story(calls, rest) or (told and any(map(is_question, rest))):
        return None
    return ToolPlan(tuple(calls), " ".join(part for part in rest if is_question(part)))


def _tells_a_story(calls: Sequence[Call], rest: Sequence[str]) -> bool:
    """A sum or a date in one sentence of several may need the others: the model sees all."""
    return any(call.tool not in _DEEDS for call in calls) and any(
        re.search(r"\d|[一二三四五六七八九十]", part) or len(part) > 80 for part in rest
    )


def _calls(found: ToolPlan | None) -> tuple[Call, ...]:
    return found.calls if found else ()


def _at_the_end(said: Said) -> ToolPlan | None:
    """Such as "We're leaving soon, set a timer for 5 minutes": a deed behind a remark."""
    for cut in _TAIL.finditer(said.words):
        before, after = said.words[: cut.start()], said.words[cut.end() :]
        if (
            is_question(before)
            or re.search(r"[\"“「]", before)
            or re.search(
                r"\b(?:said|says|told|asked|if|when|whether|to)\W*$|说|如果|问", before, re.I
            )
        ):
            return None
        call = _single(replace(said, words=after))
        if call and call.tool in _DEEDS:
            return ToolPlan((call,))
    return None


def _at_the_start(said: Said) -> ToolPlan | None:
    """Such as "Set a timer for ten minutes, I'm getting on": a deed with a remark behind it."""
    for cut in re.finditer(r"[,;，；](?!\d)", said.words):
        before, after = said.words[: cut.start()], said.words[cut.end() :]
        if re.search(
            r"\d|[一二三四五六七八九十]点|no wait|instead|actually|\bbut\b|[?？]|改",
            numerals(after),
            re.I,
        ):
            continue
        call = _single(replace(said, words=before))
        if call and call.tool != "calculate":
            return ToolPlan((call,))
    return None
