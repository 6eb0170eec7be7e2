"""A conversation in the terminal."""

from __future__ import annotations

import queue
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path

from agent.assembly import assemble
from agent.attached_text import MOST_TEXTS, AttachedText, read_text_file
from agent.codes import AgentCode
from agent.commands import Appeal, Close, Interrupt, MeasureCauses
from agent.conversation import Conversation
from agent.events import Appealed, Asked, Closed, Event, Failed, Reply
from agent.memory.history import History
from agent.settings import Settings, data_folder
from agent.tools.store import Store
from agent.turn.context import Question
from agent.types import Ended, new_turn
from desktop.cli.ask import as_text
from desktop.cli.output import note_printer
from desktop.cli.terminal_text import one_line, print_error
from desktop.cli.why import lines, wait_for_causes
from desktop.codes import DesktopCode
from perception.picture import read_file
from perception.trace import traced
from perception.types import UserError


def converse(settings: Settings, *, private: bool = False) -> bool:
    """Read questions from standard input until it ends or says /quit; whether all went well.

    A private conversation leaves nothing on the disk.
    """
    with ExitStack() as stack:
        history = History(None if private else data_folder() / "history.db")
        stack.callback(history.close)
        events: queue.SimpleQueue[Event] = queue.SimpleQueue()
        made = partial(assemble, tell=note_printer(), private=private)
        emit = traced(events.put, "mind", "desktop")
        store = Store(None if private else data_folder() / "tools.db", private)
        conversation = Conversation(made, history, lambda: settings, emit, None, store=store)
        stack.callback(conversation.join)
        stack.callback(conversation.send, Close())
        return _ChatTerminal(conversation, events, settings.keep_marks).run_chat()


class _ChatTerminal:
    def __init__(
        self, conversation: Conversation, events: queue.SimpleQueue[Event], may_train: bool
    ) -> None:
        self._events, self._may_train = events, may_train
        self._ask_mind = traced(conversation.ask, "desktop", "mind")
        self._send = traced(conversation.send, "desktop", "mind")
        self._show = as_text(sys.stdout, sys.stderr)
        self._chat: int | None = None
        self._pictures: tuple[bytes, ...] = ()
        self._texts: tuple[AttachedText, ...] = ()
        self._last: Reply | None = None

    def run_chat(self) -> bool:
        """Until the end of the input or of the conversation; False where the last turn failed."""
        while (words := _read()) is not None and words != "/quit":
            if words == "/why":
                self._tell_why()
            elif words.split(maxsplit=1)[:1] == ["/wrong"]:
                self._appeal(words.removeprefix("/wrong").strip())
            elif words.split(maxsplit=1)[:1] == ["/look"]:
                self._add_picture(words.removeprefix("/look").strip())
            elif words.split(maxsplit=1)[:1] == ["/read"]:
                self._add_text(words.removeprefix("/read").strip())
            elif words and not self._ask(words):
                return False
        return self._last is None or self._last.ended is not Ended.FAILED

    def _tell_why(self) -> None:
        """What the last answer rests on, measured now; Control-C leaves that out."""
        if self._last is None:
            print("There is no answer yet.")
            return
        try:
            self._send(MeasureCauses(self._last.turn))
            measured = wait_for_causes(self._events.get, self._last.turn, self._show)
        except KeyboardInterrupt:
            measured = None
        if measured is not None and measured.why is not None:
            self._last = replace(self._last, why=measured.why)
        if measured is not None and measured.problem is not None:
            print(one_line(str(measured.problem)), file=sys.stderr)
        print("\n".join(lines(self._last.why)))

    def _add_picture(self, name: str) -> None:
        try:
            if not name:
                raise UserError(DesktopCode.NO_PICTURE_NAMED)
            self._pictures = (*self._pictures, read_file(Path(name).expanduser()))
        except UserError as error:
            print_error(error)

    def _add_text(self, name: str) -> None:
        try:
            if not name:
                raise UserError(DesktopCode.NO_TEXT_NAMED)
            if len(self._texts) >= MOST_TEXTS:
                raise UserError(AgentCode.TOO_MANY_TEXTS, most=MOST_TEXTS)
            text = read_text_file(Path(name).expanduser())
            self._texts = (*self._texts, text)
            told = f"{text.title}: {text.words:,} words go with the next question."
            print(one_line(told), file=sys.stderr)
        except UserError as error:
            print_error(error)

    def _appeal(self, words: str) -> None:
        """Mark what was decided of the last answer as wrong, and say what became of it."""
        if self._last is None:
            print("There is no answer yet.")
            return
        self._send(Appeal(self._last.turn, True, words, self._may_train))
        while not isinstance(event := self._events.get(), Closed):
            match event:
                case Appealed():
                    print("Kept: this decision was wrong. See it with: candor audit appeals")
                    return
                case Failed(turn="", told=told):
                    print(f"{one_line(told.message)}\n{one_line(told.hint)}", file=sys.stderr)
                    return
            self._show(event)

    def _ask(self, words: str) -> bool:
        """Whether the conversation goes on."""
        turn = new_turn()
        now = time.monotonic()
        pictures, texts = self._pictures, self._texts
        self._ask_mind(Question(turn, now, self._chat, words, None, pictures, texts=texts))
        self._pictures, self._texts = (), ()
        while self._last is None or self._last.turn != turn:
            try:
                event = self._events.get()
                if isinstance(event, Closed):
                    return False
                self._follow(event, self._show)
            except KeyboardInterrupt:
                self._send(Interrupt(turn))
        return True

    def _follow(self, event: Event, show: Callable[[Event], None]) -> None:
        match event:
            case Asked(chat=chat):
                self._chat = chat
            case Reply():
                self._last = event
        show(event)


def _read() -> str | None:
    try:
        return input("you > " if sys.stdin.isatty() else "").strip()
    except EOFError:
        return None
    except UnicodeDecodeError as error:
        raise UserError(DesktopCode.INPUT_IS_NOT_TEXT) from error
