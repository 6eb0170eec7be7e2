"""Composed scenes whose cause is known: a true line, three decoys, one contradiction."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from perception.types import Evidence, Where

_FILE = Path(__file__).with_name("why_scenes.toml")
_DECOYS = 3


@dataclass(frozen=True, slots=True)
class CauseScene:
    """A question with what is shown. `values` are the numbers of the lines by the value they hold.

    A question that any model can answer has no values: nothing shown has to do with it.
    """

    question: str
    evidence: tuple[Evidence, ...]
    values: dict[str, int]
    contradiction: int = 0


def scenes(seed: int) -> Iterator[CauseScene]:
    """Scenes without end: two with a true line, then one that needs none."""
    given = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    chance = random.Random(seed)
    while True:
        yield _answered(given, chance)
        yield _answered(given, chance)
        yield _known(given, chance)


def _answered(given: dict[str, Any], chance: random.Random) -> CauseScene:
    fact = chance.choice(given["fact"])
    name = chance.choice(fact["names"])
    true, false = chance.sample(given["values"][fact["value"]], 2)
    told = {
        true: (fact["kind"], _said(fact["line"], name, true)),
        false: (fact["kind"], _said(fact["other"], name, false)),
    }
    others = [each for each in given["fact"] if each is not fact]
    lines = [*told.values(), *_decoys(given, others, fact["language"], _DECOYS, chance)]
    chance.shuffle(lines)
    places = {value: lines.index(line) + 1 for value, line in told.items()}
    return CauseScene(_said(fact["ask"], name, ""), _numbered(lines), places, places[false])


def _known(given: dict[str, Any], chance: random.Random) -> CauseScene:
    known = chance.choices(given["known"], [len(each["ask"]) for each in given["known"]])[0]
    lines = _decoys(given, given["fact"], known["language"], _DECOYS + 2, chance)
    return CauseScene(chance.choice(known["ask"]), _numbered(lines), {})


def _decoys(
    given: dict[str, Any], facts: list[Any], language: str, count: int, chance: random.Random
) -> list[tuple[str, str]]:
    same = [each for each in facts if each["language"] == language] or facts
    found: list[tuple[str, str]] = []
    while len(found) < count:
        fact = chance.choice(same)
        value = chance.choice(given["values"][fact["value"]])
        line = (fact["kind"], _said(fact["line"], chance.choice(fact["names"]), value))
        if line not in found:
            found.append(line)
    return found


def _said(template: str, name: str, value: str) -> str:
    said = template.replace("{name}", name).replace("{value}", value)
    return said[0].upper() + said[1:]


def _numbered(lines: list[tuple[str, str]]) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(
            number, kind, text, Where("leaflet" if kind == "document" else "picture", page=1), 0.95
        )
        for number, (kind, text) in enumerate(lines, start=1)
    )
