"""How probable the words of an answer are where some lines of the data had not been shown."""

from __future__ import annotations

import math
from collections.abc import Callable, Generator, Sequence
from contextlib import closing

from agent.causes import variants
from agent.causes.claims import Claim
from agent.dialogue import ForcedScoring
from agent.types import Message

Lines = frozenset[int]
_LEAST = math.log(1e-4)
"""Below this, a probability is as good as none, and only noise between them differs."""


class Scoring:
    """Scores the words of one answer; what was scored once is kept.

    `messages` makes the whole prompt of a message of the user's.
    """

    def __init__(
        self,
        engine: ForcedScoring,
        prompt: str,
        messages: Callable[[Message], Sequence[Message]],
    ) -> None:
        self._engine, self._prompt, self._messages = engine, prompt, messages
        self._known: dict[tuple[Lines, str], float] = {}

    def read(self, claim: Claim, removed: Lines) -> Generator[None]:
        """Score the words of a claim without these lines."""
        prompt: Sequence[Message] = ()
        for word in claim.words:
            key = (removed, word.before + word.words)
            if key in self._known:
                continue
            if not prompt:
                prompt = self._messages(Message("user", variants.without(self._prompt, removed)))
            begun = (Message("assistant", word.before),) if word.before else ()
            with closing(
                self._engine.log_probability((*prompt, *begun), word.words, word.after)
            ) as steps:
                self._known[key] = max(_LEAST, (yield from steps))

    def logs(self, claim: Claim, removed: Lines) -> list[float]:
        """The logarithms of the probabilities that were read, a word each."""
        return [self._known[removed, word.before + word.words] for word in claim.words]
