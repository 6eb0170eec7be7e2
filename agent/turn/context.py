"""The turn being answered, as the conversation fills it."""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace

from agent.turn.explanation import account
from agent.types import Message, Sentence
from perception.types import (
    Evidence,
    Heard,
    Scene,
    UserError,
    Utterance,
)
from safety.types import Explanation, Verdict


@dataclass(slots=True)
class OpenTurn:
    """`started` is monotonic: the end of the user's voice, or when the words were sent.

    `words` is what was asked, `told` all that the user said in this chat, `prompt` the message as
    the model reads it. `meant` is what the model is asked in place of `words`, where it is another
    thing. `sentences` are those that were given; `made` counts the checked ones. A `silent` answer
    is only shown; where one is `ready` without the model, nothing is looked up for it.
    """

    turn: str
    started: float
    chat: int | None = None
    heard: Heard | None = None
    words: str = ""
    told: str = ""
    scene: Scene | None = None
    evidence: tuple[Evidence, ...] = ()
    prompt: Message = field(default_factory=lambda: Message("user", ""))
    made: int = 0
    sentences: list[Sentence] = field(default_factory=list)
    verdicts: list[Verdict] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    marks: dict[str, float] = field(default_factory=dict)
    failure: UserError | None = None
    stored: bool = False
    spoken: bool = False
    meant: str = ""
    ready: bool = False
    silent: bool = False

    def mark(self, stage: str, at: float = 0.0) -> None:
        """Note when a stage was first reached: `at` (monotonic), or now."""
        self.marks.setdefault(stage, at or time.monotonic())

    def timings(self) -> dict[str, float]:
        """The stages in milliseconds from the start."""
        return {stage: (at - self.started) * 1000 for stage, at in self.marks.items()}

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


@dataclass(frozen=True, slots=True)
class Question:
    """Typed (`text`) or spoken (`utterance`), with pictures.

    `started` is monotonic: the end of the voice, or when the words were sent; `came` is when the
    question arrived. `chat` is None for a new one. `replaces` names the turn that this one stands
    in for.
    """

    turn: str
    started: float
    chat: int | None
    text: str = ""
    utterance: Utterance | None = None
    pictures: tuple[bytes, ...] = ()
    replaces: str | None = None
    came: float = 0.0

    @property
    def anew(self) -> bool:
        """Whether the user wants another answer than the one they got."""
        return self.replaces is not None and self.utterance is None
