"""The keys and the menu of the window, made from the table of actions."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QIcon, QKeySequence

from agent.settings import Settings
from desktop.widgets import icons
from desktop.window.commands.table import WINDOW_ACTIONS
from desktop.window.commands.types import Targets, WindowAction


class WindowCommands:
    """Every action that can be started, with its keys; those of the menu are put there."""

    def __init__(self, on: Targets, table: Sequence[WindowAction] = WINDOW_ACTIONS) -> None:
        self._on, self._table = on, table
        self.actions = {a.name: self._make(a) for a in table if a.run is not None}
        header = on.parts.conversation.header
        menu = header.set_menu(self._menu())
        menu.aboutToShow.connect(self.show_state)
        # What cannot be used now must still answer to its key later.
        menu.aboutToHide.connect(self._enable)
        on.parts.chats.settings.clicked.connect(lambda _: on.dialogs.open_preferences())
        for wish in (
            header.switch.models_wanted,
            on.parts.conversation.empty.models,
            on.actions.models_wanted,
        ):
            wish.connect(on.dialogs.open_models)
        on.dialogs.fetching.connect(lambda on_: on.parts.facts.set_fetching(on_, "models page"))
        on.microphone.mute_changed.connect(lambda _: self.show_state(enable=True))

    def follow(self, settings: Settings) -> None:
        """Take the keys from the settings."""
        keys = dict[str, str]()
        for action in self._table:
            if (made := self.actions.get(action.name)) is not None:
                made.setShortcuts([QKeySequence(key) for key in action.keys_with(settings)])
                keys[action.name] = made.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        self._on.parts.conversation.header.set_keys(keys)
        self.show_state(enable=True)

    def show_state(self, *, enable: bool = False) -> None:
        """Show which actions can be used now, and what is on."""
        for action in self._table:
            made = self.actions.get(action.name)
            if made is not None:
                made.setEnabled(enable or action.usable(self._on))
                if action.checked is not None:
                    made.setChecked(action.checked(self._on))

    def start(self, action: WindowAction) -> None:
        """Do it, where it can be done now."""
        if action.run is not None and action.usable(self._on):
            action.run(self._on)
            self.show_state(enable=True)

    def _enable(self) -> None:
        self.show_state(enable=True)

    def _make(self, action: WindowAction) -> QAction:
        icon = icons.icon(action.icon, "muted") if action.icon else QIcon()
        made = QAction(icon, action.title, self._on.window)
        made.setObjectName(action.name)
        made.setCheckable(action.checked is not None)
        made.triggered.connect(partial(self._triggered, action))
        if action.in_list:
            made.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            self._on.parts.chats.list.addAction(made)
        else:
            self._on.window.addAction(made)
        return made

    def _triggered(self, action: WindowAction, _checked: bool = False) -> None:
        self.start(action)

    def _menu(self) -> list[QAction | None]:
        """The actions of the menu, a line between two groups."""
        rows = list[QAction | None]()
        group = None
        for action in self._table:
            if not action.menu:
                continue
            if group is not None and action.group is not group:
                rows.append(None)
            group = action.group
            rows.append(self.actions[action.name])
        return rows
