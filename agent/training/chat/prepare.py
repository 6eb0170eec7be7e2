"""Makes a user's examples ready: checks them, splits them, and tells all of it before any work."""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from agent.codes import AgentCode
from agent.profiles import profile
from agent.prompting import prompt
from agent.training.chat.examples import EncodedExample, Example
from agent.training.chat.sources import DataProblem
from agent.training.core.augment import disguise
from agent.types import Message
from perception.messages import notice

LEAST = 8
"""Fewer examples teach nothing that would carry over."""
FEW = 100
_DEV_SHARE = 0.1
_MOST_DEV = 100
_VARIANTS = 2


@dataclass(frozen=True, slots=True)
class Prepared:
    """What to learn from and what to check with, and what was found on the way."""

    train: tuple[Example, ...]
    dev: tuple[Example, ...]
    problems: tuple[DataProblem, ...]

    @property
    def fatal(self) -> tuple[DataProblem, ...]:
        """What prevents training."""
        return tuple(problem for problem in self.problems if problem.fatal)


@dataclass(frozen=True, slots=True)
class Counts:
    """Token ids of rows: in all, of answers, the median and longest row, and rows too long."""

    tokens: int
    answers: int
    median: int
    longest: int
    too_long: int


def prepare(
    examples: Sequence[Example],
    found: Sequence[DataProblem] = (),
    seed: int = 0,
    augment: bool = True,
    own_dev: Sequence[Example] = (),
) -> Prepared:
    """De-duplicate, give each conversation Candor's own beginning, split by group, augment.

    The same examples and seed give the same parts. Rows with the same question, or of one
    group, are never in both parts. `augment` adds variants of questions where they are few.
    `own_dev` is the user's own part to check with; rows that ask the same are not learned from.
    """
    problems = list(found)
    kept = _distinct(examples, problems)
    _check_answers(kept, problems)
    if len(kept) < LEAST:
        problems.append(
            DataProblem(
                notice(AgentCode.TOO_FEW_EXAMPLES, kept=len(kept), least=LEAST),
                fatal=True,
            )
        )
        return Prepared(tuple(kept), (), tuple(problems))
    train, dev = _apart(kept, own_dev, problems) if own_dev else _split(kept, seed)
    if not dev:
        problems.append(
            DataProblem(
                notice(AgentCode.EXAMPLES_OF_ONE_GROUP),
                fatal=True,
            )
        )
    if augment and len(train) < FEW:
        more = _variants(train, seed)
        problems.append(
            DataProblem(notice(AgentCode.FEW_EXAMPLES_VARIED, train=len(train), more=len(more)))
        )
        train += more
    begun = [[_begun(example) for example in part] for part in (train, dev)]
    return Prepared(tuple(begun[0]), tuple(begun[1]), tuple(problems))


def count(rows: Sequence[EncodedExample], most: int) -> Counts:
    """What training will read; `most` is the longest row that it takes whole."""
    lengths = sorted(len(row.ids) for row in rows)
    return Counts(
        sum(lengths),
        sum(row.answers for row in rows),
        lengths[len(lengths) // 2] if lengths else 0,
        lengths[-1] if lengths else 0,
        sum(length > most for length in lengths),
    )


def _distinct(examples: Sequence[Example], problems: list[DataProblem]) -> list[Example]:
    seen: set[tuple[str, ...]] = set()
    kept = []
    for example in examples:
        key = tuple(_plain(message.text) for message in example.messages)
        if key not in seen:
            seen.add(key)
            kept.append(example)
    if doubles := len(examples) - len(kept):
        problems.append(DataProblem(notice(AgentCode.EXAMPLES_TWICE, doubles=doubles)))
    return kept


def _check_answers(examples: Sequence[Example], problems: list[DataProblem]) -> None:
    answers: dict[str, set[str]] = defaultdict(set)
    for example in examples:
        answers[_question(example)].add(_plain(example.messages[-1].text))
    several = sum(len(told) > 1 for told in answers.values())
    if several:
        problems.append(DataProblem(notice(AgentCode.EXAMPLES_CONTRADICT, several=several)))


def _split(examples: Sequence[Example], seed: int) -> tuple[list[Example], list[Example]]:
    """Whole groups go to the part that is checked with, until it is large enough."""
    groups: dict[int, list[Example]] = defaultdict(list)
    place = _joined(examples)
    for number, example in enumerate(examples):
        groups[place(number)].append(example)
    order = sorted(groups)
    random.Random(seed).shuffle(order)
    wanted = min(_MOST_DEV, max(2, round(len(examples) * _DEV_SHARE)))
    train: list[Example] = []
    dev: list[Example] = []
    for key in sorted(order, key=lambda key: len(groups[key]) > wanted):
        small = len(dev) < wanted and len(dev) + len(groups[key]) <= max(wanted, len(examples) // 3)
        (dev if small else train).extend(groups[key])
    return train, dev


def _apart(
    examples: Sequence[Example], dev: Sequence[Example], problems: list[DataProblem]
) -> tuple[list[Example], list[Example]]:
    asked = {_question(example) for example in dev}
    groups = {example.group for example in dev if example.group}
    train = [e for e in examples if _question(e) not in asked and e.group not in groups]
    if leaks := len(examples) - len(train):
        problems.append(
            DataProblem(
                notice(AgentCode.EXAMPLES_LEAK, leaks=leaks),
                fatal=not train,
            )
        )
    return train, list(dev)


def _joined(examples: Sequence[Example]) -> Callable[[int], int]:
    """The first row that each row hangs together with: by group, or by the same question."""
    parent = list(range(len(examples)))

    def root(number: int) -> int:
        while parent[number] != number:
            parent[number] = number = parent[parent[number]]
        return number

    first: dict[tuple[str, str], int] = {}
    for number, example in enumerate(examples):
        keys = [("question", _question(example))]
        if example.group:
            keys.append(("group", example.group))
        for key in keys:
            one, other = root(first.setdefault(key, number)), root(number)
            parent[max(one, other)] = min(one, other)
    return root


def _variants(examples: Sequence[Example], seed: int) -> list[Example]:
    draw = random.Random(seed)
    made = []
    for example in examples:
        if example.messages[-2].role != "user":
            continue
        before = {example.messages[-2].text}
        for _ in range(_VARIANTS):
            text = disguise(example.messages[-2].text, draw)
            if text.strip() and text not in before:
                before.add(text)
                messages = (*example.messages[:-2], Message("user", text), example.messages[-1])
                made.append(replace(example, messages=messages))
    return made


def _begun(example: Example) -> Example:
    """With the system message that answers are prompted with, where it has none of its own."""
    if example.messages[0].role == "system":
        return example
    beginning = prompt.system(profile.load("everyday"))
    return replace(example, messages=(beginning, *example.messages))


def _question(example: Example) -> str:
    return " ".join(_plain(m.text) for m in example.messages[:-1] if m.role != "system")


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text.casefold()).strip()
