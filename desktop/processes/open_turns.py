"""Open turns: makes sure that each ends in exactly one Reply, even where the mind crashes."""

from __future__ import annotations

from agent.codes import AgentCode
from agent.commands import Continue, Say
from agent.events import Asked, Kept, Reply, Sentence
from agent.types import Ended
from perception.messages import Notice
from perception.types import Evidence
from safety.types import Explanation


class OpenTurns:
    """The open turns: what was given of each so far, and which are not on disk yet."""

    def __init__(self) -> None:
        self._open: dict[str, list[str]] = {}
        self._ended: dict[str, str] = {}
        """With the answer, where that may be continued."""
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
                self._begin(value)
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
                self._close(turn, _to_continue(value))
        return True

    def fail(self, turn: str, told: Notice) -> Reply:
        """Close an open turn with what it was given; whoever could have explained it is gone."""
        why = Explanation.of_notes(told, evidence=self._evidence.get(turn, ()))
        return Reply(turn, "".join(self._close(turn)), Ended.FAILED, why, {})

    def _begin(self, value: Say | Asked) -> None:
        self._open.setdefault(value.turn, [])
        if isinstance(value, Say):
            self._unkept[value.turn] = value
        else:
            self._unkept.pop(value.turn, None)
            self._evidence[value.turn] = value.evidence

    def _close(self, turn: str, answer: str = "") -> list[str]:
        """What was given of it; `answer` is kept, as it may be continued."""
        self._unkept.pop(turn, None)
        if not answer:
            self._evidence.pop(turn, None)
        self._ended[turn] = answer
        return self._open.pop(turn, [])


def _to_continue(reply: Reply) -> str:
    """The answer where it was cut at its longest length; else empty."""
    cut = any(note.code == AgentCode.ANSWER_CUT_LONGEST for note in reply.why.notes)
    return reply.text if cut else ""
