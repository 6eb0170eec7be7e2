"""Engines that continue a conversation."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from typing import Protocol

from agent.types import Message


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of text with the probability the model gave it.

    `ended` is empty until the last token, then `stop` or `length`; the last may have no text.
    An empty token that ends nothing says: still reading the prompt. So a consumer that waits
    for the first word can stop the engine.
    """

    text: str
    probability: float
    ended: str = ""


@dataclass(frozen=True, slots=True)
class Sampling:
    """How to choose tokens. Temperature 0 is greedy; `grammar` is GBNF, empty for none."""

    most_tokens: int = 512
    temperature: float = 0.0
    seed: int = 0
    stop: tuple[str, ...] = ()
    grammar: str = ""


class Dialogue(Protocol):
    """A chat model. No text of any message is ever read as a control token.

    `generate` and `prefill` are generators: closing one frees the engine within 0.2 s, also in
    the middle of a prompt. An engine serves one generator at a time.
    """

    name: str
    device: str
    reason: str
    context: int
    """The longest prompt with answer, in tokens."""
    control_tokens: frozenset[str]
    """Every spelling that the vocabulary reads as a control token."""

    def generate(self, messages: Sequence[Message], sampling: Sampling) -> Generator[Token]:
        """The assistant's next message, token by token."""
        ...

    def prefill(self, messages: Sequence[Message], growing: bool = False) -> Generator[None]:
        """Read these messages into the cache, without an answer.

        `growing` says that more words will come in the last one.
        """
        ...

    def count(self, text: str) -> int:
        """How many tokens `text` is."""
        ...

    def close(self) -> None:
        """Free the model."""
        ...
