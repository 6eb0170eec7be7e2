"""A dialogue whose model is on a server: what the policy keeps back never reaches it."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import replace

from agent.dialogue import Dialogue, Sampling, Token
from agent.types import Message
from safety.guard import Guard
from safety.types import Circumstance


class ServerDialogue:
    """Sends every message as the guard lets it be sent; see `agent.dialogue.Dialogue`."""

    def __init__(self, inner: Dialogue, guard: Guard, to_server: Circumstance) -> None:
        self._inner, self._guard, self._to_server = inner, guard, to_server
        self.name, self.device, self.reason = inner.name, inner.device, inner.reason
        self.context, self.control_tokens = inner.context, inner.control_tokens

    def generate(self, messages: Sequence[Message], sampling: Sampling) -> Generator[Token]:
        """The assistant's next message, token by token."""
        yield from self._inner.generate(self._may_be_sent(messages), sampling)

    def prefill(self, messages: Sequence[Message], growing: bool = False) -> Generator[None]:
        """Read these messages ahead, without an answer."""
        yield from self._inner.prefill(self._may_be_sent(messages), growing)

    def count(self, text: str) -> int:
        """About how many tokens `text` is."""
        return self._inner.count(text)

    def close(self) -> None:
        """Let go of the server."""
        self._inner.close()

    def _may_be_sent(self, messages: Sequence[Message]) -> tuple[Message, ...]:
        judge = self._guard.judge
        return tuple(replace(m, text=judge(m.text, self._to_server).text) for m in messages)
