"""Speculation: prompt prefill and speculative responses while no turn waits, step by step.

It reads the beginning of the next prompt into the model's cache, then the words that are being
said, and drafts the answer to what may be all of them. Nothing of it is shown, spoken or stored.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from enum import StrEnum

from agent.dialogue import Dialogue
from agent.speech.streaming import (
    PrefillWords,
    WarmPrompt,
    Wish,
    WriteResponse,
)
from agent.turn.context import Question, TurnContext
from agent.turn.focus import Focus
from agent.turn.generation import Generation, Steps
from agent.turn.inquiry import read_ahead
from agent.turn.moderation import ModeratedSegment
from agent.types import Ended, Message
from perception.types import Transcript, UserError

_log = logging.getLogger("candor.turn")


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What a piece of work is made for; where any of it changes, the work is dropped.

    `pictures` are those that wait for the next spoken question.
    """

    wish: Wish
    writing: Generation
    chat: int | None
    pictures: tuple[bytes, ...]


class Speculation(StrEnum):
    """What the gate is doing."""

    IDLE = "idle"
    WARMING = "warming"
    """The beginning of the chat's next prompt is read into the model's cache."""
    READING = "reading"
    """Words that are still being said are read into it."""
    DRAFTING = "drafting"
    """The answer to what may be all of them is written, and held."""
    CLAIMED = "claimed"
    """The held answer became the answer of a turn."""


class SpeculationGate:
    """Works ahead, and lets a draft through where it answers just the question that was asked.

    Thread: converse. `done` is called when a wish has been fulfilled, `failed` with what the user
    should know.
    """

    def __init__(
        self, focus: Focus, done: Callable[[], None], failed: Callable[[UserError], None]
    ) -> None:
        self._focus, self._done, self._failed = focus, done, failed
        self.state = Speculation.IDLE
        self._for: Circumstances | None = None
        self._work: Generator[None] | None = None
        self._draft: SpeculativeResponse | None = None
        self._inquired: Dialogue | None = None
        """The model that has read what the guard may ask."""

    def step(self, now: Circumstances) -> bool:
        """Do a little of what is wished; False when there is nothing more to do."""
        if self._for is None or not _same(self._for, now):
            self.drop()
            self._for, self._work = now, self._working(now)
        if self._work is None:
            return False
        try:
            next(self._work)
            return True
        except StopIteration:
            pass
        except UserError as error:
            self._fail(error, now)
        except Exception:
            _log.exception("working ahead failed")
            self._fail(None, now)
        self._work = None
        self._done()
        return False

    def drop(self) -> None:
        """Forget what was begun; the model is free afterwards."""
        if self._work is not None:
            self._work.close()
        self._for = self._work = None
        if self._draft is not None:
            self._draft.writing.sight.pause(False)
            self._draft.close()
        self._draft, self.state = None, Speculation.IDLE

    def begin(self, asked: Question) -> TurnContext:
        """The context of a turn that is real now: the draft's, where one was begun for it."""
        draft = self._draft
        if draft is None or draft.turn.turn != asked.turn:
            self.drop()
            return TurnContext(asked, chat=asked.chat, stored=asked.kept)
        # Its generator must not be closed: only the draft itself is let go of from here on.
        self._for = self._work = None
        draft.notes = len(draft.turn.notes)
        draft.turn.asked = asked
        return draft.turn

    def claim(self, turn: TurnContext, writing: Generation, wanted: bool) -> Steps | None:
        """The rest of the draft, where it answers just this; else the turn forgets it."""
        draft = self._draft
        if draft is None:
            return None
        if wanted and draft.fits(turn, writing):
            self.state = Speculation.CLAIMED
            return draft.steps()
        self.forget(turn)
        return None

    def forget(self, turn: TurnContext) -> None:
        """Give the model free, which serves one at a time: the turn has no draft any more."""
        if self._draft is None:
            return
        self._draft.close()
        self._draft.forget(turn)
        self._draft, self.state = None, Speculation.IDLE

    def release(self) -> None:
        """The turn is over: whatever is left of its draft goes."""
        if self._draft is not None:
            self._draft.close()
        self._draft, self.state = None, Speculation.IDLE

    def _fail(self, error: UserError | None, now: Circumstances) -> None:
        self.state = Speculation.IDLE
        if self._draft is not None:
            # The turn itself will meet the same failure, and tell of it.
            self._draft.close()
            self._draft = None
            now.writing.sight.pause(False)
        elif error is not None and isinstance(now.wish, WarmPrompt):
            self._failed(error)

    def _read_inquiries(self, writing: Generation) -> Generator[None]:
        """Once for a model, behind the chat's own prompt, which waits in the cache meanwhile."""
        dialogue = writing.engines.dialogue()
        if self._inquired is not dialogue:
            yield from read_ahead(writing.engines.guard(), dialogue)
            self._inquired = dialogue

    def _working(self, now: Circumstances) -> Generator[None]:
        if not now.writing.engines.ready():
            return
        match now.wish:
            case WarmPrompt():
                self.state = Speculation.WARMING
                yield from _read(now.writing, now.writing.prompting.warm(now.chat))
                yield from self._read_inquiries(now.writing)
            case PrefillWords(turn, words, continues):
                self.state = Speculation.READING
                asked = self._focus.question(turn, 0.0, continues)
                yield from now.writing.look(asked.pictures)
                begun = now.writing.beginning(asked, words)
                yield from _read(now.writing, begun, growing=True)
            case WriteResponse(turn, heard, heard_at, at, continues):
                self.state = Speculation.DRAFTING
                asked = self._focus.question(turn, at, continues)
                context = TurnContext(asked, heard, asked.chat)
                context.mark("heard", heard_at)
                self._draft = draft = SpeculativeResponse(context, asked, heard, now.writing)
                now.writing.sight.pause(True)
                while draft.step():
                    yield


def _read(
    writing: Generation, messages: Sequence[Message], growing: bool = False
) -> Generator[None]:
    with closing(writing.dialogue().prefill(messages, growing)) as reading:
        yield from reading


def _same(before: Circumstances, now: Circumstances) -> bool:
    return (
        before.wish is now.wish
        and before.writing is now.writing
        and (before.chat, before.pictures) == (now.chat, now.pictures)
    )


@dataclass(slots=True)
class SpeculativeResponse:
    """A speculative response: kept here, and nowhere else, until the turn is real.

    `turn` is its context, `asked` and `heard` what it answers; the first `notes` of the context
    are its own.
    """

    turn: TurnContext
    asked: Question
    heard: Transcript
    writing: Generation
    notes: int = 0
    _held: deque[ModeratedSegment] = field(default_factory=deque)
    _steps: Steps | None = None
    _ended: Ended | None = None

    def step(self) -> bool:
        """Write a little more; False when the answer is whole."""
        if self._steps is None:
            self._steps = self._all()
        try:
            given = next(self._steps)
        except StopIteration as end:
            self._ended = end.value
            return False
        if given is not None:
            self._held.append(given)
        return True

    def fits(self, turn: TurnContext, writing: Generation) -> bool:
        """Whether it answers just this question, with these engines and settings."""
        asked = turn.asked
        return (
            turn.heard is self.heard
            and writing is self.writing
            and asked.chat == self.asked.chat
            and asked.pictures == self.asked.pictures
            and asked.replaces == self.asked.replaces
        )

    def steps(self) -> Steps:
        """What was written, then the rest as it is written."""
        while self._held:
            yield self._held.popleft()
        if self._steps is not None and self._ended is None:
            self._ended = yield from self._steps
        return self._ended or Ended.DONE

    def forget(self, turn: TurnContext) -> None:
        """Take back what the draft left in the context of its turn."""
        fresh = TurnContext(turn.asked)
        turn.words, turn.told, turn.prompt = fresh.words, fresh.told, fresh.prompt
        turn.scene, turn.evidence, turn.made = None, (), 0
        turn.verdicts.clear()
        del turn.notes[: self.notes]
        for stage in ("looked", "first_token", "guard"):
            turn.marks.pop(stage, None)

    def close(self) -> None:
        """Drop it; the engine is free afterwards."""
        if self._steps is not None:
            self._steps.close()

    def _all(self) -> Steps:
        yield from _nothing(self.writing.prepare(self.turn))
        return (yield from self.writing.write(self.turn))


def _nothing(steps: Iterator[None]) -> Steps:
    yield from steps
    return Ended.DONE
