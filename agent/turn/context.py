"""The turn being answered: what was asked, and what every stage adds to it on its one way down."""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace

from agent.attached_text import AttachedText
from agent.events import Sentence
from agent.memory.history_rows import StoredTurn
from agent.turn.explanation import GROUNDING, account, given
from agent.types import Message
from perception.fusion import PICTURE
from perception.messages import Notice
from perception.types import (
    Evidence,
    Scene,
    Snapshot,
    Transcript,
    UserError,
    Utterance,
)
from safety.codes import SafetyCode
from safety.types import Action, DecidingWords, Explanation, GivenSentence, Verdict


@dataclass(frozen=True, slots=True)
class Question:
    """Typed (`text`) or spoken (`utterance`), with pictures and whole texts.

    `started` is monotonic: the end of the voice, or when the words were sent; `came` is when the
    question arrived. `chat` is None for a new one. `replaces` names the turn that this one stands
    in for. `kept` says that it is on disk already. `shown` is evidence that comes with it beside
    pictures and camera.
    """

    turn: str
    started: float
    chat: int | None
    text: str = ""
    utterance: Utterance | None = None
    pictures: tuple[bytes, ...] = ()
    replaces: str | None = None
    came: float = 0.0
    kept: bool = False
    shown: tuple[Evidence, ...] = ()
    texts: tuple[AttachedText, ...] = ()

    @property
    def anew(self) -> bool:
        """Whether the user wants another answer than the one they got."""
        return self.replaces is not None and self.utterance is None


@dataclass(slots=True)
class TurnContext:
    """One turn, filled stage by stage; no stage hands it back up.

    Transcribe fills `heard` and completes `asked`; store `chat` and `stored`. Commands fill `meant`
    (what the model is asked in place of the words, where it is another thing), `silent` (the answer
    is only shown) and `ready` (there is one without the model). Perceive fills `words`, `told` (all
    that the user said in this chat), `scene`, `evidence` and `prompt` (the message as the model
    reads it). Generation counts the checked sentences in `made`; deliver adds those that were
    given, and whether they were `spoken`.
    """

    asked: Question
    heard: Transcript | None = None
    chat: int | None = None
    stored: bool = False
    meant: str = ""
    silent: bool = False
    ready: bool = False
    words: str = ""
    told: str = ""
    scene: Scene | None = None
    looked: Snapshot | None = None
    """The picture of the camera in which the scene was made out."""
    evidence: tuple[Evidence, ...] = ()
    prompt: Message = field(default_factory=lambda: Message("user", ""))
    made: int = 0
    begun: int = 0
    """Characters of the answer that were there before: it is being continued."""
    sentences: list[Sentence] = field(default_factory=list)
    spoken: bool = False
    verdicts: list[Verdict] = field(default_factory=list)
    notes: list[Notice] = field(default_factory=list)
    marks: dict[str, float] = field(default_factory=dict)
    failure: UserError | None = None
    deciding: DecidingWords | None = None
    """The words for which something was held back."""

    @property
    def turn(self) -> str:
        """Its name."""
        return self.asked.turn

    @property
    def said(self) -> str:
        """All that the user said and wrote in it."""
        return "\n".join(filter(None, (self.heard.text if self.heard else "", self.asked.text)))

    def mark(self, stage: str, at: float = 0.0) -> None:
        """Note when a stage was first reached: `at` (monotonic), or now."""
        self.marks.setdefault(stage, at or time.monotonic())

    def timings(self) -> dict[str, float]:
        """The stages in milliseconds from the start."""
        started = self.asked.started
        return {stage: (at - started) * 1000 for stage, at in self.marks.items()}

    def text(self) -> str:
        """What was given so far."""
        return "".join(sentence.text for sentence in self.sentences)

    @property
    def rests_on_view(self) -> bool:
        """Whether what was given rests on something that the camera saw."""
        seen = {item.id for item in self.evidence if item.where.source == PICTURE}
        return any(seen.intersection(sentence.evidence) for sentence in self.sentences)

    def why(self, text: str) -> Explanation:
        """The account of the whole turn, of which the user was given `text`.

        A failure speaks first, with what to do next.
        """
        sentences = tuple(given(self.sentences, text))
        why = account(self.verdicts, self.evidence, self.notes, sentences)
        why = replace(why, deciding=self.deciding)
        if self.failure is None:
            return why
        notes = (self.failure.notice, *self.notes)
        return replace(why, headline="", alternative="", notes=notes)


def continued(kept: StoredTurn) -> TurnContext:
    """The turn of an answer that is to be continued, with what it was given so far."""
    asked = Question(kept.id, time.monotonic(), kept.chat, kept.asked, kept=True)
    turn = TurnContext(asked, chat=kept.chat, stored=True, words=kept.asked, told=kept.asked)
    turn.evidence, turn.prompt = kept.evidence, Message("user", kept.prompt)
    why = kept.why or Explanation.of_notes()
    turn.verdicts += _decided(kept.reply, why)
    turn.notes += [note for note in why.notes if note.code == SafetyCode.NOT_READ_ALOUD]
    turn.sentences += _given_before(kept, why)
    turn.made, turn.begun = len(turn.sentences), len(kept.reply)
    return turn


def _decided(reply: str, why: Explanation) -> list[Verdict]:
    """What was decided of an answer before: each of its changes, or that there was none."""
    changes = why.changes or ((why.change,) if why.headline else ())
    return [
        Verdict(
            Action.ADVISE if change.noted else Action.REDACT,
            reply,
            replace(
                why,
                headline=change.headline,
                alternative=change.alternative,
                appeal=change.appeal,
            ),
        )
        for change in changes
    ] or [Verdict(Action.ALLOW, reply, why)]


def _given_before(kept: StoredTurn, why: Explanation) -> list[Sentence]:
    """The sentences of an answer that is kept; one of all of it where they are not known."""
    before = why.sentences
    if "".join(each.text for each in before) != kept.reply:
        before = (GivenSentence(kept.reply, 1.0, ()),)
    doubts = tuple(f for f in why.findings if f.fired and f.rule == GROUNDING)
    plain, doubted = Explanation.of_notes(), Explanation("", doubts, (), "", "")
    return [
        Sentence(
            kept.id,
            number,
            each.text,
            Verdict(Action.ALLOW, each.text, doubted if each.doubted else plain),
            each.evidence,
            each.confidence,
        )
        for number, each in enumerate(before)
    ]
