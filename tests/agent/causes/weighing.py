"""A scripted model that says what its lines say: a word is likely where the prompt holds it."""

from __future__ import annotations

import math
from collections.abc import Generator, Sequence
from dataclasses import dataclass, field

from agent.causes import variants
from agent.types import Message
from tests.engines import ScriptedDialogue


@dataclass
class WeighingDialogue(ScriptedDialogue):
    """`knows` are words that it would say without any line."""

    knows: frozenset[str] = frozenset()
    disputed: frozenset[str] = frozenset()
    """Words that are less likely while a line with `not` is shown."""
    scored: list[tuple[str, str]] = field(default_factory=list)
    steps: int = 1
    stepped: bool = False

    def log_probability(
        self, messages: Sequence[Message], words: str, after: str = ""
    ) -> Generator[None, None, float]:
        assert not self.busy, "an engine serves one generator at a time"
        self.busy = True
        try:
            prompt = next(m.text for m in reversed(messages) if m.role == "user")
            self.scored.append((prompt, words))
            for _ in range(self.steps):
                self.stepped = True
                yield
            return self._of(prompt, words.strip())
        finally:
            self.busy = False

    def _of(self, prompt: str, word: str) -> float:
        shown = [*variants.lines(prompt).values()]
        if word in self.knows:
            return math.log(0.9)
        if not any(word in line and "not " not in line for line in shown):
            return math.log(0.02)
        against = word in self.disputed and any("not " in line for line in shown)
        return math.log(0.5 if against else 0.9)
