"""What is measured with and never learned: other things, other words, other tools."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import chain

from agent.training.shipped.data import calls
from agent.training.shipped.pages import documents
from agent.training.shipped.scenes import scenes
from agent.training.shipped.types import HELD_OUT, TRAIN, Exchange

_SEED = 20_26
_CHINESE = 0.2


def scene_questions(number: int) -> list[tuple[str, str, tuple[str, ...]]]:
    """Data, question and accepted answers (none: it cannot be told) of scenes never trained on."""
    return [(item.data, item.words, item.accepted) for item in scene_examples(number)]


def scene_examples(number: int) -> list[Exchange]:
    """The same with the answers that a perfect pupil might give."""
    return _mixed(
        number, lambda rng, language, n: chain(*scenes.groups(rng, HELD_OUT, language, n))
    )


def page_examples(number: int) -> list[Exchange]:
    """Questions about kinds of page never trained on."""
    return _mixed(
        number, lambda rng, language, n: chain(*documents.pages(rng, HELD_OUT, language, n))
    )


def call_examples(number: int) -> list[Exchange]:
    """Utterances worded as none that was learned, half of them to tools that were never seen."""
    rng = random.Random(_SEED)
    found = dict[tuple[str, str], Exchange]()
    while len(found) < number:
        split = HELD_OUT if len(found) % 2 else TRAIN
        one = rng.choice([taught for taught in calls.taught() if taught.split == split])
        tools = tuple(taught.tool for taught in calls.toolset(rng, HELD_OUT, (one,)))
        for example in calls.examples(rng, (one,), HELD_OUT, 1, chinese=0.1):
            found.setdefault((example.words, example.answer), replace(example, tools=tools))
    return list(found.values())


def _mixed(
    number: int, make: Callable[[random.Random, str, int], Iterable[Exchange]]
) -> list[Exchange]:
    """English and Chinese ones in fixed shares, whole groups at a time."""
    rng = random.Random(_SEED)
    chinese = list(make(rng, "zh", number))[: round(number * _CHINESE)]
    return [*list(make(rng, "en", number))[: number - len(chinese)], *chinese]
