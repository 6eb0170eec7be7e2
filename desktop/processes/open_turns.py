"""The promise that every turn ends in exactly one Reply, kept beside a mind that may crash."""

from __future__ import annotations

from agent.types import (
    Asked,
    Ended,
    Reply,
    Say,
    Sentence,
)
from safety.types import Explanation


class Ledger:
    """Which turns wait for their Reply, and what was given of each so far."""

    def __init__(self) -> None:
        self._open: dict[str, list[str]] = {}
        self._ended: set[str] = set()

    @property
    def waiting(self) -> tuple[str, ...]:
        """The turns without a Reply."""
        return tuple(self._open)

    def take(self, value: object) -> bool:
        """Note a command or an event; False when the window must not see it again."""
        match value:
            case Say(turn=turn) | Asked(turn=turn):
                if turn in self._ended:
                    return False
                self._open.setdefault(turn, [])
            case Sentence(turn=turn, text=text):
                if turn in self._ended:
                    return False
                self._open.setdefault(turn, []).append(text)
            case Reply(turn=turn):
                if turn in self._ended:
                    return False
                self._open.pop(turn, None)
                self._ended.add(turn)
        return True

    def fail(self, headline: str, next_step: str) -> tuple[Reply, ...]:
        """Close every open turn with what it was given, and say why."""
        why = Explanation(headline, (), (), next_step, "")
        replies = tuple(
            Reply(turn, "".join(given), Ended.FAILED, why, {}) for turn, given in self._open.items()
        )
        self._ended.update(self._open)
        self._open.clear()
        return replies
