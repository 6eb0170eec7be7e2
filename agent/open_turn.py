"""The turn being answered, as the conversation fills it."""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace

from agent.account import account
from agent.types import Sentence
from perception.types import Evidence, UserError
from safety.types import Explanation, Verdict


@dataclass(slots=True)
class OpenTurn:
    """`started` is monotonic: the end of the user's voice, or when the words were sent.

    `words` is what was asked, `told` all that the user said in this chat.
    """

    turn: str
    started: float
    chat: int = 0
    words: str = ""
    told: str = ""
    evidence: tuple[Evidence, ...] = ()
    sentences: list[Sentence] = field(default_factory=list)
    verdicts: list[Verdict] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    timings: dict[str, float] = field(default_factory=dict)
    failure: UserError | None = None
    stored: bool = False
    spoken: bool = False

    def mark(self, stage: str) -> None:
        """Note when a stage was first reached, in milliseconds from the start."""
        self.timings.setdefault(stage, (time.monotonic() - self.started) * 1000)

    def text(self) -> str:
        """What was given so far."""
        return "".join(sentence.text for sentence in self.sentences)

    def why(self) -> Explanation:
        """The account of the whole turn; a failure speaks first, with what to do next."""
        why = account(self.verdicts, self.evidence, self.notes)
        if self.failure is None:
            return why
        headline = " ".join((self.failure.message, *self.notes))
        return replace(why, headline=headline, alternative=self.failure.hint)
