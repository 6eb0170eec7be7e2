"""A dialogue engine in one file: it says back what it was told.

Put it into `agent/dialogue/`, or install it as a package of its own with this in pyproject.toml:

    [project.entry-points."candor.dialogue"]
    echo = "echo_dialogue:ENGINE"

Then choose it: `dialogue_engine = "echo"` in settings.toml, or in the window's settings.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence

from agent.dialogue import DialogueEngine, DialogueSource, Fit, Sampling, Token, Wanted
from agent.engines.hardware import Hardware
from agent.types import Message

NAME = "echo"


class EchoDialogue:
    """Says back what it was told; see `agent.dialogue.Dialogue`."""

    name = NAME
    device = "cpu"
    reason = "It needs no model."
    context = 4096
    control_tokens: frozenset[str] = frozenset()

    def generate(self, messages: Sequence[Message], sampling: Sampling) -> Generator[Token]:
        """The last message, word by word."""
        words = f"You said: {messages[-1].text}".split(" ")
        for place, word in enumerate(words):
            yield Token(word if place == 0 else f" {word}", 1.0)
        yield Token("", 1.0, "stop")

    def prefill(self, messages: Sequence[Message], growing: bool = False) -> Generator[None]:
        """Nothing to prepare."""
        yield from ()

    def count(self, text: str) -> int:
        """A word is a token here."""
        return len(text.split())

    def close(self) -> None:
        """Nothing is held."""


def _fits(hardware: Hardware, wanted: Wanted) -> Fit | None:
    """Only who asks for it by name gets it."""
    return Fit("cpu", "You chose the echo.") if wanted.named else None


def _load(source: DialogueSource) -> EchoDialogue:
    return EchoDialogue()


ENGINE = DialogueEngine(NAME, "Echo", _fits, _load)
