"""Heavy things that a window is given once: a chat of 5,000 messages, a paste of 20,000 lines."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from agent.memory.history import History
    from desktop.window.main import Window

_TURNS, _LINES = 2500, 20_000
_AT = 5
"""The call in which it happens: before it the timer ticks quietly."""
_ANSWER = (
    "Water boils at a lower temperature where the air is thin, number {n}.\n\n"
    "1. Fill the pot.\n2. Close the lid.\n\n```python\nprint({n})\n```\n"
)


def long_chat(window: Window, history: History) -> Callable[[int], None]:
    """Opens a chat of 5,000 messages."""
    chat = history.new_chat("A long chat")
    words = [(f"long{n}", chat, f"Question {n}?", _ANSWER.format(n=n), n) for n in range(_TURNS)]
    with history._change() as db:
        db.executemany(
            "INSERT INTO turns(id, chat, asked, reply, ended, at) VALUES (?, ?, ?, ?, 'done', ?)",
            words,
        )

    def open_it(index: int) -> None:
        if index == _AT:
            window.actions_.open_chat(chat)

    return open_it


def many_lines(window: Window) -> Callable[[int], None]:
    """Pastes 20,000 lines into the question."""
    from PySide6.QtGui import QGuiApplication

    lines = "\n".join(f"{n}: a line of a log that somebody wants explained" for n in range(_LINES))
    composer = window.parts.conversation.composer

    def paste(index: int) -> None:
        if index == _AT:
            QGuiApplication.clipboard().setText(lines)
            composer.text.paste()

    return paste
