"""One key that is pressed without taking the focus from the field."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from desktop import theme
from desktop.kiosk.keyboard.labels import ICONS, face, spoken
from desktop.kiosk.keyboard.layouts import Action, Key
from desktop.widgets import icons

_REPEATED = (Action.DELETE, Action.LEFT, Action.RIGHT, Action.UP, Action.DOWN)
_REPEAT_AFTER_MS, _REPEAT_EVERY_MS = 500, 90


class KeyButton(QPushButton):
    """A button as large as its row allows; Delete and the arrows repeat while they are held."""

    def __init__(self, key: Key, language: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key, self._language = key, language
        self._wide = 0
        self.setProperty("kind", "key")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        if key.action in ICONS:
            self.setIcon(icons.icon(ICONS[key.action]))
        if key.action is not None or key.page is not None:
            self.setProperty("control", "true")
        if key.action in _REPEATED:
            self.setAutoRepeat(True)
            self.setAutoRepeatDelay(_REPEAT_AFTER_MS)
            self.setAutoRepeatInterval(_REPEAT_EVERY_MS)
        self.set_shifted(False)

    def set_shifted(self, shifted: bool) -> None:
        """Show what it types now."""
        self.setText(face(self.key, self._language, shifted).replace("&", "&&"))
        self.setAccessibleName(spoken(self.key, shifted))

    def set_wide(self, width: int) -> None:
        """Be this wide; else it takes its share of the row."""
        self._wide = width
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Ignored)

    def set_marked(self, marked: bool) -> None:
        """Draw it as the one, or one of the row, that would be chosen."""
        theme.set_kind(self, "true" if marked else "false", "marked")

    def sizeHint(self) -> QSize:  # noqa: N802
        # The line of a Chinese font is much higher than its characters.
        height = theme.text_px(theme.Size.TITLE) + theme.gap(2)
        return QSize(self._wide or super().sizeHint().width(), height)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(self._wide or theme.TARGET, theme.TARGET)
