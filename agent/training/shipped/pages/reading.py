"""Questions that people wrote about real passages: some that they answer, some they almost do.

The passages are answers of the rehearsed pairs, known here by the beginning of their SHA-256
(`reading.jsonl`); a passage that the given pairs do not hold is left out. The questions without an
answer are near ones, after SQuAD 2.0 (Rajpurkar, Jia and Liang 2018).
"""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import msgspec

from agent.training.chat.grading import holds
from agent.training.shipped.data.abstaining import abstain
from agent.training.shipped.pages.passages import Passage, shown
from agent.training.shipped.types import Exchange

_SENTENCE = re.compile(r"(?<=[a-z0-9)%”’'\"][.!?])\s+(?=[A-Z\"“])")
_CUT = 0.4
"""How often a passage loses the sentence that answers one of its questions."""


class ReadingQuestion(msgspec.Struct, frozen=True):
    """The questions on one passage: (question, answer, accepted) and (question, indirectly)."""

    passage: str
    told: tuple[tuple[str, str, str], ...]
    untold: tuple[tuple[str, str], ...]


@cache
def asked() -> tuple[ReadingQuestion, ...]:
    """All of reading.jsonl."""
    lines = Path(__file__).with_name("reading.jsonl").read_bytes()
    return tuple(msgspec.json.decode(line, type=ReadingQuestion) for line in lines.splitlines())


def digest(text: str) -> str:
    """What a passage is known by."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def groups(rng: random.Random, found: Sequence[Passage], number: int) -> Iterator[list[Exchange]]:
    """For each passage its questions, in any order; they share all words before the question."""
    known = {digest(passage.text): passage for passage in found}
    here = [one for one in asked() if one.passage in known]
    rng.shuffle(here)
    for one in here[:number]:
        passage = known[one.passage]
        cut = _cut(rng, passage.text, one) if rng.random() < _CUT else None
        text, lost = cut or (passage.text, "")
        data = shown(rng, Passage(passage.asked, text))
        made = [*_answered(rng, data, text, one, lost), *_unanswered(rng, data, one)]
        rng.shuffle(made)
        yield made


def _answered(
    rng: random.Random, data: str, text: str, one: ReadingQuestion, lost: str
) -> Iterator[Exchange]:
    """What is left to tell, and the one question whose sentence is lost."""
    for question, answer, accepted in one.told:
        if question == lost:
            yield Exchange("passage", data, question, abstain(rng, "en"))
        elif holds(text, accepted):
            yield Exchange("passage", data, question, f"{answer[:-1]} [1].", (accepted,))


def _unanswered(rng: random.Random, data: str, one: ReadingQuestion) -> Iterator[Exchange]:
    for question, indirect in one.untold:
        yield Exchange("passage", data, question, abstain(rng, "en", indirect))


def _cut(rng: random.Random, text: str, one: ReadingQuestion) -> tuple[str, str] | None:
    """The text without the only sentence that answers one of the questions, and that question."""
    sentences = _SENTENCE.split(text)
    for question, _, accepted in rng.sample(one.told, len(one.told)):
        rest = [sentence for sentence in sentences if not holds(sentence, accepted)]
        left = " ".join(rest)
        if len(rest) == len(sentences) - 1 >= 2 and not holds(left, accepted):
            return left, question
    return None
