"""The actions on questions, answers and talking."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication

from desktop.session import intents
from desktop.window.commands.types import (
    QT_TRANSLATE_NOOP,
    ActionGroup,
    Targets,
    WindowAction,
)


def _answered(on: Targets) -> bool:
    newest = on.session.transcript.newest
    return newest is not None and newest.ended is not None and bool(newest.answer)


def _say_view(on: Targets) -> None:
    on.parts.panels.show_side(True)
    on.announce(on.parts.inspector.preview.summary.text())


def _ended(on: Targets) -> bool:
    newest = on.session.transcript.newest
    return newest is not None and newest.ended is not None


def _why(on: Targets) -> None:
    newest = on.session.transcript.newest
    if newest is not None:
        on.actions.explain(newest.id)
        on.panes.go(on.parts.inspector.why)
        on.announce(QCoreApplication.translate("Actions", "The reasons are shown."))


def _copy(on: Targets) -> None:
    newest = on.session.transcript.newest
    if newest is not None:
        QGuiApplication.clipboard().setText(newest.answer)
        on.announce(QCoreApplication.translate("Actions", "Copied."))


def _cut_short(on: Targets) -> bool:
    newest = on.session.transcript.newest
    return newest is not None and newest.cut_short


def _again(
    on: Targets, wish: type[intents.SpeakAgain] | type[intents.Regenerate] | type[intents.GoOn]
) -> None:
    newest = on.session.transcript.newest
    if newest is not None:
        on.actions.wish(wish(newest.id))


def _stop(on: Targets) -> None:
    """What talks or answers goes first; where nothing does, the search is closed."""
    talking = on.parts.conversation.composer.talk.live
    if talking or on.session.transcript.answering is not None or not on.search.close():
        on.actions.escape()


ASK_ACTIONS = (
    WindowAction(
        "write",
        ActionGroup.ASK,
        QT_TRANSLATE_NOOP("Actions", "Write a question"),
        ("Ctrl+L",),
        lambda on: on.parts.conversation.composer.focus_text(),
        icon="type",
        menu=True,
    ),
    WindowAction(
        "send",
        ActionGroup.ASK,
        QT_TRANSLATE_NOOP("Actions", "Send the question, while it is written"),
        ("Enter",),
    ),
    WindowAction(
        "new_line",
        ActionGroup.ASK,
        QT_TRANSLATE_NOOP("Actions", "Begin a new line, while a question is written"),
        ("Shift+Enter",),
    ),
    WindowAction(
        "add_picture",
        ActionGroup.ASK,
        QT_TRANSLATE_NOOP("Actions", "Add a picture…"),
        ("Ctrl+O",),
        lambda on: on.parts.conversation.composer.choose(),
        icon="paperclip",
        menu=True,
    ),
    WindowAction(
        "camera",
        ActionGroup.ASK,
        QT_TRANSLATE_NOOP("Actions", "Switch the camera on or off"),
        (),
        lambda on: on.actions.look(not on.actions.camera),
        icon="camera",
    ),
    WindowAction(
        "in_view",
        ActionGroup.ASK,
        QT_TRANSLATE_NOOP("Actions", "Say what is in view"),
        ("F7",),
        _say_view,
        lambda on: on.parts.inspector.preview.showing,
        icon="eye",
    ),
    WindowAction(
        "find",
        ActionGroup.ASK,
        QT_TRANSLATE_NOOP("Actions", "Find in this chat"),
        ("Ctrl+F",),
        lambda on: on.search.open(),
        lambda on: len(on.session.transcript) > 0,
        icon="search",
        menu=True,
    ),
    WindowAction(
        "find_next",
        ActionGroup.ASK,
        QT_TRANSLATE_NOOP("Actions", "Go to the next match"),
        ("F3",),
        lambda on: on.search.step(1),
        lambda on: on.search.is_open,
    ),
    WindowAction(
        "find_previous",
        ActionGroup.ASK,
        QT_TRANSLATE_NOOP("Actions", "Go to the previous match"),
        ("Shift+F3",),
        lambda on: on.search.step(-1),
        lambda on: on.search.is_open,
    ),
    WindowAction(
        "previous_message",
        ActionGroup.ASK,
        QT_TRANSLATE_NOOP("Actions", "Read the previous message"),
        ("Alt+Up",),
        lambda on: on.panes.step_message(-1),
        lambda on: len(on.session.transcript) > 0,
    ),
    WindowAction(
        "next_message",
        ActionGroup.ASK,
        QT_TRANSLATE_NOOP("Actions", "Read the next message"),
        ("Alt+Down",),
        lambda on: on.panes.step_message(1),
        lambda on: len(on.session.transcript) > 0,
    ),
    WindowAction(
        "edit_question",
        ActionGroup.ASK,
        QT_TRANSLATE_NOOP("Actions", "Change the last question"),
        ("Ctrl+E",),
        lambda on: on.actions.edit_last(),
        _ended,
        icon="square-pen",
    ),
    WindowAction(
        "recall",
        ActionGroup.ASK,
        QT_TRANSLATE_NOOP("Actions", "The same, while nothing is written"),
        ("Up",),
    ),
    WindowAction(
        "copy_answer",
        ActionGroup.ASK,
        QT_TRANSLATE_NOOP("Actions", "Copy the last answer"),
        ("Ctrl+Shift+C",),
        _copy,
        _answered,
        icon="copy",
    ),
    WindowAction(
        "why",
        ActionGroup.ASK,
        QT_TRANSLATE_NOOP("Actions", "Why the last answer?"),
        ("Ctrl+Shift+W",),
        _why,
        lambda on: on.session.transcript.newest is not None,
        icon="circle-help",
        menu=True,
    ),
    WindowAction(
        "say_again",
        ActionGroup.ASK,
        QT_TRANSLATE_NOOP("Actions", "Say the last answer again"),
        ("Ctrl+Shift+R",),
        lambda on: _again(on, intents.SpeakAgain),
        _answered,
        icon="volume-2",
    ),
    WindowAction(
        "regenerate",
        ActionGroup.ASK,
        QT_TRANSLATE_NOOP("Actions", "Answer the last question again"),
        (),
        lambda on: _again(on, intents.Regenerate),
        _answered,
        icon="refresh-cw",
    ),
    WindowAction(
        "continue",
        ActionGroup.ASK,
        QT_TRANSLATE_NOOP("Actions", "Continue the answer that reached its longest length"),
        (),
        lambda on: _again(on, intents.GoOn),
        _cut_short,
        icon="chevron-right",
    ),
    WindowAction(
        "stop",
        ActionGroup.ASK,
        QT_TRANSLATE_NOOP("Actions", "Silence the voice; a second time: stop what is going on"),
        ("Esc",),
        _stop,
        icon="square",
        menu=True,
    ),
)

TALK_ACTIONS = (
    WindowAction(
        "talk",
        ActionGroup.TALK,
        QT_TRANSLATE_NOOP("Actions", "Talk while it is held; a tap begins and ends"),
        setting="hold_key",
    ),
    WindowAction(
        "talk_space",
        ActionGroup.TALK,
        QT_TRANSLATE_NOOP("Actions", "The same, where nothing is typed"),
        ("Space",),
    ),
    WindowAction(
        "mute",
        ActionGroup.TALK,
        QT_TRANSLATE_NOOP("Actions", "Mute the microphone"),
        run=lambda on: on.microphone.toggle_mute(),
        icon="mic-off",
        menu=True,
        setting="mute_key",
        checked=lambda on: on.microphone.muted,
    ),
    WindowAction(
        "read_aloud",
        ActionGroup.TALK,
        QT_TRANSLATE_NOOP("Actions", "Read answers aloud"),
        ("Ctrl+M",),
        lambda on: on.actions.read_aloud(not on.actions.settings.speak_answers),
        icon="volume-2",
        checked=lambda on: on.actions.settings.speak_answers,
    ),
    WindowAction(
        "recent",
        ActionGroup.TALK,
        QT_TRANSLATE_NOOP("Actions", "What did I miss?"),
        ("F8",),
        lambda on: on.dialogs.open_recent(),
        icon="history",
    ),
)
