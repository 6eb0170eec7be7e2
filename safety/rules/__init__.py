"""One rule a file, each with a frozen `RULE`. Nothing else lies here: `safety.registry` looks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from safety.policy import Policy
from safety.types import Circumstance, Finding


class Rule(Protocol):
    """Looks at a text and scores it. A rule that raises is a BLOCK: it never has to be careful."""

    @property
    def name(self) -> str:
        """What the policy calls it."""
        ...

    def check(self, text: str, circumstance: Circumstance) -> Iterable[Finding]:
        """What the rule saw; findings below their threshold are kept as reasons."""
        ...


@runtime_checkable
class SentenceEncoder(Protocol):
    """Says what texts mean: texts that speak of the same lie near each other.

    A rule with a model that can do this lends it, so that the model is in memory once.
    """

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """A row of length 1 for each text; only the beginning of a long text counts."""
        ...


@dataclass(frozen=True, slots=True)
class RuleSource:
    """What a rule may be loaded from."""

    policy: Policy
    region: str = ""
    """ISO 3166: says how telephone numbers without a country code are read."""
    classifier: Path | None = None
    """The folder of the classifier's model."""
    adapter: Path | None = None
    """What was trained on top of it; None is what came with Candor."""


@dataclass(frozen=True, slots=True)
class RuleDeclaration:
    """A rule that there is. The policy's order decides which looks first."""

    name: str
    """Its file's name, and what the policy calls it."""
    title: str
    """What it looks for, in plain English."""
    load: Callable[[RuleSource], Rule]
    """Heavy imports belong in here. UserError where the user can mend what is missing."""
    policy: Path | None = None
    """Its own policy text, in force where the policy says nothing about it."""
    needs_classifier: bool = False
    """It is left out where no classifier's model is given (tests, and the first minutes)."""
