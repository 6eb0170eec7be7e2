"""What the window says when a child hangs, ends or does not come back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from agent.commands import Command, ForgetWord
from agent.events import Learned
from desktop.conversation.model_errors import steps
from desktop.conversation.panel import ConversationPanel
from desktop.i18n.messages import sentences
from desktop.session.children import (
    GaveUp,
    Restarting,
    Stalled,
)
from desktop.session.sharing.channel import Processes
from perception.messages import Notice

translate = QCoreApplication.translate


def show_child(
    event: Stalled | Restarting | GaveUp,
    middle: ConversationPanel,
    children: Processes,
    open_models: Callable[[], None],
) -> None:
    """Say it, with what can be done."""
    match event:
        case Stalled():
            message = translate("Children", "Candor has said nothing for two minutes.")
            hint = translate("Children", "A long question can take that long.")
            wait = (translate("Children", "Wait"), middle.clear_notice)
            again = (translate("Children", "Start it again"), lambda: children.revive("mind"))
            middle.notice(message, hint, [wait, again])
        case Restarting("mind"):
            middle.clear_question()
        case Restarting():
            message = translate("Children", "Sound stopped, and is started again.")
            middle.notice(message, "")
        case GaveUp(name, _, Notice() as told):
            again = (translate("Children", "Try again"), lambda: children.revive(name))
            middle.clear_notice()  # the same words may stand there without the button
            middle.notice(*sentences(told), [again, *steps(told, open_models)], failure=True)
        case GaveUp(name, log):
            message = translate("Children", "Candor's {part} stopped again and again.")
            hint = translate("Children", "Run “candor doctor” to see why. Its log is {file}.")
            again = (translate("Children", "Try again"), lambda: children.revive(name))
            mind, sound = translate("Children", "mind"), translate("Children", "sound")
            message = message.format(part=mind if name == "mind" else sound)
            middle.notice(message, hint.format(file=log), [again], failure=True)


def show_learned(
    event: Learned, middle: ConversationPanel, tell_mind: Callable[[Command], None]
) -> str:
    """Show it with an Undo; returns what a screen reader is to say."""
    if event.instead_of:
        message = translate("Learned", "From now on: {word} (not {other})")
    else:
        message = translate("Learned", "From now on: {word}")
    message = message.format(word=event.word, other=event.instead_of)

    def undo() -> None:
        tell_mind(ForgetWord(event.id))
        middle.clear_notice()

    hint = translate("Learned", "Heard and spoken so. All your words are in the settings.")
    middle.notice(message, hint, [(translate("Learned", "Undo"), undo)])
    return f"{message}. {hint}"
