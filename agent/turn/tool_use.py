"""The tools in a conversation: which ones a turn calls, what they answer, and what rings."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from agent.dialogue import Dialogue
from agent.events import Called, Event, Rang, Running, RunningItem, Undone
from agent.memory.history import History, StoredTurn
from agent.speech.commands import CommandReply
from agent.tools import asking, offer
from agent.tools.ability import Said, Toolbox
from agent.tools.called import called
from agent.tools.clock import Clock, Ring, unix
from agent.tools.planning import ToolPlan, plan
from agent.tools.reading.wishes import is_chinese
from agent.tools.registry import ability
from agent.tools.sentences import rung, said, shown_work
from agent.tools.store import TIMER, Due, Store
from agent.tools.types import Call, Result

_PAST = 12
"""Turns of the chat in which "that" is looked for."""

_LAST = 2
"""A result counts as the last one for so many turns."""


class ToolUse:
    """One a conversation; everything but the clock's ring is called in the conversation's thread.

    `now` is local time; `announce` has something said aloud as soon as nothing else is.
    """

    def __init__(
        self,
        store: Store,
        history: History,
        now: Callable[[], datetime],
        emit: Callable[[Event], None],
        announce: Callable[[str], None],
    ) -> None:
        self.store, self._history, self._now = store, history, now
        self._emit, self._announce = emit, announce
        self._chinese, self._always_private = False, store.private
        self.clock = Clock(store, now, self._ring)

    def set_private(self, private: bool) -> None:
        """Whether the chat is a private one: no call, fact or note of it is kept."""
        self.store.private = private or self._always_private

    def start(self) -> None:
        """Ring what was missed while Candor was off, and keep time from now on."""
        self.clock.start()
        self.show_running()

    def close(self) -> None:
        """Stop the clock and let go of the file; what was set stays."""
        self.clock.close()
        self.store.close()

    def answer(
        self,
        turn: str,
        words: str,
        past: Sequence[StoredTurn],
        dialogue: Callable[[], Dialogue | None] | None,
    ) -> CommandReply | None:
        """Do what the user's own words ask of the tools; None where they ask nothing of them.

        `past` are the turns of the chat before this one. Where no rule understands the words and a
        call may be meant, `dialogue` writes it, where it may be asked at all.
        """
        taken = offer.accepted(words, past)
        wish = self._wish(taken or words, past)
        found = offer.harmless(plan(wish)) if taken else plan(wish)
        if found is None and not taken and dialogue is not None and asking.worthwhile(wish):
            model = dialogue()
            call = asking.call(wish, model) if model else None
            found = ToolPlan((call,)) if call else None
        return self._carry_out(turn, wish, found) if found else None

    def undo(self, turn: str) -> None:
        """Take back what the calls of a turn changed."""
        if self._take_back(turn):
            self._emit(Undone(turn))
            self._changed()

    def cancel(self, due: int) -> None:
        """Stop something that waits."""
        self.store.set_state(due, "cancelled")
        self._changed()

    def show_running(self) -> None:
        """Tell the window what waits."""
        now = self._now()
        self._emit(Running(tuple(_running(due, now) for due in self.store.due())))

    def _wish(self, words: str, past: Sequence[StoredTurn]) -> Said:
        recent = past[-_PAST:]
        results = self.store.calls([turn.id for turn in recent[-_LAST:]])
        last = results[-1][2] if results else None
        return Said(words, self._now(), tuple(turn.asked for turn in recent[::-1]), last)

    def _carry_out(self, turn: str, wish: Said, found: ToolPlan) -> CommandReply:
        self._chinese = chinese = is_chinese(wish.words)
        told, shown, notes = list[str](), list[Called](), list[str]()
        last = wish.last
        for call in found.calls:
            result = self._run(call, Toolbox(self.store, wish.now, turn, last, self._found))
            if self.store.private and self.store.on_disk:
                result = replace(result, undo=None)
            else:
                self.store.called(turn, call, result)
            last = result
            told.append(said(result, chinese))
            shown.append(called(turn, call, result))
            notes.append(
                shown_work(call.tool, call.arguments, result.arguments, result.code, chinese)
            )
        self._changed()
        return CommandReply(
            " ".join(told), called=tuple(shown), notes=tuple(notes), rest=found.rest
        )

    def _run(self, call: Call, box: Toolbox) -> Result:
        tool = ability(call.tool)
        if tool is None:
            return Result(call.tool, "unknown", {})
        result = tool.run(call, box)
        if result.code != "undo":
            return result
        return Result(
            "cancel",
            "undone" if box.last and self._back(box.last) else "cancelled_none",
            {"what": TIMER},
        )

    def _back(self, last: Result) -> bool:
        if last.undo is None:
            return False
        self._run_undo(last.undo)
        return True

    def _take_back(self, turn: str) -> bool:
        undos = [result.undo for _, _, result in self.store.calls([turn]) if result.undo]
        for undo in reversed(undos):
            self._run_undo(undo)
        self.store.undone(turn)
        return bool(undos)

    def _run_undo(self, undo: Call) -> None:
        if undo.tool == "again":
            numbers = undo.arguments.get("id", [])
            for number in numbers if isinstance(numbers, list) else []:
                self.store.set_state(int(number), "waiting")
            return
        self._run(undo, Toolbox(self.store, self._now(), ""))

    def _changed(self) -> None:
        self.clock.poke()
        self.show_running()

    def _found(self, query: str) -> tuple[str, ...]:
        hits = self._history.search(query) or [
            hit for word in query.split() if len(word) > 3 for hit in self._history.search(word, 5)
        ]
        asked = (self._history.turn(hit.turn) for hit in hits[:10])
        words = dict.fromkeys(turn.asked for turn in asked if turn and not _asks(turn.asked))
        return tuple(words)

    def _ring(self, ring: Ring) -> None:
        due, now = ring.due, self._now()
        at = due.wall[11:16] or f"{datetime.fromtimestamp(due.at, now.tzinfo):%H:%M}"
        self._emit(Rang(due.kind, due.label, due.seconds, at, ring.missed))
        self.show_running()
        chinese = is_chinese(due.label) if due.label else self._chinese
        self._announce(
            rung(due.kind, due.label, due.seconds, at, missed=ring.missed, chinese=chinese)
        )


def _asks(words: str) -> bool:
    """Whether the words only ask, so that they hold no answer."""
    return re.search(r"[?？]\s*$", words) is not None


def _running(due: Due, now: datetime) -> RunningItem:
    at = due.at if not due.wall else unix(datetime.fromisoformat(due.wall), now)
    return RunningItem(due.id, due.kind, due.label, at, due.seconds, due.repeats)
