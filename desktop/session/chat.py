"""The chat transcript as data: turns in order, made from events. Knows nothing of widgets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from agent.attached_text import AttachedText
from agent.codes import AgentCode
from agent.commands import Say
from agent.events import Asked, Called, CausesMeasured, Failed, Kept, Reply, Sentence, Undone
from agent.memory.history import PRIVATE
from agent.tools.called import TurnCalls
from agent.types import Ended
from desktop.session.pose import Pose
from perception.types import Evidence, Scene, Transcript
from safety.types import Action, Change, Explanation, Verdict

_CITED = re.compile(r"\[(\d{1,3})\]")


@dataclass(frozen=True, slots=True)
class TurnActivity:
    """The activity of an open turn, with a word for it."""

    pose: Pose
    word: str


@dataclass(frozen=True, slots=True)
class ShownTurn:
    """A question with as much of its answer as there is. `ended` is None while it is open.

    `saved` says that the turn is on disk; before that only the window holds the words. `kept`
    says that it was read from there, so that its pictures still are.
    """

    id: str
    chat: int | None
    asked: str
    pictures: tuple[bytes, ...] = ()
    heard: Transcript | None = None
    evidence: tuple[Evidence, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    reply: str = ""
    ended: Ended | None = None
    why: Explanation | None = None
    failed: Failed | None = None
    saved: bool = False
    at: float = 0.0
    timings_ms: Mapping[str, float] = field(default_factory=dict)
    kept: bool = False
    scene: Scene | None = None
    good: bool | None = None
    """What the user thinks of the answer; `corrected` is what would be right."""
    corrected: str = ""
    appealed: bool = False
    """Whether the user called wrong what was decided of it."""
    calls: tuple[Called, ...] = ()
    """What the tools did; `undone` where that was taken back."""
    undone: bool = False
    versions: tuple[str, ...] = ()
    """The turns that stand for one another, oldest first, this one among them; () for one alone."""
    texts: tuple[AttachedText, ...] = ()
    """The texts that came with the question."""

    @property
    def cut_short(self) -> bool:
        """Whether the answer ends where it reached its longest length, so that it may go on."""
        notes = self.why.notes if self.why is not None else ()
        return self.ended is Ended.DONE and any(
            note.code == AgentCode.ANSWER_CUT_LONGEST for note in notes
        )

    @property
    def advice(self) -> Explanation | None:
        """The help in need that opens the answer; a card shows it, in place of those words."""
        first = next(iter(self.sentences), None)
        why = first.verdict.why if first is not None else self.why
        if why is None or self.ended is Ended.BLOCKED or not (why.headline and why.alternative):
            return None
        return why if self.answer.startswith(advised(why)) else None

    @property
    def body(self) -> str:
        """The answer without the advice that has a card of its own."""
        advice = self.advice
        return self.answer[len(advised(advice)) :].lstrip() if advice else self.answer

    @property
    def unread(self) -> int | None:
        """The place in `body` from which on it was not read aloud; None where all was."""
        read = self.why.read_aloud if self.why is not None else None
        if read is None or self.ended is None:
            return None
        return max(0, read - (len(self.answer) - len(self.body)))

    @property
    def answer(self) -> str:
        """The answer in Markdown, as far as it was given."""
        if self.ended is not None:
            return self.reply
        return "".join(sentence.text for sentence in self.sentences)

    @property
    def appealable(self) -> bool:
        """Whether something was decided of it that can be called wrong, and is kept."""
        decided = self.ended is not None and self.why is not None and bool(self.why.changes)
        return decided and self.chat != PRIVATE

    @property
    def cited(self) -> tuple[Evidence, ...]:
        """The evidence that the answer names, in the order of its numbers."""
        given = self.sentences if self.ended is None or self.why is None else self.why.sentences
        ids = {number for sentence in given for number in sentence.evidence}
        ids |= {int(number) for number in _CITED.findall(self.answer)}
        shown = (item for item in self.evidence if item.kind != "heard")
        return tuple(item for item in shown if item.id in ids)

    @property
    def changes(self) -> tuple[Change, ...]:
        """Why parts of the answer were changed or held back, each reason once.

        While it is open, what is told of its sentences; at its end, what its explanation says.
        """
        if self.why is not None:
            changes = self.why.changes
        else:
            changed = (s.verdict for s in self.sentences if s.verdict.action is not Action.ALLOW)
            changes = tuple(verdict.change for verdict in changed)
        by_reason: dict[str, Change] = {}
        for change in changes:
            known = by_reason.get(change.headline)
            if known is None or known.noted:
                by_reason[change.headline] = change
        return tuple(change for change in by_reason.values() if not self._is_said(change))

    def _is_said(self, change: Change) -> bool:
        """Whether it is advice that opens the answer: a note would say all of it once more."""
        words = (change.headline, change.alternative)
        return self.ended is not Ended.BLOCKED and all(
            each and each in self.answer for each in words
        )


def advised(why: Explanation) -> str:
    """The words of help that open an answer."""
    return f"{why.headline} {why.alternative}".strip()


class ChatTranscript:
    """The turns of one chat in order."""

    def __init__(self, turns: Iterable[ShownTurn] = ()) -> None:
        self._turns = {turn.id: turn for turn in turns}

    def __len__(self) -> int:
        return len(self._turns)

    def __iter__(self) -> Iterator[ShownTurn]:
        return iter(self._turns.values())

    def get(self, turn: str) -> ShownTurn | None:
        """The turn of this id."""
        return self._turns.get(turn)

    @property
    def newest(self) -> ShownTurn | None:
        """The last turn."""
        return next(reversed(self._turns.values()), None)

    @property
    def answering(self) -> ShownTurn | None:
        """The turn that is open, the newest where there are several."""
        return next((turn for turn in reversed(self._turns.values()) if turn.ended is None), None)

    def begin(self, say: Say) -> None:
        """Show the user's words at once, before the mind has confirmed them."""
        self._drop_from(say.replaces)
        self._turns[say.turn] = ShownTurn(
            say.turn, say.chat, say.text, say.pictures, texts=say.texts
        )

    def add(self, turn: ShownTurn) -> None:
        """Show a turn at the end, unless it is there."""
        self._turns.setdefault(turn.id, turn)

    def handle_event(
        self, event: Kept | Asked | Sentence | Reply | Failed | Called | Undone | CausesMeasured
    ) -> bool:
        """Fold an event in; False when it is of a turn that is not shown here."""
        if isinstance(event, Asked):
            return self._asked(event)
        turn = self._turns.get(event.turn)
        if turn is None:
            return False
        if isinstance(event, Kept):
            turn = replace(turn, saved=True)
        elif isinstance(event, Sentence):
            turn = replace(turn, sentences=(*turn.sentences, event))
        elif isinstance(event, Called):
            turn = replace(turn, calls=(*turn.calls, event))
        elif isinstance(event, Undone):
            turn = replace(turn, undone=True)
        elif isinstance(event, CausesMeasured):
            turn = replace(turn, why=event.why or turn.why)
        elif isinstance(event, Reply):
            turn = replace(
                turn,
                # A failure takes nothing back that was shown.
                reply=event.text or ("" if event.ended is not Ended.FAILED else turn.answer),
                ended=event.ended,
                why=event.why,
                timings_ms=event.timings_ms,
            )
        else:
            turn = replace(turn, failed=event)
        self._turns[event.turn] = turn
        return True

    def reopen(
        self, turn: str, pictures: tuple[bytes, ...], texts: tuple[AttachedText, ...] = ()
    ) -> bool:
        """The answer is being written on; False where there is none to go on with."""
        known = self._turns.get(turn)
        if known is None or not known.reply:
            return False
        why = known.why or Explanation.of_notes()
        verdict = Verdict(Action.ALLOW, known.reply, why)
        ids = tuple(sorted({number for given in why.sentences for number in given.evidence}))
        begun = known.sentences or (Sentence(turn, 0, known.reply, verdict, ids, 1.0),)
        opened = replace(known, ended=None, failed=None, sentences=begun, kept=False)
        self._turns[turn] = replace(opened, pictures=pictures, texts=texts)
        return True

    def set_versions(self, versions: Mapping[str, tuple[str, ...]]) -> None:
        """Which turns stand for one another."""
        for turn, known in self._turns.items():
            if known.versions != versions.get(turn, ()):
                self._turns[turn] = replace(known, versions=versions.get(turn, ()))

    def illustrate(
        self, turn: str, pictures: tuple[bytes, ...], texts: tuple[AttachedText, ...] = ()
    ) -> None:
        """These pictures and texts belong to a turn, where it is shown."""
        known = self._turns.get(turn)
        if known is not None and (pictures or texts):
            self._turns[turn] = replace(known, pictures=pictures, texts=texts)

    def rate(self, turn: str, good: bool | None, corrected: str) -> None:
        """What the user thinks of an answer, where it is shown."""
        known = self._turns.get(turn)
        if known is not None:
            self._turns[turn] = replace(known, good=good, corrected=corrected)

    def appeal(self, turn: str, wrong: bool) -> None:
        """Whether what was decided of a turn is kept as called wrong, where it is shown."""
        known = self._turns.get(turn)
        if known is not None:
            self._turns[turn] = replace(known, appealed=wrong)

    def show_calls(self, turn: str, made: TurnCalls) -> None:
        """What the tools did in a turn, where it is shown."""
        known = self._turns.get(turn)
        if known is not None:
            self._turns[turn] = replace(known, calls=made.calls, undone=made.undone)

    def remove_from(self, turn: str) -> None:
        """Take away a turn and all after it."""
        self._drop_from(turn)

    def _asked(self, event: Asked) -> bool:
        self._drop_from(event.replaces)
        known = self._turns.get(event.turn) or ShownTurn(event.turn, event.chat, event.text)
        self._turns[event.turn] = replace(
            known,
            chat=event.chat,
            asked=event.text or known.asked,
            heard=event.heard,
            evidence=event.evidence,
            scene=event.scene,
            saved=True,
        )
        return True

    def _drop_from(self, turn: str | None) -> None:
        if turn is None or turn not in self._turns:
            return
        ids = list(self._turns)
        for id_ in ids[ids.index(turn) :]:
            del self._turns[id_]
