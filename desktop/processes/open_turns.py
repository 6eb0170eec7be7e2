"""Open turns: makes sure that each ends in exactly one Reply, even where the mind crashes."""

from __future__ import annotations

from agent.codes import AgentCode
from agent.types import (
    Asked,
    Continue,
    Ended,
    Kept,
    Reply,
    Say,
    Sentence,
)
from perception.messages import Notice
from safety.types import Explanation


class OpenTurns:
    """The open turns: what was given of each so far, and which are not on disk yet."""

    def __init__(self) -> None:
        self._open: dict[str, list[str]] = {}
        self._ended: dict[str, str] = {}
        """With the answer, where that may be continued."""
        self._unkept: dict[str, Say] = {}

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
            case Say(turn=turn) | Asked(turn=turn):
                if turn in self._ended:
                    return False
                self._open.setdefault(turn, [])
                if isinstance(value, Say):
                    self._unkept[turn] = value
                else:
                    self._unkept.pop(turn, None)
            case Continue(turn=turn):
                self._open[turn] = [self._ended.pop(turn, "")]
            case Kept(turn=turn):
                self._unkept.pop(turn, None)
            case Sentence(turn=turn, text=text):
                if turn in self._ended:
                    return False
                self._open.setdefault(turn, []).append(text)
            case Reply(turn=turn):
                if turn in self._ended:
                    return False
                self._open.pop(turn, None)
                self._unkept.pop(turn, None)
                cut = AgentCode.ANSWER_CUT_LONGEST in [note.code for note in value.why.notes]
                self._ended[turn] = value.text if cut else ""
        return True

    def fail(self, turn: str, told: Notice) -> Reply:
        """Close an open turn with what it was given, and say why."""
        why = Explanation("", (), (), "", "", (told,))
        given = self._open.pop(turn)
        self._unkept.pop(turn, None)
        self._ended[turn] = ""
        return Reply(turn, "".join(given), Ended.FAILED, why, {})
