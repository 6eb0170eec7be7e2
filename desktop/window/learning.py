"""The notice that a word was learned, with the way back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from agent.types import Command, Learned, Unlearn
from desktop.conversation.panel import Middle

translate = QCoreApplication.translate


def show_learned(event: Learned, middle: Middle, tell_mind: Callable[[Command], None]) -> str:
    """Show it with an Undo; returns what a screen reader is to say."""
    if event.instead_of:
        message = translate("Learned", "From now on: {word} (not {other})")
    else:
        message = translate("Learned", "From now on: {word}")
    message = message.format(word=event.word, other=event.instead_of)

    def undo() -> None:
        tell_mind(Unlearn(event.id))
        middle.clear_notice()

    hint = translate("Learned", "Heard and spoken so. All your words are in the settings.")
    middle.notice(message, hint, [(translate("Learned", "Undo"), undo)])
    return f"{message}. {hint}"
