"""The line above the conversation: both panels' switches, the title, the voice, and a menu."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QSizePolicy, QToolButton, QWidget

from desktop import icons, theme


class Header(QWidget):
    """`chats` and `side` are the switches of the panels, `voice` that of spoken answers."""

    voice_toggled = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chats = _switch("panel-left", self.tr("Show the chats"))
        self.side = _switch("panel-right", self.tr("Show picture and reasons"))
        self.voice = _switch("volume-2", self.tr("Read answers aloud"))
        self.voice.toggled.connect(self._voice)
        self._more = QToolButton()
        self._more.setProperty("kind", "quiet")
        self._more.setIcon(icons.icon("ellipsis"))
        self._more.setToolTip(self.tr("More"))
        self._more.setAccessibleName(self.tr("More"))
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._title = QLabel()
        self._title.setProperty("kind", "muted")
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.gap(3), theme.gap(2), theme.gap(3), theme.gap(2))
        row.setSpacing(theme.gap())
        row.addWidget(self.chats)
        row.addSpacing(theme.gap(2))
        row.addWidget(self._title, 1)
        row.addWidget(self.voice)
        row.addWidget(self._more)
        row.addWidget(self.side)

    def set_title(self, title: str) -> None:
        """The chat's title."""
        self._title.setText(title)
        self._title.setToolTip(title)

    def set_folded(self, chats: bool, side: bool) -> None:
        """Which of the two panels are shown."""
        self.chats.setChecked(chats)
        self.side.setChecked(side)

    def set_voice(self, on: bool) -> None:
        """Whether answers are read aloud."""
        self.voice.setChecked(on)
        self._voice_icon(on)

    def set_menu(self, actions: Sequence[QAction | None]) -> None:
        """What the menu offers; None is a line."""
        menu = QMenu(self._more)
        for action in actions:
            if action is None:
                menu.addSeparator()
            else:
                menu.addAction(action)
        self._more.setMenu(menu)

    def _voice(self, on: bool) -> None:
        self._voice_icon(on)
        self.voice_toggled.emit(on)

    def _voice_icon(self, on: bool) -> None:
        self.voice.setIcon(icons.icon("volume-2" if on else "volume-x"))


def tell_shortcut(button: QToolButton, key: QKeySequence | str) -> None:
    """Give a button a shortcut and say it in its tool tip."""
    sequence = QKeySequence(key)
    button.setShortcut(sequence)
    shown = sequence.toString(QKeySequence.SequenceFormat.NativeText)
    button.setToolTip(f"{button.accessibleName()} ({shown})")


def _switch(icon: str, name: str) -> QToolButton:
    button = QToolButton()
    button.setProperty("kind", "quiet")
    button.setCheckable(True)
    button.setIcon(icons.icon(icon))
    button.setAccessibleName(name)
    button.setToolTip(name)
    return button
