"""A conversation in the terminal."""

from __future__ import annotations

import queue
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from agent.assembly import assemble
from agent.conversation import Conversation
from agent.memory.history import History
from agent.settings import Settings, data_folder
from agent.tools.store import Store
from agent.turn.context import Question
from agent.types import (
    Asked,
    Close,
    Event,
    Interrupt,
    Reply,
    new_turn,
)
from desktop.cli.ask import as_text, read_picture
from perception.types import UserError


def converse(settings: Settings) -> None:
    """Read questions from standard input until it ends or says /quit."""
    with ExitStack() as stack:
        history = History(data_folder() / "history.db")
        stack.callback(history.close)
        events: queue.SimpleQueue[Event] = queue.SimpleQueue()
        store = Store(data_folder() / "tools.db")
        conversation = Conversation(
            assemble, history, lambda: settings, events.put, None, store=store
        )
        stack.callback(conversation.join)
        stack.callback(conversation.send, Close())
        _Terminal(conversation, events).run()


class _Terminal:
    def __init__(self, conversation: Conversation, events: queue.SimpleQueue[Event]) -> None:
        self._conversation, self._events = conversation, events
        self._show = as_text(sys.stdout, sys.stderr)
        self._chat: int | None = None
        self._pictures: tuple[bytes, ...] = ()
        self._last: Reply | None = None

    def run(self) -> None:
        while (words := _read()) is not None and words != "/quit":
            if words == "/why":
                print(_why(self._last))
            elif words.split(maxsplit=1)[:1] == ["/look"]:
                self._add_picture(words.removeprefix("/look").strip())
            elif words:
                self._ask(words)

    def _add_picture(self, name: str) -> None:
        try:
            if not name:
                raise UserError("No picture is named.", "Write /look and the name of a file.")
            self._pictures = (*self._pictures, read_picture(Path(name).expanduser()))
        except UserError as error:
            print(f"{error.message}\n{error.hint}", file=sys.stderr)

    def _ask(self, words: str) -> None:
        turn = new_turn()
        now = time.monotonic()
        self._conversation.ask(Question(turn, now, self._chat, words, None, self._pictures))
        self._pictures = ()
        while self._last is None or self._last.turn != turn:
            try:
                self._follow(self._events.get(), self._show)
            except KeyboardInterrupt:
                self._conversation.send(Interrupt(turn))

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
        raise UserError("Standard input is not text.", "Give it as UTF-8.") from error


def _why(reply: Reply | None) -> str:
    if reply is None:
        return "There is no answer yet."
    lines = [reply.why.headline]
    lines += [f"[{item.id}] {item.kind}: {item.text}" for item in reply.why.evidence]
    lines += [
        f"rule {f.rule}, {f.category}: {f.score:.2f} against {f.threshold:.2f}. {f.note}"
        for f in reply.why.findings
    ]
    lines += filter(None, (reply.why.alternative, reply.why.appeal))
    return "\n".join(lines)
