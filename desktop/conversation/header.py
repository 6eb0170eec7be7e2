"""The header of the conversation: both panels' switches, the title, the voice, and a menu."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QToolButton, QWidget

from desktop import theme
from desktop.conversation.model_switch import ModelSwitch
from desktop.widgets import icons
from desktop.widgets.elided import Elided
from desktop.widgets.plain_text import short, tip

_LONGEST = 200
"""Of a title so many letters are laid out."""


class Header(QWidget):
    """The switches say in their names what a press would do, and show what is."""

    chats_wanted = Signal(bool)
    side_wanted = Signal(bool)
    voice_wanted = Signal(bool)
    recent_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chats, self._side, self._voice = True, True, True
        self._keys: Mapping[str, str] = {}
        self._chats_switch, self._side_switch = _switch("panel-left"), _switch("panel-right")
        self._voice_switch = _switch("volume-2")
        self._recent = _switch("history")
        self.switch = ModelSwitch()
        self._recent.clicked.connect(self.recent_wanted)
        self._more = _switch("ellipsis")
        self._more.setToolTip(self.tr("More"))
        self._more.setAccessibleName(self.tr("More"))
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._chats_switch.clicked.connect(lambda: self.chats_wanted.emit(not self._chats))
        self._side_switch.clicked.connect(lambda: self.side_wanted.emit(not self._side))
        self._voice_switch.clicked.connect(lambda: self.voice_wanted.emit(not self._voice))
        self._title = Elided()
        self._title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._title.setIndent(theme.gap(2))
        # Its buttons are never squeezed: the conversation below gives way.
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.gap(3), theme.gap(2), theme.gap(3), theme.gap(2))
        row.setSpacing(theme.gap())
        middle = Qt.AlignmentFlag.AlignVCenter  # else icons would set the height of the words
        row.addWidget(self._chats_switch, 0, middle)
        row.addWidget(self._title, 1)
        right = (self._recent, self._voice_switch, self._more, self._side_switch)
        for switch in (self.switch, *right):
            row.addWidget(switch, 0, middle)
        self.set_keys({})

    def stops(self) -> list[QWidget]:
        """What Tab visits, in reading order."""
        right = [self._voice_switch, self._more, self._side_switch]
        return [self._chats_switch, self.switch, self._recent, *right]

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Where there is little room, the profile is an icon alone."""
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        """What is written on the profile changed: there may be more or less room now."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().event(event)

    def _fit(self) -> None:
        tools = (self._chats_switch, self._recent, self._voice_switch, self._more)
        rest = sum(tool.sizeHint().width() for tool in (*tools, self._side_switch))
        room = self.width() - 2 * theme.gap(3) - 6 * theme.gap() - theme.gap(10)
        self.switch.set_narrow(rest + self.switch.wide() > room)

    def set_title(self, title: str) -> None:
        """The chat's title."""
        self._title.setText(short(title, _LONGEST).replace("\n", " "))
        self._title.setToolTip(tip(title))

    def set_folded(self, chats: bool, side: bool) -> None:
        """Which of the two panels are shown."""
        self._chats, self._side = chats, side
        left = self.tr("Hide the chats") if chats else self.tr("Show the chats")
        shown, hidden = self.tr("Show picture and reasons"), self.tr("Hide picture and reasons")
        _name(self._chats_switch, left, self._keys.get("chats_panel"))
        _name(self._side_switch, hidden if side else shown, self._keys.get("side_panel"))

    def set_voice(self, on: bool) -> None:
        """Whether answers are read aloud."""
        self._voice = on
        self._voice_switch.setIcon(icons.icon("volume-2" if on else "volume-x"))
        silent, aloud = self.tr("Stop reading answers aloud"), self.tr("Read answers aloud")
        _name(self._voice_switch, silent if on else aloud, self._keys.get("read_aloud"))

    def set_keys(self, keys: Mapping[str, str]) -> None:
        """The keys that do the same as a switch, by the name of the action."""
        self._keys = keys
        _name(self._recent, self.tr("What did I miss?"), keys.get("recent"))
        self.set_folded(self._chats, self._side)
        self.set_voice(self._voice)

    def set_menu(self, actions: Sequence[QAction | None]) -> QMenu:
        """What the menu offers; None is a line. Returns the menu."""
        menu = QMenu(self._more)
        for action in actions:
            if action is None:
                menu.addSeparator()
            else:
                menu.addAction(action)
        self._more.setMenu(menu)
        return menu


def _switch(icon: str) -> QToolButton:
    button = QToolButton()
    button.setProperty("kind", "quiet")
    button.setIcon(icons.icon(icon))
    return button


def _name(button: QToolButton, name: str, key: str | None) -> None:
    button.setAccessibleName(name)
    button.setToolTip(f"{name} ({key})" if key else name)
