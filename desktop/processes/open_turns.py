"""Open turns: makes sure that each ends in exactly one Reply, even where the mind crashes."""

from __future__ import annotations

from agent.types import (
    Asked,
    Ended,
    Kept,
    Reply,
    Say,
    Sentence,
)
from perception.messages import Notice
from perception.types import Evidence
from safety.types import Explanation


class OpenTurns:
    """The open turns: what was given of each so far, and which are not on disk yet."""

    def __init__(self) -> None:
        self._open: dict[str, list[str]] = {}
        self._ended: set[str] = set()
        self._unkept: dict[str, Say] = {}
        self._evidence: dict[str, tuple[Evidence, ...]] = {}

    @property
    def waiting(self) -> tuple[str, ...]:
        """The turns without a Reply."""
        return tuple(self._open)

    @property
    def unkept(self) -> tuple[Say, ...]:
        """The open questions that no mind is known to have put on disk."""
        return tuple(self._unkept.values())

    def note_message(self, value: object) -> bool:
        """Note a command or an event; False when the window must not see it again."""
        match value:
            case Say(turn=""):
                return True
            case Say(turn=turn) | Asked(turn=turn):
                if turn in self._ended:
                    return False
                self._open.setdefault(turn, [])
                if isinstance(value, Say):
                    self._unkept[turn] = value
                else:
                    self._unkept.pop(turn, None)
                    self._evidence[turn] = value.evidence
            case Kept(turn=turn):
                self._unkept.pop(turn, None)
            case Sentence(turn=turn, text=text):
                if turn in self._ended:
                    return False
                self._open.setdefault(turn, []).append(text)
            case Reply(turn=turn):
                if turn in self._ended:
                    return False
                self._close(turn)
        return True

    def fail(self, turn: str, told: Notice) -> Reply:
        """Close an open turn with what it was given; whoever could have explained it is gone."""
        why = Explanation.of_notes(told, evidence=self._evidence.get(turn, ()))
        return Reply(turn, "".join(self._close(turn)), Ended.FAILED, why, {})

    def _close(self, turn: str) -> list[str]:
        """What was given of it."""
        self._unkept.pop(turn, None)
        self._evidence.pop(turn, None)
        self._ended.add(turn)
        return self._open.pop(turn, [])
