"""What the conversation's thread does while no turn waits, a step at a time.

It reads the beginning of the next prompt into the model's cache, then the words that are being
said, and drafts the answer to what may be all of them. Nothing of it is shown, spoken or stored.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from dataclasses import dataclass

from agent.speech.streaming import (
    Answer,
    Expect,
    Warm,
    Wish,
)
from agent.turn.context import OpenTurn
from agent.turn.draft import Draft
from agent.turn.generation import Writing
from agent.turn.question import Question
from agent.types import Message
from perception.types import UserError

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
