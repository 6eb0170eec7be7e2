"""Ordinary questions and answers, so that nothing is forgotten; and some beside a scene."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from agent.codes import AgentCode
from agent.training.shipped.types import Exchange
from perception.types import UserError

_MOST_LETTERS = 520
_NOT = frozenset(("gpteacher-roleplay", "gpteacher-toolformer"))
"""Sources that pretend to be somebody or to have other tools."""


def read(files: Sequence[Path]) -> list[tuple[str, str, str]]:
    """Pairs of question and answer with their source, from lines with `messages` and `source`."""
    pairs = list[tuple[str, str, str]]()
    for file in files:
        try:
            for line in file.read_text(encoding="utf-8").strip().split("\n"):
                row = msgspec.json.decode(line)
                asked, told = (message["content"] for message in row["messages"][:2])
                pairs.append((asked, told, str(row.get("source", ""))))
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise UserError(AgentCode.PAIRS_UNREADABLE, file=file, reason=error) from error
    return pairs


def examples(
    rng: random.Random, pairs: Sequence[tuple[str, str, str]], scenes: Sequence[str], number: int
) -> Iterator[Exchange]:
    """Short pairs; one in six stands beside a scene that has nothing to do with it."""
    chosen = [
        (asked, told)
        for asked, told, source in pairs
        if source not in _NOT and len(asked) + len(told) < _MOST_LETTERS and "{{" not in told
    ]
    rng.shuffle(chosen)
    for asked, told in chosen[:number]:
        data = rng.choice(scenes) if scenes and rng.random() < 0.17 else ""
        yield Exchange("rehearsal", data, asked, told)
