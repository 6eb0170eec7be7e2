"""A call that the model writes: for sums told as a story, and wishes that no rule understands.

The prompt holds the user's own words alone (law 4): no data, no answer. The grammar leaves the
model nothing but one well-formed call or `none`.
"""

from __future__ import annotations

import re
from contextlib import closing

from agent.dialogue import Dialogue, Sampling
from agent.tools.ability import Said
from agent.tools.arithmetic import CannotCalculate, evaluate
from agent.tools.grammar import words_or_call
from agent.tools.reading.numerals import numerals
from agent.tools.reading.wishes import MOST_CHARACTERS, about_words, is_question, works_on_text
from agent.tools.registry import abilities
from agent.tools.types import Call, parsed
from agent.types import Message
from perception.types import UserError

_TOKENS = 90
_BEFORE = 3
_WISH = re.compile(
    r"\b(?:timer|alarm|remind|reminder|wake me|stopwatch)\b|提醒|闹钟|定时|倒计时|计时", re.I
)
_QUANTITY = re.compile(
    r"\bhow (?:many|much|long|old)\b|\b(?:in )?total\b|\beach\b|\baverage\b"
    r"|\bper (?:person|week|month|day|year|head|hour)\b"
    r"|\b(?:left over|left|altogether|percent(?:age)?|interest|sum|cost"
    r"|pay|owe|save|add up|difference)\b|%"
    r"|多少|几[个天只元块人次]|一共|总共|平均|每人|还剩|差多少|百分之|利息",
    re.I,
)
_NUMBER = re.compile(r"(?<![a-zA-Z\d.])\d+(?:\.\d+)?")
_KNOWLEDGE = re.compile(
    r"\b(?:calories|minutes should"
    r"|long (?:should|do|does|to) (?:i|you|it)? ?(?:boil|cook|bake|take)"
    r"|recommended|a day should|people live|population"
    r"|world|history|century|war|invented"
    r"|typical|usually|normally|on earth|planet)\b|应该.*多久|煮多久|人口|世界|历史",
    re.I,
)

_SYSTEM = """\
You turn the user's words into one call, or say none. A sum uses only numbers from the words.

User: A train ticket is 34.50 and three of us go there and back. What is that in total?
{"name": "calculate", "arguments": {"expression": "34.50*3*2"}}
User: I earn 2400, rent is 950, I save 100. How much is left per week, with 4 weeks?
{"name": "calculate", "arguments": {"expression": "(2400-950-100)/4"}}
User: 苹果每斤6.5元，买3斤，再买2斤每斤8元的梨，一共多少钱？
{"name": "calculate", "arguments": {"expression": "6.5*3+8*2"}}
User: The pie wants 40 minutes, keep a timer for me.
{"name": "timer", "arguments": {"minutes": 40}}
User: How long should I boil 3 eggs, and how many legs has a hen?
none"""
"""Read once: llama.cpp keeps it and the chat apart in memory, and neither is prefilled again."""


def worthwhile(said: Said) -> bool:
    """Whether a call may be meant, so that a prompt of its own is worth its time."""
    if len(said.words) > MOST_CHARACTERS:
        return False
    words = numerals(said.words)
    if works_on_text(words) or _KNOWLEDGE.search(words):
        return False
    if _WISH.search(words) and not is_question(said.words) and not about_words(said.words):
        return bool(_NUMBER.search(words))
    if not _QUANTITY.search(words):
        return False
    numbers = len(_NUMBER.findall(words))
    earlier = sum(len(_NUMBER.findall(numerals(one))) for one in said.before[:_BEFORE])
    return numbers >= 2 or (numbers == 1 and earlier >= 1 and len(words) < 120)


def call(said: Said, dialogue: Dialogue) -> Call | None:
    """The call that the model writes; None where it is none, or not made of the user's numbers."""
    tools = tuple(one.tool for one in abilities() if one.tool.name in _OFFERED)
    grammar = words_or_call(tools).replace("root ::= words |", 'root ::= "none" |', 1)
    sampling = Sampling(_TOKENS, 0.0, grammar=grammar, stop=("\n",))
    try:
        with closing(dialogue.generate(_messages(said), sampling)) as tokens:
            answer = "".join(token.text for token in tokens).strip()
        found = parsed(answer, tools)
    except (UserError, ValueError):
        # An engine without grammars, or an answer that was cut: it is answered in words.
        return None
    return found if found and _sound(found, said) else None


_OFFERED = frozenset(("calculate", "timer", "alarm", "reminder"))


def _messages(said: Said) -> tuple[Message, ...]:
    lines = said.words.splitlines()
    words = " ".join(line for line in lines if not line.lstrip().startswith("|"))
    before = [one for one in said.before[:_BEFORE] if _NUMBER.search(numerals(one))][::-1]
    context = "".join(f"(Said before: {' '.join(one.split())[:200]})\n" for one in before)
    return (Message("system", _SYSTEM), Message("user", context + words))


def _sound(found: Call, said: Said) -> bool:
    """Whether a sum is made of numbers that the user said, and can be computed."""
    if found.tool != "calculate":
        return True
    expression = str(found.arguments["expression"])
    known = {float(n) for one in (said.words, *said.before[:_BEFORE])
             for n in _NUMBER.findall(re.sub(r"(?<=\d),(?=\d{3})", "", numerals(one)))}  # fmt: skip
    if said.last and said.last.value:
        known |= {float(n) for n in _NUMBER.findall(said.last.value)}
    used = [float(n) for n in _NUMBER.findall(expression)]
    free = {float(n) for n in (1, 2, 3, 4, 7, 10, 12, 24, 30, 52, 60, 100, 365, 1000)}
    if any(
        n not in known and n not in free and n / 100 not in known and n * 100 not in known
        for n in used
    ):
        return False
    if len(used) < 2 or not any(n in known or n * 100 in known for n in used):
        return False
    try:
        evaluate(expression)
    except CannotCalculate:
        return False
    return True
