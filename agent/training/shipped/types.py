"""What our training data is made of."""

from __future__ import annotations

from dataclasses import dataclass

from agent.tools.types import Tool

TRAIN, HELD_OUT = "train", "held_out"


@dataclass(frozen=True, slots=True)
class Exchange:
    """One exchange to learn: data of the moment, the user's words, the answer.

    `kind` names the skill; `accepted` are strings of which a right answer holds one, none where
    the data does not tell. `tools` are those that the prompt lists. `before` is an earlier
    exchange (data, words, answer) of the same chat.
    """

    kind: str
    data: str
    words: str
    answer: str
    accepted: tuple[str, ...] = ()
    tools: tuple[Tool, ...] = ()
    before: tuple[tuple[str, str, str], ...] = ()
    profile: str = "everyday"
