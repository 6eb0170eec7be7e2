"""The actions on the window itself, and on the program."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QCoreApplication

from agent.settings import limits
from desktop.window.commands.about import show_about
from desktop.window.commands.help_page import open_help
from desktop.window.commands.palette import open_palette
from desktop.window.commands.types import (
    QT_TRANSLATE_NOOP,
    ActionGroup,
    Targets,
    WindowAction,
)

_STEP = 0.1


def zoom(on: Targets, by: float | None) -> None:
    """Make all text larger or smaller; None is the normal size. The setting keeps it."""
    least, most = limits("text_scale")
    scale = 1.0 if by is None else on.actions.settings.text_scale + by
    scale = round(min(most, max(least, scale)), 1)
    on.actions.apply(replace(on.actions.settings, text_scale=scale))
    said = QCoreApplication.translate("Actions", "Text size {n} percent.")
    on.announce(said.format(n=round(scale * 100)))


def _scale_can(on: Targets, by: float) -> bool:
    least, most = limits("text_scale")
    return least <= round(on.actions.settings.text_scale + by, 1) <= most


def _full_screen(on: Targets) -> None:
    if on.window.isFullScreen():
        on.window.showNormal()
    else:
        on.window.showFullScreen()


def _fold_chats(on: Targets) -> None:
    on.parts.panels.show_chats(on.parts.chats.isHidden())


def _fold_side(on: Targets) -> None:
    on.parts.panels.show_side(on.parts.inspector.isHidden())


def _quit(on: Targets) -> None:
    end = on.actions.around.quit
    if end is None:
        on.window.close()
    else:
        end()


VIEW_ACTIONS = (
    WindowAction(
        "new_window",
        ActionGroup.VIEW,
        QT_TRANSLATE_NOOP("Actions", "New window"),
        ("Ctrl+Alt+N",),
        lambda on: on.actions.around.new_window(),
        icon="panel-right",
        menu=True,
    ),
    WindowAction(
        "close_window",
        ActionGroup.VIEW,
        QT_TRANSLATE_NOOP("Actions", "Close this window"),
        ("Ctrl+W",),
        lambda on: on.window.close(),
        icon="x",
    ),
    WindowAction(
        "next_pane",
        ActionGroup.VIEW,
        QT_TRANSLATE_NOOP("Actions", "Go to the next part: chats, conversation, question, picture"),
        ("F6",),
        lambda on: on.panes.step(1),
    ),
    WindowAction(
        "previous_pane",
        ActionGroup.VIEW,
        QT_TRANSLATE_NOOP("Actions", "Go to the part before"),
        ("Shift+F6",),
        lambda on: on.panes.step(-1),
    ),
    WindowAction(
        "chats_panel",
        ActionGroup.VIEW,
        QT_TRANSLATE_NOOP("Actions", "Show or hide the chats"),
        ("F9",),
        _fold_chats,
        icon="panel-left",
    ),
    WindowAction(
        "side_panel",
        ActionGroup.VIEW,
        QT_TRANSLATE_NOOP("Actions", "Show or hide picture and reasons"),
        ("F10",),
        _fold_side,
        icon="panel-right",
    ),
    WindowAction(
        "larger",
        ActionGroup.VIEW,
        QT_TRANSLATE_NOOP("Actions", "Larger text"),
        ("Ctrl++", "Ctrl+="),
        lambda on: zoom(on, _STEP),
        lambda on: _scale_can(on, _STEP),
        icon="plus",
    ),
    WindowAction(
        "smaller",
        ActionGroup.VIEW,
        QT_TRANSLATE_NOOP("Actions", "Smaller text"),
        ("Ctrl+-",),
        lambda on: zoom(on, -_STEP),
        lambda on: _scale_can(on, -_STEP),
        icon="minus",
    ),
    WindowAction(
        "normal_size",
        ActionGroup.VIEW,
        QT_TRANSLATE_NOOP("Actions", "Text in its normal size"),
        ("Ctrl+0",),
        lambda on: zoom(on, None),
        icon="type",
    ),
    WindowAction(
        "full_screen",
        ActionGroup.VIEW,
        QT_TRANSLATE_NOOP("Actions", "Full screen"),
        ("F11",),
        _full_screen,
        icon="square",
        menu=True,
        checked=lambda on: on.window.isFullScreen(),
    ),
)

PROGRAM_ACTIONS = (
    WindowAction(
        "palette",
        ActionGroup.PROGRAM,
        QT_TRANSLATE_NOOP("Actions", "Find an action, a chat or a setting…"),
        ("Ctrl+K",),
        open_palette,
        icon="search",
        menu=True,
    ),
    WindowAction(
        "help",
        ActionGroup.PROGRAM,
        QT_TRANSLATE_NOOP("Actions", "All actions and keys"),
        ("F1",),
        open_help,
        icon="keyboard",
        menu=True,
    ),
    WindowAction(
        "models",
        ActionGroup.PROGRAM,
        QT_TRANSLATE_NOOP("Actions", "Models…"),
        ("Ctrl+Shift+D",),
        lambda on: on.dialogs.open_models(),
        icon="box",
        menu=True,
    ),
    WindowAction(
        "settings",
        ActionGroup.PROGRAM,
        QT_TRANSLATE_NOOP("Actions", "Settings…"),
        ("Ctrl+,",),
        lambda on: on.dialogs.open_preferences(),
        icon="settings",
        menu=True,
    ),
    WindowAction(
        "train",
        ActionGroup.PROGRAM,
        QT_TRANSLATE_NOOP("Actions", "Train…"),
        ("Ctrl+T",),
        lambda on: on.dialogs.open_train(),
        icon="graduation-cap",
        menu=True,
    ),
    WindowAction(
        "first_steps",
        ActionGroup.PROGRAM,
        QT_TRANSLATE_NOOP("Actions", "Three things to try…"),
        (),
        lambda on: on.welcome.open_steps(),
        icon="circle-help",
        menu=True,
    ),
    WindowAction(
        "about",
        ActionGroup.PROGRAM,
        QT_TRANSLATE_NOOP("Actions", "About Candor"),
        (),
        lambda on: show_about(on.window),
        icon="info",
        menu=True,
    ),
    WindowAction(
        "quit",
        ActionGroup.PROGRAM,
        QT_TRANSLATE_NOOP("Actions", "Quit"),
        ("Ctrl+Q",),
        _quit,
        icon="x",
        menu=True,
    ),
)
