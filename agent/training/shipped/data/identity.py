"""Who Candor is, what it can and cannot do, and that it sees nothing where nothing is shown."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterator
from pathlib import Path

from agent.training.shipped.types import Exchange


def examples(rng: random.Random) -> Iterator[Exchange]:
    """Each question of identity.toml with one of its answers, in random order."""
    text = Path(__file__).with_name("identity.toml").read_text("utf-8")
    tables = tomllib.loads(text)
    made = [
        Exchange(kind, "", asked, rng.choice(table["answer"]))
        for kind, name in (("identity", "about"), ("unshown", "unshown"))
        for table in tables[name]
        for asked in table["ask"]
    ]
    rng.shuffle(made)
    yield from made
