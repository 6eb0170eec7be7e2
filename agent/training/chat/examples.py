"""From a conversation to token ids, by the very encoder that answers are prompted with."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from agent.dialogue.text.encoder import Encoder
from agent.types import Message


@dataclass(frozen=True, slots=True)
class Example:
    """A conversation to learn from; every assistant message in it is learned.

    Examples of one `group` stay together when data are split. `source` says where it came from.
    """

    messages: tuple[Message, ...]
    group: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class EncodedExample:
    """An example as the model reads it. `learned` has, for each id, whether it is an answer's."""

    ids: tuple[int, ...]
    learned: tuple[bool, ...]

    @property
    def answers(self) -> int:
        """How many ids are learned."""
        return sum(self.learned)


def rows(
    examples: Iterable[Example], encoder: Encoder, ends: frozenset[int]
) -> list[EncodedExample]:
    """A row for each example; `ends` are the ids of all control tokens."""
    return [row(example.messages, encoder, ends) for example in examples]


def row(
    messages: Sequence[Message],
    encoder: Encoder,
    ends: frozenset[int],
    learned: Collection[int] | None = None,
) -> EncodedExample:
    """The ids of a conversation. Answers are tokenised as the model would write them.

    `learned` are the places of the messages to learn; without it every answer is. An answer's last
    id is the control token that ends its turn.
    """
    answers: list[tuple[int, list[int]]] = []
    ids: list[int] = []
    for place, message in enumerate(messages):
        if message.role == "assistant":
            start = len(encoder.ids(messages[:place], answer=True))
            encoder.remember(messages[:place], message.text, encoder.text(message.text))
            ids = encoder.ids(messages[: place + 1], answer=False)
            if learned is None or place in learned:
                answers.append((start, ids[start : _end(ids, start, ends)]))
    marks = [False] * len(ids)
    for start, answer in answers:
        # Some templates rewrite the past: what is not as it will be met is not learned.
        end = start + len(answer)
        if ids[start:end] == answer:
            marks[start:end] = [True] * len(answer)
    return EncodedExample(tuple(ids), tuple(marks))


def _end(ids: Sequence[int], start: int, ends: frozenset[int]) -> int:
    return next((at + 1 for at in range(start, len(ids)) if ids[at] in ends), len(ids))
