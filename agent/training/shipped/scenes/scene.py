"""One composed scene: made of items as the recognisers give them, put into words by fusion."""

from __future__ import annotations

import random
from dataclasses import dataclass

from agent.training.shipped.data.values import value
from agent.training.shipped.scenes.scene_words import words
from perception.fusion import evidence
from perception.messages import plain
from perception.types import (
    Box,
    Evidence,
    Item,
    Quality,
    Scene,
    Sensed,
)

_PLACES = {"left": 0.1, "middle": 0.42, "right": 0.75}
_DARK = "It is quite dark; more light would help."


@dataclass(frozen=True, slots=True)
class ComposedScene:
    """A composed scene: its evidence, and what it is made of."""

    found: tuple[Evidence, ...]
    things: dict[str, str]
    """Each thing that is there once, with its place."""
    people: int
    notice: str
    told: dict[str, str]
    """What the text in view tells, by fact."""
    text: str
    maybe: str
    """The thing that is there only maybe; empty for none."""
    sensed: tuple[Sensed, ...]

    def id(self, kind: str, holding: str = "") -> int:
        """The number of the first evidence of this kind that holds this text; 0 for none."""
        return next((e.id for e in self.found if e.kind == kind and holding in e.text), 0)


def compose(rng: random.Random, split: str) -> ComposedScene:
    """A scene of things, people and text that belong to this split."""
    labels = rng.sample(sorted(words().things[split]), rng.randint(1, 4))
    places = {label: rng.choice(list(_PLACES)) for label in labels}
    maybe = labels[0] if rng.random() < 0.15 else ""
    items = [_item(label, places[label], 0.5 if label == maybe else 0.9) for label in labels]
    people = rng.choice((0, 0, 1, 1, 2, 3))
    persons = [_item("person", rng.choice(list(_PLACES)), 0.95) for _ in range(people)]
    notice, told, text = _notice(rng, split) if rng.random() < 0.75 else ("", {}, "")
    lines = [
        Item(line, Box(0.2, 0.1 + 0.08 * n, 0.5, 0.06), 0.95, "reading")
        for n, line in enumerate(text.splitlines())
    ]
    dark = plain(_DARK) if rng.random() < 0.1 else None
    scene = Scene(
        tuple(persons),
        tuple(items),
        tuple(lines),
        (),
        (),
        "",
        Quality(0.5, 200.0, dark),
        0.0,
    )
    sensed = _sensed(rng) if rng.random() < 0.15 else ()
    found = evidence(None, scene, (), sensed)
    return ComposedScene(found, places, people, notice, told, text, maybe, sensed)


def _item(label: str, place: str, confidence: float) -> Item:
    return Item(label, Box(_PLACES[place], 0.4, 0.15, 0.2), confidence, "objects")


def _sensed(rng: random.Random) -> tuple[Sensed, ...]:
    return (Sensed("room temperature", rng.randint(14, 30), "°C", 0.0),)


def _notice(rng: random.Random, split: str) -> tuple[str, dict[str, str], str]:
    """A text in view: some of its facts are on it, others are not."""
    facts = words().facts
    notice = rng.choice([n for n in words().notices if n.split == split])
    kept = rng.sample(range(len(notice.facts)), rng.randint(2, max(2, len(notice.facts) - 1)))
    told = {notice.facts[p]: value(rng, facts[notice.facts[p]].values, split) for p in sorted(kept)}
    lines = [rng.choice(notice.heads)]
    lines += [facts[name].line.format(v=v) for name, v in told.items()]
    if rng.random() < 0.12:
        lines.append(rng.choice(words().orders[split]))
    return notice.name, told, "\n".join(lines)
