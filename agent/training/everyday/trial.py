"""A model is tried in ordinary talk: a part of the bench that comes with the program."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import replace
from pathlib import Path

from agent.assembly import assemble
from agent.dialogue import Dialogue, Sampling, Token
from agent.engines.choice import Choice
from agent.engines.loaded import Once
from agent.settings import Settings
from agent.training.everyday.counts import Judged, judged
from agent.training.everyday.talks import Talk, hold, read
from agent.types import Message
from safety.guard import load_guard

MOST_TOKENS = 128
"""The questions want short answers; a model that goes on and on must not take an hour."""

_FILE = Path(__file__).with_name("trial.jsonl")


def own_talks() -> list[Talk]:
    """The conversations that come with the program, the same each time."""
    return read(_FILE)


def tried(dialogue: Dialogue, talks: Sequence[Talk]) -> list[Judged]:
    """The turns of these conversations, answered by the whole agent with this model."""
    short = _Short(dialogue, MOST_TOKENS)
    choice = Choice(dialogue.name, "", dialogue.device, 0, None)
    engines = replace(
        assemble(Settings()),
        choice=lambda: choice,
        dialogue=lambda: short,
        # Without the classifier, which is the same for every model and may not be installed.
        guard=Once(lambda: load_guard(None, None)),
        ready=lambda: True,
    )
    settings = Settings(speak_answers=False)
    return [
        judged(talk.group, turn, answer)
        for talk in talks
        for turn, answer in zip(talk.turns, hold(engines, talk, settings), strict=True)
    ]


class _Short:
    """A dialogue model that stops after so many tokens."""

    def __init__(self, dialogue: Dialogue, most_tokens: int) -> None:
        self._dialogue, self._most = dialogue, most_tokens
        self.name, self.device, self.reason = dialogue.name, dialogue.device, dialogue.reason
        self.context, self.control_tokens = dialogue.context, dialogue.control_tokens

    def generate(self, messages: Sequence[Message], sampling: Sampling) -> Generator[Token]:
        most = min(self._most, sampling.most_tokens)
        return self._dialogue.generate(messages, replace(sampling, most_tokens=most))

    def prefill(self, messages: Sequence[Message], growing: bool = False) -> Generator[None]:
        return self._dialogue.prefill(messages, growing)

    def count(self, text: str) -> int:
        return self._dialogue.count(text)

    def close(self) -> None:
        self._dialogue.close()
