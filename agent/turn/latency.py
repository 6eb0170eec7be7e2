"""How long the last turns took, stage by stage; in memory only."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass

STAGES = (
    "heard",
    "decided",
    "first_token",
    "guard",
    "first_sentence",
    "first_sound",
    "first_sample",
)
"""The final words, the turn's end as ears decided it, the model's first word, the first piece
judged, released, handed to the voice's sink, and out of the speaker."""

_MOST_TURNS = 100


@dataclass(frozen=True, slots=True)
class Took:
    """One turn: milliseconds from the end of the user's voice; `spoken` where it was a voice."""

    turn: str
    spoken: bool
    stages_ms: Mapping[str, float]


class Latency:
    """The record of the last turns. Safe to read from any thread."""

    def __init__(self) -> None:
        self._turns: deque[Took] = deque(maxlen=_MOST_TURNS)
        self._lock = threading.Lock()

    def add(self, took: Took) -> None:
        """Keep one more turn."""
        with self._lock:
            self._turns.append(took)

    def turns(self) -> tuple[Took, ...]:
        """The last turns, oldest first."""
        with self._lock:
            return tuple(self._turns)
