"""What the user wants answered."""

from __future__ import annotations

from dataclasses import dataclass

from perception.types import Utterance


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
