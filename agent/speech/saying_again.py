"""Speaks a kept answer once more."""

from __future__ import annotations

from collections.abc import Callable

from agent.dialogue import Token
from agent.turn.lifecycle import TurnLifecycle
from agent.turn.segmentation import pieces
from agent.turn.speculation import SpeculationGate
from agent.types import new_turn


def say_again(
    turns: TurnLifecycle,
    gate: SpeculationGate,
    nothing_waits: Callable[[], bool],
    turn: str,
    text: str,
) -> None:
    """Speak the answer of `turn`, or `text` about it, under a new name.

    A question or a flush ends it. UserError where the history cannot be read.
    """
    speaker = turns.speaker
    kept = turns.history.turn(turn)
    words = text or (kept.reply if kept else "")
    if speaker is None or not words:
        return
    gate.drop()
    again = new_turn()
    with turns.aloud(again):
        speaker.begin(again)
        for index, piece in enumerate(pieces([Token(words, 1.0, "stop")])):
            speaker.say(index, piece.text, piece.ends)
        # What came before `begin` could not stop this speech yet.
        if turns.is_stopped(again) or not nothing_waits():
            speaker.stop(again)
        speaker.finish()
        speaker.wait()
