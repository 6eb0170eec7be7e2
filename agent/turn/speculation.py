"""What the conversation's thread does while no turn waits, a step at a time.

It reads the beginning of the next prompt into the model's cache, then the words that are being
said, and drafts the answer to what may be all of them. Nothing of it is shown, spoken or stored.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field

from agent.speech.streaming import (
    Answer,
    Expect,
    Warm,
    Wish,
)
from agent.turn.context import OpenTurn, Question
from agent.turn.generation import Steps, Writing
from agent.turn.moderation import Given
from agent.types import Ended, Message
from perception.types import Heard, UserError

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What a piece of work is made for; where any of it changes, the work is dropped.

    `pictures` are those that wait for the next spoken question.
    """

    wish: Wish
    writing: Writing
    chat: int | None
    pictures: tuple[bytes, ...]


class Ahead:
    """Works ahead. `spoken` makes the question of a turn: its name, its start, what it continues.

    `done` is called when a wish has been fulfilled, `failed` with what the user should know.
    """

    def __init__(
        self,
        spoken: Callable[[str, float, str], Question],
        done: Callable[[], None],
        failed: Callable[[UserError], None],
    ) -> None:
        self._spoken, self._done, self._failed = spoken, done, failed
        self._for: Circumstances | None = None
        self._work: Generator[None] | None = None
        self._draft: Draft | None = None

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
        self._draft = None

    def take(self, asked: Question) -> Draft | None:
        """The draft of this turn's answer, if there is one; its owner goes on with it."""
        draft = self._draft
        if draft is None or draft.turn.turn != asked.turn:
            self.drop()
            return None
        # Its generator must not be closed: only this object lets go of it.
        self._for = self._work = self._draft = None
        return draft

    def _fail(self, error: UserError | None, now: Circumstances) -> None:
        if self._draft is not None:
            # The turn itself will meet the same failure, and tell of it.
            self._draft.close()
            self._draft = None
            now.writing.sight.pause(False)
        elif error is not None and isinstance(now.wish, Warm):
            self._failed(error)

    def _working(self, now: Circumstances) -> Generator[None]:
        if not now.writing.engines.ready():
            return
        match now.wish:
            case Warm():
                yield from _read(now.writing, now.writing.prompting.warm(now.chat))
            case Expect(turn, words, continues):
                asked = self._spoken(turn, 0.0, continues)
                yield from now.writing.look(asked.pictures)
                begun = now.writing.beginning(asked, words)
                yield from _read(now.writing, begun, growing=True)
            case Answer(turn, heard, heard_at, at, continues):
                asked = self._spoken(turn, at, continues)
                open_turn = OpenTurn(turn, at, asked.chat, heard)
                open_turn.mark("heard", heard_at)
                self._draft = draft = Draft(open_turn, asked, heard, now.writing)
                now.writing.sight.pause(True)
                while draft.step():
                    yield


def _read(writing: Writing, messages: Sequence[Message], growing: bool = False) -> Generator[None]:
    with closing(writing.engines.dialogue().prefill(messages, growing)) as reading:
        yield from reading


def _same(before: Circumstances, now: Circumstances) -> bool:
    return (
        before.wish is now.wish
        and before.writing is now.writing
        and (before.chat, before.pictures) == (now.chat, now.pictures)
    )


@dataclass(slots=True)
class Draft:
    """What was written so far is kept here, and nowhere else, until the turn is real."""

    turn: OpenTurn
    asked: Question
    heard: Heard
    writing: Writing
    _held: deque[Given] = field(default_factory=deque)
    _steps: Steps | None = None
    _ended: Ended | None = None
    _closed: bool = False

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

    def fits(self, asked: Question, heard: Heard | None, writing: Writing) -> bool:
        """Whether it answers just this question, with these engines and settings."""
        return (
            not self._closed
            and heard is self.heard
            and writing is self.writing
            and asked.chat == self.asked.chat
            and asked.pictures == self.asked.pictures
            and asked.replaces == self.asked.replaces
        )

    def begin(self, turn: OpenTurn) -> OpenTurn:
        """The turn is real now; `turn` is it as it began."""
        self.turn.started, self.turn.chat, self.turn.stored = turn.started, turn.chat, turn.stored
        self.turn.marks.update(turn.marks)
        self.turn.notes = turn.notes + self.turn.notes
        return self.turn

    def steps(self) -> Steps:
        """What was written, then the rest as it is written."""
        while self._held:
            yield self._held.popleft()
        if self._steps is not None and self._ended is None:
            self._ended = yield from self._steps
        return self._ended or Ended.DONE

    def close(self) -> None:
        """Drop it; the engine is free afterwards, and it fits no question any more."""
        self._closed = True
        if self._steps is not None:
            self._steps.close()

    def _all(self) -> Steps:
        yield from _nothing(self.writing.prepare(self.turn, self.asked, self.heard.text))
        return (yield from self.writing.write(self.turn, self.asked))


def _nothing(steps: Iterator[None]) -> Steps:
    yield from steps
    return Ended.DONE
