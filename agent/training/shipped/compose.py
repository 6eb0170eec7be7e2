"""The whole of our training data, as groups of exchanges that share a prompt; seeded."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from agent.codes import AgentCode
from agent.profiles import profile
from agent.prompting.prompt import question, system
from agent.tools.types import Tool
from agent.training.shipped.data import (
    calls,
    identity,
    refusals,
    rehearsal,
)
from agent.training.shipped.pages import documents, passages, reading
from agent.training.shipped.scenes import scenes
from agent.training.shipped.types import TRAIN, Exchange
from agent.types import Message
from perception.types import UserError

Group = tuple[Exchange, ...]
"""Exchanges with the same tools and profile; most share their data too."""


@dataclass(frozen=True, slots=True)
class Shares:
    """How much of each skill: pages, passages and scenes (with some questions each), and so on."""

    pages: int = 330
    pages_zh: int = 60
    passages: int = 260
    reading: int = 280
    scenes: int = 260
    scenes_zh: int = 70
    toolsets: int = 60
    calls: int = 10
    rehearsal: int = 560
    often: int = 2
    """How often each refusal and each word on Candor itself is met."""

    def part(self, share: float) -> Shares:
        """As many of everything, times `share`; at least one of each."""
        fewer = {name: max(1, round(value * share)) for name, value in asdict(self).items()}
        return Shares(**fewer)

    def with_amounts(self, text: str) -> Shares:
        """Others of some skills, given as "scenes=40,pages=10". UserError for what is none."""
        try:
            pairs = (part.split("=") for part in text.split(",") if part)
            return replace(self, **{name.strip(): int(amount) for name, amount in pairs})
        except (TypeError, ValueError) as error:
            raise UserError(
                AgentCode.SHARES_UNREADABLE, text=text, reason=error, known=", ".join(asdict(self))
            ) from error


def messages(example: Exchange) -> tuple[Message, ...]:
    """The conversation that an example is, answer included, in the product's own format."""
    asked = [system(profile.load(example.profile), example.tools)]
    for data, words, answer in example.before:
        asked += [question(words, data), Message("assistant", answer)]
    return (*asked, question(example.words, example.data), Message("assistant", example.answer))


def groups(files: Sequence[Path], shares: Shares, seed: int) -> list[Group]:
    """All of it, in random order. `files` hold the pairs that are rehearsed (`rehearsal.read`)."""
    rng = random.Random(seed)
    pairs = rehearsal.read(files)
    made = list[Group]()
    made += map(tuple, documents.pages(rng, TRAIN, "en", shares.pages))
    made += map(tuple, documents.pages(rng, TRAIN, "zh", shares.pages_zh))
    made += map(tuple, scenes.groups(rng, TRAIN, "en", shares.scenes))
    made += map(tuple, scenes.groups(rng, TRAIN, "zh", shares.scenes_zh))
    shown = [group[0].data for group in made if group[0].kind == "scene"]
    told = passages.passages([(asked, answer) for asked, answer, _ in pairs])
    made += map(tuple, passages.groups(rng, told, shares.passages))
    made += map(tuple, reading.groups(rng, told, shares.reading))
    made = [_followed(rng, group) for group in made]
    plain = [*_plain(rng, shares), *rehearsal.examples(rng, pairs, shown, shares.rehearsal)]
    rng.shuffle(plain)
    with_tools = plain[: shares.toolsets * _BESIDE]
    made += _with_tools(rng, shares, with_tools, [g for g in made if g[0].kind == "scene"])
    made += [(example,) for example in plain[len(with_tools) :]]
    rng.shuffle(made)
    return made


def _followed(rng: random.Random, group: Group) -> Group:
    """In one group of six the last question comes after another, on what was shown then."""
    if len(group) < 3 or rng.random() > 1 / 6:
        return group
    first, last = group[0], group[-1]
    said = ((first.data, first.words, first.answer),)
    data = last.data if rng.random() < 0.4 else ""
    return (*group[:-1], replace(last, data=data, before=said))


_BESIDE = 2
"""Ordinary exchanges beside the calls of a set of tools."""


def _plain(rng: random.Random, shares: Shares) -> Iterator[Exchange]:
    for _ in range(shares.often):
        yield from identity.examples(rng)
        yield from refusals.examples(rng)


def _with_tools(
    rng: random.Random, shares: Shares, plain: Sequence[Exchange], seen: Sequence[Group]
) -> Iterator[Group]:
    """Calls, and beside them what is answered in words although there are tools."""
    for place in range(shares.toolsets):
        tools = calls.toolset(rng, TRAIN)
        shown: tuple[Tool, ...] = tuple(t.tool for t in tools)
        beside = [*plain[place * _BESIDE : (place + 1) * _BESIDE]]
        if seen:
            beside += rng.sample(rng.choice(seen), 1)
        made = [*calls.examples(rng, tools, TRAIN, shares.calls)]
        unique = {example.words: example for example in made}
        yield (*unique.values(), *(replace(example, tools=shown) for example in beside))
