"""A window that is shown hostile texts, in a process of its own.

`python -m tests.faults.text_window PLACE TOKENS WAY...`; a way is streamed, loaded or pasted.

Standard input is a JSON list of names and texts; each answer is one JSON line: the name, how it was
shown, and the most CPU time in milliseconds that the window's thread took at one go. With no
tokens the first text is shown by Qt alone, to prove that the watch sees an opening.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import cast

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QTextBrowser

from agent.events import Asked, AssistantState, Reply
from agent.memory.history import History
from agent.settings import Settings
from agent.types import Ended, Phase, new_turn
from desktop import theme
from desktop.session.children import Children
from desktop.window.main import Window
from perception.types import Evidence, Where
from tests.desktop.window_script import NOTHING, Script, sentence

_TOKEN, _REST = 24, 3
_SIZE = (1000, 700)
_SCRIPTS = (
    "Aa **bold** *soft* `code` 你好 مرحبا שלום 🙂🇩🇪 \u2067א\u2069 a\u0301 \ufffd ∑\n\n|a|\n|-|\n"
)


class Shown:
    """Shows texts in one window and measures the longest step."""

    def __init__(self, app: QApplication, place: Path, *, tokens: int) -> None:
        self._app, self._tokens = app, tokens
        theme.apply(app, Settings(theme="light"))
        self._history = History(place / "history.db")
        self._script = Script(self._history)
        self._window = Window(
            Settings(theme="light", captions=True),
            place / "settings.toml",
            place / "window.json",
            lambda: self._history,
            cast("Children", self._script),
        )
        self._window.resize(*_SIZE)
        self._window.show()
        self._script.tell(AssistantState(Phase.IDLE, ""))
        self.worst = 0.0

    def step(self, do: Callable[[], object]) -> None:
        """Do it and what it leads to; each round of the event loop is a stall of its own."""
        self._timed(do)
        for _ in range(2):
            self._timed(self._app.processEvents)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def settle(self) -> None:
        """Let the window finish what it left for later."""
        for _ in range(6):
            self._timed(self._app.processEvents)

    def _timed(self, do: Callable[[], object]) -> None:
        begun = time.thread_time()
        do()
        self.worst = max(self.worst, (time.thread_time() - begun) * 1000)

    def streamed(self, text: str) -> None:
        """Come in as tokens, then in larger parts, to the end."""
        self._window.actions_.open_chat(None)
        self._window.actions_.ask("Go on.")
        say = self._script.said()
        self._script.tell(Asked(say.turn, 1, say.text, None, (), None))
        for index, part in enumerate(self._parts(text)):
            self.step(partial(self._script.tell, sentence(say.turn, index, part)))
        self.step(lambda: self._script.tell(Reply(say.turn, text, Ended.DONE, NOTHING, {})))
        self.settle()

    def loaded(self, text: str) -> None:
        """Be the answer, the question and the evidence of an old chat that is opened."""
        text = text.encode("utf-8", "replace").decode()  # Neither wire nor disk holds surrogates.
        chat, evidence = self._history.new_chat(), (Evidence(1, "text", text, Where("x"), 0.9),)
        for asked, answer in (("Go on.", text), (text, "[1]")):
            turn = new_turn()
            self._history.begin(turn, chat, asked, (), None)
            self._history.ground(turn, asked, evidence)
            self._history.end(turn, answer, Ended.DONE, NOTHING)
        self.step(lambda: self._window.actions_.open_chat(chat))
        self.step(self._window.parts.chats.reload)
        self._every_wish(turn)

    def pasted(self, text: str) -> None:
        """Be written by the user, and be looked for."""
        composer = self._window.parts.conversation.composer
        self.step(lambda: composer.set_draft(text))
        self.step(lambda: composer.set_draft(""))
        self._app.clipboard().setText(text)
        self.step(composer.text.paste)
        self.step(lambda: composer.set_draft(""))
        self.step(self._window.parts.chats.search.paste)
        self.step(self._window.parts.chats.search.clear)

    def _every_wish(self, turn: str) -> None:
        middle = self._window.parts.conversation
        self.settle()
        self.step(lambda: self._window.actions_.explain(turn))
        self.step(lambda: middle.captions.show_spoken(self._answer(turn)))
        middle.captions.show_spoken("")
        self.step(lambda: self._window.resize(700, 600))
        self._window.resize(*_SIZE)

    def _answer(self, turn: str) -> str:
        known = self._window.session.transcript.get(turn)
        return known.answer if known is not None else ""

    def _parts(self, text: str) -> list[str]:
        begun = self._tokens * _TOKEN
        parts = [text[at : at + _TOKEN] for at in range(0, min(begun, len(text)), _TOKEN)]
        size = max(1, -(-(len(text) - begun) // _REST))
        return parts + [text[at : at + size] for at in range(begun, len(text), size)]


def main() -> None:
    place, tokens = Path(sys.argv[1]), int(sys.argv[2])
    app = QApplication(["candor"])
    if tokens == 0:
        _with_qt_alone(json.load(sys.stdin)[0][1])
        return
    shown = Shown(app, place, tokens=tokens)
    every = (shown.streamed, shown.loaded, shown.pasted)
    ways = [way for way in every if way.__name__ in sys.argv[3:]]
    for way in ways:
        way(_SCRIPTS)
    for name, text in json.load(sys.stdin):
        for way in ways:
            shown.worst = 0.0
            way(text)
            print(json.dumps([name, way.__name__, round(shown.worst, 1)]), flush=True)


def _with_qt_alone(text: str) -> None:
    view = QTextBrowser()
    view.setMarkdown(text)
    view.grab()


if __name__ == "__main__":
    main()
